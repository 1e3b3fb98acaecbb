#pragma once
// RecordingFrames: the features of one whole recording by one frame spec, and a memory of them, so
// that the next training only computes what is new.

#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/project/store.h"
#include "plugins/sdk/plugin.h"

namespace app {

/// All frames of one recording by one spec.
struct RecordingFrames {
  std::vector<base::TimeSpan> spans;
  std::vector<float> values;          ///< [frames x features]
  std::vector<std::uint8_t> missing;  ///< empty, or [frames x features]
  std::vector<float> loudness;        ///< [frames], share of full scale; empty where not sound

  std::size_t bytes() const {
    return spans.size() * sizeof(base::TimeSpan) + values.size() * sizeof(float) + missing.size() +
           loudness.size() * sizeof(float);
  }
};
using RecordingFramesPtr = std::shared_ptr<const RecordingFrames>;

/// One source's share of the joined frames.
struct FramePart {
  sensors::FrameSpec spec;
  sensors::SourceInfoPtr source;
  sensors::FeatureExtractorPtr extractor;
  sensors::FrameLayoutPtr layout;
  std::string key;  ///< equal keys compute equal frames
};

/// The parts of a task's frames, in order.
/// Errors: NotFound for an unknown source or extractor; InvalidArgument where there is no source;
/// as the extractors' factories.
base::Result<std::vector<FramePart>> framePartsFor(const std::vector<sensors::FrameSpec>& specs,
                                                   const std::vector<sensors::SourceInfo>& sources,
                                                   const plugins::Registry& registry);

/// What a measured window would have been on another day. Thread-safe, of equal span and shape.
using WindowChange = std::function<sensors::Window(const sensors::Window&)>;

/// Cuts all windows of `recording` and extracts them, as `change` (may be empty) makes them;
/// loudness is that of the measured ones. No frames where the recording lacks the source.
/// Errors: those of the store.
base::Result<RecordingFramesPtr> computeFrames(const ProjectStore& store,
                                               const Recording& recording, const FramePart& part,
                                               const WindowChange& change = {});

/// Remembers frames up to a number of bytes; the longest unused are forgotten first. Thread-safe.
class FrameCache {
 public:
  /// 0 remembers nothing.
  explicit FrameCache(std::size_t bytes) : limit_(bytes) {}

  /// The remembered frames, or newly computed ones. Errors: as computeFrames().
  base::Result<RecordingFramesPtr> frames(const ProjectStore& store, const Recording& recording,
                                          const FramePart& part);
  /// How many were found remembered so far.
  std::size_t hits() const;

 private:
  struct Entry {
    std::string key;
    RecordingFramesPtr frames;
  };

  const std::size_t limit_;
  mutable std::mutex mutex_;  ///< guards what follows
  std::list<Entry> recent_;   ///< last used first
  std::map<std::string, std::list<Entry>::iterator> byKey_;
  std::size_t bytes_ = 0;
  std::size_t hits_ = 0;
};

}  // namespace app
