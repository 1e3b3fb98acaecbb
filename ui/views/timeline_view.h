#pragma once
// TimelineView: all tracks of a stretch of time under one clock, what the model heard, what is
// proposed and what the person said. It draws a scene and tells gestures; it changes nothing.

#include <QFrame>
#include <QPixmap>
#include <map>
#include <optional>
#include <vector>

#include "ui/feed.h"
#include "ui/models/label_edits.h"
#include "ui/models/label_proposals.h"
#include "ui/models/timeline.h"
#include "ui/theme.h"

namespace ui {

/// What is to be seen.
struct TimelineScene {
  app::SnapshotPtr snapshot;
  app::LibraryContentsPtr contents;
  std::vector<TimelineTrack> tracks;
  TimelineRange range;
  bool live = false;  ///< the last minutes come from the sources themselves
  Demonstrations said;
  std::vector<int> lanes;  ///< [said]
  std::vector<app::HeardSpan> heard;
  std::vector<Proposal> proposals;
  std::optional<std::size_t> proposal;  ///< the one at hand
  std::vector<base::TimeSpan> events;
  base::Time cursor;
  std::optional<base::TimeSpan> mark;
  std::int64_t selected = 0;      ///< example, 0: none
  bool spectra = false;           ///< sound as a spectrum
  learners::LabelId holding = 0;  ///< a number is held since `mark` began
};

/// GUI thread. `theme` must outlive it.
class TimelineView final : public QFrame {
  Q_OBJECT

 public:
  static constexpr int kNames = 132;

  TimelineView(const Theme& theme, Feed feed, QWidget* parent = nullptr);

  void show(TimelineScene scene);
  using QFrame::show;
  /// Moves the cursor (and the mark with it) alone, which costs little.
  void moveCursor(base::Time cursor, const std::optional<base::TimeSpan>& mark);
  /// Draws the signals anew: more of them was read.
  void readAgain();
  const TimelineScene& scene() const { return scene_; }

  /// Beginnings and ends of what stands out in the signals as they are shown.
  const std::vector<base::Time>& energyEdges() const { return energyEdges_; }
  /// `span` cut to what stands out in the signals as they are shown.
  base::TimeSpan trimmed(const base::TimeSpan& span) const;
  /// How much time a pixel shows.
  base::Duration pixel() const;
  /// Where the middle of `span` is, for a popover, in global coordinates.
  QPoint placeOf(const base::TimeSpan& span) const;
  /// Tracks that do not fit are reached by scrolling.
  void scrollTracks(int by);
  QSize minimumSizeHint() const override { return {400, 240}; }

 Q_SIGNALS:
  void cursorWanted(base::Time t);
  void rangeWanted(const ui::TimelineRange& range);
  /// A span was dragged over; it is empty where a click took the mark away.
  void marked(const base::TimeSpan& span);
  void exampleChosen(std::int64_t id);
  void proposalChosen(std::size_t index);
  void revised(const ui::intent::ReviseExamples& revision);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  enum class Row { Overview, Axis, Tracks, Heard, Proposals, Said, None };
  struct Drag {
    enum class Kind { Mark, Overview, Edge, Move };
    Kind kind = Kind::Mark;
    QPoint from;
    base::Time start;
    std::int64_t example = 0;
    Edge edge = Edge::Begin;
    bool moved = false;
  };
  struct Layout {
    QRect overview, axis, tracks, heard, proposals, said;
    std::vector<QRect> rows;  ///< of the tracks shown, first at firstTrack_
    int laneHeight = 26;
  };

  Layout layOut() const;
  base::Time timeAt(double x) const;
  double xAt(base::Time t) const;
  base::Time snapped(base::Time t, Qt::KeyboardModifiers with, std::int64_t without) const;
  Row rowAt(const QPoint& at, const Layout& layout) const;
  std::optional<std::int64_t> saidAt(const QPoint& at, const Layout& layout, Edge* edge,
                                     bool* onEdge) const;
  app::StoredColumns columnsOf(const TimelineTrack& track, const base::TimeSpan& span,
                               std::size_t n) const;
  sensors::EnvelopeColumn extentOf(const TimelineTrack& track);
  bool isRecorded(base::Time t) const;

  // timeline_paint.cpp
  void paintSignals();
  void paintOverview(QPainter& painter, const Layout& layout) const;
  void paintAxis(QPainter& painter, const Layout& layout) const;
  void paintNames(QPainter& painter, const Layout& layout) const;
  void paintNumbers(QPainter& painter, const TimelineTrack& track, const QRect& row, int colour);
  void paintSpectrum(QPainter& painter, const TimelineTrack& track, const QRect& row);
  void paintPictures(QPainter& painter, const TimelineTrack& track, const QRect& row);
  void paintMissing(QPainter& painter, const TimelineTrack& track, const QRect& row,
                    const std::vector<sensors::EnvelopeColumn>& columns) const;
  void paintRibbons(QPainter& painter, const Layout& layout) const;
  void paintCursor(QPainter& painter, const Layout& layout) const;

  const Theme& theme_;
  Feed feed_;
  TimelineScene scene_;
  int firstTrack_ = 0;
  QPixmap signals_;  ///< the tracks as they were drawn last
  bool signalsDue_ = true;
  std::vector<std::vector<float>> activity_;  ///< of the tracks as they are shown
  std::vector<base::Time> energyEdges_;
  std::map<std::pair<std::string, std::size_t>, sensors::EnvelopeColumn> extents_;
  base::TimeSpan extentsOf_;
  std::map<std::pair<std::string, std::int64_t>, QImage> thumbnails_;
  std::optional<Drag> drag_;
  intent::ReviseExamples preview_;  ///< what the drag would do
};

}  // namespace ui
