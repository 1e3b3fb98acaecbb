#pragma once
// A bench and a worker in one process, over a bus in memory; and scripted ends that say exactly
// what a test wants said.

#include "app/training/messages.h"
#include "app/training/worker_directory.h"
#include "app/training/worker_service.h"
#include "hubs/memory_bus.h"
#include "tests/app/training/training_house.h"
#include "tests/support/manual_clock.h"

namespace training {

inline constexpr const char* kWorker = "attic";
inline constexpr const char* kBench = "wb-1";

/// The room everybody speaks in, and what is common to all.
struct House {
  std::shared_ptr<hubs::MemoryRoom> room = hubs::makeMemoryRoom();
  support::ManualClock clock{{1'700'000'000'000'000'000}};
  hubs::Topics topics{"home"};
  std::shared_ptr<GatedLearner> gate = std::make_shared<GatedLearner>();
  learners::LearnerMap learners = [this] {
    auto all = plugins::builtIn().learners;
    all["gated"] = gate;
    return all;
  }();
  Folder folder;

  learners::EnsembleRecipe gatedRecipe() const {
    auto recipe = quickRecipe();
    recipe.learners = {"logistic", "gated"};
    return recipe;
  }
};

/// A worker service whose training runs on a thread of this process.
class HouseWorker {
 public:
  explicit HouseWorker(House& house, const std::string& id = kWorker)
      : bus_(hubs::makeMemoryBus(house.room)) {
    auto started = app::WorkerService::start(*bus_,
                                             {.id = id,
                                              .name = "Attic Pi",
                                              .site = "home",
                                              .folder = house.folder.path() / id,
                                              .memoryLimitBytes = 0,
                                              .program = {}},
                                             house.learners, house.clock);
    if (!started) {
      ADD_FAILURE() << started.error().message;
      return;
    }
    service_ = std::move(*started);
  }

 private:
  std::unique_ptr<hubs::Bus> bus_;
  std::unique_ptr<app::WorkerService> service_;
};

/// A directory with its blob store.
class HouseBench {
 public:
  explicit HouseBench(House& house) : house_(house), bus_(hubs::makeMemoryBus(house.room)) {
    auto store = hubs::BlobStore::open(house.folder.path() / "bench");
    EXPECT_TRUE(store);
    blobs_ = std::move(*store);
    directory_ =
        std::make_unique<app::WorkerDirectory>(*bus_, house.topics, kBench, 3, *blobs_,
                                               house.learners, house.clock, [this] { ++changes_; });
  }

  app::WorkerDirectory& directory() { return *directory_; }
  int changes() const { return changes_; }
  std::optional<app::WorkerView> view(const std::string& id = kWorker) const {
    for (auto& one : directory_->workers()) {
      if (one.id == id) return one;
    }
    return {};
  }
  bool waitOnline(const std::string& id = kWorker) const {
    return support::waitUntil([&] {
      const auto seen = view(id);
      return seen && seen->online;
    });
  }
  base::Result<void> deploy(const std::string& model, const learners::EnsemblePtr& ensemble) {
    std::mutex mutex;
    std::optional<base::Result<void>> result;
    directory_->deploy(kWorker, model, ensemble, [&](base::Result<void> done) {
      const std::lock_guard lock(mutex);
      result = std::move(done);
    });
    support::waitUntil(
        [&] {
          const std::lock_guard lock(mutex);
          return result.has_value();
        },
        std::chrono::seconds(30));
    const std::lock_guard lock(mutex);
    return result ? *result : base::Error{base::ErrorCode::Timeout, "no answer to deploy"};
  }
  base::Result<learners::Prediction> predict(const std::string& model, const std::string& hash,
                                             const sensors::Frame& frame) {
    std::mutex mutex;
    std::optional<base::Result<learners::Prediction>> result;
    directory_->predict(model, hash, frame, std::chrono::seconds(5),
                        [&](base::Result<learners::Prediction> answer) {
                          const std::lock_guard lock(mutex);
                          result = std::move(answer);
                        });
    support::waitUntil([&] {
      const std::lock_guard lock(mutex);
      return result.has_value();
    });
    const std::lock_guard lock(mutex);
    return result ? *result : base::Error{base::ErrorCode::Timeout, "no answer at all"};
  }

 private:
  House& house_;
  std::unique_ptr<hubs::Bus> bus_;
  std::unique_ptr<hubs::BlobStore> blobs_;
  std::atomic<int> changes_ = 0;
  std::unique_ptr<app::WorkerDirectory> directory_;
};

/// One end that says what it is told and remembers what it hears. Thread-safe.
class ScriptedEnd {
 public:
  ScriptedEnd(House& house, const std::string& id, const std::string& filter)
      : topics_(house.topics), sender_(id), bus_(hubs::makeMemoryBus(house.room)) {
    subscription_ =
        bus_->subscribe(filter, hubs::Delivery::AtLeastOnce, [this](const hubs::Message& message) {
          const auto letter = app::decodeLetter(message.payload);
          if (!letter) return;
          const std::lock_guard lock(mutex_);
          heard_.push_back(*letter);
        });
  }

  void say(const std::string& worker, const std::string& rest, const app::Content& content,
           const std::string& key = {}) {
    sayAs(sender_.next(key), worker, rest, content);
  }
  void sayAs(const app::Header& header, const std::string& worker, const std::string& rest,
             const app::Content& content) {
    hubs::Message message;
    message.topic = topics_.worker(worker, rest);
    message.payload = app::encode(header, content).value();
    message.delivery = hubs::Delivery::AtLeastOnce;
    message.retain = rest == "status" || rest == "info" ? hubs::Retain::Yes : hubs::Retain::No;
    EXPECT_TRUE(bus_->publish(std::move(message)));
  }
  app::Sender& sender() { return sender_; }

  template <class Kind>
  std::vector<Kind> heard() const {
    const std::lock_guard lock(mutex_);
    std::vector<Kind> all;
    for (const auto& letter : heard_) {
      if (const auto* one = std::get_if<Kind>(&letter.content)) all.push_back(*one);
    }
    return all;
  }
  template <class Kind>
  bool hears(std::size_t times = 1, base::Duration patience = std::chrono::seconds(20)) const {
    return support::waitUntil([&] { return heard<Kind>().size() >= times; }, patience);
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    heard_.clear();
  }

 private:
  const hubs::Topics topics_;
  app::Sender sender_;
  mutable std::mutex mutex_;
  std::vector<app::Letter> heard_;
  std::unique_ptr<hubs::Bus> bus_;
  hubs::SubscriptionPtr subscription_;
};

/// A bench that speaks with workers by hand.
struct ScriptedBench : ScriptedEnd {
  explicit ScriptedBench(House& house, const std::string& id = kBench)
      : ScriptedEnd(house, id, house.topics.worker("+", "evt")) {}
};
/// A worker that does nothing by itself.
struct ScriptedWorker : ScriptedEnd {
  explicit ScriptedWorker(House& house, const std::string& id = kWorker)
      : ScriptedEnd(house, id, house.topics.worker(id, "cmd")) {}
  /// Comes online as a worker does.
  void appear() {
    const std::string id = sender().id();
    app::Info info;
    info.name = "Attic Pi";
    info.cores = 4;
    say(id, "info", info);
    say(id, "status", app::Status{"online", ""});
    say(id, "hb", app::Heartbeat{});
  }
  /// As the next start of the same worker, which knows of nothing.
  void beginAnew() {
    app::Sender next(sender().id());
    sayAs(next.next(), next.id(), "status", app::Status{"online", ""});
    sayAs(next.next(), next.id(), "hb", app::Heartbeat{});
  }
};

}  // namespace training
