#include <algorithm>
#include <cassert>
#include <cmath>
#include <nlohmann/json.hpp>
#include <xgboost/c_api.h>

#include "learners/learner.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

constexpr std::int32_t kLeaf = -1;
constexpr std::size_t kBlock = 64;
constexpr std::size_t kFewRows = 50;
constexpr std::size_t kManyRows = 1000;

base::Error cancelled() { return {base::ErrorCode::Cancelled, "Training was stopped."}; }
base::Error broken(const std::string& why) {
  return {base::ErrorCode::Internal, "boosted trees: " + why};
}

/// Trees laid end to end. Children follow their parents and stand side by side.
struct Forest {
  std::size_t features = 0;
  std::size_t labels = 0;
  std::vector<std::uint16_t> used;    ///< labels with rows, rising; two share one score
  std::vector<std::uint32_t> root;    ///< [trees]: first node
  std::vector<std::uint16_t> score;   ///< [trees]: which score it adds to
  std::vector<std::int32_t> feature;  ///< [nodes]; -1: a leaf
  std::vector<float> value;           ///< [nodes]: right where the feature is not below it; or leaf
  std::vector<std::uint32_t> child;   ///< [nodes]: left child; the right one is next

  std::size_t scores() const { return used.size() == 2 ? 1 : used.size(); }
};

class BoostedTreesModel final : public Model {
 public:
  explicit BoostedTreesModel(Forest forest) : forest_(std::move(forest)) {}

  std::string_view kind() const override { return "boosted_trees"; }
  std::size_t features() const override { return forest_.features; }
  std::size_t labelCount() const override { return forest_.labels; }

  void predict(std::span<const float> row, std::span<float> p) const override {
    assert(row.size() == features() && p.size() == labelCount());
    const auto scores = scratch<BoostedTreesModel>(forest_.scores());
    std::fill(scores.begin(), scores.end(), 0.0F);
    for (std::size_t tree = 0; tree < forest_.root.size(); ++tree) {
      scores[forest_.score[tree]] += leafOf(forest_.root[tree], row.data());
    }
    finish(scores, p);
  }

  /// Tree by tree over a block of rows, so that a tree is read into the cache once.
  void predictBatch(std::span<const float> rows, std::span<float> p) const override {
    const std::size_t width = forest_.scores();
    const auto scores = scratch<BoostedTreesModel>(kBlock * width);
    const std::size_t count = p.size() / labelCount();
    for (std::size_t begin = 0; begin < count; begin += kBlock) {
      const std::size_t size = std::min(kBlock, count - begin);
      std::fill(scores.begin(), scores.end(), 0.0F);
      for (std::size_t tree = 0; tree < forest_.root.size(); ++tree) {
        for (std::size_t i = 0; i < size; ++i) {
          scores[i * width + forest_.score[tree]] +=
              leafOf(forest_.root[tree], rows.data() + (begin + i) * features());
        }
      }
      for (std::size_t i = 0; i < size; ++i) {
        finish(scores.subspan(i * width, width),
               p.subspan((begin + i) * labelCount(), labelCount()));
      }
    }
  }

  void save(ByteWriter& out) const override {
    out.put(static_cast<std::uint32_t>(forest_.features));
    out.put(static_cast<std::uint32_t>(forest_.labels));
    out.putArray(forest_.used);
    out.putArray(forest_.root);
    out.putArray(forest_.score);
    out.putArray(forest_.feature);
    out.putArray(forest_.value);
    out.putArray(forest_.child);
  }

 private:
  float leafOf(std::uint32_t node, const float* row) const {
    while (forest_.feature[node] != kLeaf) {
      const bool right = !(row[forest_.feature[node]] < forest_.value[node]);
      node = forest_.child[node] + (right ? 1 : 0);
    }
    return forest_.value[node];
  }

  void finish(std::span<float> scores, std::span<float> p) const {
    std::fill(p.begin(), p.end(), 0.0F);
    if (forest_.used.size() == 2) {
      const float second = 1 / (1 + std::exp(-scores[0]));
      p[forest_.used[0]] = 1 - second;
      p[forest_.used[1]] = second;
      return;
    }
    softmax(scores);
    for (std::size_t c = 0; c < scores.size(); ++c) p[forest_.used[c]] = scores[c];
  }

  Forest forest_;
};

/// Owns a handle of the library's.
template <int (*release)(void*)>
class Handle {
 public:
  Handle() = default;
  ~Handle() {
    if (raw_ != nullptr) release(raw_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  void* get() const { return raw_; }
  void** out() { return &raw_; }

 private:
  void* raw_ = nullptr;
};
using Matrix = Handle<XGDMatrixFree>;
using Booster = Handle<XGBoosterFree>;

/// Copies one tree of the library's file behind the others, children after parents.
bool appendTree(const nlohmann::json& tree, Forest& forest) {
  const auto left = tree.at("left_children").get<std::vector<std::int32_t>>();
  const auto right = tree.at("right_children").get<std::vector<std::int32_t>>();
  const auto feature = tree.at("split_indices").get<std::vector<std::int32_t>>();
  const auto value = tree.at("split_conditions").get<std::vector<float>>();
  const auto begin = static_cast<std::uint32_t>(forest.feature.size());
  std::vector<std::int32_t> queue{0};
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::int32_t node = queue[at];
    if (node < 0 || static_cast<std::size_t>(node) >= left.size() || queue.size() > left.size()) {
      return false;
    }
    forest.value.push_back(value.at(node));
    if (left[node] < 0) {
      forest.feature.push_back(kLeaf);
      forest.child.push_back(0);
      continue;
    }
    forest.feature.push_back(feature.at(node));
    forest.child.push_back(begin + static_cast<std::uint32_t>(queue.size()));
    queue.push_back(left[node]);
    queue.push_back(right.at(node));
  }
  forest.root.push_back(begin);
  return true;
}

/// Reads the library's own format into ours.
base::Result<void> convert(BoosterHandle booster, Forest& forest) {
  const char* bytes = nullptr;
  bst_ulong size = 0;
  if (XGBoosterSaveModelToBuffer(booster, R"({"format":"json"})", &size, &bytes) != 0) {
    return broken(XGBGetLastError());
  }
  try {
    const auto file = nlohmann::json::parse(bytes, bytes + size);
    const auto& model = file.at("learner").at("gradient_booster").at("model");
    const auto scores = model.at("tree_info").get<std::vector<int>>();
    std::size_t at = 0;
    for (const auto& tree : model.at("trees")) {
      if (!appendTree(tree, forest)) return broken("the library made a tree that is none");
      forest.score.push_back(static_cast<std::uint16_t>(scores.at(at++)));
    }
  } catch (const nlohmann::json::exception& e) {
    return broken(e.what());
  } catch (const std::out_of_range& e) {
    return broken(e.what());
  }
  return {};
}

/// Whether a walk from any root ends, and stays inside.
bool fitsTogether(const Forest& forest) {
  const std::size_t nodes = forest.feature.size();
  const std::size_t used = forest.used.size();
  if (forest.features > kMostFeatures || forest.labels > kMostLabels) return false;
  if (forest.features == 0 || used < 2 || used > forest.labels || nodes == 0) return false;
  if (forest.value.size() != nodes || forest.child.size() != nodes) return false;
  if (forest.score.size() != forest.root.size() || forest.used.back() >= forest.labels) {
    return false;
  }
  if (!std::is_sorted(forest.used.begin(), forest.used.end(), std::less_equal<>())) return false;
  const auto rooted = [&](std::uint32_t root) { return root < nodes; };
  const auto scored = [&](std::uint16_t score) { return score < forest.scores(); };
  if (!std::all_of(forest.root.begin(), forest.root.end(), rooted)) return false;
  if (!std::all_of(forest.score.begin(), forest.score.end(), scored)) return false;
  for (std::size_t node = 0; node < nodes; ++node) {
    if (!std::isfinite(forest.value[node])) return false;
    if (forest.feature[node] == kLeaf) continue;
    if (forest.feature[node] < 0 ||
        static_cast<std::size_t>(forest.feature[node]) >= forest.features) {
      return false;
    }
    if (forest.child[node] <= node || forest.child[node] >= nodes - 1) return false;
  }
  return true;
}

class BoostedTrees final : public Learner {
 public:
  std::string id() const override { return "boosted_trees"; }
  std::string title() const override { return "Boosted trees"; }

  std::vector<base::ParamSpec> paramSpecs() const override {
    return {{.name = "rounds",
             .title = "Rounds",
             .type = base::ParamType::Int,
             .min = 0,
             .max = 1000,
             .step = 1,
             .defaultValue = std::int64_t{0},
             .help = "How many trees each label gets; 0 chooses by the number of examples."},
            {.name = "depth",
             .title = "Depth",
             .type = base::ParamType::Int,
             .min = 0,
             .max = 12,
             .step = 1,
             .defaultValue = std::int64_t{0},
             .help = "Questions a tree asks in a row; 0 chooses by the number of examples."},
            {.name = "rate",
             .title = "Rate",
             .type = base::ParamType::Float,
             .min = 0.01,
             .max = 1,
             .defaultValue = 0.3,
             .help = "How much each tree may correct the ones before it."}};
  }

  base::Result<ModelPtr> train(const Dataset& data, const base::Params& params,
                               const TrainingContext& context) const override {
    if (const auto fits = checkTrainable(data); !fits) return fits.error();
    if (context.stop.stop_requested()) return cancelled();
    Forest forest;
    forest.features = data.features();
    forest.labels = data.labelCount();
    const auto count = data.countPerLabel();
    std::vector<int> place(count.size(), -1);
    for (std::size_t c = 0; c < count.size(); ++c) {
      if (count[c] == 0) continue;
      place[c] = static_cast<int>(forest.used.size());
      forest.used.push_back(static_cast<std::uint16_t>(c));
    }
    std::vector<float> target;
    for (std::size_t i = 0; i < data.rows(); ++i) {
      target.push_back(static_cast<float>(place[data.label(i)]));
    }

    Matrix matrix;
    if (XGDMatrixCreateFromMat(data.content().values.data(), data.rows(), data.features(), NAN,
                               matrix.out()) != 0 ||
        XGDMatrixSetFloatInfo(matrix.get(), "label", target.data(), target.size()) != 0) {
      return broken(XGBGetLastError());
    }
    Booster booster;
    const DMatrixHandle handle = matrix.get();
    if (XGBoosterCreate(&handle, 1, booster.out()) != 0) return broken(XGBGetLastError());
    for (const auto& [name, value] : settings(data, forest, params, context.seed)) {
      if (XGBoosterSetParam(booster.get(), name.c_str(), value.c_str()) != 0) {
        return broken(XGBGetLastError());
      }
    }
    const int rounds = roundsFor(data.rows(), params);
    for (int round = 0; round < rounds; ++round) {
      if (context.stop.stop_requested()) return cancelled();
      if (XGBoosterUpdateOneIter(booster.get(), round, matrix.get()) != 0) {
        return broken(XGBGetLastError());
      }
      if (context.progress) context.progress(static_cast<double>(round + 1) / rounds);
    }
    if (const auto converted = convert(booster.get(), forest); !converted) {
      return converted.error();
    }
    return ModelPtr(std::make_shared<BoostedTreesModel>(std::move(forest)));
  }

  base::Result<ModelPtr> load(ByteReader& in) const override {
    Forest forest;
    forest.features = in.get<std::uint32_t>();
    forest.labels = in.get<std::uint32_t>();
    forest.used = in.getArray<std::uint16_t>();
    forest.root = in.getArray<std::uint32_t>();
    forest.score = in.getArray<std::uint16_t>();
    forest.feature = in.getArray<std::int32_t>();
    forest.value = in.getArray<float>();
    forest.child = in.getArray<std::uint32_t>();
    if (!in.ok() || !fitsTogether(forest)) {
      return base::Error{base::ErrorCode::Corrupt, "boosted_trees: these bytes are damaged"};
    }
    return ModelPtr(std::make_shared<BoostedTreesModel>(std::move(forest)));
  }

 private:
  static int roundsFor(std::size_t rows, const base::Params& params) {
    if (const auto asked = params.integer("rounds"); asked > 0) return static_cast<int>(asked);
    return rows < kManyRows ? 50 : 80;
  }

  /// Each tree sees some of the features: neighbours say much the same, and trees that differ say
  /// more together. Where there are only a few, it sees all.
  static std::string columnShare(std::size_t features) {
    const double count = static_cast<double>(features);
    return std::to_string(std::min(1.0, (8 + 0.2 * count) / count));
  }

  static std::vector<std::pair<std::string, std::string>> settings(const Dataset& data,
                                                                   const Forest& forest,
                                                                   const base::Params& params,
                                                                   std::uint64_t seed) {
    auto depth = params.integer("depth");
    const bool few = data.rows() < kManyRows;
    if (depth <= 0) depth = few ? 4 : 6;
    const bool two = forest.used.size() == 2;
    std::vector<std::pair<std::string, std::string>> list = {
        {"objective", two ? "binary:logistic" : "multi:softprob"},
        {"tree_method", "hist"},
        {"nthread", "1"},
        {"max_bin", few ? "16" : "32"},
        {"max_depth", std::to_string(depth)},
        {"eta", std::to_string(params.number("rate", 0.3))},
        {"subsample", data.rows() < kFewRows ? "1" : "0.7"},
        {"colsample_bytree", columnShare(data.features())},
        {"min_child_weight", data.rows() < kFewRows ? "0.05" : "0.5"},
        {"base_score", "0.5"},
        {"seed", std::to_string(seed % 1000000007)},
        {"verbosity", "0"}};
    if (!two) list.emplace_back("num_class", std::to_string(forest.used.size()));
    return list;
  }
};

}  // namespace

LearnerPtr makeBoostedTrees() { return std::make_shared<BoostedTrees>(); }

}  // namespace learners
