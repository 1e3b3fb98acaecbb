#pragma once
// Placement: where the task learns and answers. A person's own choice comes first; else the policy
// in force chooses among the computers that are seen, and stays with its choice as long as that
// meets the conditions; else it is this computer.

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/policy.h"
#include "app/training/worker_directory.h"

namespace app {

/// As TaskSettings::trainOn and serveOn: this computer, whatever a policy says. No worker's id.
inline constexpr const char* kHere = ".";
inline bool namesWorker(const std::string& chosen) { return !chosen.empty() && chosen != kHere; }

/// Where one kind of work is done now, and why.
struct Place {
  std::string worker;     ///< id; empty: this computer
  bool none = false;      ///< no computer fits, so it is not done at all
  bool byPolicy = false;  ///< else a person's choice, or nobody's
  std::string reason;     ///< "NUC: load 12 %"; empty where nobody had to choose
  friend bool operator==(const Place&, const Place&) = default;
};

/// What the window sees of it.
struct PlacementView {
  std::int64_t policy = 0;  ///< the rule in force; 0: none
  Place learning;
  Place answering;
};

/// What is known of the computers, this one first; what was never measured stays unknown. Where
/// nothing was answered lately, the way there and back stands for how long an answer takes.
/// `answerMs`: by worker id, this computer's under the empty id.
std::vector<DeviceFacts> deviceFacts(const std::vector<WorkerView>& workers,
                                     const std::map<std::string, double>& answerMs);

/// Chooses for one kind of work. One thread at a time.
class Placer {
 public:
  /// For so long what was chosen may fail the conditions before another is looked for.
  static constexpr base::Duration kPatience = std::chrono::seconds(10);

  /// `chosen`: of a person, as TaskSettings has it. `policy`: in force, or null.
  const Place& decide(const std::string& chosen, const Policy* policy,
                      const std::vector<DeviceFacts>& devices, base::Time now);
  const Place& place() const { return place_; }

 private:
  std::optional<std::string> kept(const PolicyChoice& choice, base::Time now);

  Place place_;
  std::optional<Policy> policy_;
  std::optional<std::string> device_;  ///< chosen by `policy_`; none: nobody fitted
  std::optional<base::Time> failing_;  ///< since when it fails
};

/// How long each computer took lately from the question to the answer, the way there included.
/// Thread-safe.
class AnswerTimes {
 public:
  static constexpr std::size_t kRemembered = 64;
  /// What is older says nothing about now: who was slow once gets another chance.
  static constexpr base::Duration kFresh = std::chrono::seconds(60);

  void add(const std::string& worker, double milliseconds, base::Time now);
  std::map<std::string, double> medians(base::Time now) const;

 private:
  struct Took {
    base::Time when;
    double milliseconds = 0;
  };
  mutable std::mutex mutex_;
  std::map<std::string, std::deque<Took>> times_;
};

}  // namespace app
