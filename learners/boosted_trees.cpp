#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <nlohmann/json.hpp>
#include <xgboost/c_api.h>

#include "learners/held_out.h"
#include "learners/learner.h"
#include "learners/numbers.h"
#include "learners/packed_trees.h"
#include "learners/schema_bytes.h"
#include "learners/stopped.h"

namespace learners {
namespace {

constexpr std::size_t kTreeRows = 64;
constexpr std::size_t kFewRows = 50;
constexpr std::size_t kManyRows = 1000;
constexpr std::size_t kManyOfLabel = 150;

base::Error broken(const std::string& why) {
  return {base::ErrorCode::Internal, "boosted trees: " + why};
}

/// Trees whose leaf values add up to scores.
struct Boosted {
  std::size_t features = 0;
  std::size_t labels = 0;
  std::vector<std::uint16_t> used;   ///< labels with rows, rising; two share one score
  std::vector<std::uint16_t> score;  ///< [trees]: which score it adds to
  TreeContent trees;

  std::size_t scores() const { return used.size() == 2 ? 1 : used.size(); }
};

class BoostedTreesModel final : public Model {
 public:
  explicit BoostedTreesModel(Boosted content)
      : content_(std::move(content)), trees_(content_.trees) {}

  std::string_view kind() const override { return "boosted_trees"; }
  std::size_t features() const override { return content_.features; }
  std::size_t labelCount() const override { return content_.labels; }

  void predict(std::span<const float> row, std::span<float> p) const override {
    assert(row.size() == features() && p.size() == labelCount());
    const auto scores = scratch<BoostedTreesModel>(content_.scores());
    std::fill(scores.begin(), scores.end(), 0.0F);
    for (std::size_t tree = 0; tree < trees_.size(); tree += PackedTrees::kTogether) {
      addTrees(tree, row.data(), scores.data());
    }
    finish(scores, p);
  }

  /// Tree by tree over a block of rows, so that a tree is read into the cache once.
  void predictBatch(std::span<const float> rows, std::span<float> p) const override {
    const std::size_t width = content_.scores();
    const auto scores = scratch<BoostedTreesModel>(kTreeRows * width);
    const std::size_t count = p.size() / labelCount();
    for (std::size_t begin = 0; begin < count; begin += kTreeRows) {
      const std::size_t size = std::min(kTreeRows, count - begin);
      std::fill(scores.begin(), scores.end(), 0.0F);
      for (std::size_t tree = 0; tree < trees_.size(); tree += PackedTrees::kTogether) {
        for (std::size_t i = 0; i < size; ++i) {
          addTrees(tree, rows.data() + (begin + i) * features(), scores.data() + i * width);
        }
      }
      for (std::size_t i = 0; i < size; ++i) {
        finish(scores.subspan(i * width, width),
               p.subspan((begin + i) * labelCount(), labelCount()));
      }
    }
  }

  void save(ByteWriter& out) const override {
    out.put(static_cast<std::uint32_t>(content_.features));
    out.put(static_cast<std::uint32_t>(content_.labels));
    out.putArray(content_.used);
    out.putArray(content_.trees.root);
    out.putArray(content_.score);
    content_.trees.saveNodes(out);
  }

 private:
  /// Some trees from `first` on, in place of a walk of each.
  void addTrees(std::size_t first, const float* row, float* scores) const {
    std::array<std::uint32_t, PackedTrees::kTogether> node;
    const std::size_t end = std::min(first + PackedTrees::kTogether, trees_.size());
    trees_.leavesOf(row, first, end, node.data());
    for (std::size_t tree = first; tree < end; ++tree) {
      scores[content_.score[tree]] += content_.trees.value[node[tree - first]];
    }
  }

  void finish(std::span<float> scores, std::span<float> p) const {
    std::fill(p.begin(), p.end(), 0.0F);
    if (content_.used.size() == 2) {
      const float second = 1 / (1 + std::exp(-scores[0]));
      p[content_.used[0]] = 1 - second;
      p[content_.used[1]] = second;
      return;
    }
    softmax(scores);
    for (std::size_t c = 0; c < scores.size(); ++c) p[content_.used[c]] = scores[c];
  }

  Boosted content_;
  PackedTrees trees_;
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
bool appendTree(const nlohmann::json& tree, TreeContent& trees) {
  const auto left = tree.at("left_children").get<std::vector<std::int32_t>>();
  const auto right = tree.at("right_children").get<std::vector<std::int32_t>>();
  const auto feature = tree.at("split_indices").get<std::vector<std::int32_t>>();
  const auto value = tree.at("split_conditions").get<std::vector<float>>();
  const auto begin = static_cast<std::uint32_t>(trees.feature.size());
  std::vector<std::int32_t> queue{0};
  for (std::size_t at = 0; at < queue.size(); ++at) {
    const std::int32_t node = queue[at];
    if (node < 0 || static_cast<std::size_t>(node) >= left.size() || queue.size() > left.size()) {
      return false;
    }
    if (left[node] < 0) {
      trees.addLeaf(value.at(node), 0);
      continue;
    }
    trees.value.push_back(value.at(node));
    trees.feature.push_back(feature.at(node));
    trees.child.push_back(begin + static_cast<std::uint32_t>(queue.size()));
    queue.push_back(left[node]);
    queue.push_back(right.at(node));
  }
  trees.root.push_back(begin);
  return true;
}

/// Reads the library's own format into ours.
base::Result<void> convert(BoosterHandle booster, Boosted& made) {
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
      if (!appendTree(tree, made.trees)) return broken("the library made a tree that is none");
      made.score.push_back(static_cast<std::uint16_t>(scores.at(at++)));
    }
  } catch (const nlohmann::json::exception& e) {
    return broken(e.what());
  } catch (const std::out_of_range& e) {
    return broken(e.what());
  }
  return {};
}

bool fitsTogether(const Boosted& made) {
  const std::size_t used = made.used.size();
  if (made.features == 0 || made.features > kMostFeatures || made.labels > kMostLabels)
    return false;
  if (used < 2 || used > made.labels || made.used.back() >= made.labels) return false;
  const auto scored = [&](std::uint16_t score) { return score < made.scores(); };
  return std::is_sorted(made.used.begin(), made.used.end(), std::less_equal<>()) &&
         made.score.size() == made.trees.root.size() &&
         std::all_of(made.score.begin(), made.score.end(), scored) &&
         made.trees.fitsTogether(made.features);
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
    if (context.stop.stop_requested()) return trainingStopped();
    const UsedLabels used = usedLabels(data);
    Boosted made;
    made.features = data.features();
    made.labels = data.labelCount();
    made.used = used.used;
    const std::vector<float> target(used.place.begin(), used.place.end());

    Matrix matrix;
    if (XGDMatrixCreateFromMat(data.content().values.data(), data.rows(), data.features(), NAN,
                               matrix.out()) != 0 ||
        XGDMatrixSetFloatInfo(matrix.get(), "label", target.data(), target.size()) != 0) {
      return broken(XGBGetLastError());
    }
    Booster booster;
    const DMatrixHandle handle = matrix.get();
    if (XGBoosterCreate(&handle, 1, booster.out()) != 0) return broken(XGBGetLastError());
    for (const auto& [name, value] : settings(data, made, params, context.seed)) {
      if (XGBoosterSetParam(booster.get(), name.c_str(), value.c_str()) != 0) {
        return broken(XGBGetLastError());
      }
    }
    const int rounds = roundsFor(data.rows(), used.used.size(), params);
    for (int round = 0; round < rounds; ++round) {
      if (context.stop.stop_requested()) return trainingStopped();
      if (XGBoosterUpdateOneIter(booster.get(), round, matrix.get()) != 0) {
        return broken(XGBGetLastError());
      }
      if (context.progress) context.progress(static_cast<double>(round + 1) / rounds);
    }
    if (const auto converted = convert(booster.get(), made); !converted) {
      return converted.error();
    }
    return ModelPtr(std::make_shared<BoostedTreesModel>(std::move(made)));
  }

  base::Result<ModelPtr> load(ByteReader& in) const override {
    Boosted made;
    made.features = in.get<std::uint32_t>();
    made.labels = in.get<std::uint32_t>();
    made.used = in.getArray<std::uint16_t>();
    made.trees.root = in.getArray<std::uint32_t>();
    made.score = in.getArray<std::uint16_t>();
    made.trees.loadNodes(in);
    if (!in.ok() || !fitsTogether(made)) {
      return base::Error{base::ErrorCode::Corrupt, "boosted_trees: these bytes are damaged"};
    }
    return ModelPtr(std::make_shared<BoostedTreesModel>(std::move(made)));
  }

 private:
  static bool areFew(std::size_t rows, std::size_t labels) {
    return rows < std::max(kManyRows, kManyOfLabel * labels);
  }

  static int roundsFor(std::size_t rows, std::size_t labels, const base::Params& params) {
    if (const auto asked = params.integer("rounds"); asked > 0) return static_cast<int>(asked);
    return areFew(rows, labels) ? 50 : 80;
  }

  /// The fewer rows speak for a label, the sooner deep trees learn them by heart.
  static std::int64_t depthFor(std::size_t rows, std::size_t labels, const base::Params& params) {
    if (const auto asked = params.integer("depth"); asked > 0) return asked;
    return areFew(rows, labels) ? 4 : 6;
  }

  /// Each tree sees some of the features: neighbours say much the same, and trees that differ say
  /// more together. Where there are only a few, it sees all.
  static std::string columnShare(std::size_t features) {
    const double count = static_cast<double>(features);
    return std::to_string(std::min(1.0, (8 + 0.2 * count) / count));
  }

  static std::vector<std::pair<std::string, std::string>> settings(const Dataset& data,
                                                                   const Boosted& made,
                                                                   const base::Params& params,
                                                                   std::uint64_t seed) {
    const auto depth = depthFor(data.rows(), made.used.size(), params);
    const bool few = areFew(data.rows(), made.used.size());
    const bool two = made.used.size() == 2;
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
    if (!two) list.emplace_back("num_class", std::to_string(made.used.size()));
    return list;
  }
};

}  // namespace

LearnerPtr makeBoostedTrees() { return std::make_shared<BoostedTrees>(); }

}  // namespace learners
