#pragma once
// Similar stretches: those whose features are nearest to a given one, and the few among them that
// differ most from each other. Plain functions of frames. Private to app/library*.cpp.

#include <vector>

#include "app/library.h"
#include "sensors/frame.h"

namespace app {

struct RecordingOfFrames {
  std::int64_t recording = 0;
  std::vector<sensors::FramePtr> frames;  ///< oldest first, all of one layout
};

/// At most `most` stretches as long as `span`, nearest first, not overlapping each other or `span`.
/// A stretch is its mean frame, each feature divided by its deviation over all frames; what is more
/// than half as far as the usual stretch is not alike. The `telling` ones are found farthest first.
std::vector<SimilarSpan> similarSpans(const std::vector<RecordingOfFrames>& all,
                                      const base::TimeSpan& span, std::int64_t recording,
                                      std::size_t most, std::size_t telling);

}  // namespace app
