#include "ui/models/adaptation_chart.h"

#include <gtest/gtest.h>

#include "tests/ui/sample_past.h"

namespace {

/// Examples 1, 2, ... of one label; those in `corrections` came as corrections.
app::Snapshot snapshotWith(const std::vector<std::int64_t>& ids,
                           const std::vector<std::int64_t>& corrections) {
  app::Snapshot snapshot;
  app::LabelCard card;
  for (const std::int64_t id : ids) {
    app::Example example;
    example.demonstration.id = id;
    const bool corrected =
        std::find(corrections.begin(), corrections.end(), id) != corrections.end();
    example.demonstration.origin =
        corrected ? learners::Origin::Correction : learners::Origin::Person;
    card.examples.push_back(example);
  }
  snapshot.cards.push_back(card);
  return snapshot;
}

std::shared_ptr<const app::ModelLineage> model(int version, double accuracy,
                                               const std::vector<std::int64_t>& learnt) {
  app::ModelLineage made{.version = version,
                         .hash = "m" + std::to_string(version),
                         .since = {version * 1'000'000'000LL},
                         .heldOut = accuracy > 0,
                         .accuracy = accuracy};
  for (const std::int64_t id : learnt) {
    made.learnt.push_back({.id = id, .label = 1});
  }
  return std::make_shared<const app::ModelLineage>(made);
}

TEST(AdaptationChart, EachModelIsAMarkWithWhatIsNewInIt) {
  app::LibraryContents contents;
  contents.models = {model(1, 0, {1, 2}), model(2, 0.72, {1, 2, 3}),
                     model(3, 0.93, {1, 3, 4, 5})};

  const ui::LinesValue value =
      ui::check::adaptation(contents, snapshotWith({1, 2, 3, 4, 5}, {4, 5}));

  ASSERT_EQ(value.series.size(), 1U);
  const auto& points = value.series[0].points;
  ASSERT_EQ(points.size(), 2U);  // the first was not tested honestly
  EXPECT_EQ(points[0].examples, (ui::ExampleIds{3}));
  EXPECT_EQ(points[1].examples, (ui::ExampleIds{4, 5}));
  EXPECT_TRUE(points[1].text.contains("2 new examples, of them corrections: 2"))
      << points[1].text.toStdString();
  EXPECT_EQ(value.steps, (QStringList{"2", "3 +2"}));
  EXPECT_TRUE(value.words.title.startsWith("From 72")) << value.words.title.toStdString();
}

TEST(AdaptationChart, AFallIsSaidAsOne) {
  app::LibraryContents contents;
  contents.models = {model(1, 0.9, {1}), model(2, 0.8, {1, 2})};

  EXPECT_TRUE(ui::check::adaptation(contents, snapshotWith({1, 2}, {}))
                  .words.title.startsWith("Fell from 90"));
}

TEST(AdaptationChart, WithoutAnHonestScoreItSaysSo) {
  const ui::LinesValue value = ui::check::adaptation({}, {});

  EXPECT_TRUE(value.series[0].points.empty());
  EXPECT_TRUE(value.words.title.contains("No model has an honest score"));
}

TEST(AdaptationChart, OfManyModelsTheNewestAreShown) {
  app::LibraryContents contents;
  for (int version = 1; version <= 40; ++version) {
    contents.models.push_back(model(version, 0.5 + 0.01 * version, {version}));
  }

  const ui::LinesValue value = ui::check::adaptation(contents, {});

  EXPECT_EQ(value.series[0].points.size(), 24U);
  EXPECT_EQ(value.steps.back(), QStringLiteral("40"));
}

}  // namespace
