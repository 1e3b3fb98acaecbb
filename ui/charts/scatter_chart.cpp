#include "ui/charts/scatter_chart.h"

#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "ui/views/basics.h"

namespace ui {
namespace {

constexpr double kEdge = 8;
constexpr double kInset = 12;
constexpr double kLeastDrag = 4;  ///< less is a click

}  // namespace

void ScatterChart::show(ScatterValue value) {
  if (value == value_) return;
  // What is gathered, or lassoed, stays while only the trail goes on.
  if (value.points != value_.points) gathered_.clear();
  value_ = std::move(value);
  valueChanged();
}

QString ScatterChart::describe(std::size_t mark) const {
  if (mark >= value_.points.size()) return value_.trail[mark - value_.points.size()].text;
  const ScatterValue::Point& p = value_.points[mark];
  const QString label = value_.names.value(static_cast<int>(p.label));
  if (p.novel) return tr("%1, looks like nothing known").arg(label);
  if (!p.wrong) return tr("%1, answered right").arg(label);
  const QString said = static_cast<int>(p.said) < value_.names.size()
                           ? value_.names[static_cast<int>(p.said)]
                           : value_.notKnown;
  return tr("%1, taken for %2").arg(label, said);
}

Behind ScatterChart::behind(std::size_t mark) const {
  if (mark >= value_.points.size()) return {describe(mark), {}};
  if (gathered_.contains(mark)) {
    return behindAll(gathered_, tr("%1 points").arg(gathered_.size()));
  }
  return {describe(mark), {value_.points[mark].example}};
}

ChartTable ScatterChart::table() const {
  ChartTable made{{tr("it was"), tr("answer"), tr("across"), tr("up"), tr("example")}, {}};
  for (std::size_t i = 0; i < value_.points.size(); ++i) {
    const ScatterValue::Point& p = value_.points[i];
    made.rows.push_back({value_.names.value(static_cast<int>(p.label)), describe(i),
                         QString::number(static_cast<double>(p.x), 'g', 4),
                         QString::number(static_cast<double>(p.y), 'g', 4),
                         QString::number(p.example)});
  }
  for (const ScatterValue::Step& step : value_.trail) {
    made.rows.push_back({QString(), step.text, QString::number(static_cast<double>(step.x), 'g', 4),
                         QString::number(static_cast<double>(step.y), 'g', 4), QString()});
  }
  return made;
}

/// Where values lie in the plot. A trail may make it larger by half of it at each side; what is
/// further out stands at its edge.
struct ScatterChart::Plane {
  QRectF plot;
  double left, right, bottom, top;
  QPointF at(float x, float y) const {
    const double spanX = std::max(1e-9, right - left);
    const double spanY = std::max(1e-9, top - bottom);
    const double across = std::clamp((static_cast<double>(x) - left) / spanX, 0.0, 1.0);
    const double up = std::clamp((static_cast<double>(y) - bottom) / spanY, 0.0, 1.0);
    return {plot.left() + plot.width() * across, plot.bottom() - plot.height() * up};
  }
};

ScatterChart::Plane ScatterChart::planeFor(const QRectF& plot) const {
  const auto reach = [](const auto& all, auto value) {
    double low = 1e300;
    double high = -1e300;
    for (const auto& one : all) {
      low = std::min(low, static_cast<double>(value(one)));
      high = std::max(high, static_cast<double>(value(one)));
    }
    return std::pair(low, high);
  };
  const auto along = [&](auto value) {
    const auto [low, high] = reach(value_.points, value);
    if (value_.trail.empty()) return std::pair(low, high);
    const auto [first, last] = reach(value_.trail, value);
    const double more = (high - low) / 2;
    return std::pair(std::max(low - more, std::min(low, first)),
                     std::min(high + more, std::max(high, last)));
  };
  const auto [left, right] = along([](const auto& p) { return p.x; });
  const auto [bottom, top] = along([](const auto& p) { return p.y; });
  return {plot, left, right, bottom, top};
}

void ScatterChart::paintTrail(QPainter& painter, const Plane& plane,
                              std::vector<QRectF>& boxes) const {
  const Tokens& t = theme().tokens();
  QPointF before;
  for (const ScatterValue::Step& step : value_.trail) {
    const QPointF at = plane.at(step.x, step.y);
    const QColor ink = pale(t.text, 0.85 - 0.7 * step.age);
    painter.setPen(QPen(ink, 1));
    if (step.joined) painter.drawLine(before, at);
    painter.setPen(Qt::NoPen);
    painter.setBrush(ink);
    painter.drawEllipse(at, 1.5, 1.5);
    boxes.emplace_back(at.x() - kEdge / 2, at.y() - kEdge / 2, kEdge, kEdge);
    before = at;
  }
  if (value_.trail.empty()) return;
  painter.setPen(QPen(t.text, 1.5));
  painter.setBrush(Qt::NoBrush);
  painter.drawEllipse(before, 5, 5);
}

/// A line that gets fainter, and what it is.
void ScatterChart::paintTrailName(QPainter& painter, const QRectF& row) const {
  const Tokens& t = theme().tokens();
  constexpr int kParts = 4;
  constexpr double kPart = 6;
  const double y = std::round(row.center().y()) + 0.5;
  for (int i = 0; i < kParts; ++i) {
    painter.setPen(QPen(pale(t.text, 0.15 + 0.7 * i / (kParts - 1)), 1));
    painter.drawLine(QPointF(row.left() + kPart * i, y), QPointF(row.left() + kPart * (i + 1), y));
  }
  const double begin = kPart * kParts + 6;
  painter.setPen(t.text2);
  painter.drawText(row.adjusted(begin, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   QFontMetricsF(painter.font())
                       .elidedText(value_.trailName, Qt::ElideRight, row.width() - begin));
}

std::vector<QRectF> ScatterChart::paint(QPainter& painter, const QRectF& area) const {
  std::vector<QRectF> boxes;
  if (value_.points.empty()) return boxes;
  const Tokens& t = theme().tokens();
  const bool trail = !value_.trail.empty();
  const QRectF well(area.left(), area.top(), area.width(), area.height() - (trail ? 32 : 16));
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.sunk);
  painter.drawRoundedRect(well, size::kSmallRadius, size::kSmallRadius);
  painter.setFont(theme().font(Theme::Text::Axis));
  painter.setPen(t.text2);
  painter.drawText(QRectF(area.left(), well.bottom(), area.width(), 16),
                   Qt::AlignRight | Qt::AlignVCenter,
                   QFontMetricsF(painter.font())
                       .elidedText(value_.words.across, Qt::ElideRight, area.width()));
  if (trail) paintTrailName(painter, {area.left(), well.bottom() + 16, area.width(), 16});
  const Plane plane = planeFor(well.adjusted(kInset, kInset, -kInset, -kInset));
  boxes.reserve(marks());
  for (const auto& p : value_.points) {
    const QPointF at = plane.at(p.x, p.y);
    const QRectF box(at.x() - kEdge / 2, at.y() - kEdge / 2, kEdge, kEdge);
    boxes.push_back(box);
    paintLabelShape(painter, box, p.colour, theme().labelColour(p.colour));
  }
  painter.setBrush(Qt::NoBrush);
  for (std::size_t i = 0; i < value_.points.size(); ++i) {
    const auto& p = value_.points[i];
    if (!p.wrong && !p.novel) continue;
    painter.setPen(QPen(p.novel ? t.warn : t.rec, 1.5, p.novel ? Qt::DotLine : Qt::SolidLine));
    painter.drawEllipse(boxes[i].adjusted(-3, -3, 3, 3));
  }
  paintTrail(painter, plane, boxes);
  return boxes;
}

void ScatterChart::paintEvent(QPaintEvent* event) {
  Chart::paintEvent(event);
  const QColor accent = theme().tokens().accent;
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(accent, 1.5));
  for (const std::size_t mark : gathered_) {
    if (mark < boxes().size()) painter.drawRect(boxes()[mark].adjusted(-3, -3, 3, 3));
  }
  painter.setPen(QPen(accent, 1, Qt::DashLine));
  painter.setBrush(pale(accent, 0.12));
  painter.drawPolygon(lasso_);
}

void ScatterChart::mousePressEvent(QMouseEvent* event) {
  lasso_ = QPolygonF({event->position()});
  gathered_.clear();
  if (markAt(event->position()) >= 0) Chart::mousePressEvent(event);
}

void ScatterChart::mouseMoveEvent(QMouseEvent* event) {
  if (!(event->buttons() & Qt::LeftButton)) return Chart::mouseMoveEvent(event);
  lasso_.append(event->position());
  update();
}

void ScatterChart::mouseReleaseEvent(QMouseEvent* event) {
  const QPolygonF lasso = std::exchange(lasso_, {});
  const QRectF reach = lasso.boundingRect();
  if (reach.width() <= kLeastDrag && reach.height() <= kLeastDrag) {
    return Chart::mouseReleaseEvent(event);
  }
  std::set<std::size_t> inside;
  for (std::size_t i = 0; i < std::min(boxes().size(), value_.points.size()); ++i) {
    if (lasso.containsPoint(boxes()[i].center(), Qt::OddEvenFill)) inside.insert(i);
  }
  update();
  if (!inside.empty()) Q_EMIT opened(behindAll(inside, tr("Inside the line")));
}

Behind ScatterChart::behindAll(const std::set<std::size_t>& marks, const QString& what) const {
  std::set<std::int64_t> examples;
  for (const std::size_t mark : marks) examples.insert(value_.points[mark].example);
  return {what, {examples.begin(), examples.end()}};
}

void ScatterChart::gather(int mark) {
  const auto at = static_cast<std::size_t>(mark);
  if (at < value_.points.size()) gathered_.insert(at);
}

bool ScatterChart::ownKey(QKeyEvent* event) {
  const bool arrow = event->key() >= Qt::Key_Left && event->key() <= Qt::Key_Down;
  if (arrow && event->modifiers() == Qt::ShiftModifier && cursor() >= 0 && !boxes().empty()) {
    gather(cursor());
    setCursorMark(nextMark(boxes(), cursor(), event->key()));
    gather(cursor());
    update();
    return true;
  }
  if (arrow) gathered_.clear();
  return false;
}

}  // namespace ui
