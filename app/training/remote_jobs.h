#pragma once
// RemoteJobs: the bench's trainings on workers, from the offer to the accepted result. Only what
// carries the current token of a task counts; anything older is acknowledged and dropped.

#include <map>

#include "app/training/bench_wiring.h"
#include "app/training/trainer.h"

namespace app {

/// All members on the loop's thread; callbacks are called there too.
class RemoteJobs {
 public:
  explicit RemoteJobs(BenchWiring wiring) : wiring_(std::move(wiring)) {}

  /// `owner` is whoever may cancel it together with its other jobs.
  void start(std::uint64_t owner, const std::string& worker, TrainingJob job,
             TrainingCallbacks callbacks);
  void cancel(std::uint64_t owner, const std::string& task);
  void cancelAll(std::uint64_t owner);
  void cancelEverything();

  void onEvent(const std::string& worker, const Content& event);
  void onHeartbeat(const std::string& worker, const std::vector<HeldJob>& held);
  /// The worker said goodbye.
  void onStopped(const std::string& worker);
  /// Offers what waits and gives up what waited too long.
  void tick();

 private:
  enum class State { Packing, Waiting, Offered, Running, Fetching };
  struct Job {
    std::uint64_t number = 0;
    std::uint64_t owner = 0;
    std::string worker;
    TrainingJob job;
    TrainingCallbacks callbacks;
    std::string key;
    BlobRef data;
    State state = State::Packing;
    base::Time since;  ///< when it was started, then when it was offered
    std::string boot;  ///< the worker's start it was offered to
    int unlisted = 0;  ///< heartbeats in a row that did not list it
    Token token() const { return {job.epoch, job.fence}; }
  };

  Job* current(const std::string& task, std::uint64_t number);
  Job* current(const std::string& worker, const std::string& task, const Token& token);
  void onPacked(const std::string& task, std::uint64_t number, base::Result<BlobRef> ref);
  void look(Job& job);
  void onQuick(Job& job, const Quick& quick);
  void onResult(const std::string& worker, const TrainingResult& result);
  void tell(const Job& job, std::string stage, double done, learners::EnsemblePtr quick = {});
  void finish(const std::string& task, base::Result<learners::TrainedEnsemble> result);
  void drop(const std::string& task);

  const BenchWiring wiring_;
  std::map<std::string, Job> jobs_;  // by task
  std::uint64_t numbers_ = 0;
};

/// A trainer that sends its jobs to `worker` through `jobs` and cancels them when it goes.
/// `loop` and `jobs` must outlive it.
std::unique_ptr<Trainer> makeRemoteTrainer(Loop& loop, RemoteJobs& jobs, std::uint64_t owner,
                                           std::string worker, std::function<std::string()> name);

}  // namespace app
