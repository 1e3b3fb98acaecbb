#pragma once
// Smoother: answers of neighbouring windows hold each other up, because what people do lasts. The
// forward filter of a hidden Markov model over labels (Rabiner, A Tutorial on Hidden Markov Models,
// Proc. IEEE 1989, section III.A) whose evidence is the ensemble's probabilities.

#include <optional>
#include <span>
#include <vector>

#include "learners/bytes.h"
#include "learners/dataset.h"
#include "sensors/base/time.h"

namespace learners {

/// How one label follows another from window to window, and how often each label is in the data the
/// ensemble learnt from. Immutable value.
class Transitions {
 public:
  /// Every label lasts `dwell` on average and any other follows alike. `hop` between windows; both
  /// > 0. A dwell of one hop or less smooths nothing.
  static Transitions byDwell(std::size_t labels, base::Duration dwell, base::Duration hop);
  /// As the rows of `data` follow each other within a recording, by time (by position where spans
  /// are unknown). What was never seen keeps a little chance; a label's dwell is not taken shorter
  /// than `hop` x 2.
  static Transitions learnt(const Dataset& data);

  std::size_t labels() const { return labels_; }
  /// Chance that `to` follows `from`.
  float chance(std::size_t from, std::size_t to) const { return chance_[from * labels_ + to]; }
  /// How often each label is, as far as the ensemble knows: evidence is divided by it. [labels]
  std::span<const float> prior() const { return prior_; }

  void save(ByteWriter& out) const;
  /// Never trusts the bytes; the reader fails where they are damaged.
  static Transitions load(ByteReader& in);

 private:
  std::size_t labels_ = 0;
  std::vector<float> chance_;  ///< [labels x labels]; rows sum to 1
  std::vector<float> prior_;
};

/// quick ... steady. 0: each window by itself; 1: as steady as the transitions say, evidence of
/// overlapping windows counted once.
struct SmootherOptions {
  float steadiness = 0.5F;
  base::Duration gap = std::chrono::seconds(30);  ///< after so long without a window it starts anew
};

/// One per running task; windows in time order. One thread.
class Smoother {
 public:
  Smoother(Transitions transitions, SmootherOptions options)
      : transitions_(std::move(transitions)), options_(options) {}

  /// The chance of each label given this window and all before it. `p` [labels] is replaced.
  void apply(base::TimeSpan span, std::span<float> p);
  void reset() { belief_.clear(); }

 private:
  Transitions transitions_;
  SmootherOptions options_;
  base::Time last_;
  std::vector<float> belief_;  ///< [labels]; empty: nothing seen yet
  std::vector<float> expected_;
};

/// Label changes per minute of answers in time order. 0 where they span no time.
double flickerPerMinute(std::span<const int> said, std::span<const base::TimeSpan> span);

}  // namespace learners
