#pragma once

#include "sensors/base/result.h"

namespace learners {

/// What a training answers when it was asked to stop.
inline base::Error trainingStopped() {
  return {base::ErrorCode::Cancelled, "Training was stopped."};
}

}  // namespace learners
