#pragma once
// EnsembleRun: one training of an ensemble from beginning to end. Private to ensemble_training.

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

#include "learners/ensemble_math.h"
#include "learners/ensemble_training.h"
#include "learners/jobs.h"
#include "learners/member_parts.h"
#include "learners/numbers.h"

namespace learners {

/// One training from beginning to end.
class EnsembleRun {
 public:
  EnsembleRun(const Dataset& data, const EnsembleRecipe& recipe, const TrainingContext& context,
              const OnEnsemble& onEnsemble, const Checkpoints& checkpoints)
      : data_(data),
        recipe_(recipe),
        context_(context),
        onEnsemble_(onEnsemble),
        checkpoints_(checkpoints),
        progress_(context.progress),
        labels_(data.labelCount()) {}

  base::Result<TrainedEnsemble> run(const LearnerMap& learners);

 private:
  struct Member {
    MemberSpec spec;
    ModelPtr model;  ///< the final one
    double fitSeconds = 0;
    double latencyMs = 0;
    std::vector<float> heldOut;  ///< [held-out rows x labels]
    std::size_t open = 0;        ///< parts not yet fitted
    bool serves = true;          ///< by the policy
    bool ready = false;
  };
  /// Members that can serve, and what they say about held-out rows together.
  struct Assembled {
    std::vector<EnsembleMember> members;
    std::vector<std::size_t> index;  ///< into members_
    HeldOutScore score;
    float temperature = 0;
    Pooling pooling = Pooling::Arithmetic;
  };

  base::Result<void> findMembers(const LearnerMap& learners);
  base::Result<void> prepare(const Preparation& how);
  base::Result<void> serveFirst(const LearnerMap& learners);
  void fitFinal(std::size_t m);
  void fitFold(std::size_t m, std::size_t f);
  std::string foldName(std::size_t f) const;
  void fitGate();
  void fitNovelty();
  base::Result<void> fitAll();
  base::Result<void> choose();
  base::Result<void> runJobs(std::vector<std::function<void()>> jobs, double share);
  std::function<void()> memberJob(std::size_t m, std::function<void()> work);
  void joined(std::size_t m);
  std::size_t wanted() const;
  Assembled assemble() const;
  base::Result<EnsemblePtr> make(Assembled assembled) const;
  void measureLatencies();
  void failed(const base::Error& error);
  /// Since it began.
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }
  TrainingContext contextFor(std::uint64_t part) const {
    return {.seed = seedOf(recipe_.seed, part), .stop = context_.stop, .progress = {}};
  }

  const Dataset& data_;
  const EnsembleRecipe& recipe_;
  const TrainingContext& context_;
  const OnEnsemble& onEnsemble_;
  const Checkpoints& checkpoints_;
  Progress progress_;
  std::size_t labels_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  Standardizer standardizer_;
  std::optional<Reduction> reduction_;
  DatasetPtr prepared_;
  Preparation how_;                   ///< the rows were prepared
  std::optional<MemberParts> parts_;  ///< of rows prepared so
  HeldOutPlan plan_;
  std::vector<PreparedFold> folds_;
  std::vector<Member> members_;
  std::mutex mutex_;  ///< guards what follows, and open and ready of members, while jobs run
  Novelty novelty_;
  std::optional<Gate> gate_;
  EnsembleReport report_;
  std::optional<base::Error> error_;
};

}  // namespace learners
