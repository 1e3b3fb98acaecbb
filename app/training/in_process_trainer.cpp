#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "app/training/trainer.h"

namespace app {
namespace {

constexpr std::size_t kMostJobs = 16;

struct QueuedJob {
  TrainingJob job;
  TrainingCallbacks callbacks;
  std::stop_source stop;
};
using QueuedJobPtr = std::shared_ptr<QueuedJob>;

class InProcessTrainer final : public Trainer {
 public:
  explicit InProcessTrainer(const learners::LearnerMap& learners)
      : learners_(learners), thread_([this](std::stop_token stop) { run(stop); }) {}

  ~InProcessTrainer() override {
    {
      const std::lock_guard lock(mutex_);
      for (const auto& job : jobs_) job->stop.request_stop();
    }
    thread_.request_stop();
  }

  void start(TrainingJob job, TrainingCallbacks callbacks) override {
    {
      const std::lock_guard lock(mutex_);
      stopTask(job.task);
      if (jobs_.size() < kMostJobs) {
        jobs_.push_back(std::make_shared<QueuedJob>(
            QueuedJob{std::move(job), std::move(callbacks), std::stop_source()}));
        wake_.notify_one();
        return;
      }
    }
    if (callbacks.done) {
      callbacks.done(base::Error{base::ErrorCode::Unavailable,
                                 "this computer already has 16 trainings waiting"});
    }
  }

  void cancel(const std::string& task) override {
    const std::lock_guard lock(mutex_);
    stopTask(task);
  }

  std::string place() const override { return "this computer"; }

 private:
  void stopTask(const std::string& task) {
    for (const auto& job : jobs_) {
      if (job->job.task == task) job->stop.request_stop();
    }
  }

  void run(std::stop_token stop) {
    for (;;) {
      QueuedJobPtr next;
      {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, stop, [this] { return !jobs_.empty(); });
        if (jobs_.empty()) return;
        next = jobs_.front();
      }
      auto result = train(*next);
      {
        const std::lock_guard lock(mutex_);
        jobs_.pop_front();
      }
      if (next->callbacks.done) next->callbacks.done(std::move(result));
    }
  }

  base::Result<learners::TrainedEnsemble> train(const QueuedJob& queued) const {
    const base::Error cancelled{base::ErrorCode::Cancelled, "the training was cancelled"};
    const auto stop = queued.stop.get_token();
    if (stop.stop_requested()) return cancelled;
    if (!queued.job.data) return base::invalid("there is nothing to train on");
    std::atomic<double> share = 0;
    const auto tell = [&](learners::EnsemblePtr quick) {
      if (queued.callbacks.progress && !stop.stop_requested()) {
        queued.callbacks.progress({"training", share, std::move(quick)});
      }
    };
    const learners::TrainingContext context{
        .seed = queued.job.recipe.seed, .stop = stop, .progress = [&](double done) {
          share = done;
          tell(nullptr);
        }};
    auto result = learners::trainEnsemble(
        *queued.job.data, queued.job.recipe, learners_, context,
        [&](const learners::EnsembleChange& change) { tell(change.ensemble); });
    if (stop.stop_requested()) return cancelled;
    return result;
  }

  const learners::LearnerMap learners_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<QueuedJobPtr> jobs_;  // the first is the one that runs
  std::jthread thread_;
};

}  // namespace

std::unique_ptr<Trainer> makeInProcessTrainer(const learners::LearnerMap& learners) {
  return std::make_unique<InProcessTrainer>(learners);
}

}  // namespace app
