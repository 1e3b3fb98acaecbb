#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>
#include <utility>

#include "sensors/extractors/sound_course.h"

namespace sensors {

namespace {

constexpr std::size_t kBands = Mel::kBands;
constexpr std::size_t kCepstra = 20;
/// Octaves whose shares of the power tell what kind of sound it is, however loud; hertz.
constexpr double kOctaves[] = {0, 250, 500, 1000, 2000, 4000, 8000};
constexpr std::size_t kShares = std::size(kOctaves) - 1;

/// One number per frame each.
struct FrameShape {
  float level = 0;      ///< dB: 10 log10(mean x^2 + 1e-10)
  float crossings = 0;  ///< sign changes per second
  float centroid = 0;   ///< hertz: sum f P / sum P
  float flatness = 0;   ///< dB: 10 log10(geometric / arithmetic mean of P), 0 for white noise
  std::array<float, kShares> shares{};  ///< dB of the whole power
};

/// First bin at or above octave edge `i`.
std::size_t octaveBin(const MelTable& table, std::size_t i) {
  const auto bin = static_cast<std::size_t>(std::ceil(kOctaves[i] / table.binWidth()));
  return std::clamp<std::size_t>(bin, 1, table.transform.size() / 2 + 1);
}

/// Level-independent but for `level`: NaN in digital silence.
FrameShape shapeOf(const MelTable& table, std::span<const float> samples,
                   std::span<const float> magnitudes) {
  FrameShape shape;
  float squares = 0;
  std::size_t crossings = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    squares += samples[i] * samples[i];
    crossings += i > 0 && (samples[i] < 0) != (samples[i - 1] < 0) ? 1 : 0;
  }
  const auto n = static_cast<float>(samples.size());
  shape.level = 10 * std::log10(squares / n + 1e-10f);
  shape.crossings = static_cast<float>(crossings) * static_cast<float>(table.rate) / n;

  std::array<double, kShares> powers{};
  double total = 0;
  double moment = 0;
  for (std::size_t k = 1; k < magnitudes.size(); ++k) {
    const double power = static_cast<double>(magnitudes[k]) * magnitudes[k];
    total += power;
    moment += power * static_cast<double>(k);
  }
  if (total <= 1e-20) {
    shape.centroid = shape.flatness = kNone;
    shape.shares.fill(kNone);
    return shape;
  }
  shape.centroid = static_cast<float>(moment / total * table.binWidth());
  const auto bins = static_cast<double>(magnitudes.size() - 1);
  // One logarithm for eight bins: their product stays far inside a double's range.
  double logs = 0;
  double product = 1;
  for (std::size_t k = 1; k < magnitudes.size(); ++k) {
    const double power = static_cast<double>(magnitudes[k]) * magnitudes[k];
    product *= power * bins / total + 1e-10;
    if (k % 8 == 0 || k + 1 == magnitudes.size()) {
      logs += std::log10(product);
      product = 1;
    }
  }
  shape.flatness = static_cast<float>(10 * logs / bins);
  for (std::size_t i = 0; i < kShares; ++i) {
    const std::size_t end = octaveBin(table, i + 1);
    for (std::size_t k = octaveBin(table, i); k < end; ++k) {
      powers[i] += static_cast<double>(magnitudes[k]) * magnitudes[k];
    }
    const bool isAbove = kOctaves[i] >= table.rate / 2;
    shape.shares[i] =
        isAbove ? kNone : static_cast<float>(10 * std::log10(powers[i] / total + 1e-10));
  }
  return shape;
}

struct Moments {
  float mean = kNone;
  float std = kNone;
};

/// Over the finite ones of `n` values `stride` apart.
Moments momentsOf(const float* values, std::size_t n, std::size_t stride) {
  double sum = 0;
  double squares = 0;
  double count = 0;
  double origin = kNone;  // shifting by one value keeps digits that squares of levels would lose
  for (std::size_t i = 0; i < n; ++i) {
    const float v = values[i * stride];
    if (!std::isfinite(v)) continue;
    if (count == 0) origin = v;
    sum += v - origin;
    squares += (v - origin) * (v - origin);
    count += 1;
  }
  if (count == 0) return {};
  const double mean = sum / count;
  return {.mean = static_cast<float>(origin + mean),
          .std = static_cast<float>(std::sqrt(std::max(0.0, squares / count - mean * mean)))};
}

/// Of each log-mel band (in dB): mean, standard deviation and 90th percentile over the frames; of
/// 20 MFCC (orthonormal DCT-II of the natural log-mel) and of their slope over five frames: mean
/// and deviation; the deviation of the slope's own slope; the shape of each frame as above; and how
/// all this goes on in time (SoundCourse).
class SoundExtractor final : public FeatureExtractor {
 public:
  explicit SoundExtractor(const WindowSpec& window) : frames_(Mel::framesIn(window.length)) {
    nameFeatures();
    const double scale = std::sqrt(2.0 / kBands);
    for (std::size_t k = 0; k < kCepstra; ++k) {
      for (std::size_t b = 0; b < kBands; ++b) {
        const double turn = std::numbers::pi * static_cast<double>(k) *
                            (static_cast<double>(b) + 0.5) / static_cast<double>(kBands);
        cosines_[k * kBands + b] =
            static_cast<float>((k == 0 ? std::sqrt(0.5) : 1) * scale * std::cos(turn));
      }
    }
  }
  std::string id() const override { return "sound"; }
  const std::vector<Feature>& features() const override { return features_; }

  void extract(const Window& window, std::span<float> out) const override {
    std::fill(out.begin(), out.end(), kNone);
    const std::vector<float> sound = monoOf(window);
    if (window.rate < Mel::kSlowest || sound.empty()) {
      return;
    }
    const auto table = tables_.get(window.rate);
    FrameWalk walk(*table, sound);
    std::vector<float> mel(frames_ * kBands);
    std::vector<FrameShape> shapes(frames_);
    std::size_t n = 0;
    for (; n < frames_; ++n) {
      const auto samples = walk.samples(n);
      if (samples.empty()) break;
      const auto magnitudes = walk.magnitudes(samples);
      table->writeLogMel(magnitudes, std::span(mel).subspan(n * kBands, kBands));
      shapes[n] = shapeOf(*table, samples, magnitudes);
    }
    if (n == 0) {
      return;
    }
    std::size_t at = writeBands(mel, n, out);
    at = writeCepstra(mel, n, out, at);
    at = writeShapes(shapes, n, out, at);
    std::vector<float> level(n);
    for (std::size_t i = 0; i < n; ++i) level[i] = shapes[i].level;
    course_.write(std::span(mel).first(n * kBands), level, out.subspan(at, course_.count()));
  }

 private:
  static constexpr float kDecibels = 8.685889638f;  // 20 / ln 10

  void nameFeatures() {
    const auto add = [this](const std::string& name, const char* unit) {
      features_.push_back({.name = "sound " + name, .unit = unit, .resolution = 0});
    };
    for (std::size_t b = 0; b < kBands; ++b) {
      char band[48];
      std::snprintf(band, sizeof band, "%.0f-%.0f Hz", Mel::edge(b), Mel::edge(b + 2));
      for (const char* what : {" mean", " std", " 90th percentile"}) {
        add(band + std::string(what), "dB");
      }
    }
    for (const char* kind : {"MFCC ", "MFCC slope "}) {
      for (std::size_t k = 0; k < kCepstra; ++k) {
        add(kind + std::to_string(k) + " mean", "1");
        add(kind + std::to_string(k) + " std", "1");
      }
    }
    for (std::size_t k = 0; k < kCepstra; ++k) {
      add("MFCC bend " + std::to_string(k) + " std", "1");
    }
    const std::pair<const char*, const char*> shapes[] = {
        {"level", "dB"}, {"zero crossings", "Hz"}, {"centroid", "Hz"}, {"flatness", "dB"}};
    for (const auto& [name, unit] : shapes) {
      add(name + std::string(" mean"), unit);
      add(name + std::string(" std"), unit);
    }
    for (std::size_t i = 0; i < kShares; ++i) {
      char share[64];
      std::snprintf(share, sizeof share, "share of %g-%g Hz", kOctaves[i], kOctaves[i + 1]);
      add(share, "dB");
    }
    add("level peak above mean", "dB");
    features_.insert(features_.end(), course_.features().begin(), course_.features().end());
  }

  static std::size_t writeBands(const std::vector<float>& mel, std::size_t n,
                                std::span<float> out) {
    std::vector<float> column(n);
    const auto rank = static_cast<std::size_t>(0.9 * static_cast<double>(n - 1) + 0.5);
    for (std::size_t b = 0; b < kBands; ++b) {
      const Moments moments = momentsOf(&mel[b], n, kBands);
      out[3 * b] = kDecibels * moments.mean;
      out[3 * b + 1] = kDecibels * moments.std;
      if (std::isnan(moments.mean)) continue;
      for (std::size_t i = 0; i < n; ++i) column[i] = mel[i * kBands + b];
      const auto top = column.begin() + static_cast<std::ptrdiff_t>(rank);
      std::nth_element(column.begin(), top, column.end());
      out[3 * b + 2] = kDecibels * *top;
    }
    return 3 * kBands;
  }

  std::size_t writeCepstra(std::vector<float>& mel, std::size_t n, std::span<float> out,
                           std::size_t at) const {
    static const float nothing = std::log(Mel::kOffset);
    for (float& v : mel) {
      if (std::isnan(v)) v = nothing;  // no sound is known above half the rate
    }
    std::vector<float> cepstra(n * kCepstra);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < kCepstra; ++k) {
        float sum = 0;
        for (std::size_t b = 0; b < kBands; ++b) {
          sum += cosines_[k * kBands + b] * mel[i * kBands + b];
        }
        cepstra[i * kCepstra + k] = sum;
      }
    }
    const std::vector<float> slopes = slopesOf(cepstra, n);
    for (const auto* all : {&std::as_const(cepstra), &slopes}) {
      for (std::size_t k = 0; k < kCepstra; ++k) {
        const Moments moments = momentsOf(all->data() + k, n, kCepstra);
        out[at++] = moments.mean;
        out[at++] = moments.std;
      }
    }
    const std::vector<float> bends = slopesOf(slopes, n);
    for (std::size_t k = 0; k < kCepstra; ++k) {
      out[at++] = momentsOf(bends.data() + k, n, kCepstra).std;
    }
    return at;
  }

  /// Least-squares slope over five frames, the first and the last going on. [n x kCepstra]
  static std::vector<float> slopesOf(const std::vector<float>& values, std::size_t n) {
    std::vector<float> slopes(n * kCepstra);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t next1 = std::min(i + 1, n - 1);
      const std::size_t next2 = std::min(i + 2, n - 1);
      const std::size_t back1 = i < 1 ? 0 : i - 1;
      const std::size_t back2 = i < 2 ? 0 : i - 2;
      for (std::size_t k = 0; k < kCepstra; ++k) {
        const auto v = [&](std::size_t frame) { return values[frame * kCepstra + k]; };
        slopes[i * kCepstra + k] = (v(next1) - v(back1) + 2 * (v(next2) - v(back2))) / 10;
      }
    }
    return slopes;
  }

  static std::size_t writeShapes(const std::vector<FrameShape>& shapes, std::size_t n,
                                 std::span<float> out, std::size_t at) {
    constexpr std::size_t stride = sizeof(FrameShape) / sizeof(float);
    static_assert(sizeof(FrameShape) == (4 + kShares) * sizeof(float));
    const Moments level = momentsOf(&shapes[0].level, n, stride);
    for (const float* first :
         {&shapes[0].level, &shapes[0].crossings, &shapes[0].centroid, &shapes[0].flatness}) {
      const Moments moments = momentsOf(first, n, stride);
      out[at++] = moments.mean;
      out[at++] = moments.std;
    }
    for (std::size_t i = 0; i < kShares; ++i) {
      out[at++] = momentsOf(&shapes[0].shares[i], n, stride).mean;
    }
    float loudest = shapes[0].level;
    for (std::size_t i = 0; i < n; ++i) loudest = std::max(loudest, shapes[i].level);
    out[at++] = loudest - level.mean;
    return at;
  }

  std::size_t frames_;
  SoundCourse course_;
  std::vector<Feature> features_;
  std::array<float, kCepstra * kBands> cosines_{};
  LastMade<double, MelTable> tables_;
};

}  // namespace

base::Result<FeatureExtractorPtr> makeSound(const SourceInfo& source, const WindowSpec& window) {
  if (const auto fits = Mel::needSound(source, "sound"); !fits) {
    return fits.error();
  }
  return FeatureExtractorPtr(std::make_shared<SoundExtractor>(window));
}

}  // namespace sensors
