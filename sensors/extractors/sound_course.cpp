#include "sensors/extractors/sound_course.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>

namespace sensors {

namespace {

constexpr std::size_t kGroups = 8;
constexpr std::size_t kBandsPerGroup = Mel::kBands / kGroups;
constexpr double kRates[] = {1, 2.5, 5, 10, 20, 40};  // hertz
constexpr std::size_t kRateBands = std::size(kRates) - 1;
constexpr double kLeastShare = 1e-3;
/// Movement of log-mel below this deviation is none.
constexpr double kStill = 1e-4;
constexpr double kNearPeak = 10;  // dB
constexpr double kFarBelowPeak = 20;
/// Autocorrelations are sought from the first to the second and on to the third; seconds.
constexpr double kShortest = 0.05;
constexpr double kMiddle = 0.2;
constexpr double kLongest = 0.5;

struct Shape {
  double mean = 0;
  double std = 0;
  double skewness = 0;
  double kurtosis = 0;
};

/// Moments; skewness and kurtosis are 0 where nothing moves.
Shape shapeOf(std::span<const float> values) {
  Shape shape;
  const auto n = static_cast<double>(values.size());
  for (const double v : values) shape.mean += v / n;
  double m2 = 0;
  double m3 = 0;
  double m4 = 0;
  for (const double v : values) {
    const double d = v - shape.mean;
    m2 += d * d / n;
    m3 += d * d * d / n;
    m4 += d * d * d * d / n;
  }
  shape.std = std::sqrt(m2);
  if (m2 > 1e-12 * (1e-12 + shape.mean * shape.mean)) {
    shape.skewness = m3 / std::pow(m2, 1.5);
    shape.kurtosis = m4 / (m2 * m2) - 3;
  }
  return shape;
}

/// Writes numbers one after the other.
class Pen {
 public:
  explicit Pen(std::span<float> out) : out_(out) {}
  void put(double value) { out_[at_++] = static_cast<float>(value); }

 private:
  std::span<float> out_;
  std::size_t at_ = 0;
};

std::size_t framesOf(double seconds) {
  return static_cast<std::size_t>(std::lround(seconds / Mel::kHop));
}

/// g of each group less its mean. [groups x frames]
std::vector<float> groupsOf(std::span<const float> mel, std::size_t frames) {
  std::vector<float> groups(kGroups * frames);
  for (std::size_t g = 0; g < kGroups; ++g) {
    const auto group = std::span(groups).subspan(g * frames, frames);
    double mean = 0;
    for (std::size_t i = 0; i < frames; ++i) {
      float sum = 0;
      for (std::size_t b = 0; b < kBandsPerGroup; ++b) {
        sum += mel[i * Mel::kBands + g * kBandsPerGroup + b];
      }
      group[i] = sum / kBandsPerGroup;
      mean += group[i];
    }
    mean /= static_cast<double>(frames);
    for (float& value : group) value = static_cast<float>(value - mean);
  }
  return groups;
}

void writeModulation(std::span<const float> group, const RealTransform& transform,
                     RealTransform::Work& work, Pen& pen) {
  const std::size_t frames = group.size();
  const auto input = work.input();
  std::fill(input.begin(), input.end(), 0.0F);
  double gain = 0;
  for (std::size_t i = 0; i < frames; ++i) {
    const double turn = (static_cast<double>(i) + 0.5) / static_cast<double>(frames);
    const double hann = 0.5 - 0.5 * std::cos(2 * std::numbers::pi * turn);
    gain += hann * hann;
    input[i] = static_cast<float>(hann * group[i]);
  }
  transform.run(work);
  const double step = 1 / (Mel::kHop * static_cast<double>(transform.size()));
  std::array<double, kRateBands> power{};
  std::array<std::size_t, kRateBands> bins{};
  const auto spectrum = work.output();
  for (std::size_t k = 1; k < spectrum.size(); ++k) {
    const double rate = static_cast<double>(k) * step;
    for (std::size_t r = 0; r < kRateBands; ++r) {
      if (rate < kRates[r] || rate >= kRates[r + 1]) continue;
      power[r] += static_cast<double>(std::norm(spectrum[k])) / gain;
      ++bins[r];
    }
  }
  double total = 0;
  for (std::size_t r = 0; r < kRateBands; ++r) {
    if (bins[r] > 0) total += power[r] /= static_cast<double>(bins[r]);
  }
  for (std::size_t r = 0; r < kRateBands; ++r) {
    pen.put(bins[r] == 0 ? kNone
                         : 10 * std::log10(power[r] / (total + kStill * kStill) + kLeastShare));
  }
}

void writeCorrelations(std::span<const float> groups, std::size_t frames, Pen& pen) {
  std::array<double, kGroups> squares{};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    squares[i / frames] += static_cast<double>(groups[i]) * groups[i];
  }
  const double still = kStill * kStill * static_cast<double>(frames);
  for (std::size_t a = 0; a < kGroups; ++a) {
    for (std::size_t b = a + 1; b < kGroups; ++b) {
      double sum = 0;
      for (std::size_t i = 0; i < frames; ++i)
        sum += groups[a * frames + i] * groups[b * frames + i];
      const bool moves = squares[a] > still && squares[b] > still;
      pen.put(moves ? sum / std::sqrt(squares[a] * squares[b]) : 0);
    }
  }
}

void writeOnsets(std::span<const float> mel, std::size_t frames, Pen& pen) {
  std::vector<float> onsets(frames > 0 ? frames - 1 : 0);
  for (std::size_t i = 0; i < onsets.size(); ++i) {
    for (std::size_t b = 0; b < Mel::kBands; ++b) {
      const float rise = mel[(i + 1) * Mel::kBands + b] - mel[i * Mel::kBands + b];
      onsets[i] += std::max(0.0F, rise) / Mel::kBands;
    }
  }
  if (onsets.empty()) {
    for (int i = 0; i < 9; ++i) pen.put(kNone);
    return;
  }
  const Shape shape = shapeOf(onsets);
  pen.put(shape.mean);
  pen.put(shape.std);
  pen.put(*std::max_element(onsets.begin(), onsets.end()));
  pen.put(shape.skewness);
  pen.put(shape.kurtosis);

  for (float& onset : onsets) onset = static_cast<float>(onset - shape.mean);
  const double all = shape.std * shape.std * static_cast<double>(onsets.size());
  const std::size_t first = framesOf(kShortest);
  const std::size_t middle = framesOf(kMiddle);
  const std::size_t last = framesOf(kLongest);
  if (onsets.size() < first + 2) {
    for (int i = 0; i < 4; ++i) pen.put(kNone);
    return;
  }
  double quick = -1;
  double slow = -1;
  std::size_t where = first;
  for (std::size_t lag = first; lag < std::min(last, onsets.size() - 1); ++lag) {
    double sum = 0;
    for (std::size_t i = lag; i < onsets.size(); ++i) sum += onsets[i] * onsets[i - lag];
    const double r = all > 1e-12 ? sum / all : 0;
    if (r > std::max(quick, slow)) where = lag;
    double& most = lag < middle ? quick : slow;
    most = std::max(most, r);
  }
  pen.put(std::max(quick, slow));
  pen.put(static_cast<double>(where) * Mel::kHop);
  pen.put(quick);
  pen.put(onsets.size() - 1 > middle ? slow : kNone);
}

void writeLoudness(std::span<const float> level, Pen& pen) {
  const std::size_t frames = level.size();
  std::vector<float> root(frames);
  double power = 0;
  double centre = 0;
  const auto placeOf = [&](std::size_t i) {
    return (static_cast<double>(i) + 0.5) / static_cast<double>(frames);
  };
  for (std::size_t i = 0; i < frames; ++i) {
    root[i] = static_cast<float>(std::pow(10.0, level[i] / 20));
    const double p = static_cast<double>(root[i]) * root[i];
    power += p;
    centre += p * placeOf(i);
  }
  centre /= power;
  double spread = 0;
  for (std::size_t i = 0; i < frames; ++i) {
    const double d = placeOf(i) - centre;
    spread += static_cast<double>(root[i]) * root[i] / power * d * d;
  }
  const Shape ofLevel = shapeOf(level);
  const Shape ofRoot = shapeOf(root);
  pen.put(centre);
  pen.put(std::sqrt(spread));
  pen.put(ofLevel.skewness);
  pen.put(ofLevel.kurtosis);
  pen.put(ofRoot.skewness);
  pen.put(ofRoot.kurtosis);

  const auto peak =
      static_cast<std::size_t>(std::max_element(level.begin(), level.end()) - level.begin());
  const double top = level[peak];
  std::size_t begin = peak;
  while (begin > 0 && level[begin - 1] > top - kFarBelowPeak) --begin;
  std::size_t end = peak;
  while (end + 1 < frames && level[end + 1] > top - kFarBelowPeak) ++end;
  pen.put(static_cast<double>(peak - begin) * Mel::kHop);
  pen.put(static_cast<double>(end - peak) * Mel::kHop);

  std::vector<float> sorted(level.begin(), level.end());
  std::sort(sorted.begin(), sorted.end());
  const auto rank = [&](double share) {
    return sorted[static_cast<std::size_t>(share * static_cast<double>(frames - 1) + 0.5)];
  };
  const auto within = [&](double decibels) {
    const auto count =
        std::count_if(level.begin(), level.end(), [&](float v) { return v > top - decibels; });
    return static_cast<double>(count) / static_cast<double>(frames);
  };
  pen.put(rank(0.9) - rank(0.1));
  pen.put(within(kNearPeak));
  pen.put(within(kFarBelowPeak));

  double rise = 0;
  double fall = 0;
  double change = 0;
  for (std::size_t i = 1; i < frames; ++i) {
    const double step = static_cast<double>(level[i]) - level[i - 1];
    rise = std::max(rise, step);
    fall = std::min(fall, step);
    change += std::abs(step);
  }
  pen.put(rise);
  pen.put(fall);
  pen.put(frames > 1 ? change / static_cast<double>(frames - 1) : 0);
}

}  // namespace

SoundCourse::SoundCourse() {
  const auto add = [this](const std::string& name, const char* unit) {
    features_.push_back({.name = "sound " + name, .unit = unit, .resolution = 0});
  };
  const auto groupName = [](std::size_t g) {
    char name[48];
    std::snprintf(name, sizeof name, "%.0f-%.0f Hz", Mel::edge(g * kBandsPerGroup),
                  Mel::edge((g + 1) * kBandsPerGroup + 1));
    return std::string(name);
  };
  for (std::size_t g = 0; g < kGroups; ++g) {
    for (std::size_t r = 0; r < kRateBands; ++r) {
      char rate[48];
      std::snprintf(rate, sizeof rate, " modulation %g-%g Hz", kRates[r], kRates[r + 1]);
      add(groupName(g) + rate, "dB");
    }
  }
  for (std::size_t a = 0; a < kGroups; ++a) {
    for (std::size_t b = a + 1; b < kGroups; ++b) {
      add(groupName(a) + " with " + groupName(b) + " correlation", "1");
    }
  }
  for (const char* what : {"mean", "std", "max", "skewness", "kurtosis", "rhythm strength"}) {
    add(std::string("onset ") + what, "1");
  }
  add("onset rhythm period", "s");
  add("onset rhythm strength at 50-200 ms", "1");
  add("onset rhythm strength at 200-500 ms", "1");
  add("power centre in time", "1");
  add("power spread in time", "1");
  for (const char* what :
       {"level skewness", "level kurtosis", "root power skewness", "root power kurtosis"}) {
    add(what, "1");
  }
  add("attack", "s");
  add("decay", "s");
  add("level percentile range", "dB");
  add("share within 10 dB of peak", "1");
  add("share within 20 dB of peak", "1");
  add("level largest rise", "dB");
  add("level largest fall", "dB");
  add("level mean change", "dB");
}

void SoundCourse::write(std::span<const float> mel, std::span<const float> level,
                        std::span<float> out) const {
  const std::size_t frames = level.size();
  Pen pen(out);
  const std::vector<float> groups = groupsOf(mel, frames);
  std::size_t size = 16;
  while (size < frames) size *= 2;
  const auto transform = transforms_.get(size);
  RealTransform::Work work(size);
  for (std::size_t g = 0; g < kGroups; ++g) {
    writeModulation(std::span(groups).subspan(g * frames, frames), *transform, work, pen);
  }
  writeCorrelations(groups, frames, pen);
  writeOnsets(mel, frames, pen);
  writeLoudness(level, pen);
}

}  // namespace sensors
