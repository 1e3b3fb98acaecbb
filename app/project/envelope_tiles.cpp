#include "app/project/envelope_tiles.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

namespace app {

namespace {

// Layout of a tile: version, flags (u8 each), one bit per bin that is not empty, then of each such
// bin min, max and, where flagged, last (f32 each, little endian).
constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kHasLast = 1;
constexpr std::size_t kMaskBytes = static_cast<std::size_t>(kBinsPerTile) / 8;
constexpr std::size_t kHeaderBytes = 2 + kMaskBytes;
constexpr double kFastRate = 1000;  // rows per second

std::int64_t floorDivide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

void put(base::Bytes& bytes, float value) {
  std::uint8_t raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  bytes.insert(bytes.end(), raw, raw + sizeof value);
}

/// Visits the usable samples of one column with their times.
template <class Visit>
void eachSample(const sensors::Block& block, std::size_t channel, const Visit& visit) {
  const sensors::Samples* const samples = block.samples();
  if (!samples || channel >= samples->channels) {
    return;
  }
  for (std::size_t row = 0; row < samples->rows; ++row) {
    const float value = samples->at(row, channel);
    if (!samples->isMissing(row, channel) && std::isfinite(value)) {
      visit(block.timeOf(row), value);
    }
  }
}

}  // namespace

void EnvelopeBin::widen(const EnvelopeBin& later) {
  if (later.isEmpty()) {
    return;
  }
  min = isEmpty() ? later.min : std::min(min, later.min);
  max = std::max(later.max, isEmpty() ? later.max : max);
  last = later.last;
}

bool hasEnvelope(sensors::SourceKind kind) {
  return kind != sensors::SourceKind::Picture && kind != sensors::SourceKind::Features;
}

base::Duration binWidth(double rate, int level) {
  double ns = 1e8;
  if (rate > 0 && std::isfinite(rate)) {
    ns = std::clamp((rate >= kFastRate ? 16e9 : 4e9) / rate, 1e3, 1e12);
  }
  std::int64_t width = std::llround(ns);
  for (int i = 0; i < level; ++i) {
    width *= kEnvelopeFactor;
  }
  return base::Duration(width);
}

void addToBins(EnvelopeBins& bins, const sensors::Block& block, std::size_t channel,
               base::Duration width) {
  EnvelopeBin* bin = nullptr;  // of the former sample: neighbours share one
  std::int64_t index = 0;
  eachSample(block, channel, [&](base::Time time, float value) {
    const std::int64_t own = floorDivide(time.ns, width.count());
    if (!bin || own != index) {
      bin = &bins[own];
      index = own;
    }
    bin->widen({.min = value, .max = value, .last = value});
  });
}

EnvelopeBins coarser(const EnvelopeBins& bins) {
  EnvelopeBins above;
  for (const auto& [index, bin] : bins) {
    above[floorDivide(index, kEnvelopeFactor)].widen(bin);
  }
  return above;
}

std::int64_t tileOf(std::int64_t bin) { return floorDivide(bin, kBinsPerTile); }

base::Bytes encodeTile(const EnvelopeTile& tile, KeepLast keepLast) {
  base::Bytes bytes(kHeaderBytes);
  bytes[0] = kVersion;
  bytes[1] = keepLast == KeepLast::Yes ? kHasLast : 0;
  for (std::size_t i = 0; i < tile.size(); ++i) {
    if (tile[i].isEmpty()) {
      continue;
    }
    bytes[2 + i / 8] = static_cast<std::uint8_t>(bytes[2 + i / 8] | 1u << i % 8);
    put(bytes, tile[i].min);
    put(bytes, tile[i].max);
    if (keepLast == KeepLast::Yes) {
      put(bytes, tile[i].last);
    }
  }
  return bytes;
}

base::Result<EnvelopeTile> decodeTile(std::span<const std::uint8_t> bytes) {
  const base::Error damaged{base::ErrorCode::Corrupt, "A saved envelope is damaged."};
  if (bytes.size() < kHeaderBytes || bytes[0] != kVersion || bytes[1] > kHasLast) {
    return damaged;
  }
  const std::size_t numbers = bytes[1] == kHasLast ? 3 : 2;
  EnvelopeTile tile;
  std::size_t at = kHeaderBytes;
  for (std::size_t i = 0; i < tile.size(); ++i) {
    if ((bytes[2 + i / 8] >> i % 8 & 1) == 0) {
      continue;
    }
    if (bytes.size() - at < numbers * sizeof(float)) {
      return damaged;
    }
    float values[3] = {0, 0, 0};
    std::memcpy(values, bytes.data() + at, numbers * sizeof(float));
    at += numbers * sizeof(float);
    if (!std::isfinite(values[0]) || !std::isfinite(values[1]) || !std::isfinite(values[2]) ||
        values[0] > values[1]) {
      return damaged;
    }
    tile[i] = {.min = values[0], .max = values[1], .last = values[2]};
  }
  if (at != bytes.size()) {
    return damaged;
  }
  return tile;
}

ColumnBuilder::ColumnBuilder(const base::TimeSpan& span, std::size_t n)
    : span_(span),
      columns_(n),
      last_(n, 0),
      lastAt_(n, std::numeric_limits<std::int64_t>::min()) {
  const std::int64_t length = span.length().count();
  const auto count = static_cast<std::int64_t>(n);
  for (std::int64_t i = 0; i <= count; ++i) {
    edges_.push_back(span.begin.ns + length / count * i + length % count * i / count);
  }
}

void ColumnBuilder::add(base::Time begin, base::Duration width, const EnvelopeBin& bin) {
  const std::int64_t end = begin.ns + std::max<std::int64_t>(1, width.count());
  if (bin.isEmpty() || end <= span_.begin.ns || begin >= span_.end) {
    return;
  }
  const auto from = std::max(begin.ns, span_.begin.ns);
  const auto above = std::upper_bound(edges_.begin(), edges_.end(), from);
  for (auto i = static_cast<std::size_t>(above - edges_.begin()) - 1;
       i < columns_.size() && edges_[i] < end; ++i) {
    sensors::EnvelopeColumn& column = columns_[i];
    const bool wasEmpty = column.isEmpty();
    column.min = wasEmpty ? bin.min : std::min(column.min, bin.min);
    column.max = wasEmpty ? bin.max : std::max(column.max, bin.max);
    if (begin.ns >= lastAt_[i]) {
      lastAt_[i] = begin.ns;
      last_[i] = bin.last;
    }
  }
}

void ColumnBuilder::add(const sensors::Block& block, std::size_t channel) {
  eachSample(block, channel, [&](base::Time time, float value) {
    add(time, base::Duration(1), {.min = value, .max = value, .last = value});
  });
}

void ColumnBuilder::hold(const EnvelopeBin& before) {
  bool known = !before.isEmpty();
  float value = before.last;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (!columns_[i].isEmpty()) {
      known = true;
      value = last_[i];
    } else if (known) {
      columns_[i] = {.min = value, .max = value};
    }
  }
}

}  // namespace app
