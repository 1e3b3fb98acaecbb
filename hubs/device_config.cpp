#include "hubs/device_config.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"
#include "hubs/device.h"

namespace hubs {

namespace {

constexpr int kAccepted = 202;
constexpr int kFirstRefusal = 400;

}  // namespace

void DeviceConfig::ask(const std::string& param, const base::ParamValue& value, base::Time now) {
  desired_[param] = value;
  // A device ignores versions it has already handled, whoever sent them.
  version_ = std::max(version_, reportedVersion_) + 1;
  noteChanges(now);
}

void DeviceConfig::forget(const std::string& param, base::Time now) {
  if (desired_.erase(param) == 0) {
    return;
  }
  version_ = std::max(version_, reportedVersion_) + 1;
  noteChanges(now);
}

void DeviceConfig::restore(std::int64_t version, std::map<std::string, base::ParamValue> desired) {
  version_ = version;
  desired_ = std::move(desired);
}

base::Result<void> DeviceConfig::takeReported(const nlohmann::json& reported, base::Time now) {
  const auto wrong = [](const std::string& what) {
    return base::Error{base::ErrorCode::Corrupt, "config/reported: " + what};
  };
  if (!reported.is_object()) return wrong("not an object");
  const auto current = reported.find("cur");
  if (current == reported.end() || !current->is_object()) return wrong("\"cur\" is missing");
  if (current->size() > kMostParams) return wrong("too many parameters");
  const std::int64_t version = integerField(reported, "ver", 0);

  reported_.clear();
  for (const auto& [name, value] : current->items()) {
    if (auto known = paramValueFrom(value)) {
      reported_[name] = std::move(*known);
    }
  }
  if (version != reportedVersion_) {
    acks_.clear();
  }
  reportedVersion_ = version;
  const auto acks = reported.find("ack");
  if (acks != reported.end() && acks->is_object() && acks->size() <= kMostParams) {
    for (const auto& [name, ack] : acks->items()) {
      const std::int64_t code = std::clamp<std::int64_t>(integerField(ack, "code"), 0, 999);
      acks_[name] = {static_cast<int>(code), textField(ack, "msg")};
    }
  }
  noteChanges(now);
  return {};
}

ParamState DeviceConfig::stateOf(const std::string& param) const {
  const auto asked = desired_.find(param);
  if (asked == desired_.end()) return ParamState::NotAsked;
  if (reportedVersion_ < version_) return ParamState::Waiting;
  const auto ack = acks_.find(param);
  const int code = ack == acks_.end() ? 0 : ack->second.code;
  if (code >= kFirstRefusal) return ParamState::Refused;
  if (code == kAccepted) return ParamState::Waiting;
  const auto current = reported_.find(param);
  if (current == reported_.end()) return ParamState::Refused;
  return base::sameValue(asked->second, current->second) ? ParamState::InStep
                                                         : ParamState::ChangedElsewhere;
}

ParamStatus DeviceConfig::status(const std::string& param) const {
  ParamStatus status;
  status.state = stateOf(param);
  if (const auto asked = desired_.find(param); asked != desired_.end()) {
    status.asked = asked->second;
  }
  if (const auto current = reported_.find(param); current != reported_.end()) {
    status.reported = current->second;
  }
  if (status.state == ParamState::Refused) {
    const auto ack = acks_.find(param);
    const bool hasReason = ack != acks_.end() && ack->second.code >= kFirstRefusal;
    status.message = hasReason ? ack->second.message : "the device does not report this setting";
    if (status.message.empty()) {
      status.message = "refused with code " + std::to_string(ack->second.code);
    }
  }
  if (const auto since = since_.find(param); since != since_.end()) {
    status.since = since->second.second;
  }
  return status;
}

nlohmann::json DeviceConfig::desiredJson(const std::string& by) const {
  nlohmann::json set = nlohmann::json::object();
  for (const auto& [name, value] : desired_) {
    set[name] = toJson(value);
  }
  return {{"ver", version_}, {"by", by}, {"set", std::move(set)}};
}

void DeviceConfig::noteChanges(base::Time now) {
  std::erase_if(since_, [this](const auto& entry) { return !desired_.contains(entry.first); });
  for (const auto& [name, value] : desired_) {
    const ParamState state = stateOf(name);
    const auto [entry, added] = since_.try_emplace(name, state, now);
    if (!added && entry->second.first != state) {
      entry->second = {state, now};
    }
  }
}

nlohmann::json toJson(const base::ParamValue& value) {
  return std::visit([](const auto& held) { return nlohmann::json(held); }, value);
}

std::optional<base::ParamValue> paramValueFrom(const nlohmann::json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number_unsigned() &&
      value.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
    return static_cast<double>(value.get<std::uint64_t>());
  }
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number_float() && std::isfinite(value.get<double>())) return value.get<double>();
  return std::nullopt;
}

}  // namespace hubs
