#include "ui/models/place_rows.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_house.h"
#include "tests/ui/sample_tasks.h"

namespace {

using app::PlaceStretch;
using By = PlaceStretch::By;
using Work = PlaceStretch::Work;

app::Snapshot with(app::PlaceStretches places) {
  app::Snapshot s = sample::full();
  s.tasks = {{.id = 1, .name = "Kitchen sounds", .front = true}};
  s.places = std::make_shared<const app::PlaceStretches>(std::move(places));
  return s;
}

/// "14:03", so many minutes ago.
QString ago(double minutes) {
  return QString::fromStdString(
      base::clockText(sample::kNow - sample::fromSeconds(60 * minutes)).substr(0, 5));
}

ui::PlacesValue hour(const app::Snapshot& s) {
  return ui::placesChart(s, sample::kNow, ui::kUsualPlaceWindow);
}

TEST(PlaceRows, TheTitleSaysWhatMovedWhereWhenAndWhy) {
  struct Case {
    By by;
    bool none;
    QString title;
  };
  const Case cases[] = {
      {By::Policy, false, "Kitchen sounds moved to Attic Pi at %1: least busy"},
      {By::Person, false, "Kitchen sounds moved to Attic Pi at %1: your choice"},
      {By::StandIn, false,
       "Kitchen sounds moved to Attic Pi at %1: the chosen one did not take the model"},
      {By::Nobody, false, "Kitchen sounds moved to Attic Pi at %1: no rule says otherwise"},
      {By::Policy, true, "Kitchen sounds stopped at %1: no computer fits the rule"}};
  for (const Case& one : cases) {
    auto moved = sample::place(Work::Answering, one.none ? "" : "attic", "Attic Pi", 10, 0, one.by);
    moved.none = one.none;
    if (one.by == By::Policy) moved.prefer = app::Policy::Prefer::LeastBusy;

    const auto value =
        hour(with({sample::place(Work::Answering, "", "", 50, 10, By::Nobody), moved}));

    EXPECT_EQ(value.words.title, one.title.arg(ago(10)));
  }
}

TEST(PlaceRows, WhereNothingMovedTheTitleSaysWhoAnswers) {
  const auto title = [](app::PlaceStretches places) {
    return hour(with(std::move(places))).words.title;
  };
  EXPECT_EQ(title({sample::place(Work::Answering, "", "", 90, 0, By::Nobody)}),
            "This computer answered all the time");
  EXPECT_EQ(title({sample::place(Work::Answering, "nuc", "NUC", 20, 0, By::Person)}),
            "NUC has answered since " + ago(20));
  EXPECT_EQ(title({sample::place(Work::Answering, "nuc", "NUC", 90, 40, By::Person),
                   sample::place(Work::Answering, "nuc", "NUC", 20, 0, By::Person)}),
            "NUC answered, with breaks");
  EXPECT_EQ(title({sample::place(Work::Answering, "nuc", "NUC", 90, 40, By::Person)}),
            "NUC answered, with breaks");
  EXPECT_EQ(title({sample::place(Work::Learning, "nuc", "NUC", 20, 0, By::Person)}),
            "NUC learnt, nobody answered yet");
  EXPECT_EQ(title({sample::place(Work::Answering, "nuc", "NUC", 200, 100, By::Person)}),
            "Nothing was learnt or answered in that time");
  EXPECT_EQ(hour([] {
              app::Snapshot s = sample::withTasks();
              auto other = sample::place(Work::Answering, "nuc", "NUC", 20, 0, By::Person);
              other.task = 2;
              s.places = std::make_shared<const app::PlaceStretches>(app::PlaceStretches{
                  sample::place(Work::Answering, "", "", 30, 0, By::Nobody), other});
              return s;
            }())
                .words.title,
            "2 computers answered, nothing moved");
}

TEST(PlaceRows, NobodyIsNoComputer) {
  app::Snapshot s = sample::withTasks();
  auto none = sample::place(Work::Answering, "", "", 20, 0, By::Policy);
  none.none = true;
  none.task = 2;
  none.taskName = "Who is home";
  s.tasks.resize(1);
  s.places = std::make_shared<const app::PlaceStretches>(
      app::PlaceStretches{sample::place(Work::Answering, "", "", 90, 0, By::Nobody), none});

  EXPECT_EQ(hour(s).words.title, "Nobody answered for Who is home: no computer fits the rule");
}

TEST(PlaceRows, EachComputerHasARowAndEachTaskALaneNowAtTheRightEdge) {
  app::Snapshot s = sample::withTasks();
  s.places = sample::placesOfTasks();

  const auto value = hour(s);

  ASSERT_EQ(value.rows.size(), 4U);
  EXPECT_EQ(value.rows[0], (ui::PlacesValue::Row{"This computer", 2}));
  EXPECT_EQ(value.rows[1], (ui::PlacesValue::Row{"Attic Pi", 1}));
  EXPECT_EQ(value.rows[3].name, "nobody");
  ASSERT_EQ(value.blocks.size(), 7U);
  EXPECT_EQ(value.blocks[0].begin, 0) << "what began before is cut at the edge";
  EXPECT_EQ(value.blocks[0].end, value.length);
  EXPECT_NE(value.blocks[0].colour, value.blocks[1].colour);
  EXPECT_NE(value.blocks[0].lane, value.blocks[2].lane);
  for (const auto& block : value.blocks) {
    EXPECT_LT(block.lane, value.rows[static_cast<std::size_t>(block.row)].lanes);
    EXPECT_GE(block.end, block.begin);
    EXPECT_EQ(block.cells.size(), value.columns.size());
  }
  EXPECT_EQ(value.times.back().second, "now");
  EXPECT_EQ(value.times.back().first, value.length);
  EXPECT_TRUE(value.words.note.contains("answered in 5 stretches"))
      << value.words.note.toStdString();
}

TEST(PlaceRows, AMarkKeepsItsKeyWhileTimeGoesOn) {
  const app::Snapshot s = sample::house();

  const auto before = ui::placesChart(s, sample::kNow, 0);
  const auto after = ui::placesChart(s, sample::kNow + sample::fromSeconds(90), 0);

  ASSERT_EQ(before.blocks.size(), 2U);
  ASSERT_EQ(after.blocks.size(), 2U);
  EXPECT_EQ(before.blocks[1].key, after.blocks[1].key);
  EXPECT_LT(after.blocks[1].begin, before.blocks[1].begin);
}

TEST(PlaceRows, ALongerTimeShowsMoreAndTellsTheDay) {
  const app::Snapshot s =
      with({sample::place(Work::Answering, "", "", 60 * 30, 60 * 26, By::Nobody)});

  EXPECT_TRUE(hour(s).blocks.empty());
  const auto week = ui::placesChart(s, sample::kNow, 3);
  ASSERT_EQ(week.blocks.size(), 1U);
  EXPECT_GE(week.times.size(), 6U);
  EXPECT_FALSE(week.times.front().second.contains(":"));
}

TEST(PlaceReasons, SayWhoDecidedAndHowTheRuleRankedThem) {
  const app::Snapshot s = sample::house();

  const auto why = ui::placeReasons(s.places->at(4), s, sample::kNow);

  EXPECT_EQ(why.title, "Attic Pi answered for Kitchen sounds");
  EXPECT_EQ(why.when, ago(16) + " until now, 16 min");
  EXPECT_EQ(why.sentence, "The rule in force decided: Attic Pi: load 12 %.");
  EXPECT_TRUE(why.rule.startsWith("Run on a device"));
  ASSERT_EQ(why.rows.size(), 4U);
  EXPECT_EQ(why.rows[0], (ui::PlaceReasons::Row{ui::Tone::Fine, "Attic Pi", "load 12 %", true}));
  EXPECT_EQ(why.rows[2].tone, ui::Tone::Refused);
  EXPECT_EQ(why.rows[2].why, "answers within 40 ms: 61 ms");
}

TEST(PlaceReasons, SayWhatAPersonChoseAndWhoStoodIn) {
  app::Snapshot s = sample::house();
  const auto sentence = [&](By by, bool none, const char* reason) {
    auto one = sample::place(Work::Answering, "", "", 5, 0, by);
    one.none = none;
    one.reason = reason;
    return ui::placeReasons(one, s, sample::kNow).sentence;
  };

  EXPECT_TRUE(sentence(By::Person, false, "").startsWith("You chose it"));
  EXPECT_TRUE(sentence(By::Nobody, false, "").startsWith("No rule was in force"));
  EXPECT_EQ(sentence(By::StandIn, false, "This computer, since NUC does not serve"),
            "It stood in: This computer, since NUC does not serve");
  EXPECT_EQ(sentence(By::Policy, true, "No device is online."),
            "The rule in force found none: No device is online.");
}

TEST(PlaceReasons, WhoAnswersNowIsSpokenOfUnlessAPersonChoseAnother) {
  app::Snapshot s = sample::house();

  EXPECT_EQ(ui::usualStretch(s), 4U);
  s.places = std::make_shared<const app::PlaceStretches>();
  EXPECT_EQ(ui::usualStretch(s), std::nullopt);
}

}  // namespace
