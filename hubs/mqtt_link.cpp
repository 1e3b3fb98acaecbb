#include "hubs/mqtt_link.h"

#include <random>

#include "hubs/broker_socket.h"
#include "hubs/codec.h"
#include "hubs/mqtt_words.h"
#include "sensors/base/log.h"

namespace hubs {

namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr int kLibraryBuffer =
    10 * static_cast<int>(Outbox::kMostUnderWay);  ///< so that Paho never refuses what we send
constexpr auto kAnswerPatience = 15s;
constexpr auto kGoodbyePatience = 1s;
constexpr base::Duration kFirstPause = 1s;
constexpr base::Duration kLongestPause = 30s;
/// A connection shorter than this does not count as success: the next pause grows further.
constexpr auto kShortConnection = 5s;
constexpr int kShortInARow = 3;
constexpr std::size_t kHeaderBytes = 64;  ///< of a PUBLISH besides topic and payload, roughly

bool isRefusalCode(int code) { return code >= 0x80 && code < mqtt::MQTTPP_V3_CODE; }

}  // namespace

Link::Link(MqttOptions options)
    : options_(std::move(options)),
      broker_("The broker " + addressText(options_)),
      client_(serverUri(options_), options_.clientId,
              mqtt::create_options(MQTTVERSION_5, kLibraryBuffer)) {
  client_.set_message_callback([this](const mqtt::const_message_ptr& message) {
    if (message) onMessage(*message);
  });
  client_.set_connection_lost_handler([this](const std::string&) { noteLost(0); });
  client_.set_disconnected_handler(
      [this](const mqtt::properties&, mqtt::ReasonCode code) { noteLost(code); });
  setStatus(LinkState::Connecting, "Connecting to the broker " + addressText(options_) + ".");
}

void Link::start() {
  thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
}

void Link::finish() {
  const bool online = status().state == LinkState::Online;
  // Paho cannot ask the broker to send the will on an orderly goodbye (reason code 0x04).
  if (online && options_.will && !publish(*options_.will)) {
    base::logWarning("mqtt: no room for the last message on " + options_.will->topic);
  }
  if (online) flush(kGoodbyePatience);
  thread_.request_stop();
  if (thread_.joinable()) thread_.join();
  try {
    if (client_.is_connected()) {
      client_.disconnect(0)->wait_for(kGoodbyePatience);
    }
    client_.disable_callbacks();
  } catch (const mqtt::exception&) {
    // The connection ended by itself meanwhile.
  }
}

// ---- callers ----

base::Result<void> Link::publish(Message message) {
  if (!isValidTopic(message.topic)) {
    return base::invalid("\"" + message.topic + "\" is not a topic one can publish to");
  }
  if (!isUtf8(message.contentType) ||
      !(message.responseTopic.empty() || isValidTopic(message.responseTopic))) {
    return base::invalid("the message on " + message.topic + " has an unusable property");
  }
  const std::size_t size = message.payload.size() + message.topic.size() + kHeaderBytes;
  std::lock_guard lock(mutex_);
  if (online_ && largestPacket_ != 0 && size > largestPacket_) {
    return base::invalid("a message of " + std::to_string(message.payload.size()) + " bytes on " +
                         message.topic + " is larger than the broker takes (" +
                         std::to_string(largestPacket_) + " bytes)");
  }
  auto added = outbox_.add(std::move(message), online_ ? Outbox::Link::Up : Outbox::Link::Down);
  if (added) changed_.notify_all();
  return added;
}

SubscriptionPtr Link::subscribe(const std::string& filter, Delivery delivery,
                                Bus::Handler handler) {
  if (!isValidFilter(filter)) return nullptr;
  Id id = 0;
  {
    std::lock_guard lock(mutex_);
    id = filters_.nextId();
  }
  auto subscription =
      dispatcher_.subscribe(id, filter, std::move(handler), [weak = weak_from_this(), filter, id] {
        if (const auto link = weak.lock()) link->unsubscribe(filter, id);
      });
  std::lock_guard lock(mutex_);
  filters_.add(filter, delivery, id);
  if (online_) {
    outbox_.addSubscribe(filter, id);
    changed_.notify_all();
  }
  return subscription;
}

void Link::unsubscribe(const std::string& filter, Id id) {
  std::lock_guard lock(mutex_);
  if (filters_.remove(filter, id) && online_) {
    outbox_.addUnsubscribe(filter);
    changed_.notify_all();
  }
}

bool Link::flush(base::Duration patience) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, patience, [this] { return outbox_.isIdle(); });
}

// ---- Paho's callbacks ----

void Link::onMessage(const mqtt::message& message) {
  Received received = fromPaho(message);
  std::vector<FilterTable::Route> routes;
  {
    std::lock_guard lock(mutex_);
    routes = filters_.routesFor(received.subscriptions, received.message.topic);
  }
  if (routes.empty()) {
    dispatcher_.deliver(std::move(received.message));
    return;
  }
  for (const FilterTable::Route& route : routes) {
    if (route.single && received.message.retain == Retain::Yes) {
      dispatcher_.deliverTo(route.id, received.message);
    } else {
      dispatcher_.deliverToFilter(route.filter, received.message);
    }
  }
}

void Link::noteLost(int code) {
  std::lock_guard lock(mutex_);
  if (!lostCode_ || *lostCode_ == 0) lostCode_ = code;
  online_ = false;
  changed_.notify_all();
}

void Link::complete(const mqtt::token& token, bool done) {
  const auto number = reinterpret_cast<std::uintptr_t>(token.get_user_context());
  const int code = token.get_reason_code();
  std::string complaint;
  {
    std::lock_guard lock(mutex_);
    switch (token.get_type()) {
      case mqtt::token::CONNECT:
        completeConnect(token, done);
        break;
      case mqtt::token::SUBSCRIBE:
        complaint = completeSubscribe(number, done, code);
        break;
      case mqtt::token::PUBLISH:
        complaint = completePublish(number, done, code);
        break;
      default:
        break;
    }
    changed_.notify_all();
  }
  if (!complaint.empty()) base::logWarning(complaint);
}

void Link::completeConnect(const mqtt::token& token, bool done) {
  connected_ = done ? 0 : -1;
  if (!done) {
    for (const int code : {static_cast<int>(token.get_reason_code()), token.get_return_code()}) {
      if (isRefusalCode(code)) connected_ = code;
    }
    return;
  }
  largestPacket_ = 0;
  const mqtt::connect_response response = token.get_connect_response();
  const MQTTProperties& properties = response.get_properties().c_struct();
  for (int i = 0; i < properties.count; ++i) {
    if (properties.array[i].identifier == MQTTPROPERTY_CODE_MAXIMUM_PACKET_SIZE) {
      largestPacket_ = properties.array[i].value.integer4;
    }
  }
}

std::string Link::completeSubscribe(Id id, bool done, int code) {
  subscribing_.erase(id);
  const std::string filter = filters_.filterOf(id);
  if ((done && !isRefusalCode(code)) || filter.empty()) return {};
  return broker_ + " does not let us listen to " + filter + ": " + reasonWords(code) + ".";
}

std::string Link::completePublish(std::uint64_t number, bool done, int code) {
  auto message = outbox_.complete(number);
  if (!message) return {};
  if (isRefusalCode(code)) {
    return broker_ + " does not take messages on " + message->topic + ": " + reasonWords(code) +
           ".";
  }
  if (!done && message->delivery == Delivery::AtLeastOnce) outbox_.putBack(std::move(message));
  return {};
}

// ---- the link thread ----

void Link::setStatus(LinkState state, std::string reason, base::Duration pause) {
  const base::Time now = clock_.now();
  dispatcher_.setStatus({.state = state,
                         .reason = std::move(reason),
                         .since = now,
                         .nextTry = pause.count() > 0 ? now + pause : base::Time{},
                         .connects = connects_});
}

void Link::run(std::stop_token stop) {
  std::mt19937 random(std::random_device{}());
  std::uniform_real_distribution<double> jitter(0.8, 1.2);
  base::Duration pause = kFirstPause;
  int shortInARow = 0;
  while (!stop.stop_requested()) {
    std::optional<Ending> ending = connect(stop);
    if (!ending) {
      const auto began = SteadyClock::now();
      ending = serve(stop);
      const bool brief = SteadyClock::now() - began < kShortConnection;
      shortInARow = brief ? shortInARow + 1 : 0;
      if (!brief) pause = kFirstPause;
      if (shortInARow >= kShortInARow && ending->state == LinkState::Lost) {
        ending = Ending{LinkState::Refused, endsAgainAndAgain()};
      }
    }
    if (stop.stop_requested()) return;
    const base::Duration wait = ending->state == LinkState::Refused
                                    ? kLongestPause
                                    : base::fromSeconds(base::toSeconds(pause) * jitter(random));
    setStatus(ending->state, ending->reason, wait);
    pause = std::min(pause * 2, kLongestPause);
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, wait, [] { return false; });
  }
}

/// Not every broker says why it closes a connection.
std::string Link::endsAgainAndAgain() const {
  return broker_ +
         " closes the connection again and again; perhaps another program uses this identity (" +
         options_.clientId + ").";
}

/// Nothing once connected, else why not.
std::optional<Link::Ending> Link::connect(std::stop_token stop) {
  {
    std::lock_guard lock(mutex_);
    connected_.reset();
    lostCode_.reset();
  }
  try {
    client_.connect(connectOptions(options_), nullptr, *this);
  } catch (const std::exception& error) {
    return Ending{LinkState::Lost, broker_ + " cannot be reached: " + error.what() + "."};
  }
  int code = -1;
  {
    std::unique_lock lock(mutex_);
    const auto answered = [this] { return connected_.has_value(); };
    if (changed_.wait_for(lock, stop, kAnswerPatience, answered)) code = *connected_;
  }
  if (code == 0) return std::nullopt;
  return stop.stop_requested() ? Ending{} : whyNotConnected(code);
}

Link::Ending Link::whyNotConnected(int code) const {
  if (code > 0) {
    return {isRefusal(code) ? LinkState::Refused : LinkState::Lost, reasonSentence(code, options_)};
  }
  if (options_.tls) {
    if (std::string trouble = certificateTrouble(options_); !trouble.empty()) {
      return {LinkState::Refused, std::move(trouble)};
    }
  }
  return {LinkState::Lost, "No broker answers at " + addressText(options_) + "."};
}

/// From the moment the connection stands until it ends.
Link::Ending Link::serve(std::stop_token stop) {
  if (options_.noDelay) setNoDelayTowards(options_.host, options_.port);
  renewSubscriptions(stop);
  bool up = false;
  {
    std::lock_guard lock(mutex_);
    up = !lostCode_;
    if (up) ++connects_;
  }
  if (up) setStatus(LinkState::Online, {});
  while (true) {
    std::deque<LinkCommand> batch;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop, [this] { return lostCode_ || outbox_.canSend(); });
      if (stop.stop_requested() || lostCode_) break;
      batch = outbox_.takeBatch();
    }
    for (const LinkCommand& command : batch) tell(command);
    changed_.notify_all();
  }
  return endConnection(stop);
}

/// All filters anew: the broker then sends their retained messages again.
void Link::renewSubscriptions(std::stop_token stop) {
  std::vector<FilterTable::Route> routes;
  {
    std::lock_guard lock(mutex_);
    outbox_.dropSubscriptionChanges();
    routes = filters_.renew();
    subscribing_.clear();
    for (const FilterTable::Route& route : routes) subscribing_.insert(route.id);
    online_ = !lostCode_;
  }
  for (const FilterTable::Route& route : routes) {
    tell({.kind = LinkCommand::Kind::Subscribe, .filter = route.filter, .number = route.id});
  }
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, stop, kAnswerPatience,
                    [this] { return subscribing_.empty() || lostCode_; });
}

void Link::tell(const LinkCommand& command) {
  try {
    auto* number = reinterpret_cast<void*>(static_cast<std::uintptr_t>(command.number));
    switch (command.kind) {
      case LinkCommand::Kind::Publish:
        client_.publish(toPaho(*command.message), number, *this);
        break;
      case LinkCommand::Kind::Subscribe: {
        Delivery delivery = Delivery::AtMostOnce;
        {
          std::lock_guard lock(mutex_);
          delivery = filters_.deliveryOf(command.filter);
        }
        mqtt::properties properties;
        properties.add(
            {mqtt::property::SUBSCRIPTION_IDENTIFIER, static_cast<std::int32_t>(command.number)});
        client_.subscribe(command.filter, delivery == Delivery::AtLeastOnce ? 1 : 0, number, *this,
                          mqtt::subscribe_options(), properties);
        break;
      }
      case LinkCommand::Kind::Unsubscribe:
        client_.unsubscribe(command.filter);
        break;
    }
  } catch (const std::exception& error) {
    notTold(command, error.what());
  }
}

/// Paho did not take a command: mostly because the connection is just being lost. A message counts
/// as sent and is put back when the connection has ended.
void Link::notTold(const LinkCommand& command, const std::string& why) {
  base::logWarning("mqtt: " + why);
  std::lock_guard lock(mutex_);
  subscribing_.erase(command.number);
  if (!lostCode_) lostCode_ = 0;
  changed_.notify_all();
}

Link::Ending Link::endConnection(std::stop_token stop) {
  if (stop.stop_requested()) return {};
  try {
    if (client_.is_connected()) client_.disconnect(0)->wait_for(kGoodbyePatience);
  } catch (const mqtt::exception&) {
    // It ended by itself.
  }
  std::lock_guard lock(mutex_);
  online_ = false;
  outbox_.connectionEnded(options_.cleanStart ? Outbox::Session::Clean : Outbox::Session::Kept);
  const int code = lostCode_.value_or(0);
  if (isRefusalCode(code)) {
    return {isRefusal(code) ? LinkState::Refused : LinkState::Lost, reasonSentence(code, options_)};
  }
  return {LinkState::Lost, "The connection to the broker " + addressText(options_) + " broke."};
}

}  // namespace hubs
