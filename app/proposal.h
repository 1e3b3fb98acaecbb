#pragma once
// Proposal: somebody who is not a person says that a label may belong to a stretch of time. A plain
// value; nothing is learnt from it before a person accepts it.

#include <string>

#include "learners/label.h"
#include "sensors/base/time.h"

namespace app {

struct Proposal {
  enum class By {
    Model,      ///< heard, and nobody said it
    Assertion,  ///< it would make a broken assertion true
    Similar,    ///< looks like what was selected
  };
  By by = By::Model;
  learners::LabelId label = 0;  ///< what the stretch may be; the background's id: "nothing"
  base::TimeSpan span;
  float certainty = 0;  ///< of the model, [0, 1]; 0 where no model said it
  std::string reason;   ///< for people: "Kettle lasts 12 min, never more than 10 min"

  friend bool operator==(const Proposal&, const Proposal&) = default;
};

}  // namespace app
