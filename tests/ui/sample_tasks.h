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

inline ui::Feed feedWithTasks(std::optional<app::Answer> latest) {
  ui::Feed made = feed(std::move(latest));
  made.latestOf = answerOf;
  return made;
}

}  // namespace sample
