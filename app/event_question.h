#pragma once
// Asking the tape "when was that?": gathers what EventFinder wants to know about one label.

#include <string>
#include <vector>

#include "app/event_finder.h"
#include "app/snapshot.h"
#include "learners/demonstration.h"
#include "sensors/tape.h"

namespace app {

/// "That was the kettle": where it most likely was. Shown until a person says yes or no.
struct EventProposal {
  std::int64_t id = 0;  ///< rises with each one; 0: none was made yet
  learners::LabelId label = 0;
  std::string labelName;
  std::vector<base::TimeSpan> spans;  ///< likeliest first, never empty
};

/// All sources of the tape over what is kept of the ten minutes before `now`. `answers`: of that
/// time, oldest first. `examples`: all of the project; those of `label` say how long it lasts.
EventQuestion questionAbout(learners::LabelId label, const sensors::Tape& tape,
                            const std::vector<Answer>& answers,
                            const std::vector<learners::Demonstration>& examples, base::Time now);

/// `span`, or where that is shorter than `least` the stretch of that length around its middle that
/// ends before `now`. A window must fit into what is labelled.
base::TimeSpan widened(const base::TimeSpan& span, base::Duration least, base::Time now);

}  // namespace app
