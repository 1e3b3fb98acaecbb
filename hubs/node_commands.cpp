#include "hubs/node_commands.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"

namespace hubs {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostUnanswered = 4096;
constexpr std::int64_t kFirstRefusal = 400;

}  // namespace

NodeCommands::NodeCommands(Bus& bus, Topics topics, std::string benchId)
    : bus_(bus),
      topics_(std::move(topics)),
      replyTopic_(topics_.bench(benchId, "reply")),
      idPrefix_(base::randomHex(4) + "-") {
  for (const std::string& topic : {topics_.node("+", "cmd/reply"), replyTopic_}) {
    subscriptions_.push_back(
        bus_.subscribe(topic, Delivery::AtLeastOnce, [this](const Message& m) { takeReply(m); }));
  }
  thread_ = std::jthread([this](std::stop_token stop) { watchDeadlines(stop); });
}

NodeCommands::~NodeCommands() { subscriptions_.clear(); }

void NodeCommands::send(const std::string& node, const std::string& op, const Json& args,
                        Reply reply, base::Duration patience) {
  std::string id;
  {
    std::lock_guard lock(mutex_);
    if (unanswered_.size() < kMostUnanswered) {
      const auto deadline = SteadyClock::now() + patience;
      id = idPrefix_ + std::to_string(++last_);
      unanswered_[id] = {deadline, node + ": " + op, reply};
      if (deadline < nextLook_) {
        nextLook_ = deadline;
        changed_.notify_all();
      }
    }
  }
  if (id.empty()) {
    if (reply) {
      reply(base::Error{base::ErrorCode::Unavailable, "too many commands are unanswered"});
    }
    return;
  }
  Message message;
  message.topic = topics_.node(node, "cmd");
  message.delivery = Delivery::AtLeastOnce;
  message.payload = toJsonBytes({{"id", id}, {"op", op}, {"args", args}});
  message.responseTopic = replyTopic_;
  message.correlation = toBytes(id);
  message.expirySeconds =
      static_cast<std::uint32_t>(std::max(1.0, std::ceil(base::toSeconds(patience))));
  if (const auto sent = bus_.publish(std::move(message)); !sent) {
    {
      std::lock_guard lock(mutex_);
      if (unanswered_.erase(id) == 0) return;
    }
    if (reply) reply(sent.error());
  }
}

void NodeCommands::takeReply(const Message& message) {
  const auto json = parseJson(message.payload);
  if (!json) return;
  Unanswered command;
  {
    std::lock_guard lock(mutex_);
    const auto found = unanswered_.find(textField(*json, "id"));
    if (found == unanswered_.end()) return;  // another workbench's, or too late
    command = std::move(found->second);
    unanswered_.erase(found);
  }
  if (!command.reply) return;
  const std::int64_t code = integerField(*json, "code", 500);
  if (code >= kFirstRefusal) {
    const std::string reason = textField(*json, "msg", "code " + std::to_string(code));
    command.reply(base::Error{base::ErrorCode::Refused, command.what + ": " + reason});
    return;
  }
  const auto result = json->find("result");
  const base::Bytes text = toJsonBytes(result == json->end() ? Json() : *result);
  command.reply(std::string(text.begin(), text.end()));
}

void NodeCommands::watchDeadlines(std::stop_token stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const auto now = SteadyClock::now();
    auto next = SteadyClock::time_point::max();
    std::vector<Unanswered> late;
    std::erase_if(unanswered_, [&](auto& entry) {
      if (entry.second.deadline > now) {
        next = std::min(next, entry.second.deadline);
        return false;
      }
      late.push_back(std::move(entry.second));
      return true;
    });
    if (!late.empty()) {
      lock.unlock();
      for (const Unanswered& command : late) {
        if (command.reply) {
          command.reply(
              base::Error{base::ErrorCode::Timeout, command.what + ": no answer in time"});
        }
      }
      lock.lock();
      continue;
    }
    nextLook_ = next;
    const auto sooner = [&] { return nextLook_ < next; };
    if (next == SteadyClock::time_point::max()) {
      changed_.wait(lock, stop, sooner);
    } else {
      changed_.wait_until(lock, stop, next, sooner);
    }
  }
}

}  // namespace hubs
