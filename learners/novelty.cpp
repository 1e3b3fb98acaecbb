#include "learners/novelty.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <random>

#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

constexpr std::size_t kBlock = 64;
constexpr double kRareShare = 0.98;
/// A demonstration shown once has no other to compare with; its own windows overlap, so that the
/// usual distance is larger than between them.
constexpr float kWithinStretch = 2;

/// At most `keep` rows, taken in turn from each label and recording.
std::vector<std::size_t> spread(const Dataset& data, std::uint64_t seed, std::size_t keep) {
  std::vector<std::size_t> chosen;
  if (data.rows() <= keep) {
    for (std::size_t i = 0; i < data.rows(); ++i) chosen.push_back(i);
    return chosen;
  }
  std::map<std::pair<int, std::int64_t>, std::vector<std::size_t>> heaps;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    heaps[{data.label(i), data.content().group[i]}].push_back(i);
  }
  std::mt19937_64 random(seed);
  for (auto& [name, rows] : heaps) std::shuffle(rows.begin(), rows.end(), random);
  while (chosen.size() < keep) {
    for (auto& [name, rows] : heaps) {
      if (rows.empty() || chosen.size() >= keep) continue;
      chosen.push_back(rows.back());
      rows.pop_back();
    }
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

/// Distances from each row to the nearest comparable one: same label, another recording; failing
/// that another demonstration; failing that another row.
std::vector<float> usualDistances(const Dataset& data, std::span<const std::size_t> chosen,
                                  std::span<const float> rows, std::span<const float> norms) {
  const std::size_t d = data.features();
  const std::size_t count = chosen.size();
  std::vector<float> across;
  std::vector<float> within;
  std::vector<float> dots(kBlock * count);
  for (std::size_t begin = 0; begin < count; begin += kBlock) {
    const std::size_t size = std::min(kBlock, count - begin);
    productTransposed(rows.data() + begin * d, size, rows.data(), count, d, dots.data());
    for (std::size_t i = begin; i < begin + size; ++i) {
      float byGroup = INFINITY;
      float byUnit = INFINITY;
      float byRow = INFINITY;
      for (std::size_t j = 0; j < count; ++j) {
        if (j == i || data.label(chosen[i]) != data.label(chosen[j])) continue;
        const float distance = norms[i] + norms[j] - 2 * dots[(i - begin) * count + j];
        const auto& content = data.content();
        if (content.group[chosen[i]] != content.group[chosen[j]]) {
          byGroup = std::min(byGroup, distance);
        } else if (content.unit[chosen[i]] != content.unit[chosen[j]]) {
          byUnit = std::min(byUnit, distance);
        } else {
          byRow = std::min(byRow, distance);
        }
      }
      const float other = std::isfinite(byGroup) ? byGroup : byUnit;
      if (std::isfinite(other)) {
        across.push_back(std::sqrt(std::max(other, 0.0F)));
      } else if (std::isfinite(byRow)) {
        within.push_back(kWithinStretch * std::sqrt(std::max(byRow, 0.0F)));
      }
    }
  }
  return across.empty() ? within : across;
}

float quantile(const std::vector<float>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  const double part = at - static_cast<double>(low);
  return static_cast<float>(sorted[low] + part * (static_cast<double>(sorted[high]) - sorted[low]));
}

}  // namespace

Novelty Novelty::fit(const Dataset& data, std::uint64_t seed, std::size_t keep) {
  Novelty made;
  const auto chosen = spread(data, seed, keep);
  std::vector<float> rows;
  rows.reserve(chosen.size() * data.features());
  for (const std::size_t i : chosen) {
    rows.insert(rows.end(), data.row(i).begin(), data.row(i).end());
  }
  auto norms = squaredNorms(rows.data(), chosen.size(), data.features());
  auto distances = usualDistances(data, chosen, rows, norms);
  if (distances.empty()) return made;
  std::sort(distances.begin(), distances.end());
  made.features_ = data.features();
  made.rows_ = std::move(rows);
  made.norms_ = std::move(norms);
  made.usual_ = quantile(distances, 0.5);
  // Where all distances are alike, a little more than usual is still familiar.
  made.rare_ = std::max({quantile(distances, kRareShare), made.usual_ * 1.05F, 1e-3F});
  return made;
}

base::Result<Novelty> Novelty::load(ByteReader& in) {
  Novelty made;
  made.features_ = in.get<std::uint32_t>();
  made.rows_ = in.getArray<float>();
  made.usual_ = in.get<float>();
  made.rare_ = in.get<float>();
  const auto finite = [](float value) { return std::isfinite(value); };
  const bool nothing = made.features_ == 0 && made.rows_.empty() && made.rare_ == 0;
  const bool fitted = made.features_ > 0 && made.features_ <= kMostFeatures &&
                      !made.rows_.empty() && made.rows_.size() % made.features_ == 0 &&
                      made.usual_ >= 0 && made.rare_ > made.usual_ && std::isfinite(made.rare_) &&
                      std::all_of(made.rows_.begin(), made.rows_.end(), finite);
  if (!in.ok() || !(nothing || fitted)) {
    return base::Error{base::ErrorCode::Corrupt, "novelty: these bytes are damaged"};
  }
  if (fitted) {
    made.norms_ =
        squaredNorms(made.rows_.data(), made.rows_.size() / made.features_, made.features_);
  }
  return made;
}

void Novelty::save(ByteWriter& out) const {
  out.put(static_cast<std::uint32_t>(features_));
  out.putArray(rows_);
  out.put(usual_);
  out.put(rare_);
}

float Novelty::score(std::span<const float> standardisedRow) const {
  if (rare_ <= 0) return 0;
  assert(standardisedRow.size() == features_);
  const auto dots = scratch<Novelty>(norms_.size());
  rowDots(rows_.data(), norms_.size(), features_, standardisedRow.data(), dots.data());
  float nearest = INFINITY;
  for (std::size_t i = 0; i < norms_.size(); ++i) {
    nearest = std::min(nearest, norms_[i] - 2 * dots[i]);
  }
  nearest += dot(standardisedRow.data(), standardisedRow.data(), features_);
  const float distance = std::sqrt(std::max(nearest, 0.0F));
  const float steps = (distance - usual_) / (rare_ - usual_);
  if (steps <= 0) return 0;
  return steps <= 1 ? 0.5F * steps : 1 - 0.5F / steps;
}

}  // namespace learners
