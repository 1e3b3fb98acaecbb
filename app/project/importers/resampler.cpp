#include "app/project/importers/resampler.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace app {
namespace {

constexpr std::int64_t kMostPhases = 1024;
constexpr double kHalfWidth = 24;  // zero crossings on each side
constexpr double kRolloff = 0.95;
constexpr double kBeta = 9;

struct Ratio {
  std::int64_t up = 1;
  std::int64_t down = 1;
};

/// The best approximation of `value` with a numerator of at most kMostPhases (continued fraction).
Ratio ratioOf(double value) {
  Ratio former{1, 0};
  Ratio current{static_cast<std::int64_t>(std::floor(value)), 1};
  double rest = value - std::floor(value);
  while (rest > 1e-9) {
    const double inverse = 1 / rest;
    const auto digit = static_cast<std::int64_t>(std::floor(inverse));
    const Ratio next{digit * current.up + former.up, digit * current.down + former.down};
    if (next.up > kMostPhases) break;
    former = current;
    current = next;
    rest = inverse - std::floor(inverse);
  }
  return current.up > 0 ? current : Ratio{1, static_cast<std::int64_t>(std::lround(1 / value))};
}

/// Modified Bessel function of the first kind and order 0, by its power series.
double besselI0(double x) {
  double sum = 1;
  double term = 1;
  for (int k = 1; term > 1e-12 * sum; ++k) {
    term *= (x / (2 * k)) * (x / (2 * k));
    sum += term;
  }
  return sum;
}

double kernel(double t, double cutoff, double halfWidth) {
  const double u = t / halfWidth;
  if (u <= -1 || u >= 1) return 0;
  const double window = besselI0(kBeta * std::sqrt(1 - u * u)) / besselI0(kBeta);
  const double angle = std::numbers::pi * cutoff * t;
  return cutoff * (std::abs(angle) < 1e-9 ? 1 : std::sin(angle) / angle) * window;
}

}  // namespace

std::vector<float> resampled(std::span<const float> input, double from, double to) {
  const Ratio ratio = ratioOf(to / from);
  if (ratio.up == ratio.down || input.empty()) return {input.begin(), input.end()};
  const double shrink =
      std::min(1.0, static_cast<double>(ratio.up) / static_cast<double>(ratio.down));
  const double halfWidth = kHalfWidth / shrink;
  const auto reach = static_cast<std::int64_t>(std::ceil(halfWidth));
  const std::int64_t taps = 2 * reach;

  // filters[phase][j] weighs input sample (centre - reach + 1 + j).
  std::vector<float> filters(static_cast<std::size_t>(ratio.up * taps));
  for (std::int64_t phase = 0; phase < ratio.up; ++phase) {
    const double fraction = static_cast<double>(phase) / static_cast<double>(ratio.up);
    float* filter = filters.data() + phase * taps;
    double sum = 0;
    for (std::int64_t j = 0; j < taps; ++j) {
      const double value =
          kernel(fraction + static_cast<double>(reach - 1 - j), kRolloff * shrink, halfWidth);
      filter[j] = static_cast<float>(value);
      sum += value;
    }
    for (std::int64_t j = 0; j < taps; ++j) {  // a constant stays exactly what it is
      filter[j] = static_cast<float>(filter[j] / sum);
    }
  }

  const auto n = static_cast<std::int64_t>(input.size());
  std::vector<float> output(static_cast<std::size_t>((n * ratio.up + ratio.down - 1) / ratio.down));
  for (std::size_t m = 0; m < output.size(); ++m) {
    const std::int64_t position = static_cast<std::int64_t>(m) * ratio.down;
    const std::int64_t first = position / ratio.up - reach + 1;
    const float* filter = filters.data() + (position % ratio.up) * taps;
    const std::int64_t begin = std::max<std::int64_t>(0, -first);
    const std::int64_t end = std::min(taps, n - first);
    float sum = 0;
    for (std::int64_t j = begin; j < end; ++j) {
      sum += filter[j] * input[static_cast<std::size_t>(first + j)];
    }
    output[m] = sum;
  }
  return output;
}

}  // namespace app
