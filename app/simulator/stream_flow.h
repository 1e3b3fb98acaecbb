#pragma once
// StreamFlow: one stream of a simulated node on its way out: the lease, the block being filled,
// sequence numbers, losses, the latest value. A plain value with state; the node sends.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "hubs/device.h"
#include "hubs/sample_block.h"

namespace app {

/// How a stream's samples are written.
struct StreamWire {
  enum class Form { CborI16, CborF32, Json };
  Form form = Form::CborI16;
  base::Duration blockLength = std::chrono::milliseconds(100);  ///< even streams only
  std::vector<double> rates = {};  ///< all it can do; empty: the one of `about`
};

/// What a block says about its node.
struct NodeStamp {
  std::uint32_t boot = 0;
  int aboutRevision = 0;
  int clockQuality = 2;  ///< 2: within 10 ms
};

/// One thread at a time.
class StreamFlow {
 public:
  StreamFlow(hubs::StreamAbout about, StreamWire wire);

  const hubs::StreamAbout& about() const { return about_; }
  const StreamWire& wire() const { return wire_; }
  /// Slow streams send each reading by itself, the others even blocks.
  bool isSlow() const { return about_.kind == sensors::SourceKind::Slow; }

  bool isLeased(base::Time now) const { return leasedUntil_ && now < *leasedUntil_; }
  /// An earlier lease that lasts longer stays.
  void lease(base::Time until);
  void endLease();
  /// Ends a lease whose time is over.
  void expire(base::Time now);
  /// As after switching on: no lease, sequence 0.
  void reset();

  /// Adds rows [rows x channels] in physical units and gives the blocks that became full, as
  /// bytes. `first`: time of the first row. Nothing is kept without a lease.
  std::vector<base::Bytes> append(base::Time first, std::span<const float> rows, base::Time now,
                                  const NodeStamp& stamp);
  /// One reading, a block of its own.
  std::optional<base::Bytes> report(base::Time time, std::span<const float> row, base::Time now,
                                    const NodeStamp& stamp);
  /// The reading that still holds, for a listener who has just come. Slow streams only.
  std::optional<base::Bytes> held(base::Time now, const NodeStamp& stamp);
  /// What is in the unfinished block, ended early.
  std::optional<base::Bytes> flush(const NodeStamp& stamp);
  /// Rows that could not be taken or sent; the next block says so. The unfinished block goes too.
  void lose(std::uint64_t rows, base::Time now);
  /// flush() before.
  void setRate(double rate) { about_.rate = rate; }

  /// value/<stream>, if there is a new one and the last was given at least 1 s ago.
  std::optional<std::string> valueDue(base::Time now);

 private:
  void noteLatest(base::Time time, std::span<const float> row);
  base::Bytes encode(base::Time first, std::span<const float> rows, const NodeStamp& stamp);

  hubs::StreamAbout about_;
  StreamWire wire_;
  std::optional<base::Time> leasedUntil_;
  std::uint64_t sequence_ = 0;
  std::uint64_t lost_ = 0;
  std::vector<float> buffer_;
  base::Time bufferStart_;
  std::vector<float> latest_;
  base::Time latestTime_;
  std::optional<base::Time> valueGiven_;
  bool valueIsNew_ = false;
};

}  // namespace app
