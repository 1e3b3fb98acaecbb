#pragma once
// DatasetBuilder: demonstrations + recordings -> Dataset, by the same windower, extractors and
// joiner that run live.

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <stop_token>
#include <vector>

#include "app/flag_keeper.h"
#include "app/project/store.h"
#include "app/recording_frames.h"
#include "learners/dataset.h"
#include "plugins/sdk/plugin.h"

namespace app {

struct BuildOptions {
  std::stop_token stop;
  std::function<void(double)> progress;  ///< [0, 1], on the calling thread
  int fewestExamples = 1;  ///< labels with fewer enabled ones are left out, but background never
  WindowChange change = {};          ///< of every window; such frames are not remembered
  std::set<std::int64_t> only = {};  ///< these demonstrations; empty: all
};

/// Frames of one task for sources as the project knows them: `settings.frames`, or where that is
/// empty every source of the project with its default extractor; both as `settings.choices` say.
std::vector<sensors::FrameSpec> frameSpecsFor(const TaskSettings& settings,
                                              const std::vector<sensors::SourceInfo>& sources);

/// `settings` that look at `frames` just as a model was made of them, whatever was chosen since.
TaskSettings withFrames(TaskSettings settings, const std::vector<sensors::FrameSpec>& frames);

/// Remembers the frames of recordings it has seen, so that the next training only computes what is
/// new. Thread-safe.
class DatasetBuilder {
 public:
  static constexpr std::size_t kUsualCache = std::size_t{512} << 20;

  /// `cacheBytes`: of remembered frames; the longest unused are forgotten beyond. 0 remembers none.
  DatasetBuilder(const ProjectStore& store, const plugins::Registry& registry,
                 std::size_t cacheBytes = kUsualCache);
  ~DatasetBuilder();

  /// Where flags come from while a session runs; else from the project. Set before the first build;
  /// `flags` must be thread-safe.
  void setFlags(std::function<std::vector<Flag>()> flags);

  /// Joined frames whose span lies at least half inside an enabled demonstration, or wholly where
  /// the demonstration was imported; a frame belongs to the demonstration that covers most of it,
  /// of equals to the newest. Silent windows (root mean square below 1e-3 of full scale) of
  /// imported sound are left out unless all of that demonstration is silent. Where a source is
  /// flagged its part of a row is missing, unless its choice says learnFlagged. Rows of one
  /// demonstration share a unit; group is the recording, or one number for all recordings of equal
  /// Recording::group. Errors: InvalidArgument where nothing can be learnt from; NotFound, Io,
  /// Corrupt from the store; Cancelled.
  base::Result<learners::DatasetPtr> build(const TaskSettings& settings,
                                           const BuildOptions& options = {});

  /// All joined frames of one recording, oldest first, whether or not anything was shown in it.
  /// Errors: NotFound for a source or extractor; Io, Corrupt from the store.
  base::Result<std::vector<sensors::FramePtr>> frames(const TaskSettings& settings,
                                                      const Recording& recording);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
