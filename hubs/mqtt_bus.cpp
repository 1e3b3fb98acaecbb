#include "hubs/mqtt_bus.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <fstream>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "hubs/broker_socket.h"
#include "hubs/codec.h"
#include "hubs/dispatcher.h"
#include "hubs/mqtt_words.h"
#include "sensors/base/log.h"

namespace hubs {

namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;
using Id = Dispatcher::Id;

constexpr std::size_t kMostWaitingOffline = 256;
constexpr std::size_t kMostWaitingOnline = 4096;
constexpr std::size_t kMostWaitingBytes = 64 << 20;
constexpr std::size_t kMostUnderWay = 500;
constexpr int kLibraryBuffer = 10 * kMostUnderWay;  ///< so that Paho never refuses what we send
constexpr auto kAnswerPatience = 15s;
constexpr auto kGoodbyePatience = 1s;
/// A connection shorter than this does not count as success: the next pause grows further.
constexpr auto kShortConnection = 5s;
constexpr int kShortInARow = 3;
constexpr base::Duration kFirstPause = 1s;
constexpr base::Duration kLongestPause = 30s;
constexpr int kFirstFailureCode = 0x80;

/// What the link thread has to tell the broker, in order.
struct Command {
  enum class Kind { Publish, Subscribe, Unsubscribe };
  Kind kind = Kind::Publish;
  std::shared_ptr<const Message> message;
  std::string filter;
  Id id = 0;
};

/// How an attempt to connect, or a connection, ended.
struct Ending {
  LinkState state = LinkState::Lost;
  std::string reason;
};

/// Everything behind an MqttBus. Paho's callbacks take `mutex_` briefly and never wait; `mutex_` is
/// never held while Paho is called. Only the link thread calls Paho.
class Link final : public std::enable_shared_from_this<Link>, private mqtt::iaction_listener {
 public:
  explicit Link(MqttOptions options)
      : options_(std::move(options)),
        client_(serverUri(options_), options_.clientId,
                mqtt::create_options(MQTTVERSION_5, kLibraryBuffer)) {
    client_.set_message_callback(
        [this](const mqtt::const_message_ptr& message) { onMessage(message); });
    client_.set_connection_lost_handler([this](const std::string&) { noteLost(0); });
    client_.set_disconnected_handler(
        [this](const mqtt::properties&, mqtt::ReasonCode code) { noteLost(code); });
    setStatus(LinkState::Connecting, "Connecting to the broker " + addressText(options_) + ".");
  }

  void start() {
    thread_ = std::jthread([this](std::stop_token stop) { run(stop); });
  }

  /// Sends what is queued and the will, says goodbye and ends the thread. The will is published
  /// because Paho cannot ask the broker to send it on an orderly goodbye (reason code 0x04).
  void finish() {
    const bool online = status().state == LinkState::Online;
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

  base::Result<void> publish(Message message) {
    if (!isValidTopic(message.topic)) {
      return base::invalid("\"" + message.topic + "\" is not a topic one can publish to");
    }
    if (!isUtf8(message.contentType) ||
        !(message.responseTopic.empty() || isValidTopic(message.responseTopic))) {
      return base::invalid("the message on " + message.topic + " has an unusable property");
    }
    std::lock_guard lock(mutex_);
    const std::size_t size = message.payload.size() + message.topic.size() + 64;
    if (online_ && largestPacket_ != 0 && size > largestPacket_) {
      return base::invalid("a message of " + std::to_string(message.payload.size()) + " bytes on " +
                           message.topic + " is larger than the broker takes (" +
                           std::to_string(largestPacket_) + " bytes)");
    }
    if (!online_ && message.retain == Retain::Yes && replaceWaiting(message)) {
      return {};
    }
    if (isFull(message)) {
      return base::Error{base::ErrorCode::Unavailable,
                         "too many messages wait for the broker " + addressText(options_)};
    }
    waitingBytes_ += message.payload.size();
    ++waiting_;
    commands_.push_back({.message = std::make_shared<const Message>(std::move(message))});
    changed_.notify_all();
    return {};
  }

  SubscriptionPtr subscribe(const std::string& filter, Delivery delivery, Bus::Handler handler) {
    if (!isValidFilter(filter)) return nullptr;
    Id id = 0;
    {
      std::lock_guard lock(mutex_);
      id = nextId();
    }
    auto subscription = dispatcher_.subscribe(id, filter, std::move(handler),
                                              [weak = weak_from_this(), filter, id] {
                                                if (const auto link = weak.lock())
                                                  link->unsubscribe(filter, id);
                                              });
    std::lock_guard lock(mutex_);
    Filter& entry = filters_[filter];
    entry.members.insert(id);
    if (delivery == Delivery::AtLeastOnce) entry.delivery = delivery;
    routes_[id] = {filter, true};
    if (online_) {
      commands_.push_back({.kind = Command::Kind::Subscribe, .filter = filter, .id = id});
      changed_.notify_all();
    }
    return subscription;
  }

  LinkStatus status() const { return dispatcher_.status(); }
  SubscriptionPtr watch(std::function<void(const LinkStatus&)> watcher) {
    return dispatcher_.watch(std::move(watcher));
  }

  bool flush(base::Duration patience) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [this] { return commands_.empty() && sent_.empty(); });
  }

 private:
  struct Filter {
    Delivery delivery = Delivery::AtMostOnce;
    std::set<Id> members;
  };
  /// Whom a subscription identifier stands for: one new member, or a filter's members.
  struct Route {
    std::string filter;
    bool single = false;
  };

  // ---- callers' side, under mutex_ ----

  /// Subscription identifiers of MQTT end at 268 435 455.
  Id nextId() { return lastId_ = lastId_ % 268'435'455 + 1; }

  bool replaceWaiting(const Message& message) {
    for (Command& command : commands_) {
      if (command.message && command.message->retain == Retain::Yes &&
          command.message->topic == message.topic) {
        waitingBytes_ += message.payload.size();
        waitingBytes_ -= command.message->payload.size();
        command.message = std::make_shared<const Message>(message);
        return true;
      }
    }
    return false;
  }

  bool isFull(const Message& message) {
    if (waitingBytes_ > kMostWaitingBytes) return true;
    if (waiting_ < (online_ ? kMostWaitingOnline : kMostWaitingOffline)) return false;
    if (message.delivery == Delivery::AtMostOnce && message.retain == Retain::No) return true;
    const auto fleeting = std::find_if(commands_.begin(), commands_.end(), [](const Command& c) {
      return c.message && c.message->delivery == Delivery::AtMostOnce &&
             c.message->retain == Retain::No;
    });
    if (fleeting == commands_.end()) return true;
    forgetWaiting(*fleeting->message);
    commands_.erase(fleeting);
    return false;
  }

  void forgetWaiting(const Message& message) {
    waitingBytes_ -= message.payload.size();
    --waiting_;
  }

  void unsubscribe(const std::string& filter, Id id) {
    std::lock_guard lock(mutex_);
    const auto entry = filters_.find(filter);
    if (entry == filters_.end()) return;
    entry->second.members.erase(id);
    if (!entry->second.members.empty()) return;
    filters_.erase(entry);
    std::erase_if(routes_, [&](const auto& route) { return route.second.filter == filter; });
    if (online_) {
      commands_.push_back({.kind = Command::Kind::Unsubscribe, .filter = filter});
      changed_.notify_all();
    }
  }

  // ---- Paho's callbacks ----

  void onMessage(const mqtt::const_message_ptr& message) {
    if (!message) return;
    Received received = fromPaho(*message);
    std::vector<std::pair<Id, Route>> routes;
    {
      std::lock_guard lock(mutex_);
      for (const Id id : received.subscriptions) {
        const auto route = routes_.find(id);
        if (route != routes_.end() && topicMatches(route->second.filter, received.message.topic)) {
          routes.emplace_back(*route);
        }
      }
    }
    if (routes.empty()) {
      dispatcher_.deliver(std::move(received.message));
      return;
    }
    for (const auto& [id, route] : routes) {
      if (route.single && received.message.retain == Retain::Yes) {
        dispatcher_.deliverTo(id, received.message);
      } else {
        dispatcher_.deliverToFilter(route.filter, received.message);
      }
    }
  }

  void noteLost(int code) {
    std::lock_guard lock(mutex_);
    if (!lostCode_ || *lostCode_ == 0) lostCode_ = code;
    online_ = false;
    changed_.notify_all();
  }

  void on_success(const mqtt::token& token) override { complete(token, true); }
  void on_failure(const mqtt::token& token) override { complete(token, false); }

  void complete(const mqtt::token& token, bool done) {
    const auto number = reinterpret_cast<std::uintptr_t>(token.get_user_context());
    const int code = token.get_reason_code();
    std::string complaint;
    {
      std::lock_guard lock(mutex_);
      switch (token.get_type()) {
        case mqtt::token::CONNECT:
          connected_ = done ? 0 : connectFailure(token);
          if (done) readLimits(token);
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

  /// The CONNACK's reason code, or -1 where none came.
  static int connectFailure(const mqtt::token& token) {
    for (const int code : {static_cast<int>(token.get_reason_code()), token.get_return_code()}) {
      if (code >= kFirstFailureCode && code < mqtt::MQTTPP_V3_CODE) return code;
    }
    return -1;
  }

  void readLimits(const mqtt::token& token) {
    largestPacket_ = 0;
    const mqtt::connect_response response = token.get_connect_response();
    const MQTTProperties& properties = response.get_properties().c_struct();
    for (int i = 0; i < properties.count; ++i) {
      if (properties.array[i].identifier == MQTTPROPERTY_CODE_MAXIMUM_PACKET_SIZE) {
        largestPacket_ = properties.array[i].value.integer4;
      }
    }
  }

  std::string completeSubscribe(Id id, bool done, int code) {
    subscribing_.erase(id);
    const auto route = routes_.find(id);
    if ((done && code < kFirstFailureCode) || route == routes_.end()) return {};
    return "The broker " + addressText(options_) + " does not let us listen to " +
           route->second.filter + ": " + reasonWords(code) + ".";
  }

  std::string completePublish(std::uint64_t number, bool done, int code) {
    const auto sent = sent_.find(number);
    if (sent == sent_.end()) return {};
    const auto message = sent->second;
    sent_.erase(sent);
    if (code >= kFirstFailureCode && code < mqtt::MQTTPP_V3_CODE) {
      return "The broker " + addressText(options_) + " does not take messages on " +
             message->topic + ": " + reasonWords(code) + ".";
    }
    if (!done && message->delivery == Delivery::AtLeastOnce) {
      putBack(message);
    }
    return {};
  }

  void putBack(const std::shared_ptr<const Message>& message) {
    commands_.push_front({.message = message});
    waitingBytes_ += message->payload.size();
    ++waiting_;
  }

  // ---- the link thread ----

  void setStatus(LinkState state, std::string reason, base::Duration pause = {}) {
    const base::Time now = clock_.now();
    dispatcher_.setStatus({.state = state,
                           .reason = std::move(reason),
                           .since = now,
                           .nextTry = pause.count() > 0 ? now + pause : base::Time{},
                           .connects = connects_});
  }

  void run(std::stop_token stop) {
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
  std::string endsAgainAndAgain() const {
    return "The broker " + addressText(options_) +
           " closes the connection again and again; perhaps another program uses this identity (" +
           options_.clientId + ").";
  }

  /// Nothing once connected, else why not.
  std::optional<Ending> connect(std::stop_token stop) {
    {
      std::lock_guard lock(mutex_);
      connected_.reset();
      lostCode_.reset();
    }
    const Ending noAnswer{LinkState::Lost, "No broker answers at " + addressText(options_) + "."};
    try {
      client_.connect(connectOptions(options_), nullptr, *this);
    } catch (const std::exception& error) {
      return Ending{LinkState::Lost, "The broker " + addressText(options_) +
                                         " cannot be reached: " + error.what() + "."};
    }
    int code = -1;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait_for(lock, stop, kAnswerPatience,
                             [this] { return connected_.has_value(); })) {
        return noAnswer;
      }
      code = *connected_;
    }
    if (code == 0) return std::nullopt;
    if (code > 0) {
      return Ending{isRefusal(code) ? LinkState::Refused : LinkState::Lost,
                    reasonSentence(code, options_)};
    }
    if (options_.tls) {
      if (std::string trouble = certificateTrouble(options_); !trouble.empty()) {
        return Ending{LinkState::Refused, std::move(trouble)};
      }
    }
    return noAnswer;
  }

  /// From the moment the connection stands until it ends.
  Ending serve(std::stop_token stop) {
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
      std::deque<Command> batch;
      {
        std::unique_lock lock(mutex_);
        const auto ready = [this] {
          return lostCode_ || (!commands_.empty() && sent_.size() < kMostUnderWay);
        };
        changed_.wait(lock, stop, ready);
        if (stop.stop_requested() || lostCode_) break;
        while (!commands_.empty() && sent_.size() + batch.size() < kMostUnderWay) {
          batch.push_back(std::move(commands_.front()));
          commands_.pop_front();
          if (batch.back().message) beginSending(batch.back());
        }
      }
      for (const Command& command : batch) tell(command);
      changed_.notify_all();
    }
    return endConnection();
  }

  void beginSending(Command& command) {
    forgetWaiting(*command.message);
    command.id = ++lastNumber_;
    sent_[command.id] = command.message;
  }

  /// All filters anew: the broker then sends their retained messages again.
  void renewSubscriptions(std::stop_token stop) {
    std::vector<Command> subscribes;
    {
      std::lock_guard lock(mutex_);
      std::erase_if(commands_, [](const Command& c) { return c.kind != Command::Kind::Publish; });
      routes_.clear();
      subscribing_.clear();
      for (const auto& [filter, entry] : filters_) {
        const Id id = nextId();
        routes_[id] = {filter, false};
        subscribing_.insert(id);
        subscribes.push_back({.kind = Command::Kind::Subscribe, .filter = filter, .id = id});
      }
      online_ = !lostCode_;
    }
    for (const Command& command : subscribes) tell(command);
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, stop, kAnswerPatience,
                      [this] { return subscribing_.empty() || lostCode_; });
  }

  void tell(const Command& command) {
    try {
      auto* number = reinterpret_cast<void*>(static_cast<std::uintptr_t>(command.id));
      switch (command.kind) {
        case Command::Kind::Publish:
          client_.publish(toPaho(*command.message), number, *this);
          break;
        case Command::Kind::Subscribe: {
          mqtt::properties properties;
          properties.add(
              {mqtt::property::SUBSCRIPTION_IDENTIFIER, static_cast<std::int32_t>(command.id)});
          client_.subscribe(command.filter, qosOf(command.filter), number, *this,
                            mqtt::subscribe_options(), properties);
          break;
        }
        case Command::Kind::Unsubscribe:
          client_.unsubscribe(command.filter);
          break;
      }
    } catch (const std::exception& error) {
      notTold(command, error.what());
    }
  }

  int qosOf(const std::string& filter) {
    std::lock_guard lock(mutex_);
    const auto entry = filters_.find(filter);
    return entry != filters_.end() && entry->second.delivery == Delivery::AtLeastOnce ? 1 : 0;
  }

  /// Paho did not take a command: mostly because the connection is just being lost.
  void notTold(const Command& command, const std::string& why) {
    base::logWarning("mqtt: " + why);
    std::lock_guard lock(mutex_);
    subscribing_.erase(command.id);
    // A message stays in sent_ and is put back when the connection has ended.
    if (!lostCode_) lostCode_ = 0;
    changed_.notify_all();
  }

  Ending endConnection() {
    try {
      if (client_.is_connected() && !thread_.get_stop_token().stop_requested()) {
        client_.disconnect(0)->wait_for(2s);
      }
    } catch (const mqtt::exception&) {
      // It ended by itself.
    }
    std::lock_guard lock(mutex_);
    online_ = false;
    if (options_.cleanStart) {
      for (auto sent = sent_.rbegin(); sent != sent_.rend(); ++sent) {
        if (sent->second->delivery == Delivery::AtLeastOnce) putBack(sent->second);
      }
      sent_.clear();
    } else {
      // Paho keeps these for the session and reports on them after the next connect.
      std::erase_if(sent_,
                    [](const auto& sent) { return sent.second->delivery == Delivery::AtMostOnce; });
    }
    const int code = lostCode_.value_or(0);
    if (code >= kFirstFailureCode) {
      return {isRefusal(code) ? LinkState::Refused : LinkState::Lost,
              reasonSentence(code, options_)};
    }
    return {LinkState::Lost, "The connection to the broker " + addressText(options_) + " broke."};
  }

  const MqttOptions options_;
  const base::SystemClock clock_;
  Dispatcher dispatcher_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Command> commands_;
  std::size_t waiting_ = 0;  ///< messages among the commands
  std::size_t waitingBytes_ = 0;
  std::map<std::uint64_t, std::shared_ptr<const Message>> sent_;  ///< not yet completed
  std::uint64_t lastNumber_ = 0;
  std::map<std::string, Filter> filters_;
  std::map<Id, Route> routes_;
  std::set<Id> subscribing_;
  Id lastId_ = 0;
  bool online_ = false;
  std::optional<int> connected_;  ///< outcome of the attempt: 0, a reason code, or -1
  std::optional<int> lostCode_;   ///< set while the connection is lost
  std::size_t largestPacket_ = 0;
  std::uint64_t connects_ = 0;
  mqtt::async_client client_;
  std::jthread thread_;
};

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
