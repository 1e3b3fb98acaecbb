// What the project file does when the disk is full, fails, or loses power.

#include <cstdlib>
#include <gtest/gtest.h>
#include <limits>

#include "app/edits.h"
#include "app/project/recorder.h"
#include "sensors/envelope.h"
#include "tests/app/project/sample_blocks.h"
#include "tests/support/faulty_disk.h"
#include "tests/support/temp_project.h"
#include "tests/support/wait_until.h"

namespace app {

namespace {

using project_test::motion;
using project_test::motionBlock;
using support::FaultyDisk;
using support::TempProject;

constexpr base::TimeSpan kAlways{{0}, {std::numeric_limits<std::int64_t>::max()}};
constexpr std::int64_t kReserve = 1 << 20;

std::filesystem::path reserveOf(const TempProject& project) {
  return project.file().string() + "-reserve";
}

std::vector<sensors::BlockPtr> blocks(const sensors::SourceInfoPtr& source, std::uint64_t from,
                                      std::uint64_t to) {
  std::vector<sensors::BlockPtr> all;
  for (std::uint64_t i = from; i < to; ++i) {
    all.push_back(motionBlock(source, i));
  }
  return all;
}

TEST(DiskFaults, SavesLabelsFromTheReserveWhenTheDiskIsFull) {
  const TempProject project;
  FaultyDisk disk;
  auto store = project.open();
  const auto recording = store->addRecording({}).value();
  const auto source = motion();
  ASSERT_EQ(std::filesystem::file_size(reserveOf(project)), std::uintmax_t{kReserve});
  disk.fillUp(reserveOf(project), kReserve);

  base::Result<void> appended;  // until the log's free space is used up
  for (std::uint64_t i = 0; appended && i < 10'000; ++i) {
    appended = store->appendChunks(recording, blocks(source, i, i + 1));
  }
  const auto label = store->addLabel({.name = "Tap"});

  ASSERT_FALSE(appended.ok());
  EXPECT_EQ(appended.error().code, base::ErrorCode::Io);
  EXPECT_NE(appended.error().message.find("disk is full"), std::string::npos);
  EXPECT_TRUE(label.ok()) << label.error().message;
  EXPECT_FALSE(std::filesystem::exists(reserveOf(project)));
  EXPECT_TRUE(store->readBlocks(recording, source->id, kAlways).ok());
  disk.makeRoom();
  store.reset();
  EXPECT_EQ(project.open()->labels()->size(), 1u);
}

TEST(DiskFaults, AStepThatFoundNoRoomIsNoStepOfTheUndoListAndTheNextIsSaved) {
  const TempProject project;
  FaultyDisk disk;
  const auto store = project.open();
  EditList edits(*store);
  ASSERT_TRUE(edits.perform({AddLabel{{.id = 1, .name = "Kettle"}}, "Label Kettle"}));
  const auto recording = store->addRecording({}).value();
  disk.fillUp(reserveOf(project), kReserve);
  base::Result<void> appended;
  for (std::uint64_t i = 0; appended && i < 10'000; ++i) {
    appended = store->appendChunks(recording, blocks(motion(), i, i + 1));
  }

  const Edit tap{AddLabel{{.id = 2, .name = "Tap"}}, "Label Tap"};
  EXPECT_FALSE(edits.perform(tap));
  EXPECT_EQ(edits.undoText(), "Label Kettle");

  EXPECT_TRUE(edits.perform(tap)) << "from the reserve";
  ASSERT_TRUE(edits.undo());
  EXPECT_EQ(edits.undoText(), "Label Kettle");
}

/// A recording that runs, with its first block on disk.
struct Running {
  TempProject project;
  FaultyDisk disk;
  std::unique_ptr<ProjectStore> store = project.open();
  sensors::SourceTable sources;
  sensors::Tape tape;
  project_test::HandClock clock;
  std::shared_ptr<sensors::SourceStream> stream = sources.declare(project_test::motionInfo());
  Recorder recorder{*store, sources, tape, clock, nullptr};
  std::uint64_t next = 0;
  std::int64_t id = 0;

  Running() {
    id = recorder.start(base::Duration{0}).value();
    publish(1);
    EXPECT_TRUE(support::waitUntil([&] { return recorder.state().storedRows == 2; }));
  }
  void publish(int blocks) {
    for (int i = 0; i < blocks; ++i) {
      stream->publish(motionBlock(stream->info(), next++), project_test::kStart);
    }
  }
  /// Publishes until the disk takes nothing more.
  bool fillUp() {
    disk.fillUp(reserveOf(project), kReserve);
    return support::waitUntil([&] {
      publish(1);
      return recorder.state().paused;
    });
  }
};

TEST(DiskFaults, PausesTheRecordingWhileTheDiskIsFullAndLosesNothingOfIt) {
  Running running;
  ASSERT_TRUE(running.fillUp());
  const auto label = running.store->addLabel({.name = "Tap"});
  running.publish(5);
  const RecorderState paused = running.recorder.state();
  running.disk.makeRoom();

  ASSERT_TRUE(support::waitUntil([&] { return !running.recorder.state().paused; }));
  running.publish(5);
  ASSERT_TRUE(support::waitUntil(
      [&] { return running.recorder.state().storedRows == 2 * running.next; }));
  running.clock.set(project_test::kStart + std::chrono::hours(1));
  const auto recording = running.recorder.stop();

  EXPECT_TRUE(paused.active);
  EXPECT_NE(paused.trouble.find("disk is full"), std::string::npos) << paused.trouble;
  EXPECT_TRUE(label.ok());
  EXPECT_EQ(running.recorder.state().trouble, "");
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  EXPECT_FALSE(recording->gapped);
  const auto kept = running.store->readBlocks(running.id, "kitchen/imu", kAlways);
  EXPECT_EQ(project_test::firstColumn(*kept),
            project_test::counting(0, static_cast<int>(2 * running.next)));
}

TEST(DiskFaults, EndsAPausedRecordingWhereItsLastSavedSampleEnds) {
  Running running;
  ASSERT_TRUE(running.fillUp());

  const auto recording = running.recorder.stop();

  EXPECT_NE(running.recorder.state().trouble.find("disk is full"), std::string::npos);
  ASSERT_TRUE(recording.ok()) << recording.error().message;
  EXPECT_TRUE(recording->gapped);
  const auto kept = running.store->readBlocks(running.id, "kitchen/imu", kAlways);
  EXPECT_EQ(recording->span.end, kept->back()->end());
}

TEST(DiskFaults, TurnsReadOnlyWhenTheDiskCannotConfirmAWrite) {
  const TempProject project;
  FaultyDisk disk;
  auto store = project.open();
  const auto first = store->addLabel({.name = "Tap"});
  disk.failSyncsAfter(0);

  const auto second = store->addLabel({.name = "Door"});
  disk.failSyncsAfter(-1);
  const auto third = store->addLabel({.name = "Kettle"});

  ASSERT_TRUE(first.ok());
  EXPECT_EQ(second.error().code, base::ErrorCode::Io);
  EXPECT_EQ(third.error().code, base::ErrorCode::Io);  // no silent second try
  EXPECT_NE(third.error().message.find("read-only"), std::string::npos);
  EXPECT_GE(store->labels()->size(), 1u);
  EXPECT_TRUE(store->saveCopy(project.folder() / "copy.mimosa").ok());
  store.reset();
  EXPECT_TRUE(project.open()->recoveredAfterCrash());
}

TEST(DiskFaults, TurnsReadOnlyAtWhicheverSyncFails) {
  for (int n = 0; n < 30; n += 2) {
    const TempProject project;
    FaultyDisk disk;
    std::size_t acknowledged = 0;
    {
      const auto store = project.open();
      const auto recording = store->addRecording({}).value();
      const auto source = motion();
      disk.failSyncsAfter(n);
      for (std::uint64_t i = 0; i < 12; ++i) {
        static_cast<void>(store->appendChunks(recording, blocks(source, 10 * i, 10 * i + 10)));
        acknowledged += store->addLabel({.name = "Tap"}).ok() ? 1 : 0;
      }
    }
    disk.failSyncsAfter(-1);

    const auto store = ProjectStore::open(project.file());

    ASSERT_TRUE(store.ok()) << store.error().message;
    EXPECT_GE((*store)->labels()->size(), acknowledged) << "sync " << n;
  }
}

/// Power is cut around every sync of a session that records and labels; each time a project opens
/// in which all acknowledged labels are, and all samples but those of the last second.
TEST(DiskFaults, LosesNothingAcknowledgedWhenPowerIsCutAtAnySync) {
  const TempProject project;
  static_cast<void>(project.open()->addLabel({.name = "Before"}));
  FaultyDisk disk;
  disk.watch();
  std::vector<std::size_t> labelsSafeAt;  // moment at which label i + 2 was acknowledged
  std::int64_t recording = 0;
  {
    const auto store = project.open();
    recording = store->addRecording({}).value();
    const auto source = motion();
    for (std::uint64_t i = 0; i < 25; ++i) {
      ASSERT_TRUE(store->appendChunks(recording, blocks(source, 10 * i, 10 * i + 10)).ok());
      if (i % 3 == 0) {
        ASSERT_TRUE(store->addLabel({.name = "Tap"}).ok());
        labelsSafeAt.push_back(disk.moment());
      }
    }
  }
  disk.stopWatching();
  const auto moments = disk.syncs();
  ASSERT_GT(moments.size(), 20u);

  for (std::size_t i = 0; i < moments.size(); ++i) {
    const TempProject after;
    disk.leaveAfterPowerCut(moments[i], static_cast<unsigned>(i), after.folder());

    const auto store = ProjectStore::open(after.file());

    ASSERT_TRUE(store.ok()) << "cut " << i << ": " << store.error().message;
    const auto due = 1 + std::count_if(labelsSafeAt.begin(), labelsSafeAt.end(),
                                       [&](std::size_t safe) { return safe <= moments[i]; });
    EXPECT_GE(std::ssize(*(*store)->labels()), due) << "cut " << i;
    const auto kept = (*store)->readBlocks(recording, "kitchen/imu", kAlways);
    ASSERT_TRUE(kept.ok()) << kept.error().message;
    EXPECT_GE(std::ssize(*kept), (due - 2) * 30) << "cut " << i;  // a label makes earlier rows safe
  }
}

/// Every how many calls or writes something fails: MIMOSA_FAULT_STEP, 1 for each of them.
int faultStep(int usual) {
  const char* const asked = std::getenv("MIMOSA_FAULT_STEP");
  return asked ? std::max(1, std::atoi(asked)) : usual;
}

/// A short life of a project: record, label, end, close. Returns how many labels were acknowledged.
std::size_t liveThrough(const TempProject& project) {
  std::size_t acknowledged = 0;
  auto opened = ProjectStore::open(project.file());
  if (!opened) {
    return 0;
  }
  ProjectStore& store = **opened;
  const auto recording = store.addRecording({});
  const auto source = motion();
  for (std::uint64_t i = 0; i < 6; ++i) {
    if (recording) {
      static_cast<void>(store.appendChunks(*recording, blocks(source, 10 * i, 10 * i + 10)));
    }
    acknowledged += store.addLabel({.name = "Tap"}).ok() ? 1 : 0;
  }
  if (recording) {
    static_cast<void>(store.updateRecording(
        {.id = *recording, .span = {project_test::kStart, blocks(source, 59, 60)[0]->end()}}));
  }
  static_cast<void>(store.labels());
  return acknowledged;
}

/// Calls in turn fail once, in each way a disk has: nothing acknowledged is lost, and the
/// project opens when the disk works again.
TEST(DiskFaults, KeepsItsPromisesWhicheverCallFails) {
  int calls = 0;
  {
    const TempProject project;
    const FaultyDisk disk;
    ASSERT_EQ(liveThrough(project), 6u);
    calls = disk.calls();
  }
  ASSERT_GT(calls, 100);
  const auto failures = {FaultyDisk::Failure::Error, FaultyDisk::Failure::NoRoom,
                         FaultyDisk::Failure::HalfWritten};
  const int step = faultStep(24);
  int first = 0;
  for (const auto failure : failures) {
    for (int n = first++ * step / 3; n < calls; n += step) {
      const TempProject project;
      FaultyDisk disk;
      disk.failCall(n, failure);

      const std::size_t acknowledged = liveThrough(project);
      disk.failCall(-1, failure);
      const auto store = ProjectStore::open(project.file());

      ASSERT_TRUE(store.ok()) << "call " << n << ": " << store.error().message;
      EXPECT_GE((*store)->labels()->size(), acknowledged) << "call " << n;
      const auto recordings = (*store)->recordings();
      for (const Recording& recording : *recordings) {
        const auto kept = (*store)->readBlocks(recording.id, "kitchen/imu", kAlways);
        EXPECT_TRUE(kept.ok()) << "call " << n << ": " << kept.error().message;
        EXPECT_TRUE(
            (*store)->storedColumns(recording.id, "kitchen/imu", 0, recording.span, 50).ok());
      }
    }
  }
}

/// Not only around syncs: after every write, with any part of what was not synced.
TEST(DiskFaults, OpensAfterAPowerCutAtAnyWrite) {
  const TempProject project;
  static_cast<void>(project.open()->addLabel({.name = "Before"}));
  FaultyDisk disk;  // what is there already counts as safe
  disk.watch();
  std::vector<std::size_t> safeAt;
  {
    const auto store = project.open();
    const auto recording = store->addRecording({}).value();
    for (std::uint64_t i = 0; i < 4; ++i) {
      ASSERT_TRUE(
          store->appendChunks(recording, blocks(motion(), 10 * i, 10 * i + 10)).ok());
      ASSERT_TRUE(store->addLabel({.name = "Tap"}).ok());
      safeAt.push_back(disk.moment());
    }
  }
  disk.stopWatching();

  for (std::size_t moment = 1; moment < disk.moment();
       moment += static_cast<std::size_t>(faultStep(6))) {
    const TempProject after;
    disk.leaveAfterPowerCut(moment, static_cast<unsigned>(moment), after.folder());

    const auto store = ProjectStore::open(after.file());

    ASSERT_TRUE(store.ok()) << "cut " << moment << ": " << store.error().message;
    const auto due = 1 + std::count_if(safeAt.begin(), safeAt.end(),
                                       [&](std::size_t safe) { return safe <= moment; });
    EXPECT_GE(std::ssize(*(*store)->labels()), due) << "cut " << moment;
  }
}

}  // namespace

}  // namespace app
