#pragma once
// TrainingChild: trains one ensemble from files, apart from the worker itself: in a limited child
// process, whose crash is an event and not the worker's end; or on the calling thread, for tests.

#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>

#include "learners/ensemble_training.h"

namespace app {

/// What a child reads and writes. `folder` holds recipe.json and receives first.ensemble, then
/// ensemble and report.json. Where it holds adapt.json too, the child learns a correction instead of
/// training anew (adaptation_job.h).
struct ChildJob {
  std::filesystem::path dataset;
  std::filesystem::path folder;
  std::filesystem::path checkpoints = {};  ///< folder for parts of a training; empty: none

  std::filesystem::path recipe() const { return folder / "recipe.json"; }
  std::filesystem::path first() const { return folder / "first.ensemble"; }
  std::filesystem::path ensemble() const { return folder / "ensemble"; }
  std::filesystem::path report() const { return folder / "report.json"; }
  std::filesystem::path adapt() const { return folder / "adapt.json"; }
  std::filesystem::path former() const { return folder / "former.ensemble"; }
};

struct ChildEvents {
  std::function<void(double)> progress;  ///< share done [0, 1]; any thread
  std::function<void()> first;           ///< first.ensemble is there, or a better one; any thread
};

/// Why a child did not finish: the cause is the word of the protocol ("oom", "crash", ...).
struct ChildFailure {
  std::string cause;
  std::string reason;
};

/// One job at a time.
class TrainingChild {
 public:
  virtual ~TrainingChild() = default;
  /// Returns when ensemble and report.json are written, or with the reason why they are not. A
  /// request to stop ends it within 100 ms (process) or at the learner's next look (thread).
  virtual std::optional<ChildFailure> run(const ChildJob& job, const ChildEvents& events,
                                          std::stop_token stop) = 0;
};

std::unique_ptr<TrainingChild> makeThreadChild(const learners::LearnerMap& learners);
/// Starts `program --train-child DATASET FOLDER CHECKPOINTS` with few rights: at most
/// `memoryLimitBytes` of address space (0: no limit), OpenMP on one thread, low priority unless it
/// learns a correction, for which a person waits, no inherited files.
std::unique_ptr<TrainingChild> makeProcessChild(std::filesystem::path program,
                                                std::uint64_t memoryLimitBytes);

/// What `program --train-child` does: trains and writes progress lines to standard output. Returns
/// the exit code.
int trainChildMain(const ChildJob& job, const learners::LearnerMap& learners);

}  // namespace app
