#pragma once
// Trainer: runs a training job somewhere: in this process for tests, on a worker process for
// people.

#include <functional>
#include <memory>
#include <string>

#include "learners/ensemble_training.h"

namespace app {

struct TrainingJob {
  std::string task = "main";  ///< id
  std::int64_t epoch = 0;
  std::int64_t fence = 0;  ///< token (epoch, fence): only the newest of a task counts
  learners::DatasetPtr data;
  learners::EnsembleRecipe recipe;
};

struct TrainingProgress {
  std::string stage;            ///< "sending", "training", "fetching"
  double done = 0;              ///< [0, 1]
  learners::EnsemblePtr quick;  ///< the first model, when it is there
};

/// Calls come on a thread of the trainer; after `done` no more come for that job.
struct TrainingCallbacks {
  std::function<void(const TrainingProgress&)> progress;
  std::function<void(base::Result<learners::TrainedEnsemble>)> done;
};

/// Thread-safe. One job of a task at a time: a new one cancels the former, whose done() gets
/// Cancelled.
class Trainer {
 public:
  virtual ~Trainer() = default;
  virtual void start(TrainingJob job, TrainingCallbacks callbacks) = 0;
  virtual void cancel(const std::string& task) = 0;
  /// Where it trains, for people: "this computer", "Attic Pi".
  virtual std::string place() const = 0;
};

std::unique_ptr<Trainer> makeInProcessTrainer(const learners::LearnerMap& learners);

/// EnsembleReport as JSON and back, for the wire and the project file.
std::string reportToJson(const learners::EnsembleReport& report);
base::Result<learners::EnsembleReport> reportFromJson(const std::string& json);

}  // namespace app
