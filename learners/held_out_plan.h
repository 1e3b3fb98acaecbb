#pragma once
// Held-out answers: which rows a training keeps back, fold by fold, and how well members and
// ensemble answer them. Every figure an ensemble knows about itself comes from here.

#include <cstdint>
#include <span>
#include <vector>

#include "learners/calibration.h"
#include "learners/dataset.h"
#include "learners/pooling.h"
#include "learners/splits.h"

namespace learners {

/// How often the held-out answers of one unit (demonstration) were right.
struct UnitScore {
  std::int64_t unit = 0;
  int label = 0;
  bool right = false;  ///< averaged held-out probability of its rows
  int rows = 0;
};

/// Which rows are held out, and by which fold. No row is held out twice.
struct HeldOutPlan {
  std::vector<Split> folds;        ///< each trains on two labels or more
  std::vector<std::size_t> rows;   ///< held out by some fold, ascending
  std::vector<std::size_t> place;  ///< [rows of the data]: index into `rows`; SIZE_MAX: never held
  std::vector<int> label;          ///< [rows]
  std::vector<float> weight;       ///< [rows]: 1 / held-out rows of the same demonstration
  /// How many independent rows these are worth: windows of one demonstration overlap and err
  /// together. (sum n_u)^2 / sum n_u^2 over demonstrations of n_u rows (Kish, Survey Sampling,
  /// 1965).
  double independent = 0;
  std::size_t recordings = 0;  ///< that were held out
};

/// The temperature of Eq. 4 for accuracies measured on `plan`, where `asked` is meant for ten
/// recordings or more: fewer tell members apart less surely, so their weights are more alike.
float temperatureFor(const HeldOutPlan& plan, float asked);

/// Grouped folds by demonstrationFolds(), three at most above half of `manyRows`. Above `manyRows` rows one holdout of a fifth, the one
/// that tests most labels; but where there are fewer than ten recordings, of which a fifth says
/// little about another day, all folds, each trained on half of `manyRows` at most, evenly spread.
HeldOutPlan planHeldOut(const Dataset& data, int folds, std::size_t manyRows, std::uint64_t seed);

/// Whether each label with two demonstrations or more was held out by recording: only then do
/// held-out figures say anything about another day.
bool everyLabelWasHeldOut(const Dataset& data, const HeldOutPlan& plan);

/// What an ensemble says about the held-out rows.
struct HeldOutScore {
  std::vector<float> p;  ///< [held-out rows x labels], pooled, not calibrated
  float accuracy = 0;    ///< of rows, [0, 1]
  std::vector<UnitScore> units;
};

/// Share of held-out rows that `p` [held-out rows x labels] answers right; chance level without
/// any.
float accuracyOf(const HeldOutPlan& plan, std::span<const float> p, std::size_t labels);

/// Pooled answers about held-out rows. `members`: answers of each, [held-out rows x labels].
HeldOutScore scoreHeldOut(const Dataset& data, const HeldOutPlan& plan,
                          std::span<const std::span<const float>> members,
                          std::span<const float> weights,
                          Pooling pooling = Pooling::Arithmetic);

/// The pooling under which calibrated answers about held-out rows are least surprised by the truth;
/// Arithmetic where nothing was held out.
Pooling choosePooling(const HeldOutPlan& plan, std::span<const std::span<const float>> members,
                      std::span<const float> weights, std::size_t labels);

/// The temperature of Eq. 4 under which the averaged probabilities of held-out rows are least
/// surprised by the truth (T2), from a fixed list between 0.01 and 1; `otherwise` where nothing was
/// held out. Demonstrations weigh alike.
float chooseTemperature(const HeldOutPlan& plan, std::span<const std::span<const float>> members,
                        std::span<const float> accuracies, std::size_t labels, float otherwise);

/// The certainty from which answers of each label were right at least as often as `promise`, on
/// held-out rows (S15). [labels]; empty where nothing was held out or `promise` is 0.
std::vector<float> limitsOf(const Calibration& calibration, const HeldOutPlan& plan,
                            const HeldOutScore& score, float promise);

}  // namespace learners
