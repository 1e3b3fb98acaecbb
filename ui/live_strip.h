#pragma once
// LiveStrip: the last minute of the chosen channels, of what was heard and of what the person said,
// on one time axis under every page. Drag over it to mark a span; scroll to go back in time. What
// "that was..." proposes is shown here and waits for a key.

#include <QFrame>
#include <map>
#include <optional>
#include <vector>

#include "ui/feed.h"
#include "ui/models/proposal_edit.h"
#include "ui/models/tracks.h"
#include "ui/theme.h"

class QPushButton;

namespace ui {

class StripPlot;

class LiveStrip final : public QFrame {
  Q_OBJECT

 public:
  static constexpr base::Duration kShown = std::chrono::seconds(60);
  static constexpr base::Duration kKept = std::chrono::minutes(10);
  static constexpr int kNames = 146, kValues = 92, kTopEdge = 6, kRibbon = 24, kAxis = 20,
                       kLeastTrack = 22;

  /// `mostTracks`: how many sources are shown where there is room.
  LiveStrip(const Theme& theme, Feed feed, std::size_t mostTracks = 8, QWidget* parent = nullptr);

  void showSnapshot(const app::SnapshotPtr& snapshot);
  /// Pulls new columns and repaints; call 30 times a second while visible.
  void tick();
  void backToNow();
  void clearMark();
  void setMark(const base::TimeSpan& span);
  const std::vector<Track>& tracks() const { return tracks_; }
  /// What of it is read even while something lies over the rest: the names of its rows, and what
  /// came last with its values.
  std::vector<QRect> telling() const;
  /// What is shown, newest at the right edge.
  base::TimeSpan shown() const;
  QSize sizeHint() const override { return {800, size::kStrip}; }
  QSize minimumSizeHint() const override { return {400, 96}; }

 Q_SIGNALS:
  /// A person marked `span`; `at`: where a popover fits, in global coordinates.
  void spanMarked(const base::TimeSpan& span, const QPoint& at);
  void heightWanted(int height);
  /// A person said yes to a proposal, as it is or moved.
  void proposalAccepted(learners::LabelId label, const base::TimeSpan& span);
  /// Yes or no: the proposal is gone.
  void proposalClosed();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  struct Row {
    TrackRange range;
    QString value;
  };
  QRect plotRect() const;
  QRect ribbonRect(int row) const;
  base::Time timeAt(double x) const;
  double xAt(base::Time t) const;
  void chooseAgain();
  void layOut();
  void goBack(base::Duration by);
  void paintNames(QPainter& painter) const;
  void paintAxis(QPainter& painter) const;
  void paintRibbons(QPainter& painter) const;
  void paintMismatches(QPainter& painter) const;
  void emitMark(const QPoint& at);
  void takeProposal();
  void lookAtProposal();
  void endProposal();
  bool proposalKey(const QKeyEvent& event);
  void paintProposal(QPainter& painter) const;

  const Theme& theme_;
  Feed feed_;
  std::size_t mostTracks_;
  app::SnapshotPtr snapshot_;
  StripPlot* plot_;
  QPushButton* now_;
  std::vector<Track> tracks_;
  std::vector<Row> rows_;
  std::map<std::string, std::uint64_t> lostBefore_;
  std::map<std::string, std::vector<base::Time>> losses_;
  std::vector<app::RibbonSpan> heard_;
  std::vector<app::RibbonSpan> said_;
  std::optional<base::Time> end_;  ///< where the right edge stands while looking back
  std::optional<base::TimeSpan> mark_;
  std::optional<ProposalEdit> proposal_;
  std::int64_t proposalSeen_ = 0;
  std::optional<base::Time> dragFrom_;
  std::optional<int> resizeFrom_;
  base::Time chosenAt_;
  base::Time ribbonsAt_;
  base::Time edge_;  ///< the right edge as drawn last
};

}  // namespace ui
