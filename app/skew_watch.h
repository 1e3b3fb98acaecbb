#pragma once
// SkewWatch: whether the numbers of the last hour still look like those a model learnt from. A day
// holds other shares of labels than the examples do, so the examples count here as often as their
// labels were heard.

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "learners/dataset.h"
#include "learners/skew.h"
#include "sensors/frame.h"

namespace app {

/// A frame and what was heard in it.
struct SeenFrame {
  sensors::FramePtr frame;
  std::string label;  ///< empty: nothing known
};

/// The frames of the last hour, thinned. Thread-safe.
class SeenFrames {
 public:
  static constexpr base::Duration kEvery = std::chrono::seconds(5);
  static constexpr base::Duration kKeep = std::chrono::hours(1);

  /// At most one every kEvery is kept; those before one of another layout are forgotten.
  void add(const sensors::FramePtr& frame, std::string label);
  std::vector<SeenFrame> all() const;

 private:
  mutable std::mutex mutex_;
  std::deque<SeenFrame> frames_;
};

/// One feature that differs.
struct SkewedFeature {
  std::string source;
  std::string name;  ///< with its source: "kitchen/imu x mean"
  std::string unit;
  double distance = 0;  ///< of the two distributions, [0, 1]
  double taught = 0;    ///< medians, in `unit`
  double now = 0;
  double taughtMissing = 0;  ///< shares, [0, 1]
  double nowMissing = 0;
};

struct SkewView {
  enum class State { Nothing, TooFew, Ready };
  State state = State::Nothing;
  base::TimeSpan span;        ///< of the frames that were compared
  std::size_t frames = 0;     ///< of now
  std::size_t taughtRows = 0;
  std::size_t features = 0;
  std::size_t differing = 0;  ///< beyond chance and by more than kClearly
  std::vector<SkewedFeature> worst;  ///< of those, the worst first; at most kWorst

  static constexpr std::size_t kLeastFrames = 60;  ///< five minutes
  static constexpr double kClearly = 0.4;
  static constexpr std::size_t kWorst = 12;
};

/// Rows of `trained` in the shares in which their labels were heard; all of them where none was.
/// [rows x features]
struct TaughtRows {
  std::vector<float> values;
  std::vector<std::uint8_t> missing;  ///< empty, or one per value
};
TaughtRows taughtAsHeard(const learners::Dataset& trained, const std::vector<SeenFrame>& seen);

/// Compares `seen` with what was learnt from. Nothing where the layouts differ. Features that never
/// differed in `trained` are left out: no model listens to them.
SkewView skewOf(const learners::Dataset& trained, const std::vector<SeenFrame>& seen);

}  // namespace app
