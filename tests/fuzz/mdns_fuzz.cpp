// What anybody on the network may answer to the question for brokers.

#include "hubs/broker_finder.h"
#include "hubs/mdns.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  (void)hubs::announcedIn({data, size});
  (void)hubs::loginFromAnswer({data, size});
  return 0;
}
