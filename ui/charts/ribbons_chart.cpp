#include "ui/charts/ribbons_chart.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr double kRibbon = 18;
constexpr double kLine = 2 * kRibbon + 16;
constexpr double kNames = 52;
using Span = RibbonsValue::Span;

}  // namespace

void RibbonsChart::show(RibbonsValue value) {
  if (value == value_) return;
  value_ = std::move(value);
  valueChanged();
}

Behind RibbonsChart::behind(std::size_t mark) const {
  return {value_.said[mark].text, value_.said[mark].examples};
}

ChartTable RibbonsChart::table() const {
  ChartTable made{{tr("from, s"), tr("to, s"), tr("it said"), tr("right"), tr("in words")}, {}};
  for (const Span& span : value_.said) {
    made.rows.push_back({QString::number(span.begin, 'f', 1), QString::number(span.end, 'f', 1),
                         span.name, span.wrong ? tr("no") : tr("yes"), span.text});
  }
  return made;
}

std::vector<QRectF> RibbonsChart::paint(QPainter& painter, const QRectF& area) const {
  std::vector<QRectF> boxes(value_.said.size());
  if (value_.length <= 0) return boxes;
  const Tokens& t = theme().tokens();
  const int lines = std::max(1, static_cast<int>((area.height() - 16) / kLine));
  const double perLine = value_.length / lines;
  const double left = area.left() + kNames;
  const double width = std::max(50.0, area.width() - kNames - 4);
  const QFont small = theme().font(Theme::Text::Axis);
  const QFontMetricsF metrics(small);
  painter.setFont(small);
  const auto draw = [&](const Span& span, bool upper, QRectF* whole) {
    for (int line = static_cast<int>(span.begin / perLine); line < lines; ++line) {
      const double begin = std::max(span.begin, line * perLine) - line * perLine;
      const double end = std::min(span.end, (line + 1) * perLine) - line * perLine;
      if (end <= begin) break;
      const QRectF box(left + width * begin / perLine,
                       area.top() + line * kLine + (upper ? 0 : kRibbon + 2),
                       std::max(1.0, width * (end - begin) / perLine - 1), kRibbon);
      if (whole && whole->isNull()) *whole = box;
      const QColor colour = theme().labelColour(span.colour);
      painter.setPen(Qt::NoPen);
      if (span.look == Span::Look::Solid) {
        painter.setBrush(chart::tinted(t.surface, colour, upper ? 0.85 : 0.7));
        painter.drawRoundedRect(box, 2, 2);
      } else {
        painter.setBrush(t.sunk);
        painter.drawRoundedRect(box, 2, 2);
        if (span.look == Span::Look::NotKnown) chart::hatch(painter, box, t.text2);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(t.text2, 1, span.look == Span::Look::NoData ? Qt::DotLine : Qt::SolidLine));
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
      }
      if (span.look == Span::Look::Solid && metrics.horizontalAdvance(span.name) + 8 < box.width()) {
        const QColor fill = painter.brush().color();
        painter.setPen(contrast(fill, t.text) >= contrast(fill, t.onAccent) ? t.text : t.onAccent);
        painter.drawText(box.adjusted(4, 0, -4, 0), Qt::AlignLeft | Qt::AlignVCenter, span.name);
      }
      if (span.wrong && !upper) {
        const double x = box.center().x();
        QPolygonF sign;
        sign << QPointF(x - 4, box.bottom() + 8) << QPointF(x + 4, box.bottom() + 8)
             << QPointF(x, box.bottom() + 2);
        painter.setPen(Qt::NoPen);
        painter.setBrush(t.rec);
        painter.drawPolygon(sign);
      }
    }
  };
  for (int line = 0; line < lines; ++line) {
    const double top = area.top() + line * kLine;
    painter.setPen(t.text2);
    painter.drawText(QRectF(area.left(), top, kNames - 6, kRibbon), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("it was"));
    painter.drawText(QRectF(area.left(), top + kRibbon + 2, kNames - 6, kRibbon),
                     Qt::AlignLeft | Qt::AlignVCenter, tr("it said"));
  }
  for (const Span& span : value_.was) draw(span, true, nullptr);
  for (std::size_t i = 0; i < value_.said.size(); ++i) draw(value_.said[i], false, &boxes[i]);
  painter.setPen(QPen(t.text2, 1));
  for (const double border : value_.borders) {
    const int line = std::min(lines - 1, static_cast<int>(border / perLine));
    const double x = left + width * (border - line * perLine) / perLine - 0.5;
    const double top = area.top() + line * kLine;
    painter.drawLine(QPointF(x, top - 2), QPointF(x, top + 2 * kRibbon + 4));
  }
  painter.setPen(t.text2);
  painter.setFont(small);
  painter.drawText(QRectF(area.left(), area.bottom() - 15, area.width(), 15),
                   Qt::AlignRight | Qt::AlignVCenter,
                   metrics.elidedText(value_.words.across, Qt::ElideRight, area.width()));
  return boxes;
}

}  // namespace ui
