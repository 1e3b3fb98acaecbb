#pragma once
// Which members of a recipe serve (MLIoT sections 4.2.1 and 6.4): all of them, or those that answer
// fastest where they were trained.

#include <span>
#include <vector>

#include "learners/learner.h"

namespace learners {

enum class MemberPolicy {
  BestEffort,  ///< every member of the recipe
  LowLatency,  ///< the kFastestMembers with the lowest measured latencies
};
inline constexpr std::size_t kFastestMembers = 3;

/// Milliseconds `model` takes for one row: the least of several attempts, so that what else the
/// computer does hardly counts. `data` holds standardised rows, at least one.
double measureLatencyMs(const Model& model, const Dataset& data);

/// Indices of the `count` lowest latencies, ascending; of equal ones the earlier. All where there
/// are no more.
std::vector<std::size_t> fastest(std::span<const double> latencyMs, std::size_t count);

}  // namespace learners
