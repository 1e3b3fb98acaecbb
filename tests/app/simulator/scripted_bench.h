#pragma once
// ScriptedBench: the workbench's side of our node convention for tests: it remembers what nodes
// say and sends what a test tells it.

#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "hubs/codec.h"
#include "hubs/memory_bus.h"
#include "hubs/sample_block.h"
#include "hubs/topic.h"

namespace support {

/// Thread-safe.
class ScriptedBench {
 public:
  explicit ScriptedBench(const std::shared_ptr<hubs::MemoryRoom>& room)
      : bus_(hubs::makeMemoryBus(room)) {
    all_ = bus_->subscribe(topics_.root() + "/#", hubs::Delivery::AtLeastOnce,
                           [this](const hubs::Message& message) {
                             std::lock_guard lock(mutex_);
                             heard_[message.topic].push_back(message);
                           });
  }

  hubs::Bus& bus() { return *bus_; }
  const hubs::Topics& topics() const { return topics_; }

  /// `rest`: below node/<node>/.
  void send(const std::string& node, const std::string& rest, const std::string& text,
            hubs::Retain retain = hubs::Retain::No) {
    hubs::Message message;
    message.topic = topics_.node(node, rest);
    message.payload = hubs::toBytes(text);
    message.delivery = hubs::Delivery::AtLeastOnce;
    message.retain = retain;
    (void)bus_->publish(std::move(message));
  }
  void want(const std::string& node, int version, const nlohmann::json& set) {
    const nlohmann::json desired{{"ver", version}, {"by", "wb1"}, {"set", set}};
    send(node, "config/desired", desired.dump(), hubs::Retain::Yes);
  }
  void command(const std::string& node, const std::string& op, const nlohmann::json& args,
               const std::string& id = "1") {
    send(node, "cmd", nlohmann::json{{"id", id}, {"op", op}, {"args", args}}.dump());
  }
  void lease(const std::string& node, const std::string& stream, double seconds) {
    command(node, "lease", {{"stream", stream}, {"seconds", seconds}}, "lease-" + stream);
  }

  std::size_t count(const std::string& node, const std::string& rest) const {
    std::lock_guard lock(mutex_);
    const auto found = heard_.find(topics_.node(node, rest));
    return found == heard_.end() ? 0 : found->second.size();
  }
  std::vector<hubs::Message> messages(const std::string& node, const std::string& rest) const {
    std::lock_guard lock(mutex_);
    const auto found = heard_.find(topics_.node(node, rest));
    return found == heard_.end() ? std::vector<hubs::Message>{} : found->second;
  }
  std::string lastText(const std::string& node, const std::string& rest) const {
    const auto all = messages(node, rest);
    return all.empty() ? std::string() : std::string(all.back().text());
  }
  /// The last message as JSON; an empty object where there is none.
  nlohmann::json last(const std::string& node, const std::string& rest) const {
    const auto parsed = nlohmann::json::parse(lastText(node, rest), nullptr, false);
    return parsed.is_discarded() ? nlohmann::json::object() : parsed;
  }
  std::vector<hubs::SampleBlock> blocks(const std::string& node, const std::string& stream,
                                        std::size_t channels) const {
    std::vector<hubs::SampleBlock> blocks;
    for (const hubs::Message& message : messages(node, "stream/" + stream)) {
      auto block = hubs::decodeSampleBlock(message.payload, channels);
      if (block) blocks.push_back(std::move(*block));
    }
    return blocks;
  }

 private:
  hubs::Topics topics_;
  mutable std::mutex mutex_;
  std::map<std::string, std::vector<hubs::Message>> heard_;
  std::unique_ptr<hubs::Bus> bus_;
  hubs::SubscriptionPtr all_;  // last: ended before what its handler uses
};

}  // namespace support
