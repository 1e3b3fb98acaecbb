#pragma once
// HappeningList: what several tasks heard of one thing, told as one happening. Tasks that have a
// label of the same name are views of it: a camera in the hall and one at the door, each with a
// model of its own.

#include <deque>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "app/happenings.h"
#include "app/snapshot.h"

namespace app {

/// Thread-safe.
class HappeningList {
 public:
  static constexpr base::Duration kRemember = std::chrono::minutes(10);
  static constexpr std::size_t kMost = 4096;  ///< stretches remembered; the oldest are forgotten

  explicit HappeningList(HappeningRules rules = {}) : rules_(rules) {}

  /// The newest answer of the task called `view`, in its time order. Returns what is over and can
  /// get no further view, each happening once, by begin.
  std::vector<Happening> hear(const Answer& answer, const std::string& view);
  /// Those that touch `span`, also what goes on now; by label and begin.
  std::vector<Happening> during(const base::TimeSpan& span) const;

 private:
  using Seen = std::pair<std::string, std::int64_t>;  ///< a sighting: its view, its begin
  static Seen seen(const Sighting& sighting) { return {sighting.source, sighting.span.begin.ns}; }
  /// All remembered and running sightings as happenings, label by label.
  std::vector<Happening> all() const;
  /// Forgets what is long over.
  void forget(base::Time now);

  const HappeningRules rules_;
  mutable std::mutex mutex_;
  std::map<std::string, Sighting> running_;  // by view
  std::deque<Sighting> over_;
  std::set<Seen> told_;  // of those in over_; how sightings are put together may change later
};

}  // namespace app
