#include "ui/models/check_charts.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/ui/sample_check.h"

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

TEST(CheckCharts, TwoModelsAreComparedWhereTheyKnowTheSameLabels) {
  const auto now = small({0, 0, 0, 1, 2, 2, 2, 2, 2});
  auto before = small({0, 0, 0, 1, 1, 1, 2, 2, 2});
  const MatrixValue value = check::confusion(now, &before);

  ASSERT_TRUE(value.compared);
  const auto worst = static_cast<std::size_t>(check::worstCell(value));
  EXPECT_NEAR(value.cells[worst].more, 2.0 / 3, 1e-9);
  before.labels.pop_back();
  EXPECT_FALSE(check::confusion(now, &before).compared);
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
  const LinesValue low = check::coverage(report, -1, 0.4);
  const LinesValue high = check::coverage(report, -1, 0.9);

  const auto& given = low.series[0].points;
  for (std::size_t i = 1; i < given.size(); ++i) EXPECT_LE(given[i].y, given[i - 1].y);
  EXPECT_TRUE(plain(low.words.title).startsWith("At 40 %, 100 % of answers are given"));
  EXPECT_NE(low.words.title, high.words.title);
  EXPECT_EQ(high.limit->x, 0.9);
}

TEST(CheckCharts, FalseAlarmsAreRunsOfWindowsInWhichNothingHappened) {
  const auto report = small({1, 1, 0, 1, 1, 1, 2, 2, 2});

  const LinesValue value = check::coverage(report, -1, 0);

  EXPECT_TRUE(value.words.note.startsWith("1 false alarm in 2 s of nothing"))
      << value.words.note.toStdString();
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
