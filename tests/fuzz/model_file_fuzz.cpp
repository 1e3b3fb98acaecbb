// Bytes that claim to be a model or a dataset, from another device or a damaged disk.

#include "learners/checkpoints.h"
#include "learners/ensemble.h"
#include "learners/smoother.h"
#include "tests/support/every_learner.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const learners::LearnerMap known = support::everyLearner();
  const std::span<const std::uint8_t> bytes(data, size);
  const auto ensemble = learners::Ensemble::decode(bytes, known);
  if (ensemble) {
    const std::vector<float> row((*ensemble)->content().layout.features.size(), 1.0F);
    (void)(*ensemble)->predict(row, {});
  }
  (void)learners::Dataset::decode(bytes).ok();
  (void)learners::decodeAnswersPart(bytes, 12).ok();
  (void)learners::decodeModelPart(bytes, *known.begin()->second).ok();
  learners::ByteReader transitions(bytes);
  (void)learners::Transitions::load(transitions);
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
