// Kills the whole program at random moments of recording and labelling, again and again on the same
// project: what a person had seen is there when it opens again, and nothing needs a repair.
// MIMOSA_CRASH_ROUNDS sets how often (4).

#include <cstdlib>
#include <gtest/gtest.h>
#include <map>
#include <random>
#include <sstream>

#include "app/project/store.h"
#include "tests/support/home_session.h"
#include "tests/support/killed_program.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// What snapshots had shown, over all rounds.
struct Shown {
  std::map<std::string, int> examples;  ///< by label; 0 for a label alone
  base::Time began;                     ///< when the last recording of this round began; {0}: none
  base::Time live;                      ///< last moment at which it was seen running

  void add(const std::string& line) {
    std::istringstream words(line);
    std::string what;
    words >> what;
    if (what == "label") {
      std::string label;
      words >> label;
      examples[label] = 0;
    } else if (what == "began") {
      words >> began.ns;
      live = began;
    } else if (what == "live") {
      words >> live.ns;
    } else if (what == "example") {
      std::string label;
      words >> label;
      words >> examples[label];
    }
  }
};

void expectExamplesThere(app::ProjectStore& store, const Shown& shown) {
  std::map<std::int64_t, int> found;
  const auto examples = store.demonstrations().value();
  for (const auto& example : examples) ++found[example.label];
  std::map<std::string, int> byName;
  const auto labels = store.labels().value();
  for (const auto& label : labels) byName[label.name] = found[label.id];
  for (const auto& [label, count] : shown.examples) {
    ASSERT_TRUE(byName.contains(label)) << label << " is lost";
    EXPECT_GE(byName[label], count) << label;
  }
}

/// How much of what was recorded from `began` to `live` is missing at its end.
base::Duration missingEnd(const app::ProjectStore& store, base::Time began, base::Time live) {
  base::Time reached = began;
  const auto recordings = store.recordings().value();
  for (const app::Recording& recording : recordings) {
    const auto blocks = store.readBlocks(recording.id, "kitchen/vibration",
                                         {live - seconds(10), live + seconds(10)});
    EXPECT_TRUE(blocks) << blocks.error().message;
    if (blocks && !blocks->empty()) reached = std::max(reached, blocks->back()->end());
  }
  return live - reached;
}

TEST(SessionCrash, WhatAPersonSawIsThereWhenTheProgramIsKilled) {
  const char* const asked = std::getenv("MIMOSA_CRASH_ROUNDS");
  const int rounds = asked ? std::atoi(asked) : 4;
  const support::TempFolder folder;
  std::mt19937 random(7);
  Shown shown;
  base::Duration worst{0};

  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    shown.began = {};
    const auto lines =
        support::runAndKill({SESSION_WRITER, folder.path().string(), std::to_string(round)},
                            milliseconds(random() % 4000 + 20), support::LifeFrom::FirstLine);
    for (const std::string& line : lines) shown.add(line);

    const auto store = app::ProjectStore::open(folder.path() / "home.mimosa");

    ASSERT_TRUE(store) << store.error().message;
    expectExamplesThere(**store, shown);
    if (shown.began.ns != 0) {
      const base::Duration missing = missingEnd(**store, shown.began, shown.live);
      worst = std::max(worst, missing);
      EXPECT_LE(missing, seconds(1));
    }
  }

  std::printf("%d kills, %zu labels shown, at most %.2f s of samples lost\n", rounds,
              shown.examples.size(), base::toSeconds(worst));
  EXPECT_GE(shown.examples.size(), static_cast<std::size_t>(rounds) / 2);
}

}  // namespace
