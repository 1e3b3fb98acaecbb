#include "ui/charts/bars_chart.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr double kRow = 30;
constexpr double kTallRow = 48;
constexpr double kBar = 13;
constexpr double kMark = 12;

}  // namespace

void BarsChart::show(BarsValue value) {
  if (value == value_) return;
  value_ = std::move(value);
  updateGeometry();
  valueChanged();
}

QString BarsChart::describe(std::size_t mark) const {
  const BarsValue::Bar& bar = value_.bars[mark];
  QString text = bar.name + QStringLiteral(": ") + bar.text;
  if (bar.interval) {
    text += tr(" (95 % between %1 and %2)")
                .arg(words::percent(bar.interval->first), words::percent(bar.interval->second));
  }
  return text;
}

Behind BarsChart::behind(std::size_t mark) const {
  return {value_.bars[mark].name, value_.bars[mark].examples};
}

ChartTable BarsChart::table() const {
  const bool intervals = std::any_of(value_.bars.begin(), value_.bars.end(),
                                     [](const auto& bar) { return bar.interval.has_value(); });
  ChartTable made{{tr("name"), value_.measure}, {}};
  if (intervals) made.columns << tr("95 % from") << tr("to");
  made.columns << tr("in words");
  for (const BarsValue::Bar& bar : value_.bars) {
    QStringList fields{bar.name, QString::number(bar.value, 'g', 4)};
    if (intervals) {
      fields << (bar.interval ? QString::number(bar.interval->first, 'g', 4) : QString())
             << (bar.interval ? QString::number(bar.interval->second, 'g', 4) : QString());
    }
    made.rows.push_back(fields << bar.text);
  }
  return made;
}

QSize BarsChart::sizeHint() const {
  return {380, std::max(100, static_cast<int>(kRow * static_cast<double>(value_.bars.size())) + 4)};
}

std::vector<QRectF> BarsChart::paint(QPainter& painter, const QRectF& area) const {
  std::vector<QRectF> boxes;
  if (value_.bars.empty()) return boxes;
  const Tokens& t = theme().tokens();
  painter.setFont(theme().font(Theme::Text::Body));
  const QFontMetricsF metrics(painter.font());
  double names = 0;
  double texts = 0;
  bool shapes = false;
  for (const BarsValue::Bar& bar : value_.bars) {
    names = std::max(names, metrics.horizontalAdvance(bar.name));
    texts = std::max(texts, figuresWidth(metrics, bar.text));
    shapes |= bar.colour >= 0;
  }
  const double marks = shapes ? kMark + 6 : 0;
  const double most = area.width() * 0.36;
  const auto count = static_cast<double>(value_.bars.size());
  // Names that are too long for a column stand above their bars, where there is room.
  const bool above = std::max(names, texts) > most && area.height() >= count * kTallRow;
  texts = std::min(texts, above ? area.width() * 0.6 : most);
  names = above ? area.width() - marks - texts - 14 : std::min(names, most);
  const double left = above ? area.left() : area.left() + marks + names + 14;
  const double width = std::max(40.0, area.right() - (above ? 0 : texts + 14) - left);
  const double row = above ? kTallRow : std::min(kRow, area.height() / count);
  double top = area.top();
  for (const BarsValue::Bar& bar : value_.bars) {
    const QRectF line(area.left(), top, area.width(), row);
    top += row;
    boxes.push_back(line.adjusted(2, 2, -2, -2));
    const QRectF said = above ? line.adjusted(0, 0, 0, 6 - row / 2) : line;
    const QColor colour = bar.colour < 0 ? t.accent : theme().labelColour(bar.colour);
    if (bar.colour >= 0) {
      paintLabelShape(painter, QRectF(line.left(), said.center().y() - kMark / 2, kMark, kMark),
                      bar.colour, colour);
    }
    painter.setPen(t.text);
    painter.drawText(QRectF(line.left() + marks, said.top(), names + 4, said.height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(bar.name, Qt::ElideMiddle, names + 4));
    const double middle = above ? said.bottom() + kBar / 2 + 2 : line.center().y();
    const QRectF track(left, middle - kBar / 2, width, kBar);
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.sunk);
    painter.drawRoundedRect(track, kBar / 2, kBar / 2);
    const double share = value_.most > 0 ? std::clamp(bar.value / value_.most, 0.0, 1.0) : 0;
    if (share > 0) {
      const QRectF full(track.left(), track.top(), std::max(kBar / 2, width * share), kBar);
      QPainterPath shape;
      shape.addRoundedRect(full, kBar / 2, kBar / 2);
      if (bar.hollow) {
        painter.setBrush(chart::tinted(t.surface, colour, 0.2));
        painter.setPen(QPen(colour, 1));
        painter.drawPath(shape);
        painter.save();
        painter.setClipPath(shape);
        chart::hatch(painter, full, colour);
        painter.restore();
      } else {
        painter.setBrush(colour);
        painter.drawPath(shape);
      }
    }
    const auto at = [&](double value) {
      return track.left() + width * std::clamp(value / value_.most, 0.0, 1.0);
    };
    if (bar.interval) {
      const double y = track.center().y();
      // An outline of the surface keeps the line legible on every bar.
      for (const auto& [pen, wide] : {std::pair(t.surface, 4.0), std::pair(t.text, 2.0)}) {
        painter.setPen(QPen(pen, wide, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(at(bar.interval->first), y), QPointF(at(bar.interval->second), y));
      }
    }
    if (bar.limit) {
      painter.setPen(QPen(t.text, 2));
      painter.drawLine(QPointF(at(*bar.limit), track.top() - 3),
                       QPointF(at(*bar.limit), track.bottom() + 3));
    }
    painter.setPen(t.text);
    drawFigures(painter, QRectF(area.right() - texts, said.top(), texts, said.height()), bar.text,
                Qt::AlignRight | Qt::AlignVCenter);
  }
  return boxes;
}

}  // namespace ui
