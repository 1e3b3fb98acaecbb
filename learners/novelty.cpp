#include "learners/novelty.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <map>
#include <random>

#include "learners/discriminant.h"
#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"
#include "learners/splits.h"

namespace learners {
namespace {

constexpr std::size_t kNeighbours = 5;
constexpr int kFolds = 4;
constexpr double kShrinkage = 0.3;
/// Both views together call 5 % of what is familiar new. Far off is far: most of it is for what
/// lies between labels.
constexpr double kRareWhole = 0.995;
constexpr double kRareDiscriminant = 0.955;
/// Neighbouring windows overlap: the usual distance is larger than between them.
constexpr float kWithinStretch = 2;
constexpr std::size_t kMostForDirections = 4000;
constexpr std::size_t kMostTested = 1000;  // rows of a fold

/// At most `keep` of the rows `from`, taken in turn from each label and recording; by label.
std::vector<std::size_t> spread(const Dataset& data, std::span<const std::size_t> from,
                                std::uint64_t seed, std::size_t keep) {
  std::map<std::pair<int, std::int64_t>, std::vector<std::size_t>> heaps;
  for (const std::size_t i : from) {
    heaps[{data.label(i), data.content().group[i]}].push_back(i);
  }
  std::mt19937_64 random(seed);
  for (auto& [name, rows] : heaps) std::shuffle(rows.begin(), rows.end(), random);
  const std::size_t wanted = std::min(keep, from.size());
  std::vector<std::size_t> chosen;
  while (chosen.size() < wanted) {
    for (auto& [name, rows] : heaps) {
      if (rows.empty() || chosen.size() >= wanted) continue;
      chosen.push_back(rows.back());
      rows.pop_back();
    }
  }
  std::sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(data.label(a), a) < std::pair(data.label(b), b);
  });
  return chosen;
}

float quantile(const std::vector<float>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  const double part = at - static_cast<double>(low);
  return static_cast<float>(sorted[low] + part * (static_cast<double>(sorted[high]) - sorted[low]));
}

/// Folds that hold recordings out; where there is nothing to hold out, every other row.
std::vector<Split> knownSplits(const Dataset& data, std::uint64_t seed, float& stretch) {
  stretch = 1;
  auto splits = demonstrationFolds(data, kFolds, seed);
  std::erase_if(splits,
                [](const Split& split) { return split.train.empty() || split.test.empty(); });
  if (!splits.empty()) return splits;
  stretch = kWithinStretch;
  Split halves;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    (i % 2 == 0 ? halves.train : halves.test).push_back(i);
  }
  if (!halves.test.empty()) splits.push_back(std::move(halves));
  return splits;
}

bool allFinite(std::span<const float> values) {
  return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

}  // namespace

float Novelty::View::distance(std::span<const float> row,
                              std::span<const std::uint32_t> ends) const {
  const auto dots = scratch<View>(norms.size());
  rowDots(rows.data(), norms.size(), width, row.data(), dots.data());
  const float own = dot(row.data(), row.data(), width);
  float least = INFINITY;
  std::uint32_t begin = 0;
  for (const std::uint32_t end : ends) {
    std::array<float, kNeighbours> near;
    std::size_t held = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
      const float squared = std::max(norms[i] - 2 * dots[i] + own, 0.0F);
      if (held == kNeighbours && squared >= near[held - 1]) continue;
      if (held < kNeighbours) ++held;
      std::size_t at = held - 1;
      for (; at > 0 && near[at - 1] > squared; --at) near[at] = near[at - 1];
      near[at] = squared;
    }
    float sum = 0;
    for (std::size_t k = 0; k < held; ++k) sum += std::sqrt(near[k]);
    if (held > 0) least = std::min(least, sum / static_cast<float>(held));
    begin = end;
  }
  return least;
}

float Novelty::View::steps(float distance) const {
  return rare > 0 ? (distance - usual) / (rare - usual) : 0;
}

void Novelty::View::learnUsual(std::vector<float> distances, double rareShare) {
  std::erase_if(distances, [](float distance) { return !std::isfinite(distance); });
  if (distances.empty()) return;
  std::sort(distances.begin(), distances.end());
  usual = quantile(distances, 0.5);
  // Where all distances are alike, a little more than usual is still familiar.
  rare = std::max({quantile(distances, rareShare), usual * 1.05F, 1e-3F});
}

std::span<const float> Novelty::projected(std::span<const float> preparedRow) const {
  struct Projected;
  const auto out = scratch<Projected>(discriminant_.width);
  rowDots(directions_.data(), discriminant_.width, features_, preparedRow.data(), out.data());
  return out;
}

Novelty Novelty::placed(const Dataset& data, std::span<const std::size_t> from, std::uint64_t seed,
                        std::size_t keep) {
  Novelty made;
  made.features_ = data.features();
  const auto known = spread(data, from, seed, kMostForDirections);
  made.directions_ = discriminantDirections(data, known, kShrinkage);
  made.whole_.width = data.features();
  made.discriminant_.width = made.directions_.size() / data.features();
  const auto kept = spread(data, known, seed, keep);
  for (std::size_t k = 0; k < kept.size(); ++k) {
    if (k > 0 && data.label(kept[k]) != data.label(kept[k - 1])) {
      made.ends_.push_back(static_cast<std::uint32_t>(k));
    }
    const auto row = data.row(kept[k]);
    made.whole_.rows.insert(made.whole_.rows.end(), row.begin(), row.end());
    if (made.discriminant_.width == 0) continue;
    const auto place = made.projected(row);
    made.discriminant_.rows.insert(made.discriminant_.rows.end(), place.begin(), place.end());
  }
  made.ends_.push_back(static_cast<std::uint32_t>(kept.size()));
  for (View* view : {&made.whole_, &made.discriminant_}) {
    if (view->width > 0) view->norms = squaredNorms(view->rows.data(), kept.size(), view->width);
  }
  return made;
}

Novelty Novelty::fit(const Dataset& data, std::uint64_t seed, std::size_t keep) {
  float stretch = 1;
  std::vector<float> whole;
  std::vector<float> discriminant;
  for (const Split& split : knownSplits(data, seed, stretch)) {
    const Novelty part = placed(data, split.train, seed, keep);
    const std::size_t tested = std::min(split.test.size(), kMostTested);
    for (std::size_t i = 0; i < tested; ++i) {
      const auto row = data.row(split.test[i * split.test.size() / tested]);
      whole.push_back(stretch * part.whole_.distance(row, part.ends_));
      if (part.discriminant_.width == 0) continue;
      discriminant.push_back(stretch *
                             part.discriminant_.distance(part.projected(row), part.ends_));
    }
  }
  if (whole.empty()) return {};
  std::vector<std::size_t> all(data.rows());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  Novelty made = placed(data, all, seed, keep);
  made.whole_.learnUsual(std::move(whole), kRareWhole);
  made.discriminant_.learnUsual(std::move(discriminant), kRareDiscriminant);
  return made;
}

float Novelty::score(std::span<const float> preparedRow) const {
  if (whole_.rare <= 0) return 0;
  assert(preparedRow.size() == features_);
  float steps = whole_.steps(whole_.distance(preparedRow, ends_));
  if (discriminant_.rare > 0) {
    const float other = discriminant_.distance(projected(preparedRow), ends_);
    steps = std::max(steps, discriminant_.steps(other));
  }
  if (steps <= 0) return 0;
  return steps <= 1 ? 0.5F * steps : 1 - 0.5F / steps;
}

void Novelty::save(ByteWriter& out) const {
  out.put(static_cast<std::uint32_t>(features_));
  out.putArray(ends_);
  out.putArray(directions_);
  for (const View* view : {&whole_, &discriminant_}) {
    out.putArray(view->rows);
    out.put(view->usual);
    out.put(view->rare);
  }
}

bool Novelty::View::load(ByteReader& in, std::size_t keptRows) {
  rows = in.getArray<float>(keptRows * width);
  usual = in.get<float>();
  rare = in.get<float>();
  if (!in.ok() || !allFinite(rows)) return false;
  const bool none = rare == 0 && usual == 0;
  if (!none && width == 0) return false;
  if (!none && !(usual >= 0 && rare > usual && std::isfinite(rare))) return false;
  if (width > 0) norms = squaredNorms(rows.data(), keptRows, width);
  return true;
}

base::Result<Novelty> Novelty::load(ByteReader& in) {
  const base::Error corrupt{base::ErrorCode::Corrupt, "novelty: these bytes are damaged"};
  Novelty made;
  made.features_ = in.get<std::uint32_t>();
  made.ends_ = in.getArray<std::uint32_t>();
  made.directions_ = in.getArray<float>();
  if (!in.ok() || made.features_ > kMostFeatures || made.ends_.size() > kMostLabels ||
      !std::is_sorted(made.ends_.begin(), made.ends_.end()) || !allFinite(made.directions_)) {
    return corrupt;
  }
  if (made.features_ == 0 ? !made.directions_.empty() || !made.ends_.empty()
                          : made.directions_.size() % made.features_ != 0 || made.ends_.empty()) {
    return corrupt;
  }
  made.whole_.width = made.features_;
  if (made.features_ > 0) made.discriminant_.width = made.directions_.size() / made.features_;
  const std::size_t kept = made.ends_.empty() ? 0 : made.ends_.back();
  if (made.discriminant_.width > kMostLabels || !made.whole_.load(in, kept) ||
      !made.discriminant_.load(in, kept)) {
    return corrupt;
  }
  return made;
}

}  // namespace learners
