#pragma once
// Traces: envelopes of every live channel, kept up to date by one thread per source, so that a plot
// costs as much as it has pixels. The same thread hands the source's blocks to the tape
// and watches their quality.

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "sensors/envelope.h"
#include "sensors/quality.h"
#include "sensors/source.h"
#include "sensors/tape.h"

namespace app {

/// Thread-safe.
class Traces {
 public:
  static constexpr base::Duration kKeep = std::chrono::minutes(10);

  explicit Traces(sensors::Tape& tape);
  ~Traces();

  /// Starts a thread for the source, or starts it anew where its channels changed.
  void follow(const std::shared_ptr<sensors::SourceStream>& source);

  /// Empty where the source or channel is unknown.
  std::vector<sensors::EnvelopeColumn> columns(const std::string& source, std::size_t channel,
                                               const base::TimeSpan& span, std::size_t n) const;

  // What is wrong with a source's numbers; nothing where the source is unknown.
  sensors::SourceQuality quality(const std::string& source, base::Time now) const;
  bool hasNorm(const std::string& source) const;
  /// How the source was when something was taught with it.
  void setNorm(const std::string& source, sensors::SourceNorm norm);

 private:
  struct Trace;
  std::shared_ptr<Trace> find(const std::string& source) const;

  sensors::Tape& tape_;
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Trace>> traces_;
};

/// `n` columns of the channel of `blocks` that shows most: sound before vibration before slow
/// levels, among equals the one that moves most. `channel`: its "source channel" name.
std::vector<sensors::EnvelopeColumn> liveliest(
    const std::vector<std::vector<sensors::BlockPtr>>& bySource, const base::TimeSpan& span,
    std::size_t n, std::string& channel);

}  // namespace app
