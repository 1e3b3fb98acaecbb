#pragma once
// The training behind the neural network: one or two hidden layers of rectified units, learnt from
// small batches by Adam with decoupled weight decay (Kingma and Ba, 2015; Loshchilov and Hutter,
// 2019) under a rate that falls along a cosine, while some units are left out of each step
// (Srivastava et al., Dropout, JMLR 15, 2014).

#include <optional>
#include <span>
#include <vector>

#include "learners/held_out.h"
#include "learners/learner.h"

namespace learners {

struct MlpSettings {
  std::size_t hidden = 128;
  std::size_t hidden2 = 0;  ///< 0: one hidden layer
  int epochs = 0;           ///< 0: by the number of rows
  double rate = 2e-3;       ///< at the beginning
  double decay = 0.01;      ///< of weights, per step and rate
  double dropout = 0.3;     ///< share of hidden units left out of each step, [0, 1)
};

struct MlpLayer {
  std::size_t in = 0;
  std::size_t out = 0;
  std::vector<float> weights;  ///< [in x out]
  std::vector<float> bias;     ///< [out]
};

/// Layers towards the labels in `used`; the last gives the scores of a softmax. Of many rows some
/// are held out and set the slope of the scores. Deterministic. Errors: Cancelled.
base::Result<std::vector<MlpLayer>> trainMlp(const Dataset& data, const UsedLabels& used,
                                             const MlpSettings& settings,
                                             const TrainingContext& context);

}  // namespace learners
