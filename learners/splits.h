#pragma once
// Splits that keep recordings whole, because neighbouring windows overlap and would leak (T7), and
// that test measured rows only, never copies.

#include <cstdint>
#include <vector>

#include "learners/dataset.h"

namespace learners {

struct Split {
  std::vector<std::size_t> train;
  std::vector<std::size_t> test;
};

/// Up to `folds` folds; each group lies in one test part only, labels spread as evenly as groups
/// allow (greedy, seeded). Rows closer in time than `gap` to a test row of another group of the
/// same recording time line are left out of that fold's training part. Empty where no label has two
/// groups: there is then no honest split.
std::vector<Split> groupedFolds(const Dataset& data, int folds, std::uint64_t seed,
                                base::Duration gap = std::chrono::seconds(1));

/// As groupedFolds(), but the rows of a label that only one recording shows are held out by
/// demonstration instead. Says less than groupedFolds(), and is all there is for a first session.
std::vector<Split> demonstrationFolds(const Dataset& data, int folds, std::uint64_t seed,
                                      base::Duration gap = std::chrono::seconds(1));

/// As demonstrationFolds(), but the rows of a label that a single demonstration shows are held out
/// by stretches of time, each at least `least` long (> 0). Says still less. Needs spans.
std::vector<Split> stretchFolds(const Dataset& data, int folds, std::uint64_t seed,
                                base::Duration least, base::Duration gap = std::chrono::seconds(1));

/// Folds that keep each demonstration whole, whatever its recording. For choices within a fit where
/// there are too few recordings to spare one; never for a score.
std::vector<Split> unitFolds(const Dataset& data, int folds, std::uint64_t seed,
                             base::Duration gap = std::chrono::seconds(1));

/// One split: the last third of each demonstration, in the order of time, is the test part. What
/// lies within a window's length before it is left out. Tells how the same people do later on, and
/// nothing of others. By position where spans are unknown. Copies are left out.
Split laterSplit(const Dataset& data);

/// One split by the import's tags: rows whose tag is in `testTags` are the test part.
Split splitByTags(const Dataset& data, const std::vector<std::string>& testTags);

}  // namespace learners
