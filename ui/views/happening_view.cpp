#include "ui/views/happening_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/views/basics.h"

namespace ui {

HappeningView::HappeningView(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  setMouseTracking(true);
  setFocusPolicy(Qt::TabFocus);
  setAccessibleName(tr("What happened"));
  setToolTip(tr("Press one to see it on page Label; ↑ ↓ and Enter do the same"));
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HappeningView::show(std::vector<HappeningRow> rows) {
  const bool grows = rows.size() != rows_.size();
  // What the keyboard stands on stays chosen when something new comes above it.
  if (pointed_ >= 0 && !underMouse()) {
    const HappeningRow& chosen = rows_[static_cast<std::size_t>(pointed_)];
    const auto same = std::find_if(rows.begin(), rows.end(), [&](const HappeningRow& row) {
      return row.name == chosen.name && row.span.begin == chosen.span.begin;
    });
    pointed_ = same == rows.end() ? -1 : static_cast<int>(same - rows.begin());
  }
  rows_ = std::move(rows);
  pointed_ = std::min(pointed_, count() - 1);
  speak();
  if (grows) {
    updateGeometry();
  }
  update();
}

void HappeningView::speak() {
  QStringList spoken;
  for (const HappeningRow& row : rows_) {
    spoken << (row.views.isEmpty()
                   ? QStringLiteral("%1, %2, %3").arg(row.name, row.sure, row.when)
                   : QStringLiteral("%1, %2, %3, %4")
                         .arg(row.name, row.sure, row.when, tr("seen by %1").arg(row.views)));
  }
  const bool isChosen = pointed_ >= 0 && hasFocus();
  const QString text = rows_.empty() ? tr("Nothing in the last ten minutes.")
                       : isChosen    ? spoken[pointed_]
                                     : spoken.join(QStringLiteral("; "));
  setAccessibleDescription(text);  // tells who listens, where it changed
}

int HappeningView::rowsThatFit() const {
  return std::min(count(), std::max(0, (height() - kHead) / kRow));
}

void HappeningView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  painter.setFont(theme_.font(Theme::Text::Secondary, 600));
  painter.setPen(t.text2);
  painter.drawText(QRect(0, 0, width(), kHead), Qt::AlignVCenter,
                   tr("What happened in the last ten minutes"));
  if (rows_.empty()) {
    painter.setFont(theme_.font(Theme::Text::Body));
    painter.drawText(QRect(0, kHead, width(), kRow), Qt::AlignVCenter,
                     tr("Nothing in the last ten minutes."));
    return;
  }
  for (int i = 0; i < rowsThatFit(); ++i) {
    const QRectF box(0, kHead + i * kRow, width(), kRow);
    if (i == pointed_) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(t.sunk);
      painter.drawRoundedRect(box, size::kButtonRadius, size::kButtonRadius);
    }
    painter.setPen(t.grid);
    painter.drawLine(QPointF(0, box.bottom() - 0.5), QPointF(width(), box.bottom() - 0.5));
    paintRow(painter, rows_[static_cast<std::size_t>(i)], box);
  }
}

void HappeningView::paintRow(QPainter& painter, const HappeningRow& row, const QRectF& box) const {
  const Tokens& t = theme_.tokens();
  constexpr double kMarkRoom = 26, kGap = 12, kEnd = 6;
  paintLabelShape(painter, {7, box.center().y() - 5, 10, 10}, row.colour,
                  theme_.labelColour(row.colour));
  const QFont body = theme_.font(Theme::Text::Body);
  const QFontMetricsF metrics(body);
  const double wide = box.width() - kMarkRoom - kEnd;
  const double whenWidth = std::max(wide * 0.24, figuresWidth(metrics, row.when));
  const double sureWidth = std::max(wide * 0.17, figuresWidth(metrics, row.sure));
  const double left = std::max(60.0, wide - whenWidth - sureWidth - 2 * kGap);
  const double nameWidth = row.views.isEmpty() ? left : left * 0.46;
  painter.setFont(row.goesOn ? theme_.font(Theme::Text::Body, 650) : body);
  painter.setPen(t.text);
  painter.drawText(QRectF(kMarkRoom, box.top(), nameWidth, box.height()), Qt::AlignVCenter,
                   QFontMetricsF(painter.font()).elidedText(row.name, Qt::ElideRight, nameWidth));
  painter.setFont(body);
  painter.setPen(t.text2);
  if (!row.views.isEmpty()) {
    const double views = left - nameWidth - kGap;
    painter.drawText(QRectF(kMarkRoom + nameWidth + kGap, box.top(), views, box.height()),
                     Qt::AlignVCenter,
                     metrics.elidedText(tr("seen by %1").arg(row.views), Qt::ElideRight, views));
  }
  drawFigures(painter, {kMarkRoom + left + kGap, box.top(), sureWidth, box.height()}, row.sure,
              Qt::AlignLeft);
  drawFigures(painter, box.adjusted(0, 0, -kEnd, 0), row.when, Qt::AlignRight);
}

void HappeningView::point(int row) {
  const int at = row < 0 || row >= rowsThatFit() ? -1 : row;
  if (at != pointed_) {
    pointed_ = at;
    speak();
    update();
  }
}

void HappeningView::pick(int row) {
  if (row >= 0 && row < rowsThatFit()) {
    Q_EMIT picked(rows_[static_cast<std::size_t>(row)].span);
  }
}

void HappeningView::mousePressEvent(QMouseEvent* event) {
  const int y = qRound(event->position().y()) - kHead;
  pick(y < 0 ? -1 : y / kRow);
}

void HappeningView::mouseMoveEvent(QMouseEvent* event) {
  const int y = qRound(event->position().y()) - kHead;
  point(y < 0 ? -1 : y / kRow);
  setCursor(pointed_ >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void HappeningView::leaveEvent(QEvent*) { point(-1); }

void HappeningView::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Down:
      point(std::min(pointed_ + 1, rowsThatFit() - 1));
      break;
    case Qt::Key_Up:
      point(std::max(pointed_ - 1, 0));
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      pick(std::max(0, pointed_));
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace ui
