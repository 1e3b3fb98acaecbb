#include "learners/mlp_training.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <random>

#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/stopped.h"
#include "learners/versions.h"

namespace learners {
namespace {

constexpr int kParts = 6;               // one of these is held out
constexpr std::size_t kFewRows = 1500;  // below, none is held out
constexpr double kMostWork = 4e11;      // multiplications a whole fit may cost
constexpr float kStep = 0.9F;           // how long Adam remembers gradients
constexpr float kSquare = 0.999F;       // and their squares

/// One step of Adam over `n` parameters.
MIMOSA_VERSIONS
void adamStep(float* value, const float* gradient, float* mean, float* square, std::size_t n,
              float rate, float correction, float decay) {
  for (std::size_t i = 0; i < n; ++i) {
    mean[i] = kStep * mean[i] + (1 - kStep) * gradient[i];
    square[i] = kSquare * square[i] + (1 - kSquare) * gradient[i] * gradient[i];
    value[i] -= rate * mean[i] / (std::sqrt(square[i] * correction) + 1e-8F) + decay * value[i];
  }
}

MIMOSA_VERSIONS
void addBiasAndRectify(float* values, std::size_t rows, const float* bias, std::size_t columns) {
  for (std::size_t i = 0; i < rows; ++i) {
    float* own = values + i * columns;
    for (std::size_t c = 0; c < columns; ++c) own[c] = std::max(0.0F, own[c] + bias[c]);
  }
}

/// Values whose byte lies below `limit` become 0, the others `raise` times as much.
MIMOSA_VERSIONS
void dropBelow(float* values, std::size_t n, const std::uint8_t* bytes, std::uint8_t limit,
               float raise) {
  for (std::size_t i = 0; i < n; ++i) values[i] = bytes[i] < limit ? 0 : raise * values[i];
}

/// Slopes of rectified values: 0 where these are.
MIMOSA_VERSIONS
void rectifySlopes(float* slopes, const float* values, std::size_t n, float raise) {
  for (std::size_t i = 0; i < n; ++i) slopes[i] = values[i] > 0 ? raise * slopes[i] : 0;
}

struct Trained {
  std::vector<float> gradient, biasGradient, mean, square, biasMean, biasSquare;
};

/// A network that learns, and the memory it needs for that.
class Network {
 public:
  Network(const Dataset& data, const UsedLabels& used, const MlpSettings& settings,
          std::uint64_t seed)
      : data_(data), used_(used), settings_(settings), random_(seed) {
    std::vector<std::size_t> widths{data.features(), settings.hidden};
    if (settings.hidden2 > 0) widths.push_back(settings.hidden2);
    widths.push_back(used.used.size());
    for (std::size_t l = 0; l + 1 < widths.size(); ++l) {
      MlpLayer layer{.in = widths[l], .out = widths[l + 1]};
      layer.weights.resize(layer.in * layer.out);
      layer.bias.resize(layer.out);
      // He et al., Delving Deep into Rectifiers, ICCV 2015.
      const double width =
          std::sqrt((l + 2 == widths.size() ? 1.0 : 2.0) / static_cast<double>(layer.in));
      std::normal_distribution<double> normal(0, width);
      for (float& value : layer.weights) value = static_cast<float>(normal(random_));
      const std::size_t size = layer.weights.size();
      trained_.push_back({std::vector<float>(size), std::vector<float>(layer.out),
                          std::vector<float>(size), std::vector<float>(size),
                          std::vector<float>(layer.out), std::vector<float>(layer.out)});
      layers.push_back(std::move(layer));
    }
    below_.resize(layers.size());
    output_.resize(layers.size());
  }

  std::vector<MlpLayer> layers;

  /// Multiplications of one epoch over `rows` rows.
  double work(std::size_t rows) const {
    double sum = 0;
    for (const MlpLayer& layer : layers) {
      sum += 3 * static_cast<double>(layer.weights.size()) * static_cast<double>(rows);
    }
    return sum;
  }

  /// One pass over `rows`, which are shuffled. False where it was stopped.
  bool epoch(std::vector<std::size_t>& rows, double rateNow, double rateEnd,
             const std::stop_token& stop) {
    std::shuffle(rows.begin(), rows.end(), random_);
    const std::size_t batch = std::clamp<std::size_t>(rows.size() / 24, 16, 128);
    for (std::size_t begin = 0; begin < rows.size(); begin += batch) {
      if (stop.stop_requested()) return false;
      const double done = static_cast<double>(begin) / static_cast<double>(rows.size());
      step(std::span(rows).subspan(begin, std::min(batch, rows.size() - begin)),
           rateNow + (rateEnd - rateNow) * done);
    }
    return true;
  }

  /// Scores of `rows`. [rows x used]
  std::vector<float> scores(std::span<const std::size_t> rows) {
    const std::size_t labels = layers.back().out;
    std::vector<float> made;
    made.reserve(rows.size() * labels);
    for (std::size_t begin = 0; begin < rows.size(); begin += 256) {
      const std::size_t size = std::min<std::size_t>(256, rows.size() - begin);
      forward(rows.subspan(begin, size), false);
      made.insert(made.end(), output_.back().begin(),
                  output_.back().begin() + static_cast<std::ptrdiff_t>(size * labels));
    }
    return made;
  }

 private:
  void forward(std::span<const std::size_t> rows, bool learning) {
    const std::size_t n = rows.size();
    below_[0].resize(n * data_.features());
    for (std::size_t i = 0; i < n; ++i) {
      std::copy_n(data_.row(rows[i]).data(), data_.features(),
                  below_[0].data() + i * data_.features());
    }
    for (std::size_t l = 0; l < layers.size(); ++l) {
      const MlpLayer& layer = layers[l];
      const std::vector<float>& from = l == 0 ? below_[0] : output_[l - 1];
      output_[l].resize(n * layer.out);
      product(from.data(), n, layer.weights.data(), layer.out, layer.in, output_[l].data());
      if (l + 1 < layers.size()) {
        addBiasAndRectify(output_[l].data(), n, layer.bias.data(), layer.out);
        if (learning) dropUnits(output_[l]);
      } else {
        for (std::size_t i = 0; i < n * layer.out; ++i) {
          output_[l][i] += layer.bias[i % layer.out];
        }
      }
    }
  }

  /// Leaves out a share of the values and raises the rest, so that their sum stays what it was.
  void dropUnits(std::vector<float>& values) {
    const auto limit = static_cast<std::uint64_t>(std::lround(256 * settings_.dropout));
    if (limit == 0) return;
    raise_ = 256 / (256 - static_cast<float>(limit));
    bits_.resize((values.size() + 7) / 8);
    for (std::uint64_t& bits : bits_) bits = random_();
    dropBelow(values.data(), values.size(), reinterpret_cast<const std::uint8_t*>(bits_.data()),
              static_cast<std::uint8_t>(limit), raise_);
  }

  void step(std::span<const std::size_t> rows, double rate) {
    forward(rows, true);
    const std::size_t n = rows.size();
    const std::size_t labels = layers.back().out;
    slope_ = output_.back();
    const float scale = 1 / static_cast<float>(n);
    for (std::size_t i = 0; i < n; ++i) {
      const std::span<float> own(slope_.data() + i * labels, labels);
      softmax(own);
      own[used_.place[rows[i]]] -= 1;
      for (float& value : own) value *= scale;
    }
    ++steps_;
    for (std::size_t l = layers.size(); l-- > 0;) {
      backward(l, n);
      descend(l, rate);
    }
  }

  /// From the slope at a layer's output to those of its weights and of what is below.
  void backward(std::size_t l, std::size_t n) {
    const MlpLayer& layer = layers[l];
    const std::vector<float>& from = l == 0 ? below_[0] : output_[l - 1];
    across_.resize(layer.in * n);
    transpose(from.data(), n, layer.in, across_.data());
    product(across_.data(), layer.in, slope_.data(), layer.out, n, trained_[l].gradient.data());
    auto& biasGradient = trained_[l].biasGradient;
    std::fill(biasGradient.begin(), biasGradient.end(), 0.0F);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t c = 0; c < layer.out; ++c) biasGradient[c] += slope_[i * layer.out + c];
    }
    if (l == 0) return;
    next_.resize(n * layer.in);
    productTransposed(slope_.data(), n, layer.weights.data(), layer.in, layer.out, next_.data());
    rectifySlopes(next_.data(), from.data(), n * layer.in, raise_);
    slope_.swap(next_);
  }

  void descend(std::size_t l, double rate) {
    const double meanShare = 1 - std::pow(kStep, steps_);
    const double squareShare = 1 - std::pow(kSquare, steps_);
    const auto stride = static_cast<float>(rate / meanShare);
    const auto correction = static_cast<float>(1 / squareShare);
    MlpLayer& layer = layers[l];
    Trained& own = trained_[l];
    adamStep(layer.weights.data(), own.gradient.data(), own.mean.data(), own.square.data(),
             layer.weights.size(), stride, correction, static_cast<float>(rate * settings_.decay));
    adamStep(layer.bias.data(), own.biasGradient.data(), own.biasMean.data(), own.biasSquare.data(),
             layer.out, stride, correction, 0);
  }

  const Dataset& data_;
  const UsedLabels& used_;
  const MlpSettings& settings_;
  std::mt19937_64 random_;
  std::vector<Trained> trained_;
  int steps_ = 0;
  float raise_ = 1;                         ///< of units not left out
  std::vector<std::vector<float>> below_;   ///< the batch
  std::vector<std::vector<float>> output_;  ///< of each layer
  std::vector<float> slope_, next_, across_;
  std::vector<std::uint64_t> bits_;  ///< drawn for the units to drop, a byte each
};

/// The rate at `done` of a schedule [0, 1].
double rateAt(const MlpSettings& settings, double done) {
  return settings.rate * 0.5 * (1 + std::cos(std::numbers::pi * std::min(done, 1.0)));
}

int epochsFor(const MlpSettings& settings, const Network& network, std::size_t rows) {
  const double most = settings.epochs > 0 ? settings.epochs : rows < kFewRows ? 60 : 40;
  return static_cast<int>(std::clamp(kMostWork / std::max(network.work(rows), 1.0), 1.0, most));
}

void scaleScores(std::vector<MlpLayer>& layers, double slope) {
  for (float& value : layers.back().weights) value *= static_cast<float>(slope);
  for (float& value : layers.back().bias) value *= static_cast<float>(slope);
}

}  // namespace

base::Result<std::vector<MlpLayer>> trainMlp(const Dataset& data, const UsedLabels& used,
                                             const MlpSettings& settings,
                                             const TrainingContext& context) {
  const auto split =
      data.rows() < kFewRows ? std::nullopt : heldOutPart(data, kParts, context.seed);
  std::vector<std::size_t> rows(data.rows());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  if (split) rows = split->train;
  Network network(data, used, settings, context.seed);
  const int epochs = epochsFor(settings, network, rows.size());
  for (int epoch = 0; epoch < epochs; ++epoch) {
    if (context.progress) context.progress(static_cast<double>(epoch) / epochs);
    const double step = 1.0 / epochs;
    if (!network.epoch(rows, rateAt(settings, epoch * step), rateAt(settings, (epoch + 1) * step),
                       context.stop)) {
      return trainingStopped();
    }
  }
  if (context.stop.stop_requested()) return trainingStopped();
  if (split) {
    std::vector<int> truth;
    for (const std::size_t i : split->test) truth.push_back(used.place[i]);
    scaleScores(network.layers, fitSlope(network.scores(split->test), truth, 1).slope);
  }
  return std::move(network.layers);
}

}  // namespace learners
