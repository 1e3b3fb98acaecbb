#include "sensors/source.h"

#include <gtest/gtest.h>
#include <limits>

#include "tests/support/scripted_source.h"

namespace {

using sensors::SourceKind;
using sensors::SourceTable;
using support::ScriptedSource;
using support::sourceInfo;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

TEST(SourceStream, CountsBlocksReadingsAndBadValues) {
  SourceTable table;
  ScriptedSource source(table, sourceInfo("n/imu", SourceKind::Motion, 100, 2));

  source.send({0}, {1, 2, 3, kNan}, {50});
  source.stream()->publish(support::block(source.info(), {20}, {1, 2}, 1, {0, 1}), {70});

  const auto counts = source.stream()->counts();
  EXPECT_EQ(counts.blocks, 2U);
  EXPECT_EQ(counts.readings, 6U);
  EXPECT_EQ(counts.badValues, 2U);
  EXPECT_EQ(counts.lastArrival, base::Time{70});
}

TEST(SourceStream, AJumpOfTheSequenceIsLossAndARestartIsNot) {
  SourceTable table;
  ScriptedSource source(table, sourceInfo("n/imu", SourceKind::Motion, 100));

  source.send({0}, {1});
  source.lose(3);
  source.send({1}, {1});
  source.stream()->publish(support::block(source.info(), {2}, {1}, 0), {2});

  EXPECT_EQ(source.stream()->counts().lostBlocks, 3U);
}

TEST(SourceStream, LossTheDeviceReportsIsCountedOnceWithItsJump) {
  SourceTable table;
  ScriptedSource source(table, sourceInfo("n/imu", SourceKind::Motion, 100));
  source.send({0}, {1});
  auto after = std::make_shared<sensors::Block>(*support::block(source.info(), {5}, {1}, 5));
  after->lostBefore = 4;
  auto sameSequence = std::make_shared<sensors::Block>(*support::block(source.info(), {6}, {1}, 6));
  sameSequence->lostBefore = 2;

  source.stream()->publish(after, {5});
  source.stream()->publish(sameSequence, {6});

  EXPECT_EQ(source.stream()->counts().lostBlocks, 4U + 2U);
}

TEST(SourceTable, ListsSourcesByIdAndFindsThem) {
  SourceTable table;
  table.declare(sourceInfo("b", SourceKind::Slow, 0));
  table.declare(sourceInfo("a", SourceKind::Slow, 0));

  const auto all = table.list();

  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0]->info()->id, "a");
  EXPECT_EQ(table.find("b"), all[1]);
  EXPECT_EQ(table.find("c"), nullptr);
}

TEST(SourceTable, RenewingKeepsTheStreamAndItsReaders) {
  SourceTable table;
  ScriptedSource source(table, sourceInfo("n/imu", SourceKind::Motion, 100));
  const auto reader = source.stream()->subscribe(4);

  source.become(sourceInfo("n/imu", SourceKind::Motion, 200));
  source.send({0}, {1});

  EXPECT_EQ(table.find("n/imu"), source.stream());
  EXPECT_EQ(source.stream()->info()->rate, 200);
  EXPECT_EQ(reader->poll().value()->source->rate, 200);
}

TEST(SourceTable, TellsOfNewAndRenewedSourcesButNotOfRepeatedOnes) {
  SourceTable table;
  std::vector<double> rates;
  // Asking the table inside the call shows that no lock is held.
  table.onDeclared(
      [&](const auto& stream) { rates.push_back(table.find(stream->info()->id)->info()->rate); });

  table.declare(sourceInfo("a", SourceKind::Motion, 50));
  table.declare(sourceInfo("a", SourceKind::Motion, 50));
  table.declare(sourceInfo("a", SourceKind::Motion, 100));

  EXPECT_EQ(rates, (std::vector<double>{50, 100}));
}

}  // namespace
