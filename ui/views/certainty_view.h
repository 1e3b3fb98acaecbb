#pragma once
// CertaintyView: one bar per label with the limit as a notch: left of it hatched, right of it
// solid, so that shape and not colour shows acceptance. The notch is moved by mouse or key.
// AgreementDots: one dot per model, filled where it agrees with the headline.

#include <QTimer>
#include <QWidget>
#include <vector>

#include "app/snapshot.h"
#include "ui/intent.h"
#include "ui/models/limit_edit.h"
#include "ui/theme.h"
#include "ui/words.h"

namespace ui {

/// Shows as many labels as fit, the likeliest ones, in the order of the cards. "Not something I
/// know" has a bar of its own.
class CertaintyView final : public QWidget {
  Q_OBJECT

 public:
  explicit CertaintyView(const Theme& theme, QWidget* parent = nullptr);
  /// Without an answer the bars are empty; dimmed where the answer is stale.
  void show(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer);
  using QWidget::show;

  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  /// The limit that is being moved is kept. False where none is.
  bool keepLimit();

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  struct Bar {
    learners::LabelId label = 0;  ///< 0: of no label
    QString name;
    int colour = 0;
    bool novel = false;
    float share = 0;
    double limit = words::kLimit;  ///< of certainty: from here on it is sure enough
    bool own = false;              ///< the limit is a person's
  };
  /// Where the parts of a bar are.
  struct Place {
    QRectF row;
    QRectF name;
    QRectF track;
  };
  static constexpr int kRow = 32, kLeastRow = 24;
  void paintBar(QPainter& painter, const Place& place, const Bar& bar) const;
  void paintNotch(QPainter& painter, const Place& place, const Bar& bar, const QColor& ink) const;
  std::vector<Bar> shownBars() const;
  std::vector<Place> places(const std::vector<Bar>& bars) const;
  double notchOf(const Bar& bar) const;
  /// The bar whose notch is near, or null.
  std::optional<std::size_t> notchAt(const QPointF& at) const;
  void send(const std::optional<LimitEdit::Wanted>& wanted);
  void describe();

  const Theme& theme_;
  std::vector<Bar> bars_;
  LimitEdit edit_;
  QTimer pause_;  ///< after it what was moved by key is kept
  bool dragging_ = false;  ///< a notch is in hand
  bool pulled_ = false;    ///< and was moved: a click alone changes nothing
  double pressedAt_ = 0;
  bool dimmed_ = false;
};

class AgreementDots final : public QWidget {
  Q_OBJECT

 public:
  explicit AgreementDots(const Theme& theme, QWidget* parent = nullptr);
  void show(const std::optional<app::Answer>& answer);
  using QWidget::show;
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  std::vector<bool> agrees_;
  int colour_ = 0;
  bool dimmed_ = false;
};

}  // namespace ui
