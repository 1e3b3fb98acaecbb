#pragma once
// Blocks and sources with known content, for every test that needs samples.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "sensors/source.h"

namespace support {

/// Description of a source with channels "a", "b", "c", ... in unit `unit`.
inline sensors::SourceInfo sourceInfo(std::string id, sensors::SourceKind kind, double rate,
                                      std::size_t channels = 1, std::string unit = "1") {
  sensors::SourceInfo info;
  info.id = info.name = std::move(id);
  info.kind = kind;
  info.rate = rate;
  for (std::size_t c = 0; c < channels; ++c) {
    info.channels.push_back({.id = std::string(1, static_cast<char>('a' + c)), .unit = unit});
  }
  return info;
}

inline sensors::SourceInfoPtr shared(sensors::SourceInfo info) {
  return std::make_shared<const sensors::SourceInfo>(std::move(info));
}

/// One block with an even step of 1 / rate (0 where the rate is 0); `values` row by row.
inline sensors::BlockPtr block(const sensors::SourceInfoPtr& source, base::Time start,
                               std::vector<float> values, std::uint64_t sequence = 0,
                               std::vector<std::uint8_t> missing = {}) {
  const std::size_t channels = source->channels.size();
  auto made = std::make_shared<sensors::Block>();
  made->source = source;
  made->sequence = sequence;
  made->start = start;
  made->step = source->rate > 0 ? base::fromSeconds(1 / source->rate) : base::Duration(0);
  made->content = sensors::Samples{.rows = values.size() / channels,
                                   .channels = channels,
                                   .values = std::move(values),
                                   .missing = std::move(missing)};
  return made;
}

/// Samples of `signal(seconds after start)` on every channel, cut into blocks of `rowsPerBlock`.
inline std::vector<sensors::BlockPtr> blocksOf(const sensors::SourceInfoPtr& source,
                                               base::Time start, std::size_t rows,
                                               std::size_t rowsPerBlock,
                                               const std::function<float(double)>& signal) {
  std::vector<sensors::BlockPtr> blocks;
  for (std::size_t first = 0; first < rows; first += rowsPerBlock) {
    std::vector<float> values;
    for (std::size_t row = first; row < std::min(rows, first + rowsPerBlock); ++row) {
      const float v = signal(static_cast<double>(row) / source->rate);
      values.insert(values.end(), source->channels.size(), v);
    }
    const base::Time t = start + base::fromSeconds(static_cast<double>(first) / source->rate);
    blocks.push_back(block(source, t, std::move(values), first / rowsPerBlock));
  }
  return blocks;
}

/// A source that publishes exactly what a test tells it to, on the test's thread.
class ScriptedSource final : public sensors::Source {
 public:
  ScriptedSource(sensors::SourceTable& table, const sensors::SourceInfo& info)
      : table_(table), stream_(table.declare(info)), info_(shared(info)) {}

  std::string id() const override { return info_->id; }
  std::optional<base::Error> trouble() const override { return std::nullopt; }
  const sensors::SourceInfoPtr& info() const { return info_; }
  const std::shared_ptr<sensors::SourceStream>& stream() const { return stream_; }

  /// From now on blocks are of `info`, as after a change at the device.
  void become(const sensors::SourceInfo& info) {
    table_.declare(info);
    info_ = shared(info);
  }
  /// Publishes one block that starts at `start` and arrives at `arrival`.
  void send(base::Time start, std::vector<float> values, base::Time arrival) {
    stream_->publish(block(info_, start, std::move(values), sequence_++), arrival);
  }
  void send(base::Time start, std::vector<float> values) { send(start, std::move(values), start); }
  /// Leaves out `n` sequence numbers, as a lossy link does.
  void lose(std::uint64_t n) { sequence_ += n; }

 private:
  sensors::SourceTable& table_;
  std::shared_ptr<sensors::SourceStream> stream_;
  sensors::SourceInfoPtr info_;
  std::uint64_t sequence_ = 0;
};

}  // namespace support
