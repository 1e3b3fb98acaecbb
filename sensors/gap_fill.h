#pragma once
// GapFill: what stands where a channel has no number. A person chooses it per channel; it is part of
// a frame's spec, so that live frames and datasets are filled alike. What was filled is never shown
// as measured.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sensors/block.h"

namespace sensors {

enum class Fill {
  Missing,      ///< stays masked; features of it are missing
  Hold,         ///< the number before it goes on
  Interpolate,  ///< a straight line to the number after it
};
/// Channel id -> choice; what is not in it is filled as usual.
using FillChoice = std::map<std::string, Fill>;

/// Even sources: Missing. Slow ones: Hold, as a value there means "from now on".
Fill usualFill(const SourceInfo& source);
/// What the source can do, the usual one first. Slow sources cannot interpolate: the next number may
/// be hours away. Empty where there is nothing to choose: pictures, rows of features.
std::vector<Fill> fillsOf(const SourceInfo& source);
/// One per channel, in order. A choice the source cannot do is the usual one.
std::vector<Fill> fillPerChannel(const SourceInfo& source, const FillChoice& choice);

/// Fills gaps of `samples`, rows evenly spaced, as `fill` says per channel; `before`, where not
/// empty, is the last number of each channel before row 0, or nothing. Interpolation towards an end
/// without a number holds. Returns how many numbers were filled.
std::size_t fillGaps(Samples& samples, const std::vector<Fill>& fill,
                     const std::vector<std::optional<float>>& before = {});

/// "missing", "hold", "interpolate": the words files use.
std::string toText(Fill fill);
std::optional<Fill> fillFrom(const std::string& text);
/// "x=hold,y=missing"; empty for an empty choice. For keys and logs.
std::string toText(const FillChoice& choice);

}  // namespace sensors
