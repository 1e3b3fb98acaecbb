#pragma once
// CertaintyView: one bar per label with the limit as a notch: left of it hatched, right of it
// solid, so that shape and not colour shows acceptance. AgreementDots: one dot per model, filled
// where it agrees with the headline.

#include <QWidget>
#include <vector>

#include "app/snapshot.h"
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

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Bar {
    QString name;
    int colour = 0;
    bool novel = false;
    float share = 0;
    double limit = words::kLimit;  ///< of certainty: from here on it is sure enough
  };
  static constexpr int kRow = 32, kLeastRow = 24;
  void paintBar(QPainter& painter, const QRectF& row, const Bar& bar, int nameWidth) const;
  std::vector<Bar> shownBars() const;

  const Theme& theme_;
  std::vector<Bar> bars_;
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
