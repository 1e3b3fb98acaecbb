#pragma once
// Deployments: the bench's models on their way to workers, from the wish to the worker's word that
// it serves.

#include <map>

#include "app/training/bench_wiring.h"
#include "learners/ensemble.h"

namespace app {

/// All members on the loop's thread; callbacks are called there too.
class Deployments {
 public:
  using Done = std::function<void(base::Result<void>)>;

  explicit Deployments(BenchWiring wiring) : wiring_(std::move(wiring)) {}

  /// `token` names this deployment; its fence must be new.
  void start(const Token& token, const std::string& worker, const std::string& model,
             const learners::EnsemblePtr& ensemble, Done done);
  void cancelEverything();

  void onActive(const std::string& worker, const Active& active);
  void onFailed(const std::string& worker, const Failed& failed);
  /// Sends what waits and gives up what waited too long.
  void tick();

 private:
  struct Deployment {
    std::string worker;
    std::string model;
    Token token;
    BlobRef ensemble;
    Done done;
    base::Time since;
    bool packed = false;
    bool sent = false;
    std::string boot;  ///< of the worker's start that it was sent to
  };
  void finish(std::int64_t fence, base::Result<void> result);

  const BenchWiring wiring_;
  std::map<std::int64_t, Deployment> running_;  // by fence
};

}  // namespace app
