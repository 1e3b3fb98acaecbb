#pragma once
// Label: a state a person cares about, by name and colour.

#include <cstdint>
#include <string>

namespace learners {

using LabelId = std::int64_t;

struct Label {
  LabelId id = 0;
  std::string name;         ///< what a person typed; never part of a topic, a path or SQL text
  int colour = 0;           ///< index into the palette, 1..8; 0 = background grey
  int key = 0;              ///< number key on the Teach page, 1..9; 0 = background; -1 = none
  bool background = false;  ///< exactly one label of a task is the background
  std::int64_t task = 1;    ///< of the project, whose label it is
  friend bool operator==(const Label&, const Label&) = default;
};

}  // namespace learners
