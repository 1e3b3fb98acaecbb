#include "app/event_question.h"

#include <gtest/gtest.h>

namespace app {
namespace {

using std::chrono::seconds;

base::Time at(double s) { return base::Time{} + base::fromSeconds(s); }

/// Faint noise with something loud from `begin` to `begin` + 4 s.
void fill(sensors::Tape& tape, int length = 60, int begin = 30) {
  const auto source = std::make_shared<const sensors::SourceInfo>(
      sensors::SourceInfo{.id = "room/mic",
                          .kind = sensors::SourceKind::Audio,
                          .channels = {{"l", "1"}},
                          .rate = 2000});
  unsigned noise = 1;
  for (int s = 0; s < length; ++s) {
    auto block = std::make_shared<sensors::Block>();
    block->source = source;
    block->start = at(s);
    block->step = base::fromSeconds(1 / 2000.0);
    sensors::Samples samples{.rows = 2000, .channels = 1};
    for (int i = 0; i < 2000; ++i) {
      noise = noise * 1664525U + 1013904223U;
      const float white = static_cast<float>(noise >> 8) / 8388608.F - 1.F;
      samples.values.push_back(white * (s >= begin && s < begin + 4 ? 0.5F : 0.01F));
    }
    block->content = std::move(samples);
    tape.append(block);
  }
}

TEST(QuestionAbout, FindsWhatIsOnTheTape) {
  sensors::Tape tape;
  fill(tape);

  const auto question = questionAbout(1, tape, {}, {}, at(60));
  const auto found = findEvents(question);

  EXPECT_EQ(question.span.begin, at(0));
  ASSERT_EQ(question.tracks.size(), 1U);
  ASSERT_FALSE(found.empty());
  EXPECT_NEAR(base::toSeconds(found.front().span.begin - at(0)), 30, 0.21);
  EXPECT_NEAR(base::toSeconds(found.front().span.end - at(0)), 34, 0.21);
}

TEST(QuestionAbout, WhereTheTapeIsReadInPiecesNothingIsFoundBetweenThem) {
  sensors::Tape tape;
  fill(tape, 200, 118);  // across the second minute's end

  const auto question = questionAbout(1, tape, {}, {}, at(200));
  const auto found = findEvents(question);

  ASSERT_EQ(question.tracks.size(), 1U);
  EXPECT_EQ(question.tracks[0].steps(), 2000U);
  for (std::size_t s : {599U, 600U, 601U}) {
    EXPECT_NEAR(question.tracks[0].at(s, 0), question.tracks[0].at(300, 0), 3) << s;
  }
  ASSERT_FALSE(found.empty());
  EXPECT_NEAR(base::toSeconds(found.front().span.begin - at(118)), 0, 0.21);
  EXPECT_NEAR(base::toSeconds(found.front().span.end - at(122)), 0, 0.21);
}

TEST(QuestionAbout, KnowsHowLongTheLabelLastsWhatWasSaidAndWhatWasHeard) {
  const sensors::Tape tape;
  Answer answer{.labels = {{.id = 4}, {.id = 5}}};
  answer.prediction.span = {at(10), at(11)};
  answer.prediction.probabilities = {0.2F, 0.8F};
  const std::vector<learners::Demonstration> examples = {
      {.id = 1, .label = 5, .span = {at(1), at(4)}},
      {.id = 2, .label = 5, .span = {at(1), at(6)}},
      {.id = 3, .label = 5, .span = {at(1), at(9)}},
      {.id = 4, .label = 4, .span = {at(1), at(2)}},
      {.id = 5, .label = 5, .span = {at(1), at(2)}, .enabled = false}};

  const auto question = questionAbout(5, tape, {answer}, examples, at(60));

  EXPECT_EQ(question.usual, seconds(5));
  ASSERT_EQ(question.heard.size(), 1U);
  EXPECT_FLOAT_EQ(question.heard.front().share, 0.8F);
}

TEST(Widened, KeepsItsMiddleAndNeverReachesIntoTheFuture) {
  EXPECT_EQ(widened({at(10), at(14)}, seconds(1), at(60)), (base::TimeSpan{at(10), at(14)}));
  EXPECT_EQ(widened({at(10), at(10.5)}, seconds(1), at(60)), (base::TimeSpan{at(9.75), at(10.75)}));
  EXPECT_EQ(widened({at(59.8), at(60)}, seconds(1), at(60)), (base::TimeSpan{at(59), at(60)}));
}

}  // namespace
}  // namespace app
