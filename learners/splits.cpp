#include "learners/splits.h"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

namespace learners {
namespace {

/// Rows that a split keeps together, and how many of each label there are.
struct Bundle {
  std::vector<std::size_t> rows;
  std::map<int, std::size_t> perLabel;
  int fold = -1;  ///< -1: always in the training part
};

/// Bundles by key, in the order of their keys.
std::vector<Bundle> bundled(const Dataset& data, const std::vector<std::int64_t>& key) {
  std::map<std::int64_t, Bundle> byKey;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    Bundle& bundle = byKey[key[i]];
    bundle.rows.push_back(i);
    ++bundle.perLabel[data.label(i)];
  }
  std::vector<Bundle> bundles;
  for (auto& [name, bundle] : byKey) bundles.push_back(std::move(bundle));
  return bundles;
}

/// How much more uneven its labels lie over the folds once `bundle` is in `fold`.
double unevenness(const Bundle& bundle, const std::vector<double>& inFold,
                  const std::vector<double>& total, int fold) {
  double sum = 0;
  for (const auto& [label, rows] : bundle.perLabel) {
    const double before = inFold[fold * total.size() + label] / total[label];
    const double after = before + static_cast<double>(rows) / total[label];
    sum += after * after - before * before;
  }
  return sum;
}

/// Gives bundles to folds: large ones first, each where its labels are rarest so far.
/// Returns the number of folds in use.
int assignFolds(std::vector<Bundle>& bundles, std::size_t labels, int folds, std::uint64_t seed) {
  std::vector<std::size_t> bundlesWith(labels);
  std::vector<double> total(labels);
  for (const Bundle& bundle : bundles) {
    for (const auto& [label, rows] : bundle.perLabel) {
      ++bundlesWith[label];
      total[label] += static_cast<double>(rows);
    }
  }
  std::vector<std::size_t> order;
  for (std::size_t b = 0; b < bundles.size(); ++b) {
    const auto alone = [&](const auto& entry) { return bundlesWith[entry.first] < 2; };
    if (std::none_of(bundles[b].perLabel.begin(), bundles[b].perLabel.end(), alone)) {
      order.push_back(b);
    }
  }
  const int used = std::min(folds, static_cast<int>(order.size()));
  if (used < 1) return 0;
  std::mt19937_64 random(seed);
  std::shuffle(order.begin(), order.end(), random);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return bundles[a].rows.size() > bundles[b].rows.size();
  });
  std::vector<double> inFold(static_cast<std::size_t>(used) * labels);
  std::vector<std::size_t> rowsInFold(used);
  for (const std::size_t b : order) {
    int best = 0;
    double bestCost = 0;
    for (int fold = 0; fold < used; ++fold) {
      const double cost = unevenness(bundles[b], inFold, total, fold);
      const bool better = fold == 0 || cost < bestCost - 1e-12 ||
                          (cost < bestCost + 1e-12 && rowsInFold[fold] < rowsInFold[best]);
      if (better) {
        best = fold;
        bestCost = cost;
      }
    }
    bundles[b].fold = best;
    rowsInFold[best] += bundles[b].rows.size();
    for (const auto& [label, rows] : bundles[b].perLabel) {
      inFold[best * labels + label] += static_cast<double>(rows);
    }
  }
  // No fold may take all bundles of a label: the training part would not know it.
  std::vector<std::vector<Bundle*>> with(labels);
  for (Bundle& bundle : bundles) {
    for (const auto& [label, rows] : bundle.perLabel) with[label].push_back(&bundle);
  }
  for (const auto& holders : with) {
    if (holders.empty() || holders.front()->fold < 0) continue;
    const auto same = [&](const Bundle* other) { return other->fold == holders.front()->fold; };
    if (std::all_of(holders.begin(), holders.end(), same)) holders.front()->fold = -1;
  }
  return used;
}

/// The stretch of time each recording or demonstration covers, whose `name` each row has.
std::map<std::int64_t, base::TimeSpan> extents(const std::vector<std::int64_t>& name,
                                               const std::vector<base::TimeSpan>& spans) {
  std::map<std::int64_t, base::TimeSpan> extent;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    const base::TimeSpan& span = spans[i];
    if (span.isEmpty()) continue;
    const auto [at, added] = extent.emplace(name[i], span);
    if (added) continue;
    at->second.begin = std::min(at->second.begin, span.begin);
    at->second.end = std::max(at->second.end, span.end);
  }
  return extent;
}

/// Drops training rows that lie within `gap` of a test row. Recordings that overlap in time are on
/// different time lines (imports that each start at zero) and are not compared.
void keepGap(const Dataset& data, const std::map<std::int64_t, base::TimeSpan>& extent,
             base::Duration gap, Split& split) {
  const DatasetContent& content = data.content();
  if (content.span.empty()) return;
  struct Stretch {
    base::TimeSpan span;
    std::int64_t group;
  };
  std::vector<Stretch> tested;
  base::Duration longest{0};
  for (const std::size_t i : split.test) {
    if (content.span[i].isEmpty()) continue;
    tested.push_back({content.span[i], content.group[i]});
    longest = std::max(longest, content.span[i].length());
  }
  std::sort(tested.begin(), tested.end(),
            [](const Stretch& a, const Stretch& b) { return a.span.begin < b.span.begin; });
  const auto tooNear = [&](std::size_t i) {
    const base::TimeSpan& span = content.span[i];
    if (span.isEmpty()) return false;
    const base::TimeSpan wide{span.begin - gap, span.end + gap};
    auto at = std::lower_bound(
        tested.begin(), tested.end(), wide.begin - longest,
        [](const Stretch& stretch, base::Time t) { return stretch.span.begin < t; });
    for (; at != tested.end() && at->span.begin < wide.end; ++at) {
      if (!at->span.overlaps(wide)) continue;
      if (at->group == content.group[i]) return true;
      if (!extent.at(at->group).overlaps(extent.at(content.group[i]))) return true;
    }
    return false;
  };
  std::erase_if(split.train, tooNear);
}

std::vector<Split> foldsByKey(const Dataset& data, const std::vector<std::int64_t>& key, int folds,
                              std::uint64_t seed, base::Duration gap) {
  std::vector<Bundle> bundles = bundled(data, key);
  const int used = assignFolds(bundles, data.labelCount(), folds, seed);
  const auto extent = extents(data.content().group, data.content().span);
  std::vector<Split> splits;
  for (int fold = 0; fold < used; ++fold) {
    Split split;
    for (const Bundle& bundle : bundles) {
      auto& part = bundle.fold == fold ? split.test : split.train;
      part.insert(part.end(), bundle.rows.begin(), bundle.rows.end());
    }
    std::erase_if(split.test, [&](std::size_t i) { return data.isCopy(i); });
    if (split.test.empty() || split.train.empty()) continue;
    std::sort(split.train.begin(), split.train.end());
    std::sort(split.test.begin(), split.test.end());
    keepGap(data, extent, gap, split);
    if (!split.train.empty()) splits.push_back(std::move(split));
  }
  return splits;
}

/// The number of the stretch of its demonstration each row begins in: up to `most` of them, each at
/// least `least` long. Empty where spans are unknown.
std::vector<int> stretchesOf(const Dataset& data, int most, base::Duration least) {
  const DatasetContent& content = data.content();
  std::vector<int> stretch(content.span.size());
  const auto extent = extents(content.unit, content.span);
  for (std::size_t i = 0; i < content.span.size(); ++i) {
    const auto whole = extent.find(content.unit[i]);
    if (content.span[i].isEmpty() || whole == extent.end()) continue;
    const base::Duration length = whole->second.length();
    const auto count = std::clamp<std::int64_t>(length / least, 1, most);
    const base::Duration since = content.span[i].begin - whole->second.begin;
    stretch[i] = static_cast<int>(since / std::max(length / count, base::Duration{1}));
  }
  return stretch;
}

/// Keys that keep recordings whole, or demonstrations where one recording alone shows a label, or
/// the `stretch` of it [rows] where a single demonstration does.
std::vector<std::int64_t> demonstrationKeys(const Dataset& data, const std::vector<int>& stretch) {
  const DatasetContent& content = data.content();
  std::map<int, std::set<std::int64_t>> groupsOf;
  std::map<int, std::set<std::int64_t>> unitsOf;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    groupsOf[data.label(i)].insert(content.group[i]);
    unitsOf[data.label(i)].insert(content.unit[i]);
  }
  std::map<std::tuple<bool, std::int64_t, int>, std::int64_t> names;
  std::vector<std::int64_t> key(data.rows());
  for (std::size_t i = 0; i < data.rows(); ++i) {
    const bool byUnit = groupsOf[data.label(i)].size() < 2;
    const bool byStretch = byUnit && !stretch.empty() && unitsOf[data.label(i)].size() < 2;
    const std::tuple name{byUnit, byUnit ? content.unit[i] : content.group[i],
                          byStretch ? stretch[i] : 0};
    key[i] = names.emplace(name, static_cast<std::int64_t>(names.size())).first->second;
  }
  return key;
}

}  // namespace

std::vector<Split> groupedFolds(const Dataset& data, int folds, std::uint64_t seed,
                                base::Duration gap) {
  return foldsByKey(data, data.content().group, folds, seed, gap);
}

std::vector<Split> demonstrationFolds(const Dataset& data, int folds, std::uint64_t seed,
                                      base::Duration gap) {
  return foldsByKey(data, demonstrationKeys(data, {}), folds, seed, gap);
}

std::vector<Split> stretchFolds(const Dataset& data, int folds, std::uint64_t seed,
                                base::Duration least, base::Duration gap) {
  return foldsByKey(data, demonstrationKeys(data, stretchesOf(data, folds, least)), folds, seed,
                    gap);
}

std::vector<Split> unitFolds(const Dataset& data, int folds, std::uint64_t seed,
                             base::Duration gap) {
  return foldsByKey(data, data.content().unit, folds, seed, gap);
}

Split laterSplit(const Dataset& data) {
  const DatasetContent& content = data.content();
  std::map<std::int64_t, std::vector<std::size_t>> units;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    if (!data.isCopy(i)) units[content.unit[i]].push_back(i);
  }
  std::vector<std::uint8_t> tested(data.rows());
  base::Duration longest{0};
  for (const base::TimeSpan& span : content.span) longest = std::max(longest, span.length());
  for (auto& [unit, rows] : units) {
    if (!content.span.empty()) {
      std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
        return content.span[a].begin < content.span[b].begin;
      });
    }
    for (std::size_t k = rows.size() - rows.size() / 3; k < rows.size(); ++k) tested[rows[k]] = 1;
  }
  Split split;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    if (data.isCopy(i)) continue;  // perhaps of a row that is asked about
    (tested[i] != 0 ? split.test : split.train).push_back(i);
  }
  keepGap(data, extents(content.group, content.span), longest, split);
  return split;
}

Split splitByTags(const Dataset& data, const std::vector<std::string>& testTags) {
  Split split;
  const auto& tags = data.content().splitTag;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    const bool test =
        !tags.empty() && std::find(testTags.begin(), testTags.end(), tags[i]) != testTags.end();
    if (test && data.isCopy(i)) continue;
    (test ? split.test : split.train).push_back(i);
  }
  return split;
}

}  // namespace learners
