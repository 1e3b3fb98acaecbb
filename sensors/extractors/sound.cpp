#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <limits>
#include <numbers>
#include <optional>

#include "sensors/extractors/signal.h"

namespace sensors {

namespace {

constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
constexpr std::size_t kBands = 64;
constexpr std::size_t kCepstra = 20;
constexpr double kLowest = 125;    // hertz
constexpr double kHighest = 7500;  // hertz
constexpr double kFrame = 0.025;   // seconds
constexpr double kHop = 0.010;     // seconds
constexpr double kSlowest = 2000;  // rows per second
constexpr float kOffset = 0.01f;
/// Octaves whose shares of the power tell what kind of sound it is, however loud; hertz.
constexpr double kOctaves[] = {0, 250, 500, 1000, 2000, 4000, 8000};
constexpr std::size_t kShares = std::size(kOctaves) - 1;

double melOf(double hertz) { return 1127 * std::log(1 + hertz / 700); }
double hertzOf(double mel) { return 700 * (std::exp(mel / 1127) - 1); }

/// Edge `i` of kBands + 2: band b reaches from edge b over b + 1 to b + 2.
double melEdge(std::size_t i) {
  const double low = melOf(kLowest);
  return low + (melOf(kHighest) - low) * static_cast<double>(i) / (kBands + 1);
}

std::size_t framesIn(base::Duration length) {
  const double hops = (base::toSeconds(length) - kFrame) / kHop;
  return hops < -1e-6 ? 0 : static_cast<std::size_t>(hops + 1e-6) + 1;
}

/// What one frame of sound is at one rate.
struct MelTable {
  struct Band {
    std::size_t firstBin = 0;
    std::vector<float> weights;  ///< empty where the band lies above half the rate
  };

  explicit MelTable(double rows)
      : rate(rows),
        frame(static_cast<std::size_t>(std::lround(kFrame * rows))),
        transform(sizeFor(frame)),
        hann(frame) {
    for (std::size_t i = 0; i < frame; ++i) {
      const double turn = static_cast<double>(i) / static_cast<double>(frame);
      hann[i] = static_cast<float>(0.5 - 0.5 * std::cos(2 * std::numbers::pi * turn));
    }
    const double binWidth = rate / static_cast<double>(transform.size());
    for (std::size_t b = 0; b < kBands; ++b) {
      if (hertzOf(melEdge(b + 1)) > rate / 2) continue;
      for (std::size_t k = 1; k <= transform.size() / 2; ++k) {
        const double mel = melOf(static_cast<double>(k) * binWidth);
        const double rise = (mel - melEdge(b)) / (melEdge(b + 1) - melEdge(b));
        const double fall = (melEdge(b + 2) - mel) / (melEdge(b + 2) - melEdge(b + 1));
        const double weight = std::min(rise, fall);
        if (weight <= 0) continue;
        if (bands[b].weights.empty()) bands[b].firstBin = k;
        bands[b].weights.push_back(static_cast<float>(weight));
      }
    }
    for (std::size_t i = 0; i < octaveBins.size(); ++i) {
      const double bin = std::ceil(kOctaves[i] / binWidth);
      octaveBins[i] =
          std::clamp<std::size_t>(static_cast<std::size_t>(bin), 1, transform.size() / 2 + 1);
    }
  }
  static std::size_t sizeFor(std::size_t frame) {
    std::size_t size = 1;
    while (size < frame) size *= 2;
    return size;
  }

  double rate;
  std::size_t frame;  ///< samples in one
  RealTransform transform;
  std::vector<float> hann;
  std::array<Band, kBands> bands;
  std::array<std::size_t, kShares + 1> octaveBins{};
};

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

/// Cuts the sound into frames and gives each one's magnitude spectrum.
class FrameWalk {
 public:
  FrameWalk(const MelTable& table, const std::vector<float>& sound)
      : table_(table), sound_(sound), work_(table.transform.size()) {
    std::fill(work_.input().begin(), work_.input().end(), 0.0f);
    magnitude_.resize(table.transform.size() / 2 + 1);
  }

  /// Samples of frame `i`; empty where the sound is too short for it.
  std::span<const float> samples(std::size_t i) const {
    auto start = static_cast<std::size_t>(std::lround(static_cast<double>(i) * kHop * table_.rate));
    const std::size_t end = start + table_.frame;
    if (end > sound_.size() + 2 || sound_.size() < table_.frame) return {};
    // At rates that do not divide evenly, rounding may ask for a sample too many.
    start = std::min(start, sound_.size() - table_.frame);
    return std::span(sound_).subspan(start, table_.frame);
  }
  std::span<const float> magnitudes(std::span<const float> samples) {
    const auto input = work_.input();
    for (std::size_t i = 0; i < samples.size(); ++i) input[i] = samples[i] * table_.hann[i];
    table_.transform.run(work_);
    const auto bins = work_.output();
    for (std::size_t k = 0; k < bins.size(); ++k) {
      magnitude_[k] = std::sqrt(bins[k].real() * bins[k].real() + bins[k].imag() * bins[k].imag());
    }
    return magnitude_;
  }

 private:
  const MelTable& table_;
  const std::vector<float>& sound_;
  RealTransform::Work work_;
  std::vector<float> magnitude_;
};

/// ln(sum_k w_bk |X_k| + 0.01) per band; NaN above half the rate.
void writeLogMel(const MelTable& table, std::span<const float> magnitudes, std::span<float> out) {
  for (std::size_t b = 0; b < kBands; ++b) {
    const MelTable::Band& band = table.bands[b];
    float sum = 0;
    for (std::size_t i = 0; i < band.weights.size(); ++i) {
      sum += band.weights[i] * magnitudes[band.firstBin + i];
    }
    out[b] = band.weights.empty() ? kNone : std::log(sum + kOffset);
  }
}

/// The log-mel patch [frames x 64], row-major: 25 ms frames every 10 ms, periodic Hann window,
/// magnitude of the next larger power-of-two transform, 64 triangles from 125 to 7500 Hz that are
/// even in mel = 1127 ln(1 + f / 700), natural logarithm of the sum + 0.01.
class LogMelExtractor final : public FeatureExtractor {
 public:
  explicit LogMelExtractor(std::size_t frames) : frames_(frames) {
    for (std::size_t i = 0; i < frames; ++i) {
      for (std::size_t b = 0; b < kBands; ++b) {
        char name[64];
        std::snprintf(name, sizeof name, "log-mel %.0f ms %.0f Hz", static_cast<double>(i) * 10,
                      hertzOf(melEdge(b + 1)));
        features_.push_back({.name = name, .unit = "1", .resolution = 0});
      }
    }
  }
  std::string id() const override { return "log_mel"; }
  const std::vector<Feature>& features() const override { return features_; }

  void extract(const Window& window, std::span<float> out) const override {
    std::fill(out.begin(), out.end(), kNone);
    const std::vector<float> sound = monoOf(window);
    if (window.rate < kSlowest || sound.empty()) {
      return;
    }
    const auto table = tables_.get(window.rate);
    FrameWalk walk(*table, sound);
    for (std::size_t i = 0; i < frames_; ++i) {
      const auto samples = walk.samples(i);
      if (samples.empty()) return;
      writeLogMel(*table, walk.magnitudes(samples), out.subspan(i * kBands, kBands));
    }
  }

 private:
  std::size_t frames_;
  std::vector<Feature> features_;
  LastMade<double, MelTable> tables_;
};

/// One number per frame each.
struct FrameShape {
  float level = 0;      ///< dB: 10 log10(mean x^2 + 1e-10)
  float crossings = 0;  ///< sign changes per second
  float centroid = 0;   ///< hertz: sum f P / sum P
  float flatness = 0;   ///< dB: 10 log10(geometric / arithmetic mean of P), 0 for white noise
  std::array<float, kShares> shares{};  ///< dB of the whole power
};

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
  const double binWidth = table.rate / static_cast<double>(table.transform.size());
  shape.centroid = static_cast<float>(moment / total * binWidth);
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
    for (std::size_t k = table.octaveBins[i]; k < table.octaveBins[i + 1]; ++k) {
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
/// and deviation; and the shape of each frame as above.
class SoundExtractor final : public FeatureExtractor {
 public:
  explicit SoundExtractor(const WindowSpec& window) : frames_(framesIn(window.length)) {
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
    if (window.rate < kSlowest || sound.empty()) {
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
      writeLogMel(*table, magnitudes, std::span(mel).subspan(n * kBands, kBands));
      shapes[n] = shapeOf(*table, samples, magnitudes);
    }
    if (n == 0) {
      return;
    }
    std::size_t at = writeBands(mel, n, out);
    at = writeCepstra(mel, n, out, at);
    writeShapes(shapes, n, out, at);
  }

 private:
  static constexpr float kDecibels = 8.685889638f;  // 20 / ln 10

  void nameFeatures() {
    const auto add = [this](const std::string& name, const char* unit) {
      features_.push_back({.name = "sound " + name, .unit = unit, .resolution = 0});
    };
    for (std::size_t b = 0; b < kBands; ++b) {
      char band[48];
      std::snprintf(band, sizeof band, "%.0f-%.0f Hz", hertzOf(melEdge(b)),
                    hertzOf(melEdge(b + 2)));
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
    static const float nothing = std::log(kOffset);
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
    std::vector<float> slopes(n * kCepstra);
    for (std::size_t i = 0; i < n; ++i) {
      const std::size_t next1 = std::min(i + 1, n - 1);
      const std::size_t next2 = std::min(i + 2, n - 1);
      const std::size_t back1 = i < 1 ? 0 : i - 1;
      const std::size_t back2 = i < 2 ? 0 : i - 2;
      for (std::size_t k = 0; k < kCepstra; ++k) {
        const auto c = [&](std::size_t frame) { return cepstra[frame * kCepstra + k]; };
        slopes[i * kCepstra + k] = (c(next1) - c(back1) + 2 * (c(next2) - c(back2))) / 10;
      }
    }
    for (const std::vector<float>* all : {&cepstra, &slopes}) {
      for (std::size_t k = 0; k < kCepstra; ++k) {
        const Moments moments = momentsOf(all->data() + k, n, kCepstra);
        out[at++] = moments.mean;
        out[at++] = moments.std;
      }
    }
    return at;
  }

  static void writeShapes(const std::vector<FrameShape>& shapes, std::size_t n,
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
    out[at] = loudest - level.mean;
  }

  std::size_t frames_;
  std::vector<Feature> features_;
  std::array<float, kCepstra * kBands> cosines_{};
  LastMade<double, MelTable> tables_;
};

base::Result<void> needSound(const SourceInfo& source, const std::string& id) {
  if (const auto even = needEven(source, id); !even) {
    return even;
  }
  if (source.rate < kSlowest) {
    return base::invalid("\"" + id + "\" needs at least 2000 rows a second, which " + source.id +
                         " does not send");
  }
  return {};
}

}  // namespace

base::Result<FeatureExtractorPtr> makeSound(const SourceInfo& source, const WindowSpec& window) {
  if (const auto fits = needSound(source, "sound"); !fits) {
    return fits.error();
  }
  return FeatureExtractorPtr(std::make_shared<SoundExtractor>(window));
}

base::Result<FeatureExtractorPtr> makeLogMel(const SourceInfo& source, const WindowSpec& window) {
  if (const auto fits = needSound(source, "log_mel"); !fits) {
    return fits.error();
  }
  const std::size_t frames = framesIn(window.length);
  if (frames == 0) {
    return base::invalid("\"log_mel\" needs windows of at least 25 ms");
  }
  return FeatureExtractorPtr(std::make_shared<LogMelExtractor>(frames));
}

}  // namespace sensors
