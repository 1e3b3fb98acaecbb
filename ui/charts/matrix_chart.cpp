#include "ui/charts/matrix_chart.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr double kHead = 26;      ///< names of columns
constexpr double kLeastCell = 22;
constexpr double kLeastBeside = 36;  ///< of a cell, for two models side by side
constexpr double kBetween = 14;      ///< of their faces
constexpr double kTwoLines = 30;  ///< below, the share is left out

}  // namespace

void MatrixChart::show(MatrixValue value) {
  if (value == value_) return;
  value_ = std::move(value);
  updateGeometry();
  valueChanged();
}

void MatrixChart::setTransposed(bool transposed) {
  if (transposed == transposed_) return;
  const int at = cursor();
  const auto n = static_cast<int>(columns().size());
  transposed_ = transposed;
  valueChanged();
  if (at >= 0 && n > 0) setCursorMark((at % n) * static_cast<int>(columns().size()) + at / n);
}

std::size_t MatrixChart::markOf(std::size_t was, std::size_t said) const {
  return transposed_ ? said * columns().size() + was : was * columns().size() + said;
}

const MatrixValue::Cell& MatrixChart::cell(std::size_t mark) const {
  const std::size_t n = columns().size();
  const std::size_t row = mark / n;
  const std::size_t column = mark % n;
  return value_.cells[transposed_ ? column * rows().size() + row : mark];
}

QString MatrixChart::describe(std::size_t mark) const {
  const MatrixValue::Cell& c = cell(mark);
  QString text = (c.count == 1 ? tr("%1: once, %2 of all") : tr("%1: %3 times, %2 of all").arg(QStringLiteral("%1"), QStringLiteral("%2")).arg(c.count))
                     .arg(c.what, words::percent(c.share));
  if (value_.compared()) {
    text += tr("; %1: %2, difference %3 points")
                .arg(value_.other, words::percent(c.shareOther), words::signedPoints(c.more()));
  }
  return text;
}

Behind MatrixChart::behind(std::size_t mark) const {
  const MatrixValue::Cell& c = cell(mark);
  return {c.what, c.examples};
}

ChartTable MatrixChart::table() const {
  ChartTable made{{tr("it was"), tr("it said"), tr("windows"), tr("share")}, {}};
  if (value_.compared()) {
    made.columns << tr("windows, %1").arg(value_.other) << tr("share, %1").arg(value_.other)
                 << tr("difference in points");
  }
  for (std::size_t mark = 0; mark < marks(); ++mark) {
    const std::size_t n = columns().size();
    const auto row = static_cast<int>(mark / n);
    const auto column = static_cast<int>(mark % n);
    const MatrixValue::Cell& c = cell(mark);
    QStringList fields{value_.was[transposed_ ? column : row],
                       value_.said[transposed_ ? row : column],
                       QString::number(c.count), words::percent(c.share)};
    if (value_.compared()) {
      fields << QString::number(c.countOther) << words::percent(c.shareOther)
             << words::signedPoints(c.more());
    }
    made.rows.push_back(fields);
  }
  return made;
}

QSize MatrixChart::sizeHint() const {
  return {static_cast<int>(90 + 62 * std::max<qsizetype>(columns().size(), 3)),
          static_cast<int>(kHead + 42 * static_cast<double>(std::max<qsizetype>(rows().size(), 3)))};
}

MatrixChart::Layout MatrixChart::layoutFor(const QRectF& area) const {
  const QFontMetricsF metrics(theme().font(Theme::Text::Secondary));
  double names = QFontMetricsF(theme().font(Theme::Text::Axis)).horizontalAdvance(corner());
  for (const QString& name : rows()) names = std::max(names, metrics.horizontalAdvance(name));
  names = std::min(names + 8, area.width() * 0.34);
  Layout layout{.names = names, .width = area.width() - names, .faces = 1};
  const double third = (layout.width - 2 * kBetween) / 3;
  if (value_.compared() && third >= kLeastBeside * static_cast<double>(columns().size())) {
    layout.width = third;
    layout.faces = 3;
  }
  return layout;
}

QString MatrixChart::corner() const {
  return transposed_ ? tr("it said ↓  it was →") : tr("it was ↓  it said →");
}

void MatrixChart::paintCell(QPainter& painter, const QRectF& box, const MatrixValue::Cell& one,
                            Face face) const {
  const Tokens& t = theme().tokens();
  const bool other = face == Face::Other;
  const std::size_t count = other ? one.countOther : one.count;
  const double share = other ? one.shareOther : one.share;
  const double more = one.more();
  const bool worse = one.right ? more < 0 : more > 0;
  const double depth = face == Face::Difference ? 0.05 + 0.87 * std::min(1.0, std::abs(more))
                       : count == 0             ? 0.05
                                                : 0.08 + 0.87 * share;
  const QColor hue = face == Face::Difference && worse ? t.rec : t.accent;
  const QColor fill = chart::tinted(t.surface, hue, depth);
  painter.setPen(Qt::NoPen);
  painter.setBrush(fill);
  painter.drawRoundedRect(box, 3, 3);
  painter.setPen(contrast(fill, t.text) >= contrast(fill, t.onAccent) ? t.text : t.onAccent);
  const bool two = face != Face::Difference && box.height() >= kTwoLines;
  const bool bold = face == Face::Difference ? std::lround(100 * more) != 0 : count > 0;
  const double half = two ? box.height() / 2 : box.height();
  painter.setFont(theme().font(Theme::Text::Body, bold ? 550 : 400));
  drawFigures(painter, QRectF(box.left(), box.top() + (two ? 2 : 0), box.width(), half),
              face == Face::Difference ? words::signedPoints(more) : QString::number(count),
              two ? Qt::AlignHCenter | Qt::AlignBottom : Qt::AlignCenter);
  if (!two) return;
  painter.setFont(theme().font(Theme::Text::Axis));
  const bool differs = face == Face::Alone && value_.compared();  // no room for three
  drawFigures(painter, QRectF(box.left(), box.top() + half + 1, box.width(), half - 2),
              differs ? words::signedPoints(more) : words::percent(share),
              Qt::AlignHCenter | Qt::AlignTop);
}

void MatrixChart::paintFace(QPainter& painter, const QRectF& area, Face face,
                            std::vector<QRectF>& boxes) const {
  const Tokens& t = theme().tokens();
  const QFont body =
      theme().font(face == Face::Alone ? Theme::Text::Secondary : Theme::Text::Axis);
  const QFontMetricsF metrics(body);
  const double above = face == Face::Alone ? kHead : 2 * kHead - 6;
  const double width = std::max(kLeastCell, area.width() / static_cast<double>(columns().size()));
  const double height =
      std::max(kLeastCell, (area.height() - above) / static_cast<double>(rows().size()));
  if (face != Face::Alone) {
    painter.setFont(theme().font(Theme::Text::Secondary, 600));
    painter.setPen(t.text);
    const QString name = face == Face::This    ? value_.name
                         : face == Face::Other ? value_.other
                                               : tr("difference in points");
    painter.drawText(QRectF(area.left(), area.top(), area.width() - 2, kHead - 6), Qt::AlignCenter,
                     name);
  }
  painter.setFont(body);
  painter.setPen(t.text);
  for (int c = 0; c < columns().size(); ++c) {
    const QRectF box(area.left() + c * width, area.top() + above - kHead, width - 2, kHead - 4);
    painter.drawText(box, Qt::AlignCenter,
                     metrics.elidedText(columns()[c], Qt::ElideRight, box.width()));
  }
  for (int r = 0; r < rows().size(); ++r) {
    for (int c = 0; c < columns().size(); ++c) {
      const QRectF box(area.left() + c * width, area.top() + above + r * height, width - 2,
                       height - 2);
      boxes.push_back(box);
      paintCell(painter, box, cell(static_cast<std::size_t>(r * columns().size() + c)), face);
    }
  }
}

std::vector<QRectF> MatrixChart::paint(QPainter& painter, const QRectF& area) const {
  std::vector<QRectF> boxes;
  if (value_.cells.empty()) return boxes;
  const Tokens& t = theme().tokens();
  const Layout layout = layoutFor(area);
  const QFont body = theme().font(Theme::Text::Secondary);
  const QFont small = theme().font(Theme::Text::Axis);
  QRectF face(area.left() + layout.names, area.top(), layout.width, area.height());
  paintFace(painter, face, layout.faces == 1 ? Face::Alone : Face::This, boxes);
  if (layout.faces == 3) {
    std::vector<QRectF> twins;
    face.translate(layout.width + kBetween, 0);
    paintFace(painter, face, Face::Other, twins);
    face.translate(layout.width + kBetween, 0);
    paintFace(painter, face, Face::Difference, twins);
    painter.setPen(QPen(t.text2, 1));
    painter.setBrush(Qt::NoBrush);
    for (int i = cursor(); i >= 0 && i < static_cast<int>(twins.size());
         i += static_cast<int>(boxes.size())) {
      painter.drawRoundedRect(twins[static_cast<std::size_t>(i)].adjusted(-1, -1, 1, 1), 4, 4);
    }
  }
  const QRectF& first = boxes.front();
  painter.setFont(small);
  painter.setPen(t.text2);
  painter.drawText(QRectF(area.left(), first.top() - kHead, layout.names - 8, kHead - 4),
                   Qt::AlignRight | Qt::AlignVCenter,
                   QFontMetricsF(small).elidedText(corner(), Qt::ElideRight, layout.names - 8));
  painter.setFont(body);
  painter.setPen(t.text);
  for (int r = 0; r < rows().size(); ++r) {
    const QRectF& row = boxes[static_cast<std::size_t>(r * columns().size())];
    painter.drawText(QRectF(area.left(), row.top(), layout.names - 8, row.height()),
                     Qt::AlignRight | Qt::AlignVCenter,
                     QFontMetricsF(body).elidedText(rows()[r], Qt::ElideRight, layout.names - 8));
  }
  return boxes;
}

/// A cell of any face is that cell.
void MatrixChart::mousePressEvent(QMouseEvent* event) {
  const Layout layout = layoutFor(QRectF(rect()));
  const double step = layout.width + kBetween;
  const double x = event->position().x() - layout.names;
  if (layout.faces == 1 || x < step) return Chart::mousePressEvent(event);
  const QPointF moved = event->position() - QPointF(step * std::floor(x / step), 0);
  QMouseEvent twin(event->type(), moved, event->globalPosition(), event->button(), event->buttons(),
                   event->modifiers());
  Chart::mousePressEvent(&twin);
}

bool MatrixChart::ownKey(QKeyEvent* event) {
  if (event->key() != Qt::Key_T || event->modifiers() != Qt::NoModifier) return false;
  setTransposed(!transposed_);
  return true;
}

}  // namespace ui
