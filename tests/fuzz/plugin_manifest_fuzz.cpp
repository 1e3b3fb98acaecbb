// Any bytes as a plugin.json, as the card of a camera's process, and as the choice of an extractor.

#include "plugins/host/loader.h"
#include "sensors/capture/wire.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(plugins::pluginCardFrom(text));
  static_cast<void>(sensors::capture::ordersFrom(text));
  static_cast<void>(sensors::capture::saidFrom(text));
  static_cast<void>(sensors::extractorChoiceFrom(text));
  return 0;
}
