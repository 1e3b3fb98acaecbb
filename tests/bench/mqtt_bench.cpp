// Prints what the wire carries: request and answer with and without TCP_NODELAY, and readings a
// second from sample blocks into the source table. Starts a broker of its own. Run by hand in a
// release build; figures are compared side by side, never asserted.

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>
#include <vector>

#include "hubs/codec.h"
#include "hubs/mqtt_bus.h"
#include "hubs/node_directory.h"
#include "hubs/private_broker.h"
#include "hubs/request.h"
#include "hubs/sample_block.h"

namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;
using hubs::Bus;
using hubs::Message;

double secondsSince(SteadyClock::time_point begin) {
  return std::chrono::duration<double>(SteadyClock::now() - begin).count();
}

std::unique_ptr<Bus> connected(const hubs::MqttOptions& options) {
  auto bus = hubs::makeMqttBus(options);
  if (!bus || !hubs::waitOnline(**bus, 10s)) {
    std::fprintf(stderr, "no connection to the broker\n");
    std::exit(1);
  }
  return std::move(*bus);
}

/// Waits until `done` or 30 s have passed.
class Gate {
 public:
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  bool wait() {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 30s, [this] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

/// Round trips of 4 KiB requests sent every 2 ms at QoS 0, in milliseconds, sorted.
std::vector<double> roundTrips(const hubs::PrivateBroker& broker, bool noDelay, int count) {
  hubs::MqttOptions options = broker.optionsFor("bench");
  options.noDelay = noDelay;
  const auto server = connected(options);
  const auto client = connected(options);
  const auto serving = server->subscribe(
      "mimosa/1/bench/ask", hubs::Delivery::AtMostOnce, [&](const Message& request) {
        (void)server->publish(hubs::replyTo(request, request.payload));
      });
  hubs::Requester requester(*client, "mimosa/1/bench/answers");
  Gate warm;
  requester.send({.topic = "mimosa/1/bench/ask", .payload = {1}}, 5s,
                 [&](const base::Result<Message>&) { warm.open(); });
  warm.wait();

  std::mutex mutex;
  std::vector<double> times;
  Gate done;
  auto next = SteadyClock::now();
  for (int i = 0; i < count; ++i) {
    std::this_thread::sleep_until(next += 2ms);  // the pace is what is measured
    const auto begin = SteadyClock::now();
    requester.send({.topic = "mimosa/1/bench/ask", .payload = base::Bytes(4096, 1)}, 10s,
                   [&, begin](const base::Result<Message>& answer) {
                     std::lock_guard lock(mutex);
                     times.push_back(answer ? 1e3 * secondsSince(begin) : 1e4);
                     if (times.size() == static_cast<std::size_t>(count)) done.open();
                   });
  }
  done.wait();
  std::lock_guard lock(mutex);
  std::sort(times.begin(), times.end());
  return times;
}

void printRoundTrips(const char* name, const std::vector<double>& times) {
  const auto at = [&](double share) {
    return times[std::min(times.size() - 1,
                          static_cast<std::size_t>(share * static_cast<double>(times.size())))];
  };
  std::printf("%-34s %10.2f %10.2f %10.2f\n", name, at(0.5), at(0.99), times.back());
}

/// Sends `blocks` blocks of `rows` x 6 readings as one node would, as fast as they go.
void readings(const hubs::PrivateBroker& broker, std::size_t rows, int blocks) {
  const auto bench = connected(broker.optionsFor("bench"));
  const auto home = connected(broker.optionsFor("home"));
  sensors::SourceTable sources;
  const base::SystemClock clock;
  const hubs::Topics topics("bench");
  hubs::NodeDirectory directory(*bench, topics, "wb1", sources, clock, {});
  nlohmann::json about = nlohmann::json::parse(
      R"({"v":1,"name":"Load","streams":[{"id":"imu","kind":"imu","rates":[1000000],
          "channels":[]}]})");
  for (const char* id : {"ax", "ay", "az", "gx", "gy", "gz"}) {
    about["streams"][0]["channels"].push_back({{"id", id}, {"scale", 0.001}});
  }
  (void)home->publish({.topic = topics.node("load", "about"),
                       .payload = hubs::toJsonBytes(about),
                       .delivery = hubs::Delivery::AtLeastOnce,
                       .retain = hubs::Retain::Yes});
  (void)home->publish({.topic = topics.node("load", "state"),
                       .payload = hubs::toBytes("online"),
                       .delivery = hubs::Delivery::AtLeastOnce,
                       .retain = hubs::Retain::Yes});
  std::shared_ptr<sensors::SourceStream> source;
  while (!(source = sources.find("load/imu"))) {
    std::this_thread::sleep_for(1ms);
  }
  hubs::SampleBlock block{.boot = 1,
                          .rate = 1e6,
                          .rows = rows,
                          .channels = 6,
                          .values = std::vector<float>(rows * 6, 123)};
  const auto begin = SteadyClock::now();
  for (int i = 0; i < blocks; ++i) {
    block.sequence = static_cast<std::uint64_t>(i);
    block.timeMicros = static_cast<std::int64_t>(secondsSince(begin) * 1e6);
    const base::Bytes bytes = hubs::encodeCbor(block, hubs::SampleType::I16);
    while (!home->publish({.topic = topics.node("load", "stream/imu"), .payload = bytes})) {
      home->flush(1s);
    }
  }
  home->flush(30s);
  auto last = SteadyClock::now();
  std::uint64_t seen = 0;
  // Until all arrived, or nothing more comes for a second.
  while (seen < static_cast<std::uint64_t>(blocks) && secondsSince(last) < 1) {
    std::this_thread::sleep_for(1ms);
    if (const auto now = source->counts().blocks; now != seen) {
      seen = now;
      last = SteadyClock::now();
    }
  }
  const double seconds = std::chrono::duration<double>(last - begin).count();
  const auto counts = source->counts();
  std::printf("%4zu rows x 6, %6d blocks %18.0f %14.0f %10llu\n", rows, blocks,
              static_cast<double>(counts.readings) / seconds,
              static_cast<double>(counts.blocks) / seconds,
              static_cast<unsigned long long>(counts.lostBlocks));
}

}  // namespace

int main() {
  auto broker = hubs::PrivateBroker::open();
  if (!broker) {
    std::fprintf(stderr, "%s\n", broker.error().message.c_str());
    return 1;
  }
  std::printf("request and answer, QoS 0, 4 KiB every 2 ms     (milliseconds)\n");
  std::printf("%-34s %10s %10s %10s\n", "", "p50", "p99", "max");
  printRoundTrips("without TCP_NODELAY", roundTrips(**broker, false, 1000));
  printRoundTrips("with TCP_NODELAY", roundTrips(**broker, true, 1000));
  std::printf("\nsample blocks into the source table %16s %14s %10s\n", "readings/s", "blocks/s",
              "lost");
  readings(**broker, 10, 20'000);
  readings(**broker, 50, 20'000);
  readings(**broker, 400, 5'000);
  return 0;
}
