#include "plugins/host/built_in.h"

namespace plugins {

Registry builtIn() {
  Registry registry;
  registry.extractors = {
      {"statistics", sensors::makeStatistics}, {"spectral", sensors::makeSpectral},
      {"motion", sensors::makeMotion},         {"sound", sensors::makeSound},
      {"log_mel", sensors::makeLogMel},        {"level", sensors::makeLevel},
      {"gradients", sensors::makeGradients},   {"values", sensors::makeValues},
  };
  for (const learners::LearnerPtr& learner :
       {learners::makeLogistic(), learners::makeKnn(), learners::makeRidge(),
        learners::makeRandomForest(), learners::makeSvmLinear(), learners::makeSvmRbf(),
        learners::makeMlp(), learners::makeBoostedTrees()}) {
    registry.learners[learner->id()] = learner;
  }
  return registry;
}

}  // namespace plugins
