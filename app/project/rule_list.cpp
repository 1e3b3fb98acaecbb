#include "app/project/rule_list.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hubs/bus.h"
#include "hubs/codec.h"

namespace app {

namespace {

using nlohmann::json;

constexpr const char* kRulesKey = "rules";
constexpr const char* kDecisionsKey = "rule decisions";

struct RuleList {
  std::int64_t next = 1;
  std::vector<RuleRow> rows;
};

/// An array under `key`, empty where unset; `whole` is the object it is in.
base::Result<json> readList(const ProjectStore& store, const char* key) {
  const auto text = store.meta(key);
  if (!text) return text.error();
  if (text->empty()) return json{{"list", json::array()}};
  const auto parsed = hubs::parseJson(hubs::toBytes(*text), {.bytes = 4 << 20, .keys = 100'000});
  if (!parsed || !parsed->is_object() || !parsed->contains("list") ||
      !parsed->at("list").is_array()) {
    return base::Error{base::ErrorCode::Corrupt,
                       std::string("The project's ") + key + " cannot be read."};
  }
  return *parsed;
}

base::Result<RuleList> load(const ProjectStore& store) {
  const auto whole = readList(store, kRulesKey);
  if (!whole) return whole.error();
  RuleList list{.next = hubs::integerField(*whole, "next", 1), .rows = {}};
  for (const json& j : whole->at("list")) {
    if (!j.is_object()) continue;
    list.rows.push_back({.id = hubs::integerField(j, "id"),
                         .kind = hubs::textField(j, "kind"),
                         .text = hubs::textField(j, "text"),
                         .json = hubs::textField(j, "json"),
                         .enabled = hubs::boolField(j, "enabled", true)});
  }
  return list;
}

base::Result<void> save(ProjectStore& store, const RuleList& list) {
  json all = json::array();
  for (const RuleRow& row : list.rows) {
    all.push_back({{"id", row.id},
                   {"kind", row.kind},
                   {"text", row.text},
                   {"json", row.json},
                   {"enabled", row.enabled}});
  }
  return store.setMeta(kRulesKey, json{{"next", list.next}, {"list", all}}.dump());
}

auto at(std::vector<RuleRow>& rows, std::int64_t id) {
  return std::find_if(rows.begin(), rows.end(), [id](const RuleRow& r) { return r.id == id; });
}

}  // namespace

base::Result<std::vector<RuleRow>> rulesOf(const ProjectStore& store) {
  auto list = load(store);
  if (!list) return list.error();
  return std::move(list->rows);
}

base::Result<std::int64_t> putRule(ProjectStore& store, const RuleRow& row) {
  std::int64_t id = row.id;
  const auto done = store.inTransaction([&]() -> base::Result<void> {
    auto list = load(store);
    if (!list) return list.error();
    if (id == 0) id = list->next;
    list->next = std::max(list->next, id + 1);
    RuleRow kept = row;
    kept.id = id;
    if (const auto former = at(list->rows, id); former != list->rows.end()) {
      *former = std::move(kept);
    } else if (list->rows.size() >= kMostRules) {
      return base::invalid("A project keeps at most 200 rules.");
    } else {
      list->rows.push_back(std::move(kept));
      std::sort(list->rows.begin(), list->rows.end(),
                [](const auto& a, const auto& b) { return a.id < b.id; });
    }
    return save(store, *list);
  });
  if (!done) return done.error();
  return id;
}

base::Result<void> removeRule(ProjectStore& store, std::int64_t id) {
  return store.inTransaction([&]() -> base::Result<void> {
    auto list = load(store);
    if (!list) return list.error();
    const auto found = at(list->rows, id);
    if (found == list->rows.end()) {
      return base::Error{base::ErrorCode::NotFound, "The rule is no longer there."};
    }
    list->rows.erase(found);
    return save(store, *list);
  });
}

base::Result<void> addDecisions(ProjectStore& store, const std::vector<DecisionRow>& rows) {
  return store.inTransaction([&]() -> base::Result<void> {
    auto whole = readList(store, kDecisionsKey);
    if (!whole) return whole.error();
    json& list = whole->at("list");
    for (const DecisionRow& row : rows) {
      list.push_back(
          {{"rule", row.rule}, {"at", row.at.ns}, {"text", row.text}, {"json", row.json}});
    }
    if (list.size() > kDecisionsKept) {
      list.erase(list.begin(), list.end() - static_cast<std::ptrdiff_t>(kDecisionsKept));
    }
    return store.setMeta(kDecisionsKey, whole->dump());
  });
}

base::Result<std::vector<DecisionRow>> decisionsOf(const ProjectStore& store) {
  const auto whole = readList(store, kDecisionsKey);
  if (!whole) return whole.error();
  std::vector<DecisionRow> rows;
  for (const json& j : whole->at("list")) {
    if (!j.is_object()) continue;
    rows.push_back({.rule = hubs::integerField(j, "rule"),
                    .at = {hubs::integerField(j, "at")},
                    .text = hubs::textField(j, "text"),
                    .json = hubs::textField(j, "json")});
  }
  return rows;
}

}  // namespace app
