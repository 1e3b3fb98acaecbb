#pragma once
// WorkerJobs: the trainings one worker was offered, from the offer to the acknowledged result. The
// highest token of each task and every result wait on disk, so that neither a restart nor a lost
// acknowledgement makes a result count twice or vanish.

#include <filesystem>
#include <map>
#include <memory>
#include <stop_token>

#include "app/training/blob_ref.h"
#include "app/training/loop.h"
#include "app/training/training_child.h"

namespace app {

/// It knows the last 256 tasks and keeps the last 16 results.
/// All members on the thread of `loop`, but for construction and destruction.
class WorkerJobs {
 public:
  using Send = std::function<void(const Content&)>;

  /// `folder` holds blobs/, the store's folder. `send` is called on the loop's thread.
  WorkerJobs(std::filesystem::path folder, Loop& loop, hubs::BlobStore& blobs,
             hubs::BlobTransfer& transfer, std::unique_ptr<TrainingChild> child, Send send);
  /// Ends a running training. The loop must still run or be finished; `transfer` must be gone.
  ~WorkerJobs();

  void onOffer(const Header& header, const Offer& offer);
  void onGrant(const Header& header, const Grant& grant);
  void onCancel(const Header& header, const Cancel& cancel);
  void onAck(const Header& header, const Ack& ack);

  /// Sends what waits for an acknowledgement again, as after a new connection; for one bench only
  /// where it is named.
  void resend(const std::string& bench = {});
  /// Says of each job that it ends with this worker, and ends it.
  void stopAll();
  std::vector<HeldJob> held() const;
  /// The blobs of results that still wait.
  std::vector<std::string> blobs() const;

 private:
  struct Id {
    std::string bench;
    std::string task;
    friend auto operator<=>(const Id&, const Id&) = default;
  };
  struct Job {
    Token token;
    std::string key;
    BlobRef data;
    std::string recipe;
    std::string state = "accepted";
    std::stop_source stop;
    int percent = -1;
  };
  struct Result {
    Token token;
    std::string ensemble;  ///< blob ids
    std::string report;
    int attempts = 0;
  };
  struct Known {
    Token token;             ///< the highest seen
    std::int64_t order = 0;  ///< rises with each offer; the lowest is forgotten first
  };

  void load();
  base::Result<void> save() const;
  void makeRoom();
  Job* current(const Id& id, const Token& token);
  void refuse(const Id& id, const Token& token, std::string cause, std::string reason);
  void onData(const Id& id, const Token& token, const base::Result<std::string>& blob);
  void train(const Id& id, const Token& token, const ChildJob& files, std::stop_token stop);
  void onProgress(const Id& id, const Token& token, const std::string& stage, double done);
  void onTrained(const Id& id, const Token& token, base::Result<Result> result);
  void fail(const Id& id, const Token& token, const std::string& cause, const std::string& reason);
  void sendResult(const Id& id);

  const std::filesystem::path folder_;
  Loop& loop_;
  hubs::BlobStore& blobs_;
  hubs::BlobTransfer& transfer_;
  const std::unique_ptr<TrainingChild> child_;
  const Send send_;
  std::map<Id, Known> known_;
  std::int64_t orders_ = 0;
  std::map<Id, Job> jobs_;
  std::map<Id, Result> results_;
  Loop training_;  // runs the child, one job after another
};

}  // namespace app
