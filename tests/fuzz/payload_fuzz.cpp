// A message of somebody else's device: unfolded, and each value found again by its pointer.

#include <cmath>
#include <cstdlib>

#include "hubs/payload.h"
#include "hubs/topic_channel.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::span<const std::uint8_t> bytes(data, size);
  const hubs::Payload payload = hubs::readPayload(bytes);
  if (payload.leaves.size() > hubs::PayloadLimits{}.leaves) std::abort();
  for (const hubs::Leaf& leaf : payload.leaves) {
    if (!std::isfinite(leaf.number) || leaf.text.size() > 120) std::abort();
    const auto channel = hubs::guessChannel(hubs::kProjectBroker, "a/b", leaf);
    if (!hubs::topicChannelOf(hubs::localSourceOf(channel))) std::abort();
    (void)hubs::leafAt(bytes, leaf.pointer);
  }
  const std::size_t half = size / 2;
  const std::string_view pointer(reinterpret_cast<const char*>(data), half);
  (void)hubs::leafAt(bytes.subspan(half), pointer);
  (void)hubs::pointerForPeople(pointer);
  return 0;
}
