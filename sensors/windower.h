#pragma once
// Windower: cuts one source's blocks into windows on the common grid (multiples of the hop on the
// program's clock), without a thread. Live frames, datasets and evaluation all use it, so what was
// trained is what runs.

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "sensors/gap_fill.h"
#include "sensors/window.h"

namespace sensors {

struct WindowSpec {
  base::Duration length = std::chrono::seconds(1);
  base::Duration hop = std::chrono::milliseconds(500);
  friend bool operator==(const WindowSpec&, const WindowSpec&) = default;
};

/// One thread at a time.
///
/// Even sources (rate > 0, kind not Slow): a window is given once its last row is there, or once
/// the watermark has passed its end by `kLateness`; below `kLeastCoverage` measured rows it is
/// skipped. A row belongs to the grid point nearest in time; gaps are masked, or filled where a person
/// chose so, from what lies in the window or at most one window's length before it. Slow
/// sources: a value holds until the next, in channels that are filled; a window is given as soon as the watermark passes its
/// end. Before the first value nothing is given; a value is held at most `holdLimit`. Feature rows
/// no more frequent than windows are long: each row is a window, begun on the grid. Pictures: a
/// window is given once a picture from after its end is there, or once the watermark has passed its
/// end by `kLateness`; a picture shows what is there for one and a half periods. Windows never
/// depend on how the samples were cut into blocks.
class Windower {
 public:
  static constexpr base::Duration kLateness = std::chrono::milliseconds(600);
  static constexpr double kLeastCoverage = 0.7;
  static constexpr base::Duration kHoldLimit = std::chrono::minutes(10);

  Windower(SourceInfoPtr source, WindowSpec spec,
           base::Duration holdLimit = kHoldLimit, const FillChoice& fill = {});

  /// Adds a block (in time order; older ones than already given out are dropped and counted) and
  /// moves the watermark to its end. Blocks with another number of channels are ignored.
  /// Returns the windows that became complete, oldest first.
  std::vector<Window> push(const BlockPtr& block);
  /// Says that nothing older than `watermark` will come any more.
  std::vector<Window> advance(base::Time watermark);
  /// Offline: gives every window that ends at or before `end`, as if the watermark were far beyond.
  std::vector<Window> finish(base::Time end);

  std::uint64_t lateRows() const { return lateRows_; }

 private:
  enum class Manner { Even, Held, RowByRow, Pictures, None };
  struct Row {
    base::Time time;
    BlockPtr block;
    std::size_t index = 0;
  };
  struct HeldValue {
    float value = 0;
    base::Time since;
    bool isKnown = false;
  };

  std::vector<Window> giveRows(const BlockPtr& block);
  void addEven(const BlockPtr& block);
  void addHeld(const BlockPtr& block);
  /// Gives all windows that begin at or before `lastBegin`.
  std::vector<Window> collect(base::Time lastBegin);
  void skipSilence(base::Time lastBegin);
  void moveTo(base::Time begin);
  void hold(const Row& row);
  base::Time firstBegin(base::Time t) const;
  bool isLate(base::Time t) const;
  bool isHeldAt(std::size_t channel, base::Time t) const;
  /// Even sources: what the channels last were before `begin`, in `held_`.
  void rememberUntil(base::Time begin);
  std::optional<Window> cutEven(const base::TimeSpan& span) const;
  std::optional<Window> cutHeld(const base::TimeSpan& span) const;
  std::optional<Window> cutPictures(const base::TimeSpan& span) const;
  void addPicture(const BlockPtr& block);
  /// How long a picture shows what is there.
  base::Duration pictureReach() const;

  SourceInfoPtr source_;
  WindowSpec spec_;
  base::Duration holdLimit_;
  Manner manner_;
  std::size_t rowsPerWindow_;
  base::Duration halfPeriod_{0};
  std::deque<BlockPtr> blocks_;  ///< even sources and pictures: by start; may still touch a window
  std::deque<Row> rows_;         ///< slow sources: by time; not yet held
  std::vector<Fill> fill_;       ///< per channel
  bool fills_ = false;           ///< even sources: any channel is filled
  std::vector<HeldValue> held_;  ///< what each channel last was before `nextBegin_`; of even sources
                                 ///< only where gaps are filled
  std::optional<base::Time> lastChange_;
  std::optional<base::Time> nextBegin_;
  base::Time watermark_{INT64_MIN / 2};
  std::uint64_t lateRows_ = 0;
};

}  // namespace sensors
