#pragma once
// SoundingProject: a project with a microphone and a vibration sensor and as many examples of three
// labels as a test wants: "Quiet" is the background, "Hum" and "Hiss" differ in sound alone.

#include <cmath>
#include <numbers>
#include <random>

#include "app/dataset_builder.h"
#include "learners/ensemble_training.h"
#include "plugins/host/built_in.h"
#include "tests/support/temp_project.h"

namespace support {

class SoundingProject {
 public:
  static constexpr double kExample = 2;              ///< seconds
  static constexpr std::chrono::seconds kApart{20};  ///< from one recording to the next
  static constexpr base::Time kFirst{std::int64_t{1'600'000'000} * 1'000'000'000};

  explicit SoundingProject(int examplesPerLabel, std::uint64_t seed = 1) : random_(seed) {
    EXPECT_TRUE(store->declareSource(mic()));
    EXPECT_TRUE(store->declareSource(imu()));
    app::TaskSettings task;
    task.window = {std::chrono::seconds(1), std::chrono::milliseconds(500)};
    task.learners = {"logistic", "knn"};
    EXPECT_TRUE(store->setTask(task));
    labels = {store->addLabel({.name = "Quiet", .background = true}).value(),
              store->addLabel({.name = "Hum", .colour = 1, .key = 1}).value(),
              store->addLabel({.name = "Hiss", .colour = 2, .key = 2}).value()};
    for (int i = 0; i < examplesPerLabel; ++i) {
      for (int label = 0; label < 3; ++label) record(label);
    }
  }

  static sensors::SourceInfo mic() {
    return {.id = "kitchen/mic",
            .name = "Kitchen mic",
            .kind = sensors::SourceKind::Audio,
            .channels = {{"l", "1", -1, 1}},
            .rate = 8000};
  }
  static sensors::SourceInfo imu() {
    return {.id = "kitchen/imu",
            .name = "Counter",
            .kind = sensors::SourceKind::Motion,
            .channels = {{"x", "m/s2", -20, 20}},
            .rate = 50};
  }

  /// An example of label number `label` that sounds like label number `sound`, in a recording of
  /// its own. Returns its id.
  std::int64_t record(int label, int sound) {
    const base::TimeSpan span{next_, next_ + base::fromSeconds(kExample)};
    next_ += kApart;
    const auto recording = store->addRecording({.span = span}).value();
    std::normal_distribution<double> noise;
    const double pitch = 180 + 20 * noise(random_);
    const auto sample = [&](std::size_t i) {
      const double hum = 0.3 * std::sin(2 * std::numbers::pi * pitch * static_cast<double>(i) / 8000);
      const double own = sound == 0 ? 0.01 * noise(random_)
                         : sound == 1 ? hum + 0.02 * noise(random_)
                                      : 0.15 * noise(random_);
      return static_cast<float>(std::clamp(own, -1.0, 1.0));
    };
    put(recording, mic(), span, sample);
    put(recording, imu(), span,
        [&](std::size_t) { return static_cast<float>(9.8 + 0.05 * noise(random_)); });
    return store
        ->addDemonstration({.label = labels[static_cast<std::size_t>(label)],
                            .span = span,
                            .recording = recording})
        .value();
  }
  std::int64_t record(int label) { return record(label, label); }
  /// Number of the recording, counted from 0, that was last begun at `time`.
  static int recordingAt(base::Time time) { return static_cast<int>((time - kFirst) / kApart); }

  learners::DatasetPtr data() {
    auto made = builder.build(*store->task());
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return made ? *made : nullptr;
  }
  learners::EnsemblePtr train(const learners::Dataset& data) const {
    const auto made = learners::trainEnsemble(data, {.learners = {"logistic", "knn"}},
                                              registry.learners, {.seed = 1});
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return made ? made->ensemble : nullptr;
  }

  TempProject project;
  std::unique_ptr<app::ProjectStore> store = project.open();
  plugins::Registry registry = plugins::builtIn();
  app::DatasetBuilder builder{*store, registry};
  std::vector<learners::LabelId> labels;

 private:
  template <class Sample>
  void put(std::int64_t recording, const sensors::SourceInfo& source, const base::TimeSpan& span,
           const Sample& sample) {
    auto block = std::make_shared<sensors::Block>();
    block->source = std::make_shared<const sensors::SourceInfo>(source);
    block->start = span.begin;
    block->step = base::fromSeconds(1 / source.rate);
    sensors::Samples samples{.channels = 1};
    samples.rows = static_cast<std::size_t>(kExample * source.rate);
    for (std::size_t i = 0; i < samples.rows; ++i) samples.values.push_back(sample(i));
    block->content = std::move(samples);
    EXPECT_TRUE(store->appendChunks(recording, {block}));
  }

  std::mt19937_64 random_;
  base::Time next_ = kFirst;
};

}  // namespace support
