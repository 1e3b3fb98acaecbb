#pragma once
// Announcer: predictions leave as MQTT, for actuators, applications and displays: each one on
// pred/<task>, the present state retained on wb/<bench>/activity, of further tasks below it.

#include <map>
#include <mutex>
#include <string>

#include "app/happenings.h"
#include "app/snapshot.h"
#include "hubs/bus.h"
#include "hubs/topic.h"

namespace app {

/// JSON {"t","label","state","certainty" (%),"calibrated","disagreement","novelty","p":{label:
/// chance}, "window":[begin,end],"model","ver","stage"}; times in seconds since 1970.
base::Bytes encodeAnswer(const Answer& answer, const std::string& modelHash);

/// JSON {"label","certainty" (%),"begin","end","views":[{"task","begin","end","certainty"}]}.
base::Bytes encodeHappening(const Happening& happening);

/// Thread-safe.
class Announcer {
 public:
  Announcer(hubs::Bus& bus, hubs::Topics topics, std::string benchId);

  /// Every answer goes to pred/<task>; activity (of others than "main" activity/<task>) is renewed on
  /// change of label or state, and once a second. `task`: the key of who answered.
  void announce(const Answer& answer, const std::string& modelHash,
                const std::string& task = "main");

  /// Something happened and is over: said once on wb/<bench>/happening, however many tasks saw it.
  void tell(const Happening& happening);

 private:
  hubs::Bus& bus_;
  hubs::Topics topics_;
  std::string benchId_;
  std::mutex mutex_;
  struct Activity {
    std::string label;
    base::Time at;
  };
  std::map<std::string, Activity> last_;  // by task
};

}  // namespace app
