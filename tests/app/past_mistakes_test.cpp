#include "app/past_mistakes.h"

#include <gtest/gtest.h>

#include "tests/support/temp_project.h"

namespace {

using std::chrono::seconds;
using State = learners::PredictionState;

constexpr base::Time kStart{1'700'000'000'000'000'000};

app::PastPrediction answer(int second, State state, const char* label, float certainty = 0.8F,
                           int version = 3) {
  return {.version = version,
          .modelHash = "m",
          .span = {kStart + seconds(second), kStart + seconds(second + 1)},
          .state = state,
          .label = label,
          .certainty = certainty};
}

learners::Demonstration correction(std::int64_t id, int from, int to,
                                   learners::Origin origin = learners::Origin::Correction) {
  return {.id = id,
          .label = 2,
          .span = {kStart + seconds(from), kStart + seconds(to)},
          .origin = origin};
}

TEST(PastMistake, IsWhatWasSaidMostOfTheTime) {
  const std::vector<app::PastPrediction> answers = {
      answer(0, State::Known, "Tap", 0.9F), answer(1, State::Known, "Kettle", 0.6F),
      answer(2, State::Known, "Tap", 0.7F), answer(9, State::Known, "Blender")};

  const app::PastMistake mistake = app::mistakeOf(correction(5, 0, 3), answers);

  EXPECT_EQ(mistake.example, 5);
  EXPECT_EQ(mistake.said, "Tap");
  EXPECT_FLOAT_EQ(mistake.certainty, 0.8F);
  EXPECT_EQ(mistake.version, 3);
}

TEST(PastMistake, SaysNothingWhereNothingKnownWasHeard) {
  const auto missed = correction(5, 0, 3, learners::Origin::Missed);

  const auto quiet = app::mistakeOf(missed, {answer(1, State::Background, "Background")});
  const auto alone = app::mistakeOf(missed, {});

  EXPECT_EQ(quiet.said, "");
  EXPECT_EQ(quiet.version, 3);
  EXPECT_EQ(alone.version, 0);
}

TEST(PastMistakes, AreReadFromTheProjectNewestFirstAndOfCorrectionsAlone) {
  const support::TempProject project;
  const auto store = project.open();
  const auto kettle = store->addLabel({.name = "Kettle", .key = 1}).value();
  const auto recording =
      store->addRecording({.span = {kStart, kStart + seconds(60)}}).value();
  const auto add = [&](int from, learners::Origin origin) {
    learners::Demonstration d = correction(0, from, from + 2, origin);
    d.label = kettle;
    d.recording = recording;
    return store->addDemonstration(d).value();
  };
  const auto early = add(1, learners::Origin::Correction);
  add(10, learners::Origin::Person);
  const auto late = add(20, learners::Origin::Missed);
  ASSERT_TRUE(store->appendPredictions({answer(1, State::Known, "Tap"),
                                        answer(20, State::Background, "Background")}));

  const auto all = app::mistakesIn(*store);

  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].example, late);
  EXPECT_EQ(all[0].said, "");
  EXPECT_EQ(all[1].example, early);
  EXPECT_EQ(all[1].said, "Tap");
  ASSERT_EQ(app::mistakesIn(*store, 1).size(), 1U);
  EXPECT_EQ(app::mistakesIn(*store, 1)[0].example, late);
}

}  // namespace
