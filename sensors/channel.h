#pragma once
// Channel names one column of numbers; SourceInfo says what one source sends.

#include <memory>
#include <string>
#include <vector>

namespace sensors {

struct Channel {
  std::string id;    ///< "x", "co2"; unique within its source
  std::string unit;  ///< SI symbol, "1" for a ratio, empty where unknown
  double min = 0;    ///< declared range in `unit`; min == max where unknown
  double max = 0;
  friend bool operator==(const Channel&, const Channel&) = default;
};

/// What kind of signal a source carries; decides the extractor used unless a person chose another.
enum class SourceKind {
  Motion,    ///< acceleration, rotation, vibration: even rate, tens to hundreds of rows a second
  Audio,     ///< sound pressure, even rate, thousands of rows a second
  Slow,      ///< levels and switches: a value holds until the next one
  Picture,   ///< encoded pictures
  Features,  ///< rows that already are feature vectors (imported tables)
};

/// Immutable description of one source. A device that changes rate or channels announces a new one.
struct SourceInfo {
  std::string id;    ///< "kitchen/imu": node id, slash, stream id
  std::string name;  ///< for people: "Kitchen vibration"
  SourceKind kind = SourceKind::Slow;
  std::vector<Channel> channels;
  double rate = 0;  ///< rows per second; 0 where rows come when something changes
  friend bool operator==(const SourceInfo&, const SourceInfo&) = default;
};
using SourceInfoPtr = std::shared_ptr<const SourceInfo>;

/// "motion", "audio", "slow", "picture", "features": the words files and the wire use.
std::string toText(SourceKind kind);
/// Slow where the word is unknown. "accel", "gyro" and "imu" read as Motion, "mic" as Audio.
SourceKind sourceKindFrom(const std::string& text);

}  // namespace sensors
