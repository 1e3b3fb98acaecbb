#pragma once
// LabelCard: one label on the Teach page: its mark, name and key, the last three examples, how many
// there are, and a button that records while it is held. NewLabelCard adds one.

#include <QAbstractButton>
#include <QFrame>
#include <QImage>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/snapshot.h"
#include "ui/intent.h"
#include "ui/models/teach_keys.h"
#include "ui/theme.h"

class QLabel;
class QLineEdit;
class QPushButton;
class QStackedLayout;

namespace ui {

class ElidedLabel;
class FigureLabel;
class KeyCap;
class LabelMark;

/// The thumbnail of one example, to be selected, switched off (D) or removed (Del).
class ExampleButton final : public QAbstractButton {
  Q_OBJECT

 public:
  explicit ExampleButton(const Theme& theme, QWidget* parent = nullptr);
  /// `range`: what fills the height; see paintThumbnail(). `picture` stands in place of a signal
  /// where there is one.
  void show(const app::Example& example, int colour, double range = 0, const QImage& picture = {});
  /// An empty well in place of an example that is still to come.
  void showEmpty();
  using QWidget::show;
  std::int64_t example() const { return id_; }
  bool isExampleEnabled() const { return enabled_; }
  QSize sizeHint() const override { return {56, 32}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  void paintPicture(QPainter& painter, const QRectF& box) const;

  const Theme& theme_;
  std::int64_t id_ = 0;
  std::vector<sensors::EnvelopeColumn> columns_;
  QImage picture_;
  int colour_ = 0;
  bool enabled_ = true;
  bool gapped_ = false;
  double range_ = 0;
};

/// The widest range of any example by thumbnail channel, so that a quiet example looks quiet.
using ThumbnailRanges = std::map<std::string, double>;
ThumbnailRanges thumbnailRanges(const app::Snapshot& snapshot);

class LabelCard final : public QFrame {
  Q_OBJECT

 public:
  static constexpr int kHeight = 112, kLeastWidth = 170, kMostWidth = 236, kThumbnails = 3;
  /// Without thumbnails, for many labels in little room.
  static constexpr int kCompactHeight = 74, kCompactWidth = 128;

  explicit LabelCard(const Theme& theme, QWidget* parent = nullptr);

  /// What a camera saw of an example; null while unknown, or where a signal says more.
  using Pictures = std::function<QImage(const app::Example&)>;
  enum class Mark { None, Chosen, Recording };
  void show(const app::LabelCard& card, Mark mark, base::Duration recordingSo, RecordBy by,
            const ThumbnailRanges& ranges, const Pictures& pictures);
  void setCompact(bool compact);
  /// For a label without a number of its own, the digit that means it together with Ctrl and Alt;
  /// 0: there is none.
  void setFurtherKey(int digit) { furtherKey_ = digit; }
  using QFrame::show;
  learners::LabelId label() const { return label_; }
  /// Turns the name into a field; Enter keeps it, Esc leaves it.
  void startRenaming();

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  void chosen(learners::LabelId label);
  void exampleChosen(std::int64_t demonstration);
  void editingDone();

 protected:
  void mousePressEvent(QMouseEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void endRenaming(bool keep);
  void holdPressed();

  const Theme& theme_;
  learners::LabelId label_ = 0;
  bool background_ = false;
  bool recording_ = false;
  bool compact_ = false;
  int furtherKey_ = 0;
  RecordBy by_ = RecordBy::Hold;
  QString wholeName_;
  QFrame* examples_;
  LabelMark* mark_;
  QStackedLayout* nameStack_;
  ElidedLabel* name_;
  QLineEdit* nameEdit_;
  KeyCap* key_;
  std::vector<ExampleButton*> thumbnails_;
  FigureLabel* count_;
  QPushButton* hold_;
};

/// The dashed card at the end of the row.
class NewLabelCard final : public QFrame {
  Q_OBJECT

 public:
  explicit NewLabelCard(const Theme& theme, QWidget* parent = nullptr);
  void setCompact(bool compact);
  /// `correcting`: the answer of that time was what is named now.
  void startEditing(std::optional<base::Time> correcting = std::nullopt);

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  void editingDone();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;

 private:
  void endEditing(bool keep);

  const Theme& theme_;
  std::optional<base::Time> correcting_;
  QStackedLayout* stack_;
  QPushButton* button_;
  QLineEdit* edit_;
  QLabel* hint_;
  KeyCap* key_;
};

}  // namespace ui
