#pragma once
// Events: where something happens in a stretch of signals. Plain functions of min/max columns.

#include <span>
#include <vector>

#include "sensors/base/time.h"
#include "sensors/envelope.h"

namespace app {

/// How much each column of one channel stands out, 0 quiet .. 1 the most it ever does. A column
/// counts where it swings more than three times as wide as the channel usually does, or its middle
/// lies as far from the usual one, and at least a fifth of the largest such value.
std::vector<float> activityOf(std::span<const sensors::EnvelopeColumn> columns);

/// Stretches of `span` in which any channel stands out, oldest first: pauses shorter than `bridge`
/// belong to an event, what is shorter than `least` is none. All channels have equally many
/// columns.
std::vector<base::TimeSpan> eventsIn(const std::vector<std::vector<float>>& activity,
                                     const base::TimeSpan& span, base::Duration bridge,
                                     base::Duration least);

/// `span` cut to the first and last column in which a channel stands out, or as it is where none
/// does. `activity` covers `around`.
base::TimeSpan trimmedTo(const base::TimeSpan& span,
                         const std::vector<std::vector<float>>& activity,
                         const base::TimeSpan& around);

}  // namespace app
