#pragma once
// SplitPlan: which rows of a dataset are learnt from and which are asked about, and what would make
// that comparison unfair.

#include <map>
#include <string>
#include <vector>

#include "learners/splits.h"

namespace app {

enum class SplitBy {
  Automatic,  ///< Given where tags say "train" and "test", else Fold where there are tags, else
              ///< Recording
  Recording,  ///< four grouped folds
  Group,      ///< the groups named, or the last of them in order
  Fold,       ///< every split tag is the test part once
  Given,      ///< tag "test" is the test part
  Later,      ///< the last third of each demonstration
};

struct SplitOptions {
  SplitBy by = SplitBy::Automatic;
  std::vector<std::string> testGroups = {};  ///< Group
  std::size_t testLast = 0;  ///< Group: so many groups, ordered as numbers where they are
  std::uint64_t seed = 1;
};

struct NamedSplit {
  std::string name;  ///< the fold's tag, or "1", "2", ...
  learners::Split split;
};

/// Splits with rows on both sides, at least one.
/// Errors: InvalidArgument saying why there is no such split.
base::Result<std::vector<NamedSplit>> planSplits(
    const learners::Dataset& data, const std::map<std::int64_t, std::string>& groupNames,
    const SplitOptions& options);

/// Groups with rows on both sides: the answers about them would be better than they deserve.
std::vector<std::string> leakingGroups(const learners::Dataset& data,
                                       const std::map<std::int64_t, std::string>& groupNames,
                                       const learners::Split& split);

}  // namespace app
