#pragma once
// TopicSource: one value of a broker's messages as a running source with one channel.

#include <atomic>
#include <mutex>

#include "hubs/broker_links.h"
#include "hubs/stream_feed.h"
#include "hubs/topic_channel.h"

namespace hubs {

/// Publishes a row per message that holds the value, stamped when it arrived; a stored message
/// counts as what holds now. What cannot be read as a number is a missing row. More than 200 rows a
/// second are lost and counted. The bus must outlive it.
class TopicSource final : public sensors::Source {
 public:
  TopicSource(std::string id, TopicChannel channel, std::shared_ptr<Bus> bus,
              const sensors::LocalSurroundings& surroundings);
  ~TopicSource() override;

  std::string id() const override { return id_; }
  std::optional<base::Error> trouble() const override;

 private:
  void take(const Message& message);

  const std::string id_;
  const TopicChannel channel_;
  const base::Clock& clock_;
  const std::function<void()> onChange_;
  const std::shared_ptr<Bus> bus_;
  std::shared_ptr<sensors::SourceStream> stream_;
  mutable std::mutex mutex_;
  LinkStatus link_;
  std::uint64_t unread_ = 0;  ///< messages in a row whose value was no number
  // Of the bus thread.
  TokenBucket bucket_;
  std::uint64_t sequence_ = 0;
  std::uint64_t lost_ = 0;
  SubscriptionPtr watch_;
  SubscriptionPtr subscription_;
};

/// The kind of local source for values of topics; `links` must outlive it and its sources.
sensors::LocalKind topicKind(BrokerLinks& links);

}  // namespace hubs
