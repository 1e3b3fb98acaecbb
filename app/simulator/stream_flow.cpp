#include "app/simulator/stream_flow.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

namespace app {
namespace {

constexpr base::Duration kValuePause = std::chrono::seconds(1);

/// Four digits behind the point are more than the sensors are worth.
double shortNumber(float value) { return std::round(static_cast<double>(value) * 1e4) / 1e4; }

}  // namespace

StreamFlow::StreamFlow(hubs::StreamAbout about, StreamWire wire)
    : about_(std::move(about)), wire_(std::move(wire)) {
  about_.scale.resize(about_.channels.size(), 1);
  about_.offset.resize(about_.channels.size(), 0);
}

void StreamFlow::lease(base::Time until) {
  leasedUntil_ = std::max(leasedUntil_.value_or(until), until);
}

void StreamFlow::endLease() {
  leasedUntil_.reset();
  buffer_.clear();
}

void StreamFlow::expire(base::Time now) {
  if (leasedUntil_ && now >= *leasedUntil_) {
    endLease();
  }
}

void StreamFlow::reset() {
  endLease();
  sequence_ = 0;
  lost_ = 0;
}

void StreamFlow::noteLatest(base::Time time, std::span<const float> row) {
  latest_.assign(row.begin(), row.end());
  latestTime_ = time;
  // One sample of a sound tells nobody anything.
  valueIsNew_ = about_.kind != sensors::SourceKind::Audio;
}

std::vector<base::Bytes> StreamFlow::append(base::Time first, std::span<const float> rows,
                                            base::Time now, const NodeStamp& stamp) {
  const std::size_t channels = about_.channels.size();
  if (rows.size() < channels) {
    return {};
  }
  noteLatest(first, rows.last(channels));
  if (!isLeased(now)) {
    return {};
  }
  if (buffer_.empty()) {
    bufferStart_ = first;
  }
  buffer_.insert(buffer_.end(), rows.begin(), rows.end());

  const double wanted = std::round(base::toSeconds(wire_.blockLength) * about_.rate);
  const auto perBlock = static_cast<std::size_t>(std::max(1.0, wanted));
  const auto timeOf = [&](std::size_t row) {
    return bufferStart_ + base::fromSeconds(static_cast<double>(row) / about_.rate);
  };
  std::vector<base::Bytes> blocks;
  std::size_t sent = 0;
  for (; buffer_.size() / channels >= sent + perBlock; sent += perBlock) {
    const auto full = std::span(buffer_).subspan(sent * channels, perBlock * channels);
    blocks.push_back(encode(timeOf(sent), full, stamp));
  }
  bufferStart_ = timeOf(sent);
  buffer_.erase(buffer_.begin(), buffer_.begin() + static_cast<std::ptrdiff_t>(sent * channels));
  return blocks;
}

std::optional<base::Bytes> StreamFlow::report(base::Time time, std::span<const float> row,
                                              base::Time now, const NodeStamp& stamp) {
  noteLatest(time, row);
  if (!isLeased(now)) {
    return std::nullopt;
  }
  return encode(time, row, stamp);
}

std::optional<base::Bytes> StreamFlow::held(base::Time now, const NodeStamp& stamp) {
  if (!isSlow() || latest_.empty()) {
    return std::nullopt;
  }
  return encode(now, latest_, stamp);
}

std::optional<base::Bytes> StreamFlow::flush(const NodeStamp& stamp) {
  if (buffer_.empty()) {
    return std::nullopt;
  }
  return encode(bufferStart_, std::exchange(buffer_, {}), stamp);
}

void StreamFlow::lose(std::uint64_t rows, base::Time now) {
  if (isLeased(now)) {
    lost_ += rows + buffer_.size() / about_.channels.size();
  }
  buffer_.clear();
}

std::optional<std::string> StreamFlow::valueDue(base::Time now) {
  if (!valueIsNew_ || (valueGiven_ && now - *valueGiven_ < kValuePause)) {
    return std::nullopt;
  }
  valueIsNew_ = false;
  valueGiven_ = now;
  nlohmann::json value{{"t", 1e-9 * static_cast<double>(latestTime_.ns)}};
  for (std::size_t c = 0; c < latest_.size(); ++c) {
    value[about_.channels[c].id] = shortNumber(latest_[c]);
  }
  return value.dump();
}

base::Bytes StreamFlow::encode(base::Time first, std::span<const float> rows,
                               const NodeStamp& stamp) {
  const std::size_t channels = about_.channels.size();
  hubs::SampleBlock block{.sequence = sequence_++,
                          .boot = stamp.boot,
                          .timeMicros = first.ns / 1000,
                          .rate = about_.rate,
                          .clock = stamp.clockQuality,
                          .lost = std::exchange(lost_, 0),
                          .aboutRevision = stamp.aboutRevision,
                          .rows = rows.size() / channels,
                          .channels = channels,
                          .raw = wire_.form != StreamWire::Form::Json,
                          .values = std::vector<float>(rows.begin(), rows.end())};
  if (wire_.form == StreamWire::Form::Json) {
    return hubs::encodeJson(block);
  }
  for (std::size_t i = 0; i < block.values.size(); ++i) {
    const std::size_t c = i % channels;
    const double counts =
        (static_cast<double>(block.values[i]) - about_.offset[c]) / about_.scale[c];
    block.values[i] = static_cast<float>(counts);
  }
  const bool counted = wire_.form == StreamWire::Form::CborI16;
  return hubs::encodeCbor(block, counted ? hubs::SampleType::I16 : hubs::SampleType::F32);
}

}  // namespace app
