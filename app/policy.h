#pragma once
// Policy: a person's conditions on where a task may run, as a value that prints as one sentence:
//   Run on a device that is in this house and answers within 40 ms, prefer the least busy; if none
//   fits, do not run and tell me.
// Forms as in MLIoT (Boovaraghavan et al., IPSN 2021, section 4.1.2): graphics processor or not, most
// or least of cores, memory or load, locality, and/or/not, thresholds, best effort.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/sentence.h"

namespace app {

/// What is known about one computer. Unknown facts are empty: a clause about them is not met.
struct DeviceFacts {
  std::string id;
  std::string name;
  bool online = false;
  std::optional<bool> gpu = {};
  std::optional<bool> inHouse = {};
  std::optional<double> answerMs = {};  ///< from the question to the answer, the way included
  bool answerIsWayOnly =
      false;  ///< nothing was answered there lately: the way there and back alone
  std::optional<double> cores = {};
  std::optional<double> memoryGb = {};
  std::optional<double> load = {};  ///< share of all cores in use, [0, 1]
};

/// A tree of conditions, at most kDeepest levels of and, or, not.
struct PolicyClause {
  enum class Kind {
    Always,      ///< any device
    And,         ///< all of `parts`, two at least
    Or,          ///< one of `parts`, two at least
    Not,         ///< not `parts[0]`
    HasGpu,      ///< has a graphics processor
    InHouse,     ///< is in this house
    IsDevice,    ///< is the device named `device`
    AnswersMs,   ///< measured quantity, compared with `value`
    Cores,       ///<
    MemoryGb,    ///<
    LoadPercent, ///< of all cores
  };
  enum class Compare { AtMost, AtLeast, Exactly };
  static constexpr int kDeepest = 3;

  Kind kind = Kind::Always;
  Compare compare = Compare::AtMost;
  double value = 0;
  std::string device = {};
  std::vector<PolicyClause> parts = {};
  friend bool operator==(const PolicyClause&, const PolicyClause&) = default;
};

struct Policy {
  enum class Prefer { LeastBusy, FastestAnswer, MostCores, FewestCores, MostMemory, LeastMemory };
  enum class Otherwise { Refuse, Wait, BestEffort };

  PolicyClause where = {};
  Prefer prefer = Prefer::LeastBusy;
  Otherwise otherwise = Otherwise::Refuse;
  friend bool operator==(const Policy&, const Policy&) = default;
};

/// Whether one device meets the conditions now.
struct Verdict {
  bool meets = false;
  std::string failed = {};  ///< the first clause that fails, with the fact: "answers within 40 ms: 61 ms"
  double distance = 0;      ///< 0 where it meets; how far off the failed numbers are, relative
};
Verdict judge(const PolicyClause& clause, const DeviceFacts& device);

/// One device in the order a policy puts them.
struct Ranked {
  DeviceFacts device;
  Verdict verdict;
  std::string reason;  ///< the number that decided: "load 12 %"
};

struct PolicyChoice {
  std::optional<std::string> device = {};  ///< id of the pick
  std::string reason = {};   ///< "NUC: load 12 %", or why none fits and which comes closest
  bool bestEffort = false;   ///< none met the conditions; this one is used nevertheless
  std::vector<Ranked> ranked = {};  ///< those that meet first, best first; then by distance
};
/// Ties are broken by load, then name. A device that is offline never fits.
PolicyChoice choose(const Policy& policy, const std::vector<DeviceFacts>& devices);

/// Why no device whatever can meet the conditions, or nothing where one could: an interval of a
/// number that is empty, or a condition beside its contrary.
std::optional<std::string> conflictOf(const PolicyClause& clause);

/// `devices`: names that may be spoken of.
Sentence sentenceOf(const Policy& policy, const std::vector<std::string>& devices);
/// "is in this house", "answers within 40 ms", "has a GPU and (…)".
std::string clauseText(const PolicyClause& clause);
Read<Policy> readPolicy(std::string_view text, const std::vector<std::string>& devices);

}  // namespace app
