#pragma once
// What recordings need to know about blocks: losses between them, their size, and the values that
// held before the first. Private to the recorder.

#include <algorithm>

#include "sensors/block.h"
#include "sensors/tape.h"

namespace app {

/// What is known to be missing between blocks of one source.
class LossCounter {
 public:
  /// Blocks lost between the former one and `block`.
  std::uint64_t add(const sensors::Block& block) {
    const std::uint64_t jump = seen_ && block.sequence > next_ ? block.sequence - next_ : 0;
    const std::uint64_t lost = seen_ ? std::max(jump, block.lostBefore) : 0;
    seen_ = true;
    next_ = block.sequence + 1;
    return lost;
  }

 private:
  bool seen_ = false;
  std::uint64_t next_ = 0;
};

std::size_t bytesOf(const sensors::Block& block);
/// True where `block` is `reference` or was published after it.
bool isFrom(const sensors::Block& block, const sensors::Block& reference);
/// The values of a slow source that held at `begin`, stamped then: without them a recording in
/// which nothing changes would not know what a live task knows. Null for other sources and where
/// nothing was said within the time that a value holds.
sensors::BlockPtr heldAt(const sensors::Tape& tape, const std::string& source, base::Time begin);

}  // namespace app
