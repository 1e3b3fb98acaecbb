#pragma once
// HeardList: the last things that were heard, newest first, as many as fit: what, how sure, when,
// how long. Pressing a row offers to name that span.

#include <QWidget>
#include <vector>

#include "app/snapshot.h"
#include "ui/theme.h"

namespace ui {

class HeardList final : public QWidget {
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
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  static constexpr int kRow = 32, kHead = 22;
  struct Row {
    app::RibbonSpan heard;
    QString text;
    QString sure;
    QString when;
    int colour = 0;
    bool novel = false;
  };
  int rowsThatFit() const;
  void pick(int row);

  const Theme& theme_;
  std::vector<Row> rows_;
  int pointed_ = -1;
};

}  // namespace ui
