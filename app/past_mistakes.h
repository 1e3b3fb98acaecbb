#pragma once
// Past mistakes: what tasks answered where a person later said what it really was. Read from the
// corrections and the answers that the project remembers.

#include <optional>
#include <string>
#include <vector>

#include "app/project/past_predictions.h"
#include "app/project/store.h"

namespace app {

struct PastMistake {
  std::int64_t example = 0;     ///< the correction
  learners::LabelId label = 0;  ///< what it was
  base::TimeSpan span;
  std::string said;     ///< what was answered most of the time; empty: nothing that is known
  int version = 0;      ///< "Model 7"; 0: nobody answered
  float certainty = 0;  ///< mean of the answers that said so
  friend bool operator==(const PastMistake&, const PastMistake&) = default;
};

/// What `answers`, those given in the span of `correction`, had said instead.
PastMistake mistakeOf(const learners::Demonstration& correction,
                      const std::vector<PastPrediction>& answers);

/// Of the newest `most` corrections, newest first. Never fails: what cannot be read is left out.
std::vector<PastMistake> mistakesIn(const ProjectStore& store, std::size_t most = 200);

}  // namespace app
