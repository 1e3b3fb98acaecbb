#include "learners/familiarity.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <random>

#include "learners/cholesky.h"
#include "learners/matrix.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"

namespace learners {
namespace {

constexpr std::size_t kComponents = 64;
constexpr std::size_t kMostForComponents = 4000;  // rows
constexpr float kReach = 6;                       // deviations
constexpr double kOwnShare = 0.5;                 // of a label's own covariance
constexpr double kRound = 0.1;                    // towards a multiple of the unit matrix
constexpr double kRidge = 0.1;
constexpr float kGamma = 0.5F;  // of the mean squared distance from the middle

bool areFinite(const std::vector<float>& values) {
  return std::all_of(values.begin(), values.end(), [](float v) { return std::isfinite(v); });
}

/// Adds the outer product of `place` about `centre` to the lower half of `sum`.
void addScatter(std::span<const float> place, const double* centre, std::vector<double>& sum) {
  const std::size_t n = place.size();
  for (std::size_t i = 0; i < n; ++i) {
    const double di = place[i] - centre[i];
    for (std::size_t j = 0; j <= i; ++j) sum[i * n + j] += di * (place[j] - centre[j]);
  }
}

}  // namespace

std::vector<std::size_t> spreadRows(const Dataset& data, std::span<const std::size_t> from,
                                    std::uint64_t seed, std::size_t keep) {
  std::map<std::pair<int, std::int64_t>, std::vector<std::size_t>> heaps;
  for (const std::size_t i : from) {
    heaps[{data.label(i), data.content().group[i]}].push_back(i);
  }
  std::mt19937_64 random(seed);
  for (auto& [name, rows] : heaps) std::shuffle(rows.begin(), rows.end(), random);
  // The first recording of each label comes before the second of any: no label goes without.
  std::map<int, std::size_t> recordings;
  std::map<std::pair<std::size_t, int>, std::vector<std::size_t>*> turns;
  for (auto& [name, rows] : heaps) turns[{recordings[name.first]++, name.first}] = &rows;
  const std::size_t wanted = std::min(keep, from.size());
  std::vector<std::size_t> chosen;
  while (chosen.size() < wanted) {
    for (auto& [turn, rows] : turns) {
      if (rows->empty() || chosen.size() >= wanted) continue;
      chosen.push_back(rows->back());
      rows->pop_back();
    }
  }
  std::sort(chosen.begin(), chosen.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(data.label(a), a) < std::pair(data.label(b), b);
  });
  return chosen;
}

void Familiarity::learnPlaces(const Dataset& data, std::span<const std::size_t> from) {
  const std::size_t width = data.features();
  std::vector<double> sum(width);
  std::vector<double> squares(width);
  for (const std::size_t i : from) {
    const auto row = data.row(i);
    for (std::size_t f = 0; f < width; ++f) {
      sum[f] += row[f];
      squares[f] += static_cast<double>(row[f]) * row[f];
    }
  }
  const auto n = static_cast<double>(from.size());
  mean_.resize(width);
  reach_.resize(width);
  for (std::size_t f = 0; f < width; ++f) {
    const double mean = sum[f] / n;
    mean_[f] = static_cast<float>(mean);
    reach_[f] =
        kReach * static_cast<float>(std::sqrt(std::max(0.0, squares[f] / n - mean * mean)));
  }
}

/// The row about the mean, in scratch of the calling thread.
std::span<float> Familiarity::drawn(std::span<const float> row) const {
  struct Drawn;
  const auto out = scratch<Drawn>(row.size());
  for (std::size_t f = 0; f < row.size(); ++f) {
    out[f] = std::clamp(row[f] - mean_[f], -reach_[f], reach_[f]);
  }
  return out;
}

bool Familiarity::learnGaussians(std::span<const float> places, std::span<const int> label,
                                 std::vector<double>& within) {
  const std::size_t n = reduction_.components();
  const std::size_t labels = centre_.size() / n;
  std::vector<double> centre(labels * n);
  std::vector<double> count(labels);
  for (std::size_t i = 0; i < label.size(); ++i) {
    count[label[i]] += 1;
    for (std::size_t k = 0; k < n; ++k) centre[label[i] * n + k] += places[i * n + k];
  }
  for (std::size_t c = 0; c < labels; ++c) {
    for (std::size_t k = 0; k < n; ++k) {
      centre[c * n + k] /= count[c];
      centre_[c * n + k] = static_cast<float>(centre[c * n + k]);
    }
  }
  std::vector<std::vector<double>> scatter(labels, std::vector<double>(n * n));
  for (std::size_t i = 0; i < label.size(); ++i) {
    addScatter(places.subspan(i * n, n), centre.data() + label[i] * n, scatter[label[i]]);
  }
  within.assign(n * n, 0);
  for (std::size_t c = 0; c < labels; ++c) {
    for (std::size_t k = 0; k < n * n; ++k) {
      scatter[c][k] /= count[c];
      within[k] += scatter[c][k] / static_cast<double>(labels);
    }
  }
  precision_.resize(labels * n * n);
  logDeterminant_.resize(labels);
  for (std::size_t c = 0; c < labels; ++c) {
    const double own = kOwnShare * count[c] / (count[c] + static_cast<double>(n));
    double trace = 0;
    for (std::size_t k = 0; k < n * n; ++k) {
      scatter[c][k] = own * scatter[c][k] + (1 - own) * within[k];
    }
    for (std::size_t k = 0; k < n; ++k) trace += scatter[c][k * n + k];
    const double round = std::max(trace / static_cast<double>(n), 1e-6);
    for (double& value : scatter[c]) value *= 1 - kRound;
    const auto factor = Cholesky::of(scatter[c], n, kRound * round);
    if (!factor) return false;
    std::vector<double> inverse(n * n);
    for (std::size_t k = 0; k < n; ++k) inverse[k * n + k] = 1;
    factor->solve(inverse);
    std::transform(inverse.begin(), inverse.end(),
                   precision_.begin() + static_cast<std::ptrdiff_t>(c * n * n),
                   [](double value) { return static_cast<float>(value); });
    logDeterminant_[c] = static_cast<float>(factor->logDeterminant());
  }
  return true;
}

bool Familiarity::learnVoices(std::span<const float> places, std::span<const int> label) {
  const std::size_t n = reduction_.components();
  const std::size_t kept = label.size();
  const std::size_t labels = centre_.size() / n;
  kept_.assign(places.begin(), places.end());
  norms_ = squaredNorms(kept_.data(), kept, n);
  std::vector<float> kernel(kept * kept);
  gaussianKernel(kept_.data(), norms_.data(), kept, n, gamma_, kernel.data());
  const auto factor =
      Cholesky::of(std::vector<double>(kernel.begin(), kernel.end()), kept, kRidge);
  if (!factor) return false;
  std::vector<double> weights(kept * labels);
  for (std::size_t i = 0; i < kept; ++i) weights[i * labels + label[i]] = 1;
  factor->solve(weights);
  voice_.resize(labels * kept);
  for (std::size_t i = 0; i < kept; ++i) {
    for (std::size_t c = 0; c < labels; ++c) {
      voice_[c * kept + i] = static_cast<float>(weights[i * labels + c]);
    }
  }
  return true;
}

std::optional<Familiarity> Familiarity::fit(const Dataset& data, std::span<const std::size_t> from,
                                            std::uint64_t seed, std::size_t keep) {
  const auto rows = spreadRows(data, from, seedOf(seed, 0), kMostForComponents);
  if (rows.empty()) return std::nullopt;
  Familiarity made;
  made.learnPlaces(data, rows);
  DatasetContent content = data.subset(rows)->content();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = made.drawn(data.row(rows[i]));
    std::copy(row.begin(), row.end(),
              content.values.begin() + static_cast<std::ptrdiff_t>(i * row.size()));
  }
  content.missing = {};
  const auto centred = Dataset::make(std::move(content));
  if (!centred) return std::nullopt;
  auto reduction =
      Reduction::fit(**centred, {.kind = ReductionKind::Pca,
                                 .components = kComponents,
                                 .seed = seedOf(seed, 1)});
  if (!reduction) return std::nullopt;
  made.reduction_ = std::move(*reduction);
  const std::size_t n = made.reduction_.components();
  std::vector<float> places(rows.size() * n);
  made.reduction_.applyBatch((*centred)->content().values, places);

  const float scale = made.reduction_.scale() * made.reduction_.scale();
  double whole = 0;
  double left = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const float* row = (*centred)->row(i).data();
    const double all = scale * dot(row, row, data.features());
    whole += all;
    left += std::max(0.0, all - dot(places.data() + i * n, places.data() + i * n, n));
  }
  made.gamma_ = kGamma * static_cast<float>(static_cast<double>(rows.size()) / whole);
  // A hundredth of what is usually left is as good as nothing.
  if (left > 1e-3 * whole) {
    made.least_ = static_cast<float>(0.01 * left / static_cast<double>(rows.size()));
  }

  std::vector<int> label;  // rows are sorted by label
  for (const std::size_t i : rows) {
    if (made.label_.empty() || made.label_.back() != data.label(i)) {
      made.label_.push_back(data.label(i));
    }
    label.push_back(static_cast<int>(made.label_.size()) - 1);
  }
  made.centre_.resize(made.label_.size() * n);
  std::vector<double> within;
  if (!made.learnGaussians(places, label, within)) return std::nullopt;

  std::vector<float> keptPlaces;
  std::vector<int> keptLabel;
  std::vector<std::size_t> placeOf(data.rows());
  for (std::size_t i = 0; i < rows.size(); ++i) placeOf[rows[i]] = i;
  for (const std::size_t i : spreadRows(data, rows, seedOf(seed, 2), keep)) {
    const auto first = places.begin() + static_cast<std::ptrdiff_t>(placeOf[i] * n);
    keptPlaces.insert(keptPlaces.end(), first, first + static_cast<std::ptrdiff_t>(n));
    keptLabel.push_back(label[placeOf[i]]);
  }
  if (!made.learnVoices(keptPlaces, keptLabel)) return std::nullopt;
  auto discriminant = Discriminant::fit(made.centre_, within, n, keptPlaces);
  if (discriminant) made.discriminant_ = std::move(*discriminant);
  std::vector<float> asPrepared;
  asPrepared.reserve(rows.size() * data.features());
  for (const std::size_t i : rows) {
    asPrepared.insert(asPrepared.end(), data.row(i).begin(), data.row(i).end());
  }
  std::vector<float> deviation;
  for (const float reach : made.reach_) deviation.push_back(reach / kReach);
  made.ranges_ = LabelRanges::fit(asPrepared, label, deviation);
  made.tellsAll_ = true;
  return made;
}

Strangeness Familiarity::of(std::span<const float> row) const {
  assert(row.size() == features());
  const std::size_t n = reduction_.components();
  const std::size_t kept = norms_.size();
  const auto centred = drawn(row);
  struct Place;
  const auto place = scratch<Place>(n);
  reduction_.apply(centred, place);
  const float scale = reduction_.scale() * reduction_.scale();
  const float own = dot(place.data(), place.data(), n);
  const float left =
      std::max(0.0F, scale * dot(centred.data(), centred.data(), row.size()) - own);

  Strangeness made;
  struct From;
  const auto from = scratch<From>(n);
  struct Product;
  const auto turned = scratch<Product>(n);
  float least = INFINITY;
  std::size_t nearest = 0;
  for (std::size_t c = 0; c < label_.size(); ++c) {
    for (std::size_t k = 0; k < n; ++k) from[k] = place[k] - centre_[c * n + k];
    rowDots(precision_.data() + c * n * n, n, n, from.data(), turned.data());
    const float fit = dot(from.data(), turned.data(), n) + logDeterminant_[c];
    if (fit >= least) continue;
    least = fit;
    nearest = c;
  }
  struct Kernel;
  const auto kernel = scratch<Kernel>(kept);
  rowDots(kept_.data(), kept, n, place.data(), kernel.data());
  toGaussian(norms_.data(), kept, own, gamma_, kernel.data());
  struct Voices;
  const auto voices = scratch<Voices>(label_.size());
  rowDots(voice_.data(), label_.size(), kept, kernel.data(), voices.data());
  // No kept row has anything of what the components leave, so all are that much farther off.
  const float loudest = std::exp(-gamma_ * left) * *std::max_element(voices.begin(), voices.end());
  made.label = label_[nearest];
  made.kinds = {least, -loudest, least_ > 0 ? std::log(left + least_) : 0};
  if (!tellsAll_) return made;
  made.kinds[3] = discriminant_.distance(place);
  made.kinds[4] = ranges_.beyond(static_cast<int>(nearest), row);
  return made;
}

void Familiarity::save(ByteWriter& out) const {
  reduction_.save(out);
  out.putArray(mean_);
  out.putArray(reach_);
  out.put(gamma_);
  out.put(least_);
  out.putArray(label_);
  out.putArray(centre_);
  out.putArray(precision_);
  out.putArray(logDeterminant_);
  out.putArray(kept_);
  out.putArray(voice_);
  if (!tellsAll_) return;
  discriminant_.save(out);
  ranges_.save(out);
}

base::Result<Familiarity> Familiarity::load(ByteReader& in, bool tellsAll) {
  const base::Error corrupt{base::ErrorCode::Corrupt, "familiarity: these bytes are damaged"};
  Familiarity made;
  auto reduction = Reduction::load(in);
  if (!reduction) return reduction.error();
  made.reduction_ = std::move(*reduction);
  const std::size_t n = made.reduction_.components();
  const std::size_t features = made.reduction_.features();
  made.mean_ = in.getArray<float>(features);
  made.reach_ = in.getArray<float>(features);
  made.gamma_ = in.get<float>();
  made.least_ = in.get<float>();
  made.label_ = in.getArray<std::int32_t>();
  const std::size_t labels = made.label_.size();
  if (!in.ok() || n > kComponents || labels == 0 || labels > kMostLabels ||
      !std::is_sorted(made.label_.begin(), made.label_.end()) || made.label_.front() < 0 ||
      made.label_.back() >= static_cast<std::int32_t>(kMostLabels)) {
    return corrupt;
  }
  made.centre_ = in.getArray<float>(labels * n);
  made.precision_ = in.getArray<float>(labels * n * n);
  made.logDeterminant_ = in.getArray<float>(labels);
  made.kept_ = in.getArray<float>();
  const std::size_t kept = made.kept_.size() / n;
  made.voice_ = in.getArray<float>(labels * kept);
  const auto notNegative = [](float value) { return value >= 0; };
  if (!in.ok() || kept == 0 || made.kept_.size() != kept * n || !areFinite(made.mean_) ||
      !areFinite(made.reach_) ||
      !std::all_of(made.reach_.begin(), made.reach_.end(), notNegative) ||
      !areFinite(made.centre_) || !areFinite(made.precision_) ||
      !areFinite(made.logDeterminant_) || !areFinite(made.kept_) || !areFinite(made.voice_) ||
      !(made.gamma_ > 0) || !std::isfinite(made.gamma_) || !(made.least_ >= 0) ||
      !std::isfinite(made.least_)) {
    return corrupt;
  }
  made.norms_ = squaredNorms(made.kept_.data(), kept, n);
  made.tellsAll_ = tellsAll;
  if (!tellsAll) return made;
  made.discriminant_ = Discriminant::load(in, n);
  made.ranges_ = LabelRanges::load(in, labels, features);
  if (!in.ok()) return corrupt;
  return made;
}

}  // namespace learners
