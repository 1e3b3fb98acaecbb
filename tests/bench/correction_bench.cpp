// Prints how long a correction takes from the key to the model that serves, in a project with 1000
// examples, and how many corrections bring accuracy back after something new began to make noise
// (MLIoT figure 9). Takes the folder of mimosa-worker.

#include <cmath>
#include <cstdio>
#include <future>
#include <random>
#include <sys/resource.h>

#include "tests/support/lesson_project.h"

namespace {

constexpr int kLabels = 5;
constexpr int kExamples = 200;  // of each label
constexpr int kNoisyLabel = 2;
constexpr int kRows = 150;  // 3 s at 50 Hz

/// Seconds of processor time: what a busy machine does not change.
double processor(int who) {
  rusage use{};
  getrusage(who, &use);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) * 1e-6;
  };
  return seconds(use.ru_utime) + seconds(use.ru_stime);
}

using Done = std::promise<void>;

/// A house with one motion sensor, in which everything swings at its own pace.
struct House : support::LessonProject {
  explicit House(const std::filesystem::path& programs)
      : child(app::makeProcessChild(programs / "mimosa-worker", 0)) {
    if (!store->declareSource(source)) std::abort();
  }
  ~House() {
    lessons.reset();
    director.stop();
  }

  /// A recording of `label`, with a machine running beside it where `noise` is more than 0.
  app::Recording record(int label, double noise) {
    std::normal_distribution<double> normal;
    sensors::Samples samples{.rows = kRows, .channels = 3};
    const double phase = normal(random), strength = 1 + 0.15 * normal(random);
    for (int i = 0; i < kRows; ++i) {
      const double t = 0.02 * i;
      for (int c = 0; c < 3; ++c) {
        const double own = strength * std::sin(6.28 * (1 + label) * t + phase + c * (1 + label));
        const double machine = noise * std::sin(6.28 * 17 * t + phase);
        samples.values.push_back(static_cast<float>(own + machine + 0.25 * normal(random)));
      }
    }
    return keep(source, std::move(samples), std::chrono::milliseconds(20));
  }

  void demonstrate(int label, double noise, learners::Origin origin) {
    show(ids[label], record(label, noise), origin);
  }

  std::size_t rows() { return (*builder.build(*store->task()))->rows(); }

  void wait(const std::function<void()>& begin) {
    Done done;
    director.post([&] {
      finished = &done;
      begin();
    });
    done.get_future().wait();
  }

  /// Share of windows that are answered right, with the noise beside one label.
  double accuracy(double noise) {
    int right = 0, all = 0;
    for (int label = 0; label < kLabels; ++label) {
      for (int i = 0; i < 8; ++i) {
        const auto recording = record(label, label == kNoisyLabel ? noise : 0);
        const auto frames = builder.frames(*store->task(), recording);
        for (const auto& frame : *frames) {
          const auto& serving = *lessons->serving();
          const int said = serving.predict(frame->values, frame->missing).label;
          right += said >= 0 && serving.labels()[said].id == ids[label] ? 1 : 0;
          ++all;
        }
      }
    }
    return static_cast<double>(right) / all;
  }

  std::unique_ptr<app::TrainingChild> child;
  std::unique_ptr<app::Trainer> trainer = app::makeInProcessTrainer(registry.learners);
  Done* finished = nullptr;
  std::unique_ptr<app::Lessons> lessons = std::make_unique<app::Lessons>(
      *store, teaching, builder, director, registry.learners, clock, 1,
      app::Lessons::Outside{
          .trainer = [this] { return trainer.get(); },
          .serve =
              [this](const learners::EnsemblePtr&, int version, const auto&) {
                if (version > 0 && finished) std::exchange(finished, nullptr)->set_value();
              },
          .adapt =
              [this](const app::AdaptationJob& job, std::stop_token stop) {
                const auto begin = clock.now();
                auto made = app::adaptInChild(*child, project.folder() / "correction", job,
                                              registry.learners, stop);
                std::printf("  in the child %.3f s, of these adapting %.3f s\n",
                            base::toSeconds(clock.now() - begin),
                            made ? made->trained.report.trainSeconds : -1);
                for (const auto& member :
                     made ? made->trained.report.members : std::vector<learners::MemberReport>()) {
                  std::printf("    %-14s %.3f s\n", member.learner.c_str(), member.fitSeconds);
                }
                return made;
              },
          .changed = [] {},
          .notice = [](auto, const std::string& text) { std::printf("%s\n", text.c_str()); }});
  sensors::SourceInfo source{.id = "wrist/imu",
                             .kind = sensors::SourceKind::Motion,
                             .channels = {{"x", "m/s2"}, {"y", "m/s2"}, {"z", "m/s2"}},
                             .rate = 50};
  std::vector<learners::LabelId> ids;
  std::mt19937_64 random{1};
};

}  // namespace

int main(int count, char** words) {
  House house(count > 1 ? words[1] : "build/dev/bin");
  for (int label = 0; label < kLabels; ++label) {
    house.ids.push_back(
        *house.teaching.addLabel(std::string("Label ").append(std::to_string(label))));
  }
  for (int i = 0; i < kLabels * kExamples; ++i) {
    house.demonstrate(i % kLabels, 0, learners::Origin::Person);
  }
  house.teaching.reload();
  const auto begin = house.clock.now();
  house.wait([&] { house.lessons->trainNow(); });
  std::printf("%d examples, %zu rows of %zu features: all trained in %.1f s\n", kLabels * kExamples,
              house.rows(), house.lessons->serving()->content().layout.features.size(),
              base::toSeconds(house.clock.now() - begin));

  constexpr double kNoise = 2.5;
  std::printf("quiet %.3f, with the noise %.3f\n", house.accuracy(0), house.accuracy(kNoise));
  for (int i = 1; i <= 3; ++i) {
    const auto old = house.teaching.examples();
    const auto pressed = house.clock.now();
    const double here = processor(RUSAGE_SELF), there = processor(RUSAGE_CHILDREN);
    house.wait([&] {
      house.demonstrate(kNoisyLabel, kNoise, learners::Origin::Correction);
      house.teaching.reload();
      house.lessons->corrected("that was it", house.teaching.edits().newest(), pressed, old);
    });
    std::printf("correction %d served after %.3f s (processor: %.3f s here, %.3f s in the child)\n",
                i, base::toSeconds(house.clock.now() - pressed), processor(RUSAGE_SELF) - here,
                processor(RUSAGE_CHILDREN) - there);
    std::printf("  with the noise %.3f, quiet %.3f\n", house.accuracy(kNoise), house.accuracy(0));
  }
  return 0;
}
