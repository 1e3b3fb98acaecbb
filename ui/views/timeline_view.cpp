#include "ui/views/timeline_view.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "app/library_events.h"

namespace ui {
namespace {

constexpr int kTop = 10, kOverview = 30, kAxis = 24, kLane = 26, kRight = 12, kLaneGap = 6;
constexpr int kLeastRow = 26, kMostRow = 78;
constexpr int kGrip = 6;  // pixels from an edge that take hold of it
constexpr int kSnap = 8;  // pixels
constexpr int kDragStarts = 4;
constexpr std::size_t kExtentColumns = 512;

double weight(TimelineTrack::Kind kind) {
  return kind == TimelineTrack::Kind::Sound ? 1.5 : kind == TimelineTrack::Kind::Picture ? 1.2 : 1;
}

/// How many rows of labels there are; one where there is none.
int lanesIn(const TimelineScene& scene) {
  int most = 0;
  for (const int lane : scene.lanes) {
    most = std::max(most, lane);
  }
  return most + 1;
}

}  // namespace

TimelineView::TimelineView(const Theme& theme, Feed feed, QWidget* parent)
    : QFrame(parent), theme_(theme), feed_(std::move(feed)) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setAccessibleName(tr("Timeline"));
  connect(&theme, &Theme::changed, this, [this] {
    signalsDue_ = true;
    update();
  });
}

void TimelineView::show(TimelineScene scene) {
  const bool same = !scene.live && scene.range.shown() == scene_.range.shown() &&
                    scene.tracks == scene_.tracks && scene.spectra == scene_.spectra &&
                    scene.contents == scene_.contents && lanesIn(scene) == lanesIn(scene_);
  scene_ = std::move(scene);
  signalsDue_ = signalsDue_ || !same;
  firstTrack_ =
      std::clamp<int>(firstTrack_, 0, std::max(0, static_cast<int>(scene_.tracks.size()) - 1));
  if (extentsOf_ != scene_.range.whole()) {
    extentsOf_ = scene_.range.whole();
    extents_.clear();
  }
  setAccessibleDescription(tr("%n label(s). The table at the right lists them.", nullptr,
                              static_cast<int>(scene_.said.size())));
  update();
}

void TimelineView::moveCursor(base::Time cursor, const std::optional<base::TimeSpan>& mark) {
  scene_.cursor = cursor;
  scene_.mark = mark;
  update();
}

void TimelineView::readAgain() {
  extents_.clear();
  signalsDue_ = true;
  update();
}

base::TimeSpan TimelineView::trimmed(const base::TimeSpan& span) const {
  return app::trimmedTo(span, activity_, scene_.range.shown());
}

base::Duration TimelineView::pixel() const {
  return scene_.range.shown().length() / std::max(1, width() - kNames - kRight);
}

QPoint TimelineView::placeOf(const base::TimeSpan& span) const {
  const Layout layout = layOut();
  const double x = (xAt(span.begin) + xAt(span.end)) / 2;
  return mapToGlobal(
      QPoint(std::clamp(static_cast<int>(x), kNames, width() - kRight), layout.heard.top()));
}

void TimelineView::scrollTracks(int by) {
  const int fit = static_cast<int>(layOut().rows.size());
  const int most = std::max(0, static_cast<int>(scene_.tracks.size()) - fit);
  const int first = std::clamp(firstTrack_ + by, 0, most);
  if (first != firstTrack_) {
    firstTrack_ = first;
    signalsDue_ = true;
    update();
  }
}

TimelineView::Layout TimelineView::layOut() const {
  Layout layout;
  const int left = kNames, wide = std::max(10, width() - kNames - kRight);
  layout.overview = QRect(left, kTop, wide, kOverview);
  layout.axis = QRect(left, kTop + kOverview + 6, wide, kAxis);
  // Many rows of labels get lower before they take the tracks' room.
  const int count = lanesIn(scene_);
  layout.laneHeight = count <= 4 ? kLane : std::max(14, kLane * 4 / count);
  const int ribbons = 2 * kLane + layout.laneHeight * count + 8;
  const int top = layout.axis.bottom() + 5;
  const int room = std::max(kLeastRow, height() - top - ribbons);
  layout.tracks = QRect(left, top, wide, room);

  const std::size_t all = scene_.tracks.size();
  double sum = 0;
  for (const TimelineTrack& track : scene_.tracks) {
    sum += weight(track.kind);
  }
  const double unit = std::clamp(all == 0 ? 0.0 : room / sum, kLeastRow + kLaneGap + 0.0,
                                 kMostRow + kLaneGap + 0.0);
  double y = top;
  for (std::size_t i = static_cast<std::size_t>(firstTrack_); i < all; ++i) {
    const double high = unit * weight(scene_.tracks[i].kind);
    if (y + high > top + room + 1 && !layout.rows.empty()) {
      break;
    }
    layout.rows.emplace_back(left, static_cast<int>(y), wide, static_cast<int>(high) - kLaneGap);
    y += high;
  }
  const int end = static_cast<int>(y) + 2;
  layout.heard = QRect(left, end, wide, kLane);
  layout.proposals = QRect(left, end + kLane, wide, kLane);
  layout.said = QRect(left, end + 2 * kLane, wide, layout.laneHeight * count);
  return layout;
}

base::Time TimelineView::timeAt(double x) const {
  const double share = (x - kNames) / std::max(1, width() - kNames - kRight);
  const base::TimeSpan shown = scene_.range.shown();
  return shown.begin +
         base::Duration(std::llround(share * static_cast<double>(shown.length().count())));
}

double TimelineView::xAt(base::Time t) const {
  const base::TimeSpan shown = scene_.range.shown();
  return kNames + static_cast<double>((t - shown.begin).count()) /
                      static_cast<double>(shown.length().count()) *
                      std::max(1, width() - kNames - kRight);
}

base::Time TimelineView::snapped(base::Time t, Qt::KeyboardModifiers with,
                                 std::int64_t without) const {
  if (with & Qt::AltModifier) {
    return t;
  }
  std::vector<base::Time> edges = energyEdges_;
  for (const learners::Demonstration& d : scene_.said) {
    if (d.id != without) {
      edges.push_back(d.span.begin);
      edges.push_back(d.span.end);
    }
  }
  return ui::snapped(t, edges, pixel() * kSnap);
}

TimelineView::Row TimelineView::rowAt(const QPoint& at, const Layout& layout) const {
  if (at.x() < kNames) {
    return Row::None;
  }
  const int y = at.y();
  return y <= layout.overview.bottom() + 2 ? Row::Overview
         : y <= layout.axis.bottom()       ? Row::Axis
         : y < layout.heard.top()          ? Row::Tracks
         : y < layout.proposals.top()      ? Row::Heard
         : y < layout.said.top()           ? Row::Proposals
         : y <= layout.said.bottom()       ? Row::Said
                                           : Row::None;
}

std::optional<std::int64_t> TimelineView::saidAt(const QPoint& at, const Layout& layout, Edge* edge,
                                                 bool* onEdge) const {
  const int lane = (at.y() - layout.said.top()) / std::max(1, layout.laneHeight);
  std::optional<std::int64_t> found;
  *onEdge = false;
  for (std::size_t i = 0; i < scene_.said.size(); ++i) {
    const double left = xAt(scene_.said[i].span.begin), right = xAt(scene_.said[i].span.end);
    if (scene_.lanes[i] != lane || at.x() < left - kGrip || at.x() > right + kGrip) {
      continue;
    }
    const bool inside = at.x() >= left && at.x() <= right;
    if (found && !inside) {
      continue;
    }
    found = scene_.said[i].id;
    const double reach = std::min<double>(kGrip, (right - left) / 3);
    *onEdge = at.x() < left + reach || at.x() > right - reach;
    *edge = std::abs(at.x() - left) < std::abs(at.x() - right) ? Edge::Begin : Edge::End;
    if (inside) {
      break;
    }
  }
  return found;
}

app::StoredColumns TimelineView::columnsOf(const TimelineTrack& track, const base::TimeSpan& span,
                                           std::size_t n) const {
  app::StoredColumns stored;
  stored.columns.resize(n);
  if (feed_.library.columns) {
    stored = feed_.library.columns(track.source, track.channel, span, n);
  }
  if (scene_.live) {
    const auto live = feed_.columns(track.source, track.channel, span, n);
    for (std::size_t i = 0; i < std::min(n, live.size()); ++i) {
      if (stored.columns[i].isEmpty()) {
        stored.columns[i] = live[i];
      }
    }
  }
  return stored;
}

sensors::EnvelopeColumn TimelineView::extentOf(const TimelineTrack& track) {
  const std::pair key(track.source, track.channel);
  const auto found = extents_.find(key);
  if (found != extents_.end()) {
    return found->second;
  }
  sensors::EnvelopeColumn reach;
  const app::StoredColumns all = columnsOf(track, scene_.range.whole(), kExtentColumns);
  for (const sensors::EnvelopeColumn& column : all.columns) {
    if (column.isEmpty()) {
      continue;
    }
    if (reach.isEmpty()) {
      reach = column;
    } else {
      reach = {std::min(reach.min, column.min), std::max(reach.max, column.max)};
    }
  }
  if (all.complete && !scene_.live) {
    extents_[key] = reach;
  }
  return reach;
}

bool TimelineView::isRecorded(base::Time t) const {
  const base::Duration ago = feed_.now() - t;
  if (scene_.live && ago.count() >= 0 && ago < std::chrono::minutes(10)) {
    return true;
  }
  if (!scene_.contents) {
    return false;
  }
  const auto& covered = scene_.contents->covered;
  const auto after =
      std::lower_bound(covered.begin(), covered.end(), t,
                       [](const base::TimeSpan& s, base::Time at) { return s.end <= at; });
  return after != covered.end() && after->begin <= t;
}

void TimelineView::resizeEvent(QResizeEvent* event) {
  QFrame::resizeEvent(event);
  signalsDue_ = true;
  scrollTracks(0);
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    return;
  }
  const Layout layout = layOut();
  const QPoint at = event->pos();
  const base::Time t = timeAt(at.x());
  const Row row = rowAt(at, layout);
  drag_.reset();
  if (row == Row::None) {
    return;
  }
  if (row == Row::Overview) {
    drag_ = Drag{.kind = Drag::Kind::Overview, .from = at, .start = t};
    mouseMoveEvent(event);
    return;
  }
  if (row == Row::Proposals) {
    for (std::size_t i = 0; i < scene_.proposals.size(); ++i) {
      if (scene_.proposals[i].span.contains(t)) {
        Q_EMIT proposalChosen(i);
        return;
      }
    }
  }
  if (row == Row::Said) {
    Edge edge = Edge::Begin;
    bool onEdge = false;
    if (const auto id = saidAt(at, layout, &edge, &onEdge)) {
      drag_ = Drag{.kind = onEdge ? Drag::Kind::Edge : Drag::Kind::Move,
                   .from = at,
                   .start = t,
                   .example = *id,
                   .edge = edge};
      Q_EMIT exampleChosen(*id);
      return;
    }
  }
  drag_ = Drag{.kind = Drag::Kind::Mark, .from = at, .start = t};
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
  const QPoint at = event->pos();
  if (!drag_) {
    const Layout layout = layOut();
    Edge edge = Edge::Begin;
    bool onEdge = false;
    const bool said =
        rowAt(at, layout) == Row::Said && saidAt(at, layout, &edge, &onEdge).has_value();
    setCursor(said && onEdge ? Qt::SizeHorCursor : Qt::ArrowCursor);
    return;
  }
  const base::Time t = timeAt(at.x());
  if (drag_->kind == Drag::Kind::Overview) {
    const base::TimeSpan whole = scene_.range.whole();
    const double share =
        static_cast<double>(at.x() - kNames) / std::max(1, width() - kNames - kRight);
    const base::Time middle =
        whole.begin +
        base::Duration(std::llround(share * static_cast<double>(whole.length().count())));
    TimelineRange range = scene_.range;
    const base::Duration half = range.shown().length() / 2;
    range.show({middle - half, middle + half});
    Q_EMIT rangeWanted(range);
    return;
  }
  if (!drag_->moved && std::abs(at.x() - drag_->from.x()) < kDragStarts) {
    return;
  }
  drag_->moved = true;
  switch (drag_->kind) {
    case Drag::Kind::Mark: {
      const base::Time a = snapped(drag_->start, event->modifiers(), 0);
      const base::Time b = snapped(t, event->modifiers(), 0);
      scene_.mark = base::TimeSpan{std::min(a, b), std::max(a, b)};
      break;
    }
    case Drag::Kind::Edge:
      preview_ = moveEdge(scene_.said, drag_->example, drag_->edge,
                          snapped(t, event->modifiers(), drag_->example));
      break;
    case Drag::Kind::Move:
      preview_ = moveBy(scene_.said, drag_->example, t - drag_->start);
      break;
    case Drag::Kind::Overview:
      break;
  }
  update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent* event) {
  if (!drag_ || event->button() != Qt::LeftButton) {
    return;
  }
  const Drag drag = *drag_;
  drag_.reset();
  if (drag.kind == Drag::Kind::Mark) {
    if (drag.moved && scene_.mark) {
      Q_EMIT marked(*scene_.mark);
    } else {
      Q_EMIT cursorWanted(drag.start);
    }
  } else if (drag.moved && !preview_.placed.empty()) {
    Q_EMIT revised(preview_);
  }
  preview_ = {};
  update();
}

void TimelineView::wheelEvent(QWheelEvent* event) {
  const QPoint delta = event->angleDelta();
  if (event->position().x() < kNames) {
    scrollTracks(delta.y() > 0 ? -1 : 1);
    event->accept();
    return;
  }
  TimelineRange range = scene_.range;
  const bool aside =
      (event->modifiers() & Qt::ShiftModifier) || std::abs(delta.x()) > std::abs(delta.y());
  if (aside) {
    range.pan(-(delta.x() != 0 ? delta.x() : delta.y()) / 1200.0);
  } else {
    range.zoom(std::pow(0.8, delta.y() / 120.0), timeAt(event->position().x()));
  }
  Q_EMIT rangeWanted(range);
  event->accept();
}

}  // namespace ui
