#include "sensors/channel.h"

namespace sensors {

std::string toText(SourceKind kind) {
  switch (kind) {
    case SourceKind::Motion:
      return "motion";
    case SourceKind::Audio:
      return "audio";
    case SourceKind::Slow:
      return "slow";
    case SourceKind::Picture:
      return "picture";
    case SourceKind::Features:
      return "features";
  }
  return "slow";
}

SourceKind sourceKindFrom(const std::string& text) {
  if (text == "motion" || text == "accel" || text == "gyro" || text == "imu") {
    return SourceKind::Motion;
  }
  if (text == "audio" || text == "mic") return SourceKind::Audio;
  if (text == "picture") return SourceKind::Picture;
  if (text == "features") return SourceKind::Features;
  return SourceKind::Slow;
}

}  // namespace sensors
