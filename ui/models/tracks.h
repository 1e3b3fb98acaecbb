#pragma once
// Tracks: which channels the live strip shows, and the range each is drawn in. Plain values.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "app/snapshot.h"

namespace ui {

/// Pixels a column reaches on average: a signal beyond that is drawn without smoothing.
inline constexpr double kDenseSignal = 3;

/// One row of the live strip.
struct Track {
  std::string source;
  std::size_t channel = 0;
  std::string name;     ///< "Kitchen mic", with the channel where the source has several
  std::string unit;     ///< "W", "16 kHz"
  bool audio = false;   ///< drawn as a filled envelope around zero
  double declared = 0;  ///< width of the channel's declared range; 0 where unknown
  double declaredMin = 0;
  friend bool operator==(const Track&, const Track&) = default;
};

/// How much a channel moved lately, in shares of its declared range; any scale where unknown.
using Liveliness = std::function<double(const std::string& source, std::size_t channel)>;

/// One track per source, its liveliest channel; sources used by the task first, sound above
/// motion above slow ones, at most `most`.
std::vector<Track> chooseTracks(const app::Snapshot& snapshot, const Liveliness& liveliness,
                                std::size_t most = 6);

/// Smallest and largest value of the columns that are not empty; min > max where all are.
sensors::EnvelopeColumn extent(std::span<const sensors::EnvelopeColumn> columns);

/// The range a track is drawn in: it grows at once and shrinks slowly, so that the picture is calm.
/// Noise of a quiet channel is not blown up to full height. One thread at a time.
class TrackRange {
 public:
  void follow(const Track& track, const sensors::EnvelopeColumn& seen);
  double low() const { return low_; }
  double high() const { return high_; }

 private:
  bool started_ = false;
  double low_ = -1;
  double high_ = 1;
};

/// Stretches of missing data as column indices [begin, end).
struct Gap {
  std::size_t begin = 0;
  std::size_t end = 0;
  /// What features see instead, at both ends; drawn apart from what was measured.
  std::optional<std::pair<double, double>> filled = {};
  friend bool operator==(const Gap&, const Gap&) = default;
};
/// Runs of at least `least` empty columns after the first measured one. What has not come yet (up
/// to `late` columns at the right edge) is no gap.
std::vector<Gap> findGaps(std::span<const sensors::EnvelopeColumn> columns, std::size_t least,
                          std::size_t late);
/// Says in `gaps` what stands there by `fill`; at most `reach` columns after the last number.
void fillGaps(std::vector<Gap>& gaps, std::span<const sensors::EnvelopeColumn> columns,
              sensors::Fill fill, std::size_t reach);
/// How the channel is filled, as the task says.
sensors::Fill fillOf(const app::Snapshot& snapshot, const std::string& source, std::size_t channel);

}  // namespace ui
