#pragma once
// Quality: watches one source's blocks for what a sensor does when something is wrong with it. A
// pure value: fed with blocks, asked for findings; it changes nothing and throws nothing away.

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "sensors/block.h"
#include "sensors/channel_noise.h"

namespace sensors {

enum class Fault {
  NotFinite,   ///< missing, NaN, infinite or absurdly large
  OutOfRange,  ///< outside the declared range
  Saturated,   ///< stuck at an end of the declared range that it does not rest at
  Frozen,      ///< the very same value for too long, of a channel that has noise (channel_noise.h)
  OtherRate,   ///< rows come faster or slower than declared when it was taught
  OtherShape,  ///< other channels or units than when it was taught
  Flood,       ///< more than five times its declared rate
  Turned,      ///< another axis carries gravity than when it was taught
  OtherUnit,   ///< values are a known factor larger or smaller than when it was taught
};

/// What is or was wrong, with channel and time.
struct Finding {
  Fault fault = Fault::NotFinite;
  std::string channel;  ///< empty: the whole source
  base::Time since;     ///< first time
  base::Time last;      ///< newest time
  std::uint64_t count = 0;  ///< values (NotFinite, OutOfRange), rows (Flood), else times it was found
  double value = 0;         ///< what was measured: the value, the rate, the factor
  double expected = 0;      ///< what it should be, where that is a number
  std::string detail;       ///< OtherShape: "z is gone"; Turned: the axis that should carry gravity
  friend bool operator==(const Finding&, const Finding&) = default;
};

/// What a source usually sends: how it was when something was taught with it.
struct SourceNorm {
  SourceInfo info;
  struct Level {
    double mean = 0;
    double deviation = 0;
    double restlessness = 0;  ///< as of ChannelNoise
  };
  std::vector<Level> channels;  ///< empty where too little was seen
  int gravityAxis = -1;         ///< channel that steadily carries gravity; -1: none
};
/// Of blocks of one source, in time order. Errors of a sensor do not count into it.
SourceNorm normOf(const std::vector<BlockPtr>& blocks);

/// What a person should know about one source's numbers.
struct SourceQuality {
  std::vector<Finding> findings;  ///< newest last
  base::Duration jitter{0};       ///< of blocks' arrival: mean distance from their mean delay
};

/// One source. One thread at a time.
class Quality {
 public:
  /// How long a finding is told after it was last seen.
  static constexpr base::Duration kRemembered = std::chrono::seconds(60);

  explicit Quality(SourceInfo declared) : declared_(std::move(declared)) {}
  /// From now on blocks are compared with how it was when something was taught.
  void setNorm(SourceNorm norm);
  bool hasNorm() const { return norm_.has_value(); }

  /// `arrival`: when it came, host time; tells a flood whatever its stamps say.
  void add(const Block& block, base::Time arrival);
  /// What was last seen more than kRemembered before `now` is left out.
  SourceQuality report(base::Time now) const;

 private:
  struct Watch {
    float last = 0;
    bool isKnown = false;
    base::Time same;          ///< since when it is `last`
    std::size_t sameRows = 0;
    std::size_t atEnd = 0;    ///< rows in a row at an end of the range
    double sum = 0;           ///< of the running second
    double squares = 0;
    std::size_t n = 0;
    ChannelNoise noise;
  };
  Finding& note(Fault fault, const std::string& channel, base::Time time);
  void watchDelay(const Block& block, base::Time arrival);
  void watchShape(const SourceInfo& info, base::Time time);
  void watchRate(const Block& block);
  void watchFlood(const Block& block, base::Time arrival);
  void watchChannel(const Block& block, std::size_t channel);
  /// Now, or when something was taught: whether the channel never stands still by itself.
  bool hasNoise(std::size_t channel) const;
  void closeSecond(base::Time time);
  void watchScale(base::Time time);
  void watchGravity(base::Time time);

  SourceInfo declared_;
  std::optional<SourceNorm> norm_;
  std::vector<Finding> findings_;
  std::vector<Watch> channels_;
  base::Time secondBegan_;
  std::deque<std::vector<SourceNorm::Level>> seconds_;  ///< the newest closed ones
  std::optional<double> meanDelay_;  ///< seconds between a block's end and its arrival
  double jitter_ = 0;                ///< seconds
  base::Time floodBegan_;
  std::size_t floodRows_ = 0;
};

}  // namespace sensors
