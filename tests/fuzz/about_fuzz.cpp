// What a node says of itself and of its settings.

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"
#include "hubs/device.h"
#include "hubs/device_config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = hubs::parseEither({data, size});
  if (!json) {
    return 0;
  }
  std::vector<std::string> complaints;
  if (const auto about = hubs::parseAbout(*json, &complaints)) {
    // What was accepted can be announced again and means the same.
    const auto again = hubs::parseAbout(hubs::toJson(*about));
    if (!again || again->streams.size() != about->streams.size() ||
        again->params.size() != about->params.size()) {
      std::abort();
    }
  }
  hubs::DeviceConfig config;
  config.ask("rate", std::int64_t{50}, {});
  if (config.takeReported(*json, {})) {
    (void)config.status("rate");
    (void)config.desiredJson("wb1");
  }
  return 0;
}
