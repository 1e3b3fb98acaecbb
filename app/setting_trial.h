#pragma once
// SettingTrials: settings of devices that are asked for on trial. One that nobody keeps goes back
// by itself when its time is over, also when the program ended meanwhile: the list is kept in the
// project as long as a trial is open. Plain values; who owns them has the clock and the devices.

#include <optional>
#include <string>
#include <vector>

#include "sensors/base/params.h"
#include "sensors/base/result.h"
#include "sensors/base/time.h"

namespace app {

struct SettingTrial {
  /// Running: until `until`. GoingBack: the former value was asked for and the device did not
  /// answer yet.
  enum class State { Running, GoingBack };

  std::string node;
  std::string param;
  std::optional<base::ParamValue> before;  ///< what it goes back to; none: it is asked for no more
  base::ParamValue tried;
  base::Time until;
  State state = State::Running;
};

/// One thread at a time. At most one trial of each setting.
class SettingTrials {
 public:
  static constexpr base::Duration kLength = std::chrono::seconds(30);
  static constexpr std::size_t kMost = 64;

  /// A further value on trial of the same setting: what held before the first stays what it goes
  /// back to, and the time begins anew. Errors: InvalidArgument where kMost are open.
  base::Result<void> start(SettingTrial trial);
  /// Ends a trial, kept, replaced or gone back; nothing where there is none.
  std::optional<SettingTrial> end(const std::string& node, const std::string& param);
  /// The newest that runs.
  std::optional<SettingTrial> newest() const;
  /// Those whose time is over; they are GoingBack from now on.
  std::vector<SettingTrial> due(base::Time now);
  /// One that runs is GoingBack from now on.
  std::optional<SettingTrial> goBack(const std::string& node, const std::string& param);
  /// When the next one is over.
  std::optional<base::Time> next() const;
  const std::vector<SettingTrial>& all() const { return trials_; }

 private:
  SettingTrial* find(const std::string& node, const std::string& param);

  std::vector<SettingTrial> trials_;  ///< oldest first
};

/// What a project keeps of open trials.
std::string toJson(const std::vector<SettingTrial>& trials);
/// Never trusts the text. Errors: Corrupt.
base::Result<std::vector<SettingTrial>> settingTrialsFrom(const std::string& text);

}  // namespace app
