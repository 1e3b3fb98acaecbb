#pragma once
// DatasetBuilder: demonstrations + recordings -> Dataset, by the same windower, extractors and
// joiner that run live.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "app/project/store.h"
#include "learners/dataset.h"
#include "plugins/sdk/plugin.h"

namespace app {

struct BuildOptions {
  std::stop_token stop;
  std::function<void(double)> progress;  ///< [0, 1], on the calling thread
};

/// Frames of one task for sources as the project knows them: `settings.frames`, or where that is
/// empty every non-picture source of the project with its default extractor.
std::vector<sensors::FrameSpec> frameSpecsFor(const TaskSettings& settings,
                                              const std::vector<sensors::SourceInfo>& sources);

/// Remembers the frames of recordings it has seen, so that the next training only computes what is
/// new. Thread-safe.
class DatasetBuilder {
 public:
  DatasetBuilder(const ProjectStore& store, const plugins::Registry& registry);
  ~DatasetBuilder();

  /// Joined frames whose span lies at least half inside an enabled demonstration; a frame belongs
  /// to the demonstration that covers most of it. Rows of one demonstration share a unit; group is
  /// the recording, or one number for all recordings of equal Recording::group. Errors:
  /// InvalidArgument where nothing can be learnt from; NotFound, Io, Corrupt from the store;
  /// Cancelled.
  base::Result<learners::DatasetPtr> build(const TaskSettings& settings,
                                           const BuildOptions& options = {});

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
