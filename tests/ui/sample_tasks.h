#pragma once
// The made-up house with three tasks: kitchen sounds in front, who is home, and a new one.

#include "tests/ui/sample_snapshot.h"

namespace sample {

inline app::Snapshot withTasks() {
  app::Snapshot s = full();
  s.task.name = "Kitchen sounds";
  s.tasks = {{.id = 1,
              .key = "main",
              .name = "Kitchen sounds",
              .front = true,
              .phase = app::ModelPhase::Ready,
              .version = 7,
              .labels = 3},
             {.id = 2,
              .key = "who-is-home",
              .name = "Who is home",
              .phase = app::ModelPhase::Ready,
              .version = 3,
              .labels = 2},
             {.id = 3, .key = "laundry", .name = "Is the laundry done", .labels = 1}};
  return s;
}

/// What the others answer: somebody is home.
inline std::optional<app::Answer> answerOf(app::TaskId task) {
  if (task != 2) {
    return std::nullopt;
  }
  app::Answer a{.task = task, .labels = {label(1, "Background", 0), label(2, "Anna", 1)}};
  a.prediction.span = {kNow - fromSeconds(1.2), kNow - fromSeconds(0.2)};
  a.prediction.state = learners::PredictionState::Known;
  a.prediction.label = 1;
  a.prediction.certainty = 0.88F;
  return a;
}

/// A door that two tasks saw, a tap that goes on, an older kettle.
inline std::vector<app::Happening> happenings() {
  const auto at = [](double ago, double length) {
    const base::Time begin = kNow - fromSeconds(ago);
    return base::TimeSpan{begin, begin + fromSeconds(length)};
  };
  const auto seen = [&](const char* view, double ago, double length, const char* what, double p) {
    return app::Sighting{view, at(ago, length), what, p};
  };
  return {{at(312, 45), "Kettle", 0.91, {seen("main", 312, 45, "Kettle", 0.91)}},
          {at(64, 6), "Door", 0.97,
           {seen("main", 64, 6, "Door", 0.8), seen("who-is-home", 63, 5, "Door", 0.88)}},
          {at(8, 8), "Tap", 0.72, {seen("main", 8, 8, "Tap", 0.72)}}};
}

inline ui::Feed feedWithTasks(std::optional<app::Answer> latest) {
  ui::Feed made = feed(std::move(latest));
  made.latestOf = answerOf;
  return made;
}

}  // namespace sample
