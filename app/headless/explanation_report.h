#pragma once
// An explanation as sentences for people and as keys for a program.

#include "app/headless/score_report.h"
#include "learners/explanation.h"

namespace app {

/// What an answer about a moment of a recording is explained by.
struct ExplainedMoment {
  learners::Explanation explanation;
  std::vector<learners::SpanShare> windows;  ///< around the moment, in order
  base::Time begin;                          ///< of the recording
  bool wasLearntFrom = false;                ///< the moment lies in an example
  double milliseconds = 0;                   ///< the explanation took
};

/// Keys: label, certainty, disagreement, novelty, learnt_from, sentences, near, features, windows,
/// members, milliseconds.
Report toReport(const ExplainedMoment& moment, const learners::Explainer& explainer,
                const std::vector<learners::Label>& labels, const ExampleNames& names);

}  // namespace app
