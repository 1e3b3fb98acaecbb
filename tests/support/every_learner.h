#pragma once
// The learners we bring, by id, where the registry of the program is out of reach.

#include "learners/learner.h"

namespace support {

inline learners::LearnerMap everyLearner() {
  learners::LearnerMap map;
  for (const auto& learner :
       {learners::makeLogistic(), learners::makeKnn(), learners::makeRidge(),
        learners::makeRandomForest(), learners::makeSvmLinear(), learners::makeSvmRbf(),
        learners::makeMlp(), learners::makeBoostedTrees()}) {
    map[learner->id()] = learner;
  }
  return map;
}

}  // namespace support
