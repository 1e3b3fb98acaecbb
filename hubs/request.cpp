#include "hubs/request.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace hubs {

namespace {

using SteadyClock = std::chrono::steady_clock;
constexpr std::size_t kMostOutstanding = 4096;

struct Waiting {
  SteadyClock::time_point deadline;
  std::string topic;
  Requester::Reply reply;
};

base::Bytes correlationOf(std::uint64_t number) {
  base::Bytes bytes(8);
  for (std::uint8_t& byte : bytes) {
    byte = static_cast<std::uint8_t>(number);
    number >>= 8;
  }
  return bytes;
}

}  // namespace

struct Requester::Impl {
  Bus& bus;
  const std::string replyTopic;
  mutable std::mutex mutex;
  std::condition_variable_any changed;
  std::map<base::Bytes, Waiting> waiting;
  std::uint64_t lastNumber = 0;
  SteadyClock::time_point nextLook = SteadyClock::time_point::max();  ///< when the timer wakes
  SubscriptionPtr subscription;
  std::jthread timer;

  Impl(Bus& theBus, std::string topic) : bus(theBus), replyTopic(std::move(topic)) {
    subscription = bus.subscribe(replyTopic, Delivery::AtLeastOnce,
                                 [this](const Message& message) { take(message); });
    timer = std::jthread([this](std::stop_token stop) { watchDeadlines(stop); });
  }

  void take(const Message& message) {
    Reply reply;
    {
      std::lock_guard lock(mutex);
      const auto found = waiting.find(message.correlation);
      if (found == waiting.end()) return;  // answered before, or too late
      reply = std::move(found->second.reply);
      waiting.erase(found);
    }
    reply(message);
  }

  void watchDeadlines(std::stop_token stop) {
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      const auto now = SteadyClock::now();
      auto next = SteadyClock::time_point::max();
      std::vector<Waiting> late;
      for (auto entry = waiting.begin(); entry != waiting.end();) {
        if (entry->second.deadline <= now) {
          late.push_back(std::move(entry->second));
          entry = waiting.erase(entry);
        } else {
          next = std::min(next, entry->second.deadline);
          ++entry;
        }
      }
      if (!late.empty()) {
        lock.unlock();
        for (Waiting& request : late) {
          request.reply(
              base::Error{base::ErrorCode::Timeout, "no answer on " + request.topic + " in time"});
        }
        lock.lock();
        continue;
      }
      nextLook = next;
      const auto sooner = [&] { return nextLook < next; };
      if (next == SteadyClock::time_point::max()) {
        changed.wait(lock, stop, sooner);
      } else {
        changed.wait_until(lock, stop, next, sooner);
      }
    }
  }
};

Requester::Requester(Bus& bus, std::string replyTopic)
    : impl_(std::make_unique<Impl>(bus, std::move(replyTopic))) {}
Requester::~Requester() { impl_->subscription.reset(); }

void Requester::send(Message message, base::Duration patience, Reply reply) {
  base::Bytes correlation;
  bool sooner = false;
  {
    std::lock_guard lock(impl_->mutex);
    if (impl_->waiting.size() < kMostOutstanding) {
      const auto deadline = SteadyClock::now() + patience;
      correlation = correlationOf(++impl_->lastNumber);
      impl_->waiting[correlation] = {deadline, message.topic, reply};
      sooner = deadline < impl_->nextLook;
      if (sooner) impl_->nextLook = deadline;
    }
  }
  if (correlation.empty()) {
    reply(base::Error{base::ErrorCode::Unavailable, "too many requests are unanswered"});
    return;
  }
  if (sooner) impl_->changed.notify_all();
  message.responseTopic = impl_->replyTopic;
  message.correlation = correlation;
  const auto sent = impl_->bus.publish(std::move(message));
  if (sent) return;
  {
    std::lock_guard lock(impl_->mutex);
    if (impl_->waiting.erase(correlation) == 0) return;
  }
  reply(sent.error());
}

std::size_t Requester::outstanding() const {
  std::lock_guard lock(impl_->mutex);
  return impl_->waiting.size();
}

Message replyTo(const Message& request, base::Bytes payload) {
  Message reply;
  reply.topic = request.responseTopic;
  reply.correlation = request.correlation;
  reply.delivery = request.delivery;
  reply.payload = std::move(payload);
  return reply;
}

}  // namespace hubs
