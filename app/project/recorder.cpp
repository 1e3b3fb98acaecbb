#include "app/project/recorder.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <limits>
#include <utility>

#include "app/project/recorder_blocks.h"
#include "sensors/block_codec.h"

namespace app {

namespace {

using sensors::Block;
using sensors::BlockPtr;

constexpr base::Duration kBatch = std::chrono::milliseconds(250);
constexpr base::Duration kFirstBatch =
    std::chrono::milliseconds(40);             // what came before the key is safe soon
constexpr std::size_t kReaderCapacity = 1024;  // 10 s at 100 blocks a second
// A source sends a block when it is full: what it holds at the end is still on its way.
constexpr base::Duration kLatePatience = std::chrono::milliseconds(200);
constexpr base::Duration kStillSending = std::chrono::milliseconds(500);
// While the disk is full: how much waits in memory, and how often somebody looks for room.
constexpr base::Duration kMostKept = std::chrono::seconds(120);
constexpr std::size_t kMostKeptBytes = std::size_t{64} << 20;
constexpr base::Duration kLookForRoom = std::chrono::seconds(1);
constexpr base::Time kFarFuture{std::numeric_limits<std::int64_t>::max() / 2};

}  // namespace

/// One recording. Belongs to start() first, then to the thread, and when that has ended to stop().
struct Recorder::Run {
  struct Track {
    std::shared_ptr<sensors::SourceStream> stream;
    std::shared_ptr<sensors::Reader<Block>> reader;
    sensors::SourceInfoPtr declared;
    bool settled = false;  ///< what was published before the reader began is on tape by now
    bool tapeTaken = false;
    BlockPtr lastOfTape;  ///< where the stream had sent nothing new when the tape was taken
    LossCounter losses;
    base::Time end;  ///< of the newest block
  };

  explicit Run(Recorder& recorder) : owner(recorder) {}

  void listen();
  std::vector<BlockPtr> gather(bool finishing);
  void take(Track& track, const BlockPtr& block, std::vector<BlockPtr>& batch);
  void takeTape(Track& track, const BlockPtr& firstLive, std::vector<BlockPtr>& batch);
  void awaitLate(std::vector<BlockPtr>& batch);
  base::Result<void> save(const std::vector<BlockPtr>& batch);
  bool tryToSave();
  void wait();
  base::Result<void> finish();
  void work(std::stop_token stop);
  void giveUp(const base::Error& error);

  Recorder& owner;
  Recording recording;
  base::Time requestedEnd;      ///< stop()'s; the thread reads it once it is asked to stop
  base::Time end = kFarFuture;  ///< as far as the thread knows
  std::map<std::string, Track> tracks;
  std::deque<BlockPtr> waiting;  ///< in order of their arrival
  std::size_t waitingBytes = 0;
  std::chrono::steady_clock::time_point nextTry;  ///< while paused
  bool paused = false;
  std::uint64_t lost = 0;
  base::Time savedEnd;
  base::Result<void> outcome;  ///< the thread's last word
  std::jthread thread;
};

/// Subscribes to sources that are new since the last call.
void Recorder::Run::listen() {
  for (const auto& stream : owner.sources_.list()) {
    Track& track = tracks[stream->info()->id];
    if (!track.stream) {
      track.stream = stream;
      track.reader = stream->subscribe(kReaderCapacity);
    } else {
      track.settled = true;
    }
  }
}

std::vector<BlockPtr> Recorder::Run::gather(bool finishing) {
  listen();
  std::vector<BlockPtr> batch;
  for (auto& [id, track] : tracks) {
    if (!track.settled && !finishing) {
      continue;
    }
    auto live = track.reader->poll();
    if (!track.tapeTaken) {
      takeTape(track, live.value_or(nullptr), batch);
    }
    for (; live; live = track.reader->poll()) {
      take(track, *live, batch);
    }
  }
  return batch;
}

/// What the tape has from before the first block that came live.
void Recorder::Run::takeTape(Track& track, const BlockPtr& firstLive,
                             std::vector<BlockPtr>& batch) {
  track.tapeTaken = true;
  BlockPtr newest;
  const std::string id = track.stream->info()->id;
  if (auto held = heldAt(owner.tape_, id, recording.span.begin)) {
    batch.push_back(std::move(held));
  }
  for (const BlockPtr& block : owner.tape_.read(id, {recording.span.begin, kFarFuture})) {
    if (firstLive && isFrom(*block, *firstLive)) {
      break;
    }
    take(track, block, batch);
    newest = block;
  }
  track.lastOfTape = firstLive ? nullptr : newest;
}

void Recorder::Run::take(Track& track, const BlockPtr& block, std::vector<BlockPtr>& batch) {
  if (track.lastOfTape && isFrom(*track.lastOfTape, *block)) {
    return;  // came by the tape already
  }
  track.lastOfTape = nullptr;
  track.end = std::max(track.end, block->end());
  const BlockPtr inside = sensors::cutBlock(block, {recording.span.begin, end});
  if (!inside) {
    return;
  }
  lost += track.losses.add(*block);
  batch.push_back(inside);
}

/// Waits a moment for the blocks that hold the recording's last rows.
void Recorder::Run::awaitLate(std::vector<BlockPtr>& batch) {
  const auto deadline = std::chrono::steady_clock::now() + kLatePatience;
  for (auto& [id, track] : tracks) {
    const bool sending = track.stream->info()->rate > 0 && track.end >= end - kStillSending;
    while (sending && track.end < end) {
      const auto left = deadline - std::chrono::steady_clock::now();
      const auto block = track.reader->nextWithin({}, std::max(base::Duration{0}, left));
      if (!block) {
        break;
      }
      take(track, *block, batch);
    }
  }
}

base::Result<void> Recorder::Run::save(const std::vector<BlockPtr>& batch) {
  for (auto& [id, track] : tracks) {
    if (const auto info = track.stream->info(); info != track.declared) {
      if (auto declared = owner.store_.declareSource(*info); !declared) {
        return declared;
      }
      track.declared = info;
    }
  }
  if (batch.empty()) {
    return {};
  }
  if (auto saved = owner.store_.appendChunks(recording.id, batch); !saved) {
    return saved;
  }
  std::uint64_t rows = 0;
  for (const BlockPtr& block : batch) {
    rows += block->rows();
    savedEnd = std::max(savedEnd, block->end());
  }
  if (lost > 0 && !recording.gapped) {  // at once, so that a crash does not forget it
    recording.gapped = true;
    if (auto marked = owner.store_.updateRecording(recording); !marked) {
      return marked;
    }
  }
  {
    std::lock_guard lock(owner.mutex_);
    owner.state_.storedRows += rows;
    owner.state_.droppedBlocks = lost;
  }
  owner.onChange_();
  return {};
}

base::Result<void> Recorder::Run::finish() {
  recording.span.end = std::max(recording.span.begin, end);
  return owner.store_.updateRecording(recording);
}

/// Saves what waits. False where the recording cannot go on.
bool Recorder::Run::tryToSave() {
  const auto now = std::chrono::steady_clock::now();
  if (paused && now < nextTry && end == kFarFuture) {
    wait();
    return true;
  }
  const auto saved = save({waiting.begin(), waiting.end()});
  if (saved) {
    waiting.clear();
    waitingBytes = 0;
    if (std::exchange(paused, false)) {
      {
        std::lock_guard lock(owner.mutex_);
        owner.state_.paused = false;
        owner.state_.keptInMemory = base::Duration{0};
        owner.state_.trouble.clear();
      }
      owner.onChange_();
    }
    return true;
  }
  const bool full = owner.store_.diskState() == ProjectStore::DiskState::Full;
  if (!full || end != kFarFuture) {
    giveUp(saved.error());
    return false;
  }
  nextTry = now + kLookForRoom;
  paused = true;
  wait();
  return true;
}

/// Keeps the newest two minutes; what is older is lost and counted.
void Recorder::Run::wait() {
  base::Time newest;
  for (const BlockPtr& block : waiting) {
    newest = std::max(newest, block->end());
  }
  while (!waiting.empty() && (newest - waiting.front()->start > kMostKept ||
                              waitingBytes > kMostKeptBytes)) {
    waitingBytes -= bytesOf(*waiting.front());
    waiting.pop_front();
    ++lost;
  }
  const base::Duration kept =
      waiting.empty() ? base::Duration{0} : newest - waiting.front()->start;
  {
    std::lock_guard lock(owner.mutex_);
    owner.state_.paused = true;
    owner.state_.keptInMemory = kept;
    owner.state_.droppedBlocks = lost;
    owner.state_.trouble =
        "The disk is full: the recording pauses. The last " +
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(kept).count()) +
        " s are kept in memory and saved when there is room; labels are still saved.";
  }
  owner.onChange_();
}

void Recorder::Run::giveUp(const base::Error& error) {
  tracks.clear();
  end = savedEnd;
  recording.gapped = true;
  outcome = finish();
  {
    std::lock_guard lock(owner.mutex_);
    owner.state_.active = false;
    owner.state_.paused = false;
    owner.state_.trouble = "Recording stopped. " + error.message;
  }
  owner.onChange_();
}

void Recorder::Run::work(std::stop_token stop) {
  std::mutex idle;
  std::condition_variable_any wake;
  bool finishing = false;
  for (base::Duration pause = kFirstBatch; !finishing; pause = kBatch) {
    {
      std::unique_lock lock(idle);
      wake.wait_for(lock, stop, pause, [] { return false; });
    }
    finishing = stop.stop_requested();
    end = finishing ? requestedEnd : kFarFuture;
    std::vector<BlockPtr> batch = gather(finishing);
    if (finishing) {
      awaitLate(batch);
    }
    for (BlockPtr& block : batch) {
      waitingBytes += bytesOf(*block);
      waiting.push_back(std::move(block));
    }
    if (!tryToSave()) {
      return;
    }
  }
  outcome = finish();
}

Recorder::Recorder(ProjectStore& store, sensors::SourceTable& sources, sensors::Tape& tape,
                   const base::Clock& clock, std::function<void()> onChange)
    : store_(store),
      sources_(sources),
      tape_(tape),
      clock_(clock),
      onChange_(onChange ? std::move(onChange) : [] {}) {}

Recorder::~Recorder() {
  if (run_) {
    static_cast<void>(stop());
  }
}

base::Result<std::int64_t> Recorder::start(base::Duration preRoll) {
  if (state().active) {
    return base::Error{base::ErrorCode::Unavailable, "A recording is running already."};
  }
  run_.reset();
  auto run = std::make_unique<Run>(*this);
  const base::Time now = clock_.now();
  run->listen();
  run->recording.span = {now - preRoll, now - preRoll};
  run->savedEnd = run->recording.span.begin;
  const auto id = store_.addRecording(run->recording);
  if (!id) {
    return id;
  }
  run->recording.id = *id;
  {
    std::lock_guard lock(mutex_);
    state_ = RecorderState();
    state_.active = true;
    state_.recording = *id;
    state_.since = run->recording.span.begin;
  }
  run_ = std::move(run);
  run_->thread = std::jthread([raw = run_.get()](std::stop_token stop) { raw->work(stop); });
  onChange_();
  return id;
}

base::Result<Recording> Recorder::stop() {
  if (!run_) {
    return base::Error{base::ErrorCode::Unavailable, "No recording is running."};
  }
  const std::unique_ptr<Run> run = std::move(run_);
  run->requestedEnd = clock_.now();
  run->thread.request_stop();
  run->thread.join();
  {
    std::lock_guard lock(mutex_);
    state_.active = false;
  }
  onChange_();
  if (!run->outcome) {
    return run->outcome.error();
  }
  return run->recording;
}

RecorderState Recorder::state() const {
  std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace app
