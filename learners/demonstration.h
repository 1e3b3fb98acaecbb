#pragma once
// Demonstration: a person's statement that a label held during a stretch of time. Holds no samples.

#include <cstdint>
#include <optional>
#include <string>

#include "learners/label.h"
#include "sensors/base/time.h"

namespace learners {

enum class Origin { Person, Correction, Missed, Background, Import };

struct Demonstration {
  std::int64_t id = 0;
  LabelId label = 0;
  base::TimeSpan span;
  std::int64_t recording = 0;  ///< the recording its samples lie in; splits keep it whole
  Origin origin = Origin::Person;
  bool enabled = true;    ///< a disabled one is kept and not learnt from
  std::string author;     ///< who said so
  std::string modelHash;  ///< corrections: the ensemble that was wrong
  friend bool operator==(const Demonstration&, const Demonstration&) = default;
};

}  // namespace learners
