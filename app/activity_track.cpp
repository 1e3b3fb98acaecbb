#include "app/activity_track.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace app {
namespace {

using sensors::Block;
using sensors::BlockPtr;

constexpr double kSoundFrom = 1000;    // rows per second
constexpr double kLowPass = 0.05;      // of the new sample, one pole
constexpr std::size_t kLeastRows = 8;  // for deviations from a mean
constexpr std::size_t kMostChannels = 16;
constexpr double kFloor = 1e-12;

float decibels(double power) { return static_cast<float>(10 * std::log10(power + kFloor)); }

std::size_t stepsOf(const base::TimeSpan& span) {
  return span.isEmpty() ? 0 : static_cast<std::size_t>(span.length() / kActivityStep);
}

std::ptrdiff_t stepAt(base::Time time, const base::TimeSpan& span) {
  return time < span.begin ? -1 : (time - span.begin) / kActivityStep;
}

ActivityTrack emptyTrack(const Block& block, std::size_t steps, std::size_t dims,
                         std::size_t rising) {
  return {.source = block.source->id,
          .dims = dims,
          .rising = rising,
          .values = std::vector<float>(steps * dims),
          .known = std::vector<std::uint8_t>(steps)};
}

ActivityTrack soundActivity(const std::vector<BlockPtr>& blocks, const base::TimeSpan& span) {
  constexpr std::size_t kParts = 3;
  const std::size_t steps = stepsOf(span);
  ActivityTrack track = emptyTrack(*blocks.front(), steps, kParts, kParts);
  std::vector<std::array<double, kParts>> power(steps);
  std::vector<std::size_t> rows(steps);
  double low = 0, last = 0, lastDifference = 0;
  for (const BlockPtr& block : blocks) {
    const sensors::Samples& samples = *block->samples();
    for (std::size_t r = 0; r < samples.rows; ++r) {
      const double x = samples.isMissing(r, 0) ? last : samples.at(r, 0);
      low += kLowPass * (x - low);
      const double difference = x - last;
      const double bend = difference - lastDifference;
      last = x;
      lastDifference = difference;
      const std::ptrdiff_t step = stepAt(block->timeOf(r), span);
      if (step < 0 || step >= static_cast<std::ptrdiff_t>(steps)) continue;
      power[step][0] += low * low;
      power[step][1] += difference * difference;
      power[step][2] += bend * bend;
      ++rows[step];
    }
  }
  for (std::size_t s = 0; s < steps; ++s) {
    track.known[s] = rows[s] > 0 ? 1 : 0;
    for (std::size_t part = 0; rows[s] > 0 && part < kParts; ++part) {
      track.values[s * kParts + part] = decibels(power[s][part] / static_cast<double>(rows[s]));
    }
  }
  return track;
}

ActivityTrack evenActivity(const std::vector<BlockPtr>& blocks, const base::TimeSpan& span) {
  const Block& first = *blocks.front();
  const std::size_t channels = std::min(first.samples()->channels, kMostChannels);
  const std::size_t steps = stepsOf(span);
  ActivityTrack track = emptyTrack(first, steps, 2 * channels, channels);
  struct Sums {
    double n = 0, x = 0, xx = 0;
  };
  std::vector<Sums> sums(steps * channels);
  for (const BlockPtr& block : blocks) {
    const sensors::Samples& samples = *block->samples();
    for (std::size_t r = 0; r < samples.rows; ++r) {
      const std::ptrdiff_t step = stepAt(block->timeOf(r), span);
      if (step < 0 || step >= static_cast<std::ptrdiff_t>(steps)) continue;
      for (std::size_t c = 0; c < std::min(channels, samples.channels); ++c) {
        if (samples.isMissing(r, c)) continue;
        Sums& sum = sums[step * channels + c];
        const double x = samples.at(r, c);
        sum.n += 1;
        sum.x += x;
        sum.xx += x * x;
      }
    }
  }
  const double perStep = base::toSeconds(kActivityStep) / base::toSeconds(first.step);
  const auto reach = static_cast<std::ptrdiff_t>(std::ceil(kLeastRows / perStep / 2 - 0.5));
  for (std::ptrdiff_t s = 0; s < static_cast<std::ptrdiff_t>(steps); ++s) {
    for (std::size_t c = 0; c < channels; ++c) {
      Sums around;
      const auto end = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(steps), s + reach + 1);
      for (std::ptrdiff_t near =
               std::max<std::ptrdiff_t>(0, s - std::max<std::ptrdiff_t>(reach, 0));
           near < end; ++near) {
        const Sums& one = sums[near * channels + c];
        around.n += one.n;
        around.x += one.x;
        around.xx += one.xx;
      }
      if (around.n < 2) continue;
      track.known[s] = 1;
      const double mean = around.x / around.n;
      const double variance = std::max(0.0, around.xx / around.n - mean * mean);
      track.values[s * track.dims + c] = decibels(variance);
      track.values[s * track.dims + channels + c] = static_cast<float>(mean);
    }
  }
  return track;
}

ActivityTrack levelActivity(const std::vector<BlockPtr>& blocks, const base::TimeSpan& span) {
  const Block& first = *blocks.front();
  const std::size_t channels = std::min(first.samples()->channels, kMostChannels);
  const std::size_t steps = stepsOf(span);
  ActivityTrack track = emptyTrack(first, steps, channels, 0);
  std::vector<float> held(channels);
  std::size_t step = 0;
  bool any = false;
  const auto holdUntil = [&](std::size_t end) {
    for (; step < std::min(end, steps); ++step) {
      track.known[step] = any ? 1 : 0;
      std::copy(held.begin(), held.end(),
                track.values.begin() + static_cast<std::ptrdiff_t>(step * channels));
    }
  };
  for (const BlockPtr& block : blocks) {
    const sensors::Samples& samples = *block->samples();
    for (std::size_t r = 0; r < samples.rows; ++r) {
      const std::ptrdiff_t at = stepAt(block->timeOf(r), span);
      if (at > 0) holdUntil(static_cast<std::size_t>(at));
      for (std::size_t c = 0; c < std::min(channels, samples.channels); ++c) {
        if (!samples.isMissing(r, c)) held[c] = samples.at(r, c);
      }
      any = true;
    }
  }
  holdUntil(steps);
  return track;
}

}  // namespace

ActivityTrack activityOf(const std::vector<BlockPtr>& blocks, const base::TimeSpan& span) {
  std::vector<BlockPtr> numbers;
  std::copy_if(blocks.begin(), blocks.end(), std::back_inserter(numbers),
               [](const BlockPtr& b) { return b->samples() && b->rows() > 0; });
  if (numbers.empty() || span.isEmpty()) return {};
  const Block& first = *numbers.front();
  if (first.step.count() <= 0 || !first.offsets.empty()) return levelActivity(numbers, span);
  const double rate = 1 / base::toSeconds(first.step);
  if (rate >= kSoundFrom) return soundActivity(numbers, span);
  return rate >= 5 ? evenActivity(numbers, span) : levelActivity(numbers, span);
}

}  // namespace app
