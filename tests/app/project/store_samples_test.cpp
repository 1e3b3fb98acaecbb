#include <gtest/gtest.h>
#include <limits>

#include "app/project/store.h"
#include "tests/app/project/sample_blocks.h"
#include "tests/support/temp_project.h"

namespace app {

namespace {

using project_test::counting;
using project_test::firstColumn;
using project_test::kStart;
using project_test::motion;
using project_test::motionBlock;
using project_test::motionInfo;
using sensors::BlockPtr;
using support::TempProject;

constexpr base::TimeSpan kAlways{{0}, {std::numeric_limits<std::int64_t>::max()}};

std::vector<BlockPtr> motionBlocks(const sensors::SourceInfoPtr& source, std::uint64_t from,
                                   std::uint64_t to) {
  std::vector<BlockPtr> blocks;
  for (std::uint64_t i = from; i < to; ++i) {
    blocks.push_back(motionBlock(source, i));
  }
  return blocks;
}

TEST(StoreSamples, KeepsEveryFieldOfARecording) {
  const TempProject project;
  const auto store = project.open();
  Recording given{.span = {{10}, {20}}, .name = "tap.wav", .group = "Ada", .splitTag = "test"};
  given.id = store->addRecording(given).value();
  given.gapped = true;

  ASSERT_TRUE(store->updateRecording(given).ok());

  const Recording found = store->recordings()->at(0);
  EXPECT_EQ(found.id, given.id);
  EXPECT_EQ(found.span, given.span);
  EXPECT_EQ(found.name + found.group + found.splitTag, "tap.wavAdatest");
  EXPECT_TRUE(found.gapped);
}

TEST(StoreSamples, GivesBlocksBackAsTheyCame) {
  const TempProject project;
  const auto source = motion();
  std::int64_t recording = 0;
  {
    const auto store = project.open();
    recording = store->addRecording({.span = {kStart, kStart + std::chrono::seconds(1)}}).value();
    ASSERT_TRUE(store->appendChunks(recording, motionBlocks(source, 0, 50)).ok());
  }

  const auto blocks = project.open()->readBlocks(recording, source->id, kAlways);

  ASSERT_TRUE(blocks.ok()) << blocks.error().message;
  ASSERT_EQ(blocks->size(), 50u);
  EXPECT_EQ(firstColumn(*blocks), counting(0, 100));
  EXPECT_EQ(blocks->at(7)->sequence, 7u);
  EXPECT_EQ(blocks->at(7)->start, motionBlock(source, 7)->start);
  EXPECT_EQ(*blocks->at(7)->source, *source);
}

TEST(StoreSamples, CutsBlocksToTheStretchAskedFor) {
  const TempProject project;
  const auto store = project.open();
  const auto recording = store->addRecording({}).value();
  ASSERT_TRUE(store->appendChunks(recording, motionBlocks(motion(), 0, 50)).ok());

  const auto blocks = store->readBlocks(
      recording, "kitchen/imu",
      {kStart + std::chrono::milliseconds(90), kStart + std::chrono::milliseconds(210)});

  EXPECT_EQ(firstColumn(*blocks), counting(9, 21));  // a row every 10 ms
}

TEST(StoreSamples, ReadsScatteredRowsAtTheVeryBeginOfAStretch) {
  const TempProject project;
  const auto store = project.open();
  const auto recording = store->addRecording({}).value();
  sensors::Block block;
  block.source = std::make_shared<const sensors::SourceInfo>(sensors::SourceInfo{
      .id = "door/contact", .name = "", .channels = {{.id = "open", .unit = "1"}}});
  block.start = kStart;
  block.offsets = {base::Duration{0}};
  block.content = sensors::Samples{.rows = 1, .channels = 1, .values = {1}, .missing = {}};
  ASSERT_TRUE(store->appendChunks(recording, {std::make_shared<const sensors::Block>(block)}).ok());

  const auto at =
      store->readBlocks(recording, "door/contact", {kStart, kStart + base::Duration{1}});
  const auto after = store->readBlocks(recording, "door/contact",
                                       {kStart + base::Duration{1}, kStart + base::Duration{9}});

  EXPECT_EQ(at->size(), 1u);
  EXPECT_TRUE(after->empty());
}

TEST(StoreSamples, KeepsRecordingsAndSourcesApart) {
  const TempProject project;
  const auto store = project.open();
  const auto first = store->addRecording({}).value();
  const auto second = store->addRecording({}).value();
  ASSERT_TRUE(store->appendChunks(first, motionBlocks(motion("a/imu"), 0, 2)).ok());
  ASSERT_TRUE(store->appendChunks(second, motionBlocks(motion("b/imu"), 2, 4)).ok());

  EXPECT_EQ(*store->sourcesOf(first), std::vector<std::string>{"a/imu"});
  EXPECT_EQ(*store->sourcesOf(second), std::vector<std::string>{"b/imu"});
  EXPECT_TRUE(store->readBlocks(first, "b/imu", kAlways)->empty());
  EXPECT_EQ(firstColumn(*store->readBlocks(second, "b/imu", kAlways)), counting(4, 8));
}

TEST(StoreSamples, RefusesBlocksOfARecordingThatIsNotThere) {
  const TempProject project;
  const auto store = project.open();

  const auto appended = store->appendChunks(5, motionBlocks(motion(), 0, 1));

  EXPECT_EQ(appended.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_TRUE(store->sources()->empty());  // nothing of it was kept
}

TEST(StoreSamples, GivesEachChunkTheDescriptionItCameWith) {
  const TempProject project;
  const auto store = project.open();
  const auto recording = store->addRecording({}).value();
  const auto slow = motion();
  sensors::SourceInfo changed = motionInfo();
  changed.rate = 200;
  changed.channels[0].unit = "g";
  const auto fast = std::make_shared<const sensors::SourceInfo>(changed);
  ASSERT_TRUE(store->declareSource(*slow).ok());
  ASSERT_TRUE(store->appendChunks(recording, motionBlocks(slow, 0, 1)).ok());
  ASSERT_TRUE(store->declareSource(*fast).ok());
  ASSERT_TRUE(store->appendChunks(recording, motionBlocks(fast, 1, 2)).ok());

  const auto blocks = store->readBlocks(recording, slow->id, kAlways);

  ASSERT_EQ(blocks->size(), 2u);
  EXPECT_EQ(*blocks->at(0)->source, *slow);
  EXPECT_EQ(*blocks->at(1)->source, *fast);
  EXPECT_EQ(*store->sources(), std::vector<sensors::SourceInfo>{*fast});
}

TEST(StoreSamples, ListsTheNewestDescriptionAlsoWhenAnOldOneReturns) {
  const TempProject project;
  const auto store = project.open();
  const sensors::SourceInfo slow = motionInfo();
  sensors::SourceInfo fast = slow;
  fast.rate = 200;
  sensors::SourceInfo older = slow;
  older.rate = 25;

  for (const auto& info : {slow, fast, slow}) {
    ASSERT_TRUE(store->declareSource(info).ok());
  }
  const auto recording = store->addRecording({}).value();
  const auto late = std::make_shared<const sensors::SourceInfo>(older);
  ASSERT_TRUE(store->appendChunks(recording, motionBlocks(late, 0, 1)).ok());

  EXPECT_EQ(*store->sources(), std::vector<sensors::SourceInfo>{slow});
}

TEST(StoreSamples, KeepsBlobsByTheirContent) {
  const TempProject project;
  const auto store = project.open();
  base::Bytes content(300'000);
  for (std::size_t i = 0; i < content.size(); ++i) {
    content[i] = static_cast<std::uint8_t>(i * 7);
  }
  const std::string id = base::sha256(content);

  ASSERT_TRUE(store->putBlob(id, content).ok());
  ASSERT_TRUE(store->putBlob(id, content).ok());
  ASSERT_TRUE(store->putBlob(std::string(64, '0'), content).ok());

  EXPECT_EQ(*store->blob(id), content);
  EXPECT_EQ(store->blob(std::string(64, '0')).error().code, base::ErrorCode::Corrupt);
}

TEST(StoreSamples, ClosesWhatACrashLeftOpen) {
  const TempProject project;
  std::int64_t recording = 0;
  std::int64_t demonstration = 0;
  std::int64_t point = 0;
  {
    const auto store = project.open();
    const auto label = store->addLabel({.name = "Tap"}).value();
    recording = store->addRecording({.span = {kStart, kStart}}).value();
    ASSERT_TRUE(store->appendChunks(recording, motionBlocks(motion(), 0, 50)).ok());
    const base::Time began = kStart + std::chrono::milliseconds(300);
    demonstration =
        store->addDemonstration({.label = label, .span = {began, began}, .recording = recording})
            .value();
    point = store
                ->addDemonstration({.label = label,
                                    .span = {began, began},
                                    .recording = recording,
                                    .origin = learners::Origin::Import})
                .value();
  }

  const auto store = project.open();

  const base::Time end = kStart + std::chrono::seconds(1);  // 50 blocks of 20 ms
  EXPECT_EQ(store->recordings()->at(0).span.end, end);
  EXPECT_TRUE(store->recordings()->at(0).gapped);
  EXPECT_EQ(store->demonstrations()->at(0).span.end, end);
  EXPECT_TRUE(store->demonstrations()->at(1).span.isEmpty());
  EXPECT_EQ(store->endedByRecovery(), std::vector<std::int64_t>{demonstration});
  EXPECT_NE(point, demonstration);
}

TEST(StoreSamples, ABackgroundThatACrashEndedGivesAwayWhatWasSaidInIt) {
  const TempProject project;
  const auto at = [](int ms) { return kStart + std::chrono::milliseconds(ms); };
  learners::LabelId background = 0;
  {
    const auto store = project.open();
    background = store->addLabel({.name = "Background", .background = true}).value();
    const auto tap = store->addLabel({.name = "Tap"}).value();
    const auto recording = store->addRecording({.span = {kStart, kStart}}).value();
    ASSERT_TRUE(store->appendChunks(recording, motionBlocks(motion(), 0, 50)).ok());
    ASSERT_TRUE(store->addDemonstration({.label = background,
                                         .span = {at(100), at(100)},
                                         .recording = recording,
                                         .origin = learners::Origin::Background}));
    for (const auto& span : {base::TimeSpan{at(300), at(400)}, base::TimeSpan{at(700), at(700)}}) {
      ASSERT_TRUE(store->addDemonstration({.label = tap, .span = span, .recording = recording}));
    }
  }

  const auto store = project.open();

  std::vector<base::TimeSpan> quiet;
  std::vector<base::TimeSpan> taps;
  const auto all = store->demonstrations().value();
  for (const auto& one : all) (one.label == background ? quiet : taps).push_back(one.span);
  EXPECT_EQ(quiet, (std::vector<base::TimeSpan>{{at(100), at(300)}, {at(400), at(700)}}));
  EXPECT_EQ(taps, (std::vector<base::TimeSpan>{{at(300), at(400)}, {at(700), at(1000)}}));
}

}  // namespace

}  // namespace app
