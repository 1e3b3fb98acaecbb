#include "learners/novelty.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <numeric>

#include "learners/novelty_memory.h"
#include "learners/numbers.h"
#include "learners/schema_bytes.h"
#include "learners/splits.h"

namespace learners {
namespace {

constexpr int kFolds = 5;
/// Shorter stretches of one demonstration are too much like what lies around them.
constexpr base::Duration kLeastStretch = kNoveltyMemory / 3;
constexpr double kRare = 0.95;
/// Neighbouring windows overlap: what is usual is wider than between them.
constexpr float kWithinStretch = 2;
constexpr std::size_t kMostTested = 1500;  // rows of a fold
/// A label's own figures count as much as those of all labels from so many rows on.
constexpr double kEnoughRows = 50;
/// Below these distances from median to rare all held-out rows are alike, and a little more is
/// still familiar. By kind of strangeness.
constexpr std::array<float, Strangeness::kKinds> kLeastWidth = {1, 0.02F, 0.05F, 0.1F, 0.05F};
/// The Gaussians and the directions that tell labels apart come of one covariance.
constexpr float kOfGaussian = 0.5F;
constexpr float kLeastEvidence = -2;
constexpr float kMostEvidence = 6;
// What is saved. Files of former versions tell fewer kinds.
constexpr std::uint8_t kNone = 0;
constexpr std::uint8_t kFormerKinds = 1;
constexpr std::uint8_t kAllKinds = 2;
const float kBend = std::log(9.0F);  // usual evidence has a score of 0.1

/// Sorts `values`, which are not empty.
float quantile(std::vector<float>& values, double share) {
  std::sort(values.begin(), values.end());
  const double at = share * static_cast<double>(values.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, values.size() - 1);
  const double part = at - static_cast<double>(low);
  return static_cast<float>(values[low] + part * (static_cast<double>(values[high]) - values[low]));
}

/// Folds that hold recordings out of labels that stay known; where there is nothing to hold out,
/// every other row.
std::vector<Split> knownSplits(const Dataset& data, std::uint64_t seed, float& stretch) {
  stretch = 1;
  base::Duration window{0};
  for (const base::TimeSpan& span : data.content().span) window = std::max(window, span.length());
  auto splits = stretchFolds(data, kFolds, seed, kLeastStretch, window);
  for (Split& split : splits) {
    std::vector<std::uint8_t> learnt(data.labelCount());
    for (const std::size_t i : split.train) learnt[data.label(i)] = 1;
    std::erase_if(split.test, [&](std::size_t i) { return learnt[data.label(i)] == 0; });
  }
  std::erase_if(splits, [](const Split& split) { return split.test.empty(); });
  if (!splits.empty()) return splits;
  stretch = kWithinStretch;
  Split halves;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    (i % 2 == 0 ? halves.train : halves.test).push_back(i);
  }
  if (!halves.test.empty()) splits.push_back(std::move(halves));
  return splits;
}

/// Of an array by kind, what is saved.
template <class ByKind>
auto kindsOf(ByKind& byKind, bool all) {
  return std::span(byKind).first(all ? Strangeness::kKinds : Strangeness::kFormerKinds);
}

using UnitName = std::pair<std::int64_t, int>;

UnitName unitOf(const Dataset& data, std::size_t row) {
  return {data.content().unit[row], data.label(row)};
}

/// Of many demonstrations some, evenly spread, but each of them whole.
std::vector<std::size_t> testedRows(const Dataset& data, const std::vector<std::size_t>& rows) {
  std::map<UnitName, std::vector<std::size_t>> units;
  for (const std::size_t i : rows) units[unitOf(data, i)].push_back(i);
  const std::size_t every = (rows.size() + kMostTested - 1) / kMostTested;
  std::vector<std::size_t> tested;
  std::size_t at = 0;
  for (const auto& [name, own] : units) {
    if (at++ % every == 0) tested.insert(tested.end(), own.begin(), own.end());
  }
  return tested;
}

/// The steps [rows] that a memory makes of the `steps` of `rows`, demonstration by demonstration,
/// each in the order of time, whichever fold held its stretches out.
std::vector<float> remembered(const Dataset& data, std::span<const std::size_t> rows,
                              std::span<const float> steps) {
  std::map<UnitName, std::vector<std::size_t>> units;
  for (std::size_t k = 0; k < rows.size(); ++k) units[unitOf(data, rows[k])].push_back(k);
  const auto& span = data.content().span;
  NoveltyMemory memory(1);
  std::vector<float> made;
  for (auto& [name, own] : units) {
    std::stable_sort(own.begin(), own.end(), [&](std::size_t a, std::size_t b) {
      return span[rows[a]].begin < span[rows[b]].begin;
    });
    memory.reset();
    for (const std::size_t k : own) {
      made.push_back(Novelty::stepsOf(memory.apply(span[rows[k]], Novelty::scoreOf(steps[k]))));
    }
  }
  return made;
}

}  // namespace

float Novelty::scoreOf(float steps) {
  return 1 / (1 + std::exp(kBend * (1 - std::clamp(steps, kLeastEvidence, kMostEvidence))));
}

float Novelty::stepsOf(float score) {
  const float within = std::clamp(score, 1e-6F, 1 - 1e-6F);
  const float steps = 1 + std::log(within / (1 - within)) / kBend;
  return std::clamp(steps, kLeastEvidence, kMostEvidence);
}

/// Mean steps of all kinds, each as far as one may say alone. What the components leave differs
/// from person to person and counts where it is rare.
float Novelty::evidence(const Strangeness& strange) const {
  const auto steps = [&](std::size_t k) {
    const Usual& usual = usual_[strange.label][k];
    return std::clamp((strange.kinds[k] - usual.median) / (usual.rare - usual.median),
                      kLeastEvidence, kMostEvidence);
  };
  const float rest = std::max(0.0F, steps(2) - 1);
  float sum = steps(0) + steps(1) + rest;
  float kinds = 2;
  if (familiarity_->tellsAll()) {
    sum = kOfGaussian * steps(0) + steps(1) + rest + steps(3) + steps(4);
    kinds = kOfGaussian + 3;
  }
  return std::clamp(sum / kinds, kLeastEvidence, kMostEvidence);
}

void Novelty::learnUsual(std::span<const Strangeness> heldOut, float stretch) {
  const auto labels = static_cast<std::size_t>(familiarity_->labels().back()) + 1;
  usual_.resize(labels);
  for (std::size_t k = 0; k < Strangeness::kKinds; ++k) {
    std::vector<float> all;
    std::vector<std::vector<float>> own(labels);
    for (const Strangeness& strange : heldOut) {
      all.push_back(strange.kinds[k]);
      own[strange.label].push_back(strange.kinds[k]);
    }
    const float median = quantile(all, 0.5);
    const float rare = quantile(all, kRare);
    for (std::size_t c = 0; c < labels; ++c) {
      Usual& usual = usual_[c][k];
      usual = {.median = median, .rare = rare};
      if (!own[c].empty()) {
        const auto n = static_cast<double>(own[c].size());
        const auto share = static_cast<float>(n / (n + kEnoughRows));
        usual.median += share * (quantile(own[c], 0.5) - median);
        usual.rare += share * (quantile(own[c], kRare) - rare);
      }
      const float width = stretch * std::max(usual.rare - usual.median, kLeastWidth[k]);
      usual.rare = usual.median + width;
    }
  }
}

Novelty Novelty::fit(const Dataset& data, std::uint64_t seed, std::size_t keep) {
  float stretch = 1;
  std::vector<Strangeness> heldOut;
  std::vector<std::size_t> rows;  // those held out
  std::vector<std::size_t> all(data.rows());
  std::iota(all.begin(), all.end(), std::size_t{0});
  Novelty made;
  made.familiarity_ = Familiarity::fit(data, all, seed, keep);
  if (!made.familiarity_) return {};
  for (const Split& split : knownSplits(data, seed, stretch)) {
    const auto part = Familiarity::fit(data, split.train, seed, keep);
    if (!part) continue;
    for (const std::size_t i : testedRows(data, split.test)) {
      heldOut.push_back(part->of(data.row(i)));
      rows.push_back(i);
    }
  }
  if (heldOut.empty()) return {};
  made.learnUsual(heldOut, stretch);

  std::vector<float> steps;
  for (const Strangeness& strange : heldOut) steps.push_back(made.evidence(strange));
  std::vector<float> windows = steps;
  made.rareWindow_ = std::max(quantile(windows, kRare), 0.2F);
  if (data.content().span.empty()) return made;
  for (float& value : steps) value /= made.rareWindow_;
  std::vector<float> stretches = remembered(data, rows, steps);
  made.rareStretch_ = std::clamp(quantile(stretches, kRare), 0.2F, 1.0F);
  return made;
}

Novelty::LabelUsual Novelty::meanUsual() const {
  LabelUsual mean;
  for (std::size_t k = 0; k < Strangeness::kKinds; ++k) {
    mean[k] = {.median = 0, .rare = 0};
    for (const LabelUsual& label : usual_) {
      mean[k].median += label[k].median / static_cast<float>(usual_.size());
      mean[k].rare += label[k].rare / static_cast<float>(usual_.size());
    }
  }
  return mean;
}

Novelty Novelty::refitted(const Dataset& data, std::span<const int> former, std::uint64_t seed,
                          std::size_t keep) const {
  if (!familiarity_ || !familiarity_->tellsAll()) return fit(data, seed, keep);
  std::vector<std::size_t> all(data.rows());
  std::iota(all.begin(), all.end(), std::size_t{0});
  Novelty made = *this;
  made.familiarity_ = Familiarity::fit(data, all, seed, keep);
  if (!made.familiarity_) return {};
  if (made.familiarity_->components() != familiarity_->components()) return fit(data, seed, keep);
  const LabelUsual mean = meanUsual();
  made.usual_.clear();
  for (int c = 0; c <= made.familiarity_->labels().back(); ++c) {
    const int was = former[static_cast<std::size_t>(c)];
    const bool known = was >= 0 && was < std::ssize(usual_);
    made.usual_.push_back(known ? usual_[static_cast<std::size_t>(was)] : mean);
  }
  return made;
}

float Novelty::score(std::span<const float> preparedRow) const {
  if (!familiarity_) return 0;
  return scoreOf(evidence(familiarity_->of(preparedRow)) / rareWindow_);
}

void Novelty::save(ByteWriter& out) const {
  const bool all = familiarity_ && familiarity_->tellsAll();
  out.put(!familiarity_ ? kNone : all ? kAllKinds : kFormerKinds);
  if (!familiarity_) return;
  familiarity_->save(out);
  for (const LabelUsual& label : usual_) {
    for (const Usual& usual : kindsOf(label, all)) {
      out.put(usual.median);
      out.put(usual.rare);
    }
  }
  out.put(rareWindow_);
  out.put(rareStretch_);
}

base::Result<Novelty> Novelty::load(ByteReader& in) {
  const base::Error corrupt{base::ErrorCode::Corrupt, "novelty: these bytes are damaged"};
  Novelty made;
  const auto fitted = in.get<std::uint8_t>();
  if (!in.ok() || fitted > kAllKinds) return corrupt;
  if (fitted == kNone) return made;
  auto familiarity = Familiarity::load(in, fitted == kAllKinds);
  if (!familiarity) return familiarity.error();
  made.familiarity_ = std::move(*familiarity);
  made.usual_.resize(static_cast<std::size_t>(made.familiarity_->labels().back()) + 1);
  for (LabelUsual& label : made.usual_) {
    for (Usual& usual : kindsOf(label, fitted == kAllKinds)) {
      usual.median = in.get<float>();
      usual.rare = in.get<float>();
      if (!(usual.rare > usual.median) || !std::isfinite(usual.rare - usual.median)) in.fail();
    }
  }
  made.rareWindow_ = in.get<float>();
  made.rareStretch_ = in.get<float>();
  const auto isStep = [](float value) { return value > 0 && value <= 2 * kMostEvidence; };
  if (!in.ok() || !isStep(made.rareWindow_) || !isStep(made.rareStretch_)) return corrupt;
  return made;
}

}  // namespace learners
