#include "ui/models/source_choices.h"

#include <gtest/gtest.h>

#include "ui/models/skew_words.h"

namespace {

using sensors::Fill;

app::SourceView motion() {
  app::SourceView view;
  view.info = {.id = "k/imu",
               .name = "Kitchen",
               .kind = sensors::SourceKind::Motion,
               .channels = {{"x", "m/s^2"}, {"y", "m/s^2"}},
               .rate = 50};
  view.extractor = "motion";
  return view;
}

const std::vector<app::ExtractorOption> kOptions = {
    {.id = "motion", .features = 120},
    {.id = "onnx_cat_1a2b3c4d", .features = 8, .licence = "MIT", .sha256 = "1a2b3c4d5e6f7a8b"}};

TEST(SourceChoices, SayHowEachChannelIsFilledAndWhichFeaturesAreTaken) {
  app::Snapshot snapshot;
  snapshot.task.choices["k/imu"] = {.extractor = "onnx_cat_1a2b3c4d", .fill = {{"y", Fill::Hold}}};
  const auto made = ui::sourceChoices(snapshot, motion(), kOptions);
  ASSERT_EQ(made.channels.size(), 2u);
  EXPECT_EQ(made.fills[static_cast<std::size_t>(made.channels[0].chosen)], Fill::Missing);
  EXPECT_EQ(made.fills[static_cast<std::size_t>(made.channels[1].chosen)], Fill::Hold);
  EXPECT_EQ(made.extractor, 1);
  EXPECT_EQ(made.extractorNames, (QStringList{"Movement", "Network cat"}));
  EXPECT_TRUE(made.extractorTips[0].contains("Usual"));
  EXPECT_TRUE(made.extractorTips[1].contains("MIT"));
  EXPECT_TRUE(made.extractorTips[1].contains("1a2b3c4d5e6f"));
  EXPECT_TRUE(made.flag.isEmpty());
}

TEST(SourceChoices, OneThatIsNotUsedYetShowsWhatIsUsualForIt) {
  app::SourceView unused = motion();
  unused.extractor.clear();

  const auto made = ui::sourceChoices({}, unused, {{.id = "levels"}, {.id = "motion"}});

  EXPECT_EQ(made.extractor, 1);
}

TEST(SourceChoices, ManyChannelsShareOneChoice) {
  app::SourceView wide = motion();
  wide.info.channels.assign(40, {"v", "1"});
  const auto made = ui::sourceChoices({}, wide, {});
  ASSERT_EQ(made.channels.size(), 1u);
  EXPECT_TRUE(made.channels[0].channel.empty());
  EXPECT_EQ(made.extractor, -1);
}

TEST(SourceChoices, PicturesHaveAPartInsteadOfGaps) {
  app::SourceView camera;
  camera.info = {.id = "c", .kind = sensors::SourceKind::Picture};
  camera.extractor = "scene@10,20,60,80";
  const auto made = ui::sourceChoices({}, camera, {{.id = "scene", .features = 40}});
  EXPECT_TRUE(made.isPicture);
  EXPECT_TRUE(made.channels.empty());
  EXPECT_EQ(made.extractor, 0);
  EXPECT_EQ(made.region, (sensors::Region{0.1, 0.2, 0.6, 0.8}));
  EXPECT_EQ(ui::extractorWith("scene", made.region), "scene@10,20,60,80");
  EXPECT_EQ(ui::extractorWith("scene", {}), "scene");
}

TEST(SourceChoices, SayWhatIsNotLearntFromAndThatItIsAllTheSame) {
  app::SourceView flagged = motion();
  flagged.flag = app::Flag{"k/imu", "x", sensors::Fault::Frozen, {{1}, {2}}};
  flagged.flaggedExamples = 3;
  app::Snapshot snapshot;
  const QString text = ui::sourceChoices(snapshot, flagged, {}).flag;
  EXPECT_TRUE(text.contains("x stands still since"));
  EXPECT_TRUE(text.contains("3 examples are left out"));

  snapshot.task.choices["k/imu"].learnFlagged = true;
  const auto anyway = ui::sourceChoices(snapshot, flagged, {});
  EXPECT_TRUE(anyway.learnFlagged);
  EXPECT_TRUE(anyway.flag.contains("also where"));
}

TEST(SkewWords, NameTheWorstFeatureWithBothValuesAndTheUnit) {
  app::SkewView skew{.state = app::SkewView::State::Ready, .frames = 100, .features = 120, .differing = 2};
  skew.worst = {{.source = "k/imu", .name = "k/imu x mean", .unit = "m/s^2", .distance = 0.83, .taught = 0.1, .now = 9.7},
                {.source = "plug", .name = "plug power", .unit = "W", .distance = 0.5, .taught = 2, .now = 0, .nowMissing = 1}};
  EXPECT_EQ(ui::skewTitle(skew).toStdString(), "2 of 120 features are now unlike what I learnt from.");
  const QString note = ui::skewNote(skew, "k/imu");
  EXPECT_TRUE(note.contains("x mean was 0.1")) << note.toStdString();
  EXPECT_TRUE(note.contains("9.7"));
  EXPECT_TRUE(ui::skewNote(skew, "hall").isEmpty());
  const auto rows = ui::skewRows(skew);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].distance, "83 %");
  EXPECT_EQ(rows[1].now, "missing");
  EXPECT_TRUE(ui::skewTitle({}).contains("nothing to compare"));
}

}  // namespace
