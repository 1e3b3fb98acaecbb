#pragma once
// PlaceRecord: which computer learnt and which answered for each task, when, and why there: the
// rule of then with its ranking, or a person's own choice. Bounded, and kept with the project.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/policy.h"
#include "app/project/store.h"
#include "sensors/base/result.h"
#include "sensors/base/time.h"

namespace app {

/// One computer in the order a rule put them.
struct RankedPlace {
  std::string worker;  ///< id; empty: this computer
  std::string name;
  bool meets = false;
  std::string why;  ///< the number that decided, or the clause that failed
  friend bool operator==(const RankedPlace&, const RankedPlace&) = default;
};

/// One stretch in which one computer did one kind of work for a task.
struct PlaceStretch {
  enum class Work { Learning, Answering };
  enum class By { Nobody, Person, Policy, StandIn };  ///< StandIn: who was chosen did not take it

  TaskId task = kFirstTask;
  std::string taskName;  ///< of then; empty: had none
  Work work = Work::Answering;
  base::TimeSpan span;
  bool running = false;  ///< `span` ends where it was last looked at
  std::string worker;    ///< id; empty: this computer
  std::string computer;  ///< its name then
  bool none = false;     ///< no computer fitted, so nobody did it
  By by = By::Nobody;
  std::string policy;                    ///< sentence of the rule in force; empty: none
  std::optional<Policy::Prefer> prefer;  ///< of that rule
  std::string reason;                    ///< as Place::reason
  std::vector<RankedPlace> ranked;       ///< best first; empty where no rule decided
  friend bool operator==(const PlaceStretch&, const PlaceStretch&) = default;
};
using PlaceStretches = std::vector<PlaceStretch>;  ///< by begin

/// One thread at a time.
class PlaceRecord {
 public:
  static constexpr std::size_t kMost = 300;  ///< of each kind of work; the oldest are forgotten
  static constexpr std::size_t kMostRanked = 12;
  static constexpr base::Duration kKept = std::chrono::hours(24 * 30);

  /// What an earlier session kept; what ran then ended at `until`.
  void start(PlaceStretches kept, base::Time until);
  /// `now`: all that is done at `time`, without span, reason and ranking, which `explain` fills in
  /// where a stretch begins. True where one began or ended.
  bool follow(const PlaceStretches& now, base::Time time,
              const std::function<void(PlaceStretch&)>& explain);
  /// Never null; another pointer where something began or ended.
  std::shared_ptr<const PlaceStretches> all() const { return all_; }
  bool isAnyRunning() const;

 private:
  void forgetOld(base::Time now);

  PlaceStretches stretches_;
  std::shared_ptr<const PlaceStretches> all_ = std::make_shared<PlaceStretches>();
};

std::string toJson(const PlaceStretches& stretches);
/// What makes no sense is left out. Errors: Corrupt.
base::Result<PlaceStretches> placeStretchesFrom(const std::string& json);

/// What the project keeps. Errors: Io, Corrupt.
base::Result<void> loadPlaces(const ProjectStore& store, PlaceRecord& record);
/// `until`: what runs has run at least so long. Errors: Io.
base::Result<void> savePlaces(ProjectStore& store, const PlaceRecord& record, base::Time until);
/// The time alone: cheap. Errors: Io.
base::Result<void> savePlacesUntil(ProjectStore& store, base::Time until);

}  // namespace app
