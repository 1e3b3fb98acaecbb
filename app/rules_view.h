#pragma once
// RulesView: what the window sees of the rules: their sentences, what they decided, what broke an
// assertion, and what a rule would have done. Plain values.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/rule.h"

namespace app {

struct RuleView {
  std::int64_t id = 0;
  bool enabled = true;
  bool held = false;              ///< decides, but sends nothing until a person lets it act
  std::optional<Rule> rule = {};  ///< none where the file's row cannot be read
  std::string text = {};          ///< its sentence with the names of today
  std::string lastDone = {};      ///< "14:02:11 say "Kettle is on"", or empty
  std::optional<base::Duration> holding = {};  ///< automation: for how long its condition holds now
  std::vector<Violation> violations = {};      ///< assertion: newest last, at most 50
  std::optional<PolicyChoice> devices = {};    ///< policy: who fits now, and who does not and why
  bool inForce = false;                        ///< policy: it is the one that counts
};

/// One decision of a rule, live or tried.
struct DecisionView {
  std::int64_t rule = 0;
  base::Time at = {};
  std::string text = {};     ///< "Kettle sure 91 % for 5 s"
  std::string action = {};   ///< "say "Kettle is on""
  std::string trouble = {};  ///< why it was not done, or empty
};

/// What a rule would have done.
struct TrialView {
  enum class State { None, Running, Done, Failed };
  State state = State::None;
  std::int64_t rule = 0;
  std::string text = {};  ///< the rule that was tried
  std::vector<DecisionView> decisions = {};     ///< oldest first, at most 200; more are counted only
  std::size_t total = 0;                   ///< decisions in all
  std::vector<Violation> violations = {};       ///< of an assertion
  int recordings = 0;                      ///< gone through
  base::Duration covered{0};               ///< of their time
  std::string trouble = {};                     ///< why there is nothing to try it on
};

struct RulesView {
  std::shared_ptr<const RuleWords> words = std::make_shared<RuleWords>();  ///< names rules may use
  std::vector<RuleView> rules;          ///< oldest first
  std::vector<DecisionView> decisions = {};  ///< of all rules, newest last, at most 100
  TrialView trial;
  bool heldByPerson = false;  ///< what is held is so because a person here wanted it
};

}  // namespace app
