#include "sensors/augmentation.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numbers>
#include <random>
#include <span>

namespace sensors {
namespace {

using Random = std::mt19937_64;

double between(double low, double high, Random& random) {
  return std::uniform_real_distribution<double>(low, high)(random);
}

/// The row that stands for row `i`, mirrored at both ends.
std::size_t mirrored(std::int64_t i, std::size_t rows) {
  if (rows == 1) return 0;
  const auto last = static_cast<std::int64_t>(rows) - 1;
  const std::int64_t round = ((i % (2 * last)) + 2 * last) % (2 * last);
  return static_cast<std::size_t>(round <= last ? round : 2 * last - round);
}

/// Reads `from` at row `first + factor x i` for each row i.
Samples readAt(const Samples& from, double first, double factor) {
  Samples to = from;
  for (std::size_t row = 0; row < from.rows; ++row) {
    const double at = first + factor * static_cast<double>(row);
    const auto low = static_cast<std::int64_t>(std::floor(at));
    const auto t = static_cast<float>(at - static_cast<double>(low));
    std::array<std::size_t, 4> near{};
    for (int k = 0; k < 4; ++k) near[k] = mirrored(low - 1 + k, from.rows);
    for (std::size_t c = 0; c < from.channels; ++c) {
      const std::size_t out = row * from.channels + c;
      if (from.isMissing(near[1], c) || (t > 0 && from.isMissing(near[2], c))) {
        to.missing[out] = 1;
        to.values[out] = 0;
        continue;
      }
      if (!to.missing.empty()) to.missing[out] = 0;
      const float b = from.at(near[1], c);
      if (t == 0) {
        to.values[out] = b;
        continue;
      }
      const float d = from.at(near[2], c);
      const float a = from.isMissing(near[0], c) ? b : from.at(near[0], c);
      const float e = from.isMissing(near[3], c) ? d : from.at(near[3], c);
      to.values[out] =
          b + 0.5F * t * (d - a + t * (2 * a - 5 * b + 4 * d - e + t * (3 * (b - d) + e - a)));
    }
  }
  return to;
}

/// Turns by `degrees` about a random axis (Rodrigues' formula), row-major.
std::array<double, 9> randomTurn(double degrees, Random& random) {
  std::normal_distribution<double> normal;
  double x = normal(random);
  double y = normal(random);
  double z = normal(random);
  const double length = std::max(std::sqrt(x * x + y * y + z * z), 1e-12);
  x /= length;
  y /= length;
  z /= length;
  const double angle = degrees * std::numbers::pi / 180;
  const double s = std::sin(angle);
  const double c = std::cos(angle);
  const double d = 1 - c;
  return {c + x * x * d,     x * y * d - z * s, x * z * d + y * s, y * x * d + z * s, c + y * y * d,
          y * z * d - x * s, z * x * d - y * s, z * y * d + x * s, c + z * z * d};
}

/// Turns all threes alike: an accelerometer and a gyroscope sit in one device.
void turnAxes(const SourceInfo& source, const std::array<double, 9>& turn, Samples& samples) {
  for (std::size_t first = 0; first + 3 <= samples.channels; first += 3) {
    const Channel* channel = &source.channels[first];
    if (channel[0].unit != channel[1].unit || channel[0].unit != channel[2].unit) continue;
    for (std::size_t row = 0; row < samples.rows; ++row) {
      float* v = &samples.values[row * samples.channels + first];
      std::uint8_t* missing = nullptr;
      if (!samples.missing.empty()) {
        missing = &samples.missing[row * samples.channels + first];
        // An axis that is not there is a part of each turned one.
        if (missing[0] != 0 || missing[1] != 0 || missing[2] != 0) {
          std::fill(missing, missing + 3, std::uint8_t{1});
          std::fill(v, v + 3, 0.0F);
          continue;
        }
      }
      const std::array<double, 3> was{v[0], v[1], v[2]};
      for (std::size_t i = 0; i < 3; ++i) {
        v[i] = static_cast<float>(turn[3 * i] * was[0] + turn[3 * i + 1] * was[1] +
                                  turn[3 * i + 2] * was[2]);
      }
    }
  }
}

/// `rows` numbers of that colour, of no particular power.
std::vector<double> noiseOf(NoiseColour colour, std::size_t rows, Random& random) {
  std::normal_distribution<double> normal;
  std::vector<double> noise(rows);
  if (colour == NoiseColour::White) {
    for (double& value : noise) value = normal(random);
    return noise;
  }
  // Sources that change every row, every second, every fourth ... add up to power like 1/f.
  std::array<double, 16> held{};
  for (double& value : held) value = normal(random);
  for (std::size_t row = 0; row < rows; ++row) {
    const auto changing = static_cast<std::size_t>(std::countr_zero(row + 1));
    held[std::min(changing, held.size() - 1)] = normal(random);
    for (const double value : held) noise[row] += value;
  }
  return noise;
}

struct Spread {
  double mean = 0;
  double deviation = 0;
};

Spread spreadOf(const Samples& samples, std::size_t channel) {
  double sum = 0;
  double squares = 0;
  std::size_t n = 0;
  for (int pass = 0; pass < 2; ++pass) {
    const double mean = n > 0 ? sum / static_cast<double>(n) : 0;
    for (std::size_t row = 0; row < samples.rows; ++row) {
      if (samples.isMissing(row, channel)) continue;
      const double value = samples.at(row, channel);
      if (pass == 0) {
        sum += value;
        ++n;
      } else {
        squares += (value - mean) * (value - mean);
      }
    }
  }
  if (n == 0) return {};
  return {sum / static_cast<double>(n), std::sqrt(squares / static_cast<double>(n))};
}

Spread spreadOf(const std::vector<double>& values) {
  Spread spread;
  for (const double value : values) spread.mean += value;
  spread.mean /= static_cast<double>(values.size());
  for (const double value : values) {
    spread.deviation += (value - spread.mean) * (value - spread.mean);
  }
  spread.deviation = std::sqrt(spread.deviation / static_cast<double>(values.size()));
  return spread;
}

void addNoise(NoiseColour colour, double snr, std::size_t channel, Samples& samples,
              Random& random) {
  const double deviation = spreadOf(samples, channel).deviation;
  const auto noise = noiseOf(colour, samples.rows, random);
  const Spread own = spreadOf(noise);
  if (own.deviation <= 0) return;
  const double scale = deviation * std::pow(10, -snr / 20) / own.deviation;
  for (std::size_t row = 0; row < samples.rows; ++row) {
    if (samples.isMissing(row, channel)) continue;
    samples.values[row * samples.channels + channel] +=
        static_cast<float>(scale * (noise[row] - own.mean));
  }
}

void amplify(double factor, std::size_t channel, Samples& samples) {
  const double mean = spreadOf(samples, channel).mean;
  for (std::size_t row = 0; row < samples.rows; ++row) {
    if (samples.isMissing(row, channel)) continue;
    float& value = samples.values[row * samples.channels + channel];
    value = static_cast<float>(mean + factor * (value - mean));
  }
}

/// No device sends what lies beyond its range.
void keepRange(const SourceInfo& source, Samples& samples) {
  for (std::size_t c = 0; c < samples.channels; ++c) {
    const Channel& channel = source.channels[c];
    if (!(channel.min < channel.max)) continue;
    for (std::size_t row = 0; row < samples.rows; ++row) {
      if (samples.isMissing(row, c)) continue;
      float& value = samples.values[row * samples.channels + c];
      value = std::clamp(value, static_cast<float>(channel.min), static_cast<float>(channel.max));
    }
  }
}

}  // namespace

std::vector<float> noise(NoiseColour colour, std::size_t rows, std::uint64_t seed) {
  std::vector<float> made(rows, 0.0F);
  if (colour == NoiseColour::None || rows < 2) return made;
  Random random(seed);
  const auto values = noiseOf(colour, rows, random);
  const Spread spread = spreadOf(values);
  if (spread.deviation <= 0) return made;
  for (std::size_t i = 0; i < rows; ++i) {
    made[i] = static_cast<float>((values[i] - spread.mean) / spread.deviation);
  }
  return made;
}

AugmentationSpec usualAugmentation(SourceKind kind) {
  switch (kind) {
    case SourceKind::Motion:
      return {.shift = 0.1,
              .warp = 0.1,
              .gain = 1.5,
              .noise = NoiseColour::White,
              .leastSnr = 25,
              .mostSnr = 45,
              .turn = 15};
    case SourceKind::Audio:
      // Warped sound has another pitch, which may be what tells two labels apart.
      return {.shift = 0.1, .gain = 6, .noise = NoiseColour::Pink, .leastSnr = 10, .mostSnr = 40};
    case SourceKind::Slow:
    case SourceKind::Picture:
    case SourceKind::Features:
      break;
  }
  return {};
}

Window augmented(const Window& window, const AugmentationSpec& spec, std::uint64_t seed) {
  const bool fits = window.source && window.source->channels.size() == window.samples.channels;
  if (!fits || window.rate <= 0 || window.samples.rows == 0 || spec.changesNothing()) return window;
  Random random(seed);
  Window made = window;
  const auto rows = static_cast<double>(window.samples.rows);
  const double factor = 1 + between(-spec.warp, spec.warp, random);
  const double shift = rows * between(-spec.shift, spec.shift, random);
  // Warped about the middle, so that what lies there stays.
  const double first = spec.warp == 0 ? std::round(shift) : shift + (rows - 1) / 2 * (1 - factor);
  if (spec.shift != 0 || spec.warp != 0) made.samples = readAt(window.samples, first, factor);
  if (spec.turn != 0) {
    turnAxes(*window.source, randomTurn(between(-spec.turn, spec.turn, random), random),
             made.samples);
  }
  const double gain = std::pow(10, between(-spec.gain, spec.gain, random) / 20);
  const double snr = between(spec.leastSnr, spec.mostSnr, random);
  for (std::size_t c = 0; c < made.samples.channels; ++c) {
    if (spec.gain != 0) amplify(gain, c, made.samples);
    if (spec.noise != NoiseColour::None) {
      addNoise(spec.noise, snr, c, made.samples, random);
    }
  }
  keepRange(*window.source, made.samples);
  return made;
}

}  // namespace sensors
