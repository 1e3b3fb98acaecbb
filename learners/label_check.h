#pragma once
// Label check: which examples may carry the wrong label. Confident learning (Northcutt, Jiang and
// Chuang, JAIR 70, 2021) on held-out probabilities, and the labels of an example's neighbours.

#include <vector>

#include "learners/answers.h"

namespace learners {

struct SuspiciousUnit {
  std::int64_t unit = 0;
  std::int64_t group = 0;
  int label = 0;              ///< what a person said
  int suggested = 0;          ///< what the others say it is; may be `label`
  double suspicion = 0;       ///< [0, 1]; for ordering, not a probability
  double selfConfidence = 0;  ///< held-out probability of `label`
  double margin = 0;          ///< that minus the largest other one, [-1, 1]
  double neighbours = 0;      ///< share of its rows' nearest rows with another label
};

/// Every demonstration that `answers` speak about, most suspicious first. `answers` are held out of
/// `data`. Self-confidence is measured against what is usual for the label, so that a label that is
/// hard to recognise is not suspected as a whole. Neighbours are the 10 nearest standardised rows
/// of other demonstrations. Equal input gives equal output.
std::vector<SuspiciousUnit> checkLabels(const Dataset& data, const Answers& answers);

}  // namespace learners
