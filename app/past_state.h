#pragma once
// PastState: what a project held at a moment of the past, as plain values to look at.

#include <string>
#include <vector>

#include "app/project/store.h"

namespace app {

struct PastState {
  base::Time time;
  std::vector<learners::Label> labels;
  std::vector<learners::Demonstration> examples;
  int modelVersion = 0;     ///< of the model that served; 0: none did
  std::size_t skipped = 0;  ///< edits that could not be taken back
  std::string trouble;      ///< why nothing can be said, or empty
};

/// The state right after everything up to `time`. Takes as long as a copy of the project without
/// its samples; changes nothing. Never fails: see PastState::trouble.
PastState pastStateOf(const ProjectStore& store, base::Time time);

}  // namespace app
