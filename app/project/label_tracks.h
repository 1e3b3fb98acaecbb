#pragma once
// Label tracks: what other programs keep of labelled stretches of time. Audacity's text form and
// ELAN's .eaf (EAF 3.0). Times count from the begin of the recording they belong to.

#include <string>
#include <string_view>
#include <vector>

#include "sensors/base/result.h"
#include "sensors/base/time.h"

namespace app {

struct TrackLabel {
  base::Duration begin{0};
  base::Duration end{0};  ///< not before begin; equal for a point in time
  std::string text;
  friend bool operator==(const TrackLabel&, const TrackLabel&) = default;
};

inline constexpr std::size_t kMostTrackLabels = 1'000'000;

/// Lines of "begin TAB end TAB text", seconds. Tabs and line ends in texts become spaces.
std::string encodeAudacityTrack(const std::vector<TrackLabel>& track);
/// Also takes lines that begin with a backslash (a frequency range, left out) and lines without a
/// text. `name`: of the file, for errors.
/// Errors: Corrupt naming the row; InvalidArgument for more than kMostTrackLabels.
base::Result<std::vector<TrackLabel>> decodeAudacityTrack(const std::string& name,
                                                          std::string_view bytes);

/// One tier "Mimosa"; times in whole milliseconds, as ELAN has them.
std::string encodeElanTrack(const std::vector<TrackLabel>& track);
/// Alignable annotations of `tier`, or of all tiers where it is empty, by their begin.
/// Errors: Corrupt; NotFound listing the tiers there are; InvalidArgument for too many labels.
base::Result<std::vector<TrackLabel>> decodeElanTrack(const std::string& name,
                                                      std::string_view bytes,
                                                      const std::string& tier = {});

}  // namespace app
