#pragma once
// HeardList: the last things that were heard, newest first, as many as fit: what, how sure, when,
// how long. Pressing a row offers to name that span.

#include <vector>

#include "app/snapshot.h"
#include "ui/views/row_list.h"

namespace ui {

class HeardList final : public RowList {
  Q_OBJECT

 public:
  explicit HeardList(const Theme& theme, QWidget* parent = nullptr);
  void show(const app::Snapshot& snapshot, const std::vector<app::RibbonSpan>& heard,
            base::Time now);
  using QWidget::show;
  QSize sizeHint() const override { return {400, 4 * kRow + kHead}; }
  QSize minimumSizeHint() const override { return {200, 0}; }

 Q_SIGNALS:
  void picked(const base::TimeSpan& span, const QPoint& at);

 protected:
  int count() const override { return static_cast<int>(rows_.size()); }
  void paintRow(QPainter& painter, int row, const QRectF& box) const override;
  void pick(int row) override;

 private:
  struct Row {
    app::RibbonSpan heard;
    QString text;
    QString sure;
    QString when;
    int colour = 0;
    bool novel = false;
  };

  std::vector<Row> rows_;
};

}  // namespace ui
