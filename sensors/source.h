#pragma once
// Source: produces blocks from one device. SourceTable: where every running source's stream is
// found.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sensors/base/result.h"
#include "sensors/block.h"
#include "sensors/stream.h"

namespace sensors {

/// What a stream did so far. Counters only grow.
struct StreamCounts {
  std::uint64_t blocks = 0;
  std::uint64_t readings = 0;     ///< rows x channels; a picture counts 1
  std::uint64_t lostBlocks = 0;   ///< jumps of the sequence, and what the device says it lost
  std::uint64_t badValues = 0;    ///< missing or non-finite
  base::Time lastArrival;         ///< host time; {0} before the first block
  base::Duration clockOffset{0};  ///< host clock - device clock as last estimated
};

/// One source's description, stream and counters. Thread-safe.
class SourceStream {
 public:
  explicit SourceStream(SourceInfoPtr info) : info_(std::move(info)) {}

  SourceInfoPtr info() const;
  void setInfo(SourceInfoPtr info);
  StreamCounts counts() const;
  void setClockOffset(base::Duration offset);

  /// Counts the block and hands it to all readers. `arrival`: host time now.
  void publish(BlockPtr block, base::Time arrival);
  std::shared_ptr<Reader<Block>> subscribe(std::size_t capacity) {
    return stream_.subscribe(capacity);
  }
  /// Slow sources: the newest blocks, at most 16, oldest first, so that who comes later knows what
  /// holds. Nothing for other kinds.
  std::vector<BlockPtr> recent() const;

 private:
  mutable std::mutex mutex_;
  SourceInfoPtr info_;
  StreamCounts counts_;
  std::deque<BlockPtr> recent_;
  std::optional<std::uint64_t> nextSequence_;
  Stream<Block> stream_;
};

/// All sources of the program by id. Thread-safe. A source stays listed when its device is away.
class SourceTable {
 public:
  /// Adds a source, or renews its description where it changed. The listener is told outside the
  /// lock.
  std::shared_ptr<SourceStream> declare(const SourceInfo& info);
  /// Null where `id` is unknown.
  std::shared_ptr<SourceStream> find(const std::string& id) const;
  /// Ordered by id.
  std::vector<std::shared_ptr<SourceStream>> list() const;
  /// `listener` is called on the declaring thread with each new or renewed source. Set once, first.
  void onDeclared(std::function<void(const std::shared_ptr<SourceStream>&)> listener);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<SourceStream>> streams_;
  std::function<void(const std::shared_ptr<SourceStream>&)> listener_;
};

/// A running device. Publishes into the table it was made with, until destroyed.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::string id() const = 0;
  /// Nothing while all is well, else one sentence for a person. Thread-safe.
  virtual std::optional<base::Error> trouble() const = 0;
};

}  // namespace sensors
