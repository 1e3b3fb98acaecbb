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
constexpr double kTwoLines = 30;  ///< below, the share is left out

QString signedPoints(double share) {
  const int points = static_cast<int>(std::lround(100 * share));
  if (points == 0) return QStringLiteral("±0");
  return (points > 0 ? QStringLiteral("+%1") : QStringLiteral("−%1")).arg(std::abs(points));
}

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
  if (value_.compared) text += tr(", %1 points").arg(signedPoints(c.more));
  return text;
}

Behind MatrixChart::behind(std::size_t mark) const {
  const MatrixValue::Cell& c = cell(mark);
  return {c.what, c.examples};
}

ChartTable MatrixChart::table() const {
  ChartTable made{{tr("it was"), tr("it said"), tr("windows"), tr("share")}, {}};
  if (value_.compared) made.columns << tr("difference in points");
  for (std::size_t mark = 0; mark < marks(); ++mark) {
    const std::size_t n = columns().size();
    const auto row = static_cast<int>(mark / n);
    const auto column = static_cast<int>(mark % n);
    const MatrixValue::Cell& c = cell(mark);
    QStringList fields{value_.was[transposed_ ? column : row],
                       value_.said[transposed_ ? row : column],
                       QString::number(c.count), words::percent(c.share)};
    if (value_.compared) fields << signedPoints(c.more);
    made.rows.push_back(fields);
  }
  return made;
}

QSize MatrixChart::sizeHint() const {
  return {static_cast<int>(90 + 62 * std::max<qsizetype>(columns().size(), 3)),
          static_cast<int>(kHead + 42 * static_cast<double>(std::max<qsizetype>(rows().size(), 3)))};
}

std::vector<QRectF> MatrixChart::paint(QPainter& painter, const QRectF& area) const {
  std::vector<QRectF> boxes;
  if (value_.cells.empty()) return boxes;
  const Tokens& t = theme().tokens();
  const auto nRows = static_cast<double>(rows().size());
  const auto nColumns = static_cast<double>(columns().size());
  const QFont body = theme().font(Theme::Text::Secondary);
  const QFont small = theme().font(Theme::Text::Axis);
  const QFontMetricsF metrics(body);
  const QString corner = transposed_ ? tr("it said ↓  it was →") : tr("it was ↓  it said →");
  double names = QFontMetricsF(small).horizontalAdvance(corner);
  for (const QString& name : rows()) names = std::max(names, metrics.horizontalAdvance(name));
  names = std::min(names + 8, area.width() * 0.34);
  const double width = std::max(kLeastCell, (area.width() - names) / nColumns);
  const double height = std::max(kLeastCell, (area.height() - kHead) / nRows);

  painter.setFont(small);
  painter.setPen(t.text2);
  painter.drawText(QRectF(area.left(), area.top(), names - 8, kHead - 4),
                   Qt::AlignRight | Qt::AlignVCenter,
                   QFontMetricsF(small).elidedText(corner, Qt::ElideRight, names - 8));
  painter.setFont(body);
  painter.setPen(t.text);
  for (int c = 0; c < columns().size(); ++c) {
    const QRectF box(area.left() + names + c * width, area.top(), width - 2, kHead - 4);
    painter.drawText(box, Qt::AlignCenter,
                     metrics.elidedText(columns()[c], Qt::ElideRight, box.width()));
  }
  for (int r = 0; r < rows().size(); ++r) {
    const double top = area.top() + kHead + r * height;
    painter.setFont(body);
    painter.setPen(t.text);
    painter.drawText(QRectF(area.left(), top, names - 8, height - 2),
                     Qt::AlignRight | Qt::AlignVCenter,
                     metrics.elidedText(rows()[r], Qt::ElideRight, names - 8));
    for (int c = 0; c < columns().size(); ++c) {
      const auto mark = static_cast<std::size_t>(r * columns().size() + c);
      const MatrixValue::Cell& one = cell(mark);
      const QRectF box(area.left() + names + c * width, top, width - 2, height - 2);
      boxes.push_back(box);
      const double depth = one.count == 0 ? 0.05 : 0.08 + 0.87 * one.share;
      const QColor fill = chart::tinted(t.surface, t.accent, depth);
      painter.setPen(Qt::NoPen);
      painter.setBrush(fill);
      painter.drawRoundedRect(box, 3, 3);
      const QColor ink = contrast(fill, t.text) >= contrast(fill, t.onAccent) ? t.text : t.onAccent;
      painter.setPen(ink);
      const bool two = box.height() >= kTwoLines;
      const double half = two ? box.height() / 2 : box.height();
      painter.setFont(theme().font(Theme::Text::Body, one.count > 0 ? 550 : 400));
      drawFigures(painter, QRectF(box.left(), box.top() + (two ? 2 : 0), box.width(), half),
                  QString::number(one.count), two ? Qt::AlignHCenter | Qt::AlignBottom : Qt::AlignCenter);
      if (!two) continue;
      painter.setFont(small);
      drawFigures(painter, QRectF(box.left(), box.top() + half + 1, box.width(), half - 2),
                  value_.compared ? signedPoints(one.more) : words::percent(one.share),
                  Qt::AlignHCenter | Qt::AlignTop);
    }
  }
  return boxes;
}

bool MatrixChart::ownKey(QKeyEvent* event) {
  if (event->key() != Qt::Key_T || event->modifiers() != Qt::NoModifier) return false;
  setTransposed(!transposed_);
  return true;
}

}  // namespace ui
