#pragma once
// TopicBrowser: listens to what a broker sends while somebody looks, over a connection of its own,
// so that a busy broker never holds up the project's. Our own convention's topics are left out: they
// are sources already.

#include <memory>
#include <mutex>

#include "hubs/mqtt_bus.h"
#include "hubs/topic_tree.h"

namespace hubs {

/// Thread-safe. Listens as long as it lives.
class TopicBrowser {
 public:
  /// `filter`: "#" for everything. Errors: InvalidArgument for what is no filter; as makeMqttBus.
  static base::Result<std::unique_ptr<TopicBrowser>> open(const MqttOptions& options,
                                                          const std::string& filter,
                                                          const base::Clock& clock,
                                                          TopicLimits limits = {});
  /// Over a bus that is there.
  TopicBrowser(std::unique_ptr<Bus> bus, const std::string& filter, const base::Clock& clock,
               TopicLimits limits = {});
  ~TopicBrowser();

  std::vector<TopicViewPtr> changedSince(std::uint64_t revision, std::size_t most = 500) const;
  TopicViewPtr find(const std::string& topic) const;
  TopicTotals totals() const;
  LinkStatus status() const;
  /// Hears of each change of the link as long as it lives, as Bus::onStatus. At most once, before
  /// others know of it.
  void onStatus(std::function<void(const LinkStatus&)> watcher);

 private:
  void take(const Message& message);

  const base::Clock& clock_;
  const TopicLimits limits_;
  std::unique_ptr<Bus> bus_;
  mutable std::mutex mutex_;
  TopicTree tree_;
  SubscriptionPtr subscription_;
  SubscriptionPtr watch_;
};

}  // namespace hubs
