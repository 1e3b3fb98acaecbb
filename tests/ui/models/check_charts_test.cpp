#include "ui/models/check_charts.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <set>

#include "tests/ui/sample_check.h"
#include "ui/translation.h"

namespace {

using namespace ui;

QString plain(QString text) { return text.replace(QChar(0x202F), QLatin1Char(' ')); }

/// Two labels and the background, three windows each but what `says` changes.
app::CheckReport small(const std::vector<int>& says) {
  app::CheckReport report;
  report.labels = {sample::label(1, "Background", 0), sample::label(2, "Kettle", 1),
                   sample::label(3, "Tap", 2)};
  report.background = 0;
  report.version = 2;
  for (int i = 0; i < static_cast<int>(says.size()); ++i) {
    const base::Time begin = sample::kNow + sample::fromSeconds(10 * (i / 3) + 0.5 * (i % 3));
    report.windows.push_back({.unit = 10 + i / 3,
                              .group = 10 + i / 3,
                              .label = i / 3 % 3,
                              .said = says[static_cast<std::size_t>(i)],
                              .certainty = 0.5F + 0.05F * static_cast<float>(i),
                              .span = {begin, begin + sample::fromSeconds(1)}});
  }
  report.examples = report.recordings = (says.size() + 2) / 3;
  return report;
}

TEST(CheckCharts, AllWindowsAreInTheMatrixOnceAndRowsAddUp) {
  const app::CheckReport report = sample::report();
  const MatrixValue value = check::confusion(report);

  std::size_t all = 0;
  for (const MatrixValue::Cell& cell : value.cells) all += cell.count;
  EXPECT_EQ(all, report.windows.size());
  EXPECT_EQ(value.was.back(), "nothing");
  EXPECT_EQ(value.said.back(), "not known");
  const auto columns = static_cast<std::size_t>(value.said.size());
  for (std::size_t row = 0; row < static_cast<std::size_t>(value.was.size()); ++row) {
    double shares = 0;
    for (std::size_t c = 0; c < columns; ++c) shares += value.cells[row * columns + c].share;
    EXPECT_NEAR(shares, 1, 1e-9);
  }
}

TEST(CheckCharts, TheMatrixSaysItsWorstConfusionAndKeepsWhatIsBehindIt) {
  const auto report = small({0, 0, 0, 1, 2, 2, 2, 2, 2});
  const MatrixValue value = check::confusion(report);

  EXPECT_EQ(value.words.title, "Kettle is taken for Tap 2 times in 3");
  const int worst = check::worstCell(value);
  ASSERT_GE(worst, 0);
  EXPECT_EQ(value.cells[static_cast<std::size_t>(worst)].examples, (ExampleIds{11}));
  EXPECT_EQ(value.words.note,
            "computed from 3 examples in 3 recordings, not used for training");
}

TEST(CheckCharts, WhereEverythingIsRightTheMatrixSaysSo) {
  const MatrixValue value = check::confusion(small({0, 0, 0, 1, 1, 1, 2, 2, 2}));

  EXPECT_EQ(value.words.title, "Every answer was right");
  EXPECT_EQ(check::worstCell(value), -1);
}

/// What another model says about windows 3 to 8 of small().
app::CheckRival rivalOf(const app::CheckReport& report, const std::vector<int>& says) {
  app::CheckRival rival{.ensembleHash = "r", .version = 1, .windows = {}, .of = {}};
  for (std::size_t i = 0; i < says.size(); ++i) {
    app::CheckedWindow window = report.windows[3 + i];
    window.said = says[i];
    rival.windows.push_back(window);
    rival.of.push_back(3 + i);
  }
  return rival;
}

TEST(CheckCharts, TwoModelsAreComparedOnTheWindowsBothWereAskedAboutAlone) {
  const auto report = small({1, 1, 1, 1, 2, 2, 2, 2, 2});
  const auto rival = rivalOf(report, {1, 1, 1, 0, 0, 2});

  const MatrixValue value = check::confusion(report, &rival);

  ASSERT_TRUE(value.compared());
  EXPECT_EQ(value.name, "model 2");
  EXPECT_EQ(value.other, "model 1");
  EXPECT_EQ(value.words.title, "Model 2 errs 2 times in 6, model 1 2 times");
  EXPECT_EQ(value.words.note,
            "both asked about the same 6 windows of 2 recordings, from which neither had learnt");
  std::size_t all = 0;
  std::size_t others = 0;
  for (const MatrixValue::Cell& cell : value.cells) {
    all += cell.count;
    others += cell.countOther;
  }
  EXPECT_EQ(all, 6U) << "not those of Background, which the other was not asked about";
  EXPECT_EQ(others, 6U);
  const auto worst = static_cast<std::size_t>(check::worstCell(value));
  EXPECT_NEAR(value.cells[worst].more(), 2.0 / 3, 1e-9);
}

TEST(CheckCharts, TheOtherModelIsTickedOnTheSameWindows) {
  const auto report = small({1, 1, 1, 1, 2, 2, 2, 2, 2});
  const auto rival = rivalOf(report, {1, 1, 1, 0, 0, 2});

  const BarsValue value = check::perLabel(report, check::Measure::Recall, &rival);

  EXPECT_EQ(value.bars[0].name, "Kettle");
  EXPECT_NEAR(value.bars[0].limit.value_or(0), 1, 1e-9);
  EXPECT_EQ(plain(value.bars[0].text), "33 % · model 1: 100 %");
  EXPECT_NEAR(value.bars[1].limit.value_or(0), 1.0 / 3, 1e-9);
  EXPECT_EQ(value.bars.back().text, "not asked") << "Background";
}

TEST(CheckCharts, DaysOfALabelAreComparedWhereChanceDoesNotExplainThem) {
  app::CheckReport report = small({});
  for (int i = 0; i < 40; ++i) {  // twenty Kettles a day; on the second they are Taps
    const bool second = i >= 20;
    const base::Time begin =
        sample::kNow + std::chrono::hours(second ? 48 : 0) + std::chrono::minutes(i);
    report.windows.push_back({.unit = i,
                              .group = i,
                              .label = 1,
                              .said = second ? 2 : 1,
                              .certainty = 0.9F,
                              .span = {begin, begin + sample::fromSeconds(1)}});
  }

  const BarsValue differ = check::byDay(report, 1);
  ASSERT_EQ(differ.bars.size(), 2U);
  EXPECT_GT(differ.bars[0].name, differ.bars[1].name) << "the newest first";
  EXPECT_EQ(differ.bars[0].value, 0);
  EXPECT_TRUE(differ.words.title.startsWith("Kettle is recognised less on " + differ.bars[0].name));
  EXPECT_EQ(differ.bars[0].examples.size(), 20U);

  report.windows.erase(report.windows.begin() + 22, report.windows.end());
  report.windows.back().said = 1;
  EXPECT_TRUE(check::byDay(report, 1).words.title.startsWith("Kettle is recognised alike"));
  report.windows.erase(report.windows.begin() + 20, report.windows.end());
  EXPECT_EQ(check::byDay(report, 1).words.title, "Kettle was recorded on one day only");
  EXPECT_EQ(check::byDay(report, 2).words.title, "Tap was not asked about");
}

TEST(CheckCharts, TheTrailIsOnItsOwnMapWithTheOldestFaintest) {
  const app::CheckReport report = sample::report();
  const auto trails = sample::trails(report);
  const auto points = check::map(report, app::CheckMap::Kind::Pca).points.size();

  const ScatterValue value = check::map(report, app::CheckMap::Kind::Pca, trails, sample::kNow);

  EXPECT_EQ(value.points.size(), points);
  ASSERT_EQ(value.trail.size(), trails[0].points.size());
  for (std::size_t i = 1; i < value.trail.size(); ++i) {
    EXPECT_LT(value.trail[i].age, value.trail[i - 1].age);
  }
  EXPECT_NEAR(value.trail.front().age, 47.0 / 60, 1e-9);
  EXPECT_EQ(value.trail.front().text, "47 min ago: Kettle");
  EXPECT_EQ(value.trail.back().text, "30 s ago: nothing known");
  EXPECT_EQ(std::count_if(value.trail.begin(), value.trail.end(),
                          [](const auto& step) { return !step.joined; }),
            2)
      << "where it begins, and where it begins anew";
  EXPECT_TRUE(value.trailName.startsWith("the last 47 min"));
  app::CheckReport other = report;
  for (app::CheckMap& map : other.maps) map.projection = sample::projection();
  EXPECT_TRUE(check::map(other, app::CheckMap::Kind::Pca, trails, sample::kNow).trail.empty());
}

TEST(CheckCharts, LabelsComeWeakestFirstWithIntervalsAndN) {
  const BarsValue value = check::perLabel(sample::report(), check::Measure::Recall);

  ASSERT_EQ(value.bars.size(), 4);
  EXPECT_EQ(value.bars.front().name, "Blender");
  for (std::size_t i = 1; i < value.bars.size(); ++i) {
    EXPECT_LE(value.bars[i - 1].value, value.bars[i].value);
  }
  for (const BarsValue::Bar& bar : value.bars) {
    ASSERT_TRUE(bar.interval.has_value());
    EXPECT_LE(bar.interval->first, bar.value);
    EXPECT_GE(bar.interval->second, bar.value);
    EXPECT_TRUE(bar.text.contains("n ")) << bar.text.toStdString();
  }
}

TEST(CheckCharts, PrecisionAsksWhatWasSaidAndRecallWhatWas) {
  const auto report = small({0, 0, 0, 1, 2, 2, 2, 2, 2});

  const BarsValue recall = check::perLabel(report, check::Measure::Recall);
  const BarsValue precision = check::perLabel(report, check::Measure::Precision);

  EXPECT_EQ(recall.bars.front().name, "Kettle");
  EXPECT_NEAR(recall.bars.front().value, 1.0 / 3, 1e-9);
  EXPECT_EQ(precision.bars.front().name, "Tap");
  EXPECT_NEAR(precision.bars.front().value, 3.0 / 5, 1e-9);
}

TEST(CheckCharts, AHigherLimitGivesFewerAnswersAndTheTitleSaysHowMany) {
  const app::CheckReport report = sample::report();
  const LinesValue low = check::coverage(report, {.tried = 0.4});
  const LinesValue high = check::coverage(report, {.tried = 0.9});

  const auto& given = low.series[0].points;
  for (std::size_t i = 1; i < given.size(); ++i) EXPECT_LE(given[i].y, given[i - 1].y);
  EXPECT_TRUE(plain(low.words.title).startsWith("At 40 %, 100 % of answers are given"))
      << low.words.title.toStdString();
  EXPECT_NE(low.words.title, high.words.title);
  EXPECT_EQ(high.limit->x, 0.9);
}

TEST(CheckCharts, FalseAlarmsAreRunsOfWindowsInWhichNothingHappened) {
  const auto report = small({1, 1, 0, 1, 1, 1, 2, 2, 2});

  const LinesValue value = check::coverage(report, {.tried = 0});

  EXPECT_TRUE(value.words.note.startsWith("1 false alarm in 2 s of nothing"))
      << value.words.note.toStdString();
}

TEST(CheckCharts, FalseAlarmsOfADayAreSaidWhereLongEnoughNothingHappened) {
  auto report = small({1, 1, 0, 1, 1, 1, 2, 2, 2});
  EXPECT_FALSE(check::coverage(report, {}).words.note.contains("a day"));
  for (int i = 0; i < 3; ++i) {
    report.windows[static_cast<std::size_t>(i)].span = {
        sample::kNow + std::chrono::minutes(20 * i),
        sample::kNow + std::chrono::minutes(20 * i + 20)};
  }

  // One in an hour is 24 a day; one event may stand for 0.013 to 5.56 of them (Byar).
  EXPECT_EQ(plain(check::coverage(report, {.tried = 0}).words.note).section("; ", 0, 0),
            "1 false alarm in 1 h 0 min of nothing: 24 a day (0 to 134)");
}

TEST(CheckCharts, InForceEveryAnswerIsMeasuredByTheLimitOfWhatItSays) {
  auto report = small({0, 0, 0, 1, 2, 2, 2, 2, 2});  // certainties 50 %, 55 %, ... 90 %
  report.limits = {0.5F, 0.65F, 0.95F};
  const app::OwnLimits own = {{1, 0.54F}};

  const auto all = check::meaningOf(report, {.own = own});
  EXPECT_EQ(all.answers, 9U);
  EXPECT_EQ(all.given, 3U) << "nothing twice, Kettle once, Tap never";
  EXPECT_EQ(all.right, 3U);
  const auto tap = check::meaningOf(report, {.label = 2, .own = own, .tried = 0.7});
  EXPECT_EQ(tap.answers, 5U);
  EXPECT_EQ(tap.given, 5U);
  EXPECT_EQ(tap.right, 3U);
}

TEST(CheckCharts, WhatTheGateAnsweredIsGivenWhateverTheLimit) {
  auto report = small({0, 0, 0, 1, 1, 1, 2, 2, 2});
  report.windows[0].byGate = report.windows[1].byGate = true;

  const auto meaning = check::meaningOf(report, {.tried = 1.0});

  EXPECT_EQ(meaning.given, 2U);
  EXPECT_EQ(check::coverage(report, {}).series[0].points.back().y, 2.0 / 9);
}

TEST(CheckCharts, WhereNoAnswerIsSureEnoughNoneIsGiven) {
  auto report = small({0, 0, 0, 1, 1, 1, 2, 2, 2});
  for (auto& window : report.windows) window.certainty = 1;
  report.limits = {0.6F, 1.5F, 0.6F};

  EXPECT_EQ(check::meaningOf(report, {.label = 1}).given, 0U);
  EXPECT_EQ(check::meaningOf(report, {.label = 1, .own = {{2, 1.0F}}}).given, 3U);
}

TEST(CheckCharts, WhyAPartIsNotThereIsSaidInTheLanguageOfTheWindow) {
  TsTranslator german;
  ASSERT_TRUE(german.read(QStringLiteral(":/translations/de.ts")));
  QCoreApplication::installTranslator(&german);

  EXPECT_EQ(check::trouble("Of what model 12 had learnt too little is left to compare it."),
            QStringLiteral("Von dem, was Modell 12 gelernt hatte, ist zu wenig übrig, um es zu "
                           "vergleichen."));
  EXPECT_EQ(check::trouble("The examples have no times."), "Die Beispiele haben keine Zeiten.");
  EXPECT_EQ(check::trouble("something else"), "something else");
  EXPECT_EQ(check::nameOf(app::CheckPart::Curve), "die Lernkurve");
  QCoreApplication::removeTranslator(&german);
}

TEST(CheckCharts, TheMarkSaysWhatALimitWouldMeanBesideTheOneInForce) {
  const app::CheckReport report = sample::report();
  const auto rest = check::coverage(report, {.label = 1});
  const auto moved = check::coverage(report, {.label = 1, .tried = 0.9});

  EXPECT_FALSE(rest.limit->was);
  EXPECT_NEAR(rest.limit->x, 0.7, 1e-6);
  EXPECT_TRUE(plain(rest.limit->spoken).startsWith("Limit of Kettle, 70 %: "));
  EXPECT_NEAR(*moved.limit->was, 0.7, 1e-6);
  EXPECT_TRUE(plain(moved.limit->spoken).startsWith("90 %: "));
  EXPECT_TRUE(plain(moved.limit->spoken).contains("; instead of 70 %"));
  EXPECT_TRUE(moved.limit->spoken.contains("false alarms in"));
  EXPECT_EQ(plain(check::reliability(report, {.label = 1}).limit->text), "limit of Kettle: 70 %");
}

TEST(CheckCharts, ALimitBelowTheAxisMakesTheAxisLonger) {
  const app::CheckReport report = sample::report();
  EXPECT_EQ(check::coverage(report, {}).left, 0.4);
  const auto value = check::coverage(report, {.label = 1, .own = {{2, 0.25F}}});
  EXPECT_NEAR(value.left, 0.2, 1e-9);
  EXPECT_EQ(value.series[0].points.front().x, value.left);
}

TEST(CheckCharts, TheLimitsThatCanBeMovedAreThatOfAllAndOneOfEachLabel) {
  const auto rows = check::limitRows(sample::report(), {{3, 0.5F}});

  ASSERT_EQ(rows.size(), 5U);
  EXPECT_EQ(rows[0].label, app::kEveryLabel);
  EXPECT_TRUE(rows[0].own) << "some are a person's: all can be as tested again";
  EXPECT_NEAR(rows[0].limit, (0.6 + 0.7 + 0.5 + 0.8) / 4, 1e-6);
  EXPECT_TRUE(rows[3].own);
  EXPECT_FALSE(rows[2].own);
  EXPECT_FALSE(rows[0].even);
  EXPECT_TRUE(
      check::limitRows(sample::report(), {{1, 0.7F}, {2, 0.7F}, {3, 0.7F}, {4, 0.7F}})[0].even);
}

TEST(CheckCharts, TheLimitOfALabelIsItsOwn) {
  app::CheckReport report = sample::report();
  EXPECT_NEAR(check::limitOf(report, 3), 0.8, 1e-6);
  EXPECT_NEAR(check::limitOf(report, 3, {{report.labels[3].id, 0.55F}}), 0.55, 1e-6);
  report.limits.clear();
  EXPECT_EQ(check::limitOf(report, 3), 0.6);
}

TEST(CheckCharts, TheCurveSaysWhatTwoMoreWouldBring) {
  EXPECT_EQ(check::learningCurve(sample::report()).words.title, "2 more Blender now ≈ +4 points (±3)");
}

TEST(CheckCharts, TheCurveShowsTheLabelsFoundLeastFirst) {
  const LinesValue value = check::learningCurve(sample::report());

  ASSERT_EQ(value.series.size(), 6);  // what was tried, the guess, and each label that was tested
  EXPECT_EQ(value.series[2].name, "Blender");
  EXPECT_EQ(value.series[5].name, "nothing");
  EXPECT_EQ(plain(value.series[2].points.back().text),
            "10.0 of each label: recall of Blender is 73 %");
  for (const auto& series : value.series) {
    for (const auto& point : series.points) EXPECT_GE(point.y, value.bottom);
  }
}

TEST(CheckCharts, OnlyLabelsThatLookWrongAreListed) {
  const BarsValue value = check::suspicious(sample::report());

  EXPECT_EQ(value.words.title, "2 examples may carry the wrong label");
  ASSERT_EQ(value.bars.size(), 2);
  EXPECT_EQ(value.bars[0].examples, (ExampleIds{402}));
  EXPECT_EQ(value.bars[0].text, "rather Kettle");
}

TEST(CheckCharts, TheTimelineCoversEveryExampleAndCountsThoseNeverNoticed) {
  const RibbonsValue value = check::timeline(sample::report());

  std::set<std::int64_t> shown;
  for (const auto& span : value.was) shown.insert(span.examples.front());
  EXPECT_EQ(shown.size(), 48);
  EXPECT_TRUE(value.words.title.startsWith("1 of 34 examples were never noticed"));
  for (const auto& span : value.said) {
    EXPECT_LT(span.begin, span.end);
    EXPECT_LE(span.end, value.length + 1e-9);
  }
}

TEST(CheckCharts, AWorseHouseSaysWhoSuffersMost) {
  const auto report = sample::wholeReport();
  const LinesValue value = check::whatIf(report, report.whatIf[0], {});

  EXPECT_EQ(value.series.size(), 4);
  EXPECT_EQ(plain(value.words.title), "0 dB: Tap falls from 91 % to 11 %");
  EXPECT_EQ(value.steps.front(), "as it was");
}

}  // namespace
