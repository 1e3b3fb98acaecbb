#include "app/project/recorder_blocks.h"

#include <algorithm>

namespace app {

namespace {

using sensors::Block;
using sensors::BlockPtr;

constexpr base::Duration kHoldLimit = std::chrono::minutes(10);  // as Windower's

}  // namespace

std::size_t bytesOf(const Block& block) {
  const sensors::Samples* const samples = block.samples();
  return samples ? samples->values.size() * sizeof(float) + samples->missing.size()
                 : block.image()->jpeg.size();
}

bool isFrom(const Block& block, const Block& reference) {
  return block.start >= reference.start && block.sequence >= reference.sequence;
}

BlockPtr heldAt(const sensors::Tape& tape, const std::string& source, base::Time begin) {
  const auto blocks = tape.read(source, {begin - kHoldLimit, begin});
  if (blocks.empty() || blocks.back()->source->kind != sensors::SourceKind::Slow) {
    return nullptr;
  }
  const std::size_t channels = blocks.back()->source->channels.size();
  sensors::Samples held{.rows = 1, .channels = channels};
  held.values.assign(channels, 0);
  held.missing.assign(channels, 1);
  for (const BlockPtr& block : blocks) {
    const sensors::Samples* const samples = block->samples();
    for (std::size_t row = 0; samples && row < samples->rows; ++row) {
      for (std::size_t c = 0; c < std::min(channels, samples->channels); ++c) {
        if (!samples->isMissing(row, c)) {
          held.values[c] = samples->at(row, c);
          held.missing[c] = 0;
        }
      }
    }
  }
  Block block;
  block.source = blocks.back()->source;
  block.sequence = blocks.back()->sequence;
  block.start = begin;
  block.offsets = {base::Duration{0}};
  block.content = std::move(held);
  return std::make_shared<const Block>(std::move(block));
}

}  // namespace app
