#include "hubs/outbox.h"

#include <algorithm>

namespace hubs {

namespace {

constexpr std::size_t kMostWaitingDown = 256;
constexpr std::size_t kMostWaitingUp = 4096;
constexpr std::size_t kMostWaitingBytes = 64 << 20;

/// May be lost: nobody was promised anything.
bool isFleeting(const Message& message) {
  return message.delivery == Delivery::AtMostOnce && message.retain == Retain::No;
}

}  // namespace

base::Result<void> Outbox::add(Message message, Link link) {
  if (link == Link::Down && message.retain == Retain::Yes && replaceWaiting(message)) {
    return {};
  }
  if (isFull(message, link)) {
    return base::Error{base::ErrorCode::Unavailable, "too many messages wait for the broker"};
  }
  waitingBytes_ += message.payload.size();
  ++waiting_;
  commands_.push_back({.message = std::make_shared<const Message>(std::move(message))});
  return {};
}

void Outbox::addSubscribe(std::string filter, std::uint64_t identifier) {
  commands_.push_back(
      {.kind = LinkCommand::Kind::Subscribe, .filter = std::move(filter), .number = identifier});
}

void Outbox::addUnsubscribe(std::string filter) {
  commands_.push_back({.kind = LinkCommand::Kind::Unsubscribe, .filter = std::move(filter)});
}

bool Outbox::replaceWaiting(const Message& message) {
  for (LinkCommand& command : commands_) {
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

bool Outbox::isFull(const Message& message, Link link) {
  if (waitingBytes_ > kMostWaitingBytes) return true;
  if (waiting_ < (link == Link::Up ? kMostWaitingUp : kMostWaitingDown)) return false;
  if (isFleeting(message)) return true;
  const auto victim = std::find_if(commands_.begin(), commands_.end(), [](const LinkCommand& c) {
    return c.message && isFleeting(*c.message);
  });
  if (victim == commands_.end()) return true;
  forget(*victim->message);
  commands_.erase(victim);
  return false;
}

void Outbox::forget(const Message& message) {
  waitingBytes_ -= message.payload.size();
  --waiting_;
}

std::deque<LinkCommand> Outbox::takeBatch() {
  std::deque<LinkCommand> batch;
  while (canSend()) {
    LinkCommand command = std::move(commands_.front());
    commands_.pop_front();
    if (command.message) {
      forget(*command.message);
      command.number = ++lastNumber_;
      sent_[command.number] = command.message;
    }
    batch.push_back(std::move(command));
  }
  return batch;
}

std::shared_ptr<const Message> Outbox::complete(std::uint64_t number) {
  const auto sent = sent_.find(number);
  if (sent == sent_.end()) return nullptr;
  auto message = std::move(sent->second);
  sent_.erase(sent);
  return message;
}

void Outbox::putBack(std::shared_ptr<const Message> message) {
  waitingBytes_ += message->payload.size();
  ++waiting_;
  commands_.push_front({.message = std::move(message)});
}

void Outbox::dropSubscriptionChanges() {
  std::erase_if(commands_, [](const LinkCommand& c) { return !c.message; });
}

void Outbox::connectionEnded(Session session) {
  if (session == Session::Kept) {
    std::erase_if(sent_,
                  [](const auto& entry) { return entry.second->delivery == Delivery::AtMostOnce; });
    return;
  }
  for (auto sent = sent_.rbegin(); sent != sent_.rend(); ++sent) {
    if (sent->second->delivery == Delivery::AtLeastOnce) putBack(sent->second);
  }
  sent_.clear();
}

}  // namespace hubs
