#include "app/setting_trial.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hubs/bus.h"
#include "hubs/codec.h"
#include "hubs/device_config.h"

namespace app {

namespace {

using nlohmann::json;

json valueJson(const std::optional<base::ParamValue>& value) {
  return value ? hubs::toJson(*value) : json();
}

}  // namespace

SettingTrial* SettingTrials::find(const std::string& node, const std::string& param) {
  const auto found = std::find_if(trials_.begin(), trials_.end(), [&](const SettingTrial& t) {
    return t.node == node && t.param == param;
  });
  return found == trials_.end() ? nullptr : &*found;
}

base::Result<void> SettingTrials::start(SettingTrial trial) {
  if (const auto former = end(trial.node, trial.param)) {
    trial.before = former->before;
  }
  if (trials_.size() >= kMost) {
    return base::invalid("Too many settings are on trial at once. Keep one or let it go back.");
  }
  trial.state = SettingTrial::State::Running;
  trials_.push_back(std::move(trial));
  return {};
}

std::optional<SettingTrial> SettingTrials::end(const std::string& node, const std::string& param) {
  SettingTrial* trial = find(node, param);
  if (!trial) return std::nullopt;
  std::optional<SettingTrial> ended = std::move(*trial);
  trials_.erase(trials_.begin() + (trial - trials_.data()));
  return ended;
}

std::optional<SettingTrial> SettingTrials::newest() const {
  const auto found = std::find_if(trials_.rbegin(), trials_.rend(), [](const SettingTrial& t) {
    return t.state == SettingTrial::State::Running;
  });
  return found == trials_.rend() ? std::nullopt : std::optional(*found);
}

std::vector<SettingTrial> SettingTrials::due(base::Time now) {
  std::vector<SettingTrial> over;
  for (SettingTrial& trial : trials_) {
    if (trial.state != SettingTrial::State::Running || trial.until > now) continue;
    trial.state = SettingTrial::State::GoingBack;
    over.push_back(trial);
  }
  return over;
}

std::optional<SettingTrial> SettingTrials::goBack(const std::string& node,
                                                  const std::string& param) {
  SettingTrial* trial = find(node, param);
  if (!trial || trial->state != SettingTrial::State::Running) return std::nullopt;
  trial->state = SettingTrial::State::GoingBack;
  return *trial;
}

std::optional<base::Time> SettingTrials::next() const {
  std::optional<base::Time> first;
  for (const SettingTrial& trial : trials_) {
    if (trial.state == SettingTrial::State::Running && (!first || trial.until < *first)) {
      first = trial.until;
    }
  }
  return first;
}

std::string toJson(const std::vector<SettingTrial>& trials) {
  json list = json::array();
  for (const SettingTrial& t : trials) {
    list.push_back({{"node", t.node},
                    {"param", t.param},
                    {"before", valueJson(t.before)},
                    {"tried", hubs::toJson(t.tried)}});
  }
  return list.dump();
}

base::Result<std::vector<SettingTrial>> settingTrialsFrom(const std::string& text) {
  const base::Error corrupt{base::ErrorCode::Corrupt,
                            "The list of settings on trial in the project is damaged."};
  std::vector<SettingTrial> trials;
  if (text.empty()) return trials;
  const auto parsed = hubs::parseJson(hubs::toBytes(text));
  if (!parsed || !parsed->is_array() || parsed->size() > SettingTrials::kMost) return corrupt;
  for (const json& one : *parsed) {
    if (!one.is_object()) return corrupt;
    const auto value = [&one](const char* key) {
      return one.contains(key) ? hubs::paramValueFrom(one.at(key)) : std::nullopt;
    };
    const auto tried = value("tried");
    SettingTrial trial{.node = hubs::textField(one, "node"),
                       .param = hubs::textField(one, "param"),
                       .before = value("before"),
                       .tried = tried.value_or(base::ParamValue{}),
                       .until = {},
                       .state = SettingTrial::State::GoingBack};
    if (!tried || trial.node.empty() || trial.param.empty()) return corrupt;
    trials.push_back(std::move(trial));
  }
  return trials;
}

}  // namespace app
