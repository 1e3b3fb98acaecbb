// How the timeline draws what sources sent: lines, spectra, pictures and holes.

#include <QBuffer>
#include <QImageReader>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "app/library_events.h"
#include "ui/models/tracks.h"
#include "ui/views/basics.h"
#include "ui/views/spectrum_pair.h"
#include "ui/views/timeline_view.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kGap = 6;
constexpr int kHole = 6;      // columns without samples that are seen as a hole
constexpr std::size_t kThumbnails = 300;

/// Consecutive measured columns as one line; a hole ends it.
template <class Draw>
void eachLine(const std::vector<sensors::EnvelopeColumn>& columns, int bridge, double low,
              double scale, const QRect& row, Draw draw) {
  QVector<QPointF> points;
  int empty = 0;
  double last = 0;
  const auto y = [&](double v) { return row.bottom() - (v - low) * scale; };
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].isEmpty()) {
      if (++empty > bridge && !points.isEmpty()) {
        draw(points);
        points.clear();
      }
      continue;
    }
    empty = 0;
    const double x = row.left() + static_cast<double>(i) + 0.5;
    const double low8 = y(columns[i].min), high8 = y(columns[i].max);
    const bool upward = std::abs(last - low8) <= std::abs(last - high8);
    points.append({x, upward ? low8 : high8});
    if (std::abs(low8 - high8) > 0.5) {
      points.append({x, upward ? high8 : low8});
    }
    last = points.back().y();
  }
  if (!points.isEmpty()) {
    draw(points);
  }
}

}  // namespace

void TimelineView::paintSignals() {
  signalsDue_ = false;
  const double ratio = devicePixelRatioF();
  const QSize wanted = size() * ratio;
  if (signals_.size() != wanted) {
    signals_ = QPixmap(wanted);
    signals_.setDevicePixelRatio(ratio);
  }
  signals_.fill(theme_.tokens().surface);
  QPainter painter(&signals_);
  const Layout layout = layOut();
  activity_.clear();
  energyEdges_.clear();
  paintNames(painter, layout);
  paintAxis(painter, layout);
  for (std::size_t i = 0; i < layout.rows.size(); ++i) {
    const std::size_t index = static_cast<std::size_t>(firstTrack_) + i;
    const TimelineTrack& track = scene_.tracks[index];
    const QRect& row = layout.rows[i];
    painter.save();
    painter.setClipRect(row.adjusted(0, -1, 0, 1));
    if (track.kind == TimelineTrack::Kind::Picture) {
      paintPictures(painter, track, row);
    } else {
      paintNumbers(painter, track, row, static_cast<int>(index % 8) + 1);
    }
    painter.restore();
    painter.setPen(theme_.tokens().grid);
    painter.drawLine(12, row.bottom() + kGap / 2 + 1, width() - 12, row.bottom() + kGap / 2 + 1);
  }
  const auto found = app::eventsIn(activity_, scene_.range.shown(), pixel() * 8, base::Duration{0});
  for (const base::TimeSpan& span : found) {
    energyEdges_.push_back(span.begin);
    energyEdges_.push_back(span.end);
  }
}

void TimelineView::paintNumbers(QPainter& painter, const TimelineTrack& track, const QRect& row,
                                int colour) {
  const Tokens& t = theme_.tokens();
  const auto n = static_cast<std::size_t>(row.width());
  const app::StoredColumns stored = columnsOf(track, scene_.range.shown(), n);
  activity_.push_back(app::activityOf(stored.columns));
  const bool sound = track.kind == TimelineTrack::Kind::Sound;
  if (sound && scene_.spectra && feed_.library.spectrum &&
      scene_.range.shown().length() / static_cast<std::int64_t>(n) <=
          app::Library::kWidestSpectrum) {
    paintSpectrum(painter, track, row);
    paintMissing(painter, track, row, stored.columns);
    return;
  }
  const sensors::EnvelopeColumn reach = extentOf(track);
  double low = reach.isEmpty() ? 0 : reach.min, high = reach.isEmpty() ? 1 : reach.max;
  if (sound) {
    high = std::max({0.02, std::abs(low), std::abs(high)});
    low = -high;
  }
  const double least = std::max(1e-9, std::abs(high) * 0.02);  // a flat line lies in the middle
  if (high - low < least) {
    const double middle = (high + low) / 2;
    low = middle - least;
    high = middle + least;
  }
  const double scale = (row.height() - 5) / (high - low);
  const QRect inner = row.adjusted(0, 2, 0, -2);
  const double perColumn =
      static_cast<double>(scene_.range.shown().length().count()) / static_cast<double>(n);
  const int bridge = std::max(
      kHole, static_cast<int>(3 * static_cast<double>(track.period.count()) / perColumn) + 1);
  const QColor ink = theme_.labelColour(colour);
  const auto part = [](int i, int p) { return qRound(0.85 * i + 0.15 * p); };
  painter.setPen(
      QPen(sound ? QColor(part(ink.red(), t.surface.red()), part(ink.green(), t.surface.green()),
                          part(ink.blue(), t.surface.blue()))
                 : ink,
           1));
  double rise = 0, measured = 0;
  for (const auto& column : stored.columns) {
    if (!column.isEmpty()) {
      rise += (static_cast<double>(column.max) - column.min) * scale;
      measured += 1;
    }
  }
  painter.setRenderHint(QPainter::Antialiasing, !sound && rise < kDenseSignal * measured);
  eachLine(stored.columns, bridge, low, scale, inner, [&](const QVector<QPointF>& points) {
    painter.drawPolyline(points.data(), static_cast<int>(points.size()));
  });
  painter.setRenderHint(QPainter::Antialiasing, false);
  paintMissing(painter, track, row, stored.columns);
  // What features see there instead: dashed, as nobody measured it.
  auto gaps = findGaps(stored.columns, static_cast<std::size_t>(bridge), n);
  fillGaps(gaps, stored.columns, track.fill,
           static_cast<std::size_t>(static_cast<double>(track.reach.count()) / perColumn));
  painter.setPen(QPen(t.text2, 1, Qt::DashLine));
  for (const Gap& gap : gaps) {
    if (!gap.filled) {
      continue;
    }
    const auto at = [&](std::size_t column, double value) {
      return QPointF(inner.left() + static_cast<double>(column),
                     inner.bottom() - (value - low) * scale);
    };
    painter.drawLine(at(gap.begin, gap.filled->first), at(gap.end, gap.filled->second));
  }
}

void TimelineView::paintMissing(QPainter& painter, const TimelineTrack& track, const QRect& row,
                                const std::vector<sensors::EnvelopeColumn>& columns) const {
  const Tokens& t = theme_.tokens();
  painter.setFont(theme_.font(Theme::Text::Axis));
  const base::Duration column = pixel();
  const auto least = std::max<std::size_t>(
      kHole, static_cast<std::size_t>(3 * track.period.count() /
                                      std::max<std::int64_t>(1, column.count())) +
                 1);
  for (std::size_t i = 0; i < columns.size();) {
    if (!columns[i].isEmpty()) {
      ++i;
      continue;
    }
    std::size_t end = i;
    const bool recorded = isRecorded(timeAt(row.left() + static_cast<double>(i) + 0.5));
    while (end < columns.size() && columns[end].isEmpty() &&
           isRecorded(timeAt(row.left() + static_cast<double>(end) + 0.5)) == recorded) {
      ++end;
    }
    const QRectF hole(row.left() + static_cast<double>(i), row.top(), static_cast<double>(end - i),
                      row.height());
    QString text;
    if (!recorded) {
      painter.fillRect(hole, t.sunk);
      text = timeAt(hole.center().x()) < feed_.now() ? tr("not recorded") : QString();
    } else if (end - i >= least) {
      painter.fillRect(hole, QBrush(pale(t.rec, 0.55), Qt::BDiagPattern));
      text =
          tr("nothing came, %1").arg(words::duration(column * static_cast<std::int64_t>(end - i)));
    }
    const QFontMetricsF metrics(painter.font());
    const double wide = metrics.horizontalAdvance(text) + 8;
    if (!text.isEmpty() && wide < hole.width()) {
      const QRectF label(hole.center().x() - wide / 2, hole.center().y() - 8, wide, 16);
      painter.fillRect(label, recorded ? t.surface : t.sunk);
      painter.setPen(t.text2);
      painter.drawText(label, Qt::AlignCenter, text);
    }
    i = end;
  }
}

void TimelineView::paintSpectrum(QPainter& painter, const TimelineTrack& track, const QRect& row) {
  const app::StoredSpectrum spectrum = feed_.library.spectrum(
      track.source, scene_.range.shown(), static_cast<std::size_t>(row.width()));
  painter.drawImage(row, spectrumImage(theme_.tokens(), spectrum));
}

void TimelineView::paintPictures(QPainter& painter, const TimelineTrack& track, const QRect& row) {
  const Tokens& t = theme_.tokens();
  if (!feed_.library.picture) {
    return;
  }
  const int wide = row.height() * 4 / 3;
  // Places on the clock that stay the same while one pans: powers of two of a second.
  double step = base::toSeconds(pixel()) * (wide + 4);
  step = std::exp2(std::ceil(std::log2(std::max(step, 1e-3))));
  const base::Duration by = base::fromSeconds(step);
  for (base::Time at = base::floorTo(scene_.range.shown().begin, by); at < scene_.range.shown().end;
       at += by) {
    const double x = xAt(at);
    const QRectF box(x + 1, row.top(), wide, row.height());
    const auto picture = feed_.library.picture(track.source, at, by);
    if (!picture) {
      continue;
    }
    const std::pair key(track.source, at.ns ^ (by.count() << 1));
    auto found = thumbnails_.find(key);
    if (found == thumbnails_.end()) {
      QByteArray bytes(reinterpret_cast<const char*>(picture->jpeg.data()),
                       static_cast<qsizetype>(picture->jpeg.size()));
      QBuffer buffer(&bytes);
      QImageReader reader(&buffer, "jpeg");
      reader.setScaledSize(box.size().toSize() * devicePixelRatioF());
      if (thumbnails_.size() > kThumbnails) {
        thumbnails_.clear();
      }
      found = thumbnails_.emplace(key, reader.read()).first;
    }
    painter.setPen(t.border);
    painter.setBrush(t.sunk);
    painter.drawRect(box.adjusted(0, 0, -1, -1));
    if (!found->second.isNull()) {
      painter.drawImage(box, found->second);
    }
  }
}

}  // namespace ui
