#include "learners/leak_guard.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/standardizer.h"

namespace learners {
namespace {

constexpr std::size_t kProjected = 64;  // features after projection; distances within 18 %
constexpr std::size_t kPairRows = 256;
constexpr std::size_t kSampledRows = 400;
constexpr std::size_t kMostSplits = 64;
constexpr std::size_t kFewestFeatures = 8;
constexpr double kShareOfUsual = 0.05;
constexpr double kRounding = 1e-3;  // per feature, in deviations
constexpr double kLeastShare = 0.2;
constexpr std::size_t kLeastCopies = 3;

/// Whole demonstrations by chance until `most` rows are together, ascending.
std::vector<std::size_t> someUnits(const Dataset& data, std::vector<std::size_t> rows,
                                   std::size_t most, std::uint64_t seed) {
  if (rows.size() <= most) return rows;
  std::map<std::int64_t, std::vector<std::size_t>> byUnit;
  for (const std::size_t i : rows) byUnit[data.content().unit[i]].push_back(i);
  std::vector<std::int64_t> order;
  for (const auto& [unit, own] : byUnit) order.push_back(unit);
  std::mt19937_64 random(seed);
  std::shuffle(order.begin(), order.end(), random);
  std::vector<std::size_t> kept;
  for (const std::int64_t unit : order) {
    const auto& own = byUnit[unit];
    if (kept.size() + own.size() <= most) kept.insert(kept.end(), own.begin(), own.end());
  }
  std::sort(kept.begin(), kept.end());
  return kept;
}

bool canBeLearnt(const Dataset& data, const Split& split) {
  std::set<int> labels;
  for (const std::size_t i : split.train) labels.insert(data.label(i));
  return labels.size() > 1 && !split.test.empty();
}

/// Each split with rows drawn anew: as many on either side, but any row on any side.
std::vector<Split> shuffled(const std::vector<Split>& splits, std::uint64_t seed) {
  std::vector<Split> made;
  for (std::size_t s = 0; s < splits.size(); ++s) {
    std::vector<std::size_t> rows = splits[s].train;
    rows.insert(rows.end(), splits[s].test.begin(), splits[s].test.end());
    std::mt19937_64 random(seedOf(seed, s));
    std::shuffle(rows.begin(), rows.end(), random);
    const auto border = rows.begin() + static_cast<std::ptrdiff_t>(splits[s].test.size());
    Split one{.train = {border, rows.end()}, .test = {rows.begin(), border}};
    std::sort(one.train.begin(), one.train.end());
    std::sort(one.test.begin(), one.test.end());
    made.push_back(std::move(one));
  }
  return made;
}

/// Finds rows on both sides of a split that are all but copies.
class CopyFinder {
 public:
  CopyFinder(const Dataset& data, const std::vector<Split>& splits, const LeakOptions& options)
      : data_(data), features_(data.features()) {
    std::vector<std::uint64_t> trains(data.rows());
    std::vector<std::uint64_t> tests(data.rows());
    for (std::size_t s = 0; s < std::min(splits.size(), kMostSplits); ++s) {
      for (const std::size_t i : splits[s].train) trains[i] |= std::uint64_t{1} << s;
      for (const std::size_t i : splits[s].test) tests[i] |= std::uint64_t{1} << s;
    }
    std::vector<std::size_t> used;
    for (std::size_t i = 0; i < data.rows(); ++i) {
      if ((trains[i] | tests[i]) != 0) used.push_back(i);
    }
    rows_ = someUnits(data, std::move(used), options.mostComparedRows, seedOf(options.seed, 1));
    for (const std::size_t i : rows_) {
      train_.push_back(trains[i]);
      test_.push_back(tests[i]);
    }
    standardise();
    project(options.seed);
    setLimit(options.seed);
  }

  void run(LeakReport& report) {
    findResting();
    const std::size_t blocks = (rows_.size() + kPairRows - 1) / kPairRows;
    for (std::size_t a = 0; a < blocks; ++a) {
      for (std::size_t b = a; b < blocks; ++b) compare(a * kPairRows, b * kPairRows);
    }
    collect(report);
  }

  /// Rows of the dataset with a copy on the other side.
  const std::set<std::size_t>& copied() const { return copied_; }

 private:
  struct Shared {
    std::set<std::size_t> a;  ///< rows of the one
    std::set<std::size_t> b;  ///< and of the other
    double distance = 0;
    std::size_t matches = 0;
  };

  std::int64_t unit(std::size_t i) const { return data_.content().unit[rows_[i]]; }
  std::int64_t group(std::size_t i) const { return data_.content().group[rows_[i]]; }
  const float* row(std::size_t i) const { return values_.data() + i * features_; }
  bool across(std::size_t a, std::size_t b) const {
    return (train_[a] & test_[b]) != 0 || (train_[b] & test_[a]) != 0;
  }

  void standardise() {
    const Standardizer standardizer = Standardizer::fit(*data_.subset(rows_));
    values_.resize(rows_.size() * features_);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      standardizer.apply(data_.row(rows_[i]), data_.missing(rows_[i]),
                         std::span(values_).subspan(i * features_, features_));
    }
  }

  /// Random directions keep distances (Johnson and Lindenstrauss, 1984); copies stay copies.
  void project(std::uint64_t seed) {
    if (features_ <= kProjected + kProjected / 2) {
      width_ = features_;
      narrow_ = values_;
    } else {
      width_ = kProjected;
      std::mt19937_64 random(seedOf(seed, 2));
      std::normal_distribution<float> normal(0, 1 / std::sqrt(static_cast<float>(kProjected)));
      std::vector<float> directions(width_ * features_);
      for (float& value : directions) value = normal(random);
      narrow_.resize(rows_.size() * width_);
      productTransposed(values_.data(), rows_.size(), directions.data(), width_, features_,
                        narrow_.data());
    }
    norms_ = squaredNorms(narrow_.data(), rows_.size(), width_);
  }

  void setLimit(std::uint64_t seed) {
    const double smallest = kRounding * std::sqrt(static_cast<double>(features_));
    limit_ = smallest;
    if (features_ < kFewestFeatures) return;
    std::vector<std::size_t> sample(rows_.size());
    for (std::size_t i = 0; i < sample.size(); ++i) sample[i] = i;
    std::mt19937_64 random(seedOf(seed, 3));
    std::shuffle(sample.begin(), sample.end(), random);
    sample.resize(std::min(sample.size(), kSampledRows));
    std::vector<float> dots(rows_.size());
    std::vector<double> nearest;
    for (const std::size_t i : sample) {
      rowDots(narrow_.data(), rows_.size(), width_, narrow_.data() + i * width_, dots.data());
      float least = -1;
      for (std::size_t j = 0; j < rows_.size(); ++j) {
        if (unit(j) == unit(i)) continue;
        const float d = std::max(norms_[i] + norms_[j] - 2 * dots[j], 0.0F);
        if (least < 0 || d < least) least = d;
      }
      if (least >= 0) nearest.push_back(std::sqrt(static_cast<double>(least)));
    }
    if (nearest.empty()) return;
    const auto at = nearest.begin() + static_cast<std::ptrdiff_t>(nearest.size() * 9 / 10);
    std::nth_element(nearest.begin(), at, nearest.end());
    limit_ = std::max(smallest, kShareOfUsual * *at);
  }

  bool areCopies(std::size_t a, std::size_t b) const {
    return squaredDistance(row(a), row(b), features_) <= limit_ * limit_;
  }

  /// Rows beside which their own demonstration has one that is as near.
  void findResting() {
    resting_.assign(rows_.size(), 0);
    std::map<std::int64_t, std::vector<std::size_t>> byUnit;
    for (std::size_t i = 0; i < rows_.size(); ++i) byUnit[unit(i)].push_back(i);
    for (const auto& [name, own] : byUnit) {
      for (std::size_t a = 0; a < own.size(); ++a) {
        // A run of equal rows is next to each other; looking far ahead would be slow for long ones.
        const std::size_t end = std::min(own.size(), a + kPairRows);
        for (std::size_t b = a + 1; b < end; ++b) {
          if ((resting_[own[a]] & resting_[own[b]]) != 0 || !areCopies(own[a], own[b])) continue;
          resting_[own[a]] = resting_[own[b]] = 1;
        }
      }
    }
  }

  void compare(std::size_t beginA, std::size_t beginB) {
    const std::size_t countA = std::min(kPairRows, rows_.size() - beginA);
    const std::size_t countB = std::min(kPairRows, rows_.size() - beginB);
    dots_.resize(kPairRows * kPairRows);
    productTransposed(narrow_.data() + beginA * width_, countA, narrow_.data() + beginB * width_,
                      countB, width_, dots_.data());
    const auto wide = static_cast<float>(2 * limit_ * limit_);
    for (std::size_t i = 0; i < countA; ++i) {
      const std::size_t a = beginA + i;
      if (resting_[a] != 0) continue;
      for (std::size_t j = 0; j < countB; ++j) {
        const std::size_t b = beginB + j;
        const float sum = norms_[a] + norms_[b];
        if (sum - 2 * dots_[i * countB + j] > wide + 4e-6F * sum) continue;
        if (b <= a || resting_[b] != 0 || !across(a, b) || !areCopies(a, b)) continue;
        add(a, b);
      }
    }
  }

  void add(std::size_t a, std::size_t b) {
    if (unit(a) > unit(b)) std::swap(a, b);
    Shared& shared = shared_[{unit(a), unit(b)}];
    shared.a.insert(a);
    shared.b.insert(b);
    shared.distance +=
        std::sqrt(squaredDistance(row(a), row(b), features_) / static_cast<double>(features_));
    ++shared.matches;
  }

  void collect(LeakReport& report) {
    std::map<std::int64_t, std::size_t> size;
    for (std::size_t i = 0; i < rows_.size(); ++i) ++size[unit(i)];
    for (const auto& [units, shared] : shared_) {
      const bool aIsShorter = size[units.first] <= size[units.second];
      const LeakPair pair{.unitA = units.first,
                          .unitB = units.second,
                          .groupA = group(*shared.a.begin()),
                          .groupB = group(*shared.b.begin()),
                          .copies = (aIsShorter ? shared.a : shared.b).size(),
                          .rows = std::min(size[units.first], size[units.second]),
                          .distance = shared.distance / static_cast<double>(shared.matches)};
      const double least = std::max(kLeastShare * static_cast<double>(pair.rows),
                                    static_cast<double>(std::min(pair.rows, kLeastCopies)));
      if (static_cast<double>(pair.copies) < least) continue;
      report.pairs.push_back(pair);
      for (const auto* side : {&shared.a, &shared.b}) {
        for (const std::size_t i : *side) copied_.insert(rows_[i]);
      }
    }
    std::stable_sort(report.pairs.begin(), report.pairs.end(),
                     [](const LeakPair& a, const LeakPair& b) { return a.copies > b.copies; });
    report.nearDuplicates = copied_.size();
    report.comparedRows = rows_.size();
  }

  const Dataset& data_;
  std::size_t features_;
  std::vector<std::size_t> rows_;     ///< compared ones, in the dataset
  std::vector<std::uint64_t> train_;  ///< [compared]: bit s: learnt from in split s
  std::vector<std::uint64_t> test_;
  std::vector<float> values_;  ///< [compared x features], standardised
  std::vector<float> narrow_;  ///< [compared x width]
  std::size_t width_ = 0;
  std::vector<float> norms_;
  std::vector<float> dots_;
  std::vector<std::uint8_t> resting_;
  double limit_ = 0;
  std::map<std::pair<std::int64_t, std::int64_t>, Shared> shared_;
  std::set<std::size_t> copied_;
};

/// The parts of `splits` that lie within `rows`.
std::vector<Split> within(const Dataset& data, const std::vector<Split>& splits,
                          const std::vector<std::size_t>& rows) {
  std::vector<std::uint8_t> kept(data.rows());
  for (const std::size_t i : rows) kept[i] = 1;
  std::vector<Split> made;
  for (const Split& split : splits) {
    Split one;
    std::copy_if(split.train.begin(), split.train.end(), std::back_inserter(one.train),
                 [&](std::size_t i) { return kept[i] != 0; });
    std::copy_if(split.test.begin(), split.test.end(), std::back_inserter(one.test),
                 [&](std::size_t i) { return kept[i] != 0; });
    if (canBeLearnt(data, one)) made.push_back(std::move(one));
  }
  return made;
}

}  // namespace

base::Result<LeakReport> checkLeaks(const Dataset& data, const std::vector<Split>& splits,
                                    const LeakOptions& options, const TrainingContext& context) {
  LeakReport report;
  CopyFinder finder(data, splits, options);
  finder.run(report);

  std::vector<std::size_t> all(data.rows());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  const auto scored =
      within(data, splits, someUnits(data, all, options.mostScoredRows, seedOf(options.seed, 4)));
  if (scored.empty()) return base::invalid("no split leaves two labels to learn from");
  const LearnerMap learners{{"knn", makeKnn()}};
  const auto honest = outOfFold(data, scored, {"knn"}, learners, context);
  if (!honest) return honest.error();
  const auto random =
      outOfFold(data, shuffled(scored, seedOf(options.seed, 5)), {"knn"}, learners, context);
  if (!random) return random.error();
  report.honest = accuracyInterval(*honest);
  report.random = accuracyInterval(*random);
  std::vector<std::uint8_t> right;
  std::vector<std::int64_t> unit;
  for (std::size_t i = 0; i < honest->rows(); ++i) {
    if (finder.copied().contains(honest->row[i])) continue;
    right.push_back(honest->right[i]);
    unit.push_back(honest->unit[i]);
  }
  report.withoutCopies = clusteredInterval(right, unit);
  return report;
}

}  // namespace learners
