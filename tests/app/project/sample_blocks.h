#pragma once
// Small sources and blocks for the tests of the project file, and a clock that is set by hand.

#include <atomic>
#include <memory>
#include <string>
#include <utility>

#include "sensors/block.h"
#include "sensors/tape.h"

namespace project_test {

inline constexpr base::Time kStart{1'700'000'000'000'000'000};

class HandClock final : public base::Clock {
 public:
  base::Time now() const override { return {ns_.load()}; }
  void set(base::Time time) { ns_ = time.ns; }

 private:
  std::atomic<std::int64_t> ns_ = kStart.ns;
};

/// 100 rows a second, two channels.
inline sensors::SourceInfo motionInfo(const std::string& id = "kitchen/imu") {
  return {.id = id,
          .name = "Kitchen vibration",
          .kind = sensors::SourceKind::Motion,
          .channels = {{.id = "x", .unit = "m/s2", .min = -20, .max = 20},
                       {.id = "y", .unit = "m/s2", .min = -20, .max = 20}},
          .rate = 100};
}

inline sensors::SourceInfoPtr motion(const std::string& id = "kitchen/imu") {
  return std::make_shared<const sensors::SourceInfo>(motionInfo(id));
}

/// Block number `sequence`: 20 ms, two rows, whose first value counts all rows of the source.
inline sensors::BlockPtr motionBlock(const sensors::SourceInfoPtr& source, std::uint64_t sequence) {
  sensors::Block block;
  block.source = source;
  block.sequence = sequence;
  block.start = kStart + std::chrono::milliseconds(20) * static_cast<std::int64_t>(sequence);
  block.step = std::chrono::milliseconds(10);
  const auto row = static_cast<float>(2 * sequence);
  block.content =
      sensors::Samples{.rows = 2, .channels = 2, .values = {row, -1, row + 1, -1}, .missing = {}};
  return std::make_shared<const sensors::Block>(std::move(block));
}

/// A JPEG of 8 x 8 pixels as far as its header goes.
inline base::Bytes tinyJpeg() {
  return {0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0, 0xff, 0xd9};
}

/// The first channel of all rows in order.
inline std::vector<float> firstColumn(const std::vector<sensors::BlockPtr>& blocks) {
  std::vector<float> column;
  for (const sensors::BlockPtr& block : blocks) {
    for (std::size_t row = 0; row < block->rows(); ++row) {
      column.push_back(block->samples()->at(row, 0));
    }
  }
  return column;
}

inline std::vector<float> counting(int from, int to) {
  std::vector<float> numbers;
  for (int i = from; i < to; ++i) {
    numbers.push_back(static_cast<float>(i));
  }
  return numbers;
}

}  // namespace project_test
