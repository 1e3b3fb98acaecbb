#include <gtest/gtest.h>

#include "tests/ui/sample_snapshot.h"
#include "ui/views/steps_view.h"

namespace {

app::Snapshot taught(double quiet, std::vector<int> examples) {
  app::Snapshot s;
  s.cards.push_back(sample::card(sample::label(1, "Background", 0), 1, quiet, 100));
  for (std::size_t i = 0; i < examples.size(); ++i) {
    s.cards.push_back(sample::card(sample::label(static_cast<int>(i) + 2, "L", 1), examples[i], 2,
                                   200 + 20 * static_cast<int>(i)));
  }
  return s;
}

std::vector<bool> done(const app::Snapshot& snapshot) {
  std::vector<bool> all;
  for (const ui::TeachingStep& step : ui::teachingSteps(snapshot)) {
    all.push_back(step.done);
  }
  return all;
}

TEST(TeachingSteps, AreTickedOffOneAfterTheOther) {
  EXPECT_EQ(done({}), (std::vector<bool>{false, false, false, false}));
  EXPECT_EQ(done(taught(10, {})), (std::vector<bool>{true, false, false, false}));
  EXPECT_EQ(done(taught(10, {3})), (std::vector<bool>{true, true, false, false}));
  EXPECT_EQ(done(taught(10, {1, 3})), (std::vector<bool>{true, true, false, false}));
  EXPECT_EQ(done(taught(10, {4, 3})), (std::vector<bool>{true, true, true, false}));
  EXPECT_EQ(done(sample::full()), (std::vector<bool>{true, true, true, true}));
}

TEST(TeachingSteps, SayHowFarEachIs) {
  const auto steps = ui::teachingSteps(taught(4, {2}));

  EXPECT_EQ(steps[0].progress, "4 of 10 s");
  EXPECT_EQ(steps[1].progress, "2 of 3");
  EXPECT_EQ(steps[2].progress, "0 of 3");
}

}  // namespace
