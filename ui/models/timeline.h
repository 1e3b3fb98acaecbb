#pragma once
// Timeline: which stretch of the clock the Label page shows and how it moves, where ticks stand,
// which tracks there are. Plain values.

#include <QString>
#include <optional>
#include <string>
#include <vector>

#include "app/library.h"
#include "app/snapshot.h"

namespace ui {

/// The shown part of a whole. `shown` always lies inside `whole` and is never empty.
class TimelineRange {
 public:
  static constexpr base::Duration kNarrowest = std::chrono::milliseconds(200);

  /// Another whole: all of it is shown. A longer one of the same begin keeps what is shown.
  void setWhole(const base::TimeSpan& whole);
  const base::TimeSpan& whole() const { return whole_; }
  const base::TimeSpan& shown() const { return shown_; }

  void show(const base::TimeSpan& span);
  void showAll() { shown_ = whole_; }
  /// By a share of what is shown; positive is later.
  void pan(double share);
  /// `factor` < 1 shows less time; the time `about` stays where it is.
  void zoom(double factor, base::Time about);
  /// The least move that brings `t` at least a tenth of the width inside.
  void reveal(base::Time t);
  void reveal(const base::TimeSpan& span);
  bool showsAll() const { return shown_ == whole_; }

 private:
  void clamp();
  base::TimeSpan whole_{{0}, {60'000'000'000}};
  base::TimeSpan shown_ = whole_;
};

/// A mark of the time axis.
struct TimelineTick {
  base::Time t;
  QString text;
};
/// Ticks at round local times, at most one per `leastPixels` of a view `width` pixels wide.
std::vector<TimelineTick> timelineTicks(const base::TimeSpan& shown, int width, int leastPixels);
/// "14:02:11.250" with as many digits as a pixel is wide.
QString timelineClock(base::Time t, base::Duration pixel);

/// One row of signals.
struct TimelineTrack {
  enum class Kind { Picture, Sound, Numbers };
  Kind kind = Kind::Numbers;
  std::string source;
  std::size_t channel = 0;
  QString name;              ///< "Kitchen mic"
  QString unit;              ///< "W", "16 kHz"
  base::Duration period{0};  ///< between two rows; 0 where a value holds until the next
  sensors::Fill fill = sensors::Fill::Missing;  ///< what features see in its gaps
  base::Duration reach{0};   ///< the longest gap that is filled
  friend bool operator==(const TimelineTrack&, const TimelineTrack&) = default;
};
/// Pictures, then sound, then numbers; of a source with many channels the first three.
std::vector<TimelineTrack> timelineTracks(const app::LibraryContents& contents,
                                          const app::Snapshot& snapshot);

/// In which lane each span lies so that none overlaps another of its lane; lanes count from 0.
/// `spans` in any order. [spans]
std::vector<int> lanesOf(const std::vector<base::TimeSpan>& spans);

/// What the page can show as one: a sitting of recordings, or the last minutes of now.
struct TimelineChoice {
  base::TimeSpan whole;
  QString name;  ///< "Today, 14:02", "Last 10 minutes"
  bool live = false;
};
/// The last minutes first, then sittings, newest first. A sitting that reaches into the last
/// minutes is part of them.
std::vector<TimelineChoice> timelineChoices(const app::LibraryContents& contents, base::Time now,
                                            bool hasSources);

}  // namespace ui
