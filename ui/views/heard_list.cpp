#include "ui/views/heard_list.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {

HeardList::HeardList(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setMouseTracking(true);
  setFocusPolicy(Qt::TabFocus);
  setAccessibleName(tr("Heard before"));
  setToolTip(tr("Press one to say what it really was"));
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void HeardList::show(const app::Snapshot& snapshot, const std::vector<app::RibbonSpan>& heard,
                     base::Time now) {
  rows_.clear();
  QStringList spoken;
  for (auto it = heard.rbegin(); it != heard.rend() && rows_.size() < 12; ++it) {
    const bool novel = it->state == learners::PredictionState::Novel;
    if (!novel && it->state != learners::PredictionState::Known) {
      continue;
    }
    Row row{.heard = *it, .novel = novel};
    if (it->label >= 0 && it->label < std::ssize(snapshot.cards)) {
      const learners::Label& label = snapshot.cards[static_cast<std::size_t>(it->label)].label;
      row.text = QString::fromStdString(label.name);
      row.colour = label.colour;
    } else {
      row.text = QString::fromStdString(it->text);
    }
    if (novel) {
      row.text = tr("not something I know");
    } else {
      row.sure = QStringLiteral("%1 %2").arg(words::certaintyWord(it->certainty, it->limit),
                                             words::percent(it->certainty));
    }
    const base::Duration ago = now - it->span.end;
    row.when =
        ago < std::chrono::milliseconds(1500)
            ? tr("now, for %1").arg(words::duration(it->span.length()))
            : tr("%1 ago, for %2").arg(words::duration(ago), words::duration(it->span.length()));
    spoken << QStringLiteral("%1, %2").arg(row.text, row.when);
    rows_.push_back(std::move(row));
  }
  setAccessibleDescription(spoken.join(QStringLiteral("; ")));
  update();
}

int HeardList::rowsThatFit() const {
  return std::min(static_cast<int>(rows_.size()), std::max(0, (height() - kHead) / kRow));
}

void HeardList::paintEvent(QPaintEvent*) {
  if (height() < kHead + kRow) {
    return;
  }
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const Tokens& t = theme_.tokens();
  painter.setFont(theme_.font(Theme::Text::Secondary, 600));
  painter.setPen(t.text2);
  painter.drawText(QRect(0, 0, width(), kHead), Qt::AlignVCenter, tr("Heard before"));
  painter.setFont(theme_.font(Theme::Text::Body));
  if (rows_.empty()) {
    painter.drawText(QRect(0, kHead, width(), kRow), Qt::AlignVCenter,
                     tr("Nothing in the last ten minutes."));
    return;
  }
  for (int i = 0; i < rowsThatFit(); ++i) {
    const Row& row = rows_[static_cast<std::size_t>(i)];
    const QRectF box(0, kHead + i * kRow, width(), kRow);
    if (i == pointed_) {
      painter.setPen(Qt::NoPen);
      painter.setBrush(t.sunk);
      painter.drawRoundedRect(box.adjusted(-4, 0, 0, 0), size::kButtonRadius, size::kButtonRadius);
    }
    painter.setPen(t.grid);
    painter.drawLine(QPointF(0, box.bottom() - 0.5), QPointF(width(), box.bottom() - 0.5));
    const QRectF mark(1, box.center().y() - 5, 10, 10);
    if (row.novel) {
      painter.setPen(t.text2);
      painter.setBrush(QBrush(t.text2, Qt::BDiagPattern));
      painter.drawRect(mark);
    } else {
      paintLabelShape(painter, mark, row.colour, theme_.labelColour(row.colour));
    }
    painter.setPen(t.text);
    painter.setFont(theme_.font(Theme::Text::Body));
    const double column = (width() - 18) * 0.34;
    const QFontMetricsF metrics(painter.font());
    painter.drawText(QRectF(18, box.top(), column - 8, kRow), Qt::AlignVCenter,
                     metrics.elidedText(row.text, Qt::ElideRight, column - 8));
    painter.setPen(t.text2);
    drawFigures(painter, QRectF(18 + column, box.top(), column, kRow), row.sure, Qt::AlignLeft);
    drawFigures(painter, box, row.when, Qt::AlignRight);
  }
}

void HeardList::pick(int row) {
  if (row >= 0 && row < rowsThatFit()) {
    Q_EMIT picked(rows_[static_cast<std::size_t>(row)].heard.span,
                  mapToGlobal(QPoint(20, kHead + (row + 1) * kRow)));
  }
}

void HeardList::mousePressEvent(QMouseEvent* event) {
  pick((qRound(event->position().y()) - kHead) / kRow);
}

void HeardList::mouseMoveEvent(QMouseEvent* event) {
  const int y = qRound(event->position().y()) - kHead;
  const int at = y < 0 || y / kRow >= rowsThatFit() ? -1 : y / kRow;
  if (at != pointed_) {
    pointed_ = at;
    setCursor(at >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
  }
}

void HeardList::leaveEvent(QEvent*) {
  pointed_ = -1;
  update();
}

void HeardList::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Down:
      pointed_ = std::min(pointed_ + 1, rowsThatFit() - 1);
      update();
      break;
    case Qt::Key_Up:
      pointed_ = std::max(pointed_ - 1, 0);
      update();
      break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
      pick(pointed_);
      break;
    default:
      QWidget::keyPressEvent(event);
  }
}

}  // namespace ui
