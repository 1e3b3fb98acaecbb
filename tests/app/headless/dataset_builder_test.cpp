#include "app/dataset_builder.h"

#include <cmath>
#include <gtest/gtest.h>

#include "app/recording_frames.h"
#include "plugins/host/built_in.h"
#include "tests/support/temp_project.h"

namespace app {
namespace {

using learners::Demonstration;
using learners::Origin;
using sensors::SourceInfo;
using sensors::SourceKind;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr base::Time kBegin{std::int64_t{1'600'000'000} * 1'000'000'000};
base::Time at(double s) { return kBegin + base::fromSeconds(s); }

class DatasetBuilding : public testing::Test {
 protected:
  DatasetBuilding() {
    EXPECT_TRUE(store_->setTask(settings()));
    tap_ = store_->addLabel({.name = "Tap"}).value();
    fan_ = store_->addLabel({.name = "Fan"}).value();
  }

  static TaskSettings settings() {
    TaskSettings task;
    task.window = {seconds(1), milliseconds(500)};
    return task;
  }

  static SourceInfo motion(const std::string& id) {
    return {.id = id,
            .name = id,
            .kind = SourceKind::Motion,
            .channels = {{"x", "m/s^2"}, {"y", "m/s^2"}, {"z", "m/s^2"}},
            .rate = 50};
  }

  std::int64_t record(double begin, double end, const std::string& group = {},
                      const std::string& tag = {}) {
    return store_
        ->addRecording({.span = {at(begin), at(end)}, .name = {}, .group = group, .splitTag = tag})
        .value();
  }

  /// Rows of `source` whose x is `level`, the others waves.
  void fill(std::int64_t recording, const SourceInfo& source, double begin, double end,
            float level) {
    EXPECT_TRUE(store_->declareSource(source));
    auto block = std::make_shared<sensors::Block>();
    block->source = std::make_shared<const SourceInfo>(source);
    block->start = at(begin);
    block->step = base::fromSeconds(1 / source.rate);
    sensors::Samples samples;
    samples.channels = source.channels.size();
    samples.rows = static_cast<std::size_t>(std::lround((end - begin) * source.rate));
    for (std::size_t row = 0; row < samples.rows; ++row) {
      for (std::size_t c = 0; c < samples.channels; ++c) {
        samples.values.push_back(
            c == 0 ? level : static_cast<float>(std::sin(static_cast<double>(row) * 0.7)));
      }
    }
    block->content = std::move(samples);
    EXPECT_TRUE(store_->appendChunks(recording, {block}));
  }

  std::int64_t demonstrate(std::int64_t recording, learners::LabelId label, double begin,
                           double end, Origin origin = Origin::Person) {
    return store_
        ->addDemonstration({.label = label,
                            .span = {at(begin), at(end)},
                            .recording = recording,
                            .origin = origin,
                            .author = {},
                            .modelHash = {}})
        .value();
  }

  learners::DatasetPtr build() {
    auto data = builder_.build(settings());
    EXPECT_TRUE(data) << (data ? "" : data.error().message);
    return data ? *data : nullptr;
  }

  /// Column of the first feature whose name ends so.
  static std::size_t feature(const learners::Dataset& data, const std::string& ending) {
    const auto& features = data.content().layout.features;
    for (std::size_t i = 0; i < features.size(); ++i) {
      if (features[i].name.ends_with(ending)) return i;
    }
    ADD_FAILURE() << "no feature " << ending;
    return 0;
  }

  support::TempProject project_;
  std::unique_ptr<ProjectStore> store_ = project_.open();
  plugins::Registry registry_ = plugins::builtIn();
  DatasetBuilder builder_{*store_, registry_};
  learners::LabelId tap_ = 0;
  learners::LabelId fan_ = 0;
};

TEST_F(DatasetBuilding, WindowsLandInTheExampleThatCoversThem) {
  const auto recording = record(0, 10);
  fill(recording, motion("k/imu"), 0, 5, 1);
  fill(recording, motion("k/imu"), 5, 10, 7);
  const auto first = demonstrate(recording, tap_, 0, 5);
  const auto second = demonstrate(recording, fan_, 5, 10);

  const auto data = build();

  ASSERT_NE(data, nullptr);
  // Windows of 1 s begin each half second, 0 .. 9 s; the one at 4.5 s lies half in each, and then
  // the newer example has it.
  ASSERT_EQ(data->rows(), 19U);
  const std::size_t mean = feature(*data, "x mean");
  for (std::size_t row = 0; row < data->rows(); ++row) {
    const auto& content = data->content();
    const double begin = base::toSeconds(content.span[row].begin - kBegin);
    EXPECT_EQ(content.labels[content.label[row]].name, begin < 4.5 ? "Tap" : "Fan") << begin;
    EXPECT_EQ(content.unit[row], begin < 4.5 ? first : second) << begin;
    EXPECT_EQ(content.group[row], recording);
    const double x = begin < 4.5 ? 1 : begin > 4.5 ? 7 : 4;
    EXPECT_NEAR(data->row(row)[mean], x, 1e-4) << begin;
  }
}

TEST_F(DatasetBuilding, WhereASourceIsFlaggedItsPartIsMissingAndWithoutOthersTheRow) {
  const auto recording = record(0, 10);
  fill(recording, motion("k/imu"), 0, 10, 1);
  demonstrate(recording, tap_, 0, 10);
  const std::vector<Flag> flags = {{"k/imu", "x", sensors::Fault::Frozen, {at(4), at(6)}}};
  ASSERT_TRUE(setFlags(*store_, flags));

  const auto alone = build();
  ASSERT_NE(alone, nullptr);
  // Of the 19 windows those begun after 3.0 and before 6.0 s touch the stretch: 3.5 .. 5.5.
  EXPECT_EQ(alone->rows(), 14U);

  fill(recording, motion("k/other"), 0, 10, 2);
  const auto beside = build();
  ASSERT_NE(beside, nullptr);
  EXPECT_EQ(beside->rows(), 19U);
  const std::size_t mean = feature(*beside, "imu x mean");
  // Other features of a level that never changes are missing by themselves.
  const auto missingMeans = [&](const learners::Dataset& data) {
    std::size_t missing = 0;
    for (std::size_t row = 0; row < data.rows(); ++row) missing += data.missing(row)[mean];
    return missing;
  };
  EXPECT_EQ(missingMeans(*beside), 5U);

  TaskSettings anyway = settings();
  anyway.choices["k/imu"].learnFlagged = true;
  const auto all = builder_.build(anyway);
  ASSERT_TRUE(all);
  EXPECT_EQ((*all)->rows(), 19U);
  EXPECT_EQ(missingMeans(**all), 0U);
}

TEST_F(DatasetBuilding, GapsAreFilledAsTheTaskSaysPerChannel) {
  const auto recording = record(0, 4);
  SourceInfo info = motion("k/imu");
  ASSERT_TRUE(store_->declareSource(info));
  auto block = std::make_shared<sensors::Block>();
  block->source = std::make_shared<const SourceInfo>(info);
  block->start = at(0);
  block->step = milliseconds(20);
  sensors::Samples samples{.rows = 200, .channels = 3};
  for (std::size_t row = 0; row < samples.rows; ++row) {
    const bool gone = row % 5 == 4;  // each fifth row, in all channels but z
    for (std::size_t c = 0; c < 3; ++c) {
      samples.values.push_back(gone && c < 2 ? 0 : static_cast<float>(row));
      samples.missing.push_back(gone && c < 2 ? 1 : 0);
    }
  }
  block->content = std::move(samples);
  ASSERT_TRUE(store_->appendChunks(recording, {block}));
  demonstrate(recording, tap_, 0, 4);

  TaskSettings filled = settings();
  filled.choices["k/imu"].fill["x"] = sensors::Fill::Interpolate;
  const auto data = builder_.build(filled);
  ASSERT_TRUE(data);
  const learners::Dataset& rows = **data;
  const std::size_t x = feature(rows, "x mean");
  const std::size_t y = feature(rows, "y mean");
  const std::size_t z = feature(rows, "z mean");
  for (std::size_t row = 1; row + 1 < rows.rows(); ++row) {
    // A ramp with its gaps drawn straight is the ramp; without them its mean is another one.
    EXPECT_NEAR(rows.row(row)[x], rows.row(row)[z], 0.11);
    EXPECT_GT(std::abs(rows.row(row)[y] - rows.row(row)[z]), 0.2);
  }
}

TEST_F(DatasetBuilding, ImportedExamplesOnlyTakeWindowsThatLieWhollyInThem) {
  const auto recording = record(0, 10);
  fill(recording, motion("k/imu"), 0, 10, 1);
  demonstrate(recording, tap_, 0, 4.9, Origin::Import);
  demonstrate(recording, fan_, 4.9, 10, Origin::Import);

  const auto data = build();

  ASSERT_NE(data, nullptr);
  // Tap: begins 0 .. 3.5 (8 windows); Fan: begins 5 .. 9 (9 windows).
  EXPECT_EQ(data->rows(), 17U);
  EXPECT_EQ(data->countPerLabel(), (std::vector<std::size_t>{8, 9}));
}

TEST_F(DatasetBuilding, DisabledExamplesAndLabelsWithoutRowsAreLeftOut) {
  const auto recording = record(0, 10);
  fill(recording, motion("k/imu"), 0, 10, 1);
  demonstrate(recording, tap_, 0, 5);
  const auto id = demonstrate(recording, fan_, 5, 10);
  auto disabled = store_->demonstrations()->at(1);
  ASSERT_EQ(disabled.id, id);
  disabled.enabled = false;
  ASSERT_TRUE(store_->updateDemonstration(disabled));

  const auto data = build();

  ASSERT_NE(data, nullptr);
  ASSERT_EQ(data->labelCount(), 1U);
  EXPECT_EQ(data->content().labels[0].name, "Tap");
}

TEST_F(DatasetBuilding, ASourceThatARecordingLacksIsMasked) {
  const auto both = record(0, 5);
  fill(both, motion("a/imu"), 0, 5, 1);
  fill(both, motion("b/imu"), 0, 5, 2);
  const auto one = record(100, 105);
  fill(one, motion("b/imu"), 100, 105, 3);
  demonstrate(both, tap_, 0, 5);
  demonstrate(one, fan_, 100, 105);

  const auto data = build();

  ASSERT_NE(data, nullptr);
  const auto& parts = data->content().layout.parts;
  ASSERT_EQ(parts.size(), 2U);
  EXPECT_EQ(parts[0].source, "a/imu");
  ASSERT_FALSE(data->content().missing.empty());
  for (std::size_t row = 0; row < data->rows(); ++row) {
    const bool lacks = data->content().group[row] == one;
    EXPECT_EQ(data->missing(row)[parts[0].begin] != 0, lacks) << row;
    EXPECT_EQ(data->missing(row)[parts[1].begin], 0) << row;
  }
}

TEST_F(DatasetBuilding, EverySourceOfARecordingIsInItsRows) {
  const SourceInfo left = motion("a/imu");
  const SourceInfo right = motion("b/imu");
  const auto recording = record(0, 4);
  fill(recording, left, 0, 4, 1);
  fill(recording, right, 0, 4, 2);
  demonstrate(recording, tap_, 0, 4);
  const auto other = record(10, 14);
  fill(other, left, 10, 14, 1);
  fill(other, right, 10, 14, 2);
  demonstrate(other, fan_, 10, 14);
  const plugins::Registry registry = plugins::builtIn();
  DatasetBuilder builder(*store_, registry);

  const auto data = builder.build(settings());

  ASSERT_TRUE(data) << data.error().message;
  const auto& features = (*data)->content().layout.features;
  for (const auto& [name, level] : {std::pair{"a/imu x mean", 1.F}, {"b/imu x mean", 2.F}}) {
    const auto found =
        std::find_if(features.begin(), features.end(),
                     [&, wanted = std::string(name)](const auto& f) { return f.name == wanted; });
    ASSERT_NE(found, features.end()) << name;
    const auto column = static_cast<std::size_t>(found - features.begin());
    for (std::size_t row = 0; row < (*data)->rows(); ++row) {
      EXPECT_FLOAT_EQ((*data)->row(row)[column], level) << name << " row " << row;
    }
  }
}

TEST_F(DatasetBuilding, RecordingsOfOneGroupShareANumberAndTagsTravelAlong) {
  const auto first = record(0, 5, "anna", "train");
  const auto second = record(100, 105, "anna", "train");
  const auto third = record(200, 205, "ben", "test");
  for (const auto& [recording, begin] :
       {std::pair{first, 0.0}, std::pair{second, 100.0}, std::pair{third, 200.0}}) {
    fill(recording, motion("k/imu"), begin, begin + 5, 1);
    demonstrate(recording, tap_, begin, begin + 5);
  }

  const auto data = build();

  ASSERT_NE(data, nullptr);
  EXPECT_EQ(data->content().group.front(), first);
  EXPECT_EQ(data->content().group[data->rows() / 2], first);
  EXPECT_EQ(data->content().group.back(), third);
  EXPECT_EQ(data->content().splitTag.front(), "train");
  EXPECT_EQ(data->content().splitTag.back(), "test");
}

TEST_F(DatasetBuilding, EqualContentHasEqualHashWhetherRememberedOrNot) {
  for (int i = 0; i < 12; ++i) {  // enough recordings for two threads
    const auto recording = record(100 * i, 100 * i + 5);
    fill(recording, motion("k/imu"), 100 * i, 100 * i + 5, static_cast<float>(i));
    demonstrate(recording, i % 2 ? tap_ : fan_, 100 * i, 100 * i + 5);
  }
  DatasetBuilder forgetful(*store_, registry_, 0);

  const auto computed = build();
  const auto remembered = build();
  const auto again = forgetful.build(settings());

  ASSERT_TRUE(computed && remembered && again);
  EXPECT_EQ(computed->hash(), remembered->hash());
  EXPECT_EQ(computed->hash(), (*again)->hash());
  EXPECT_EQ(computed->content().values, (*again)->content().values);
}

TEST_F(DatasetBuilding, FramesAreRememberedUntilTheyAreTooMany) {
  const auto recording = record(0, 20);
  fill(recording, motion("k/imu"), 0, 20, 1);
  const auto sources = store_->sources().value();
  const auto parts = framePartsFor(frameSpecsFor(settings(), sources), sources, registry_).value();
  const Recording row = store_->recordings()->at(0);
  FrameCache large(1 << 20);
  FrameCache small(10);

  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(large.frames(*store_, row, parts[0]));
    ASSERT_TRUE(small.frames(*store_, row, parts[0]));
  }

  EXPECT_EQ(large.hits(), 2U);
  EXPECT_EQ(small.hits(), 0U);
}

TEST_F(DatasetBuilding, SilenceInImportedSoundIsLeftOutUnlessItIsAllThereIs) {
  const SourceInfo sound{.id = "audio/clip",
                         .name = "clips",
                         .kind = SourceKind::Audio,
                         .channels = {{"sound", "1", -1, 1}},
                         .rate = 16000};
  const auto clip = record(0, 6);
  fill(clip, sound, 0, 3, 0.3F);
  fill(clip, sound, 3, 6, 0.0F);
  const auto silent = record(100, 103);
  fill(silent, sound, 100, 103, 0.0F);
  demonstrate(clip, tap_, 0, 6, Origin::Import);
  demonstrate(silent, fan_, 100, 103, Origin::Import);
  TaskSettings task = settings();
  task.window = {seconds(1), seconds(1)};

  const auto data = builder_.build(task);

  ASSERT_TRUE(data) << data.error().message;
  EXPECT_EQ((*data)->countPerLabel(), (std::vector<std::size_t>{3, 3}));
}

TEST_F(DatasetBuilding, WhatCannotBeBuiltIsSaid) {
  const auto empty = builder_.build(settings());
  const auto recording = record(0, 0.5);
  fill(recording, motion("k/imu"), 0, 0.5, 1);
  demonstrate(recording, tap_, 0, 0.5, Origin::Import);
  const auto tooShort = builder_.build(settings());
  TaskSettings unknown = settings();
  unknown.frames = {{"attic/imu", "motion", unknown.window}};
  const auto lost = builder_.build(unknown);

  EXPECT_EQ(empty.error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(tooShort.error().message,
            "nothing can be learnt yet: no example is as long as the task's window");
  EXPECT_EQ(lost.error().message, "the project has no source \"attic/imu\"");
}

TEST_F(DatasetBuilding, AStopIsObeyed) {
  const auto recording = record(0, 5);
  fill(recording, motion("k/imu"), 0, 5, 1);
  demonstrate(recording, tap_, 0, 5);
  std::stop_source stop;
  stop.request_stop();

  const auto data = builder_.build(settings(), {.stop = stop.get_token(), .progress = {}});

  ASSERT_FALSE(data);
  EXPECT_EQ(data.error().code, base::ErrorCode::Cancelled);
}

}  // namespace
}  // namespace app
