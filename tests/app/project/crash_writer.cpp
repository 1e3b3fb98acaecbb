// A program made to be killed: records a scripted source into the project file of its first
// argument, says labels and examples about it, and prints a line for each one that was
// acknowledged:
//   ready | recording <id> <begin ns> | label <id> <now ns> | example <id> <now ns> | fence <n>
// Runs until it is killed.

#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <unistd.h>

#include "app/project/recorder.h"
#include "tests/app/project/sample_blocks.h"

namespace {

/// Waits for time alone to pass.
void pause(base::Duration length) {
  std::mutex mutex;
  std::condition_variable never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, length, [] { return false; });
}

void say(const std::string& line) {
  const std::string whole = line + "\n";
  if (write(STDOUT_FILENO, whole.data(), whole.size()) < 0) {
    std::exit(1);
  }
}

[[noreturn]] void fail(const base::Error& error) {
  std::fprintf(stderr, "crash_writer: %s\n", error.message.c_str());
  std::exit(2);
}

template <class T>
T orFail(base::Result<T> result) {
  if (!result) {
    fail(result.error());
  }
  return std::move(result).value();
}

/// Sends a block every 20 ms until asked to stop, to the tape and to the stream.
void sendBlocks(std::stop_token stop, sensors::SourceStream& stream, sensors::Tape& tape,
                const base::Clock& clock) {
  for (std::uint64_t sequence = 0; !stop.stop_requested(); ++sequence) {
    sensors::Block block = *project_test::motionBlock(stream.info(), sequence);
    block.start = clock.now() - std::chrono::milliseconds(20);
    const auto shared = std::make_shared<const sensors::Block>(std::move(block));
    tape.append(shared);
    stream.publish(shared, clock.now());
    pause(std::chrono::milliseconds(20));
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    return 1;
  }
  std::mt19937 random(static_cast<unsigned>(std::atoi(argv[2])));
  const base::SystemClock clock;
  const auto store = orFail(app::ProjectStore::open(argv[1]));
  say("ready");
  sensors::SourceTable sources;
  sensors::Tape tape;
  const auto stream = sources.declare(project_test::motionInfo());
  app::Recorder recorder(*store, sources, tape, clock, nullptr);
  const std::jthread device([&](std::stop_token stop) { sendBlocks(stop, *stream, tape, clock); });
  for (int round = 0;; ++round) {
    const auto recording = orFail(recorder.start(std::chrono::milliseconds(500)));
    say("recording " + std::to_string(recording) + " " + std::to_string(recorder.state().since.ns));
    const int lessons = random() % 2 == 0 ? 8 : 100'000;
    for (int i = 0; i < lessons; ++i) {
      const auto label = orFail(store->addLabel({.name = "Label " + std::to_string(i)}));
      say("label " + std::to_string(label) + " " + std::to_string(clock.now().ns));
      const base::Time now = clock.now();
      learners::Demonstration example{
          .label = label, .span = {now, now}, .recording = recording, .author = "writer"};
      const auto said = store->inTransaction([&]() -> base::Result<void> {
        example.id = orFail(store->addDemonstration(example));
        return store->addCommand({.kind = "example"}).ok() ? base::Result<void>()
                                                           : base::invalid("no command");
      });
      if (!said) {
        fail(said.error());
      }
      say("example " + std::to_string(example.id) + " " + std::to_string(clock.now().ns));
      pause(std::chrono::milliseconds(random() % 12));
      if (i % 3 != 0) {  // every third stays open
        example.span.end = clock.now();
        if (auto ended = store->updateDemonstration(example); !ended) {
          fail(ended.error());
        }
      }
    }
    say("fence " + std::to_string(orFail(store->nextFence("train"))));
    orFail(recorder.stop());
  }
}
