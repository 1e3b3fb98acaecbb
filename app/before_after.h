#pragma once
// BeforeAfter: how the old examples fare when something new was learnt, and whether that is bad
// enough to ask a person first.

#include <string>
#include <vector>

#include "learners/adaptation.h"
#include "learners/demonstration.h"
#include "learners/label.h"

namespace app {

/// How two models answer the same old examples, none of which they had learnt from when they were
/// asked.
struct Comparison {
  int total = 0;
  int before = 0;  ///< right by the former model
  int after = 0;   ///< right by the new one
  bool comparable = false;
  int lost = 0;                                  ///< by how many fewer are right
  std::vector<learners::Forgetting> forgetting;  ///< per label, in the order of `labels`
};

/// From the held-out answers of two full trainings. `labels` gives the names.
Comparison compare(const learners::EnsembleReport& before, const learners::EnsembleReport& after,
                   const std::vector<learners::Demonstration>& old,
                   const std::vector<learners::Label>& labels);
/// From an adaptation, which tests a part of the old examples.
Comparison comparisonOf(const learners::Adapted& adapted);

/// A new model is worse where it loses more than one old example and more than 2 of 100: below that
/// held-out answers differ by chance alone.
bool isWorse(const Comparison& comparison);

/// From so many examples on a correction is learnt by adapting the model that serves. Training
/// fewer from the start takes no longer and tests each of them.
inline constexpr int kFewestToAdaptFrom = 24;

/// Whether everything should be trained anew after `adapted` examples were learnt by adapting a
/// model trained on `learnt`: its held-out figures then say too little about what it knows.
bool deservesTraining(int learnt, int adapted);

}  // namespace app
