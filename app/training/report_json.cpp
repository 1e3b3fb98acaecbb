#include <cmath>
#include <nlohmann/json.hpp>

#include "app/training/trainer.h"
#include "hubs/bus.h"
#include "hubs/codec.h"

namespace app {
namespace {

using nlohmann::json;

double finite(double value) { return std::isfinite(value) ? value : 0; }
float floatField(const json& map, const char* key) {
  return static_cast<float>(hubs::numberField(map, key));
}

/// A list of maps below `key`, or an empty one.
const json& listField(const json& map, const char* key) {
  static const json kNone = json::array();
  const auto found = map.find(key);
  return found != map.end() && found->is_array() ? *found : kNone;
}

}  // namespace

std::string reportToJson(const learners::EnsembleReport& report) {
  json units = json::array();
  for (const auto& unit : report.units) {
    units.push_back(
        {{"unit", unit.unit}, {"label", unit.label}, {"right", unit.right}, {"rows", unit.rows}});
  }
  json members = json::array();
  for (const auto& member : report.members) {
    members.push_back({{"learner", member.learner},
                       {"held_out_accuracy", finite(member.heldOutAccuracy)},
                       {"fit_seconds", finite(member.fitSeconds)},
                       {"latency_ms", finite(member.latencyMs)}});
  }
  json joins = json::array();
  for (const auto& join : report.joins) {
    joins.push_back({{"learner", join.learner},
                     {"seconds", finite(join.seconds)},
                     {"members", join.members},
                     {"before", finite(join.before)},
                     {"after", finite(join.after)}});
  }
  return json{{"held_out", report.heldOut},
              {"accuracy", finite(report.accuracy)},
              {"units", std::move(units)},
              {"temperature", finite(report.temperature)},
              {"members", std::move(members)},
              {"joins", std::move(joins)},
              {"left_out", report.leftOut},
              {"train_seconds", finite(report.trainSeconds)},
              {"first_model_seconds", finite(report.firstModelSeconds)}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<learners::EnsembleReport> reportFromJson(const std::string& text) {
  const auto map = hubs::parseJson(hubs::toBytes(text),
                                   {.bytes = 16 * 1024 * 1024, .depth = 8, .keys = 1'000'000});
  if (!map) return map.error();
  if (!map->is_object()) {
    return base::Error{base::ErrorCode::Corrupt, "a training report is not a JSON object"};
  }
  learners::EnsembleReport report;
  report.heldOut = hubs::boolField(*map, "held_out");
  report.accuracy = floatField(*map, "accuracy");
  for (const json& unit : listField(*map, "units")) {
    if (!unit.is_object()) continue;
    report.units.push_back({.unit = hubs::integerField(unit, "unit"),
                            .label = static_cast<int>(hubs::integerField(unit, "label")),
                            .right = hubs::boolField(unit, "right"),
                            .rows = static_cast<int>(hubs::integerField(unit, "rows"))});
  }
  for (const json& member : listField(*map, "members")) {
    if (!member.is_object()) continue;
    report.members.push_back({.learner = hubs::textField(member, "learner"),
                              .heldOutAccuracy = floatField(member, "held_out_accuracy"),
                              .fitSeconds = hubs::numberField(member, "fit_seconds"),
                              .latencyMs = hubs::numberField(member, "latency_ms")});
  }
  for (const json& join : listField(*map, "joins")) {
    if (!join.is_object()) continue;
    report.joins.push_back({.learner = hubs::textField(join, "learner"),
                            .seconds = hubs::numberField(join, "seconds"),
                            .members = static_cast<int>(hubs::integerField(join, "members")),
                            .before = floatField(join, "before"),
                            .after = floatField(join, "after")});
  }
  for (const json& name : listField(*map, "left_out")) {
    if (name.is_string()) report.leftOut.push_back(name.get<std::string>());
  }
  report.temperature = floatField(*map, "temperature");
  report.trainSeconds = hubs::numberField(*map, "train_seconds");
  report.firstModelSeconds = hubs::numberField(*map, "first_model_seconds");
  return report;
}

}  // namespace app
