#pragma once
// RuleDesk: runs the project's automations on its tasks' answers as they come, and keeps watch over
// its assertions. An automation hears the task whose label it waits for. What is decided is handed to Outside and remembered.

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "app/rules_view.h"
#include "app/snapshot.h"
#include "sensors/source.h"

namespace app {

/// A task's answer as rules see it. Background has the background label's id.
HeardAnswer heardOf(const Answer& answer);
/// As heardOf, from the parts. `limits` [labels], or empty.
HeardAnswer heardOf(const learners::Prediction& prediction,
                    const std::vector<learners::Label>& labels, std::span<const float> limits);

/// The value that held at `time`: the newest row of the first channel that is not after it. `blocks`
/// in time order.
std::optional<double> levelAt(const std::vector<sensors::BlockPtr>& blocks, base::Time time);

/// "Kettle sure 91 %", "no data", "not something I know".
std::string whyText(const Decision& decision, const RuleWords& words);

/// Joins answers that are sure enough into stretches, one after another. Bounded: the oldest 4096th
/// is forgotten.
class StretchList {
 public:
  static constexpr std::size_t kMost = 4096;
  void add(const HeardAnswer& heard, base::Duration hop);
  std::vector<LabelStretch> all() const { return {list_.begin(), list_.end()}; }

 private:
  std::deque<LabelStretch> list_;
};

/// Thread-safe; decides on the thread that calls hear() or elapse(), and calls Outside on it
/// without a lock.
class RuleDesk {
 public:
  static constexpr std::size_t kRemembered = 100;

  struct Outside {
    /// Does it. Errors: why it was not done, in a sentence.
    std::function<base::Result<void>(const Action&)> act;
    std::function<void(const DecisionRow&)> record;
    /// Data stopped long enough that the person is to be told; the rule's sentence.
    std::function<void(const std::string&)> warn;
  };

  RuleDesk(const sensors::SourceTable& sources, const base::Clock& clock, Outside outside);

  /// The rules from now on, and the longest hop of a task; an automation that did not change goes on where it was. Those in
  /// `held` decide, but what would send something is not done.
  void setRules(const std::vector<RuleRow>& rows, base::Duration hop,
                const std::set<std::int64_t>& held = {});
  void setWords(std::shared_ptr<const RuleWords> words);

  /// An answer that is older than three hops and a second when it comes is stale: ignored.
  void hear(const Answer& answer);
  /// Call some times a second: answers that stop are noticed here.
  void elapse();
  /// What earlier sessions heard, oldest first, for the assertions.
  void remember(const std::vector<LabelStretch>& stretches);

  /// Looks for what breaks an assertion. `said`: what persons said. Call once a second or so.
  void check(const std::vector<LabelStretch>& said);

  /// All but `trial` and `words`.
  RulesView view() const;
  std::uint64_t staleAnswers() const;

 private:
  struct Running {
    RuleRow row;
    bool held = false;
    std::optional<Rule> rule = {};
    std::optional<Automation> automation = {};
    std::string lastDone = {};
    std::vector<Violation> violations = {};
  };
  /// Of whose label it is; the first where nobody knows. Under the lock.
  TaskId taskOf(learners::LabelId label) const;
  using Due = std::vector<std::pair<std::int64_t, Decision>>;
  void carryOut(const Due& due);
  /// Of every source that a condition asks for.
  Levels levelsAt(base::Time time) const;

  const sensors::SourceTable& sources_;
  const base::Clock& clock_;
  const Outside outside_;
  mutable std::mutex mutex_;
  base::Duration hop_ = std::chrono::milliseconds(500);
  std::vector<Running> rules_;
  std::shared_ptr<const RuleWords> words_ = std::make_shared<RuleWords>();
  std::deque<DecisionView> decisions_;
  std::map<TaskId, StretchList> heard_;
  std::uint64_t stale_ = 0;
};

}  // namespace app
