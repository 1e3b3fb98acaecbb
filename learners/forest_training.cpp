#include "learners/forest_training.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <random>

#include "learners/jobs.h"
#include "learners/numbers.h"

namespace learners {
namespace {

constexpr std::size_t kMostBins = 64;   // nearly as exact as 256, and its counts stay in the cache
constexpr std::size_t kSampled = 2048;  // rows that tell where the bins end
constexpr std::size_t kFewRows = 96;    // a node below is sorted, not counted
constexpr std::size_t kFeaturesPerJob = 32;
constexpr std::size_t kTreesPerJob = 4;

/// All rows as bins, feature by feature: bin b holds values from edge b-1 up to below edge b.
struct Binned {
  std::size_t rows = 0;
  std::vector<std::uint8_t> bin;          ///< [features x rows]
  std::vector<std::vector<float>> edges;  ///< [features][bins - 1], rising

  const std::uint8_t* column(std::size_t feature) const { return bin.data() + feature * rows; }
};

/// Edges half way between neighbouring values, at even shares of `sorted`.
std::vector<float> edgesOf(const std::vector<float>& sorted) {
  std::vector<float> edges;
  const std::size_t n = sorted.size();
  std::vector<std::size_t> changes;
  for (std::size_t i = 1; i < n; ++i) {
    if (sorted[i] > sorted[i - 1]) changes.push_back(i);
  }
  const auto add = [&](std::size_t i) {
    float edge = sorted[i - 1] + (sorted[i] - sorted[i - 1]) / 2;
    if (!(edge > sorted[i - 1])) edge = sorted[i];
    if (edges.empty() || edge > edges.back()) edges.push_back(edge);
  };
  if (changes.size() < kMostBins) {
    for (const std::size_t i : changes) add(i);
    return edges;
  }
  for (std::size_t b = 1; b < kMostBins; ++b) {
    const auto at = std::lower_bound(changes.begin(), changes.end(), b * n / kMostBins);
    if (at != changes.end()) add(*at);
  }
  return edges;
}

Binned binned(const Dataset& data) {
  Binned made;
  made.rows = data.rows();
  const std::size_t features = data.features();
  made.bin.resize(features * made.rows);
  made.edges.resize(features);
  std::vector<std::function<void()>> jobs;
  for (std::size_t begin = 0; begin < features; begin += kFeaturesPerJob) {
    jobs.push_back([&, begin] {
      const std::size_t every = (made.rows + kSampled - 1) / kSampled;
      std::vector<float> sorted;
      for (std::size_t f = begin; f < std::min(features, begin + kFeaturesPerJob); ++f) {
        sorted.clear();
        for (std::size_t i = 0; i < made.rows; i += every) sorted.push_back(data.row(i)[f]);
        std::sort(sorted.begin(), sorted.end());
        const auto& edges = made.edges[f] = edgesOf(sorted);
        for (std::size_t i = 0; i < made.rows; ++i) {
          const auto above = std::upper_bound(edges.begin(), edges.end(), data.row(i)[f]);
          made.bin[f * made.rows + i] = static_cast<std::uint8_t>(above - edges.begin());
        }
      }
    });
  }
  runAll(jobs);
  return made;
}

struct Cut {
  std::size_t feature = 0;
  std::size_t bin = 0;  ///< rows of this bin and below go left
  double gain = -1;     ///< squared label counts over rows, left plus right; more is purer
};

/// Grows one tree. Its leaves name labels, or rows of its own `mixed`.
class Grower {
 public:
  Grower(const Binned& data, const std::vector<int>& place, std::size_t labels,
         const ForestSettings& settings, std::uint64_t seed)
      : data_(data),
        place_(place),
        labels_(labels),
        settings_(settings),
        features_(data.edges.size()),
        random_(seed),
        order_(features_),
        counts_(kMostBins * labels),
        left_(labels),
        right_(labels) {
    std::iota(order_.begin(), order_.end(), 0U);
    candidates_ = settings.candidates > 0
                      ? std::min(settings.candidates, features_)
                      : static_cast<std::size_t>(
                            std::max(1.0, std::round(std::sqrt(static_cast<double>(features_)))));
    weight_.assign(data.rows, settings.randomCuts ? 1 : 0);
    if (!settings.randomCuts) {
      for (std::size_t i = 0; i < data.rows; ++i) ++weight_[below(data.rows)];
    }
    for (std::size_t i = 0; i < data.rows; ++i) {
      if (weight_[i] > 0) rows_.push_back(static_cast<std::uint32_t>(i));
    }
  }

  TreeContent tree;
  std::vector<float> mixed;  ///< [leaves x labels]

  void grow() {
    tree.root.push_back(0);
    tree.addLeaf(0, 0);
    std::vector<Open> open{{0, 0, rows_.size()}};
    while (!open.empty()) {
      const Open node = open.back();
      open.pop_back();
      const std::size_t middle = settle(node);
      if (middle == node.begin) continue;
      const std::uint32_t child = tree.child[node.node];
      open.push_back({child + 1, middle, node.end});
      open.push_back({child, node.begin, middle});
    }
  }

 private:
  struct Open {
    std::uint32_t node;
    std::size_t begin;  ///< into rows_
    std::size_t end;
  };

  std::size_t below(std::size_t limit) {
    return static_cast<std::size_t>((static_cast<unsigned __int128>(random_()) * limit) >> 64);
  }

  /// Makes a node a leaf, or cuts it; returns where in rows_ its right child begins, or its own
  /// beginning.
  std::size_t settle(const Open& node) {
    std::fill(right_.begin(), right_.end(), 0U);
    std::uint32_t total = 0;
    for (std::size_t i = node.begin; i < node.end; ++i) {
      right_[place_[rows_[i]]] += weight_[rows_[i]];
      total += weight_[rows_[i]];
    }
    const auto most = *std::max_element(right_.begin(), right_.end());
    all_ = right_;
    total_ = total;
    Cut best;
    if (most < total && total >= 2 * settings_.leafRows) best = bestCut(node);
    if (best.gain < 0) {
      makeLeaf(node.node, most == total);
      return node.begin;
    }
    const std::uint8_t* bins = data_.column(best.feature);
    const auto at = [&](std::size_t i) { return rows_.begin() + static_cast<std::ptrdiff_t>(i); };
    const auto middle = std::partition(at(node.begin), at(node.end),
                                       [&](std::uint32_t row) { return bins[row] <= best.bin; });
    tree.feature[node.node] = static_cast<std::int32_t>(best.feature);
    tree.value[node.node] = data_.edges[best.feature][best.bin];
    tree.child[node.node] = static_cast<std::uint32_t>(tree.feature.size());
    tree.addLeaf(0, 0);
    tree.addLeaf(0, 0);
    return static_cast<std::size_t>(middle - rows_.begin());
  }

  void makeLeaf(std::uint32_t node, bool pure) {
    if (pure) {
      const auto own = std::max_element(all_.begin(), all_.end()) - all_.begin();
      tree.child[node] = static_cast<std::uint32_t>(own);
      return;
    }
    tree.child[node] = static_cast<std::uint32_t>(labels_ + mixed.size() / labels_);
    for (const std::uint32_t count : all_) {
      mixed.push_back(static_cast<float>(count) / static_cast<float>(total_));
    }
  }

  /// Looks at features in random order, until enough of them could be cut.
  Cut bestCut(const Open& node) {
    Cut best;
    std::size_t looked = 0;
    for (std::size_t drawn = 0; drawn < features_ && looked < candidates_; ++drawn) {
      std::swap(order_[drawn], order_[drawn + below(features_ - drawn)]);
      const std::size_t feature = order_[drawn];
      if (data_.edges[feature].empty()) continue;
      const bool few = node.end - node.begin < kFewRows;
      const Cut cut = settings_.randomCuts ? randomCut(node, feature)
                      : few                ? sortedCut(node, feature)
                                           : countedCut(node, feature);
      if (cut.gain < 0) continue;
      ++looked;
      if (cut.gain > best.gain) best = cut;
    }
    return best;
  }

  /// Moves rows from right to left, keeping the sums of squared counts.
  class Sweep {
   public:
    Sweep(const std::vector<std::uint32_t>& all, std::uint32_t total,
          std::vector<std::uint32_t>& left, std::vector<std::uint32_t>& right)
        : left_(left), right_(right), rightRows_(total) {
      std::fill(left.begin(), left.end(), 0U);
      right = all;
      for (const std::uint32_t count : all) rightSquares_ += std::uint64_t{count} * count;
    }
    void move(std::size_t label, std::uint32_t weight) {
      const std::uint64_t w = weight;
      leftSquares_ += w * (2 * std::uint64_t{left_[label]} + w);
      rightSquares_ -= w * (2 * std::uint64_t{right_[label]} - w);
      left_[label] += weight;
      right_[label] -= weight;
      leftRows_ += weight;
      rightRows_ -= weight;
    }
    bool allows(std::size_t leafRows) const {
      return leftRows_ >= leafRows && rightRows_ >= leafRows;
    }
    double gain() const {
      return static_cast<double>(leftSquares_) / leftRows_ +
             static_cast<double>(rightSquares_) / rightRows_;
    }

   private:
    std::vector<std::uint32_t>& left_;
    std::vector<std::uint32_t>& right_;
    std::uint64_t leftSquares_ = 0;
    std::uint64_t rightSquares_ = 0;
    std::uint32_t leftRows_ = 0;
    std::uint32_t rightRows_;
  };

  Cut countedCut(const Open& node, std::size_t feature) {
    const std::uint8_t* bins = data_.column(feature);
    const std::size_t binCount = data_.edges[feature].size() + 1;
    std::fill_n(counts_.begin(), binCount * labels_, 0U);
    for (std::size_t i = node.begin; i < node.end; ++i) {
      const std::uint32_t row = rows_[i];
      counts_[bins[row] * labels_ + place_[row]] += weight_[row];
    }
    Cut best;
    Sweep sweep(all_, total_, left_, right_);
    for (std::size_t bin = 0; bin + 1 < binCount; ++bin) {
      bool moved = false;
      for (std::size_t c = 0; c < labels_; ++c) {
        const std::uint32_t count = counts_[bin * labels_ + c];
        if (count == 0) continue;
        sweep.move(c, count);
        moved = true;
      }
      if (!moved || !sweep.allows(settings_.leafRows)) continue;
      if (const double gain = sweep.gain(); gain > best.gain) best = {feature, bin, gain};
    }
    return best;
  }

  Cut sortedCut(const Open& node, std::size_t feature) {
    const std::uint8_t* bins = data_.column(feature);
    std::array<std::uint32_t, kFewRows> sorted;
    const std::size_t count = node.end - node.begin;
    for (std::size_t i = 0; i < count; ++i) {
      // By bin; the low bits say which row of the node.
      const std::uint32_t key =
          static_cast<std::uint32_t>(bins[rows_[node.begin + i]] << 8 | static_cast<int>(i));
      std::size_t at = i;
      if (count <= 24) {
        for (; at > 0 && sorted[at - 1] > key; --at) sorted[at] = sorted[at - 1];
      }
      sorted[at] = key;
    }
    if (count > 24) std::sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(count));
    Cut best;
    Sweep sweep(all_, total_, left_, right_);
    for (std::size_t i = 0; i + 1 < count; ++i) {
      const std::uint32_t row = rows_[node.begin + (sorted[i] & 0xFF)];
      sweep.move(place_[row], weight_[row]);
      const std::uint32_t bin = sorted[i] >> 8;
      if (sorted[i + 1] >> 8 == bin || !sweep.allows(settings_.leafRows)) continue;
      if (const double gain = sweep.gain(); gain > best.gain) best = {feature, bin, gain};
    }
    return best;
  }

  Cut randomCut(const Open& node, std::size_t feature) {
    const std::uint8_t* bins = data_.column(feature);
    std::uint8_t low = std::numeric_limits<std::uint8_t>::max();
    std::uint8_t high = 0;
    for (std::size_t i = node.begin; i < node.end; ++i) {
      low = std::min(low, bins[rows_[i]]);
      high = std::max(high, bins[rows_[i]]);
    }
    if (low == high) return {};
    const std::size_t bin = low + below(high - low);
    std::fill(left_.begin(), left_.end(), 0U);
    std::uint32_t leftRows = 0;
    for (std::size_t i = node.begin; i < node.end; ++i) {
      const std::uint32_t row = rows_[i];
      const std::uint32_t weight = bins[row] <= bin ? weight_[row] : 0;
      left_[place_[row]] += weight;
      leftRows += weight;
    }
    const std::uint32_t rightRows = total_ - leftRows;
    if (leftRows < settings_.leafRows || rightRows < settings_.leafRows) return {};
    double leftSquares = 0;
    double rightSquares = 0;
    for (std::size_t c = 0; c < labels_; ++c) {
      const double l = left_[c];
      const double r = all_[c] - left_[c];
      leftSquares += l * l;
      rightSquares += r * r;
    }
    return {feature, bin, leftSquares / leftRows + rightSquares / rightRows};
  }

  const Binned& data_;
  const std::vector<int>& place_;
  std::size_t labels_;
  const ForestSettings& settings_;
  std::size_t features_;
  std::size_t candidates_ = 1;
  std::mt19937_64 random_;
  std::vector<std::uint32_t> order_;   ///< features, shuffled as far as needed
  std::vector<std::uint32_t> rows_;    ///< rows used, each node's side by side
  std::vector<std::uint32_t> weight_;  ///< [rows]: how often the tree sees a row
  std::vector<std::uint32_t> counts_;  ///< [bins x labels]
  std::vector<std::uint32_t> left_, right_;
  std::vector<std::uint32_t> all_;  ///< [labels], of the node at hand
  std::uint32_t total_ = 0;
};

}  // namespace

base::Result<Forest> trainForest(const Dataset& data, const UsedLabels& used,
                                 const ForestSettings& settings, const TrainingContext& context) {
  const std::size_t labels = used.used.size();
  const Binned rows = binned(data);
  struct Part {
    TreeContent trees;
    std::vector<float> mixed;
  };
  const auto trees = static_cast<std::size_t>(settings.trees);
  std::vector<Part> parts((trees + kTreesPerJob - 1) / kTreesPerJob);
  Progress progress(context.progress);
  std::vector<std::function<void()>> jobs;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    jobs.push_back([&, part] {
      const std::size_t end = std::min(trees, (part + 1) * kTreesPerJob);
      for (std::size_t tree = part * kTreesPerJob; tree < end; ++tree) {
        if (context.stop.stop_requested()) return;
        Grower grower(rows, used.place, labels, settings, seedOf(context.seed, tree));
        grower.grow();
        const auto shift = static_cast<std::uint32_t>(parts[part].mixed.size() / labels);
        for (std::size_t node = 0; node < grower.tree.child.size(); ++node) {
          const bool leaf = grower.tree.feature[node] == TreeContent::kLeaf;
          if (leaf && grower.tree.child[node] >= labels) grower.tree.child[node] += shift;
        }
        parts[part].trees.append(grower.tree);
        parts[part].mixed.insert(parts[part].mixed.end(), grower.mixed.begin(), grower.mixed.end());
        progress.add(1 / static_cast<double>(trees));
      }
    });
  }
  runAll(jobs);
  if (context.stop.stop_requested()) {
    return base::Error{base::ErrorCode::Cancelled, "Training was stopped."};
  }
  Forest made;
  made.shares.resize(labels * labels);
  for (std::size_t c = 0; c < labels; ++c) made.shares[c * labels + c] = 1;
  for (Part& part : parts) {
    const auto shift = static_cast<std::uint32_t>(made.shares.size() / labels - labels);
    for (std::size_t node = 0; node < part.trees.child.size(); ++node) {
      const bool leaf = part.trees.feature[node] == TreeContent::kLeaf;
      if (leaf && part.trees.child[node] >= labels) part.trees.child[node] += shift;
    }
    made.trees.append(part.trees);
    made.shares.insert(made.shares.end(), part.mixed.begin(), part.mixed.end());
  }
  return made;
}

}  // namespace learners
