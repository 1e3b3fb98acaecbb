#pragma once
// Leak guard: is a score better than it deserves? It sets an honest split beside a random split of
// the same rows, which shows what overlapping windows would give away, and looks for rows on both
// sides of the honest split that are all but copies of each other.

#include <vector>

#include "learners/answers.h"

namespace learners {

struct LeakOptions {
  std::uint64_t seed = 1;
  std::size_t mostScoredRows = 4000;     ///< the two scores need no more
  std::size_t mostComparedRows = 20000;  ///< beyond, whole demonstrations are left out by chance
};

/// Two demonstrations on different sides of a split with rows that are all but copies.
struct LeakPair {
  std::int64_t unitA = 0;
  std::int64_t unitB = 0;
  std::int64_t groupA = 0;
  std::int64_t groupB = 0;
  std::size_t copies = 0;  ///< rows of the shorter one that the other has too
  std::size_t rows = 0;    ///< rows of the shorter one
  double distance = 0;     ///< of the copies, mean, in deviations per feature
};

struct LeakReport {
  Interval honest;         ///< nearest neighbours on the given splits, by demonstrations
  Interval random;         ///< the same on random rows of the same splits
  Interval withoutCopies;  ///< as `honest`, test rows with a copy among the training rows left out
  std::size_t nearDuplicates = 0;  ///< rows with a copy on the other side
  std::size_t comparedRows = 0;
  std::vector<LeakPair> pairs;  ///< most copies first

  /// Points by which a random split would flatter.
  double flattery() const { return random.value - honest.value; }
};

/// A row counts as a copy of one on the other side if their distance in standardised features is
/// below a twentieth of what is usual between rows of different demonstrations (its 90th
/// percentile over nearest rows), and no other row of its own demonstration is as near: where a
/// sensor rests, windows look alike without a leak. A pair is reported where a fifth of the shorter
/// demonstration's rows are copies, and three of them or all. With fewer than 8 features only equal
/// rows are copies. `splits` are rows of `data`, not empty. Equal input gives equal output. Errors:
/// InvalidArgument where no split has two labels to learn; those of the learner; Cancelled.
base::Result<LeakReport> checkLeaks(const Dataset& data, const std::vector<Split>& splits,
                                    const LeakOptions& options = {},
                                    const TrainingContext& context = {});

}  // namespace learners
