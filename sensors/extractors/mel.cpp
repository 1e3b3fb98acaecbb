#include "sensors/extractors/mel.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <optional>

#include "sensors/extractors/signal.h"

namespace sensors {

namespace {

constexpr double kLowest = 125;    // hertz
constexpr double kHighest = 7500;  // hertz

double melOf(double hertz) { return 1127 * std::log(1 + hertz / 700); }
double hertzOf(double mel) { return 700 * (std::exp(mel / 1127) - 1); }

double melEdge(std::size_t i) {
  const double low = melOf(kLowest);
  return low + (melOf(kHighest) - low) * static_cast<double>(i) / (Mel::kBands + 1);
}

std::size_t powerOfTwoFrom(std::size_t n) {
  std::size_t size = 1;
  while (size < n) size *= 2;
  return size;
}

}  // namespace

double Mel::edge(std::size_t i) { return hertzOf(melEdge(i)); }

std::size_t Mel::framesIn(base::Duration length) {
  const double hops = (base::toSeconds(length) - kFrame) / kHop;
  return hops < -1e-6 ? 0 : static_cast<std::size_t>(hops + 1e-6) + 1;
}

base::Result<void> Mel::needSound(const SourceInfo& source, const std::string& id) {
  if (const auto even = needEven(source, id); !even) {
    return even;
  }
  if (source.rate < kSlowest) {
    return base::invalid("\"" + id + "\" needs at least 2000 rows a second, which " + source.id +
                         " does not send");
  }
  return {};
}

MelTable::MelTable(double rows)
    : rate(rows),
      frame(static_cast<std::size_t>(std::lround(Mel::kFrame * rows))),
      transform(powerOfTwoFrom(frame)),
      hann(frame) {
  for (std::size_t i = 0; i < frame; ++i) {
    const double turn = static_cast<double>(i) / static_cast<double>(frame);
    hann[i] = static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * turn));
  }
  for (std::size_t b = 0; b < Mel::kBands; ++b) {
    if (Mel::edge(b + 1) > rate / 2) continue;
    for (std::size_t k = 1; k <= transform.size() / 2; ++k) {
      const double mel = melOf(static_cast<double>(k) * binWidth());
      const double rise = (mel - melEdge(b)) / (melEdge(b + 1) - melEdge(b));
      const double fall = (melEdge(b + 2) - mel) / (melEdge(b + 2) - melEdge(b + 1));
      const double weight = std::min(rise, fall);
      if (weight <= 0) continue;
      if (bands[b].weights.empty()) bands[b].firstBin = k;
      bands[b].weights.push_back(static_cast<float>(weight));
    }
  }
}

void MelTable::writeLogMel(std::span<const float> magnitudes, std::span<float> out) const {
  for (std::size_t b = 0; b < Mel::kBands; ++b) {
    const Band& band = bands[b];
    float sum = 0;
    for (std::size_t i = 0; i < band.weights.size(); ++i) {
      sum += band.weights[i] * magnitudes[band.firstBin + i];
    }
    out[b] = band.weights.empty() ? std::numeric_limits<float>::quiet_NaN()
                                  : std::log(sum + Mel::kOffset);
  }
}

/// All channels as one, gaps bridged by straight lines; empty where nothing is there.
std::vector<float> monoOf(const Window& window) {
  const Samples& samples = window.samples;
  if (samples.channels == 1 && samples.missing.empty()) {
    return samples.values;
  }
  std::vector<float> mono(samples.rows);
  std::optional<std::size_t> before;
  for (std::size_t row = 0; row < samples.rows; ++row) {
    float sum = 0;
    float n = 0;
    for (std::size_t c = 0; c < samples.channels; ++c) {
      if (samples.isMissing(row, c)) continue;
      sum += samples.at(row, c);
      n += 1;
    }
    if (n == 0) continue;
    mono[row] = sum / n;
    const std::size_t gapBegin = before ? *before + 1 : 0;
    const float from = before ? mono[*before] : mono[row];
    for (std::size_t gap = gapBegin; gap < row; ++gap) {
      const auto part =
          static_cast<float>(gap - gapBegin + 1) / static_cast<float>(row - gapBegin + 1);
      mono[gap] = from + (mono[row] - from) * part;
    }
    before = row;
  }
  if (!before) return {};
  std::fill(mono.begin() + static_cast<std::ptrdiff_t>(*before), mono.end(), mono[*before]);
  return mono;
}

FrameWalk::FrameWalk(const MelTable& table, const std::vector<float>& sound)
    : table_(table), sound_(sound), work_(table.transform.size()) {
  std::fill(work_.input().begin(), work_.input().end(), 0.0f);
  magnitude_.resize(table.transform.size() / 2 + 1);
}

std::span<const float> FrameWalk::samples(std::size_t i) const {
  auto start =
      static_cast<std::size_t>(std::lround(static_cast<double>(i) * Mel::kHop * table_.rate));
  const std::size_t end = start + table_.frame;
  if (end > sound_.size() + 2 || sound_.size() < table_.frame) return {};
  // At rates that do not divide evenly, rounding may ask for a sample too many.
  start = std::min(start, sound_.size() - table_.frame);
  return std::span(sound_).subspan(start, table_.frame);
}

std::span<const float> FrameWalk::magnitudes(std::span<const float> samples) {
  const auto input = work_.input();
  for (std::size_t i = 0; i < samples.size(); ++i) input[i] = samples[i] * table_.hann[i];
  table_.transform.run(work_);
  const auto bins = work_.output();
  for (std::size_t k = 0; k < bins.size(); ++k) {
    magnitude_[k] = std::sqrt(bins[k].real() * bins[k].real() + bins[k].imag() * bins[k].imag());
  }
  return magnitude_;
}

}  // namespace sensors
