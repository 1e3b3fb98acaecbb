#include "ui/views/row_list.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <utility>

namespace ui {

RowList::RowList(const Theme& theme, QString heading, QString empty, QWidget* parent)
    : QWidget(parent), theme_(theme), heading_(std::move(heading)), empty_(std::move(empty)) {
  setMouseTracking(true);
  setFocusPolicy(Qt::TabFocus);
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

int RowList::rowsThatFit() const {
  return std::min(count(), std::max(0, (height() - kHead) / kRow));
}

int RowList::rowAt(const QMouseEvent& event) {
  const int y = qRound(event.position().y()) - kHead;
  return y < 0 ? -1 : y / kRow;
}

void RowList::point(int row) {
  const int to = row < 0 || row >= rowsThatFit() ? -1 : row;
  if (to != at_) {
    at_ = to;
    pointed();
    update();
  }
}

void RowList::changed(int stays) {
  at_ = std::min(underMouse() ? at_ : stays, count() - 1);
  pointed();
  update();
}

void RowList::paintEvent(QPaintEvent*) {
  if (height() < kHead + kRow) {
    return;  // a heading alone says nothing
  }
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  painter.setFont(theme_.font(Theme::Text::Secondary, 600));
  painter.setPen(t.text2);
  painter.drawText(QRect(0, 0, width(), kHead), Qt::AlignVCenter, heading_);
  if (count() == 0) {
    painter.setFont(theme_.font(Theme::Text::Body));
    painter.drawText(QRect(0, kHead, width(), kRow), Qt::AlignVCenter, empty_);
    return;
  }
  for (int i = 0; i < rowsThatFit(); ++i) {
    const QRectF box(0, kHead + i * kRow, width(), kRow);
    if (i == at_) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(t.sunk);
      painter.drawRoundedRect(box, size::kButtonRadius, size::kButtonRadius);
    }
    painter.setPen(t.grid);
    painter.drawLine(QPointF(0, box.bottom() - 0.5), QPointF(width(), box.bottom() - 0.5));
    paintRow(painter, i, box);
  }
}

void RowList::mousePressEvent(QMouseEvent* event) {
  if (const int row = rowAt(*event); row >= 0 && row < rowsThatFit()) {
    pick(row);
  }
}

void RowList::mouseMoveEvent(QMouseEvent* event) {
  point(rowAt(*event));
  setCursor(at_ >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void RowList::leaveEvent(QEvent*) { point(-1); }

void RowList::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Down:
      point(std::min(at_ + 1, rowsThatFit() - 1));
      break;
    case Qt::Key_Up:
      point(std::max(at_ - 1, 0));
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      if (rowsThatFit() > 0) {
        pick(std::max(0, at_));
      }
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace ui
