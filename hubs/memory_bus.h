#pragma once
// MemoryBus: a Bus inside one process, with retained messages and wills, for tests and for parts
// that talk to each other without a broker. Several buses made from one Room hear each other.

#include "hubs/bus.h"

namespace hubs {

/// What the buses of one room share: retained messages and who listens. Thread-safe.
class MemoryRoom;
std::shared_ptr<MemoryRoom> makeMemoryRoom();

/// One client of the room with a delivery thread of its own. `will` is sent when it is destroyed.
std::unique_ptr<Bus> makeMemoryBus(std::shared_ptr<MemoryRoom> room,
                                   std::optional<Message> will = {});

}  // namespace hubs
