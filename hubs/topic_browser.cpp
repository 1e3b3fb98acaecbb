#include "hubs/topic_browser.h"

namespace hubs {

namespace {

constexpr std::string_view kOwnTopics = "mimosa/1/";

}  // namespace

base::Result<std::unique_ptr<TopicBrowser>> TopicBrowser::open(const MqttOptions& options,
                                                               const std::string& filter,
                                                               const base::Clock& clock,
                                                               TopicLimits limits) {
  if (!isValidFilter(filter)) {
    return base::invalid("\"" + filter + "\" is no filter for topics. # stands for everything.");
  }
  auto bus = makeMqttBus(options);
  if (!bus) return bus.error();
  return std::make_unique<TopicBrowser>(*std::move(bus), filter, clock, limits);
}

TopicBrowser::TopicBrowser(std::unique_ptr<Bus> bus, const std::string& filter,
                           const base::Clock& clock, TopicLimits limits)
    : clock_(clock), limits_(limits), bus_(std::move(bus)), tree_(limits) {
  subscription_ = bus_->subscribe(filter, Delivery::AtMostOnce, [this](const Message& message) {
    if (!message.topic.starts_with(kOwnTopics)) take(message);
  });
}

TopicBrowser::~TopicBrowser() {
  watch_.reset();
  subscription_.reset();
}

void TopicBrowser::take(const Message& message) {
  {
    std::lock_guard lock(mutex_);
    if (!tree_.hasRoomFor(message.topic)) return tree_.leaveOut();
  }
  // The window asks under the same lock: a long message must not make it wait.
  HeardMessage heard = readMessage(message, limits_.payload);
  std::lock_guard lock(mutex_);
  tree_.takeRead(std::move(heard), clock_.now());
}

std::vector<TopicViewPtr> TopicBrowser::changedSince(std::uint64_t revision,
                                                     std::size_t most) const {
  std::lock_guard lock(mutex_);
  return tree_.changedSince(revision, most);
}

TopicViewPtr TopicBrowser::find(const std::string& topic) const {
  std::lock_guard lock(mutex_);
  return tree_.find(topic);
}

TopicTotals TopicBrowser::totals() const {
  std::lock_guard lock(mutex_);
  return tree_.totals();
}

LinkStatus TopicBrowser::status() const { return bus_->status(); }

void TopicBrowser::onStatus(std::function<void(const LinkStatus&)> watcher) {
  watch_ = bus_->onStatus(std::move(watcher));
}

}  // namespace hubs
