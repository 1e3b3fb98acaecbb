#include "hubs/blob_transfer.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <nlohmann/json.hpp>
#include <thread>

#include "hubs/blob_files.h"
#include "hubs/codec.h"
#include "sensors/base/log.h"

namespace hubs {

namespace {

using Json = nlohmann::json;
using SteadyClock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t kUnderWay = 8;
constexpr std::size_t kMostRequests = 1024;
constexpr std::size_t kMostReceived = 64;
constexpr auto kShortestPatience = 200ms;  ///< before a block is asked for again
constexpr int kRoundTrips = 4;
constexpr int kWrongBlocks = 2;
constexpr CodecLimits kControlLimits{.bytes = 64 * 1024, .depth = 8, .keys = 1000};
constexpr CodecLimits kBlockLimits{.bytes = 256 * 1024, .depth = 4, .keys = 100};

/// A block of a blob somebody asked us for.
struct Request {
  std::string to;
  std::string id;
  std::uint64_t index = 0;
  std::uint32_t block = 0;
};

struct ReceivedBlock {
  std::string id;
  std::uint64_t index = 0;
  base::Bytes bytes;
};

/// One blob being fetched. Worker thread only, but for what starts it.
struct Fetch {
  std::unique_ptr<PartialBlob> part;
  std::vector<BlobTransfer::Done> done;
  std::vector<BlobTransfer::Progress> progress;
  base::Duration patience{0};
  SteadyClock::time_point lastHeard;
  std::map<std::size_t, SteadyClock::time_point> asked;
  base::Duration roundTrip{0};
  int wrong = 0;
};

}  // namespace

/// The bus thread only takes messages into two bounded queues; the worker thread reads and writes
/// files, checks hashes and calls back.
struct BlobTransfer::Impl {
  Bus& bus;
  const std::string getTopic;
  const std::string blockTopic;
  const std::string self;
  const BlobFiles& files;

  std::mutex mutex;
  std::condition_variable_any changed;
  std::deque<Request> requests;
  std::deque<ReceivedBlock> received;
  std::deque<std::pair<BlobDescriptor, Fetch>> starting;

  std::map<std::string, Fetch> fetches;  ///< worker thread only
  std::vector<SubscriptionPtr> subscriptions;
  std::jthread thread;

  Impl(Bus& theBus, const Topics& topics, const std::string& worker, std::string theSelf,
       const BlobFiles& theFiles)
      : bus(theBus),
        getTopic(topics.blob(worker, "get")),
        blockTopic(topics.blob(worker, "blk")),
        self(std::move(theSelf)),
        files(theFiles) {
    subscriptions.push_back(bus.subscribe(getTopic, Delivery::AtLeastOnce,
                                          [this](const Message& m) { takeRequest(m); }));
    subscriptions.push_back(bus.subscribe(blockTopic, Delivery::AtLeastOnce,
                                          [this](const Message& m) { takeBlock(m); }));
    thread = std::jthread([this](std::stop_token stop) { run(stop); });
  }

  ~Impl() {
    subscriptions.clear();
    thread.request_stop();
    thread.join();
    const base::Error cancelled{base::ErrorCode::Cancelled, "the transfer was ended"};
    for (auto& [descriptor, fetch] : starting) end(fetch, cancelled);
    for (auto& [id, fetch] : fetches) end(fetch, cancelled);
  }

  // ---- bus thread ----

  bool isForUs(const Json& map) const {
    return map.is_object() && integerField(map, "v") == 1 && textField(map, "src") != self &&
           textField(map, "to", self) == self;
  }

  void takeRequest(const Message& message) {
    const auto map = parseCbor(message.payload, kControlLimits);
    if (!map || !isForUs(*map)) return;
    const base::Bytes* id = bytesField(*map, "id");
    const auto ranges = map->find("ranges");
    const std::int64_t block = integerField(*map, "block", 131'072);
    if (!id || id->size() != 32 || ranges == map->end() || !ranges->is_array() || block < 1 ||
        block > kLargestBlock) {
      return;
    }
    std::lock_guard lock(mutex);
    std::size_t taken = 0;
    for (const Json& range : *ranges) {
      if (!range.is_array() || range.size() != 2 || !range[0].is_number_unsigned() ||
          !range[1].is_number_unsigned()) {
        return;
      }
      const auto end = std::min<std::uint64_t>(range[1].get<std::uint64_t>(), kMostBlobBlocks);
      for (auto i = range[0].get<std::uint64_t>(); i < end && taken < kUnderWay; ++i, ++taken) {
        // Full: the receiver asks again.
        if (requests.size() >= kMostRequests) return;
        requests.push_back(
            {textField(*map, "src"), toHex(*id), i, static_cast<std::uint32_t>(block)});
      }
    }
    changed.notify_all();
  }

  void takeBlock(const Message& message) {
    const auto map = parseCbor(message.payload, kBlockLimits);
    if (!map || !isForUs(*map)) return;
    const base::Bytes* id = bytesField(*map, "id");
    const base::Bytes* bytes = bytesField(*map, "d");
    const std::int64_t index = integerField(*map, "i", -1);
    if (!id || !bytes || index < 0) return;
    std::lock_guard lock(mutex);
    if (received.size() >= kMostReceived) return;  // asked for again
    received.push_back({toHex(*id), static_cast<std::uint64_t>(index), *bytes});
    changed.notify_all();
  }

  // ---- worker thread ----

  void run(std::stop_token stop) {
    while (!stop.stop_requested()) {
      std::deque<Request> asked;
      std::deque<ReceivedBlock> blocks;
      std::deque<std::pair<BlobDescriptor, Fetch>> fresh;
      {
        std::unique_lock lock(mutex);
        const auto ready = [this] {
          return !requests.empty() || !received.empty() || !starting.empty();
        };
        if (fetches.empty()) {
          changed.wait(lock, stop, ready);
        } else {
          changed.wait_until(lock, stop, nextLook(), ready);
        }
        if (stop.stop_requested()) return;
        asked.swap(requests);
        blocks.swap(received);
        fresh.swap(starting);
      }
      for (auto& [descriptor, fetch] : fresh) begin(descriptor, std::move(fetch));
      for (const ReceivedBlock& block : blocks) take(block);
      for (const Request& request : asked) answer(request);
      look();
    }
  }

  void answer(const Request& request) {
    const auto bytes = files.block(request.id, request.index, request.block);
    if (!bytes) return;
    Message message;
    message.topic = blockTopic;
    message.delivery = Delivery::AtLeastOnce;
    message.contentType = "application/cbor";
    message.payload = toCbor({{"v", 1},
                              {"src", self},
                              {"to", request.to},
                              {"id", Json::binary(fromHex(request.id))},
                              {"i", request.index},
                              {"d", Json::binary(*bytes)}});
    (void)bus.publish(std::move(message));  // refused: the receiver asks again
  }

  void begin(const BlobDescriptor& descriptor, Fetch fetch) {
    if (files.has(descriptor.id)) return end(fetch, {});
    const auto running = fetches.find(descriptor.id);
    if (running != fetches.end()) {
      Fetch& other = running->second;
      other.patience = std::max(other.patience, fetch.patience);
      std::move(fetch.done.begin(), fetch.done.end(), std::back_inserter(other.done));
      std::move(fetch.progress.begin(), fetch.progress.end(), std::back_inserter(other.progress));
      return;
    }
    if (const auto ok = files.admit(descriptor); !ok) return end(fetch, ok);
    fetch.part = std::make_unique<PartialBlob>(files, descriptor);
    if (const auto ok = fetch.part->open(); !ok) return end(fetch, ok);
    fetch.lastHeard = SteadyClock::now();
    if (fetch.part->isComplete()) return end(fetch, fetch.part->finish());
    Fetch& added = fetches.emplace(descriptor.id, std::move(fetch)).first->second;
    tellProgress(added);
    ask(added);
  }

  void take(const ReceivedBlock& block) {
    const auto found = fetches.find(block.id);
    if (found == fetches.end()) return;
    Fetch& fetch = found->second;
    const auto added = fetch.part->add(block.index, block.bytes);
    if (!added && added.error().code == base::ErrorCode::Corrupt) {
      base::logWarning(added.error().message);
      fetch.asked.erase(block.index);
      if (++fetch.wrong < kWrongBlocks) return ask(fetch);
    }
    if (!added) return finish(block.id, added.error());
    if (!*added) return;
    const auto now = SteadyClock::now();
    if (const auto asked = fetch.asked.find(block.index); asked != fetch.asked.end()) {
      fetch.roundTrip = std::max<base::Duration>(now - asked->second, fetch.roundTrip * 7 / 8);
      fetch.asked.erase(asked);
    }
    fetch.lastHeard = now;
    tellProgress(fetch);
    if (fetch.part->isComplete()) return finish(block.id, fetch.part->finish());
    ask(fetch);
  }

  static base::Duration repeatAfter(const Fetch& fetch) {
    return std::max<base::Duration>(kShortestPatience, fetch.roundTrip * kRoundTrips);
  }

  /// Asks for missing blocks until eight are under way.
  void ask(Fetch& fetch) {
    const auto now = SteadyClock::now();
    std::erase_if(fetch.asked, [&](const auto& asked) {
      return now - asked.second >= repeatAfter(fetch) || fetch.part->has(asked.first);
    });
    if (fetch.asked.size() >= kUnderWay) return;
    Json ranges = Json::array();
    for (const std::size_t index : fetch.part->missing(2 * kUnderWay)) {
      if (fetch.asked.size() >= kUnderWay) break;
      if (fetch.asked.contains(index)) continue;
      fetch.asked[index] = now;
      ranges.push_back({index, index + 1});
    }
    if (ranges.empty()) return;
    Message message;
    message.topic = getTopic;
    message.delivery = Delivery::AtLeastOnce;
    message.contentType = "application/cbor";
    message.payload = toCbor({{"v", 1},
                              {"src", self},
                              {"id", Json::binary(fromHex(fetch.part->descriptor().id))},
                              {"block", fetch.part->descriptor().block},
                              {"window", kUnderWay},
                              {"ranges", std::move(ranges)}});
    (void)bus.publish(std::move(message));  // refused: asked again after a while
  }

  SteadyClock::time_point nextLook() const {
    auto next = SteadyClock::time_point::max();
    for (const auto& [id, fetch] : fetches) {
      next = std::min(next, fetch.lastHeard + fetch.patience);
      for (const auto& [index, when] : fetch.asked) {
        next = std::min(next, when + repeatAfter(fetch));
      }
    }
    return next;
  }

  void look() {
    const auto now = SteadyClock::now();
    std::vector<std::string> silent;
    for (auto& [id, fetch] : fetches) {
      if (now - fetch.lastHeard >= fetch.patience) {
        silent.push_back(id);
      } else {
        ask(fetch);
      }
    }
    for (const std::string& id : silent) {
      finish(id, base::Error{base::ErrorCode::Timeout, "nobody sends the blob " + id.substr(0, 8)});
    }
  }

  static void tellProgress(const Fetch& fetch) {
    for (const Progress& progress : fetch.progress) {
      progress(fetch.part->bytes(), fetch.part->descriptor().size);
    }
  }

  void finish(const std::string& id, const base::Result<void>& result) {
    Fetch fetch = std::move(fetches.extract(id).mapped());
    end(fetch, result);
  }

  static void end(Fetch& fetch, const base::Result<void>& result) {
    fetch.part.reset();
    for (const Done& done : fetch.done) {
      if (done) done(result);
    }
  }
};

BlobTransfer::BlobTransfer(Bus& bus, Topics topics, std::string worker, std::string self,
                           BlobStore& store)
    : impl_(std::make_unique<Impl>(bus, topics, worker, std::move(self), store.impl_->files)) {}

BlobTransfer::~BlobTransfer() = default;

void BlobTransfer::fetch(const BlobDescriptor& descriptor, Done done, Progress progress,
                         base::Duration patience) {
  Fetch fetch;
  fetch.done.push_back(std::move(done));
  if (progress) fetch.progress.push_back(std::move(progress));
  fetch.patience = std::clamp<base::Duration>(patience, 1ms, 24h);
  {
    std::lock_guard lock(impl_->mutex);
    impl_->starting.emplace_back(descriptor, std::move(fetch));
  }
  impl_->changed.notify_all();
}

}  // namespace hubs
