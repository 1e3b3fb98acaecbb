#include "app/rule.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "app/automation_sentence.h"
#include "hubs/bus.h"
#include "hubs/codec.h"

namespace app {

namespace {

using nlohmann::json;

constexpr std::int64_t kLongestNs = std::int64_t{7} * 24 * 3600 * 1'000'000'000;

json actionJson(const Action& action) {
  return {{"kind", static_cast<int>(action.kind)},
          {"target", action.target},
          {"param", action.param},
          {"value", action.value}};
}

json toJson(const AutomationRule& rule) {
  json also = json::array();
  for (const LevelCondition& c : rule.also) {
    also.push_back(
        {{"source", c.source}, {"is", static_cast<int>(c.is)}, {"value", c.value}});
  }
  json j = {{"label", rule.label},
            {"needs", static_cast<int>(rule.needs)},
            {"dwell", rule.dwell.count()},
            {"also", also},
            {"then", actionJson(rule.then)},
            {"unsure", actionJson(rule.unsure)},
            {"no_data", actionJson(rule.noData)}};
  if (rule.warnAfter) j["warn_after"] = rule.warnAfter->count();
  return j;
}

json toJson(const Assertion& a) {
  return {{"kind", static_cast<int>(a.kind)},
          {"label", a.label},
          {"other", a.other},
          {"time", a.time.count()}};
}

/// A number of an enumeration with `count` values, or nothing.
template <class Enum>
std::optional<Enum> enumField(const json& j, const char* key, int count) {
  const std::int64_t value = hubs::integerField(j, key, -1);
  if (value < 0 || value >= count) return std::nullopt;
  return static_cast<Enum>(value);
}

std::optional<base::Duration> durationField(const json& j, const char* key) {
  const std::int64_t ns = hubs::integerField(j, key, -1);
  if (ns < 0 || ns > kLongestNs) return std::nullopt;
  return base::Duration(ns);
}

std::optional<Action> actionFrom(const json& j, const char* key) {
  const auto found = j.find(key);
  if (found == j.end() || !found->is_object()) return std::nullopt;
  const auto kind = enumField<Action::Kind>(*found, "kind", 4);
  if (!kind) return std::nullopt;
  Action action{.kind = *kind,
                .target = hubs::textField(*found, "target"),
                .param = hubs::textField(*found, "param"),
                .value = hubs::textField(*found, "value")};
  if (action.kind == Action::Kind::Publish && refusalOf(action.target)) return std::nullopt;
  return action;
}

std::optional<Rule> automationFrom(const json& j) {
  AutomationRule rule;
  const auto needs = enumField<AutomationRule::Needs>(j, "needs", 2);
  const auto dwell = durationField(j, "dwell");
  auto then = actionFrom(j, "then");
  auto unsure = actionFrom(j, "unsure");
  auto noData = actionFrom(j, "no_data");
  if (!needs || !dwell || !then || !unsure || !noData) return std::nullopt;
  rule.label = hubs::integerField(j, "label");
  rule.needs = *needs;
  rule.dwell = *dwell;
  rule.then = *std::move(then);
  rule.unsure = *std::move(unsure);
  rule.noData = *std::move(noData);
  if (j.contains("warn_after")) rule.warnAfter = durationField(j, "warn_after");
  const auto also = j.find("also");
  if (also == j.end() || !also->is_array() || also->size() > AutomationRule::kMostConditions) {
    return std::nullopt;
  }
  for (const json& item : *also) {
    const auto is = item.is_object() ? enumField<LevelCondition::Is>(item, "is", 4) : std::nullopt;
    if (!is) return std::nullopt;
    rule.also.push_back({.source = hubs::textField(item, "source"),
                         .is = *is,
                         .value = hubs::numberField(item, "value")});
  }
  return Rule(std::move(rule));
}

std::optional<Rule> assertionFrom(const json& j) {
  const auto kind = enumField<Assertion::Kind>(j, "kind", 3);
  const auto time = durationField(j, "time");
  if (!kind || !time) return std::nullopt;
  return Rule(Assertion{.kind = *kind,
                        .label = hubs::integerField(j, "label"),
                        .other = hubs::integerField(j, "other"),
                        .time = *time});
}

}  // namespace

RuleRow rowOf(const Rule& rule, const RuleWords& words) {
  return {.kind = rule.index() == 0 ? "automation" : "assertion",
          .text = plainText(sentenceOf(rule, words)),
          .json = std::visit([](const auto& r) { return toJson(r); }, rule).dump()};
}

base::Result<Rule> ruleFrom(const RuleRow& row) {
  const base::Error corrupt{base::ErrorCode::Corrupt,
                            "The rule \"" + row.text + "\" cannot be read."};
  const auto parsed = hubs::parseJson(hubs::toBytes(row.json));
  if (!parsed || !parsed->is_object()) return corrupt;
  auto rule = row.kind == "automation"  ? automationFrom(*parsed)
              : row.kind == "assertion" ? assertionFrom(*parsed)
                                        : std::nullopt;
  if (!rule) return corrupt;
  return *std::move(rule);
}

bool sends(const Rule& rule) {
  const auto* automation = std::get_if<AutomationRule>(&rule);
  return automation != nullptr &&
         (sends(automation->then) || sends(automation->unsure) || sends(automation->noData));
}

Sentence sentenceOf(const Rule& rule, const RuleWords& words) {
  return std::visit([&](const auto& r) { return sentenceOf(r, words); }, rule);
}

Read<Rule> readRule(std::string_view text, const RuleWords& words) {
  const auto widen = [](auto read) {
    Read<Rule> wide{.notUnderstood = std::move(read.notUnderstood),
                    .missing = std::move(read.missing)};
    if (read.value) wide.value = *std::move(read.value);
    return wide;
  };
  if (SentenceReader(text).take("when")) return widen(readAutomation(text, words));
  return widen(readAssertion(text, words));
}

}  // namespace app
