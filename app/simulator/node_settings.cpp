#include "app/simulator/node_settings.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"
#include "hubs/device_config.h"

namespace app {
namespace {

using base::ParamType;

std::string joined(const std::vector<base::ParamValue>& options) {
  std::string text;
  for (const base::ParamValue& option : options) {
    text += (text.empty() ? "" : ", ") + base::toText(option);
  }
  return text;
}

bool isNumber(const base::ParamValue& value) {
  return std::holds_alternative<std::int64_t>(value) || std::holds_alternative<double>(value);
}

}  // namespace

ParamVerdict judge(const base::ParamSpec& spec, const base::ParamValue& value) {
  const double number = base::toNumber(value);
  switch (spec.type) {
    case ParamType::Bool:
      return std::holds_alternative<bool>(value) ? ParamVerdict{}
                                                 : ParamVerdict{400, "true or false"};
    case ParamType::Int:
      if (!isNumber(value) || number != std::floor(number)) return {400, "a whole number"};
      break;
    case ParamType::Float:
      if (!isNumber(value) || !std::isfinite(number)) return {400, "a number"};
      break;
    case ParamType::Enum: {
      const auto same = [&](const auto& option) { return base::sameValue(option, value); };
      return std::any_of(spec.options.begin(), spec.options.end(), same)
                 ? ParamVerdict{}
                 : ParamVerdict{400, "one of " + joined(spec.options)};
    }
    case ParamType::Text:
      return std::holds_alternative<std::string>(value) ? ParamVerdict{}
                                                        : ParamVerdict{400, "a text"};
  }
  if (spec.min < spec.max && number < spec.min) return {400, "min " + base::toText(spec.min)};
  if (spec.min < spec.max && number > spec.max) return {400, "max " + base::toText(spec.max)};
  return {};
}

NodeSettings::NodeSettings(std::vector<base::ParamSpec> specs, Refusal refusal, Applied applied)
    : specs_(std::move(specs)),
      refusal_(std::move(refusal)),
      applied_(std::move(applied)),
      values_(specs_) {}

const base::ParamSpec* NodeSettings::find(const std::string& param) const {
  const auto same = [&](const base::ParamSpec& spec) { return spec.name == param; };
  const auto found = std::find_if(specs_.begin(), specs_.end(), same);
  return found == specs_.end() ? nullptr : &*found;
}

ParamVerdict NodeSettings::take(const std::string& param, const base::ParamValue& value) {
  const base::ParamSpec* spec = find(param);
  if (!spec) {
    return {404, "unknown parameter"};
  }
  if (ParamVerdict verdict = judge(*spec, value); verdict.code != 200) {
    return verdict;
  }
  if (refusal_) {
    if (const auto reason = refusal_(param, value)) {
      return {409, *reason};
    }
  }
  const auto fitting = base::checked(*spec, value);
  if (!fitting) {
    return {400, fitting.error().message};
  }
  const auto& present = values_.values().find(param)->second;
  if (spec->apply == "restart") {
    afterRestart_.erase(param);
    if (base::sameValue(present, *fitting)) {
      return {};
    }
    afterRestart_[param] = *fitting;
    return {202, "after a restart"};
  }
  if (base::sameValue(present, *fitting)) {
    return {};
  }
  if (const auto set = values_.set(specs_, param, *fitting); !set) {
    return {500, set.error().message};
  }
  if (applied_) {
    applied_(param, *fitting);
  }
  return {};
}

bool NodeSettings::takeDesired(const nlohmann::json& desired) {
  const std::int64_t version = hubs::integerField(desired, "ver", -1);
  const auto set = desired.is_object() ? desired.find("set") : desired.end();
  if (version <= version_ || set == desired.end() || !set->is_object()) {
    return false;
  }
  version_ = version;
  acks_.clear();
  for (const auto& [param, item] : set->items()) {
    const auto value = hubs::paramValueFrom(item);
    acks_[param] = value ? take(param, *value) : ParamVerdict{400, "a plain value"};
  }
  return true;
}

ParamVerdict NodeSettings::takeText(const std::string& param, std::string_view text) {
  const base::ParamSpec* spec = find(param);
  if (!spec) {
    return {404, "unknown parameter"};
  }
  // Numbers beyond the range reach judge(), so that its shorter reason is the one given.
  base::ParamSpec open = *spec;
  open.min = open.max = 0;
  const auto value = base::parsed(open, text);
  return value ? take(param, *value) : ParamVerdict{400, judge(*spec, std::string(text)).message};
}

void NodeSettings::restarted() {
  for (const auto& [param, value] : std::exchange(afterRestart_, {})) {
    if (values_.set(specs_, param, value) && applied_) {
      applied_(param, value);
    }
    if (const auto ack = acks_.find(param); ack != acks_.end() && ack->second.code == 202) {
      ack->second = {};
    }
  }
}

nlohmann::json NodeSettings::reported(base::Time now) const {
  nlohmann::json current = nlohmann::json::object();
  for (const auto& [param, value] : values_.values()) {
    current[param] = hubs::toJson(value);
  }
  nlohmann::json acks = nlohmann::json::object();
  for (const auto& [param, verdict] : acks_) {
    acks[param]["code"] = verdict.code;
    if (!verdict.message.empty()) {
      acks[param]["msg"] = verdict.message;
    }
  }
  return {{"ver", version_},
          {"t", 1e-9 * static_cast<double>(now.ns)},
          {"cur", current},
          {"ack", acks}};
}

}  // namespace app
