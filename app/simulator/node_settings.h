#pragma once
// NodeSettings: a node's side of desired and reported parameters. A plain value with state; the
// node brings the messages.

#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sensors/base/params.h"
#include "sensors/base/time.h"

namespace app {

/// What became of one wanted value.
struct ParamVerdict {
  int code = 200;       ///< 200 in force, 202 after a restart, 400 does not fit, 404, 409
  std::string message;  ///< why not: "max 9"
};

/// One thread at a time.
class NodeSettings {
 public:
  /// A reason why the node cannot take the value in its present state (409), or nothing.
  using Refusal =
      std::function<std::optional<std::string>(const std::string&, const base::ParamValue&)>;
  /// Called with each parameter that came into force.
  using Applied = std::function<void(const std::string&, const base::ParamValue&)>;

  NodeSettings(std::vector<base::ParamSpec> specs, Refusal refusal, Applied applied);

  /// Handles config/desired. False where its version is not newer than the last one handled: then
  /// nothing changed and there is nothing to report.
  bool takeDesired(const nlohmann::json& desired);
  /// Handles set/<param>: the same effect as a desired entry, without a version.
  ParamVerdict takeText(const std::string& param, std::string_view text);
  /// What waited for a restart comes into force.
  void restarted();
  /// The config/reported document.
  nlohmann::json reported(base::Time now) const;

  double number(const std::string& param) const { return values_.number(param); }

 private:
  ParamVerdict take(const std::string& param, const base::ParamValue& value);
  const base::ParamSpec* find(const std::string& param) const;

  std::vector<base::ParamSpec> specs_;
  Refusal refusal_;
  Applied applied_;
  base::Params values_;
  std::map<std::string, base::ParamValue> afterRestart_;
  std::map<std::string, ParamVerdict> acks_;  // of the last desired document
  std::int64_t version_ = 0;
};

/// Does `value` fit `spec`? 200, or 400 with the shortest true reason: "max 9", "a whole number".
ParamVerdict judge(const base::ParamSpec& spec, const base::ParamValue& value);

}  // namespace app
