#include "app/project/recorder.h"

#include <gtest/gtest.h>
#include <limits>

#include "tests/app/project/sample_blocks.h"
#include "tests/support/temp_project.h"
#include "tests/support/wait_until.h"

namespace app {

namespace {

using project_test::counting;
using project_test::firstColumn;
using project_test::HandClock;
using project_test::kStart;
using project_test::motion;
using project_test::motionBlock;
using project_test::motionInfo;
using std::chrono::milliseconds;

constexpr base::TimeSpan kAlways{{0}, {std::numeric_limits<std::int64_t>::max()}};

/// A house with one source of 50 blocks a second, of which the test sends as many as it likes.
struct House {
  support::TempProject project;
  std::unique_ptr<ProjectStore> store = project.open();
  sensors::SourceTable sources;
  sensors::Tape tape;
  HandClock clock;
  std::shared_ptr<sensors::SourceStream> stream = sources.declare(motionInfo());
  Recorder recorder{*store, sources, tape, clock, [] {}};

  /// Sends blocks `from` up to `to`, as a device does: to the tape and to all readers.
  void send(std::uint64_t from, std::uint64_t to) { send(*stream, from, to); }
  void send(sensors::SourceStream& target, std::uint64_t from, std::uint64_t to) {
    for (std::uint64_t i = from; i < to; ++i) {
      const auto block = motionBlock(target.info(), i);
      tape.append(block);
      clock.set(block->end());
      target.publish(block, block->end());
    }
  }
  std::vector<float> stored(std::int64_t recording, const std::string& source = "kitchen/imu") {
    return firstColumn(*store->readBlocks(recording, source, kAlways));
  }
  bool waitForRows(std::uint64_t rows) {
    return support::waitUntil([&] { return recorder.state().storedRows >= rows; },
                              std::chrono::seconds(10));
  }
};

TEST(Recorder, WritesWhatIsSentUntilItIsStopped) {
  House house;
  const auto id = house.recorder.start(base::Duration{0});
  ASSERT_TRUE(id.ok()) << id.error().message;
  house.send(0, 100);

  const auto recording = house.recorder.stop();

  ASSERT_TRUE(recording.ok()) << recording.error().message;
  EXPECT_EQ(house.stored(*id), counting(0, 200));
  EXPECT_EQ(recording->id, *id);
  EXPECT_EQ(recording->span, (base::TimeSpan{kStart, kStart + std::chrono::seconds(2)}));
  EXPECT_FALSE(recording->gapped);
  EXPECT_EQ(house.store->recordings()->at(0).span, recording->span);
  EXPECT_EQ(*house.store->sources(), std::vector<sensors::SourceInfo>{motionInfo()});
}

TEST(Recorder, WritesWhileItRuns) {
  House house;
  const auto id = house.recorder.start(base::Duration{0});
  house.send(0, 10);

  EXPECT_TRUE(house.waitForRows(20));

  const RecorderState state = house.recorder.state();
  EXPECT_TRUE(state.active);
  EXPECT_EQ(state.recording, *id);
  EXPECT_EQ(house.stored(*id), counting(0, 20));
}

TEST(Recorder, BeginsWithWhatTheTapeKeptAndWritesNoRowTwice) {
  House house;
  house.send(0, 100);  // two seconds before the key is pressed

  const auto id = house.recorder.start(std::chrono::seconds(1));
  house.send(100, 150);
  const auto recording = house.recorder.stop();

  EXPECT_EQ(house.stored(*id), counting(100, 300));
  EXPECT_EQ(recording->span.begin, kStart + std::chrono::seconds(1));
  EXPECT_EQ(house.recorder.state().since, recording->span.begin);
}

TEST(Recorder, TakesPreRollOfASourceThatIsSilentAfterwards) {
  House house;
  house.send(0, 50);

  const auto id = house.recorder.start(std::chrono::seconds(1));
  ASSERT_TRUE(house.waitForRows(100));
  house.send(50, 60);
  ASSERT_TRUE(house.recorder.stop().ok());

  EXPECT_EQ(house.stored(*id), counting(0, 120));
}

TEST(Recorder, WritesNoRowTwiceThatComesByTheTapeFirst) {
  House house;
  for (std::uint64_t i = 0; i < 10; ++i) {
    house.tape.append(motionBlock(house.stream->info(), i));
  }
  const auto id = house.recorder.start(base::Duration{0});
  ASSERT_TRUE(house.waitForRows(20));

  for (std::uint64_t i = 0; i < 20; ++i) {
    house.stream->publish(motionBlock(house.stream->info(), i), kStart);
  }
  house.clock.set(kStart + milliseconds(400));
  ASSERT_TRUE(house.recorder.stop().ok());

  EXPECT_EQ(house.stored(*id), counting(0, 40));
}

TEST(Recorder, JoinsSourcesThatAppearWhileItRuns) {
  House house;
  const auto id = house.recorder.start(base::Duration{0});
  house.send(0, 5);
  ASSERT_TRUE(house.waitForRows(10));

  const auto late = house.sources.declare(motionInfo("hall/imu"));
  house.send(*late, 5, 20);
  ASSERT_TRUE(house.recorder.stop().ok());

  EXPECT_EQ(house.stored(*id), counting(0, 10));
  EXPECT_EQ(house.stored(*id, "hall/imu"), counting(10, 40));
}

TEST(Recorder, WaitsForTheBlockThatHoldsTheLastRows) {
  House house;
  const auto id = house.recorder.start(base::Duration{0});
  house.send(0, 10);
  ASSERT_TRUE(house.waitForRows(20));
  house.clock.set(kStart + milliseconds(210));  // in the middle of block 10

  std::jthread device([&] {
    const auto block = motionBlock(house.stream->info(), 10);
    house.stream->publish(block, block->end());
  });
  const auto recording = house.recorder.stop();

  EXPECT_EQ(recording->span.end, kStart + milliseconds(210));
  EXPECT_EQ(house.stored(*id), counting(0, 21));
}

TEST(Recorder, MarksARecordingWithLostBlocks) {
  House house;
  const auto id = house.recorder.start(base::Duration{0});
  house.send(0, 5);
  house.send(8, 10);

  const auto recording = house.recorder.stop();

  EXPECT_TRUE(recording->gapped);
  EXPECT_TRUE(house.store->recordings()->at(0).gapped);
  EXPECT_EQ(house.recorder.state().droppedBlocks, 3u);
  EXPECT_EQ(house.stored(*id).size(), 14u);
}

TEST(Recorder, MarksARecordingWhoseReaderOverflowed) {
  House house;
  const auto id = house.recorder.start(base::Duration{0});
  house.send(0, 1);
  ASSERT_TRUE(house.waitForRows(2));
  const auto busy = house.store->inTransaction([&]() -> base::Result<void> {
    house.send(1, 5000);  // the recorder cannot save, and a reader keeps about a thousand
    return {};
  });

  const auto recording = house.recorder.stop();

  EXPECT_TRUE(busy.ok());
  EXPECT_TRUE(recording->gapped);
  EXPECT_EQ(house.recorder.state().droppedBlocks, 5000 - house.stored(*id).size() / 2);
}

TEST(Recorder, RunsOneRecordingAtATimeAndOneAfterAnother) {
  House house;
  const auto first = house.recorder.start(base::Duration{0});

  EXPECT_EQ(house.recorder.start(base::Duration{0}).error().code, base::ErrorCode::Unavailable);
  ASSERT_TRUE(house.recorder.stop().ok());
  EXPECT_EQ(house.recorder.stop().error().code, base::ErrorCode::Unavailable);
  const auto second = house.recorder.start(base::Duration{0});

  EXPECT_NE(*first, *second);
}

TEST(Recorder, EndsItsRecordingWhenDestroyed) {
  support::TempProject project;
  {
    const auto store = project.open();
    sensors::SourceTable sources;
    sensors::Tape tape;
    HandClock clock;
    const auto stream = sources.declare(motionInfo());
    Recorder recorder(*store, sources, tape, clock, nullptr);
    ASSERT_TRUE(recorder.start(base::Duration{0}).ok());
    stream->publish(motionBlock(stream->info(), 0), kStart);
    clock.set(kStart + milliseconds(20));
  }

  const auto store = project.open();

  EXPECT_EQ(store->recordings()->at(0).span.end, kStart + milliseconds(20));
  EXPECT_FALSE(store->recordings()->at(0).gapped);
}

TEST(Recorder, KeepsAStretchOfThePast) {
  House house;
  house.send(0, 100);
  const base::TimeSpan span{kStart + milliseconds(500), kStart + milliseconds(700)};

  const auto kept = house.recorder.keep(span);

  ASSERT_TRUE(kept.ok()) << kept.error().message;
  EXPECT_EQ(kept->span, span);
  EXPECT_EQ(house.stored(kept->id), counting(50, 70));
  EXPECT_EQ(house.recorder.keep({kStart - milliseconds(9), kStart}).error().code,
            base::ErrorCode::NotFound);
  EXPECT_EQ(house.store->recordings()->size(), 1u);
}

TEST(Recorder, BeginsWithTheValueThatASlowSourceHeld) {
  House house;
  const auto door = house.sources.declare(
      {.id = "hall/door", .name = "Door", .channels = {{.id = "open"}, {.id = "locked"}}});
  const auto say = [&](int second, std::vector<float> values, std::vector<std::uint8_t> missing) {
    sensors::Block block;
    block.source = door->info();
    block.start = kStart + std::chrono::seconds(second);
    block.offsets = {base::Duration{0}};
    block.content = sensors::Samples{
        .rows = 1, .channels = 2, .values = std::move(values), .missing = std::move(missing)};
    house.tape.append(std::make_shared<const sensors::Block>(block));
  };
  say(0, {0, 1}, {});
  say(10, {1, 0}, {0, 1});  // opened; nothing new about the lock
  house.clock.set(kStart + std::chrono::seconds(60));

  const auto id = house.recorder.start(std::chrono::seconds(1));
  const auto recorded = house.recorder.stop();
  const base::TimeSpan past{kStart + std::chrono::seconds(5), kStart + std::chrono::seconds(6)};
  const auto kept = house.recorder.keep(past);

  const auto blocks = house.store->readBlocks(*id, "hall/door", recorded->span);
  ASSERT_EQ(blocks->size(), 1u);
  EXPECT_EQ(blocks->front()->start, recorded->span.begin);
  EXPECT_EQ(blocks->front()->samples()->values, (std::vector<float>{1, 1}));
  EXPECT_FALSE(blocks->front()->samples()->isMissing(0, 1));
  ASSERT_TRUE(kept.ok()) << kept.error().message;
  EXPECT_EQ(house.store->readBlocks(kept->id, "hall/door", past)->front()->samples()->values,
            (std::vector<float>{0, 1}));
}

TEST(Recorder, KeepsThePastTogetherWithWhatIsSaidAboutIt) {
  House house;
  house.send(0, 100);
  const auto label = house.store->addLabel({.name = "Tap"}).value();

  const auto done = house.store->inTransaction([&]() -> base::Result<void> {
    const auto kept = house.recorder.keep({kStart, kStart + milliseconds(200)});
    EXPECT_TRUE(kept.ok());
    const auto said =
        house.store->addDemonstration({.label = label, .span = kept->span, .recording = kept->id});
    return said ? base::Result<void>() : said.error();
  });

  EXPECT_TRUE(done.ok());
  EXPECT_EQ(house.stored(house.store->demonstrations()->at(0).recording), counting(0, 20));
}

}  // namespace

}  // namespace app
