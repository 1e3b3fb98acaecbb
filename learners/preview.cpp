#include "learners/preview.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>

#include "learners/numbers.h"

namespace learners {
namespace {

constexpr std::size_t kRowsPerUnit = 4;
constexpr double kOthersMayMend = 0.25;

using Unit = std::vector<std::size_t>;

/// Up to four rows of each demonstration, by label, in an order by chance.
std::map<int, std::vector<Unit>> shuffledUnits(const Dataset& data, std::uint64_t seed) {
  std::map<std::pair<int, std::int64_t>, Unit> units;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    units[{data.label(i), data.content().unit[i]}].push_back(i);
  }
  std::map<int, std::vector<Unit>> made;
  for (auto& [name, rows] : units) {
    Unit kept;
    const std::size_t most = std::min(rows.size(), kRowsPerUnit);
    for (std::size_t k = 0; k < most; ++k) kept.push_back(rows[k * rows.size() / most]);
    made[name.first].push_back(std::move(kept));
  }
  for (auto& [label, own] : made) {
    std::mt19937_64 random(seedOf(seed, label));
    std::shuffle(own.begin(), own.end(), random);
  }
  return made;
}

/// Demonstrations of all labels by turns until `most` rows are together.
std::vector<Unit> sample(const std::map<int, std::vector<Unit>>& units, std::size_t most) {
  std::vector<Unit> taken;
  std::size_t rows = 0;
  bool any = true;
  for (std::size_t turn = 0; any; ++turn) {
    any = false;
    for (const auto& [label, own] : units) {
      if (turn >= own.size() || rows + own[turn].size() > most) continue;
      taken.push_back(own[turn]);
      rows += own[turn].size();
      any = true;
    }
  }
  return taken;
}

base::Result<Answers> asked(const Dataset& data, std::span<const Unit> units,
                            const LearnerMap& learners, const PreviewOptions& options,
                            const TrainingContext& context) {
  std::vector<std::size_t> rows;
  for (const Unit& unit : units) rows.insert(rows.end(), unit.begin(), unit.end());
  std::sort(rows.begin(), rows.end());
  const DatasetPtr part = data.subset(rows);
  const auto splits = demonstrationFolds(*part, options.folds, options.seed);
  if (splits.empty()) return base::invalid("no label has two examples, so none can be held out");
  return outOfFold(*part, splits, options.learners, learners, context);
}

}  // namespace

base::Result<Preview> previewAccuracy(const Dataset& data, const LearnerMap& learners,
                                      const PreviewOptions& options,
                                      const TrainingContext& context) {
  const auto units = shuffledUnits(data, options.seed);
  std::size_t all = 0;
  for (const auto& [label, own] : units) all += own.size();
  const std::vector<Unit> taken = sample(units, options.mostRows);
  const auto answers = asked(data, taken, learners, options, context);
  if (!answers) return answers.error();
  const Interval interval = accuracyInterval(*answers);
  Preview made{.accuracy = interval.value,
               .low = interval.low,
               .high = interval.high,
               .rows = answers->rows(),
               .demonstrations = taken.size()};
  double gain = 0;
  const std::span<const Unit> half = std::span(taken).first(taken.size() / 2);
  const auto before = asked(data, half, learners, options, context);
  if (!before && before.error().code == base::ErrorCode::Cancelled) return before.error();
  if (before) {
    const auto root = [](std::size_t n) { return 1 / std::sqrt(static_cast<double>(n)); };
    const double grown = interval.value - accuracyInterval(*before).value;
    const double slope = grown / (root(half.size()) - root(taken.size()));
    gain = std::max(0.0, slope * (root(taken.size()) - root(all)));
  }
  const double reached = std::min(1.0, made.high + gain);
  made.high = reached + kOthersMayMend * (1 - reached);
  return made;
}

}  // namespace learners
