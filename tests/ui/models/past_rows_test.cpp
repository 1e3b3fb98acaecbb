#include "ui/models/past_rows.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_snapshot.h"

namespace {

using ui::PastTarget;
using Kind = PastTarget::Kind;

std::vector<app::CommandRow> commands() {
  return {
      {.id = 1, .kind = "add_label", .text = "Label Kettle added", .time = {10}},
      {.id = 2, .kind = "add_examples", .text = "Kettle recorded", .time = {20}},
      {.id = 3, .kind = "add_examples", .text = "Tap recorded", .time = {30}},
      {.id = 4, .kind = "change_task", .text = "Training paused", .time = {40}, .undone = true}};
}

std::shared_ptr<const app::ModelLineage> model(int version, const char* hash, std::int64_t since,
                                               std::vector<app::LearntExample> learnt) {
  return std::make_shared<const app::ModelLineage>(app::ModelLineage{.version = version,
                                                                     .hash = hash,
                                                                     .since = {since},
                                                                     .heldOut = true,
                                                                     .accuracy = 0.9,
                                                                     .learnt = std::move(learnt)});
}

/// Examples 200.. of full() lie in recordings of their own number; two models learnt from some.
app::LibraryContents contents() {
  app::LibraryContents all;
  all.commands = commands();
  all.models = {model(1, "aa", 100, {{.id = 200, .label = 2}}),
                model(2, "bb", 200, {{.id = 200, .label = 2}, {.id = 300, .label = 3}}),
                model(1, "aa", 300, {{.id = 200, .label = 2}}),
                std::make_shared<const app::ModelLineage>(app::ModelLineage{.since = {400}}),
                model(2, "bb", 500, {{.id = 200, .label = 2}, {.id = 300, .label = 3}})};
  for (const std::int64_t id : {200, 300}) {
    const base::Time begin = sample::kNow - base::fromSeconds(400);
    all.recordings.push_back(
        {{.id = id, .span = {begin, begin + base::fromSeconds(4)}}, {"kitchen/mic"}});
  }
  return all;
}

const ui::PastFacts::Row* rowTo(const ui::PastFacts& facts, const PastTarget& target) {
  for (const auto& row : facts.rows) {
    if (row.target == target) {
      return &row;
    }
  }
  return nullptr;
}

TEST(PastSteps, AreNewestFirstAndSayWhereOneIs) {
  const auto steps = ui::pastSteps(commands(), {});

  ASSERT_EQ(steps.size(), 4U);
  EXPECT_TRUE(steps[0].undone);
  EXPECT_TRUE(steps[1].current);
  EXPECT_FALSE(steps[2].current);
  EXPECT_EQ(steps[3].text, QStringLiteral("Label Kettle added"));
}

TEST(PastSteps, AreFoundByAnyOfTheirWords) {
  EXPECT_EQ(ui::pastSteps(commands(), QStringLiteral("recorded")).size(), 2U);
  EXPECT_EQ(ui::pastSteps(commands(), QStringLiteral(" RECORDED kettle ")).size(), 1U);
  EXPECT_TRUE(ui::pastSteps(commands(), QStringLiteral("blender")).empty());
}

TEST(PastSteps, AreFoundByWhenTheyWere) {
  const base::Duration day = std::chrono::hours(24);
  const std::vector<app::CommandRow> rows = {
      {.id = 1, .text = "Kettle recorded", .time = sample::kNow - day},
      {.id = 2, .text = "Tap recorded", .time = sample::kNow - day},
      {.id = 3, .text = "Kettle recorded", .time = sample::kNow}};

  const auto found = ui::pastSteps(rows, QStringLiteral("kettle yesterday"), sample::kNow);

  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].id, 1);
}

TEST(PastTime, ASpanNamesItsDayOnce) {
  const auto ago = [](double hours) { return sample::kNow - base::fromSeconds(3600 * hours); };
  const QString one = ui::pastSpan(ago(0.2), ago(0.1), sample::kNow);
  const QString two = ui::pastSpan(ago(26), ago(0.1), sample::kNow);

  EXPECT_FALSE(one.contains("yesterday")) << one.toStdString();
  EXPECT_TRUE(two.endsWith(ui::pastTime(ago(0.1), sample::kNow)));
}

TEST(PastRecordings, AreNamedByWhatWasSaidInThem) {
  app::Snapshot snapshot = sample::full();
  EXPECT_EQ(ui::saidIn(200, snapshot), QStringLiteral("Kettle"));
  EXPECT_EQ(ui::saidIn(12345, snapshot), QString());
  for (app::LabelCard& card : snapshot.cards) {
    card.examples.front().demonstration.recording = 77;
  }
  EXPECT_TRUE(ui::saidIn(77, snapshot).endsWith("and 3 more"));
}

TEST(PastTime, NamesTodayByTheClockYesterdayByItsNameAndOthersByTheDate) {
  const base::Duration day = std::chrono::hours(24);
  const auto text = [](base::Time t) { return ui::pastTime(t, sample::kNow); };
  const QString clock = text(sample::kNow);

  EXPECT_EQ(clock.size(), 8);
  EXPECT_EQ(text(sample::kNow - day), QStringLiteral("yesterday ") + clock);
  EXPECT_TRUE(text(sample::kNow - 2 * day).endsWith(clock));
  EXPECT_FALSE(text(sample::kNow - 2 * day).contains(QStringLiteral("yesterday")));
}

TEST(PastSteps, AMisspeltWordIsGuessed) {
  EXPECT_EQ(ui::didYouMean(commands(), QStringLiteral("Ketle")), QStringLiteral("Kettle"));
  EXPECT_EQ(ui::didYouMean(commands(), QStringLiteral("xylophone")), QString());
}

TEST(PastModels, ServeUntilTheNextBegins) {
  const auto served = ui::servedModels(contents());

  ASSERT_EQ(served.size(), 4U);
  EXPECT_FALSE(served[0].to);
  EXPECT_EQ(served[1].name, QStringLiteral("Model 1"));
  EXPECT_EQ(served[1].to, base::Time{400});  // nobody served from then on
  EXPECT_EQ(served[3].from, base::Time{100});
  EXPECT_EQ(served[3].to, base::Time{200});
}

TEST(PastTroubles, ListWhatWasCorrectedAndWhatFailedNewestFirst) {
  app::LibraryContents all;
  const auto ago = [](double seconds) { return sample::kNow - base::fromSeconds(seconds); };
  all.mistakes = {{.example = 9, .label = 2, .span = {ago(30), ago(20)}, .said = "Tap",
                   .version = 7, .certainty = 0.8F},
                  {.example = 8, .label = 3, .span = {ago(90), ago(80)}, .version = 6},
                  {.example = 7, .label = 2, .span = {ago(99), ago(95)}, .said = "Kettle",
                   .version = 6}};
  app::Snapshot snapshot = sample::full();
  snapshot.notices = {{.kind = app::NoticeView::Kind::Warning, .text = "The hub left.",
                       .time = ago(50), .count = 2, .id = 1},
                      {.kind = app::NoticeView::Kind::Info, .text = "Saved.", .time = ago(1)}};

  const auto troubles = ui::pastTroubles(all, snapshot);

  ASSERT_EQ(troubles.size(), 3U) << "what was right is no trouble, nor is news";
  EXPECT_TRUE(troubles[0].text.startsWith("Model 7 said Tap 80"));
  EXPECT_TRUE(troubles[0].text.endsWith("it was Kettle"));
  EXPECT_EQ(troubles[0].target, (PastTarget{.kind = Kind::Example, .id = 9}));
  EXPECT_EQ(troubles[1].text, QStringLiteral("The hub left."));
  EXPECT_EQ(troubles[1].count, 2);
  EXPECT_EQ(troubles[2].text, QStringLiteral("Model 6 missed Tap"));
}

TEST(PastFacts, AModelLeadsToItsRecordingsThoseToLabelsAndTheirAuthor) {
  const auto all = contents();
  const app::Snapshot snapshot = sample::full();

  const auto ofModel = ui::pastFacts({.kind = Kind::Model, .hash = "bb"}, all, snapshot);
  const auto* recording = rowTo(ofModel, {.kind = Kind::Recording, .id = 200});
  ASSERT_NE(recording, nullptr);
  EXPECT_EQ(recording->value, QStringLiteral("1 Kettle"));
  const auto ofRecording = ui::pastFacts(recording->target, all, snapshot);
  const auto* label = rowTo(ofRecording, {.kind = Kind::Example, .id = 200});
  ASSERT_NE(label, nullptr);
  EXPECT_TRUE(label->value.contains(QStringLiteral("by you")));
}

TEST(PastFacts, ARecordingLeadsToEveryModelThatLearntFromItOnce) {
  const auto facts =
      ui::pastFacts({.kind = Kind::Recording, .id = 200}, contents(), sample::full());

  EXPECT_NE(rowTo(facts, {.kind = Kind::Model, .hash = "aa"}), nullptr);
  EXPECT_NE(rowTo(facts, {.kind = Kind::Model, .hash = "bb"}), nullptr);
  EXPECT_EQ(std::count_if(facts.rows.begin(), facts.rows.end(),
                          [](const auto& r) { return r.target.kind == Kind::Model; }),
            2);
  EXPECT_EQ(rowTo(ui::pastFacts({.kind = Kind::Recording, .id = 300}, contents(), sample::full()),
                  {.kind = Kind::Model, .hash = "aa"}),
            nullptr);
  EXPECT_EQ(std::get<ui::intent::ForgetRecording>(*facts.intent).recording, 200);
}

TEST(PastFacts, AStepOffersTheWayToIt) {
  const auto earlier = ui::pastFacts({.kind = Kind::Step, .id = 1}, contents(), sample::full());
  EXPECT_EQ(std::get<ui::intent::GoToStep>(*earlier.intent).command, 1);
  EXPECT_TRUE(
      ui::pastFacts({.kind = Kind::Step, .id = 3}, contents(), sample::full()).action.isEmpty());
  EXPECT_TRUE(
      ui::pastFacts({.kind = Kind::Step, .id = 4}, contents(), sample::full()).intent.has_value());
}

TEST(PastFacts, AFormerModelCanServeAgain) {
  app::Snapshot snapshot = sample::full();
  snapshot.model.hash = "bb";
  const auto old = ui::pastFacts({.kind = Kind::Model, .hash = "aa"}, contents(), snapshot);
  EXPECT_EQ(std::get<ui::intent::GoBackToModel>(*old.intent).ensembleHash, "aa");
  EXPECT_FALSE(
      ui::pastFacts({.kind = Kind::Model, .hash = "bb"}, contents(), snapshot).intent.has_value());
}

TEST(PastFacts, AMomentSaysWhatThereWas) {
  EXPECT_EQ(ui::pastFacts(base::Time{5}, std::nullopt).sentence, QStringLiteral("Reading…"));
  app::PastState state{.time = {5}, .modelVersion = 3};
  state.labels = {{.id = 2, .name = "Kettle"}, {.id = 3, .name = "Tap"}};
  state.examples = {{.id = 1, .label = 2}, {.id = 2, .label = 2}};

  const auto facts = ui::pastFacts(base::Time{5}, state);

  ASSERT_EQ(facts.rows.size(), 3U);
  EXPECT_EQ(facts.rows[0].value, QStringLiteral("Model 3"));
  EXPECT_EQ(facts.rows[1].value, QStringLiteral("2 examples"));
  EXPECT_FALSE(facts.intent.has_value());
}

}  // namespace
