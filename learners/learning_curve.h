#pragma once
// Learning curve: how accuracy grew with the number of demonstrations, and what a few more of one
// label will bring. Accuracy is the mean of the labels' recalls, so that a label counts the same
// however often it was tested.

#include <vector>

#include "learners/learner.h"
#include "learners/splits.h"

namespace learners {

/// accuracy = a - b n^-c, n demonstrations; 0 <= a <= 1, b >= 0 (Cortes et al., Learning Curves:
/// Asymptotic Values and Rate of Convergence, NIPS 1993).
struct PowerLaw {
  double a = 0;
  double b = 0;
  double c = 0.5;
  double at(double n) const;
};

/// Least squares over `c` from a tenth to two. `n` >= 1 and `accuracy` of equal, positive length.
PowerLaw fitPowerLaw(std::span<const double> n, std::span<const double> accuracy);

struct CurvePoint {
  double demonstrations = 0;  ///< per label, mean
  double accuracy = 0;        ///< mean over trials
  double low = 0;             ///< 95 % of trials lie between
  double high = 0;
  std::vector<double> recall = {};  ///< of each label, mean over trials; NaN where none was tested
};

/// What `more` demonstrations will probably bring.
struct Forecast {
  int label = -1;  ///< that there would be more of; -1: of every label
  double now = 0;  ///< demonstrations there are (per label)
  double more = 0;
  double accuracy = 0;  ///< by the law, with what there is now
  double gain = 0;      ///< added accuracy; 0.04 is 4 points
  double low = 0;       ///< 95 % interval of what will happen, by bootstrap and by how much single
  double high = 0;      ///< demonstrations differ in what they bring
};

struct LearningCurve {
  std::vector<CurvePoint> points;  ///< all labels grow together; fewest demonstrations first
  PowerLaw law;
  Forecast all;
  std::vector<Forecast> labels;  ///< one each for labels with two demonstrations, most gain first
};

struct LearningCurveOptions {
  int repeats = 5;  ///< orders of the demonstrations, per split
  int more = 2;
  std::size_t mostRows = 2000;  ///< beyond, demonstrations give fewer of their rows
  std::uint64_t seed = 1;
};

/// Trains `learner` on growing parts of the training rows of each split and asks about its test
/// rows. Uses all processors. Equal input gives equal output.
/// Errors: InvalidArgument where no label has two demonstrations to grow by, or no split leaves two
/// labels; those of the learner; Cancelled.
base::Result<LearningCurve> learningCurve(const Dataset& data, const std::vector<Split>& splits,
                                          const LearnerPtr& learner,
                                          const LearningCurveOptions& options = {},
                                          const TrainingContext& context = {});

}  // namespace learners
