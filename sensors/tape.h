#pragma once
// Tape: remembers every source's last minutes, so that a label can reach back in time.
// The newest 30 s are blocks in memory; older ones lie in an unlinked scratch file, so nothing a
// person did not label survives the program.

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "sensors/block.h"

namespace sensors {

/// Thread-safe. Ages count from the newest block of the same source.
class Tape {
 public:
  struct Lengths {
    base::Duration total = std::chrono::minutes(10);
    base::Duration inMemory = std::chrono::seconds(30);
    std::uint64_t scratchBytes = std::uint64_t{4} << 30;  ///< oldest are forgotten beyond this
  };

  Tape();  ///< with the lengths above
  explicit Tape(Lengths lengths);
  ~Tape();

  void append(const BlockPtr& block);

  /// Blocks of `source` that touch `span`, oldest first, cut to it.
  std::vector<BlockPtr> read(const std::string& source, const base::TimeSpan& span) const;
  /// The block of `source` that came last, from memory; null where nothing is kept.
  BlockPtr newest(const std::string& source) const;
  /// Ids of all sources with something on tape.
  std::vector<std::string> sources() const;
  /// What is kept of `source`; empty where nothing is.
  base::TimeSpan kept(const std::string& source) const;

 private:
  struct Entry;
  struct Track;
  struct Scratch;

  /// Brings one block from memory to the scratch file.
  void move(Entry& entry);

  Lengths lengths_;
  mutable std::mutex mutex_;
  std::map<std::string, Track> tracks_;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace sensors
