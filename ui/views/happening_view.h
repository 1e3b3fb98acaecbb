#pragma once
// HappeningView: the last things that happened, newest first, as many as fit: what, who saw it, how
// sure, when. Pressing a row leads to that moment.

#include <vector>

#include "ui/models/happening_rows.h"
#include "ui/views/row_list.h"

namespace ui {

class HappeningView final : public RowList {
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
  int count() const override { return static_cast<int>(rows_.size()); }
  void paintRow(QPainter& painter, int row, const QRectF& box) const override;
  void pick(int row) override;
  /// To a screen reader: the row the keyboard stands on, else all of them.
  void pointed() override;

 private:
  std::vector<HappeningRow> rows_;
};

}  // namespace ui
