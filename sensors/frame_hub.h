#pragma once
// FrameHub: computes each kind of frame once, however many tasks want it.

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "sensors/frame.h"
#include "sensors/source.h"
#include "sensors/stream.h"

namespace sensors {

/// A running computation of one FrameSpec. It ends when the last holder lets go. Thread-safe.
class FrameFeed {
 public:
  FrameFeed(std::shared_ptr<SourceStream> source, FrameSpec spec, FeatureExtractorPtr extractor,
            const base::Clock& clock);
  ~FrameFeed();

  const FrameSpec& spec() const { return spec_; }
  const FrameLayoutPtr& layout() const { return layout_; }
  std::shared_ptr<Reader<Frame>> subscribe(std::size_t capacity) {
    return frames_.subscribe(capacity);
  }
  /// Lets a reader of several feeds see this one's frames too; Frame::layout tells them apart.
  void attach(const std::shared_ptr<Reader<Frame>>& reader) { frames_.attach(reader); }
  /// The source's device is gone: what it last said holds no more, until it says something new.
  void setAway(bool away) { away_ = away; }
  /// Blocks the frame thread could not take in time.
  std::uint64_t dropped() const { return blocks_->dropped(); }

 private:
  void run(std::stop_token stop, const std::vector<BlockPtr>& held);

  std::shared_ptr<SourceStream> source_;
  FrameSpec spec_;
  FeatureExtractorPtr extractor_;
  FrameLayoutPtr layout_;
  const base::Clock& clock_;
  std::shared_ptr<Reader<Block>> blocks_;
  Stream<Frame> frames_;
  std::atomic<bool> away_ = false;
  std::jthread thread_;  // last: joined before anything it uses is gone
};

/// Thread-safe. Must outlive the feeds it gave.
class FrameHub {
 public:
  FrameHub(SourceTable& sources, const std::map<std::string, ExtractorFactory>& extractors,
           const base::Clock& clock);

  /// The running feed for `spec`, started if nobody holds one.
  /// Errors: NotFound for an unknown source or extractor; as the extractor's factory.
  base::Result<std::shared_ptr<FrameFeed>> acquire(const FrameSpec& spec);
  /// A device that speaks only when something changes is not missed by its silence: whoever knows
  /// that it is gone says so here. No frame of `source` is made of what it said before.
  void setAway(const std::string& source, bool away);
  bool isAway(const std::string& source) const;
  /// Feeds running now.
  std::size_t running() const;

 private:
  SourceTable& sources_;
  const std::map<std::string, ExtractorFactory>& extractors_;
  const base::Clock& clock_;
  mutable std::mutex mutex_;
  std::map<std::string, std::weak_ptr<FrameFeed>> feeds_;
  std::set<std::string> away_;
};

}  // namespace sensors
