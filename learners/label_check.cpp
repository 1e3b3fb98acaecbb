#include "learners/label_check.h"

#include <algorithm>
#include <map>

#include "learners/matrix.h"
#include "learners/standardizer.h"

namespace learners {
namespace {

constexpr std::size_t kNeighbours = 10;
constexpr std::size_t kRowsAsked = 8;  // of one demonstration: its windows resemble each other
constexpr std::size_t kMostRows = 20000;

/// Rows spread evenly over a demonstration.
std::vector<std::size_t> spread(const std::vector<std::size_t>& rows, std::size_t most) {
  if (rows.size() <= most) return rows;
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < most; ++i) kept.push_back(rows[i * rows.size() / most]);
  return kept;
}

/// All rows, standardised, fewer of each demonstration where there are very many.
class Neighbourhood {
 public:
  explicit Neighbourhood(const Dataset& data) : data_(data), features_(data.features()) {
    std::map<std::int64_t, std::vector<std::size_t>> byUnit;
    for (std::size_t i = 0; i < data.rows(); ++i) byUnit[data.content().unit[i]].push_back(i);
    const std::size_t each = std::max<std::size_t>(1, kMostRows / byUnit.size());
    for (const auto& [unit, rows] : byUnit) {
      const auto kept = spread(rows, data.rows() > kMostRows ? each : rows.size());
      rows_.insert(rows_.end(), kept.begin(), kept.end());
    }
    const Standardizer standardizer = Standardizer::fit(data);
    values_.resize(rows_.size() * features_);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      standardizer.apply(data.row(rows_[i]), data.missing(rows_[i]),
                         std::span(values_).subspan(i * features_, features_));
      indexOf_[rows_[i]] = i;
    }
    norms_ = squaredNorms(values_.data(), rows_.size(), features_);
  }

  /// Share of the nearest rows of other demonstrations that do not carry `label`.
  double otherLabels(std::int64_t unit, int label, const std::vector<std::size_t>& rows) const {
    std::vector<std::size_t> own;
    for (const std::size_t row : rows) {
      const auto at = indexOf_.find(row);
      if (at != indexOf_.end()) own.push_back(at->second);
    }
    own = spread(own, kRowsAsked);
    double other = 0;
    double asked = 0;
    std::vector<float> dots(rows_.size());
    std::vector<std::pair<float, std::size_t>> near;
    for (const std::size_t i : own) {
      rowDots(values_.data(), rows_.size(), features_, values_.data() + i * features_, dots.data());
      near.clear();
      for (std::size_t j = 0; j < rows_.size(); ++j) {
        if (data_.content().unit[rows_[j]] != unit) near.emplace_back(norms_[j] - 2 * dots[j], j);
      }
      const std::size_t k = std::min(kNeighbours, near.size());
      std::partial_sort(near.begin(), near.begin() + static_cast<std::ptrdiff_t>(k), near.end());
      for (std::size_t n = 0; n < k; ++n) {
        asked += 1;
        if (data_.label(rows_[near[n].second]) != label) other += 1;
      }
    }
    return asked > 0 ? other / asked : 0;
  }

 private:
  const Dataset& data_;
  std::size_t features_;
  std::vector<std::size_t> rows_;
  std::vector<float> values_;
  std::vector<float> norms_;
  std::map<std::size_t, std::size_t> indexOf_;
};

}  // namespace

std::vector<SuspiciousUnit> checkLabels(const Dataset& data, const Answers& answers) {
  const auto units = unitAnswers(answers);
  std::vector<SuspiciousUnit> list;
  if (units.empty()) return list;
  // What a label is usually believed where it was said: its threshold in confident learning.
  std::vector<double> usual(answers.labels);
  std::vector<double> count(answers.labels);
  for (const UnitAnswer& unit : units) {
    usual[unit.label] += unit.p[unit.label];
    count[unit.label] += 1;
  }
  for (std::size_t c = 0; c < usual.size(); ++c) usual[c] /= std::max(count[c], 1.0);

  const Neighbourhood neighbourhood(data);
  for (const UnitAnswer& unit : units) {
    std::vector<std::size_t> rows;
    for (const std::size_t i : unit.rows) rows.push_back(answers.row[i]);
    SuspiciousUnit one{.unit = unit.unit,
                       .group = unit.group,
                       .label = unit.label,
                       .suggested = unit.said,
                       .selfConfidence = unit.p[unit.label]};
    double strongest = -1;  // of the other labels, each against its own threshold
    double largestOther = 0;
    for (std::size_t c = 0; c < answers.labels; ++c) {
      if (static_cast<int>(c) == unit.label) continue;
      largestOther = std::max(largestOther, static_cast<double>(unit.p[c]));
      strongest = std::max(strongest, unit.p[c] - usual[c]);
    }
    one.margin = one.selfConfidence - largestOther;
    one.neighbours = neighbourhood.otherLabels(unit.unit, unit.label, rows);
    const double own = one.selfConfidence - usual[unit.label];
    const double disbelief = std::clamp((strongest - own + 1) / 2, 0.0, 1.0);
    one.suspicion = (disbelief + (1 - one.margin) / 2 + one.neighbours) / 3;
    list.push_back(one);
  }
  std::stable_sort(list.begin(), list.end(),
                   [](const auto& a, const auto& b) { return a.suspicion > b.suspicion; });
  return list;
}

}  // namespace learners
