#include "hubs/mqtt_bus.h"

#include <condition_variable>
#include <fstream>
#include <mutex>

#include "hubs/mqtt_link.h"
#include "hubs/mqtt_words.h"

namespace hubs {

namespace {

class MqttBus final : public Bus {
 public:
  explicit MqttBus(std::shared_ptr<Link> link) : link_(std::move(link)) { link_->start(); }
  ~MqttBus() override { link_->finish(); }

  base::Result<void> publish(Message message) override {
    return link_->publish(std::move(message));
  }
  SubscriptionPtr subscribe(const std::string& filter, Delivery delivery,
                            Handler handler) override {
    return link_->subscribe(filter, delivery, std::move(handler));
  }
  LinkStatus status() const override { return link_->status(); }
  SubscriptionPtr onStatus(std::function<void(const LinkStatus&)> watcher) override {
    return link_->watch(std::move(watcher));
  }
  bool flush(base::Duration patience) override { return link_->flush(patience); }

 private:
  std::shared_ptr<Link> link_;
};

base::Result<void> checkReadable(const std::string& file, const std::string& what) {
  if (!std::ifstream(file).good()) {
    return base::invalid("The " + what + " " + file + " cannot be read.");
  }
  return {};
}

base::Result<void> checkOptions(const MqttOptions& options) {
  if (options.host.empty()) return base::invalid("The broker's host is missing.");
  if (options.port < 1 || options.port > 65'535) {
    return base::invalid("The broker's port must be a number from 1 to 65535.");
  }
  if (options.will && !isValidTopic(options.will->topic)) {
    return base::invalid("\"" + options.will->topic + "\" is not a topic for a last will.");
  }
  if (!options.tls) return {};
  if (auto ok = checkReadable(options.tls->caFile, "file of trusted certificates"); !ok) return ok;
  if (!options.tls->certFile.empty()) {
    if (auto ok = checkReadable(options.tls->certFile, "certificate"); !ok) return ok;
  }
  if (!options.tls->keyFile.empty()) {
    if (auto ok = checkReadable(options.tls->keyFile, "key"); !ok) return ok;
  }
  return {};
}

}  // namespace

base::Result<std::unique_ptr<Bus>> makeMqttBus(const MqttOptions& options) {
  if (auto ok = checkOptions(options); !ok) return ok.error();
  MqttOptions complete = options;
  if (complete.clientId.empty()) complete.clientId = "mimosa-" + base::randomHex(6);
  try {
    return std::unique_ptr<Bus>(
        std::make_unique<MqttBus>(std::make_shared<Link>(std::move(complete))));
  } catch (const mqtt::exception& error) {
    return base::invalid("The broker " + addressText(options) + " cannot be used: " + error.what());
  }
}

base::Result<void> waitOnline(Bus& bus, base::Duration patience) {
  std::mutex mutex;
  std::condition_variable changed;
  LinkStatus latest;
  const auto watch = bus.onStatus([&](const LinkStatus& status) {
    std::lock_guard lock(mutex);
    latest = status;
    changed.notify_all();
  });
  std::unique_lock lock(mutex);
  const bool settled = changed.wait_for(lock, patience, [&] {
    return latest.state == LinkState::Online || latest.state == LinkState::Refused;
  });
  const LinkStatus status = latest;
  lock.unlock();
  if (status.state == LinkState::Online) return {};
  if (settled) return base::Error{base::ErrorCode::Refused, status.reason};
  if (status.state == LinkState::Lost) {
    return base::Error{base::ErrorCode::Unavailable, status.reason};
  }
  return base::Error{base::ErrorCode::Timeout, "The broker does not answer in time."};
}

}  // namespace hubs
