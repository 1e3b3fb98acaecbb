#include "learners/explanation.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>
#include <random>

#include "learners/matrix.h"
#include "learners/numbers.h"

namespace learners {
namespace {

/// Words of a feature's name after its source; numbers, which tell neighbours of one kind apart,
/// are all the same.
std::vector<std::string> wordsOf(const std::string& name, const std::string& source) {
  std::size_t at = name.rfind(source + " ", 0) == 0 ? source.size() + 1 : 0;
  std::vector<std::string> words;
  while (at < name.size()) {
    const std::size_t end = std::min(name.find(' ', at), name.size());
    std::string word = name.substr(at, end - at);
    const bool number = word.find_first_not_of("0123456789.-+") == std::string::npos;
    if (!word.empty()) words.push_back(number ? "..." : std::move(word));
    at = end + 1;
  }
  return words;
}

std::string joined(const std::vector<std::string>& words, std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < std::min(depth, words.size()); ++i) {
    text += (text.empty() ? "" : " ") + words[i];
  }
  return text;
}

/// Families of one part by the first `depth` words.
std::map<std::string, std::vector<std::size_t>> familiesAt(
    const std::vector<std::vector<std::string>>& words, std::size_t begin, std::size_t depth) {
  std::map<std::string, std::vector<std::size_t>> families;
  for (std::size_t i = 0; i < words.size(); ++i) {
    families[joined(words[i], depth)].push_back(begin + i);
  }
  return families;
}

void addRuns(const sensors::FrameLayout& layout, const sensors::FrameLayout::Part& part,
             std::size_t most, std::vector<FeatureFamily>& made) {
  const std::size_t runs = std::min(most, part.count);
  for (std::size_t r = 0; r < runs; ++r) {
    const std::size_t from = part.begin + r * part.count / runs;
    const std::size_t to = part.begin + (r + 1) * part.count / runs;
    FeatureFamily family{.name = layout.features[from].name, .features = {}};
    if (to - from > 1) family.name += " to " + layout.features[to - 1].name;
    for (std::size_t f = from; f < to; ++f) family.features.push_back(f);
    made.push_back(std::move(family));
  }
}

}  // namespace

std::vector<FeatureFamily> featureFamilies(const sensors::FrameLayout& layout, std::size_t most) {
  std::vector<FeatureFamily> made;
  for (const sensors::FrameLayout::Part& part : layout.parts) {
    if (part.count == 0) continue;
    std::vector<std::vector<std::string>> wordsOfEach;
    std::size_t longest = 1;
    for (std::size_t f = part.begin; f < part.begin + part.count; ++f) {
      wordsOfEach.push_back(wordsOf(layout.features[f].name, part.source));
      longest = std::max(longest, wordsOfEach.back().size());
    }
    std::map<std::string, std::vector<std::size_t>> families;
    for (std::size_t depth = 1; depth <= longest; ++depth) {
      auto deeper = familiesAt(wordsOfEach, part.begin, depth);
      if (deeper.size() > most) break;
      families = std::move(deeper);
    }
    if (families.size() < 2) {
      addRuns(layout, part, most, made);
      continue;
    }
    for (auto& [words, features] : families) {
      std::string name = part.source + " " + words;
      // A number alone tells nobody anything; one of its kind does.
      if (words.find("...") != std::string::npos)
        name = layout.features[features.front()].name + " and the like";
      made.push_back({.name = std::move(name), .features = std::move(features)});
    }
  }
  return made;
}

Explainer::Explainer(EnsemblePtr ensemble, DatasetPtr train)
    : ensemble_(std::move(ensemble)), train_(std::move(train)) {
  const EnsembleContent& content = ensemble_->content();
  assert(train_->features() == content.layout.features.size());
  assert(train_->labelCount() == content.labels.size());
  families_ = featureFamilies(content.layout);
  standardised_ = content.standardizer.apply(*train_);
  const std::size_t features = train_->features();
  norms_ = squaredNorms(standardised_->content().values.data(), train_->rows(), features);

  const std::size_t labels = train_->labelCount();
  std::vector<std::vector<double>> sum(labels, std::vector<double>(features));
  for (std::size_t i = 0; i < train_->rows(); ++i) {
    for (std::size_t f = 0; f < features; ++f) sum[train_->label(i)][f] += train_->row(i)[f];
  }
  const auto counts = train_->countPerLabel();
  usual_.assign(labels + 1, std::vector<float>(features));
  const auto seen = static_cast<double>(
      labels - static_cast<std::size_t>(std::count(counts.begin(), counts.end(), 0U)));
  for (std::size_t f = 0; f < features; ++f) {
    double all = 0;
    for (std::size_t c = 0; c < labels; ++c) {
      if (counts[c] == 0) continue;
      const double mean = sum[c][f] / static_cast<double>(counts[c]);
      usual_[c][f] = static_cast<float>(mean);
      all += mean;
    }
    usual_[labels][f] = static_cast<float>(all / std::max(seen, 1.0));
  }
}

std::vector<NearDemonstration> Explainer::nearest(std::span<const float> row,
                                                  std::span<const std::uint8_t> missing,
                                                  const Options& options) const {
  const std::size_t features = row.size();
  const DatasetContent& content = train_->content();
  std::vector<float> z(features);
  ensemble_->content().standardizer.apply(row, missing, z);
  std::vector<float> dots(train_->rows());
  rowDots(standardised_->content().values.data(), train_->rows(), features, z.data(), dots.data());
  std::map<std::int64_t, std::pair<float, std::size_t>> best;
  for (std::size_t i = 0; i < train_->rows(); ++i) {
    if (options.except.contains(content.unit[i])) continue;
    const std::pair at{norms_[i] - 2 * dots[i], i};
    const auto [found, added] = best.emplace(content.unit[i], at);
    if (!added) found->second = std::min(found->second, at);
  }
  std::vector<std::pair<float, std::size_t>> order;
  for (const auto& [unit, at] : best) order.push_back(at);
  std::sort(order.begin(), order.end());
  order.resize(std::min(order.size(), options.near));
  std::vector<NearDemonstration> made;
  for (const auto& [unused, i] : order) {
    const float squared = squaredDistance(standardised_->row(i).data(), z.data(), features);
    made.push_back({.unit = content.unit[i],
                    .group = content.group[i],
                    .label = content.label[i],
                    .row = i,
                    .span = content.span.empty() ? base::TimeSpan() : content.span[i],
                    .distance = std::sqrt(squared / static_cast<double>(features))});
  }
  return made;
}

void Explainer::share(std::span<const float> row, std::span<const std::uint8_t> missing,
                      const Options& options, Explanation& made) const {
  const std::size_t features = row.size();
  const std::size_t count = families_.size();
  const int background = train_->background();
  const bool usable =
      background >= 0 && background != made.said.label && train_->countPerLabel()[background] > 0;
  const std::vector<float>& unknown = usual_[usable ? background : train_->labelCount()];

  // One row for each step of each order: first nothing is known, then family after family.
  std::mt19937_64 random(seedOf(options.seed, 40));
  std::vector<std::size_t> order(count);
  for (std::size_t k = 0; k < count; ++k) order[k] = k;
  std::vector<std::vector<std::size_t>> orders;
  for (int pair = 0; pair < std::max(1, options.orders / 2); ++pair) {
    std::shuffle(order.begin(), order.end(), random);
    orders.push_back(order);
    orders.emplace_back(order.rbegin(), order.rend());
  }
  DatasetContent content;
  content.layout = train_->content().layout;
  content.labels = train_->content().labels;
  const auto addRow = [&](const std::vector<float>& values,
                          const std::vector<std::uint8_t>& absent) {
    content.values.insert(content.values.end(), values.begin(), values.end());
    content.missing.insert(content.missing.end(), absent.begin(), absent.end());
    content.label.push_back(0);
    content.group.push_back(0);
    content.unit.push_back(0);
  };
  addRow(unknown, std::vector<std::uint8_t>(features));
  for (const auto& one : orders) {
    std::vector<float> values = unknown;
    std::vector<std::uint8_t> absent(features);
    for (const std::size_t k : one) {
      for (const std::size_t f : families_[k].features) {
        values[f] = row[f];
        absent[f] = missing.empty() ? 0 : missing[f];
      }
      addRow(values, absent);
    }
  }
  const auto asked = Dataset::make(std::move(content));
  assert(asked.ok());
  const auto p = ensemble_->predictBatch(**asked);
  const auto certainty = [&](std::size_t i) {
    return static_cast<double>(p[i * train_->labelCount() + made.said.label]);
  };
  made.baseline = certainty(0);
  std::vector<double> shares(count);
  for (std::size_t o = 0; o < orders.size(); ++o) {
    double before = made.baseline;
    for (std::size_t k = 0; k < count; ++k) {
      const double after = certainty(1 + o * count + k);
      shares[orders[o][k]] += (after - before) / static_cast<double>(orders.size());
      before = after;
    }
  }
  for (std::size_t k = 0; k < count; ++k)
    made.families.push_back({.family = k, .share = shares[k]});
  std::stable_sort(made.families.begin(), made.families.end(),
                   [](const FamilyShare& a, const FamilyShare& b) {
                     return std::abs(a.share) > std::abs(b.share);
                   });
}

Explanation Explainer::explain(std::span<const float> row, std::span<const std::uint8_t> missing,
                               const Options& options) const {
  Explanation made;
  made.said = ensemble_->predict(row, missing, Ensemble::Use::MembersOnly);
  if (made.said.label < 0) return made;
  made.near = nearest(row, missing, options);
  share(row, missing, options, made);

  const auto& members = ensemble_->content().members;
  for (std::size_t m = 0; m < members.size(); ++m) {
    made.members.push_back({.learner = std::string(members[m].model->kind()),
                            .label = made.said.memberLabel[m],
                            .weight = members[m].weight,
                            .agrees = made.said.memberLabel[m] == made.said.label});
  }
  std::stable_sort(made.members.begin(), made.members.end(),
                   [](const MemberSay& a, const MemberSay& b) { return a.weight > b.weight; });
  return made;
}

std::vector<SpanShare> spanShares(const Ensemble& ensemble, const Dataset& stretch, int label) {
  const std::size_t labels = stretch.labelCount();
  const std::size_t rows = stretch.rows();
  assert(label >= 0 && static_cast<std::size_t>(label) < labels);
  const auto p = ensemble.predictBatch(stretch);
  double sum = 0;
  for (std::size_t i = 0; i < rows; ++i) sum += p[i * labels + label];
  std::vector<SpanShare> made;
  for (std::size_t i = 0; i < rows; ++i) {
    const double own = p[i * labels + label];
    const double with = sum / static_cast<double>(rows);
    const double without = rows > 1 ? (sum - own) / static_cast<double>(rows - 1) : 0;
    made.push_back(
        {.span = stretch.content().span.empty() ? base::TimeSpan() : stretch.content().span[i],
         .certainty = own,
         .share = with - without});
  }
  return made;
}

}  // namespace learners
