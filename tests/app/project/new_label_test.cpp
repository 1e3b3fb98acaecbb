#include "app/project/new_label.h"

#include <gtest/gtest.h>
#include <set>

namespace app {
namespace {

TEST(NewLabel, TakesTheFirstColourAndKeyThatNoOtherHas) {
  const std::vector<learners::Label> known = {{.name = "Background", .background = true},
                                              {.name = "Tap", .colour = 2, .key = 1}};

  const learners::Label made = newLabel("Kettle", known, 7);

  EXPECT_EQ(made.name, "Kettle");
  EXPECT_EQ(made.colour, 1);
  EXPECT_EQ(made.key, 2);
  EXPECT_EQ(made.task, 7);
}

TEST(NewLabel, BeyondWhatThereIsColoursAreUsedAgainAndKeysAreNot) {
  std::vector<learners::Label> known;
  std::set<int> keys;
  for (int i = 0; i < 20; ++i) {
    known.push_back(newLabel(std::to_string(i), known, kFirstTask));
    EXPECT_GE(known.back().colour, 1);
    EXPECT_LE(known.back().colour, 8);
    keys.insert(known.back().key);
  }
  EXPECT_EQ(keys, (std::set<int>{-1, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
}

}  // namespace
}  // namespace app
