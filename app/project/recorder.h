#pragma once
// Recorder: writes all sources' blocks into a recording while it runs, on a thread of its own, in
// batches of 250 ms. What was captured shortly before it started comes from the tape; slow sources
// begin with the value that held. While the disk is full it pauses: the last two minutes wait in
// memory, and are saved when there is room again.

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "app/project/store.h"
#include "sensors/source.h"
#include "sensors/tape.h"

namespace app {

struct RecorderState {
  bool active = false;
  std::int64_t recording = 0;
  base::Time since;              ///< begin of the recording, pre-roll included
  std::uint64_t storedRows = 0;  ///< on disk
  std::uint64_t droppedBlocks = 0;
  bool paused = false;               ///< the disk is full: blocks wait in memory
  base::Duration keptInMemory{0};    ///< of the recording, while it is paused
  std::string trouble;  ///< one sentence where writing pauses or stopped ("disk full, ..."), else empty
};

/// start() and stop() belong to one thread; state() may be asked by any.
class Recorder {
 public:
  Recorder(ProjectStore& store, sensors::SourceTable& sources, sensors::Tape& tape,
           const base::Clock& clock, std::function<void()> onChange);
  ~Recorder();

  /// Makes the recording row and starts writing; returns its id. Never overwrites anything.
  /// `preRoll` is taken from the tape. Errors: as the store; Unavailable while one is running.
  base::Result<std::int64_t> start(base::Duration preRoll);
  /// Ends the recording at `end` (now where earlier), waits until everything up to there is
  /// written. Returns the finished recording.
  base::Result<Recording> stop();
  /// Copies `span` from the tape into a new recording at once, for "that was" and corrections.
  base::Result<Recording> keep(const base::TimeSpan& span);
  RecorderState state() const;

 private:
  struct Run;
  ProjectStore& store_;
  sensors::SourceTable& sources_;
  sensors::Tape& tape_;
  const base::Clock& clock_;
  std::function<void()> onChange_;
  mutable std::mutex mutex_;
  RecorderState state_;
  std::unique_ptr<Run> run_;
};

}  // namespace app
