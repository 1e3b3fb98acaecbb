#include "ui/charts/lines_chart.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr double kAxis = 18;
constexpr double kReach = 8;
using Series = LinesValue::Series;

}  // namespace

/// Where values lie on the paper.
struct LinesChart::Frame {
  QRectF plot;
  double left, right, bottom, top;
  double x(double value) const {
    return plot.left() + plot.width() * (right > left ? (value - left) / (right - left) : 0.5);
  }
  double y(double value) const {
    return plot.bottom() - plot.height() * (top > bottom ? (value - bottom) / (top - bottom) : 0.5);
  }
  QPointF at(const LinesValue::Point& p) const { return {x(p.x), y(p.y)}; }
};

void LinesChart::show(LinesValue value) {
  if (value == value_) return;
  const bool stays = onLimit();
  value_ = std::move(value);
  places_.clear();
  for (std::size_t s = 0; s < value_.series.size(); ++s) {
    if (!value_.series[s].marked) continue;
    for (std::size_t p = 0; p < value_.series[s].points.size(); ++p) places_.push_back({s, p});
  }
  setCursor(hasLimit() ? Qt::SplitHCursor : Qt::ArrowCursor);
  dragging_ = dragging_ && hasLimit();
  if (stays && hasLimit()) setCursorMark(static_cast<int>(places_.size()));
  valueChanged();
}

const LinesValue::Point& LinesChart::point(std::size_t mark) const {
  return value_.series[places_[mark].series].points[places_[mark].point];
}

QString LinesChart::describe(std::size_t mark) const {
  return isLimit(mark) ? value_.limit->spoken : point(mark).text;
}

Behind LinesChart::behind(std::size_t mark) const {
  if (isLimit(mark)) return {value_.limit->spoken, {}};
  return {point(mark).text, point(mark).examples};
}

QString LinesChart::across(double x) const {
  if (!value_.steps.isEmpty()) {
    const auto i = static_cast<qsizetype>(std::lround(x));
    return i >= 0 && i < value_.steps.size() ? value_.steps[i] : QString();
  }
  return value_.percentAcross ? words::percent(x) : QString::number(x, 'g', 4);
}

ChartTable LinesChart::table() const {
  ChartTable made{{tr("curve"), value_.words.across.isEmpty() ? tr("step") : value_.words.across,
                   value_.words.up, tr("95 % from"), tr("to"), tr("in words")},
                  {}};
  for (const Place& place : places_) {
    const Series& series = value_.series[place.series];
    const LinesValue::Point& p = series.points[place.point];
    made.rows.push_back({series.name, across(p.x), QString::number(p.y, 'g', 4),
                         p.interval ? QString::number(p.interval->first, 'g', 4) : QString(),
                         p.interval ? QString::number(p.interval->second, 'g', 4) : QString(),
                         p.text});
  }
  if (hasLimit()) {
    made.rows.push_back({tr("limit"), across(value_.limit->x), QString(), QString(), QString(),
                         value_.limit->spoken});
  }
  return made;
}

LinesChart::Frame LinesChart::frameFor(const QRectF& area) const {
  const QFontMetricsF metrics(theme().font(Theme::Text::Axis));
  const double figures = metrics.horizontalAdvance(QStringLiteral("100 %")) + 8;
  const bool named = std::count_if(value_.series.begin(), value_.series.end(), [](const Series& s) {
                       return !s.name.isEmpty();
                     }) > 1;
  const double below = kAxis + (value_.words.across.isEmpty() ? 0 : 15);
  const double above = (value_.words.up.isEmpty() ? 4 : 17) + (named ? 18 : 0);
  return {area.adjusted(figures, above, -8, -below), value_.left, value_.right, value_.bottom,
          value_.top};
}

void LinesChart::paintAxes(QPainter& painter, const Frame& frame) const {
  const Tokens& t = theme().tokens();
  const QFont small = theme().font(Theme::Text::Axis);
  painter.setFont(small);
  const QFontMetricsF metrics(small);
  painter.setRenderHint(QPainter::Antialiasing, false);
  for (const double y : chart::ticks(frame.bottom, frame.top, frame.plot.height() > 130 ? 5 : 3)) {
    const double at = std::round(frame.y(y));
    painter.setPen(QPen(t.grid, 1));
    painter.drawLine(QPointF(frame.plot.left(), at), QPointF(frame.plot.right(), at));
    painter.setPen(t.text2);
    drawFigures(painter, QRectF(frame.plot.left() - 60, at - 8, 54, 16),
                value_.percentUp ? words::percent(y) : QString::number(y, 'g', 4),
                Qt::AlignRight | Qt::AlignVCenter);
  }
  painter.setPen(t.text2);
  std::vector<double> places;
  if (!value_.steps.isEmpty()) {
    for (int i = 0; i < value_.steps.size(); ++i) places.push_back(i);
  } else {
    places = chart::ticks(frame.left, frame.right, std::max(2, static_cast<int>(frame.plot.width() / 60)));
  }
  double free = -1e9;
  for (const double x : places) {
    const QString text = across(x);
    const double width = figuresWidth(metrics, text);
    const double at = frame.x(x);
    const double left = std::clamp(at - width / 2, frame.plot.left() - 30, frame.plot.right() + 8 - width);
    if (left < free) continue;
    free = left + width + 8;
    drawFigures(painter, QRectF(left, frame.plot.bottom() + 3, width, 14), text, Qt::AlignLeft);
  }
  painter.setRenderHint(QPainter::Antialiasing, true);
  if (!value_.words.across.isEmpty()) {
    painter.drawText(QRectF(frame.plot.left(), frame.plot.bottom() + kAxis, frame.plot.width(), 15),
                     Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(value_.words.across, Qt::ElideRight, frame.plot.width()));
  }
}

QColor LinesChart::colourOf(const Series& series) const {
  if (series.colour >= 0) return theme().labelColour(series.colour);
  return series.colour == Series::kInk ? theme().tokens().text : theme().tokens().accent;
}

void LinesChart::paintColumns(QPainter& painter, const Frame& frame, const Series& series) const {
  const Tokens& t = theme().tokens();
  const QColor colour = colourOf(series);
  double gap = frame.plot.width();
  for (std::size_t i = 1; i < series.points.size(); ++i) {
    gap = std::min(gap, frame.x(series.points[i].x) - frame.x(series.points[i - 1].x));
  }
  const double half = std::clamp(gap / 2 - 2, 3.0, 22.0);
  for (const LinesValue::Point& p : series.points) {
    const QRectF bar(QPointF(frame.x(p.x) - half, frame.y(p.y)),
                     QPointF(frame.x(p.x) + half, frame.plot.bottom()));
    painter.setPen(Qt::NoPen);
    painter.setBrush(chart::tinted(t.surface, colour, 0.85));
    painter.drawRoundedRect(bar, 2, 2);
    if (!p.interval) continue;
    for (const auto& [pen, wide] : {std::pair(t.surface, 4.0), std::pair(t.text, 1.5)}) {
      painter.setPen(QPen(pen, wide));
      painter.drawLine(QPointF(frame.x(p.x), frame.y(p.interval->first)),
                       QPointF(frame.x(p.x), frame.y(p.interval->second)));
    }
  }
}

void LinesChart::paintSeries(QPainter& painter, const Frame& frame, const Series& series) const {
  if (series.points.empty()) return;
  if (series.kind == Series::Kind::Columns) return paintColumns(painter, frame, series);
  const Tokens& t = theme().tokens();
  const QColor colour = colourOf(series);
  const bool guess = series.kind == Series::Kind::Guess;
  const bool bands = std::all_of(series.points.begin(), series.points.end(),
                                 [](const auto& p) { return p.interval.has_value(); });
  if (bands && series.points.size() > 1) {
    QPolygonF band;
    for (const auto& p : series.points) band << QPointF(frame.x(p.x), frame.y(p.interval->second));
    for (auto p = series.points.rbegin(); p != series.points.rend(); ++p) {
      band << QPointF(frame.x(p->x), frame.y(p->interval->first));
    }
    painter.setPen(Qt::NoPen);
    QColor fill = colour;
    fill.setAlphaF(0.16F);
    painter.setBrush(fill);
    painter.drawPolygon(band);
  }
  QPolygonF line;
  for (const auto& p : series.points) line << frame.at(p);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(colour, 1.5, guess ? Qt::DashLine : Qt::SolidLine));
  painter.drawPolyline(line);
  if (!series.marked) return;
  const double edge = 8;
  for (const auto& p : series.points) {
    const QPointF at = frame.at(p);
    const QRectF box(at.x() - edge / 2, at.y() - edge / 2, edge, edge);
    if (series.colour >= 0) {
      paintLabelShape(painter, box, series.colour, colour);
    } else {
      painter.setPen(QPen(colour, 1.5));
      painter.setBrush(guess ? t.surface : colour);
      painter.drawEllipse(box.adjusted(1, 1, -1, -1));
    }
  }
}

QRectF LinesChart::paintLimit(QPainter& painter, const Frame& frame) const {
  const Tokens& t = theme().tokens();
  if (value_.limit->was) {
    const double was = frame.x(std::clamp(*value_.limit->was, frame.left, frame.right));
    painter.setPen(QPen(t.text2, 1, Qt::DashLine));
    painter.drawLine(QPointF(was, frame.plot.top()), QPointF(was, frame.plot.bottom()));
  }
  const double x = frame.x(std::clamp(value_.limit->x, frame.left, frame.right));
  painter.setPen(QPen(t.text, dragging_ ? 2 : 1.5));
  painter.drawLine(QPointF(x, frame.plot.top()), QPointF(x, frame.plot.bottom()));
  QPolygonF grip;
  grip << QPointF(x - 6, frame.plot.top() - 8) << QPointF(x + 6, frame.plot.top() - 8)
       << QPointF(x, frame.plot.top());
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.text);
  painter.drawPolygon(grip);
  const QRectF place(x - 6, frame.plot.top() - 9, 12, 10);
  if (hasFocus() && onLimit()) return place;  // its words say the number
  painter.setFont(theme().font(Theme::Text::Axis, 550));
  const QFontMetricsF metrics(painter.font());
  const double width = figuresWidth(metrics, value_.limit->text) + 8;
  const bool left = x + width + 6 > frame.plot.right();
  const QRectF box(left ? x - width - 4 : x + 4, frame.plot.top() + 1, width, 16);
  painter.setBrush(t.surface);
  painter.drawRoundedRect(box, 3, 3);
  painter.setPen(t.text);
  drawFigures(painter, box, value_.limit->text, Qt::AlignHCenter | Qt::AlignVCenter);
  return place;
}

void LinesChart::paintNames(QPainter& painter, const Frame& frame) const {
  const Tokens& t = theme().tokens();
  painter.setFont(theme().font(Theme::Text::Axis));
  const QFontMetricsF metrics(painter.font());
  double top = frame.plot.top() - 20;
  double x = frame.plot.left();
  std::size_t named = 0;
  for (const Series& series : value_.series) named += series.name.isEmpty() ? 0 : 1;
  if (named > 1) {
    for (const Series& series : value_.series) {
      if (series.name.isEmpty()) continue;
      const double width = metrics.horizontalAdvance(series.name);
      if (x + width + 16 > frame.plot.right() + 8) break;
      const QColor colour = colourOf(series);
      if (series.colour >= 0) {
        paintLabelShape(painter, QRectF(x, top + 3, 9, 9), series.colour, colour);
      } else {
        painter.setPen(QPen(colour, 2, series.kind == Series::Kind::Guess ? Qt::DotLine : Qt::SolidLine));
        painter.drawLine(QPointF(x, top + 8), QPointF(x + 10, top + 8));
      }
      painter.setPen(t.text);
      painter.drawText(QRectF(x + 13, top, width + 4, 16), Qt::AlignLeft | Qt::AlignVCenter, series.name);
      x += width + 28;
    }
    top -= 17;
  }
  if (value_.words.up.isEmpty()) return;
  painter.setPen(t.text2);
  painter.drawText(QRectF(frame.plot.left() - 36, named > 1 ? top + 1 : top + 2, frame.plot.width() + 36, 16),
                   Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(value_.words.up, Qt::ElideRight, frame.plot.width() + 36));
}

std::vector<QRectF> LinesChart::paint(QPainter& painter, const QRectF& area) const {
  std::vector<QRectF> boxes;
  if (value_.series.empty()) return boxes;
  const Frame frame = frameFor(area);
  paintAxes(painter, frame);
  for (const Series& series : value_.series) paintSeries(painter, frame, series);
  if (value_.diagonal) {
    painter.setPen(QPen(theme().tokens().text2, 1, Qt::DotLine));
    painter.drawLine(QPointF(frame.x(frame.left), frame.y(frame.left)),
                     QPointF(frame.x(frame.right), frame.y(frame.right)));
  }
  paintNames(painter, frame);
  const QRectF limit = hasLimit() ? paintLimit(painter, frame) : QRectF();
  for (const Place& place : places_) {
    const QPointF at =
        frame.at(value_.series[place.series].points[place.point]);
    boxes.emplace_back(at.x() - 6, at.y() - 6, 12, 12);
  }
  if (hasLimit()) boxes.push_back(limit);
  return boxes;
}

void LinesChart::moveLimit(double x) {
  x = std::clamp(std::round(100 * x) / 100, value_.limit->low, value_.limit->high);
  if (x == value_.limit->x) return;
  value_.limit->x = x;
  Q_EMIT limitMoved(x);
  update();
}

void LinesChart::goToLimit() {
  if (!hasLimit()) return;
  setFocus(Qt::ShortcutFocusReason);
  setCursorMark(static_cast<int>(places_.size()));
}

bool LinesChart::ownKey(QKeyEvent* event) {
  if (!hasLimit()) return false;
  const int key = event->key();
  const bool anywhere = key == Qt::Key_Comma || key == Qt::Key_Period;
  if (!anywhere && !onLimit()) return false;
  const double step = event->modifiers().testFlag(Qt::ShiftModifier) ? 0.05 : 0.01;
  setCursorMark(static_cast<int>(places_.size()));
  switch (key) {
    case Qt::Key_Comma:
    case Qt::Key_Left:
      moveLimit(value_.limit->x - step);
      return true;
    case Qt::Key_Period:
    case Qt::Key_Right:
      moveLimit(value_.limit->x + step);
      return true;
    case Qt::Key_Home:
      moveLimit(value_.limit->low);
      return true;
    case Qt::Key_End:
      moveLimit(value_.limit->high);
      return true;
    case Qt::Key_Backspace:
      Q_EMIT limitReset();
      return true;
    case Qt::Key_Escape: {
      const bool moved = value_.limit->was.has_value();
      if (moved) Q_EMIT limitLeft();
      return moved;
    }
    default:
      return false;
  }
}

bool LinesChart::ownOpen(std::size_t mark) {
  if (!isLimit(mark)) return false;
  Q_EMIT limitKept();
  return true;
}

void LinesChart::focusOutEvent(QFocusEvent* event) {
  Chart::focusOutEvent(event);
  const bool stays =
      event->reason() == Qt::ActiveWindowFocusReason || event->reason() == Qt::PopupFocusReason;
  if (hasLimit() && !dragging_ && !stays) Q_EMIT limitLeft();
}

void LinesChart::mousePressEvent(QMouseEvent* event) {
  if (hasLimit() && event->button() == Qt::LeftButton) {
    const Frame frame = frameFor(QRectF(rect()));
    const double at = frame.x(std::clamp(value_.limit->x, frame.left, frame.right));
    if (std::abs(event->position().x() - at) <= kReach) {
      dragging_ = true;
      pulled_ = false;
      pressedAt_ = event->position().x();
      setCursorMark(static_cast<int>(places_.size()));
      update();
      return;
    }
  }
  Chart::mousePressEvent(event);
}

void LinesChart::mouseMoveEvent(QMouseEvent* event) {
  if (!dragging_) return Chart::mouseMoveEvent(event);
  pulled_ =
      pulled_ || std::abs(event->position().x() - pressedAt_) >= QApplication::startDragDistance();
  if (!pulled_) return;
  const Frame frame = frameFor(QRectF(rect()));
  const double share = (event->position().x() - frame.plot.left()) / std::max(1.0, frame.plot.width());
  moveLimit(frame.left + share * (frame.right - frame.left));
}

void LinesChart::mouseReleaseEvent(QMouseEvent* event) {
  if (!std::exchange(dragging_, false)) return Chart::mouseReleaseEvent(event);
  update();
  if (pulled_) Q_EMIT limitKept();
}

}  // namespace ui
