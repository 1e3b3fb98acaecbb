#pragma once
// Prediction: what a task believes about one stretch of time, and how sure it is. Certainty is
// three numbers, never one: certainty, disagreement, novelty.

#include <cstdint>
#include <string>
#include <vector>

#include "learners/label.h"
#include "sensors/base/time.h"

namespace learners {

enum class PredictionState {
  Known,       ///< one of the labels
  Background,  ///< the gate or the ensemble says that nothing happens
  Novel,       ///< nothing like it was demonstrated
  NoData,      ///< a source the task needs is silent
};
enum class Stage { Gate, Ensemble };

struct Prediction {
  base::TimeSpan span;  ///< the window it speaks about
  PredictionState state = PredictionState::NoData;
  Stage stage = Stage::Ensemble;  ///< who answered
  int label = -1;  ///< index of the headline: largest averaged probability; -1 with NoData
  int voted = -1;  ///< index of the weighted vote (Eq. 3)
  std::vector<float> probabilities;  ///< [labels], calibrated, sums to 1
  std::vector<int> memberLabel;      ///< [members], what each says; empty if the gate answered
  float certainty = 0;               ///< calibrated chance that `label` is right, [0, 1]
  bool belowLimit = false;           ///< less certain than the label's limit: "not sure"
  bool calibrated = false;           ///< false: not yet tested on held-out demonstrations
  float disagreement = 0;            ///< weight of the members that do not say `label`, [0, 1]
  float novelty = 0;                 ///< 0 familiar .. 1 nothing like it; above 0.5 counts as novel
  bool imputed = false;              ///< part of the frame was missing
};

}  // namespace learners
