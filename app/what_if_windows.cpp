// What single windows become in another house.

#include <algorithm>
#include <cmath>
#include <random>

#include "app/what_if.h"
#include "sensors/augmentation.h"
#include "sensors/picture_variation.h"

namespace app {
namespace {

bool isSound(const sensors::Window& window) {
  return window.source && window.source->kind == sensors::SourceKind::Audio && window.rate > 0;
}

/// Pictures of a camera.
bool isFilm(const sensors::Window& window) {
  return window.source && window.source->kind == sensors::SourceKind::Picture;
}

/// In pixels.
double longerSide(const sensors::Window& window) {
  int longest = 1;
  for (const sensors::BlockPtr& block : window.pictures) {
    if (const sensors::Image* image = block->image()) {
      longest = std::max({longest, image->width, image->height});
    }
  }
  return longest;
}

std::uint64_t seedOf(const sensors::Window& window) {
  return static_cast<std::uint64_t>(window.span.begin.ns);
}

/// One feedback filter of Schroeder's: comb where `allPass` is false.
void filter(std::vector<double>& x, std::size_t delay, double gain, bool allPass) {
  if (delay == 0 || delay >= x.size()) return;
  std::vector<double> y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double fedBack = i >= delay ? y[i - delay] : 0;
    const double late = i >= delay ? x[i - delay] : 0;
    y[i] = allPass ? -gain * x[i] + late + gain * fedBack : x[i] + gain * fedBack;
  }
  x = std::move(y);
}

double power(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value * value;
  return sum;
}

std::vector<double> reverberant(const std::vector<double>& dry, double rate, double seconds) {
  // Delays and gains of the paper, its section on all-pass reverberators; the combs' gains are such
  // that each falls by 60 dB in `seconds`.
  std::vector<double> wet(dry.size());
  for (const double delay : {0.0297, 0.0371, 0.0411, 0.0437}) {
    std::vector<double> one = dry;
    filter(one, static_cast<std::size_t>(delay * rate), std::pow(10, -3 * delay / seconds), false);
    for (std::size_t i = 0; i < wet.size(); ++i) wet[i] += one[i];
  }
  filter(wet, static_cast<std::size_t>(0.005 * rate), 0.7, true);
  filter(wet, static_cast<std::size_t>(0.0017 * rate), 0.7, true);
  return wet;
}

/// Columns of a pixel grid, from the name of its last pixel; 0 where it is none.
std::size_t gridColumns(const sensors::SourceInfo& source) {
  if (!sensors::isPixelGrid(source)) return 0;
  const std::string& last = source.channels.back().id;
  const auto space = last.find_last_of(' ');
  return static_cast<std::size_t>(std::atoi(last.c_str() + space + 1)) + 1;
}

/// One box blur of 2 `reach` + 1 along a line of `count` numbers `step` apart.
void boxBlur(float* line, std::size_t count, std::size_t step, std::ptrdiff_t reach) {
  std::vector<float> was(count);
  for (std::size_t i = 0; i < count; ++i) was[i] = line[i * step];
  const auto last = static_cast<std::ptrdiff_t>(count) - 1;
  for (std::ptrdiff_t i = 0; i <= last; ++i) {
    float sum = 0;
    for (std::ptrdiff_t k = -reach; k <= reach; ++k) sum += was[std::clamp(i + k, std::ptrdiff_t{0}, last)];
    line[i * static_cast<std::ptrdiff_t>(step)] = sum / static_cast<float>(2 * reach + 1);
  }
}

}  // namespace

sensors::Window inRoom(const sensors::Window& window, double seconds) {
  if (!isSound(window) || seconds <= 0) return window;
  sensors::Window made = window;
  const std::size_t channels = made.samples.channels;
  for (std::size_t c = 0; c < channels; ++c) {
    std::vector<double> dry(made.samples.rows);
    for (std::size_t i = 0; i < dry.size(); ++i) {
      dry[i] = made.samples.isMissing(i, c) ? 0 : static_cast<double>(made.samples.at(i, c));
    }
    const auto wet = reverberant(dry, window.rate, seconds);
    const double scale = std::sqrt(power(dry) / std::max(power(wet), 1e-30));
    std::vector<double> mixed(dry.size());
    for (std::size_t i = 0; i < dry.size(); ++i) mixed[i] = dry[i] + scale * wet[i];
    const double same = std::sqrt(power(dry) / std::max(power(mixed), 1e-30));
    for (std::size_t i = 0; i < dry.size(); ++i) {
      made.samples.values[i * channels + c] = static_cast<float>(same * mixed[i]);
    }
  }
  return made;
}

sensors::Window inTheDark(const sensors::Window& window, double share) {
  if (isFilm(window)) {
    return sensors::changed(window, {.stops = std::log2(std::clamp(share, 1e-3, 1.0))},
                            seedOf(window));
  }
  if (!window.source || gridColumns(*window.source) == 0) return window;
  sensors::Window made = window;
  const std::size_t channels = made.samples.channels;
  const auto noise = sensors::noise(sensors::NoiseColour::White, made.samples.values.size(),
                                    static_cast<std::uint64_t>(window.span.begin.ns));
  for (std::size_t i = 0; i < made.samples.values.size(); ++i) {
    const sensors::Channel& pixel = window.source->channels[i % channels];
    const double range = pixel.max - pixel.min;
    const double value = pixel.min + (made.samples.values[i] - pixel.min) * share +
                         range * 0.001 / std::sqrt(std::max(share, 1e-6)) * noise[i];
    made.samples.values[i] = static_cast<float>(std::clamp(value, pixel.min, pixel.max));
  }
  return made;
}

sensors::Window blurred(const sensors::Window& window, double deviation) {
  if (isFilm(window) && deviation > 0) {
    return sensors::changed(window, {.blur = deviation / longerSide(window)}, seedOf(window));
  }
  if (!window.source || deviation <= 0) return window;
  const std::size_t columns = gridColumns(*window.source);
  if (columns == 0) return window;
  sensors::Window made = window;
  const std::size_t pixels = made.samples.channels;
  // Three boxes of width w have the variance (w^2 - 1) / 4.
  const auto reach = std::max<std::ptrdiff_t>(
      1, std::lround((std::sqrt(4 * deviation * deviation + 1) - 1) / 2));
  for (std::size_t row = 0; row < made.samples.rows; ++row) {
    float* picture = made.samples.values.data() + row * pixels;
    for (int pass = 0; pass < 3; ++pass) {
      for (std::size_t y = 0; y < pixels / columns; ++y) boxBlur(picture + y * columns, columns, 1, reach);
      for (std::size_t x = 0; x < columns; ++x) boxBlur(picture + x, pixels / columns, columns, reach);
    }
  }
  return made;
}

sensors::Window withDropout(const sensors::Window& window, double share, std::uint64_t seed) {
  if (share <= 0 || window.samples.rows == 0) return window;
  sensors::Window made = window;
  sensors::Samples& samples = made.samples;
  samples.missing.resize(samples.values.size(), 0);
  const std::size_t rows = samples.rows;
  const auto packet = static_cast<std::size_t>(window.rate * 0.02);
  const std::size_t burst = std::max<std::size_t>({rows / 100, packet, 1});
  std::mt19937_64 random(seed);
  std::size_t lost = 0;
  for (std::size_t begin = 0; begin < rows; begin += burst) {
    if (std::uniform_real_distribution<double>(0, 1)(random) >= share) continue;
    const std::size_t end = std::min(rows, begin + burst);
    std::fill(samples.missing.begin() + static_cast<std::ptrdiff_t>(begin * samples.channels),
              samples.missing.begin() + static_cast<std::ptrdiff_t>(end * samples.channels),
              std::uint8_t{1});
    std::fill(samples.values.begin() + static_cast<std::ptrdiff_t>(begin * samples.channels),
              samples.values.begin() + static_cast<std::ptrdiff_t>(end * samples.channels), 0.0F);
    lost += end - begin;
  }
  made.coverage *= 1 - static_cast<double>(lost) / static_cast<double>(rows);
  return made;
}

}  // namespace app
