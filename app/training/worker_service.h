#pragma once
// WorkerService: what mimosa-worker does: announces itself, trains what it is offered in a limited
// child process, keeps results on disk until they are acknowledged, serves models it was given.

#include <filesystem>
#include <memory>
#include <string>

#include "hubs/bus.h"
#include "hubs/mqtt_bus.h"
#include "hubs/topic.h"
#include "learners/learner.h"
#include "sensors/base/time.h"

namespace app {

struct WorkerOptions {
  std::string id;    ///< [a-z0-9_-]{1,64}; also the broker user where there is one
  std::string name;  ///< for people; the host name where empty
  std::string site = "home";
  std::filesystem::path folder;        ///< blobs, results, highest tokens; 0700
  std::string place;                   ///< as Info::place
  std::uint64_t memoryLimitBytes = 0;  ///< of the training child; 0: none
  std::filesystem::path program;  ///< mimosa-worker, run as the training child; empty: a thread
};

/// The will a worker's bus must carry: status offline. Set it in MqttOptions before connecting.
hubs::Message workerWill(const WorkerOptions& options);

/// Thread-safe. Works as long as it lives; destroying it says offline and ends a running training.
class WorkerService {
 public:
  /// Errors: InvalidArgument for a bad id; Io where the folder cannot be used.
  static base::Result<std::unique_ptr<WorkerService>> start(hubs::Bus& bus,
                                                            const WorkerOptions& options,
                                                            const learners::LearnerMap& learners,
                                                            const base::Clock& clock);
  ~WorkerService();

 private:
  struct Impl;
  explicit WorkerService(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
