#include "learners/param_space.h"

#include <algorithm>
#include <cmath>

namespace learners {
namespace {

constexpr double kWideRange = 100;
constexpr double kNearby = 0.15;  // deviation of a small move, of the whole range

double uniform(std::mt19937_64& random) { return static_cast<double>(random() >> 11) * 0x1.0p-53; }

}  // namespace

ParamSpace::ParamSpace(std::vector<base::ParamSpec> specs) : specs_(std::move(specs)) {
  for (const base::ParamSpec& spec : specs_) {
    Axis axis{.spec = spec, .options = {}};
    if (spec.type == base::ParamType::Enum) {
      axis.options = spec.options;
    } else if (spec.type == base::ParamType::Bool) {
      axis.options = {false, true};
    } else if (spec.type == base::ParamType::Text || !(spec.max > spec.min)) {
      continue;
    } else {
      axis.logarithmic = spec.min > 0 && spec.max / spec.min >= kWideRange;
    }
    axes_.push_back(std::move(axis));
  }
}

base::ParamValue ParamSpace::valueAt(const Axis& axis, double share) const {
  const base::ParamSpec& spec = axis.spec;
  double value = axis.logarithmic ? spec.min * std::pow(spec.max / spec.min, share)
                                  : spec.min + share * (spec.max - spec.min);
  const bool whole = spec.type == base::ParamType::Int;
  const double step = spec.step > 0 ? spec.step : (whole ? 1 : 0);
  if (step > 0) value = spec.min + std::round((value - spec.min) / step) * step;
  value = std::clamp(value, spec.min, spec.max);
  if (whole) return static_cast<std::int64_t>(std::llround(value));
  return value;
}

double ParamSpace::shareOf(const Axis& axis, double value) const {
  const base::ParamSpec& spec = axis.spec;
  const double share = axis.logarithmic ? std::log(value / spec.min) / std::log(spec.max / spec.min)
                                        : (value - spec.min) / (spec.max - spec.min);
  return std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : 0;
}

std::vector<base::ParamValue> ParamSpace::gridValues(std::size_t axis, int steps) const {
  if (!axes_[axis].options.empty()) return axes_[axis].options;
  std::vector<base::ParamValue> values;
  for (int i = 0; i < steps; ++i) {
    const double share = steps < 2 ? 0.5 : static_cast<double>(i) / (steps - 1);
    const base::ParamValue value = valueAt(axes_[axis], share);
    // Few whole numbers may have fewer steps.
    if (values.empty() || !base::sameValue(values.back(), value)) values.push_back(value);
  }
  return values;
}

base::Params ParamSpace::random(std::mt19937_64& random) const {
  base::Params made(specs_);
  for (const Axis& axis : axes_) {
    const base::ParamValue value = axis.options.empty()
                                       ? valueAt(axis, uniform(random))
                                       : axis.options[random() % axis.options.size()];
    [[maybe_unused]] const auto set = made.set(specs_, axis.spec.name, value);
  }
  return made;
}

base::Params ParamSpace::near(const base::Params& params, std::mt19937_64& random) const {
  base::Params made = params;
  if (axes_.empty()) return made;
  const Axis& axis = axes_[random() % axes_.size()];
  base::ParamValue value;
  if (axis.options.empty()) {
    const double move = kNearby * 2 * (uniform(random) + uniform(random) - 1);
    value =
        valueAt(axis, std::clamp(shareOf(axis, params.number(axis.spec.name)) + move, 0.0, 1.0));
  } else {
    value = axis.options[random() % axis.options.size()];
  }
  [[maybe_unused]] const auto set = made.set(specs_, axis.spec.name, value);
  return made;
}

std::vector<double> ParamSpace::point(const base::Params& params) const {
  std::vector<double> coordinates;
  for (const Axis& axis : axes_) {
    const auto found = params.values().find(axis.spec.name);
    if (axis.options.empty()) {
      coordinates.push_back(shareOf(axis, params.number(axis.spec.name)));
      continue;
    }
    for (const base::ParamValue& option : axis.options) {
      const bool chosen = found != params.values().end() && base::sameValue(found->second, option);
      coordinates.push_back(chosen ? 1 : 0);
    }
  }
  return coordinates;
}

}  // namespace learners
