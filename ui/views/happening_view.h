#pragma once
// HappeningView: the last things that happened, newest first, as many as fit: what, who saw it, how
// sure, when. Pressing a row leads to that moment.

#include <QWidget>
#include <vector>

#include "ui/models/happening_rows.h"
#include "ui/theme.h"

namespace ui {

class HappeningView final : public QWidget {
  Q_OBJECT

 public:
  static constexpr int kMost = 6;  ///< rows

  explicit HappeningView(const Theme& theme, QWidget* parent = nullptr);
  void show(std::vector<HappeningRow> rows);
  using QWidget::show;
  QSize sizeHint() const override { return {400, kHead + kRow * std::max(1, count())}; }
  QSize minimumSizeHint() const override { return {240, kHead + kRow}; }

 Q_SIGNALS:
  void picked(const base::TimeSpan& span);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  static constexpr int kRow = 32, kHead = 24;
  int count() const { return static_cast<int>(rows_.size()); }
  int rowsThatFit() const;
  void paintRow(QPainter& painter, const HappeningRow& row, const QRectF& box) const;
  void point(int row);
  /// To a screen reader: the row the keyboard stands on, else all of them.
  void speak();
  void pick(int row);

  const Theme& theme_;
  std::vector<HappeningRow> rows_;
  int pointed_ = -1;
};

}  // namespace ui
