#include "learners/held_out.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace learners {
namespace {

std::size_t labelsIn(const Dataset& data, const std::vector<std::size_t>& rows) {
  std::vector<std::uint8_t> seen(data.labelCount());
  for (const std::size_t i : rows) seen[data.label(i)] = 1;
  return static_cast<std::size_t>(std::count(seen.begin(), seen.end(), 1));
}

}  // namespace

UsedLabels usedLabels(const Dataset& data) {
  UsedLabels made;
  const auto count = data.countPerLabel();
  std::vector<int> place(count.size(), -1);
  for (std::size_t c = 0; c < count.size(); ++c) {
    if (count[c] == 0) continue;
    place[c] = static_cast<int>(made.used.size());
    made.used.push_back(static_cast<std::uint16_t>(c));
  }
  made.place.reserve(data.rows());
  for (std::size_t i = 0; i < data.rows(); ++i) made.place.push_back(place[data.label(i)]);
  return made;
}

std::optional<Split> heldOutPart(const Dataset& data, int parts, std::uint64_t seed) {
  const auto count = data.countPerLabel();
  const auto used = count.size() - std::count(count.begin(), count.end(), std::size_t{0});
  std::optional<Split> best;
  std::size_t most = 0;
  const auto& group = data.content().group;
  const bool few = std::set<std::int64_t>(group.begin(), group.end()).size() < kFewRecordings;
  for (Split& split : few ? unitFolds(data, parts, seed) : demonstrationFolds(data, parts, seed)) {
    if (labelsIn(data, split.train) < used) continue;
    const std::size_t tested = labelsIn(data, split.test);
    if (tested <= most) continue;
    most = tested;
    best = std::move(split);
  }
  return best;
}

FittedSlope fitSlope(std::span<const float> scores, std::span<const int> truth, double expected) {
  const std::size_t labels = scores.size() / truth.size();
  const auto loss = [&](double logSlope) {
    const double slope = std::exp(logSlope);
    double sum = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
      const float* s = scores.data() + i * labels;
      const float top = *std::max_element(s, s + labels);
      float all = 0;
      for (std::size_t c = 0; c < labels; ++c) {
        all += std::exp(static_cast<float>(slope) * (s[c] - top));
      }
      sum += std::log(static_cast<double>(all)) - slope * (s[truth[i]] - top);
    }
    return sum;
  };
  const double middle = std::log(expected);
  const auto withPrior = [&](double at) { return loss(at) + 0.5 * (at - middle) * (at - middle); };
  // Golden section: one evaluation a step.
  const double golden = 0.5 * (std::sqrt(5.0) - 1);
  double low = middle - std::log(100.0);
  double high = middle + std::log(100.0);
  double a = high - golden * (high - low);
  double b = low + golden * (high - low);
  double lossA = withPrior(a);
  double lossB = withPrior(b);
  while (high - low > 0.01) {
    if (lossA < lossB) {
      high = b;
      b = a;
      lossB = lossA;
      a = high - golden * (high - low);
      lossA = withPrior(a);
    } else {
      low = a;
      a = b;
      lossA = lossB;
      b = low + golden * (high - low);
      lossB = withPrior(b);
    }
  }
  const double best = (low + high) / 2;
  return {.slope = std::exp(best), .loss = loss(best) / static_cast<double>(truth.size())};
}

}  // namespace learners
