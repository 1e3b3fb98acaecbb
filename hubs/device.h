#pragma once
// Device: what one node says about itself (`about`) and when it was last heard.

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sensors/base/params.h"
#include "sensors/base/time.h"
#include "sensors/channel.h"

namespace hubs {

/// Parameters of one node; what comes beyond is left out.
inline constexpr std::size_t kMostParams = 256;

struct StreamAbout {
  std::string id;
  std::string name;
  sensors::SourceKind kind = sensors::SourceKind::Slow;
  std::vector<sensors::Channel> channels;
  std::vector<double> scale;  ///< physical = raw x scale + offset, per channel
  std::vector<double> offset;
  double rate = 0;        ///< first of `rates`; 0: on change
  std::string rateParam;  ///< the parameter that sets the rate ("imu.rate"), or empty
};

struct About {
  int revision = 0;
  std::string name;
  std::string model;
  std::string firmware;
  std::string room;
  std::vector<StreamAbout> streams;
  std::vector<base::ParamSpec> params;
  std::vector<std::string> ops;         ///< commands it takes: "lease", "identify", "act", ...
  std::vector<std::string> activities;  ///< with op "act": what can be started and stopped
  bool thumbnails = false;
};

/// Reads `about`. Unknown keys are skipped; a stream or parameter that cannot be used is left out
/// and named in `complaints`. At most 64 streams, 64 channels each, 256 parameters. Errors: Corrupt
/// where it is no object or has no version we know.
base::Result<About> parseAbout(const nlohmann::json& json,
                               std::vector<std::string>* complaints = nullptr);
nlohmann::json toJson(const About& about);

struct Device {
  std::string id;
  About about;
  bool online = false;
  base::Time lastHeard;
};

}  // namespace hubs
