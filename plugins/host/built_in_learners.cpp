#include "plugins/host/built_in.h"

namespace plugins {

learners::LearnerMap builtInLearners() {
  learners::LearnerMap all;
  for (const learners::LearnerPtr& learner :
       {learners::makeLogistic(), learners::makeKnn(), learners::makeRidge(),
        learners::makeRandomForest(), learners::makeSvmLinear(), learners::makeSvmRbf(),
        learners::makeMlp(), learners::makeBoostedTrees()}) {
    all[learner->id()] = learner;
  }
  return all;
}

}  // namespace plugins
