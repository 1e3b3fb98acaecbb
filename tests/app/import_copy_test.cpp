#include "app/import_copy.h"

#include <gtest/gtest.h>

#include "app/edits.h"
#include "app/project/forget.h"
#include "app/project/importers/file_importers.h"
#include "app/project/past_predictions.h"
#include "tests/app/headless/import_files.h"
#include "tests/support/temp_project.h"

namespace {

using namespace std::chrono_literals;
using support::writeFile;

struct Copies : testing::Test {
  support::TempProject files;
  support::TempProject house;
  std::unique_ptr<app::ProjectStore> store = house.open();

  /// What `csv` holds, in the house's bin.
  app::ImportedRecordings copied(const std::string& csv) {
    const auto file = files.folder() / "walk.csv";
    writeFile(file, csv);
    std::filesystem::remove(files.file());
    const auto scratch = files.open();
    const auto read = app::importStream(*scratch, {.files = {file}}, {});
    EXPECT_TRUE(read) << (read ? "" : read.error().message);
    auto made = app::copyIntoBin(*scratch, *store);
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return made ? *std::move(made) : app::ImportedRecordings();
  }
  void keep(const app::ImportedRecordings& imported) {
    app::EditList edits(*store);
    const auto kept = app::keepImported(*store, edits, app::kFirstTask, imported, "walk.csv brought in");
    EXPECT_TRUE(kept) << (kept ? "" : kept.error().message);
  }
  std::vector<std::string> labels() const {
    std::vector<std::string> names;
    const auto all = store->labels();
    for (const auto& label : *all) names.push_back(label.name);
    return names;
  }
};

constexpr const char* kWalk = "t_ms,x,y,label\n0,1,2,walk\n20,1,3,walk\n40,2,2,stand\n60,4,5,stand\n";

TEST_F(Copies, NothingIsSeenUntilItIsKept) {
  const auto imported = copied(kWalk);

  EXPECT_TRUE(store->recordings()->empty());
  EXPECT_TRUE(store->demonstrations()->empty());
  EXPECT_EQ(app::recordingsInBin(*store)->size(), 1u);

  keep(imported);
  ASSERT_EQ(store->recordings()->size(), 1u);
  EXPECT_EQ(labels(), (std::vector<std::string>{"walk", "stand"}));
  ASSERT_EQ(store->demonstrations()->size(), 2u);
  const auto recording = store->recordings()->at(0);
  EXPECT_EQ(recording.name, "walk.csv");
  const auto blocks = store->readBlocks(recording.id, "import/stream", recording.span);
  ASSERT_TRUE(blocks);
  ASSERT_EQ(blocks->size(), 1u);
  EXPECT_EQ((*blocks)[0]->samples()->values, (std::vector<float>{1, 2, 1, 3, 2, 2, 4, 5}));
  const auto example = store->demonstrations()->at(0);
  EXPECT_EQ(example.recording, recording.id);
  EXPECT_EQ(example.span, (base::TimeSpan{recording.span.begin, recording.span.begin + 40ms}));
}

TEST_F(Copies, OneStepTakesItBackWholeAndBringsItAgain) {
  keep(copied(kWalk));
  const auto before = *store->demonstrations();
  app::EditList edits(*store);
  EXPECT_EQ(edits.undoText(), "walk.csv brought in");

  ASSERT_TRUE(edits.undo());
  EXPECT_TRUE(store->recordings()->empty());
  EXPECT_TRUE(store->demonstrations()->empty());
  EXPECT_TRUE(store->labels()->empty());

  ASSERT_TRUE(edits.redo());
  EXPECT_EQ(*store->demonstrations(), before);
  EXPECT_EQ(labels(), (std::vector<std::string>{"walk", "stand"}));
}

TEST_F(Copies, LabelsOfTheSameNameAreTheSame) {
  const auto known = store->addLabel({.name = "stand", .colour = 3, .key = 4});
  keep(copied(kWalk));

  EXPECT_EQ(labels(), (std::vector<std::string>{"stand", "walk"}));
  EXPECT_EQ(store->demonstrations()->at(1).label, *known);
  app::EditList edits(*store);
  ASSERT_TRUE(edits.undo());
  EXPECT_EQ(labels(), std::vector<std::string>{"stand"}) << "it was there before";
}

TEST_F(Copies, WhatHasNoTimesLiesBehindWhatWasBroughtInAndNeverInTheFuture) {
  const base::Time now = base::SystemClock().now();
  ASSERT_TRUE(store->addRecording({.span = {now - 10s, now}}));
  keep(copied(kWalk));
  keep(copied(kWalk));

  const auto all = *store->recordings();
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[1].span.begin, app::kImportOrigin);
  EXPECT_EQ(all[2].span.begin, app::kImportOrigin + app::kImportGrid);
  EXPECT_EQ(store->demonstrations()->at(2).span.begin, all[2].span.begin);
}

TEST_F(Copies, WhatHasTimesKeepsThem) {
  keep(copied("time,x\n2017-12-22T10:49:41,1\n2017-12-22T10:49:42,2\n"));
  EXPECT_EQ(base::dateTimeText(store->recordings()->at(0).span.begin).substr(0, 4), "2017");
}

TEST_F(Copies, ASourceWithOtherChannelsGetsANameOfItsOwn) {
  keep(copied(kWalk));
  keep(copied(kWalk));
  keep(copied("t_ms,z\n0,1\n20,2\n40,3\n"));

  std::vector<std::string> ids;
  const auto all = store->sources();
  for (const auto& source : *all) ids.push_back(source.id);
  EXPECT_EQ(ids, (std::vector<std::string>{"import/stream", "import/stream-2"}));
  EXPECT_EQ(store->sourcesOf(store->recordings()->at(2).id)->at(0), "import/stream-2");
}

TEST_F(Copies, ATaskThatNamesItsSourcesLooksAtTheNewOneToo) {
  auto task = *store->task();
  task.frames = {{"kitchen/imu", "motion", task.window}};
  ASSERT_TRUE(store->setTask(task));

  keep(copied(kWalk));

  ASSERT_EQ(store->task()->frames.size(), 2u);
  EXPECT_EQ(store->task()->frames[1].source, "import/stream");
  app::EditList edits(*store);
  ASSERT_TRUE(edits.undo());
  EXPECT_EQ(store->task()->frames.size(), 1u);
}

TEST_F(Copies, AStoppedCopyLeavesNothingToSee) {
  const auto file = files.folder() / "walk.csv";
  writeFile(file, kWalk);
  const auto scratch = files.open();
  ASSERT_TRUE(app::importStream(*scratch, {.files = {file}}, {}));
  std::stop_source stop;
  stop.request_stop();

  const auto made = app::copyIntoBin(*scratch, *store, {.stop = stop.get_token()});

  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, base::ErrorCode::Cancelled);
  EXPECT_TRUE(store->recordings()->empty());
  EXPECT_TRUE(app::recordingsInBin(*store)->empty()) << "the room it took is free again";
}

TEST_F(Copies, ItTellsHowFarItIs) {
  const auto file = files.folder() / "walk.csv";
  writeFile(file, kWalk);
  const auto scratch = files.open();
  ASSERT_TRUE(app::importStream(*scratch, {.files = {file}}, {}));
  std::vector<double> shares;

  ASSERT_TRUE(app::copyIntoBin(*scratch, *store,
                               {.progress = [&](double share) { shares.push_back(share); }}));

  ASSERT_FALSE(shares.empty());
  EXPECT_TRUE(std::is_sorted(shares.begin(), shares.end()));
  EXPECT_EQ(shares.back(), 1);
}

TEST_F(Copies, AWindowThatWasChosenStaysWhereTheFilesHaveNone) {
  auto task = *store->task();
  task.window = {3s, 3s};
  ASSERT_TRUE(store->setTask(task));

  keep(copied(kWalk));

  EXPECT_EQ(store->task()->window, task.window);
}

TEST_F(Copies, TakenBackForGoodItLeavesWhatWasAnsweredAtItsTime) {
  const auto imported = copied("time,x\n2017-12-22T10:49:41,1\n2017-12-22T10:49:42,2\n");
  keep(imported);
  const base::TimeSpan span = store->recordings()->at(0).span;
  app::PastPrediction answer{.modelHash = "ab", .span = span};
  ASSERT_TRUE(store->appendPredictions({answer}));
  app::EditList edits(*store);
  ASSERT_TRUE(edits.undo());

  EXPECT_EQ(*app::emptyBin(*store), 1u);

  EXPECT_EQ(store->predictions(span)->size(), 1u);
}

TEST_F(Copies, DroppedFromTheBinIsOnlyWhatLiesThere) {
  const auto imported = copied(kWalk);
  const auto own = *store->addRecording({.span = {{0}, {1'000}}});

  ASSERT_TRUE(app::dropFromBin(*store, {imported.recordings[0], own, 999}));

  EXPECT_TRUE(app::recordingsInBin(*store)->empty());
  EXPECT_EQ(store->recordings()->size(), 1u);
}

}  // namespace
