// Prints what the wire carries: request and answer with and without TCP_NODELAY, and readings a
// second from sample blocks into the source table. Starts a broker of its own. Run by hand in a
// release build; figures are compared side by side, never asserted.

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
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
#include "sensors/source.h"

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

/// A node that sends blocks of `rows` x 6 readings, and the source table they reach.
class Load {
 public:
  Load(const hubs::PrivateBroker& broker, std::size_t rows)
      : bench_(connected(broker.optionsFor("bench"))),
        home_(connected(broker.optionsFor("home"))),
        block_{.boot = 1,
               .rate = 1e6,
               .rows = rows,
               .channels = 6,
               .values = std::vector<float>(rows * 6, 123)} {
    nlohmann::json about = nlohmann::json::parse(
        R"({"v":1,"name":"Load","streams":[{"id":"imu","kind":"imu","rates":[1000000],
            "channels":[]}]})");
    for (const char* id : {"ax", "ay", "az", "gx", "gy", "gz"}) {
      about["streams"][0]["channels"].push_back({{"id", id}, {"scale", 0.001}});
    }
    say("about", hubs::toJsonBytes(about));
    say("state", hubs::toBytes("online"));
    while (!(source_ = sources_.find("load/imu"))) {
      std::this_thread::sleep_for(1ms);
    }
  }

  void send(int i) {
    block_.sequence = static_cast<std::uint64_t>(i);
    block_.timeMicros = static_cast<std::int64_t>(secondsSince(begin_) * 1e6);
    const base::Bytes bytes = hubs::encodeCbor(block_, hubs::SampleType::I16);
    while (!home_->publish({.topic = topics_.node("load", "stream/imu"), .payload = bytes})) {
      home_->flush(1s);
    }
  }
  /// Until all `blocks` arrived, or nothing more comes for a second. Returns when the last did.
  SteadyClock::time_point finish(int blocks) {
    home_->flush(30s);
    auto last = SteadyClock::now();
    std::uint64_t seen = 0;
    while (seen < static_cast<std::uint64_t>(blocks) && secondsSince(last) < 1) {
      std::this_thread::sleep_for(1ms);
      if (const auto now = counts().blocks; now != seen) {
        seen = now;
        last = SteadyClock::now();
      }
    }
    return last;
  }
  sensors::StreamCounts counts() const { return source_->counts(); }

 private:
  void say(const char* of, base::Bytes payload) {
    (void)home_->publish({.topic = topics_.node("load", of),
                          .payload = std::move(payload),
                          .delivery = hubs::Delivery::AtLeastOnce,
                          .retain = hubs::Retain::Yes});
  }

  const SteadyClock::time_point begin_ = SteadyClock::now();
  const std::unique_ptr<Bus> bench_;
  const std::unique_ptr<Bus> home_;
  sensors::SourceTable sources_;
  const base::SystemClock clock_;
  const hubs::Topics topics_{"bench"};
  hubs::NodeDirectory directory_{*bench_, topics_, "wb1", sources_, clock_, {}};
  std::shared_ptr<sensors::SourceStream> source_;
  hubs::SampleBlock block_;
};

/// As fast as they go.
void burst(const hubs::PrivateBroker& broker, std::size_t rows, int blocks) {
  Load load(broker, rows);
  const auto begin = SteadyClock::now();
  for (int i = 0; i < blocks; ++i) load.send(i);
  const auto last = load.finish(blocks);
  const double seconds = std::chrono::duration<double>(last - begin).count();
  const auto counts = load.counts();
  std::printf("%4zu rows x 6, %6d blocks %18.0f %14.0f %10llu\n", rows, blocks,
              static_cast<double>(counts.readings) / seconds,
              static_cast<double>(counts.blocks) / seconds,
              static_cast<unsigned long long>(counts.lostBlocks));
}

/// At an even pace of `perSecond` readings for `seconds`; says every ten seconds how far what
/// arrived is behind what was sent.
void sustained(const hubs::PrivateBroker& broker, double perSecond, double seconds) {
  constexpr std::size_t kRows = 50;
  constexpr double kSay = 10;  // seconds
  Load load(broker, kRows);
  const auto blocks = static_cast<int>(perSecond * seconds / (kRows * 6));
  const auto step = std::chrono::duration_cast<SteadyClock::duration>(
      std::chrono::duration<double>(kRows * 6 / perSecond));
  const auto begin = SteadyClock::now();
  double said = kSay;
  std::uint64_t mostBehind = 0;
  for (int i = 0; i < blocks; ++i) {
    std::this_thread::sleep_until(begin + i * step);  // the pace is what is measured
    load.send(i);
    const auto behind = static_cast<std::uint64_t>(i + 1) - load.counts().blocks;
    mostBehind = std::max(mostBehind, behind);
    if (secondsSince(begin) < said) continue;
    std::printf("  after %4.0f s: %llu of %d blocks are on their way\n", said,
                static_cast<unsigned long long>(behind), i + 1);
    said += kSay;
  }
  const auto last = load.finish(blocks);
  const double took = std::chrono::duration<double>(last - begin).count();
  const auto counts = load.counts();
  std::printf(
      "%.0f readings/s for %.0f s: %llu of %d blocks arrived, %llu lost, at most %llu (%.0f ms) "
      "on their way\n",
      static_cast<double>(counts.readings) / took, took,
      static_cast<unsigned long long>(counts.blocks), blocks,
      static_cast<unsigned long long>(counts.lostBlocks),
      static_cast<unsigned long long>(mostBehind),
      static_cast<double>(mostBehind) * kRows * 6 / perSecond * 1e3);
}

}  // namespace

int main(int count, char** words) {
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
  burst(**broker, 10, 20'000);
  burst(**broker, 50, 20'000);
  burst(**broker, 400, 5'000);
  std::printf("\nat an even pace\n");
  sustained(**broker, 250'000, count > 1 ? std::atof(words[1]) : 20);
  return 0;
}
