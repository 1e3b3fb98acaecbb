#pragma once
// CheckpointFolder: parts of trainings under way, one file each, so that a worker that was killed
// goes on where it was.

#include <filesystem>
#include <mutex>
#include <set>

#include "learners/checkpoints.h"

namespace app {

/// Parts that took less than 0.2 s are not worth a file. Thread-safe.
class CheckpointFolder {
 public:
  /// An empty `folder` keeps nothing. Old parts are removed where all have more than 1 GB together.
  explicit CheckpointFolder(std::filesystem::path folder);

  /// What cannot be written is not kept: the training goes on without. Uses this object.
  learners::Checkpoints sink();
  /// The training is done: removes the parts it found or kept.
  void done();

 private:
  void used(const std::string& key);

  const std::filesystem::path folder_;
  std::mutex mutex_;
  std::set<std::string> used_;
};

}  // namespace app
