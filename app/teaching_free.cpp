// Recordings without a label; labels may be said in them.

#include <algorithm>

#include "app/teaching.h"

namespace app {

base::Result<void> Teaching::startFree(base::Duration window) {
  if (isRecording()) {
    return base::Error{base::ErrorCode::Unavailable, "Something is being recorded already."};
  }
  const auto recording = recorder_.start(std::max(kPreRoll, window));
  if (!recording) return recording.error();
  window_ = window;
  planned_ = base::Duration{0};
  free_ = Free::Runs;
  freeSince_ = clock_.now();
  return {};
}

base::Result<void> Teaching::discardFree() {
  for (Open& open : open_) close(open, clock_.now());
  free_ = Free::Released;
  const std::int64_t recording = recorder_.state().recording;
  if (const auto done = finish(); !done) return done.error();
  const auto gone = edits_->perform({ForgetRecording{recording}, "Recording thrown away"});
  reload();
  return gone ? base::Result<void>() : gone.error();
}

}  // namespace app
