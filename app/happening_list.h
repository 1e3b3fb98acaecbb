#pragma once
// HappeningList: what several tasks heard of one thing, told as one happening. Tasks that have a
// label of the same name are views of it: a camera in the hall and one at the door, each with a
// model of its own.

#include <deque>
#include <map>
#include <mutex>
#include <string>
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
  /// All remembered and running sightings as happenings, label by label.
  std::vector<Happening> all() const;

  const HappeningRules rules_;
  mutable std::mutex mutex_;
  std::map<std::string, Sighting> running_;  // by view
  std::deque<Sighting> over_;
  std::map<std::string, base::Time> told_;  // by label: the first view's begin of the newest told
};

}  // namespace app
