// How the timeline looks.

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/views/basics.h"
#include "ui/views/timeline_view.h"
#include "ui/words.h"

namespace ui {
namespace {

const app::LabelCard* cardOf(const TimelineScene& scene, learners::LabelId label) {
  return scene.snapshot ? words::findCard(*scene.snapshot, label) : nullptr;
}

struct BlockLook {
  QColor colour;
  double fill = 0.25;
  bool dashed = false;
  bool chosen = false;
  int shape = 0;
  QString text;
};

void paintBlock(QPainter& painter, const Theme& theme, const QRectF& box, const BlockLook& look) {
  const Tokens& t = theme.tokens();
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  QPen pen(look.chosen ? t.text : look.colour, look.chosen ? 2 : 1,
           look.dashed ? Qt::DashLine : Qt::SolidLine);
  painter.setPen(pen);
  painter.setBrush(pale(look.colour, look.fill));
  const QRectF inner = box.adjusted(0.5, 0.5, -0.5, -0.5);
  painter.drawRoundedRect(inner, 3, 3);
  painter.setFont(theme.font(Theme::Text::Axis));
  const QFontMetricsF metrics(painter.font());
  QString text = look.text;
  const double room = box.width() - 24;
  if (metrics.horizontalAdvance(text) > room) {
    text = text.section(QLatin1Char(' '), 0, 0);
  }
  if (box.width() >= 14) {
    const bool withText = metrics.horizontalAdvance(text) <= room;
    const double x = withText ? box.left() + 6 : box.center().x() - 4;
    paintLabelShape(painter, QRectF(x, box.center().y() - 4, 8, 8), look.shape, look.colour);
    if (withText) {
      painter.setPen(t.text);
      painter.drawText(QRectF(box.left() + 18, box.top(), room + 2, box.height()),
                       Qt::AlignVCenter | Qt::TextSingleLine, text);
    }
  }
  painter.restore();
}

}  // namespace

void TimelineView::paintEvent(QPaintEvent* event) {
  QFrame::paintEvent(event);
  if (signalsDue_) {
    paintSignals();
  }
  const Layout layout = layOut();
  QPainter painter(this);
  painter.drawPixmap(0, 0, signals_);
  paintOverview(painter, layout);
  paintRibbons(painter, layout);
  paintCursor(painter, layout);
}

void TimelineView::paintNames(QPainter& painter, const Layout& layout) const {
  const Tokens& t = theme_.tokens();
  const QFont strong = theme_.font(Theme::Text::Secondary, 600);
  const QFont small = theme_.font(Theme::Text::Axis);
  const auto name = [&](const QRect& row, const QString& text, const QString& unit) {
    const QRectF box(14, row.top(), kNames - 22, row.height());
    const bool two = row.height() >= 34 && !unit.isEmpty();
    painter.setFont(strong);
    painter.setPen(t.text);
    const QFontMetricsF metrics(strong);
    const QString shown = metrics.elidedText(text, Qt::ElideRight, box.width());
    const QRectF first = two ? QRectF(box.left(), box.center().y() - 16, box.width(), 17) : box;
    painter.drawText(first, Qt::AlignVCenter | Qt::TextSingleLine, shown);
    if (two) {
      painter.setFont(small);
      painter.setPen(t.text2);
      painter.drawText(QRectF(box.left(), box.center().y() + 1, box.width(), 15),
                       Qt::AlignVCenter | Qt::TextSingleLine, unit);
    }
  };
  name(layout.overview, tr("Overview"), words::duration(scene_.range.whole().length()));
  for (std::size_t i = 0; i < layout.rows.size(); ++i) {
    const TimelineTrack& track = scene_.tracks[static_cast<std::size_t>(firstTrack_) + i];
    const bool spectrum = scene_.spectra && track.kind == TimelineTrack::Kind::Sound;
    name(layout.rows[i], track.name, spectrum ? tr("log-mel, dB") : track.unit);
  }
  name(layout.heard, tr("heard"), {});
  name(layout.proposals, tr("proposals"), {});
  name(layout.said, tr("you"), {});
  const auto hidden = std::ssize(scene_.tracks) - std::ssize(layout.rows);
  if (hidden > 0) {
    painter.setFont(small);
    painter.setPen(t.text2);
    painter.drawText(QRect(14, layout.axis.top(), kNames - 18, layout.axis.height()),
                     Qt::AlignVCenter, tr("%n more (↑ ↓)", nullptr, static_cast<int>(hidden)));
  }
}

void TimelineView::paintAxis(QPainter& painter, const Layout& layout) const {
  const Tokens& t = theme_.tokens();
  painter.setFont(theme_.font(Theme::Text::Axis));
  for (const TimelineTick& tick : timelineTicks(scene_.range.shown(), layout.axis.width(), 92)) {
    const double x = std::floor(xAt(tick.t)) + 0.5;
    painter.setPen(t.grid);
    painter.drawLine(QPointF(x, layout.axis.top()), QPointF(x, layout.said.bottom()));
    painter.setPen(t.text2);
    drawFigures(painter, QRectF(x + 4, layout.axis.top(), 90, layout.axis.height()), tick.text,
                Qt::AlignLeft);
  }
  painter.setPen(t.grid);
  painter.drawLine(layout.axis.bottomLeft(), layout.axis.bottomRight());
}

void TimelineView::paintOverview(QPainter& painter, const Layout& layout) const {
  const Tokens& t = theme_.tokens();
  const QRect& box = layout.overview;
  const base::TimeSpan whole = scene_.range.whole();
  const double scale = box.width() / base::toSeconds(whole.length());
  const auto x = [&](base::Time at) {
    return box.left() + base::toSeconds(at - whole.begin) * scale;
  };
  painter.fillRect(box, t.sunk);
  // How much happens: the share of each 4 px that events take.
  std::vector<double> busy(static_cast<std::size_t>(box.width() / 4 + 1), 0);
  for (const base::TimeSpan& event : scene_.events) {
    const double from = (x(event.begin) - box.left()) / 4, to = (x(event.end) - box.left()) / 4;
    for (auto i = static_cast<std::size_t>(std::max(0.0, from));
         i < busy.size() && static_cast<double>(i) < to; ++i) {
      busy[i] += std::min(to, static_cast<double>(i) + 1) - std::max(from, static_cast<double>(i));
    }
  }
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.background);
  for (std::size_t i = 0; i < busy.size(); ++i) {
    if (busy[i] > 0) {
      const double high = 3 + std::min(1.0, busy[i]) * (box.height() - 9);
      painter.drawRect(
          QRectF(box.left() + static_cast<double>(i) * 4, box.bottom() - high, 3, high));
    }
  }
  for (const learners::Demonstration& d : scene_.said) {
    const app::LabelCard* card = cardOf(scene_, d.label);
    if (card != nullptr && d.span.overlaps(whole)) {
      painter.setBrush(theme_.labelColour(card->label.background ? 0 : card->label.colour));
      painter.drawRect(
          QRectF(x(d.span.begin), box.top(), std::max(2.0, x(d.span.end) - x(d.span.begin)), 3));
    }
  }
  // Where data are missing although they were recorded.
  if (scene_.contents) {
    painter.setBrush(t.rec);
    for (const app::StoredRecording& stored : scene_.contents->recordings) {
      if (stored.recording.gapped && stored.recording.span.overlaps(whole)) {
        const double left = x(stored.recording.span.begin);
        painter.drawRect(
            QRectF(left, box.bottom() - 2, std::max(2.0, x(stored.recording.span.end) - left), 3));
      }
    }
  }
  if (!scene_.range.showsAll()) {
    const base::TimeSpan shown = scene_.range.shown();
    const QRectF part(x(shown.begin), box.top(), std::max(3.0, x(shown.end) - x(shown.begin)),
                      box.height());
    painter.fillRect(part, pale(t.accent, 0.18));
    painter.setPen(QPen(t.accent, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(part.adjusted(0.5, 0.5, -0.5, -0.5));
  }
}

void TimelineView::paintRibbons(QPainter& painter, const Layout& layout) const {
  const Tokens& t = theme_.tokens();
  const auto boxOf = [&](const base::TimeSpan& span, const QRect& lane) {
    const double left = std::max<double>(layout.axis.left() - 4, xAt(span.begin));
    const double right = std::min<double>(layout.axis.right() + 5, xAt(span.end));
    return QRectF(left, lane.top() + 3, std::max(3.0, right - left), lane.height() - 6);
  };
  painter.save();
  painter.setClipRect(layout.axis.left(), layout.heard.top() - 4, layout.axis.width(),
                      layout.said.bottom() - layout.heard.top() + 12);
  for (const QRect& lane : {layout.heard, layout.proposals, layout.said}) {
    painter.setPen(t.grid);
    painter.drawLine(lane.left(), lane.top(), lane.right(), lane.top());
  }
  const base::TimeSpan shown = scene_.range.shown();
  for (const app::HeardSpan& heard : scene_.heard) {
    if (!heard.span.overlaps(shown) || heard.state == learners::PredictionState::NoData) {
      continue;
    }
    const app::LabelCard* card = cardOf(scene_, heard.label);
    BlockLook look{.colour = t.background, .fill = 0.18, .shape = 0, .text = tr("nothing")};
    if (heard.state == learners::PredictionState::Novel) {
      look.dashed = true;
      look.text = tr("not known");
    } else if (heard.state == learners::PredictionState::Known && card != nullptr &&
               !card->label.background) {
      look.colour = theme_.labelColour(card->label.colour);
      look.fill = 0.08 + 0.5 * heard.certainty * heard.certainty;
      look.dashed = heard.belowLimit;
      look.shape = card->label.colour;
      look.text = QString::fromStdString(card->label.name) + QLatin1Char(' ') +
                  words::percent(heard.certainty);
    }
    paintBlock(painter, theme_, boxOf(heard.span, layout.heard), look);
  }
  for (std::size_t i = 0; i < scene_.proposals.size(); ++i) {
    const Proposal& proposal = scene_.proposals[i];
    const app::LabelCard* card = cardOf(scene_, proposal.label);
    if (card == nullptr || !proposal.span.overlaps(shown)) {
      continue;
    }
    const QString name = QString::fromStdString(card->label.name);
    const bool chosen = scene_.proposal == i;
    paintBlock(painter, theme_, boxOf(proposal.span, layout.proposals),
               {.colour = theme_.labelColour(card->label.colour),
                .fill = 0.08,
                .dashed = true,
                .chosen = chosen,
                .shape = card->label.colour,
                .text = chosen ? tr("%1? Enter accepts").arg(name) : tr("%1?").arg(name)});
  }
  for (std::size_t i = 0; i < scene_.said.size(); ++i) {
    learners::Demonstration d = scene_.said[i];
    for (const learners::Demonstration& moved : preview_.placed) {
      d = moved.id == d.id ? moved : d;
    }
    const app::LabelCard* card = cardOf(scene_, d.label);
    if (card == nullptr || !d.span.overlaps(shown)) {
      continue;
    }
    const QRect lane(layout.said.left(), layout.said.top() + scene_.lanes[i] * layout.laneHeight,
                     layout.said.width(), layout.laneHeight);
    const int colour = card->label.background ? 0 : card->label.colour;
    const QRectF box = boxOf(d.span, lane);
    const bool chosen = d.id == scene_.selected;
    paintBlock(painter, theme_, box,
               {.colour = theme_.labelColour(colour),
                .fill = d.enabled ? 0.30 : 0.05,
                .dashed = !d.enabled,
                .chosen = chosen,
                .shape = colour,
                .text = QString::fromStdString(card->label.name)});
    if (chosen) {
      painter.fillRect(QRectF(box.left() - 3, box.top() - 1, 4, box.height() + 2), t.text);
      painter.fillRect(QRectF(box.right() - 1, box.top() - 1, 4, box.height() + 2), t.text);
    }
  }
  painter.restore();
}

void TimelineView::paintCursor(QPainter& painter, const Layout& layout) const {
  const Tokens& t = theme_.tokens();
  painter.setClipRect(layout.axis.left(), 0, layout.axis.width() + 1, height());
  if (scene_.mark) {
    const double left = xAt(scene_.mark->begin), right = xAt(scene_.mark->end);
    const app::LabelCard* card = cardOf(scene_, scene_.holding);
    const QColor colour = card != nullptr ? theme_.labelColour(card->label.colour) : t.accent;
    const QRectF band(left, layout.axis.bottom(), std::max(1.0, right - left),
                      layout.said.bottom() - layout.axis.bottom());
    painter.fillRect(band, pale(colour, 0.16));
    painter.setPen(QPen(colour, 1));
    painter.drawLine(band.topLeft(), band.bottomLeft());
    painter.drawLine(band.topRight(), band.bottomRight());
  }
  const double x = std::floor(xAt(scene_.cursor)) + 0.5;
  painter.setPen(QPen(t.text, 1));
  painter.drawLine(QPointF(x, layout.axis.top() + 4), QPointF(x, layout.said.bottom()));
  const QString text = timelineClock(scene_.cursor, pixel());
  painter.setFont(theme_.font(Theme::Text::Axis, 600));
  const double wide = figuresWidth(QFontMetricsF(painter.font()), text) + 10;
  const double left =
      std::clamp<double>(x - wide / 2, layout.axis.left(),
                         std::max<double>(layout.axis.left(), layout.axis.right() - wide));
  const QRectF flag(left, layout.axis.top() + 1, wide, layout.axis.height() - 4);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.text);
  painter.drawRoundedRect(flag, 3, 3);
  painter.setPen(t.surface);
  drawFigures(painter, flag, text, Qt::AlignHCenter);
}

}  // namespace ui
