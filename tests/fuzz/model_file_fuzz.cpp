// Bytes that claim to be a model or a dataset, from another device or a damaged disk.

#include "learners/ensemble.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const learners::LearnerMap known = [] {
    learners::LearnerMap map;
    for (const auto& learner :
         {learners::makeLogistic(), learners::makeKnn(), learners::makeRidge(),
          learners::makeRandomForest(), learners::makeSvmLinear(), learners::makeSvmRbf(),
          learners::makeMlp(), learners::makeBoostedTrees()}) {
      map[learner->id()] = learner;
    }
    return map;
  }();
  const std::span<const std::uint8_t> bytes(data, size);
  const auto ensemble = learners::Ensemble::decode(bytes, known);
  if (ensemble) {
    const std::vector<float> row((*ensemble)->content().layout.features.size(), 1.0F);
    (void)(*ensemble)->predict(row, {});
  }
  (void)learners::Dataset::decode(bytes).ok();
  for (const auto& [id, learner] : known) {
    learners::ByteReader in(bytes);
    const auto model = learner->load(in);
    if (!model) continue;
    const std::vector<float> row((*model)->features(), 1.0F);
    std::vector<float> p((*model)->labelCount());
    (*model)->predict(row, p);
  }
  return 0;
}
