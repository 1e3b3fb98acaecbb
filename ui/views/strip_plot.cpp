#include "ui/views/strip_plot.h"

#include <QPainter>
#include <cmath>
#include <limits>

namespace ui {
namespace {

constexpr int kRowGap = 6;

constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();

/// Calls `measured(x, column)` for each column with samples, and `hole(x)` once per gap. A column
/// without samples that is no gap is bridged: a slow channel has fewer samples than pixels.
template <class Measured, class Hole>
void walk(std::span<const sensors::EnvelopeColumn> columns, const std::vector<Gap>& gaps,
          Measured measured, Hole hole) {
  auto gap = gaps.begin();
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const double x = static_cast<double>(i) + 0.5;
    if (gap != gaps.end() && i == gap->begin) {
      hole(x);
      i = gap->end - 1;
      ++gap;
    } else if (!columns[i].isEmpty()) {
      measured(x, columns[i]);
    }
  }
}

/// How far a measured column reaches on average, in the channel's unit.
double meanHeight(std::span<const sensors::EnvelopeColumn> columns) {
  double sum = 0;
  double n = 0;
  for (const sensors::EnvelopeColumn& column : columns) {
    if (!column.isEmpty()) {
      sum += static_cast<double>(column.max) - column.min;
      ++n;
    }
  }
  return n > 0 ? sum / n : 0;
}

QVector<QCPGraphData> linePoints(std::span<const sensors::EnvelopeColumn> columns,
                                 const std::vector<Gap>& gaps) {
  QVector<QCPGraphData> points;
  points.reserve(static_cast<qsizetype>(columns.size()) * 2);
  double last = 0;
  walk(
      columns, gaps,
      [&](double x, const sensors::EnvelopeColumn& c) {
        const double low = c.min;
        const double high = c.max;
        const bool upward = std::abs(last - low) <= std::abs(last - high);
        points.append({x, upward ? low : high});  // begin at the nearer end
        if (low != high) {
          points.append({x, upward ? high : low});
        }
        last = points.back().value;
      },
      [&](double x) {
        points.append({x, kNothing});
      });
  return points;
}

}  // namespace

StripPlot::StripPlot(const Theme& theme, QWidget* parent) : QCustomPlot(parent), theme_(theme) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
  setNoAntialiasingOnDrag(true);
  plotLayout()->clear();
  plotLayout()->setRowSpacing(kRowGap);
  plotLayout()->setMargins({0, 0, 0, 0});
  connect(&theme, &Theme::changed, this, &StripPlot::applyTheme);
  applyTheme();
}

void StripPlot::setTracks(const std::vector<bool>& audio) {
  clearGraphs();
  plotLayout()->clear();
  rows_.clear();
  for (std::size_t i = 0; i < audio.size(); ++i) {
    Row row;
    row.rect = new QCPAxisRect(this, true);
    row.rect->setAutoMargins(QCP::msNone);
    row.rect->setMargins({0, 0, 0, 0});
    row.rect->setMinimumSize(10, 4);
    row.rect->setMinimumMargins({0, 0, 0, 0});
    for (QCPAxis* axis : row.rect->axes()) {
      axis->setVisible(false);
      axis->grid()->setVisible(false);
    }
    plotLayout()->addElement(static_cast<int>(i), 0, row.rect);
    QCPAxis* x = row.rect->axis(QCPAxis::atBottom);
    QCPAxis* y = row.rect->axis(QCPAxis::atLeft);
    row.graph = addGraph(x, y);
    row.graph->setAdaptiveSampling(false);
    row.audio = audio[i];
    rows_.push_back(std::move(row));
  }
  applyTheme();
}

void StripPlot::setColumns(std::size_t track, std::span<const sensors::EnvelopeColumn> columns,
                           const TrackRange& range, std::vector<Gap> gaps) {
  Row& row = rows_[track];
  columns_ = std::max(1.0, static_cast<double>(columns.size()));
  row.graph->data()->set(linePoints(columns, gaps), true);
  // Smooth edges are seen on a quiet line only; on a dense one they cost most of the time. Sound
  // fills each of its columns from lowest to highest: as a line, a fifth of the cost of a filled
  // shape.
  row.graph->setAntialiased(!row.audio && meanHeight(columns) * row.rect->height() <
                                              kDenseSignal * (range.high() - range.low()));
  row.rect->axis(QCPAxis::atBottom)->setRange(0, columns_);
  row.rect->axis(QCPAxis::atLeft)->setRange(range.low(), range.high());
  row.gaps = std::move(gaps);
}

void StripPlot::setLosses(std::size_t track, std::vector<double> columns) {
  rows_[track].losses = std::move(columns);
}

void StripPlot::setMark(double begin, double end) {
  markBegin_ = begin;
  markEnd_ = end;
}

void StripPlot::applyTheme() {
  setBackground(QBrush(theme_.tokens().surface));
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const QColor colour = theme_.labelColour(static_cast<int>(i % 8) + 1);
    const QColor& ground = theme_.tokens().surface;
    const auto part = [](int ink, int paper) { return qRound(0.85 * ink + 0.15 * paper); };
    rows_[i].graph->setPen(QPen(rows_[i].audio ? QColor(part(colour.red(), ground.red()),
                                                        part(colour.green(), ground.green()),
                                                        part(colour.blue(), ground.blue()))
                                               : colour,
                                1));
  }
  if (isVisible()) {
    replot(QCustomPlot::rpQueuedReplot);
  }
}

void StripPlot::paintEvent(QPaintEvent* event) {
  QCustomPlot::paintEvent(event);
  QPainter painter(this);
  const Tokens& t = theme_.tokens();
  if (rows_.empty()) {
    painter.setFont(theme_.font(Theme::Text::Body));
    painter.setPen(t.text2);
    painter.drawText(rect(), Qt::AlignCenter, nothing_);
  }
  const double scale = width() / columns_;
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    const QRect box = rows_[i].rect->outerRect();
    if (i + 1 < rows_.size()) {
      painter.setPen(t.grid);
      painter.drawLine(0, box.bottom() + kRowGap / 2 + 1, width(), box.bottom() + kRowGap / 2 + 1);
    }
    for (const Gap& gap : rows_[i].gaps) {
      const QRectF hole(static_cast<double>(gap.begin) * scale, box.top(),
                        static_cast<double>(gap.end - gap.begin) * scale, box.height());
      painter.fillRect(hole, QBrush(t.border, Qt::BDiagPattern));
      if (gap.filled) {
        const QCPAxis* y = rows_[i].rect->axis(QCPAxis::atLeft);
        painter.setPen(QPen(t.text2, 1, Qt::DashLine));
        painter.drawLine(QPointF(hole.left(), y->coordToPixel(gap.filled->first)),
                         QPointF(hole.right(), y->coordToPixel(gap.filled->second)));
      }
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(t.rec);
    for (const double at : rows_[i].losses) {
      painter.drawRect(QRectF(at * scale - 1, box.top(), 2, std::min(8, box.height())));
    }
  }
  if (markEnd_ > markBegin_) {
    QColor band = t.accent;
    band.setAlphaF(0.16F);
    const QRectF mark(markBegin_ * scale, 0, (markEnd_ - markBegin_) * scale, height());
    painter.fillRect(mark, band);
    painter.setPen(QPen(t.accent, 1));
    painter.drawLine(mark.topLeft(), mark.bottomLeft());
    painter.drawLine(mark.topRight(), mark.bottomRight());
  }
}

}  // namespace ui
