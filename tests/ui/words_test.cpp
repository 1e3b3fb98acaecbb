#include "ui/words.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_snapshot.h"

namespace {

using namespace ui;  // NOLINT: the names under test

QString plain(QString text) { return text.replace(QChar(0x202F), QLatin1Char(' ')); }

TEST(Words, PointsSayWhichWayTheyGo) {
  EXPECT_EQ(ui::words::signedPoints(0.042), QStringLiteral("+4"));
  EXPECT_EQ(ui::words::signedPoints(-0.03), QStringLiteral("−3"));
  EXPECT_EQ(ui::words::signedPoints(-0.004), QStringLiteral("±0"));
}

TEST(Words, CertaintyChangesItsWordAtSixtyAndEightyFive) {
  EXPECT_EQ(words::certaintyWord(0.85), "sure");
  EXPECT_EQ(words::certaintyWord(0.849), "fairly sure");
  EXPECT_EQ(words::certaintyWord(0.60), "fairly sure");
  EXPECT_EQ(words::certaintyWord(0.599), "not sure");
  EXPECT_EQ(words::certaintyWord(0.9, 0.95), "not sure") << "below the limit of its label";
  EXPECT_EQ(words::certaintyWord(0.5, 0.4), "fairly sure") << "above the limit a person gave";
}

TEST(Words, DurationsReadAsPeopleSayThem) {
  EXPECT_EQ(words::duration(base::fromSeconds(0.8)), "0.8 s");
  EXPECT_EQ(words::duration(base::fromSeconds(4.4)), "4 s");
  EXPECT_EQ(words::duration(base::fromSeconds(150)), "2 min");
  EXPECT_EQ(words::duration(base::fromSeconds(3900)), "1 h 5 min");
  EXPECT_EQ(words::stopwatch(base::fromSeconds(67)), "1:07");
}

TEST(Words, LargeNumbersAreGrouped) {
  EXPECT_EQ(plain(words::number(16104)), "16 104");
  EXPECT_EQ(plain(words::number(999)), "999");
  EXPECT_EQ(plain(words::number(1234567)), "1 234 567");
  EXPECT_EQ(plain(words::reading(1840.2)), "1 840");
  EXPECT_EQ(words::reading(0.034), "0.034");
  EXPECT_EQ(words::reading(-0.00001), "0.000");
}

TEST(Words, HeadlineNamesTheLabelHowSureAndSinceWhen) {
  const auto s = sample::full();
  const auto h =
      words::headline(s, sample::answer(s, {0.01F, 0.91F, 0.05F, 0.03F}, 1), sample::kNow);

  EXPECT_EQ(h.text, "Kettle");
  EXPECT_EQ(h.word, "sure");
  EXPECT_EQ(plain(h.figures), "91 % · for 4 s");
  EXPECT_EQ(h.colour, 1);
}

TEST(Words, StatesThatAreNoPercentagesHaveNone) {
  const auto s = sample::full();
  auto answer = sample::answer(s, {0.4F, 0.3F, 0.2F, 0.1F}, 0);

  answer.prediction.state = learners::PredictionState::Novel;
  EXPECT_EQ(words::headline(s, answer, sample::kNow).text, "not something I know");
  answer.prediction.state = learners::PredictionState::Background;
  EXPECT_EQ(words::headline(s, answer, sample::kNow).text, "nothing happening");
  EXPECT_EQ(words::headline(s, answer, sample::kNow).word, "");
  EXPECT_FALSE(words::headline(s, answer, sample::kNow).figures.contains('%'));
}

TEST(Words, MissingDataNameTheSilentSource) {
  auto s = sample::full();
  s.sources[0].silent = true;
  auto answer = sample::answer(s, {0.4F, 0.3F, 0.2F, 0.1F}, 0);
  answer.prediction.state = learners::PredictionState::NoData;

  EXPECT_EQ(words::headline(s, answer, sample::kNow).text, "no data from Kitchen mic");
}

TEST(Words, AStaleAnswerSaysForHowLongNoneCame) {
  const auto s = sample::full();
  auto answer = sample::answer(s, {0.01F, 0.91F, 0.05F, 0.03F}, 1);
  answer.stale = true;
  answer.prediction.span.end = sample::kNow - sample::fromSeconds(3);

  const auto h = words::headline(s, answer, sample::kNow);

  EXPECT_TRUE(h.stale);
  EXPECT_EQ(h.staleText, "no answer for 3 s");
}

TEST(Words, AnOldAnswerIsNoneWhereEverySourceIsSilent) {
  auto s = sample::full();
  for (auto& source : s.sources) source.silent = true;
  auto answer = sample::answer(s, {0.01F, 0.91F, 0.05F, 0.03F}, 1);
  answer.stale = true;
  answer.prediction.span.end = sample::kNow - sample::fromSeconds(3);

  const auto h = words::headline(s, answer, sample::kNow);

  EXPECT_EQ(h.kind, words::Headline::Kind::NoData);
  EXPECT_TRUE(h.text.startsWith("no data from")) << h.text.toStdString();
  EXPECT_TRUE(h.word.isEmpty());
}

TEST(Words, AgreementCountsModelsAndNamesAVoteThatDiffers) {
  const auto s = sample::full();
  auto answer = sample::answer(s, {0.01F, 0.91F, 0.05F, 0.03F}, 1);

  EXPECT_EQ(words::agreement(answer), "6 of 7 models agree");
  answer.prediction.voted = 2;
  answer.prediction.memberLabel = {2, 2, 2, 1};
  EXPECT_EQ(words::agreement(answer), "models disagree: 3 say Tap, average says Kettle");
}

TEST(Words, ALessonSaysWhatItCostTheOldExamples) {
  auto lesson = sample::full().lesson;

  EXPECT_EQ(words::lesson(lesson),
            "Noted: that was Tap. Learning… done, 0.8 s. Old examples: no change (23 of 23).");
  lesson.oldRightAfter = 22;
  EXPECT_TRUE(words::lesson(lesson).endsWith("Old examples: 1 fewer right (22 of 23)."));
  lesson.comparable = false;
  EXPECT_EQ(words::lesson(lesson), "Noted: that was Tap. Learning… done, 0.8 s.");
}

TEST(Words, TheModelPillSpeaksInWords) {
  app::ModelView model;
  EXPECT_EQ(words::modelState(model), "No model yet");
  model.phase = app::ModelPhase::Training;
  model.progress = 0.4;
  EXPECT_EQ(plain(words::modelState(model)), "Training 40 %");
  EXPECT_EQ(words::modelState(sample::full().model), "Model 7 · 12 new examples");
}

TEST(Words, UncalibratedAnswersAreCalledNotYetTested) {
  const auto s = sample::full();
  auto answer = sample::answer(s, {0.01F, 0.91F, 0.05F, 0.03F}, 1);
  answer.prediction.calibrated = false;

  EXPECT_TRUE(words::calibration(s, answer).startsWith("Not yet tested"));
}

TEST(Words, AStripWithoutTracesDeniesNoCamera) {
  app::Snapshot snapshot;
  EXPECT_EQ(ui::words::noTraces(snapshot), QStringLiteral("I hear and see nothing yet."));

  snapshot.sources.push_back({.info = {.id = "street", .name = "Street camera"}});
  snapshot.sources.back().info.kind = sensors::SourceKind::Picture;
  EXPECT_TRUE(ui::words::noTraces(snapshot).startsWith(QStringLiteral("Pictures come.")));
  snapshot.sources.back().silent = true;
  EXPECT_EQ(ui::words::noTraces(snapshot), QStringLiteral("no data from Street camera"));
}

TEST(Words, EveryNextStepHasASentence) {
  const auto s = sample::full();
  using Kind = app::NextStep::Kind;
  for (const Kind kind :
       {Kind::Connect, Kind::ListenBackground, Kind::AddLabel, Kind::RecordFirst, Kind::RecordMore,
        Kind::AddSecondLabel, Kind::WaitForModel, Kind::TryIt, Kind::ImproveWeakest}) {
    const auto words =
        words::nextStep({.kind = kind, .label = 3, .labelName = "Tap", .count = 2}, s);
    EXPECT_GT(words.sentence.size(), 20) << static_cast<int>(kind);
  }
}

TEST(Words, NamesOfLabelsCannotBecomeMarkup) {
  const auto words = words::nextStep({.kind = app::NextStep::Kind::RecordFirst,
                                      .label = 3,
                                      .labelName = "<img src=x>",
                                      .count = 3},
                                     sample::full());

  EXPECT_FALSE(words.sentence.contains("<img"));
}

}  // namespace
