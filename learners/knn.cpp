#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "learners/learner.h"
#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

constexpr std::size_t kMostNeighbours = 100;
/// Products round; so many more rows than asked for are looked at exactly.
constexpr std::size_t kSpare = 8;
constexpr std::size_t kBlock = 64;  // rows of a batch taken at once
constexpr float kSmoothing = 0.5F;  // votes shared by all labels

struct Candidate {
  float distance = 0;  ///< squared
  std::uint32_t row = 0;
  friend bool operator<(const Candidate& a, const Candidate& b) {
    return a.distance != b.distance ? a.distance < b.distance : a.row < b.row;
  }
};

struct KnnContent {
  std::size_t features = 0;
  std::size_t labels = 0;
  std::size_t neighbours = 5;
  bool byDistance = true;
  std::vector<float> rows;           ///< [count x features]
  std::vector<std::uint16_t> label;  ///< [count]
};

class KnnModel final : public Model {
 public:
  explicit KnnModel(KnnContent content)
      : content_(std::move(content)),
        norms_(squaredNorms(content_.rows.data(), content_.label.size(), content_.features)),
        kept_(std::min(content_.neighbours, content_.label.size())),
        looked_(std::min(kept_ + kSpare, content_.label.size())) {}

  std::string_view kind() const override { return "knn"; }
  std::size_t features() const override { return content_.features; }
  std::size_t labelCount() const override { return content_.labels; }

  void predict(std::span<const float> row, std::span<float> p) const override {
    assert(row.size() == features() && p.size() == labelCount());
    const auto dots = scratch<KnnModel>(norms_.size());
    rowDots(content_.rows.data(), norms_.size(), features(), row.data(), dots.data());
    decide(row, dots, p);
  }

  void predictBatch(std::span<const float> rows, std::span<float> p) const override {
    const auto dots = scratch<KnnModel>(kBlock * norms_.size());
    const std::size_t count = p.size() / labelCount();
    for (std::size_t begin = 0; begin < count; begin += kBlock) {
      const std::size_t size = std::min(kBlock, count - begin);
      productTransposed(rows.data() + begin * features(), size, content_.rows.data(), norms_.size(),
                        features(), dots.data());
      for (std::size_t i = 0; i < size; ++i) {
        decide(rows.subspan((begin + i) * features(), features()),
               dots.subspan(i * norms_.size(), norms_.size()),
               p.subspan((begin + i) * labelCount(), labelCount()));
      }
    }
  }

  std::span<const float> keptRows() const override { return content_.rows; }
  void predictFrom(std::span<const float> row, std::span<float> products,
                   std::span<float> p) const override {
    decide(row, products, p);
  }

  void save(ByteWriter& out) const override {
    out.put(static_cast<std::uint32_t>(content_.features));
    out.put(static_cast<std::uint32_t>(content_.labels));
    out.put(static_cast<std::uint32_t>(content_.neighbours));
    out.put(static_cast<std::uint8_t>(content_.byDistance ? 1 : 0));
    out.putArray(content_.label);
    out.putArray(content_.rows);
  }

 private:
  /// `dots` become distances.
  void decide(std::span<const float> row, std::span<float> dots, std::span<float> p) const {
    std::array<Candidate, kMostNeighbours + kSpare> near;
    const auto end = near.begin() + static_cast<std::ptrdiff_t>(looked_);
    std::size_t held = 0;
    float worst = INFINITY;
    struct Least;
    const auto least = scratch<Least>((dots.size() + kRun - 1) / kRun);
    toDistances(norms_.data(), dots.size(), dots.data(), least.data());
    for (std::size_t run = 0; run < least.size(); ++run) {
      if (held == looked_ && least[run] >= worst) continue;
      for (std::size_t i = run * kRun; i < std::min((run + 1) * kRun, dots.size()); ++i) {
        if (held == looked_ && dots[i] >= worst) continue;
        if (held == looked_) {
          std::pop_heap(near.begin(), end);
          --held;
        }
        near[held++] = {dots[i], static_cast<std::uint32_t>(i)};
        std::push_heap(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(held));
        worst = near.front().distance;
      }
    }
    for (auto at = near.begin(); at != end; ++at) {
      at->distance =
          squaredDistance(content_.rows.data() + at->row * features(), row.data(), features());
    }
    std::sort(near.begin(), end);
    vote({near.data(), kept_}, p);
  }

  void vote(std::span<const Candidate> near, std::span<float> p) const {
    const float labels = static_cast<float>(labelCount());
    const float grain = 1e-3F * std::sqrt(static_cast<float>(features()));
    const float first = std::sqrt(near.front().distance) + grain;
    std::fill(p.begin(), p.end(), 0.0F);
    float sum = 0;
    for (const Candidate& candidate : near) {
      const float weight =
          content_.byDistance ? first / (std::sqrt(candidate.distance) + grain) : 1.0F;
      p[content_.label[candidate.row]] += weight;
      sum += weight;
    }
    for (float& value : p) value = (value + kSmoothing / labels) / (sum + kSmoothing);
  }

  KnnContent content_;
  std::vector<float> norms_;
  std::size_t kept_;
  std::size_t looked_;
};

class Knn final : public Learner {
 public:
  std::string id() const override { return "knn"; }
  std::string title() const override { return "Nearest neighbours"; }

  std::vector<base::ParamSpec> paramSpecs() const override {
    return {{.name = "k",
             .title = "Neighbours",
             .type = base::ParamType::Int,
             .min = 1,
             .max = kMostNeighbours,
             .step = 1,
             .defaultValue = std::int64_t{5},
             .help = "How many of the nearest examples are asked."},
            {.name = "weighting",
             .title = "Weighting",
             .type = base::ParamType::Enum,
             .options = {std::string("distance"), std::string("uniform")},
             .defaultValue = std::string("distance"),
             .help = "Whether nearer examples count for more."}};
  }

  base::Result<ModelPtr> train(const Dataset& data, const base::Params& params,
                               const TrainingContext& context) const override {
    if (const auto fits = checkTrainable(data); !fits) return fits.error();
    if (context.stop.stop_requested()) {
      return base::Error{base::ErrorCode::Cancelled, "Training was stopped."};
    }
    KnnContent content;
    content.features = data.features();
    content.labels = data.labelCount();
    content.neighbours = static_cast<std::size_t>(
        std::clamp<std::int64_t>(params.integer("k", 5), 1, kMostNeighbours));
    content.byDistance = params.text("weighting") != "uniform";
    content.rows = data.content().values;
    content.label.assign(data.content().label.begin(), data.content().label.end());
    return ModelPtr(std::make_shared<KnnModel>(std::move(content)));
  }

  base::Result<ModelPtr> load(ByteReader& in) const override {
    KnnContent content;
    content.features = in.get<std::uint32_t>();
    content.labels = in.get<std::uint32_t>();
    content.neighbours = in.get<std::uint32_t>();
    content.byDistance = in.get<std::uint8_t>() != 0;
    content.label = in.getArray<std::uint16_t>();
    content.rows = in.getArray<float>();
    const auto known = [&](std::uint16_t label) { return label < content.labels; };
    const auto finite = [](float value) { return std::isfinite(value); };
    const bool fits = in.ok() && content.features > 0 && content.features <= kMostFeatures &&
                      content.labels <= kMostLabels && content.neighbours > 0 &&
                      content.neighbours <= kMostNeighbours && !content.label.empty() &&
                      content.rows.size() % content.features == 0 &&
                      content.rows.size() / content.features == content.label.size() &&
                      std::all_of(content.label.begin(), content.label.end(), known) &&
                      std::all_of(content.rows.begin(), content.rows.end(), finite);
    if (!fits) return base::Error{base::ErrorCode::Corrupt, "knn: these bytes are damaged"};
    return ModelPtr(std::make_shared<KnnModel>(std::move(content)));
  }
};

}  // namespace

LearnerPtr makeKnn() { return std::make_shared<Knn>(); }

}  // namespace learners
