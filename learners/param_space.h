#pragma once
// ParamSpace: the parameters of a learner as points of a unit cube, for searches.

#include <random>
#include <span>
#include <vector>

#include "sensors/base/params.h"

namespace learners {

/// Immutable. Numbers take one coordinate, on a logarithmic scale where max is 100 times min or
/// more; options and truth values take one per choice, of which one is 1. Texts are left out.
class ParamSpace {
 public:
  explicit ParamSpace(std::vector<base::ParamSpec> specs);

  /// Parameters that can be varied.
  std::size_t size() const { return axes_.size(); }
  /// The values one parameter takes on a grid.
  std::vector<base::ParamValue> gridValues(std::size_t axis, int steps) const;
  const std::string& name(std::size_t axis) const { return axes_[axis].spec.name; }
  const std::vector<base::ParamSpec>& specs() const { return specs_; }

  base::Params random(std::mt19937_64& random) const;
  /// `params` with one of its parameters moved a little, or to another option.
  base::Params near(const base::Params& params, std::mt19937_64& random) const;
  /// Coordinates in [0, 1].
  std::vector<double> point(const base::Params& params) const;

 private:
  struct Axis {
    base::ParamSpec spec;
    bool logarithmic = false;
    std::vector<base::ParamValue> options;  ///< empty: a number
  };
  base::ParamValue valueAt(const Axis& axis, double share) const;
  double shareOf(const Axis& axis, double value) const;

  std::vector<base::ParamSpec> specs_;
  std::vector<Axis> axes_;
};

}  // namespace learners
