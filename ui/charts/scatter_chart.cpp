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
  value_ = std::move(value);
  gathered_.clear();
  valueChanged();
}

QString ScatterChart::describe(std::size_t mark) const {
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
  return made;
}

std::vector<QRectF> ScatterChart::paint(QPainter& painter, const QRectF& area) const {
  std::vector<QRectF> boxes;
  if (value_.points.empty()) return boxes;
  const Tokens& t = theme().tokens();
  const QRectF well(area.left(), area.top(), area.width(), area.height() - 16);
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.sunk);
  painter.drawRoundedRect(well, size::kSmallRadius, size::kSmallRadius);
  painter.setFont(theme().font(Theme::Text::Axis));
  painter.setPen(t.text2);
  painter.drawText(QRectF(area.left(), well.bottom(), area.width(), 16),
                   Qt::AlignRight | Qt::AlignVCenter,
                   QFontMetricsF(painter.font())
                       .elidedText(value_.words.across, Qt::ElideRight, area.width()));
  float left = value_.points[0].x, right = left, bottom = value_.points[0].y, top = bottom;
  for (const auto& p : value_.points) {
    left = std::min(left, p.x);
    right = std::max(right, p.x);
    bottom = std::min(bottom, p.y);
    top = std::max(top, p.y);
  }
  const QRectF plot = well.adjusted(kInset, kInset, -kInset, -kInset);
  const double spanX = std::max(1e-9F, right - left);
  const double spanY = std::max(1e-9F, top - bottom);
  const auto place = [&](const ScatterValue::Point& p) {
    return QPointF(plot.left() + plot.width() * static_cast<double>(p.x - left) / spanX,
                   plot.bottom() - plot.height() * static_cast<double>(p.y - bottom) / spanY);
  };
  boxes.reserve(value_.points.size());
  for (const auto& p : value_.points) {
    const QPointF at = place(p);
    const QRectF box(at.x() - kEdge / 2, at.y() - kEdge / 2, kEdge, kEdge);
    boxes.push_back(box);
    QColor colour = theme().labelColour(p.colour);
    paintLabelShape(painter, box, p.colour, colour);
  }
  painter.setBrush(Qt::NoBrush);
  for (std::size_t i = 0; i < value_.points.size(); ++i) {
    const auto& p = value_.points[i];
    if (!p.wrong && !p.novel) continue;
    painter.setPen(QPen(p.novel ? t.warn : t.rec, 1.5, p.novel ? Qt::DotLine : Qt::SolidLine));
    painter.drawEllipse(boxes[i].adjusted(-3, -3, 3, 3));
  }
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
  for (std::size_t i = 0; i < boxes().size(); ++i) {
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

bool ScatterChart::ownKey(QKeyEvent* event) {
  const bool arrow = event->key() >= Qt::Key_Left && event->key() <= Qt::Key_Down;
  if (arrow && event->modifiers() == Qt::ShiftModifier && cursor() >= 0 && !boxes().empty()) {
    gathered_.insert(static_cast<std::size_t>(cursor()));
    setCursorMark(nextMark(boxes(), cursor(), event->key()));
    gathered_.insert(static_cast<std::size_t>(cursor()));
    update();
    return true;
  }
  if (arrow) gathered_.clear();
  return false;
}

}  // namespace ui
