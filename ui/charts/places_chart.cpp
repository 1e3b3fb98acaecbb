#include "ui/charts/places_chart.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/views/basics.h"

namespace ui {
namespace {

constexpr double kThin = 7;   ///< learning
constexpr double kWide = 18;  ///< answering
constexpr double kLane = kThin + kWide + 5;
constexpr double kRowGap = 8;
constexpr double kTimes = 18;
constexpr double kAcross = 16;
constexpr double kLeast = 3;  ///< what is short is still seen
constexpr double kMostName = 150;

}  // namespace

void PlacesChart::show(PlacesValue value) {
  if (value == value_) return;
  std::int64_t key = 0;
  const bool chosen = cursor() >= 0 && cursor() < static_cast<int>(value_.blocks.size());
  if (chosen) key = value_.blocks[static_cast<std::size_t>(cursor())].key;
  value_ = std::move(value);
  if (chosen) {
    const auto same = std::find_if(value_.blocks.begin(), value_.blocks.end(),
                                   [key](const auto& block) { return block.key == key; });
    setCursorMark(same == value_.blocks.end() ? -1
                                              : static_cast<int>(same - value_.blocks.begin()));
  }
  updateGeometry();
  valueChanged();
}

int PlacesChart::heightNeeded() const {
  double height = kTimes + kAcross + 6;
  for (const PlacesValue::Row& row : value_.rows) height += row.lanes * kLane + kRowGap;
  return std::max(96, static_cast<int>(std::ceil(height)));
}

ChartTable PlacesChart::table() const {
  ChartTable made{value_.columns + QStringList{tr("in words")}, {}};
  for (const auto& block : value_.blocks)
    made.rows.push_back(block.cells + QStringList{block.text});
  return made;
}

QString PlacesChart::enterDoes() const {
  return tr(
      "Arrow keys go through the stretches; Enter says why the work was done there; + and − "
      "change the time shown.");
}

bool PlacesChart::ownKey(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
      Q_EMIT zoomed(-1);
      return true;
    case Qt::Key_Minus:
      Q_EMIT zoomed(1);
      return true;
    default:
      return false;
  }
}

void PlacesChart::paintBlock(QPainter& painter, const PlacesValue::Block& block,
                             const QRectF& box) const {
  const Tokens& t = theme().tokens();
  const QColor colour = block.colour < 0 ? t.accent : theme().labelColour(block.colour);
  const QRectF inside = box.adjusted(0.5, 0.5, -0.5, -0.5);
  painter.setPen(Qt::NoPen);
  if (block.look == PlacesValue::Look::Answers) {
    const QColor fill = chart::tinted(t.surface, colour, 0.85);
    painter.setBrush(fill);
    painter.drawRoundedRect(box, 2, 2);
    const QFontMetricsF metrics(painter.font());
    if (metrics.horizontalAdvance(block.name) + 12 > box.width()) return;
    painter.setPen(contrast(fill, t.text) >= contrast(fill, t.onAccent) ? t.text : t.onAccent);
    painter.drawText(box.adjusted(6, 0, -6, 0), Qt::AlignLeading | Qt::AlignVCenter, block.name);
    return;
  }
  painter.setBrush(t.sunk);
  painter.drawRoundedRect(box, 2, 2);
  const bool learns = block.look == PlacesValue::Look::Learns;
  chart::hatch(painter, box, learns ? colour : t.text2, learns ? 4 : 6);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(learns ? colour : t.text2, 1, learns ? Qt::SolidLine : Qt::DotLine));
  painter.drawRoundedRect(inside, 2, 2);
}

std::vector<QRectF> PlacesChart::paint(QPainter& painter, const QRectF& area) const {
  std::vector<QRectF> boxes(value_.blocks.size());
  if (value_.length <= 0) return boxes;
  const Tokens& t = theme().tokens();
  const QFont small = theme().font(Theme::Text::Axis);
  const QFont names = theme().font(Theme::Text::Secondary);
  const QFontMetricsF smallMetrics(small);
  const QFontMetricsF nameMetrics(names);
  double widest = 40;
  for (const auto& row : value_.rows) {
    widest = std::max(widest, nameMetrics.horizontalAdvance(row.name));
  }
  const double left = area.left() + std::min({widest, kMostName, area.width() / 3}) + 12;
  const double right = area.right() - 2;
  const double bottom = area.bottom() - kTimes - kAcross;
  const auto at = [&](double seconds) {
    return left + (right - left) * std::clamp(seconds / value_.length, 0.0, 1.0);
  };

  painter.setFont(small);
  painter.setRenderHint(QPainter::Antialiasing, false);
  double taken = right + 10;  // now comes first: it is always said
  for (auto time = value_.times.rbegin(); time != value_.times.rend(); ++time) {
    const auto& [second, text] = *time;
    const double x = std::round(at(second));
    painter.setPen(QPen(t.grid, 1));
    painter.drawLine(QPointF(x, area.top()), QPointF(x, bottom));
    const double width = figuresWidth(smallMetrics, text);
    const double begin = std::clamp(x - width / 2, left, right - width);
    if (begin + width + 10 > taken) continue;
    taken = begin;
    painter.setPen(t.text2);
    drawFigures(painter, QRectF(begin, bottom + 3, width, 14), text, Qt::AlignLeft);
  }
  painter.setPen(QPen(t.text2, 1));
  painter.drawLine(QPointF(std::round(right), area.top()), QPointF(std::round(right), bottom));
  painter.drawText(QRectF(left, bottom + kTimes, right - left, kAcross),
                   Qt::AlignRight | Qt::AlignVCenter,
                   smallMetrics.elidedText(value_.words.across, Qt::ElideRight, right - left));
  painter.setRenderHint(QPainter::Antialiasing, true);

  std::vector<double> tops;
  double top = area.top() + 2;
  for (const auto& row : value_.rows) {
    tops.push_back(top);
    const double height = row.lanes * kLane;
    painter.setFont(names);
    painter.setPen(t.text);
    // In line with the wide blocks.
    painter.drawText(
        QRectF(area.left(), top + (kThin + 2) / 2, left - area.left() - 12, height - 5),
        Qt::AlignLeft | Qt::AlignVCenter,
        nameMetrics.elidedText(row.name, Qt::ElideRight, left - area.left() - 12));
    top += height + kRowGap;
    painter.setPen(QPen(t.grid, 1));
    const double line = std::round(top - kRowGap / 2);
    painter.drawLine(QPointF(area.left(), line), QPointF(right, line));
  }
  painter.setFont(small);
  for (std::size_t i = 0; i < value_.blocks.size(); ++i) {
    const auto& block = value_.blocks[i];
    const bool learns = block.look == PlacesValue::Look::Learns;
    const double begin = at(block.begin);
    const double width = std::max(kLeast, at(block.end) - begin - 1);
    boxes[i] = QRectF(
        std::min(begin, right - width),
        tops[static_cast<std::size_t>(block.row)] + block.lane * kLane + (learns ? 0 : kThin + 2),
        width, learns ? kThin : kWide);
    paintBlock(painter, block, boxes[i]);
  }
  return boxes;
}

}  // namespace ui
