#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

#include "learners/forest_training.h"
#include "learners/learner.h"
#include "learners/numbers.h"
#include "learners/packed_trees.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

constexpr std::size_t kBlock = 64;
constexpr float kSmoothing = 1;  // votes shared by all labels with rows
constexpr std::int64_t kMostTrees = 2000;

struct ForestContent {
  std::size_t features = 0;
  std::size_t labels = 0;
  std::vector<std::uint16_t> used;  ///< labels with rows, rising
  Forest forest;
};

class RandomForestModel final : public Model {
 public:
  explicit RandomForestModel(ForestContent content)
      : content_(std::move(content)), trees_(content_.forest.trees) {}

  std::string_view kind() const override { return "random_forest"; }
  std::size_t features() const override { return content_.features; }
  std::size_t labelCount() const override { return content_.labels; }

  void predict(std::span<const float> row, std::span<float> p) const override {
    assert(row.size() == features() && p.size() == labelCount());
    std::fill(p.begin(), p.end(), 0.0F);
    for (std::size_t tree = 0; tree < trees_.size(); tree += PackedTrees::kTogether) {
      addTrees(tree, row.data(), p);
    }
    finish(p);
  }

  /// Tree by tree over a block of rows, so that a tree is read into the cache once.
  void predictBatch(std::span<const float> rows, std::span<float> p) const override {
    std::fill(p.begin(), p.end(), 0.0F);
    const std::size_t count = p.size() / labelCount();
    const auto own = [&](std::size_t i) { return p.subspan(i * labelCount(), labelCount()); };
    for (std::size_t begin = 0; begin < count; begin += kBlock) {
      const std::size_t end = std::min(begin + kBlock, count);
      for (std::size_t tree = 0; tree < trees_.size(); tree += PackedTrees::kTogether) {
        for (std::size_t i = begin; i < end; ++i) {
          addTrees(tree, rows.data() + i * features(), own(i));
        }
      }
      for (std::size_t i = begin; i < end; ++i) finish(own(i));
    }
  }

  void save(ByteWriter& out) const override {
    out.put(static_cast<std::uint32_t>(content_.features));
    out.put(static_cast<std::uint32_t>(content_.labels));
    out.putArray(content_.used);
    out.putArray(content_.forest.shares);
    out.putArray(content_.forest.trees.root);
    content_.forest.trees.saveNodes(out);
  }

 private:
  void addTrees(std::size_t first, const float* row, std::span<float> votes) const {
    std::array<std::uint32_t, PackedTrees::kTogether> node;
    const std::size_t end = std::min(first + PackedTrees::kTogether, trees_.size());
    trees_.leavesOf(row, first, end, node.data());
    const std::size_t used = content_.used.size();
    for (std::size_t t = 0; t < end - first; ++t) {
      const std::uint32_t leaf = content_.forest.trees.child[node[t]];
      if (leaf < used) {
        votes[content_.used[leaf]] += 1;
        continue;
      }
      const float* shares = content_.forest.shares.data() + leaf * used;
      for (std::size_t c = 0; c < used; ++c) votes[content_.used[c]] += shares[c];
    }
  }

  void finish(std::span<float> votes) const {
    const float each = kSmoothing / static_cast<float>(content_.used.size());
    const float scale = 1 / (static_cast<float>(trees_.size()) + kSmoothing);
    for (const std::uint16_t c : content_.used) votes[c] = (votes[c] + each) * scale;
  }

  ForestContent content_;
  PackedTrees trees_;
};

bool fitsTogether(const ForestContent& c) {
  const std::size_t used = c.used.size();
  if (c.features == 0 || c.features > kMostFeatures || c.labels > kMostLabels) return false;
  if (used < 2 || used > c.labels || c.used.back() >= c.labels) return false;
  if (!std::is_sorted(c.used.begin(), c.used.end(), std::less_equal<>())) return false;
  const TreeContent& trees = c.forest.trees;
  if (trees.root.empty() || c.forest.shares.size() % used != 0) return false;
  const std::size_t leaves = c.forest.shares.size() / used;
  const auto isShare = [](float value) { return value >= 0 && value <= 1; };
  if (leaves < used || !std::all_of(c.forest.shares.begin(), c.forest.shares.end(), isShare)) {
    return false;
  }
  if (!trees.fitsTogether(c.features)) return false;
  for (std::size_t node = 0; node < trees.feature.size(); ++node) {
    if (trees.feature[node] == TreeContent::kLeaf && trees.child[node] >= leaves) return false;
  }
  return true;
}

class RandomForest final : public Learner {
 public:
  std::string id() const override { return "random_forest"; }
  std::string title() const override { return "Random forest"; }

  std::vector<base::ParamSpec> paramSpecs() const override {
    return {{.name = "trees",
             .title = "Trees",
             .type = base::ParamType::Int,
             .min = 1,
             .max = kMostTrees,
             .step = 1,
             .defaultValue = std::int64_t{200},
             .help = "How many trees vote."},
            {.name = "leaf",
             .title = "Rows in a leaf",
             .type = base::ParamType::Int,
             .min = 1,
             .max = 100,
             .step = 1,
             .defaultValue = std::int64_t{1},
             .help = "How few examples may decide; more for noisy examples."},
            {.name = "cuts",
             .title = "Cuts",
             .type = base::ParamType::Enum,
             .options = {std::string("best"), std::string("random")},
             .defaultValue = std::string("best"),
             .help = "Whether a tree looks for the best limit of a feature or draws one."}};
  }

  base::Result<ModelPtr> train(const Dataset& data, const base::Params& params,
                               const TrainingContext& context) const override {
    if (const auto fits = checkTrainable(data); !fits) return fits.error();
    ForestContent content;
    content.features = data.features();
    content.labels = data.labelCount();
    const UsedLabels used = usedLabels(data);
    content.used = used.used;
    const ForestSettings settings{
        .trees =
            static_cast<int>(std::clamp<std::int64_t>(params.integer("trees", 200), 1, kMostTrees)),
        .leafRows = static_cast<std::size_t>(std::max<std::int64_t>(params.integer("leaf", 1), 1)),
        .randomCuts = params.text("cuts") == "random"};
    auto forest = trainForest(data, used, settings, context);
    if (!forest) return forest.error();
    content.forest = std::move(forest).value();
    return ModelPtr(std::make_shared<RandomForestModel>(std::move(content)));
  }

  base::Result<ModelPtr> load(ByteReader& in) const override {
    ForestContent c;
    c.features = in.get<std::uint32_t>();
    c.labels = in.get<std::uint32_t>();
    c.used = in.getArray<std::uint16_t>();
    c.forest.shares = in.getArray<float>();
    c.forest.trees.root = in.getArray<std::uint32_t>();
    c.forest.trees.loadNodes(in);
    if (!in.ok() || !fitsTogether(c)) {
      return base::Error{base::ErrorCode::Corrupt, "random_forest: these bytes are damaged"};
    }
    return ModelPtr(std::make_shared<RandomForestModel>(std::move(c)));
  }
};

}  // namespace

LearnerPtr makeRandomForest() { return std::make_shared<RandomForest>(); }

}  // namespace learners
