#include <algorithm>
#include <cassert>
#include <cmath>

#include "learners/learner.h"
#include "learners/matrix.h"
#include "learners/mlp_training.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

constexpr std::size_t kBlock = 64;
constexpr std::size_t kMostUnits = 4096;
constexpr std::size_t kMostLayers = 3;

/// A layer as it answers: the weights of one output side by side.
struct Layer {
  std::size_t in = 0;
  std::size_t out = 0;
  std::vector<float> bias;     ///< [out]
  std::vector<float> weights;  ///< [out x in]
};

struct MlpContent {
  std::size_t labels = 0;
  std::vector<std::uint16_t> used;  ///< labels with rows, rising
  std::vector<Layer> layers;
};

class MlpModel final : public Model {
 public:
  explicit MlpModel(MlpContent content) : content_(std::move(content)) {
    for (const Layer& layer : content_.layers) widest_ = std::max(widest_, layer.out);
  }

  std::string_view kind() const override { return "mlp"; }
  std::size_t features() const override { return content_.layers.front().in; }
  std::size_t labelCount() const override { return content_.labels; }

  void predict(std::span<const float> row, std::span<float> p) const override {
    assert(row.size() == features() && p.size() == labelCount());
    const auto room = scratch<MlpModel>(2 * widest_);
    const float* from = row.data();
    for (std::size_t l = 0; l < content_.layers.size(); ++l) {
      const Layer& layer = content_.layers[l];
      float* to = room.data() + l % 2 * widest_;
      rowDots(layer.weights.data(), layer.out, layer.in, from, to);
      finishLayer(l, to);
      from = to;
    }
    finish(from, p);
  }

  void predictBatch(std::span<const float> rows, std::span<float> p) const override {
    const std::size_t count = p.size() / labelCount();
    const auto room = scratch<MlpModel>(2 * kBlock * widest_);
    for (std::size_t begin = 0; begin < count; begin += kBlock) {
      const std::size_t size = std::min(kBlock, count - begin);
      const float* from = rows.data() + begin * features();
      for (std::size_t l = 0; l < content_.layers.size(); ++l) {
        const Layer& layer = content_.layers[l];
        float* to = room.data() + l % 2 * kBlock * widest_;
        productTransposed(from, size, layer.weights.data(), layer.out, layer.in, to);
        for (std::size_t i = 0; i < size; ++i) finishLayer(l, to + i * layer.out);
        from = to;
      }
      const std::size_t width = content_.used.size();
      for (std::size_t i = 0; i < size; ++i) {
        finish(from + i * width, p.subspan((begin + i) * labelCount(), labelCount()));
      }
    }
  }

  void save(ByteWriter& out) const override {
    out.put(static_cast<std::uint32_t>(content_.labels));
    out.putArray(content_.used);
    out.put(static_cast<std::uint32_t>(features()));
    out.put(static_cast<std::uint32_t>(content_.layers.size()));
    for (const Layer& layer : content_.layers) {
      out.putArray(layer.bias);
      out.putArray(layer.weights);
    }
  }

 private:
  void finishLayer(std::size_t l, float* values) const {
    const Layer& layer = content_.layers[l];
    const float floor = l + 1 < content_.layers.size() ? 0 : -INFINITY;
    for (std::size_t c = 0; c < layer.out; ++c) {
      values[c] = std::max(floor, values[c] + layer.bias[c]);
    }
  }

  void finish(const float* scores, std::span<float> p) const {
    struct Scores;
    const auto own = scratch<Scores>(content_.used.size()).first(content_.used.size());
    std::copy_n(scores, own.size(), own.begin());
    softmax(own);
    std::fill(p.begin(), p.end(), 0.0F);
    for (std::size_t c = 0; c < own.size(); ++c) p[content_.used[c]] = own[c];
  }

  MlpContent content_;
  std::size_t widest_ = 0;
};

class Mlp final : public Learner {
 public:
  std::string id() const override { return "mlp"; }
  std::string title() const override { return "Neural network"; }

  std::vector<base::ParamSpec> paramSpecs() const override {
    return {{.name = "hidden",
             .title = "Units",
             .type = base::ParamType::Int,
             .min = 1,
             .max = kMostUnits,
             .step = 1,
             .defaultValue = std::int64_t{128},
             .help = "Units of the first hidden layer."},
            {.name = "hidden2",
             .title = "Units of a second layer",
             .type = base::ParamType::Int,
             .min = 0,
             .max = kMostUnits,
             .step = 1,
             .defaultValue = std::int64_t{0},
             .help = "Units of a second hidden layer; 0 for none."},
            {.name = "epochs",
             .title = "Epochs",
             .type = base::ParamType::Int,
             .min = 0,
             .max = 1000,
             .step = 1,
             .defaultValue = std::int64_t{0},
             .help = "How often all examples are seen at most; 0 chooses by their number."},
            {.name = "rate",
             .title = "Rate",
             .type = base::ParamType::Float,
             .min = 1e-5,
             .max = 0.1,
             .defaultValue = 2e-3,
             .help = "How far a step goes at the beginning."},
            {.name = "decay",
             .title = "Weight decay",
             .type = base::ParamType::Float,
             .min = 0,
             .max = 10,
             .defaultValue = 0.01,
             .help = "How strongly large weights are held back; more for few examples."},
            {.name = "dropout",
             .title = "Dropout",
             .type = base::ParamType::Float,
             .min = 0,
             .max = 0.9,
             .defaultValue = 0.3,
             .help = "The share of hidden units that each step does without."}};
  }

  base::Result<ModelPtr> train(const Dataset& data, const base::Params& params,
                               const TrainingContext& context) const override {
    if (const auto fits = checkTrainable(data); !fits) return fits.error();
    const UsedLabels used = usedLabels(data);
    const auto units = [&](std::string_view name, std::int64_t usual, std::int64_t least) {
      return static_cast<std::size_t>(std::clamp<std::int64_t>(
          params.integer(name, usual), least, static_cast<std::int64_t>(kMostUnits)));
    };
    const MlpSettings settings{.hidden = units("hidden", 128, 1),
                               .hidden2 = units("hidden2", 0, 0),
                               .epochs = static_cast<int>(params.integer("epochs")),
                               .rate = params.number("rate", 2e-3),
                               .decay = params.number("decay", 0.01),
                               .dropout = params.number("dropout", 0.3)};
    const auto trained = trainMlp(data, used, settings, context);
    if (!trained) return trained.error();
    MlpContent content;
    content.labels = data.labelCount();
    content.used = used.used;
    for (const MlpLayer& from : *trained) {
      Layer layer{.in = from.in, .out = from.out, .bias = from.bias};
      layer.weights.resize(from.weights.size());
      for (std::size_t i = 0; i < from.in; ++i) {
        for (std::size_t o = 0; o < from.out; ++o) {
          layer.weights[o * from.in + i] = from.weights[i * from.out + o];
        }
      }
      content.layers.push_back(std::move(layer));
    }
    return ModelPtr(std::make_shared<MlpModel>(std::move(content)));
  }

  base::Result<ModelPtr> load(ByteReader& in) const override {
    const base::Error corrupt{base::ErrorCode::Corrupt, "mlp: these bytes are damaged"};
    MlpContent c;
    c.labels = in.get<std::uint32_t>();
    c.used = in.getArray<std::uint16_t>();
    std::size_t width = in.get<std::uint32_t>();
    const std::size_t layers = in.get<std::uint32_t>();
    if (!in.ok() || width == 0 || width > kMostFeatures || layers < 2 || layers > kMostLayers) {
      return corrupt;
    }
    const auto finite = [](float value) { return std::isfinite(value); };
    for (std::size_t l = 0; l < layers; ++l) {
      Layer layer{.in = width};
      layer.bias = in.getArray<float>();
      layer.out = layer.bias.size();
      if (layer.out == 0 || layer.out > kMostUnits) return corrupt;
      layer.weights = in.getArray<float>(layer.in * layer.out);
      if (!in.ok() || !std::all_of(layer.bias.begin(), layer.bias.end(), finite) ||
          !std::all_of(layer.weights.begin(), layer.weights.end(), finite)) {
        return corrupt;
      }
      width = layer.out;
      c.layers.push_back(std::move(layer));
    }
    const bool fits = c.labels <= kMostLabels && c.used.size() >= 2 && c.used.size() == width &&
                      c.used.back() < c.labels &&
                      std::is_sorted(c.used.begin(), c.used.end(), std::less_equal<>());
    if (!fits) return corrupt;
    return ModelPtr(std::make_shared<MlpModel>(std::move(c)));
  }
};

}  // namespace

LearnerPtr makeMlp() { return std::make_shared<Mlp>(); }

}  // namespace learners
