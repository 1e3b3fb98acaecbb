#include "hubs/broker_links.h"

#include "hubs/topic_channel.h"

namespace hubs {

namespace {

/// Larger messages hold no values and are not even sent to us.
constexpr std::uint32_t kMostPacketBytes = 512 * 1024;

}  // namespace

MqttOptions listeningOptions(MqttOptions options) {
  options.clientId.clear();
  options.will.reset();
  options.willDelaySeconds.reset();
  options.mostPacketBytes = kMostPacketBytes;
  return options;
}

BrokerLinks::BrokerLinks(Bus& project, MqttOptions projectOptions, Credentials credentials)
    : project_(project),
      projectOptions_(std::move(projectOptions)),
      credentials_(std::move(credentials)) {}

base::Result<MqttOptions> BrokerLinks::optionsFor(const std::string& broker) const {
  auto options = broker == kProjectBroker ? base::Result<MqttOptions>(projectOptions_)
                                          : credentials_(broker);
  if (!options) return options;
  return listeningOptions(*std::move(options));
}

base::Result<std::shared_ptr<Bus>> BrokerLinks::link(const std::string& broker) {
  if (broker == kProjectBroker) return std::shared_ptr<Bus>(std::shared_ptr<void>(), &project_);
  std::lock_guard lock(mutex_);
  if (auto known = links_[broker].lock()) return known;
  const auto options = optionsFor(broker);
  if (!options) return options.error();
  auto made = makeMqttBus(*options);
  if (!made) return made.error();
  const std::shared_ptr<Bus> shared = *std::move(made);
  links_[broker] = shared;
  return shared;
}

void BrokerLinks::forget(const std::string& broker) {
  std::lock_guard lock(mutex_);
  links_.erase(broker);
}

}  // namespace hubs
