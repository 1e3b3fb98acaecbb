#pragma once
// Requester: sends a message with response topic and correlation data and hands the answer, or a
// Timeout, to a callback. MQTT 5 section 4.10.

#include <functional>
#include <memory>

#include "hubs/bus.h"

namespace hubs {

/// Thread-safe. Destroying it drops what is outstanding without calling back.
class Requester {
 public:
  using Reply = std::function<void(base::Result<Message>)>;

  /// `replyTopic`: a topic only this requester listens to.
  Requester(Bus& bus, std::string replyTopic);
  ~Requester();

  /// Response topic and correlation of `message` are set here. `reply` runs on the bus thread, or
  /// on the requester's own after `patience`. At most 4096 may be outstanding: else Unavailable at
  /// once.
  void send(Message message, base::Duration patience, Reply reply);
  std::size_t outstanding() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// The answer to `request`: its response topic and correlation with `payload`.
Message replyTo(const Message& request, base::Bytes payload);

}  // namespace hubs
