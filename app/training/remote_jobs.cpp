#include "app/training/remote_jobs.h"

#include <algorithm>

#include "app/training/recipe_json.h"

namespace app {
namespace {

using namespace std::chrono_literals;
using learners::TrainedEnsemble;

constexpr auto kComePatience = 10s;  // for a worker to come online, or to answer an offer
constexpr auto kSilencePatience = 10s;
constexpr std::int64_t kLeaseMs = 30'000;
constexpr int kMostUnlisted = 5;

base::Error unavailable(std::string why) { return {base::ErrorCode::Unavailable, std::move(why)}; }
base::Error cancelled() { return {base::ErrorCode::Cancelled, "the training was cancelled"}; }

/// Checks what a worker sent before it counts.
base::Result<TrainedEnsemble> accepted(const std::string& worker, const base::Bytes& ensemble,
                                       const base::Bytes& report, const learners::Dataset& data,
                                       const learners::LearnerMap& learners) {
  auto decoded = learners::Ensemble::decode(ensemble, learners);
  if (!decoded) return decoded.error();
  const auto& content = (*decoded)->content();
  if (content.datasetHash != data.hash() || (*decoded)->schema() != data.content().layout.hash() ||
      content.labels != data.content().labels) {
    return base::Error{base::ErrorCode::Corrupt,
                       worker + " sent a model that was not trained on the examples it was given"};
  }
  auto read = reportFromJson(std::string(report.begin(), report.end()));
  if (!read) return read.error();
  return TrainedEnsemble{std::move(*decoded), std::move(*read)};
}

}  // namespace

RemoteJobs::Job* RemoteJobs::current(const std::string& task, std::uint64_t number) {
  const auto found = jobs_.find(task);
  return found != jobs_.end() && found->second.number == number ? &found->second : nullptr;
}

RemoteJobs::Job* RemoteJobs::current(const std::string& worker, const std::string& task,
                                     const Token& token) {
  const auto found = jobs_.find(task);
  if (found == jobs_.end() || found->second.worker != worker || found->second.token() != token) {
    return nullptr;
  }
  return &found->second;
}

void RemoteJobs::start(std::uint64_t owner, const std::string& worker, TrainingJob job,
                       TrainingCallbacks callbacks) {
  drop(job.task);
  if (!hubs::isId(job.task) || !job.data) {
    if (callbacks.done) {
      callbacks.done(base::invalid("\"" + job.task + "\" is no task with examples"));
    }
    return;
  }
  const std::string task = job.task;
  Job& added = jobs_[task];
  added.number = ++numbers_;
  added.owner = owner;
  added.worker = worker;
  added.job = std::move(job);
  added.callbacks = std::move(callbacks);
  added.key = base::randomHex(8);
  added.since = wiring_.clock.now();
  wiring_.errands.post([this, task, number = added.number, data = added.job.data] {
    std::size_t room = kMostInlineBytes;
    auto ref = makeRef(wiring_.blobs, data->encode(), room);
    wiring_.loop.post([this, task, number, ref = std::move(ref)]() mutable {
      onPacked(task, number, std::move(ref));
    });
  });
  tell(added, "sending", 0);
}

void RemoteJobs::onPacked(const std::string& task, std::uint64_t number,
                          base::Result<BlobRef> ref) {
  Job* job = current(task, number);
  if (job == nullptr) return;
  if (!ref) return finish(task, ref.error());
  job->data = std::move(*ref);
  job->state = State::Waiting;
  look(*job);
}

/// Does what is due for one job. The job may be gone afterwards.
void RemoteJobs::look(Job& job) {
  const std::string task = job.job.task;
  const Presence worker = wiring_.presence(job.worker);
  const auto now = wiring_.clock.now();
  if (job.state == State::Packing) return;
  if (job.state == State::Waiting) {
    if (worker.online) {
      wiring_.transfer(job.worker);
      job.state = State::Offered;
      job.since = now;
      job.boot = worker.boot;
      wiring_.send(job.worker, Offer{task, job.token(), job.data, recipeToJson(job.job.recipe)},
                   job.key);
    } else if (now - job.since >= kComePatience) {
      finish(task, unavailable(worker.name + " is away"));
    }
    return;
  }
  if (now - worker.lastHeard >= kSilencePatience || worker.boot != job.boot) {
    finish(task, unavailable(worker.name + " vanished during training"));
  } else if (job.state == State::Offered && now - job.since >= kComePatience) {
    finish(task, unavailable(worker.name + " does not answer the offer of a training"));
  }
}

void RemoteJobs::tick() {
  std::vector<std::pair<std::string, std::uint64_t>> all;
  for (const auto& [task, job] : jobs_) all.emplace_back(task, job.number);
  for (const auto& [task, number] : all) {
    if (Job* job = current(task, number)) look(*job);
  }
}

void RemoteJobs::onEvent(const std::string& worker, const Content& event) {
  if (const auto* accept = std::get_if<Accept>(&event)) {
    Job* job = current(worker, accept->task, accept->token);
    if (job == nullptr || job->state != State::Offered) return;
    job->state = State::Running;
    job->unlisted = 0;
    wiring_.send(worker, Grant{accept->task, accept->token, kLeaseMs}, {});
  } else if (const auto* refuse = std::get_if<Refuse>(&event)) {
    Job* job = current(worker, refuse->task, refuse->token);
    if (job == nullptr || job->state != State::Offered) return;
    finish(refuse->task, base::Error{codeOf(refuse->cause),
                                     wiring_.presence(worker).name + ": " + refuse->reason});
  } else if (const auto* progress = std::get_if<Progress>(&event)) {
    if (const Job* job = current(worker, progress->task, progress->token)) {
      tell(*job, progress->stage, std::clamp(progress->done, 0.0, 1.0));
    }
  } else if (const auto* quick = std::get_if<Quick>(&event)) {
    if (Job* job = current(worker, quick->task, quick->token)) onQuick(*job, *quick);
  } else if (const auto* result = std::get_if<TrainingResult>(&event)) {
    onResult(worker, *result);
  } else if (const auto* failed = std::get_if<Failed>(&event)) {
    if (current(worker, failed->task, failed->token) == nullptr) return;
    finish(failed->task, base::Error{codeOf(failed->cause),
                                     wiring_.presence(worker).name + ": " + failed->reason});
  }
}

void RemoteJobs::onQuick(Job& job, const Quick& quick) {
  const auto fetched = [this, task = job.job.task,
                        number = job.number](base::Result<std::string> blob) {
    if (!blob) return;  // the whole ensemble comes later anyway
    wiring_.errands.post([this, task, number, id = *blob] {
      const auto bytes = wiring_.blobs.get(id);
      if (!bytes) return;
      auto ensemble = learners::Ensemble::decode(*bytes, wiring_.learners);
      if (!ensemble) return;
      wiring_.loop.post([this, task, number, quickModel = *ensemble] {
        const Job* waiting = current(task, number);
        if (waiting == nullptr || quickModel->content().datasetHash != waiting->job.data->hash()) {
          return;
        }
        tell(*waiting, "training", 0, quickModel);
      });
    });
  };
  follow(quick.ensemble, wiring_.transfer(job.worker), wiring_.blobs, fetched);
}

void RemoteJobs::onResult(const std::string& worker, const TrainingResult& result) {
  Job* job = current(worker, result.task, result.token);
  if (job == nullptr) {  // late or twice: it no longer counts, and the worker may forget it
    wiring_.send(worker, Ack{result.task, result.token}, {});
    return;
  }
  if (job->state == State::Fetching) return;
  job->state = State::Fetching;
  tell(*job, "fetching", 0);
  auto& transfer = wiring_.transfer(worker);
  const auto again = [this, task = result.task, number = job->number] {
    wiring_.loop.post([this, task, number] {
      // The worker sends the result again until it is acknowledged.
      if (Job* waiting = current(task, number)) waiting->state = State::Running;
    });
  };
  const auto check = [this, result, worker, number = job->number, data = job->job.data,
                      name = wiring_.presence(worker).name](const std::string& ensembleId,
                                                            const std::string& reportId) {
    const auto ensemble = wiring_.blobs.get(ensembleId);
    const auto report = wiring_.blobs.get(reportId);
    auto checked = !ensemble ? base::Result<TrainedEnsemble>(ensemble.error())
                   : !report ? base::Result<TrainedEnsemble>(report.error())
                             : accepted(name, *ensemble, *report, *data, wiring_.learners);
    wiring_.loop.post([this, result, worker, number, checked = std::move(checked)]() mutable {
      if (current(result.task, number) == nullptr) return;
      wiring_.send(worker, Ack{result.task, result.token}, {});
      finish(result.task, std::move(checked));
    });
  };
  follow(result.ensemble, transfer, wiring_.blobs,
         [this, again, check, &transfer, report = result.report](base::Result<std::string> first) {
           if (!first) return again();
           follow(report, transfer, wiring_.blobs,
                  [this, again, check, ensemble = *first](base::Result<std::string> second) {
                    if (!second) return again();
                    wiring_.errands.post(
                        [check, ensemble, reportId = *second] { check(ensemble, reportId); });
                  });
         });
}

void RemoteJobs::onHeartbeat(const std::string& worker, const std::vector<HeldJob>& held) {
  std::vector<std::string> lost;
  for (auto& [task, job] : jobs_) {
    if (job.worker != worker || job.state != State::Running) continue;
    const auto found =
        std::find_if(held.begin(), held.end(), [&, &id = task, &ours = job](const HeldJob& one) {
          return one.task == id && one.token == ours.token();
        });
    if (found == held.end()) {
      if (++job.unlisted >= kMostUnlisted) lost.push_back(task);
      continue;
    }
    job.unlisted = 0;
    if (found->state == "accepted") wiring_.send(worker, Grant{task, job.token(), kLeaseMs}, {});
  }
  for (const auto& task : lost) {
    finish(task, unavailable(wiring_.presence(worker).name + " no longer knows of its training"));
  }
}

void RemoteJobs::onStopped(const std::string& worker) {
  std::vector<std::string> lost;
  for (const auto& [task, job] : jobs_) {
    if (job.worker == worker && job.state >= State::Offered) lost.push_back(task);
  }
  for (const auto& task : lost) {
    finish(task, unavailable(wiring_.presence(worker).name + " was stopped during training"));
  }
}

void RemoteJobs::tell(const Job& job, std::string stage, double done, learners::EnsemblePtr quick) {
  if (job.callbacks.progress) job.callbacks.progress({std::move(stage), done, std::move(quick)});
}

void RemoteJobs::finish(const std::string& task, base::Result<learners::TrainedEnsemble> result) {
  const auto node = jobs_.extract(task);
  if (!node.empty() && node.mapped().callbacks.done) {
    node.mapped().callbacks.done(std::move(result));
  }
}

void RemoteJobs::drop(const std::string& task) {
  const auto found = jobs_.find(task);
  if (found == jobs_.end()) return;
  if (found->second.state >= State::Offered) {
    wiring_.send(found->second.worker, Cancel{task, found->second.token()}, {});
  }
  finish(task, cancelled());
}

void RemoteJobs::cancel(std::uint64_t owner, const std::string& task) {
  const auto found = jobs_.find(task);
  if (found != jobs_.end() && found->second.owner == owner) drop(task);
}

void RemoteJobs::cancelAll(std::uint64_t owner) {
  std::vector<std::string> own;
  for (const auto& [task, job] : jobs_) {
    if (job.owner == owner) own.push_back(task);
  }
  for (const auto& task : own) drop(task);
}

void RemoteJobs::cancelEverything() {
  while (!jobs_.empty()) drop(std::string(jobs_.begin()->first));
}

namespace {

/// Sends its jobs to one worker of the directory.
class RemoteTrainer final : public Trainer {
 public:
  RemoteTrainer(Loop& loop, RemoteJobs& jobs, std::uint64_t owner, std::string worker,
                std::function<std::string()> name)
      : loop_(loop),
        jobs_(jobs),
        owner_(owner),
        worker_(std::move(worker)),
        name_(std::move(name)) {}
  ~RemoteTrainer() override {
    loop_.post([&jobs = jobs_, owner = owner_] { jobs.cancelAll(owner); });
  }
  void start(TrainingJob job, TrainingCallbacks callbacks) override {
    loop_.post([&jobs = jobs_, owner = owner_, worker = worker_, job = std::move(job),
                callbacks = std::move(callbacks)]() mutable {
      jobs.start(owner, worker, std::move(job), std::move(callbacks));
    });
  }
  void cancel(const std::string& task) override {
    loop_.post([&jobs = jobs_, owner = owner_, task] { jobs.cancel(owner, task); });
  }
  std::string place() const override { return name_(); }

 private:
  Loop& loop_;
  RemoteJobs& jobs_;
  const std::uint64_t owner_;
  const std::string worker_;
  const std::function<std::string()> name_;
};

}  // namespace

std::unique_ptr<Trainer> makeRemoteTrainer(Loop& loop, RemoteJobs& jobs, std::uint64_t owner,
                                           std::string worker, std::function<std::string()> name) {
  return std::make_unique<RemoteTrainer>(loop, jobs, owner, std::move(worker), std::move(name));
}

}  // namespace app
