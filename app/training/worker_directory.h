#pragma once
// WorkerDirectory: the bench's side of all workers of the site: who is there, training on one of
// them, serving from one of them. Topics and messages as in the protocol notes 4.1 to 4.4.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/training/trainer.h"
#include "hubs/blob_transfer.h"
#include "hubs/bus.h"
#include "hubs/topic.h"
#include "learners/prediction.h"
#include "sensors/frame.h"

namespace app {

struct WorkerView {
  std::string id;
  std::string name;
  std::string host;
  bool online = false;  ///< status says so and a heartbeat is younger than 3 s
  bool local = false;   ///< the one this program started
  int cores = 0;
  double memoryGb = 0;
  std::optional<bool> gpu = {};      ///< has a graphics processor; none: it does not say
  std::optional<bool> inHouse = {};  ///< stands in this house; none: nobody knows
  double load = 0;                   ///< of all its processors together, [0, 1]
  double roundTripMs = 0;  ///< median of the last pings; 0: not yet known
  std::string doing;       ///< "training main", "serving main", or empty
  std::string software;    ///< version
  base::Time lastHeard;
};

/// Thread-safe. `onChange` from any thread.
class WorkerDirectory {
 public:
  WorkerDirectory(hubs::Bus& bus, hubs::Topics topics, std::string benchId, std::int64_t epoch,
                  hubs::BlobStore& blobs, const learners::LearnerMap& learners,
                  const base::Clock& clock, std::function<void()> onChange);
  ~WorkerDirectory();

  /// The id of the worker this program starts itself; shown first, as "This computer".
  void setLocalWorker(std::string id);
  /// Whether this program itself is on the broker's network; see isNear().
  void setBenchNear(std::optional<bool> near);
  std::vector<WorkerView> workers() const;

  /// A trainer that sends its jobs to `worker`; jobs wait up to 10 s for it to come online, then
  /// fail with Unavailable naming it. Must not outlive the directory.
  std::unique_ptr<Trainer> trainerOn(const std::string& worker);

  /// Puts `ensemble` on `worker` under `model` (an id) and calls back when it answers there.
  void deploy(const std::string& worker, const std::string& model,
              const learners::EnsemblePtr& ensemble, std::function<void(base::Result<void>)> done);
  /// `worker` is there, but began anew without `model`, which it served before.
  bool hasLost(const std::string& worker, const std::string& model) const;
  /// Asks the worker that serves `model` about one frame. Calls back on the bus thread.
  /// Errors: Unavailable where it is away; Timeout; Refused where schema or model do not fit.
  void predict(const std::string& model, const std::string& ensembleHash,
               const sensors::Frame& frame, base::Duration patience,
               std::function<void(base::Result<learners::Prediction>)> reply);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
