#pragma once
// RulesFeed: what the page Rules reads of the project's rules and asks of them, so that a test can
// bring its own. Each call returns at once; what it did is seen in the next view.

#include <functional>
#include <memory>
#include <string>

#include "app/rules_view.h"

namespace ui {

/// GUI thread. All are set, or none: then there are no rules to be seen.
struct RulesFeed {
  std::function<std::shared_ptr<const app::RulesView>()> view;
  std::function<void(std::int64_t rule, const std::string& sentence)> put;  ///< rule 0: a new one
  std::function<void(std::int64_t rule, bool enabled)> setEnabled;
  std::function<void(std::int64_t rule)> remove;
  std::function<void(std::int64_t rule)> tryOut;
  std::function<void()> letAct;    ///< what is held back may send from now on
  std::function<void()> holdBack;  ///< no rule sends anything
};

}  // namespace ui
