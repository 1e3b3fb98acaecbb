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

json toJson(const PolicyClause& clause) {
  json parts = json::array();
  for (const PolicyClause& part : clause.parts) parts.push_back(toJson(part));
  return {{"kind", static_cast<int>(clause.kind)},
          {"compare", static_cast<int>(clause.compare)},
          {"value", clause.value},
          {"device", clause.device},
          {"parts", std::move(parts)}};
}

json toJson(const Policy& policy) {
  return {{"where", toJson(policy.where)},
          {"prefer", static_cast<int>(policy.prefer)},
          {"otherwise", static_cast<int>(policy.otherwise)}};
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

/// `depth`: levels of and, or, not that may still come.
std::optional<PolicyClause> clauseFrom(const json& j, int depth) {
  using Kind = PolicyClause::Kind;
  constexpr std::size_t kMostParts = 16;
  if (!j.is_object()) return std::nullopt;
  const auto kind = enumField<Kind>(j, "kind", 11);
  const auto compare = enumField<PolicyClause::Compare>(j, "compare", 3);
  const auto parts = j.find("parts");
  if (!kind || !compare || parts == j.end() || !parts->is_array()) return std::nullopt;
  PolicyClause clause{.kind = *kind,
                      .compare = *compare,
                      .value = hubs::numberField(j, "value"),
                      .device = hubs::textField(j, "device")};
  const bool joins = *kind == Kind::And || *kind == Kind::Or;
  const std::size_t least = joins ? 2 : *kind == Kind::Not ? 1 : 0;
  const std::size_t most = joins ? kMostParts : least;
  if (parts->size() < least || parts->size() > most || (!parts->empty() && depth == 0) ||
      !std::isfinite(clause.value)) {
    return std::nullopt;
  }
  for (const json& part : *parts) {
    auto read = clauseFrom(part, depth - 1);
    if (!read) return std::nullopt;
    clause.parts.push_back(*std::move(read));
  }
  return clause;
}

std::optional<Rule> policyFrom(const json& j) {
  const auto where = j.find("where");
  const auto prefer = enumField<Policy::Prefer>(j, "prefer", 6);
  const auto otherwise = enumField<Policy::Otherwise>(j, "otherwise", 3);
  auto clause = where == j.end() ? std::nullopt : clauseFrom(*where, PolicyClause::kDeepest);
  if (!clause || !prefer || !otherwise) return std::nullopt;
  return Rule(Policy{.where = *std::move(clause), .prefer = *prefer, .otherwise = *otherwise});
}

constexpr const char* kKinds[] = {"automation", "assertion", "policy"};

}  // namespace

RuleRow rowOf(const Rule& rule, const RuleWords& words) {
  return {.kind = kKinds[rule.index()],
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
              : row.kind == "policy"    ? policyFrom(*parsed)
                                        : std::nullopt;
  if (!rule) return corrupt;
  return *std::move(rule);
}

bool sends(const Rule& rule) {
  if (std::holds_alternative<Policy>(rule)) return true;
  const auto* automation = std::get_if<AutomationRule>(&rule);
  return automation != nullptr &&
         (sends(automation->then) || sends(automation->unsure) || sends(automation->noData));
}

Sentence sentenceOf(const Rule& rule, const RuleWords& words) {
  if (const auto* policy = std::get_if<Policy>(&rule)) return sentenceOf(*policy, words.devices);
  return std::visit(
      [&](const auto& r) {
        if constexpr (std::is_same_v<std::decay_t<decltype(r)>, Policy>) {
          return Sentence{};
        } else {
          return sentenceOf(r, words);
        }
      },
      rule);
}

Read<Rule> readRule(std::string_view text, const RuleWords& words) {
  const auto widen = [](auto read) {
    Read<Rule> wide{.notUnderstood = std::move(read.notUnderstood),
                    .missing = std::move(read.missing)};
    if (read.value) wide.value = *std::move(read.value);
    return wide;
  };
  if (SentenceReader(text).take("run")) return widen(readPolicy(text, words.devices));
  if (SentenceReader(text).take("when")) return widen(readAutomation(text, words));
  return widen(readAssertion(text, words));
}

}  // namespace app
