#include "sensors/envelope.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace sensors {

namespace {

std::int64_t floorDivide(std::int64_t a, std::int64_t b) {
  return a / b - (a % b != 0 && (a < 0) != (b < 0) ? 1 : 0);
}

/// Left edge of column `i` of `n` over `span`.
std::int64_t edge(const base::TimeSpan& span, std::size_t i, std::size_t n) {
  const std::int64_t length = span.length().count();
  const auto columns = static_cast<std::int64_t>(n);
  const auto column = static_cast<std::int64_t>(i);
  return span.begin.ns + length / columns * column + length % columns * column / columns;
}

}  // namespace

Envelope::Envelope(base::Duration bin, base::Duration keep)
    : bin_(bin), keep_(std::max(keep, bin)), levels_(kLevels) {
  assert(bin.count() > 0);
}

void Envelope::add(base::Time t, float value) {
  if (std::isfinite(value)) {
    merge(floorDivide(t.ns, bin_.count()), {.min = value, .max = value, .last = value});
  }
}

void Envelope::add(const Block& block, std::size_t channel) {
  const Samples* samples = block.samples();
  if (!samples || channel >= samples->channels) {
    return;
  }
  // Neighbouring rows share a bin, so the levels are touched once per bin and not once per row.
  Bin gathered;
  std::int64_t gatheredIndex = 0;
  for (std::size_t row = 0; row < samples->rows; ++row) {
    const float value = samples->at(row, channel);
    if (samples->isMissing(row, channel) || !std::isfinite(value)) {
      continue;
    }
    const std::int64_t index = floorDivide(block.timeOf(row).ns, bin_.count());
    if (gathered.min > gathered.max || index != gatheredIndex) {
      merge(gatheredIndex, gathered);
      gathered = {.min = value, .max = value, .last = value};
      gatheredIndex = index;
      continue;
    }
    gathered.min = std::min(gathered.min, value);
    gathered.max = std::max(gathered.max, value);
    gathered.last = value;
  }
  merge(gatheredIndex, gathered);
}

void Envelope::merge(std::int64_t index, const Bin& bin) {
  if (bin.min > bin.max) {
    return;
  }
  std::int64_t kept = keep_.count() / bin_.count() + 1;
  for (Level& level : levels_) {
    const auto size = static_cast<std::int64_t>(level.bins.size());
    if (size > 0 && index < level.first + size - kept) {
      return;  // older than what is kept
    }
    if (size == 0 || index >= level.first + size + kept) {
      level.bins.assign(1, Bin{});
      level.first = index;
    }
    while (index < level.first) {
      level.bins.push_front({});
      --level.first;
    }
    while (index >= level.first + static_cast<std::int64_t>(level.bins.size())) {
      level.bins.push_back({});
    }
    while (static_cast<std::int64_t>(level.bins.size()) > kept) {
      level.bins.pop_front();
      ++level.first;
    }
    Bin& own = level.bins[static_cast<std::size_t>(index - level.first)];
    const bool wasEmpty = own.min > own.max;
    own.min = wasEmpty ? bin.min : std::min(own.min, bin.min);
    own.max = wasEmpty ? bin.max : std::max(own.max, bin.max);
    own.last = bin.last;
    index = floorDivide(index, kFactor);
    kept = kept / kFactor + 1;
  }
}

Envelope::Bin Envelope::summary(std::int64_t beginNs, std::int64_t endNs) const {
  Bin left;
  Bin right;  // gathered from the right edge inwards: later than `left`, found first is newest
  std::int64_t low = floorDivide(beginNs, bin_.count());
  std::int64_t high = floorDivide(endNs - 1, bin_.count()) + 1;
  const auto widen = [](Bin& sum, const Bin& bin) {
    const bool wasEmpty = sum.min > sum.max;
    sum.min = wasEmpty ? bin.min : std::min(sum.min, bin.min);
    sum.max = wasEmpty ? bin.max : std::max(sum.max, bin.max);
    return wasEmpty;
  };
  for (std::size_t k = 0; k < levels_.size(); ++k) {
    const Level& level = levels_[k];
    const auto size = static_cast<std::int64_t>(level.bins.size());
    low = std::max(low, level.first);
    high = std::min(high, level.first + size);
    const auto at = [&](std::int64_t i) -> const Bin& {
      return level.bins[static_cast<std::size_t>(i - level.first)];
    };
    const bool isTop = k + 1 == levels_.size();
    while (low < high && (isTop || floorDivide(low, kFactor) * kFactor != low)) {
      const Bin& bin = at(low++);
      if (bin.min <= bin.max) {
        widen(left, bin);
        left.last = bin.last;
      }
    }
    while (low < high && floorDivide(high, kFactor) * kFactor != high) {
      const Bin& bin = at(--high);
      if (bin.min <= bin.max && widen(right, bin)) right.last = bin.last;
    }
    if (low >= high) break;
    low = floorDivide(low, kFactor);
    high = floorDivide(high, kFactor);
  }
  if (right.min > right.max) return left;
  if (left.min <= left.max) widen(right, left);
  return right;
}

std::vector<EnvelopeColumn> Envelope::columns(const base::TimeSpan& span, std::size_t n) const {
  std::vector<EnvelopeColumn> result(n);
  if (span.isEmpty()) {
    return result;
  }
  for (std::size_t i = 0; i < n; ++i) {
    const std::int64_t begin = edge(span, i, n);
    const Bin bin = summary(begin, std::max(begin + 1, edge(span, i + 1, n)));
    result[i] = {.min = bin.min, .max = bin.max};
  }
  return result;
}

std::vector<EnvelopeColumn> Envelope::heldColumns(const base::TimeSpan& span, std::size_t n,
                                                  base::Duration holdLimit) const {
  std::vector<EnvelopeColumn> result = columns(span, n);
  for (std::size_t i = 0; i < n && !span.isEmpty(); ++i) {
    if (!result[i].isEmpty()) {
      continue;
    }
    const std::int64_t begin = edge(span, i, n);
    const Bin before = summary(begin - holdLimit.count(), begin);
    if (before.min <= before.max) {
      result[i] = {.min = before.last, .max = before.last};
    }
  }
  return result;
}

base::TimeSpan Envelope::covered() const {
  const Level& finest = levels_.front();
  if (finest.bins.empty()) {
    return {};
  }
  const std::int64_t width = bin_.count();
  return {{finest.first * width},
          {(finest.first + static_cast<std::int64_t>(finest.bins.size())) * width}};
}

}  // namespace sensors
