#pragma once
// NowPanel: what the house does now, how sure that is, who agrees, and how to say that it is wrong.

#include <QFrame>
#include <optional>

#include "app/snapshot.h"
#include "ui/intent.h"
#include "ui/models/teach_keys.h"
#include "ui/theme.h"

class QLabel;
class QPushButton;

namespace ui {

class AgreementDots;
class CertaintyView;
class ElidedLabel;
class FigureLabel;
class HeardList;
class KeyLine;
class LabelMark;
class StepsView;

/// What the keys of a correction are called, as people may have changed them.
struct PrefixKeyNames {
  QString correct = QStringLiteral("C");
  QString missed = QStringLiteral("M");
  QString newLabel = QStringLiteral("N");
};

class NowPanel final : public QFrame {
  Q_OBJECT

 public:
  explicit NowPanel(const Theme& theme, QWidget* parent = nullptr);

  /// `heard`: answers of the last minutes, for the list of what was heard before.
  void show(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer,
            const std::vector<app::RibbonSpan>& heard, base::Time now, TeachKeys::Prefix prefix,
            base::Duration missedFor);
  using QFrame::show;
  void setKeyNames(const PrefixKeyNames& names) { names_ = names; }
  /// The bars get the keyboard: arrows move the limit of a label.
  void editLimits();

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  /// A key cap was clicked: one of PrefixKeyNames, "0".."9", or Esc.
  void keyClicked(const QString& key);
  /// The person points at something heard before.
  void spanPicked(const base::TimeSpan& span, const QPoint& at);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void showHeadline(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer,
                    base::Time now);
  void showHelp(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer,
                TeachKeys::Prefix prefix, base::Duration missedFor);
  void showLesson(const app::Snapshot& snapshot, bool away);

  const Theme& theme_;
  PrefixKeyNames names_;
  LabelMark* mark_;
  ElidedLabel* headline_;
  QLabel* word_;
  FigureLabel* figures_;
  AgreementDots* dots_;
  ElidedLabel* agreement_;
  ElidedLabel* calibration_;
  ElidedLabel* quick_;
  KeyLine* help_;
  CertaintyView* bars_;
  QFrame* middle_;
  StepsView* steps_;
  HeardList* heard_;
  QFrame* lessonRow_;
  QLabel* lesson_;
  QPushButton* undo_;
  std::int64_t spokenNs_ = 0;  ///< when the screen reader last got a new answer
};

}  // namespace ui
