#include "ui/models/label_edits.h"

#include <gtest/gtest.h>

#include "ui/models/label_proposals.h"
#include "ui/models/label_table.h"
#include "ui/models/timeline.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ui::Edge;

constexpr base::Time at(std::int64_t ms) { return {ms * 1'000'000}; }
base::TimeSpan ms(std::int64_t begin, std::int64_t end) { return {at(begin), at(end)}; }

learners::Demonstration example(std::int64_t id, learners::LabelId label,
                                const base::TimeSpan& span) {
  return {.id = id, .label = label, .span = span, .recording = 1};
}

TEST(LabelEdits, EdgesThatMeetMoveTogether) {
  const ui::Demonstrations all = {example(1, 1, ms(0, 1000)), example(2, 2, ms(1000, 2000)),
                                  example(3, 1, ms(1500, 3000))};

  const auto moved = ui::moveEdge(all, 2, Edge::Begin, at(1200));

  ASSERT_EQ(moved.placed.size(), 2U);
  EXPECT_EQ(moved.placed[0].span, ms(0, 1200));
  EXPECT_EQ(moved.placed[1].span, ms(1200, 2000));
}

TEST(LabelEdits, NothingGetsShorterThanTwentyMilliseconds) {
  const ui::Demonstrations all = {example(1, 1, ms(0, 1000)), example(2, 2, ms(1000, 2000))};

  EXPECT_EQ(ui::moveEdge(all, 2, Edge::Begin, at(5000)).placed[1].span, ms(1980, 2000));
  EXPECT_EQ(ui::moveEdge(all, 1, Edge::End, at(-5)).placed[0].span, ms(0, 20));
  EXPECT_FALSE(ui::split(all, 1, at(10)));
  EXPECT_FALSE(ui::split(all, 1, at(1500)));
}

TEST(LabelEdits, WhatIsCutOutLeavesTheRest) {
  const ui::Demonstrations all = {example(1, 1, ms(0, 1000)), example(2, 1, ms(1200, 1400)),
                                  example(3, 2, ms(0, 3000)), example(4, 1, ms(1300, 3000))};

  const auto cut = ui::cutOut(all, ms(500, 2000), 1);

  EXPECT_EQ(cut.replaced, (std::vector<std::int64_t>{1, 2, 4}));
  ASSERT_EQ(cut.placed.size(), 2U);
  EXPECT_EQ(cut.placed[0].id, 1);
  EXPECT_EQ(cut.placed[0].span, ms(0, 500));
  EXPECT_EQ(cut.placed[1].id, 4);
  EXPECT_EQ(cut.placed[1].span, ms(2000, 3000));

  const auto middle = ui::cutOut(all, ms(1000, 1100), 2);
  ASSERT_EQ(middle.placed.size(), 2U);
  EXPECT_EQ(middle.placed[0].id, 3);
  EXPECT_EQ(middle.placed[1].id, 0);
  EXPECT_EQ(middle.placed[1].span, ms(1100, 3000));
}

TEST(LabelProposals, ABrokenAssertionProposesWhatWouldMakeItTrue) {
  const app::Assertion assertion{.label = 1, .time = std::chrono::seconds(10)};
  app::RuleView rule{.id = 4, .rule = assertion};
  for (const base::TimeSpan& span : {ms(10'000, 12'000), ms(90'000, 95'000)}) {
    rule.violations.push_back(
        {.span = span,
         .text = "Kettle lasted too long",
         .proposal = {.by = app::Proposal::By::Assertion,
                      .label = 9,
                      .span = span,
                      .certainty = 0,
                      .reason = "Kettle lasted too long"}});
  }
  app::RulesView rules{.rules = {rule}};
  app::LabelCard kettle{.label = {.id = 1, .name = "Kettle"}};
  kettle.examples.push_back({.demonstration = example(1, 1, ms(0, 12'000))});
  app::LabelCard nothing{.label = {.id = 9, .name = "Background", .background = true}};

  const auto found = ui::proposalsFrom(rules, ms(0, 60'000), {kettle, nothing}, {});
  ASSERT_EQ(found.size(), 1U);  // the other lies elsewhere
  EXPECT_EQ(found[0].label, 9);
  EXPECT_EQ(found[0].insteadOf, 1);
  EXPECT_EQ(found[0].reason, "Kettle lasted too long");

  EXPECT_TRUE(ui::proposalsFrom(rules, ms(0, 60'000), {kettle, nothing},
                                {{.label = 9, .span = ms(10'000, 12'000)}})
                  .empty());
  rules.rules[0].enabled = false;
  EXPECT_TRUE(ui::proposalsFrom(rules, ms(0, 60'000), {kettle, nothing}, {}).empty());
}

TEST(LabelEdits, SplitAndJoinAreInverse) {
  const ui::Demonstrations all = {example(1, 1, ms(0, 1000))};

  const auto halves = ui::split(all, 1, at(400));
  ASSERT_TRUE(halves);
  ui::Demonstrations after = halves->placed;
  after[1].id = 9;
  const auto whole = ui::joinWithNext(after, 1);

  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->placed.at(0).span, ms(0, 1000));
  EXPECT_EQ(whole->replaced, (std::vector<std::int64_t>{1, 9}));
}

TEST(LabelEdits, JoinTakesTheNextOfTheSameLabelOnly) {
  const ui::Demonstrations all = {example(1, 1, ms(0, 100)), example(2, 2, ms(150, 300)),
                                  example(3, 1, ms(400, 500))};

  EXPECT_EQ(ui::joinWithNext(all, 1)->placed[0].span, ms(0, 500));
  EXPECT_FALSE(ui::joinWithNext(all, 2));
}

TEST(LabelEdits, AMarkOverTwoRecordingsBecomesTwoExamplesAndNoneTwice) {
  app::LibraryContents contents;
  contents.recordings = {{{.id = 1, .span = ms(0, 1000)}, {}},
                         {{.id = 2, .span = ms(800, 3000)}, {}},
                         {{.id = 3, .span = ms(5000, 6000)}, {}}};

  const auto marked = ui::markAs(4, ms(500, 2000), contents, QStringLiteral("Tap"));

  ASSERT_EQ(marked.placed.size(), 2U);
  EXPECT_EQ(marked.placed[0].span, ms(500, 1000));
  EXPECT_EQ(marked.placed[1].span, ms(1000, 2000));
  EXPECT_EQ(marked.placed[1].recording, 2);
  EXPECT_EQ(ui::markAs(4, ms(9000, 9500), contents, {}).placed.at(0).recording, 0);
}

TEST(LabelEdits, SnapsToTheNearestEdgeInReach) {
  const std::vector<base::Time> edges = {at(100), at(130)};

  EXPECT_EQ(ui::snapped(at(112), edges, milliseconds(20)), at(100));
  EXPECT_EQ(ui::snapped(at(120), edges, milliseconds(20)), at(130));
  EXPECT_EQ(ui::snapped(at(300), edges, milliseconds(20)), at(300));
}

TEST(LabelEdits, EventsThatAreHalfLabelledArePassedOver) {
  const std::vector<base::TimeSpan> events = {ms(0, 100), ms(200, 300), ms(400, 500)};
  const ui::Demonstrations all = {example(1, 1, ms(190, 260))};

  EXPECT_EQ(ui::nextEvent(events, all, at(50), 1), ms(400, 500));
  EXPECT_EQ(ui::nextEvent(events, all, at(400), -1), ms(0, 100));
  EXPECT_FALSE(ui::nextEvent(events, all, at(400), 1));
  EXPECT_EQ(ui::neighbour(all, at(0), 1), 1);
  EXPECT_FALSE(ui::neighbour(all, at(0), -1));
}

std::vector<app::LabelCard> cards(const ui::Demonstrations& examples) {
  std::vector<app::LabelCard> all;
  for (const learners::LabelId id : {1, 2, 3}) {
    app::LabelCard card{.label = {.id = id,
                                  .name = id == 1   ? "Nothing"
                                          : id == 2 ? "Kettle"
                                                    : "Tap",
                                  .key = static_cast<int>(id) - 1,
                                  .background = id == 1}};
    for (const auto& d : examples) {
      if (d.label == id) {
        card.examples.push_back({.demonstration = d});
      }
    }
    all.push_back(card);
  }
  return all;
}

app::HeardSpan heard(learners::LabelId label, const base::TimeSpan& span, bool doubtful = false) {
  return {.span = span, .recording = 1, .label = label, .certainty = 0.8F, .belowLimit = doubtful};
}

TEST(LabelProposals, WhatIsHeardAndNotSaidIsProposed) {
  const auto said = cards({example(1, 2, ms(0, 1000)), example(2, 3, ms(5000, 6000))});
  const std::vector<app::HeardSpan> all = {
      heard(2, ms(100, 1100)),         // said so
      heard(2, ms(2000, 3000)),        // new
      heard(1, ms(3000, 4000)),        // the background is no proposal
      heard(2, ms(5000, 6000)),        // another was said
      heard(2, ms(5000, 6000), true),  // a doubt against a person is no news
      heard(3, ms(7000, 7100)),        // too short
      heard(9, ms(8000, 9000))};       // no such label any more

  const auto proposals = ui::proposalsFrom(all, said, {});

  ASSERT_EQ(proposals.size(), 2U);
  EXPECT_EQ(proposals[0].span, ms(2000, 3000));
  EXPECT_EQ(proposals[0].why, ui::Proposal::Why::NotLabelled);
  EXPECT_EQ(proposals[1].why, ui::Proposal::Why::Disagrees);
}

TEST(LabelProposals, WhatWasRejectedIsNotProposedAgain) {
  const std::vector<app::HeardSpan> all = {heard(2, ms(2000, 3000)), heard(3, ms(4000, 5000))};

  const auto proposals =
      ui::proposalsFrom(all, cards({}), {{2, ms(1900, 2900)}, {2, ms(4000, 5000)}});

  ASSERT_EQ(proposals.size(), 1U);
  EXPECT_EQ(proposals[0].label, 3);
  EXPECT_EQ(ui::nextProposal(proposals, at(4500)), 0U);  // round to the first again
  EXPECT_FALSE(ui::nextProposal({}, at(0)));
}

TEST(LabelProposals, WhatIsLeftTakesAsLongAsTheLastOnesDid) {
  ui::ProposalPace pace;
  EXPECT_EQ(pace.forThe(3), seconds(24));

  for (const int second : {0, 2, 4, 6, 500}) {
    pace.decided(at(second * 1000));
  }

  EXPECT_EQ(pace.forThe(10), seconds(20));
}

TEST(LabelProposals, CoverCountsOverlapsOnce) {
  const auto said =
      cards({example(1, 2, ms(0, 600)), example(2, 2, ms(400, 800)), example(3, 1, ms(800, 1000))});

  EXPECT_DOUBLE_EQ(ui::coveredShare(ms(0, 1000), 2, said), 0.8);
  EXPECT_DOUBLE_EQ(ui::coveredShare(ms(0, 1000), 0, said), 0.8);
}

TEST(Timeline, ZoomKeepsTheTimeUnderTheCursorAndStaysInside) {
  ui::TimelineRange range;
  range.setWhole(ms(0, 100'000));
  range.zoom(0.5, at(80'000));
  EXPECT_EQ(range.shown(), ms(40'000, 90'000));
  range.pan(9);
  EXPECT_EQ(range.shown(), ms(50'000, 100'000));
  range.zoom(100, at(60'000));
  EXPECT_TRUE(range.showsAll());
  range.zoom(1e-9, at(60'000));
  EXPECT_EQ(range.shown().length(), ui::TimelineRange::kNarrowest);
}

TEST(Timeline, RevealMovesAsLittleAsItMust) {
  ui::TimelineRange range;
  range.setWhole(ms(0, 100'000));
  range.show(ms(20'000, 30'000));
  range.reveal(at(25'000));
  EXPECT_EQ(range.shown(), ms(20'000, 30'000));
  range.reveal(at(40'000));
  EXPECT_EQ(range.shown(), ms(31'000, 41'000));
}

TEST(Timeline, TicksStandAtRoundTimesAndNotTooClose) {
  for (const std::int64_t length : {300, 5'000, 61'000, 3'600'000, 86'400'000}) {
    const base::TimeSpan shown = ms(1'700'000'000'000, 1'700'000'000'000 + length);
    const auto ticks = ui::timelineTicks(shown, 1000, 90);
    ASSERT_GE(ticks.size(), 2U) << length;
    for (std::size_t i = 1; i < ticks.size(); ++i) {
      EXPECT_GE(base::toSeconds(ticks[i].t - ticks[i - 1].t) / base::toSeconds(shown.length()),
                0.09);
    }
  }
}

TEST(Timeline, OverlappingLabelsLieInLanesOfTheirOwn) {
  EXPECT_EQ(ui::lanesOf({ms(0, 100), ms(50, 150), ms(100, 200), ms(120, 130)}),
            (std::vector<int>{0, 1, 0, 2}));
}

TEST(Timeline, LastMinutesComeFirstAndTakeInWhatReachesIntoThem) {
  app::LibraryContents contents;
  contents.sittings = {ms(0, 1000), ms(3'000'000, 5'995'000)};

  const auto choices = ui::timelineChoices(contents, at(6'000'000), true);

  ASSERT_EQ(choices.size(), 2U);
  EXPECT_TRUE(choices[0].live);
  EXPECT_EQ(choices[0].whole.begin, at(3'000'000));
  EXPECT_GE(choices[0].whole.end, at(6'000'000));
  EXPECT_EQ(ui::timelineChoices(contents, at(6'000'000), false).size(), 2U);
  EXPECT_TRUE(ui::timelineChoices({}, at(6'000'000), false).empty());
}

TEST(LabelTable, TypedTimesKeepWhatIsNotTyped) {
  const base::Time near =
      ui::timeFromText(QStringLiteral("14:02:11.25"), at(1'700'000'000'000)).value();

  EXPECT_EQ(ui::timelineClock(near, milliseconds(1)), QStringLiteral("14:02:11.25"));
  EXPECT_EQ(ui::timeFromText(QStringLiteral("30,5"), near), near + milliseconds(19'250));
  EXPECT_EQ(ui::timeFromText(QStringLiteral("3:00"), near), near + milliseconds(48'750));
  for (const char* wrong : {"", "a", "1:2:3:4", "25:00:00", "1.5:00", "70", "-3"}) {
    EXPECT_FALSE(ui::timeFromText(QString::fromLatin1(wrong), near)) << wrong;
  }
}

TEST(LabelTable, ALabelIsMeantByNumberNameOrItsBeginning) {
  const auto all = cards({});

  EXPECT_EQ(ui::labelFromText(QStringLiteral("kettle"), all), 2);
  EXPECT_EQ(ui::labelFromText(QStringLiteral("2"), all), 3);
  EXPECT_EQ(ui::labelFromText(QStringLiteral("ta"), all), 3);
  EXPECT_FALSE(ui::labelFromText(QStringLiteral("x"), all));
  EXPECT_FALSE(ui::labelFromText(QStringLiteral(" "), all));
}

}  // namespace
