#pragma once
// Announcer: predictions leave as MQTT, for actuators, applications and displays: each one on
// pred/<task>, the present state retained on wb/<bench>/activity.

#include <mutex>
#include <string>

#include "app/snapshot.h"
#include "hubs/bus.h"
#include "hubs/topic.h"

namespace app {

/// JSON {"t","label","state","certainty" (%),"calibrated","disagreement","novelty","p":{label:
/// chance}, "window":[begin,end],"model","ver","stage"}; times in seconds since 1970.
base::Bytes encodeAnswer(const Answer& answer, const std::string& modelHash);

/// Thread-safe.
class Announcer {
 public:
  Announcer(hubs::Bus& bus, hubs::Topics topics, std::string benchId);

  /// Every answer goes to pred/main; activity is renewed on change of label or state, and once a
  /// second.
  void announce(const Answer& answer, const std::string& modelHash);

 private:
  hubs::Bus& bus_;
  hubs::Topics topics_;
  std::string benchId_;
  std::mutex mutex_;
  std::string lastLabel_;
  base::Time lastActivity_;
};

}  // namespace app
