// How the live strip looks, but for its traces: names, values, ribbons and the time axis.

#include <QPainter>
#include <algorithm>

#include "ui/live_strip.h"
#include "ui/views/basics.h"
#include "ui/views/ribbon.h"
#include "ui/words.h"

namespace ui {

void LiveStrip::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  QPainter painter(this);
  painter.setPen(theme_.tokens().border);
  painter.drawLine(0, 0, width(), 0);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme_.tokens().border);
  painter.drawRoundedRect(QRectF(width() / 2.0 - 16, 3, 32, 3), 1.5, 1.5);
  paintNames(painter);
  paintRibbons(painter);
  paintProposal(painter);
  paintAxis(painter);
}

void LiveStrip::paintProposal(QPainter& painter) const {
  if (!proposal_) {
    return;
  }
  const Tokens& t = theme_.tokens();
  const QRect lane = ribbonRect(1);
  const double left = xAt(proposal_->span().begin);
  const double right = std::max(left + 4, xAt(proposal_->span().end));
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(t.accent, 1.5, Qt::DashLine));
  painter.setBrush(t.surface);
  painter.drawRoundedRect(QRectF(left, lane.top() + 2.5, right - left, kRibbon - 5), 3, 3);
  const QFont font = theme_.font(Theme::Text::Secondary, 600);
  const QFontMetricsF metrics(font);
  const QString name = QString::fromStdString(proposal_->proposal().labelName);
  const QString keys = proposal_->proposal().spans.size() > 1
                           ? tr("Enter keeps it, arrows move it, ↓ another, Esc drops it")
                           : tr("Enter keeps it, arrows move it, Esc drops it");
  const double before = left - 8 - plotRect().left();
  const double after = plotRect().right() - right - 8;
  const double room = std::max(before, after);
  const QString text =
      metrics.elidedText(tr("%1? %2").arg(name, keys), Qt::ElideRight, std::max(0.0, room));
  const double width = metrics.horizontalAdvance(text) + 8;
  const QRectF box(after >= before ? right + 4 : left - 4 - width, lane.top() + 2, width,
                   kRibbon - 4);
  painter.fillRect(box, t.surface);
  painter.setFont(font);
  painter.setPen(t.text);
  painter.drawText(box, Qt::AlignCenter | Qt::TextSingleLine, text);
  painter.restore();
}

void LiveStrip::paintNames(QPainter& painter) const {
  const Tokens& t = theme_.tokens();
  const QRect plot = plotRect();
  const std::size_t rows =
      std::min(tracks_.size(), static_cast<std::size_t>(std::max(1, plot.height() / kLeastTrack)));
  const QFont strong = theme_.font(Theme::Text::Secondary, 600);
  const QFont small = theme_.font(Theme::Text::Axis);
  const double high = rows == 0 ? 0 : (plot.height() + 6.0) / static_cast<double>(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const Track& track = tracks_[i];
    QRectF box(16, plot.top() + static_cast<double>(i) * high, kNames - 24, high - 6);
    const QString name = QString::fromStdString(track.name);
    const QString unit = QString::fromStdString(track.unit);
    painter.setFont(strong);
    painter.setPen(t.text);
    const QFontMetricsF metrics(strong);
    const bool twoLines = high >= 34 && !unit.isEmpty();
    if (twoLines) {
      painter.drawText(QRectF(box.left(), box.center().y() - 16, box.width(), 17),
                       Qt::AlignVCenter | Qt::TextSingleLine,
                       metrics.elidedText(name, Qt::ElideRight, box.width()));
      painter.setFont(small);
      painter.setPen(t.text2);
      painter.drawText(QRectF(box.left(), box.center().y(), box.width(), 15),
                       Qt::AlignVCenter | Qt::TextSingleLine, unit);
    } else {
      painter.drawText(box, Qt::AlignVCenter | Qt::TextSingleLine,
                       metrics.elidedText(name, Qt::ElideRight, box.width()));
    }
    const app::SourceView* source = nullptr;
    if (snapshot_) {
      for (const app::SourceView& view : snapshot_->sources) {
        source = view.info.id == track.source ? &view : source;
      }
    }
    const QRectF right(plot.right() + 9, box.top(), kValues - 25, box.height());
    painter.setFont(theme_.font(Theme::Text::Secondary, 400));
    if (source != nullptr && source->silent && !end_) {
      painter.setPen(t.warn);
      painter.drawText(right, Qt::AlignVCenter | Qt::AlignRight, tr("silent"));
    } else if (!track.audio && !rows_[i].value.isEmpty()) {
      painter.setPen(t.text2);
      const QString plain =
          words::unit(source != nullptr && track.channel < source->info.channels.size()
                          ? source->info.channels[track.channel].unit
                          : track.unit);
      const QString shown =
          plain.isEmpty() ? rows_[i].value : rows_[i].value + QChar(0x202F) + plain;
      drawFigures(painter, right, shown, Qt::AlignRight);
    }
  }
  painter.setFont(strong);
  painter.setPen(t.text);
  painter.drawText(QRect(16, ribbonRect(0).top(), kNames - 24, kRibbon), Qt::AlignVCenter,
                   tr("heard"));
  painter.drawText(QRect(16, ribbonRect(1).top(), kNames - 24, kRibbon), Qt::AlignVCenter,
                   tr("you"));
}

void LiveStrip::paintAxis(QPainter& painter) const {
  const Tokens& t = theme_.tokens();
  const QRect plot = plotRect();
  const int top = ribbonRect(1).bottom() + 1;
  painter.setFont(theme_.font(Theme::Text::Axis));
  for (int back = 60; back >= 0; back -= 10) {
    const double x = plot.left() + plot.width() * (60 - back) / 60.0;
    painter.setPen(t.grid);
    painter.drawLine(QPointF(x, top), QPointF(x, top + 4));
    painter.setPen(t.text2);
    QString text = back == 0 ? tr("now") : tr("%1 s").arg(QStringLiteral("\u2212%1").arg(back));
    if (end_) {
      text = words::clock(edge_ - std::chrono::seconds(back));
    }
    const int flags = back == 60 ? Qt::AlignLeft : back == 0 ? Qt::AlignRight : Qt::AlignHCenter;
    const QRectF room(flags == Qt::AlignLeft    ? x
                      : flags == Qt::AlignRight ? x - 60
                                                : x - 30,
                      top + 2, 60, kAxis - 4);
    drawFigures(painter, room, text, static_cast<Qt::Alignment>(flags));
  }
}

void LiveStrip::paintRibbons(QPainter& painter) const {
  if (!snapshot_) {
    return;
  }
  const Tokens& t = theme_.tokens();
  for (int row = 0; row < 2; ++row) {
    const QRect lane = ribbonRect(row);
    painter.setPen(t.grid);
    painter.drawLine(lane.left(), lane.top(), lane.right(), lane.top());
  }
  const auto block = [&](const app::RibbonSpan& span, int row, RibbonKind kind) {
    const QRect lane = ribbonRect(row);
    const double left = xAt(span.span.begin);
    const double right = xAt(span.span.end);
    if (right - left >= 1) {
      paintRibbonBlock(painter, theme_, QRectF(left, lane.top() + 2, right - left, kRibbon - 4),
                       span, snapshot_->cards, kind);
    }
  };
  for (const app::RibbonSpan& span : heard_) {
    block(span, 0, RibbonKind::Heard);
  }
  for (const app::RibbonSpan& span : said_) {
    block(span, 1, RibbonKind::Said);
  }
  if (snapshot_->recording.active) {
    const QRect lane = ribbonRect(1);
    const double left = xAt(snapshot_->recording.since);
    painter.setPen(QPen(t.rec, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(
        QRectF(left + 0.5, lane.top() + 2.5, std::max(2.0, xAt(edge_) - left - 1), kRibbon - 5), 3,
        3);
  }
  paintMismatches(painter);
}

void LiveStrip::paintMismatches(QPainter& painter) const {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme_.tokens().surface, 1));
  painter.setBrush(theme_.tokens().warn);
  const double y = ribbonRect(1).top();
  for (const base::Time t : mismatches(heard_, said_)) {
    const double x = xAt(t);
    painter.drawPolygon(QPolygonF({{x - 5, y + 4}, {x + 5, y + 4}, {x, y - 5}}));
  }
  painter.restore();
}

}  // namespace ui
