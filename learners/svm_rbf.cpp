#include <algorithm>
#include <cassert>
#include <cmath>

#include "learners/learner.h"
#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"
#include "learners/svm_training.h"

namespace learners {
namespace {

constexpr std::size_t kBlock = 64;
constexpr float kSurest = 1e-4F;

class SvmRbfModel final : public Model {
 public:
  explicit SvmRbfModel(SvmContent content)
      : content_(std::move(content)),
        norms_(squaredNorms(content_.support.data(), content_.support.size() / content_.features,
                            content_.features)) {}

  std::string_view kind() const override { return "svm_rbf"; }
  std::size_t features() const override { return content_.features; }
  std::size_t labelCount() const override { return content_.labels; }

  void predict(std::span<const float> row, std::span<float> p) const override {
    assert(row.size() == features() && p.size() == labelCount());
    const auto kernel = scratch<SvmRbfModel>(norms_.size());
    rowDots(content_.support.data(), norms_.size(), features(), row.data(), kernel.data());
    decide(row, kernel.data(), p);
  }

  void predictBatch(std::span<const float> rows, std::span<float> p) const override {
    const auto kernel = scratch<SvmRbfModel>(kBlock * norms_.size());
    const std::size_t count = p.size() / labelCount();
    for (std::size_t begin = 0; begin < count; begin += kBlock) {
      const std::size_t size = std::min(kBlock, count - begin);
      productTransposed(rows.data() + begin * features(), size, content_.support.data(),
                        norms_.size(), features(), kernel.data());
      for (std::size_t i = 0; i < size; ++i) {
        decide(rows.subspan((begin + i) * features(), features()),
               kernel.data() + i * norms_.size(),
               p.subspan((begin + i) * labelCount(), labelCount()));
      }
    }
  }

  std::span<const float> keptRows() const override { return content_.support; }
  void predictFrom(std::span<const float> row, std::span<float> products,
                   std::span<float> p) const override {
    decide(row, products.data(), p);
  }

  void save(ByteWriter& out) const override {
    out.put(static_cast<std::uint32_t>(content_.features));
    out.put(static_cast<std::uint32_t>(content_.labels));
    out.put(content_.gamma);
    out.put(content_.slope);
    out.putArray(content_.used);
    out.putArray(content_.support);
    out.putArray(content_.offset);
    out.putArray(content_.begin);
    out.putArray(content_.index);
    out.putArray(content_.coefficient);
  }

 private:
  /// Decision values to chances of pairs, and these to chances of labels:
  ///   p_a = 1 / (sum_b 1 / r_ab - (k - 2)),  then scaled to sum 1
  /// (Price et al., Pairwise Neural Network Classifiers with Probabilistic Outputs, NIPS 1994).
  void decide(std::span<const float> row, float* kernel, std::span<float> p) const {
    struct Sums;
    const std::size_t used = content_.used.size();
    const auto sums = scratch<Sums>(used);
    std::fill(sums.begin(), sums.end(), 2 - static_cast<float>(used));
    toGaussian(norms_.data(), norms_.size(), dot(row.data(), row.data(), features()),
               content_.gamma, kernel);
    std::size_t pair = 0;
    for (std::size_t a = 0; a < used; ++a) {
      for (std::size_t b = a + 1; b < used; ++b, ++pair) {
        float value = -content_.offset[pair];
        for (std::uint32_t i = content_.begin[pair]; i < content_.begin[pair + 1]; ++i) {
          value += content_.coefficient[i] * kernel[content_.index[i]];
        }
        const float chance =
            std::clamp(1 / (1 + std::exp(-content_.slope * value)), kSurest, 1 - kSurest);
        sums[a] += 1 / chance;
        sums[b] += 1 / (1 - chance);
      }
    }
    std::fill(p.begin(), p.end(), 0.0F);
    float sum = 0;
    for (std::size_t a = 0; a < used; ++a) sum += p[content_.used[a]] = 1 / sums[a];
    for (float& value : p) value /= sum;
  }

  SvmContent content_;
  std::vector<float> norms_;
};

bool fitsTogether(const SvmContent& c) {
  const auto finite = [](float value) { return std::isfinite(value); };
  const std::size_t used = c.used.size();
  const std::size_t pairs = used * (used - 1) / 2;
  if (c.features > kMostFeatures || c.labels > kMostLabels) return false;
  if (c.features == 0 || used < 2 || used > c.labels || c.offset.size() != pairs) return false;
  if (c.begin.size() != pairs + 1 || c.begin.front() != 0 || c.begin.back() != c.index.size()) {
    return false;
  }
  if (c.support.empty() || c.support.size() % c.features != 0) return false;
  const std::size_t count = c.support.size() / c.features;
  const auto known = [&](std::uint32_t index) { return index < count; };
  return c.gamma >= 0 && finite(c.gamma) && finite(c.slope) &&
         c.coefficient.size() == c.index.size() && c.used.back() < c.labels &&
         std::is_sorted(c.used.begin(), c.used.end(), std::less_equal<>()) &&
         std::is_sorted(c.begin.begin(), c.begin.end()) &&
         std::all_of(c.index.begin(), c.index.end(), known) &&
         std::all_of(c.offset.begin(), c.offset.end(), finite) &&
         std::all_of(c.support.begin(), c.support.end(), finite) &&
         std::all_of(c.coefficient.begin(), c.coefficient.end(), finite);
}

class SvmRbf final : public Learner {
 public:
  std::string id() const override { return "svm_rbf"; }
  std::string title() const override { return "Support vectors"; }

  std::vector<base::ParamSpec> paramSpecs() const override {
    return {{.name = "cost",
             .title = "Cost",
             .type = base::ParamType::Float,
             .min = 1e-3,
             .max = 1e5,
             .defaultValue = 10.0,
             .help = "What an example on the wrong side costs."},
            {.name = "gamma",
             .title = "Reach",
             .type = base::ParamType::Float,
             .min = 1e-3,
             .max = 1e3,
             .defaultValue = 1.0,
             .help = "Larger: each example speaks for less around it; 1 fits most data."}};
  }

  base::Result<ModelPtr> train(const Dataset& data, const base::Params& params,
                               const TrainingContext& context) const override {
    if (const auto fits = checkTrainable(data); !fits) return fits.error();
    auto content = trainSvm(
        data, {.cost = params.number("cost", 10), .gamma = params.number("gamma", 1)}, context);
    if (!content) return content.error();
    return ModelPtr(std::make_shared<SvmRbfModel>(std::move(content).value()));
  }

  base::Result<ModelPtr> load(ByteReader& in) const override {
    SvmContent c;
    c.features = in.get<std::uint32_t>();
    c.labels = in.get<std::uint32_t>();
    c.gamma = in.get<float>();
    c.slope = in.get<float>();
    c.used = in.getArray<std::uint16_t>();
    c.support = in.getArray<float>();
    c.offset = in.getArray<float>();
    c.begin = in.getArray<std::uint32_t>();
    c.index = in.getArray<std::uint32_t>();
    c.coefficient = in.getArray<float>();
    if (!in.ok() || !fitsTogether(c)) {
      return base::Error{base::ErrorCode::Corrupt, "svm_rbf: these bytes are damaged"};
    }
    return ModelPtr(std::make_shared<SvmRbfModel>(std::move(c)));
  }
};

}  // namespace

LearnerPtr makeSvmRbf() { return std::make_shared<SvmRbf>(); }

}  // namespace learners
