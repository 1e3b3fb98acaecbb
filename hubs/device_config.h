#pragma once
// DeviceConfig: settings of a device: desired, reported, and the version they agree on.
// A plain value with state; tested without a broker.

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "sensors/base/params.h"
#include "sensors/base/time.h"

namespace hubs {

enum class ParamState { InStep, Waiting, Refused, ChangedElsewhere, NotAsked };

struct ParamStatus {
  std::optional<base::ParamValue> asked;
  std::optional<base::ParamValue> reported;
  ParamState state = ParamState::NotAsked;
  std::string message;  ///< the device's reason where refused
  base::Time since;     ///< when `state` was entered
};

/// One thread at a time.
class DeviceConfig {
 public:
  /// Takes `value` into the desired set under the next version. The device decides whether it fits:
  /// nothing is checked here, so that its own reason is what the person reads.
  void ask(const std::string& param, const base::ParamValue& value, base::Time now);
  /// Takes a parameter out of the desired set again (undo of the first ask).
  void forget(const std::string& param, base::Time now);
  /// Takes what a project remembered.
  void restore(std::int64_t version, std::map<std::string, base::ParamValue> desired);
  /// A config/reported document. Errors: Corrupt.
  base::Result<void> takeReported(const nlohmann::json& reported, base::Time now);

  ParamStatus status(const std::string& param) const;
  std::int64_t version() const { return version_; }
  const std::map<std::string, base::ParamValue>& desired() const { return desired_; }
  const std::map<std::string, base::ParamValue>& reported() const { return reported_; }
  std::int64_t reportedVersion() const { return reportedVersion_; }
  /// The config/desired document.
  nlohmann::json desiredJson(const std::string& by) const;

 private:
  struct Ack {
    int code = 0;
    std::string message;
  };
  void noteChanges(base::Time now);
  ParamState stateOf(const std::string& param) const;

  std::int64_t version_ = 0;
  std::map<std::string, base::ParamValue> desired_;
  std::int64_t reportedVersion_ = -1;
  std::map<std::string, base::ParamValue> reported_;
  std::map<std::string, Ack> acks_;
  std::map<std::string, std::pair<ParamState, base::Time>> since_;
};

nlohmann::json toJson(const base::ParamValue& value);
/// Nothing for objects, arrays and null.
std::optional<base::ParamValue> paramValueFrom(const nlohmann::json& value);

}  // namespace hubs
