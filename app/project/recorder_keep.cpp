// Keeps a stretch of the tape as a recording.

#include <algorithm>

#include "app/project/recorder.h"
#include "app/project/recorder_blocks.h"

namespace app {

base::Result<Recording> Recorder::keep(const base::TimeSpan& span) {
  Recording recording;
  recording.span = span;
  const auto sources = tape_.sources();
  const bool onTape = std::any_of(sources.begin(), sources.end(), [&](const std::string& source) {
    return tape_.kept(source).overlaps(span);
  });
  if (span.isEmpty() || !onTape) {
    return base::Error{base::ErrorCode::NotFound,
                       "Nothing from " + base::clockText(span.begin) + " is remembered any more."};
  }
  auto kept = store_.inTransaction([&]() -> base::Result<void> {
    const auto id = store_.addRecording(recording);
    if (!id) {
      return id.error();
    }
    recording.id = *id;
    std::uint64_t lost = 0;
    for (const std::string& source : sources) {
      auto blocks = tape_.read(source, span);
      LossCounter counter;
      for (const sensors::BlockPtr& block : blocks) {
        lost += counter.add(*block);
      }
      if (auto held = heldAt(tape_, source, span.begin)) {
        blocks.insert(blocks.begin(), std::move(held));
      }
      if (auto saved = store_.appendChunks(recording.id, blocks); !saved) {
        return saved;
      }
    }
    recording.gapped = lost > 0;
    return recording.gapped ? store_.updateRecording(recording) : base::Result<void>();
  });
  return kept ? base::Result<Recording>(recording) : base::Result<Recording>(kept.error());
}

}  // namespace app
