#include "ui/models/live_fleet.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_house.h"

namespace {

using State = ui::FleetCell::State;

TEST(FleetCells, EachDeviceSaysInAShapeAndAWordWhatItDoes) {
  const app::Snapshot house = sample::house();
  auto answer = sample::answer(house, {0.01F, 0.91F, 0.05F, 0.03F}, 1);
  answer.servedOn = "NUC";

  const auto cells = ui::fleetCells(house, answer);

  ASSERT_EQ(cells.size(), 4U);
  EXPECT_EQ(cells[0].name, "This computer");
  EXPECT_EQ(cells[0].state, State::Waits);
  EXPECT_EQ(cells[1].state, State::Offline);
  EXPECT_EQ(cells[2].state, State::Learns);
  EXPECT_EQ(cells[3].text, "answers with model 7");
  EXPECT_EQ(ui::fleetLine(house, cells), "NUC answers with model 7. 1 device is away.");
  QStringList symbols;
  for (const auto& cell : cells) {
    EXPECT_FALSE(symbols.contains(cell.symbol));
    symbols << cell.symbol;
  }
}

TEST(FleetCells, ThisProgramAnswersForThisComputer) {
  const app::Snapshot house = sample::house();
  const auto answer = sample::answer(house, {0.01F, 0.91F, 0.05F, 0.03F}, 1);
  EXPECT_EQ(ui::fleetCells(house, answer)[0].state, State::Answers);
}

TEST(FleetCells, AnOldAnswerIsNobodysService) {
  const app::Snapshot house = sample::house();
  auto answer = sample::answer(house, {0.01F, 0.91F, 0.05F, 0.03F}, 1);
  answer.stale = true;
  const auto cells = ui::fleetCells(house, answer);
  EXPECT_EQ(ui::fleetLine(house, cells),
            "Model 7 is ready; nobody answers just now. 1 device is away.");
}

}  // namespace
