#pragma once
// Automation: decides from a task's answers what to do: a message, a setting, a word to the person,
// or nothing. It counts in the data's time, so a recording replayed faster decides the same. What to
// do when unsure and when data stop is part of every rule.

#include <optional>
#include <string>
#include <vector>

#include "learners/prediction.h"
#include "sensors/base/time.h"

namespace app {

/// What is done, once it is decided.
struct Action {
  enum class Kind {
    Nothing,
    Publish,   ///< `value` as text to the MQTT topic `target`
    AskParam,  ///< the setting `param` of node `target` becomes `value`
    Announce,  ///< `value` is shown in the window
  };
  Kind kind = Kind::Nothing;
  std::string target = {};
  std::string param = {};
  std::string value = {};
  friend bool operator==(const Action&, const Action&) = default;
};

/// True for what leaves the window: a message or a setting.
bool sends(const Action& action);

/// A level of a source at the time of the answer.
struct LevelCondition {
  enum class Is { On, Off, AtLeast, AtMost };
  std::string source;
  Is is = Is::On;
  double value = 0;  ///< AtLeast and AtMost: in the channel's unit
  friend bool operator==(const LevelCondition&, const LevelCondition&) = default;
};

struct AutomationRule {
  enum class Needs { Sure, FairlySure };
  static constexpr std::size_t kMostConditions = 4;

  learners::LabelId label = 0;
  Needs needs = Needs::Sure;
  base::Duration dwell = std::chrono::seconds(5);
  std::vector<LevelCondition> also = {};  ///< all of them
  Action then = {};
  Action unsure = {};  ///< the label was heard unsurely, or something that is not known
  Action noData = {};  ///< the sources or the answers stopped
  std::optional<base::Duration> warnAfter = {};  ///< of no data: the person is told
  friend bool operator==(const AutomationRule&, const AutomationRule&) = default;
};

/// One answer as rules see it.
struct HeardAnswer {
  base::TimeSpan span;
  learners::PredictionState state = learners::PredictionState::NoData;
  learners::LabelId label = 0;  ///< 0: none
  float certainty = 0;
  bool belowLimit = false;
  float limit = 0.60F;  ///< of its label: from here on it is fairly sure
};

/// The value a source held; none where it never sent. The first channel counts.
struct HeldLevel {
  std::string source;
  std::optional<double> value;
};
using Levels = std::vector<HeldLevel>;

/// What a rule decided, and from what.
struct Decision {
  enum class Why { Sure, Unsure, NoData, Warn };
  Why why = Why::Sure;
  Action action;
  base::Time at;  ///< in the data's time
  HeardAnswer heard;    ///< the answer that decided it
  Levels levels;  ///< of the rule's conditions
};

/// A value; one per running rule, one thread at a time. Answers come in time order; one that is
/// older than the newest is ignored.
class Automation {
 public:
  /// `hop`: time between answers; after three of them and a second without data, data have stopped.
  Automation(AutomationRule rule, base::Duration hop);

  /// Takes one answer, with the levels at the end of its span; others than its conditions ask for
  /// are ignored. Returns what
  /// to do now, oldest first: each thing once per time its reason holds without a break.
  std::vector<Decision> decide(const HeardAnswer& heard, const Levels& levels);
  /// No answer came until `now`.
  std::vector<Decision> elapse(base::Time now);

  const AutomationRule& rule() const { return rule_; }
  /// For how long the condition holds now; nothing where it does not.
  std::optional<base::Duration> holding() const;

 private:
  enum class Phase { Idle, Sure, Unsure, NoData };
  Phase phaseOf(const HeardAnswer& heard) const;
  bool levelsHold(const Levels& levels) const;
  void enter(Phase phase, base::Time since);
  void settle(base::Time now, std::vector<Decision>& out);

  AutomationRule rule_;
  base::Duration patience_;
  Phase phase_ = Phase::Idle;
  base::Time since_;
  bool done_ = false;    ///< the phase's action was decided
  bool warned_ = false;  ///< and the warning
  bool any_ = false;
  HeardAnswer last_;
  Levels levels_;
};

}  // namespace app
