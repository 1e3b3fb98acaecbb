#pragma once
// Subgroups: people, days or rooms for whom the answers are worse than for the others, and kinds of
// one label that the answers miss and nobody has named yet.

#include <vector>

#include "learners/answers.h"

namespace learners {

/// How good the answers about one group's rows are.
struct GroupScore {
  std::int64_t group = 0;
  Interval accuracy;  ///< by demonstrations
  double others = 0;  ///< accuracy of all other groups
  bool weak = false;  ///< three demonstrations or more, 10 points or more below the others, and
                      ///< not by chance (95 %)
};

/// Worst first.
std::vector<GroupScore> scoreGroups(const Answers& answers);

/// Rows of one label that lie together and are answered far worse than the rest of that label.
struct HiddenSubgroup {
  int label = 0;
  Interval accuracy;
  double others = 0;                  ///< accuracy of the other rows of the label
  int saidInstead = -1;               ///< the wrong label said most often
  std::vector<std::size_t> rows;      ///< in the dataset
  std::vector<std::size_t> features;  ///< up to 3 in which it differs most from the others
  std::vector<std::int64_t> units;
};

/// Clusters (k-means, k = 2 .. 4, over standardised features only, errors not looked at) within
/// each label whose answers are at least 15 points below the rest of their label, which hold at
/// least three demonstrations, and which chance would give once in a thousand. Worst first;
/// clusters that share most of their rows are given once. `data` is what the answers are about.
/// Equal data, answers and seed give equal results.
std::vector<HiddenSubgroup> hiddenSubgroups(const Dataset& data, const Answers& answers,
                                            std::uint64_t seed);

}  // namespace learners
