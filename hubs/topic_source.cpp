#include "hubs/topic_source.h"

namespace hubs {

namespace {

constexpr double kRowsPerSecond = 200;
constexpr double kBurst = 400;
constexpr std::uint64_t kUnreadInARow = 5;

sensors::SourceInfo infoOf(const std::string& id, const TopicChannel& channel) {
  const auto keys = pointerKeys(channel.pointer).value_or(std::vector<std::string>{});
  return {.id = id,
          .name = channel.name,
          .kind = sensors::SourceKind::Slow,
          .channels = {{.id = keys.empty() ? "value" : keys.back(),
                        .unit = channel.unit,
                        .min = channel.min,
                        .max = channel.max}}};
}

/// A source that cannot be: it says why, and nothing else.
class NoSource final : public sensors::Source {
 public:
  NoSource(std::string id, base::Error why) : id_(std::move(id)), why_(std::move(why)) {}
  std::string id() const override { return id_; }
  std::optional<base::Error> trouble() const override { return why_; }

 private:
  std::string id_;
  base::Error why_;
};

}  // namespace

TopicSource::TopicSource(std::string id, TopicChannel channel, std::shared_ptr<Bus> bus,
                         const sensors::LocalSurroundings& surroundings)
    : id_(std::move(id)),
      channel_(std::move(channel)),
      clock_(surroundings.clock),
      onChange_(surroundings.onChange),
      bus_(std::move(bus)),
      stream_(surroundings.sources.declare(infoOf(id_, channel_))),
      bucket_(kRowsPerSecond, kBurst) {
  watch_ = bus_->onStatus([this](const LinkStatus& status) {
    {
      std::lock_guard lock(mutex_);
      link_ = status;
    }
    onChange_();
  });
  subscription_ = bus_->subscribe(channel_.topic, Delivery::AtMostOnce,
                                  [this](const Message& message) { take(message); });
}

TopicSource::~TopicSource() {
  subscription_.reset();
  watch_.reset();
}

void TopicSource::take(const Message& message) {
  const auto leaf = leafAt(message.payload, channel_.pointer);
  if (!leaf) return;  // this message is about something else
  const base::Time now = clock_.now();
  if (!bucket_.take(1, now)) {
    ++lost_;
    return;
  }
  const auto value = valueOf(*leaf, channel_);
  bool toldOtherwise = false;
  {
    std::lock_guard lock(mutex_);
    const bool wasFine = unread_ < kUnreadInARow;
    unread_ = value ? 0 : unread_ + 1;
    toldOtherwise = wasFine != (unread_ < kUnreadInARow);
  }
  auto block = std::make_shared<sensors::Block>();
  block->source = stream_->info();
  block->lostBefore = std::exchange(lost_, 0);
  block->sequence = sequence_ + block->lostBefore;
  block->start = now;
  sensors::Samples samples{.rows = 1, .channels = 1, .values = {value.value_or(0)}};
  if (!value) samples.missing = {1};
  block->content = std::move(samples);
  sequence_ = block->sequence + 1;
  stream_->publish(std::move(block), now);
  if (toldOtherwise) onChange_();
}

std::optional<base::Error> TopicSource::trouble() const {
  std::lock_guard lock(mutex_);
  if (link_.state == LinkState::Lost || link_.state == LinkState::Refused) {
    return base::Error{base::ErrorCode::Unavailable, link_.reason};
  }
  if (unread_ >= kUnreadInARow) {
    return base::Error{base::ErrorCode::Corrupt,
                       channel_.name + " sends something else than a " +
                           (channel_.as == LeafKind::Word ? "word" : "number") + " now."};
  }
  return std::nullopt;
}

sensors::LocalKind topicKind(BrokerLinks& links) {
  sensors::LocalKind kind{.title = "Value of a broker", .icon = "hub"};
  kind.start = [&links](const sensors::LocalSource& local,
                        const sensors::LocalSurroundings& surroundings)
      -> std::unique_ptr<sensors::Source> {
    auto channel = topicChannelOf(local);
    if (!channel) return std::make_unique<NoSource>(local.id, channel.error());
    auto bus = links.link(channel->broker);
    if (!bus) return std::make_unique<NoSource>(local.id, bus.error());
    return std::make_unique<TopicSource>(local.id, *std::move(channel), *std::move(bus),
                                         surroundings);
  };
  return kind;
}

}  // namespace hubs
