#include "app/training/worker_directory.h"

#include <algorithm>
#include <map>

#include "app/training/deployments.h"
#include "app/training/remote_jobs.h"
#include "app/training/serve_messages.h"
#include "app/training/worker_table.h"
#include "hubs/request.h"
#include "sensors/base/log.h"

namespace app {
namespace {

using namespace std::chrono_literals;

constexpr auto kTick = 250ms;
constexpr auto kPingPeriod = 2s;
constexpr auto kLinkPatience = 30s;
constexpr auto kReturnPatience = 20s;
constexpr std::uint32_t kCommandExpiry = 30;  // seconds
constexpr std::uint32_t kServeExpiry = 2;

base::Error unavailable(std::string why) { return {base::ErrorCode::Unavailable, std::move(why)}; }

}  // namespace

struct WorkerDirectory::Impl {
  Impl(hubs::Bus& busIn, hubs::Topics topicsIn, std::string benchId, std::int64_t epochIn,
       hubs::BlobStore& blobsIn, const learners::LearnerMap& learnersIn, const base::Clock& clockIn,
       std::function<void()> onChangeIn);
  ~Impl();

  BenchWiring wiring();
  base::Time heard(const base::Time& last) const;
  Presence presence(const std::string& id) const;
  hubs::BlobTransfer& transfer(const std::string& worker);
  void send(const std::string& worker, const Content& content, const std::string& key = {},
            hubs::Delivery delivery = hubs::Delivery::AtLeastOnce);
  void changed();

  void onMessage(const hubs::Message& message, WorkerTable::Moment arrived);
  void onStatus(const std::string& id, const Letter& letter, const Status& status, bool retained);
  void onHeartbeat(const std::string& id, const Header& header, const Heartbeat& beat);
  void onEvent(const std::string& id, const Letter& letter, WorkerTable::Moment arrived);
  void tick();
  void pingAll();
  void coordinate();
  void onLink(const hubs::LinkStatus& status);

  hubs::Bus& bus;
  const hubs::Topics topics;
  const std::int64_t epoch;
  hubs::BlobStore& blobs;
  const learners::LearnerMap learners;
  const base::Clock& clock;
  const std::function<void()> onChange;
  Sender sender;

  WorkerTable table;

  // Touched by the loop's thread only.
  Seen seen;
  bool dirty = false;
  bool linked = false;
  base::Time linkSince;        ///< when the link came or went
  std::uint64_t connects = 0;  ///< how often it came
  std::map<std::string, std::unique_ptr<hubs::BlobTransfer>> transfers;

  std::atomic<std::uint64_t> numbers = 0;  // of trainers and deployments
  Loop loop;
  Loop errands;
  RemoteJobs jobs;
  Deployments deployments;
  std::unique_ptr<hubs::Requester> requester;
  std::vector<hubs::SubscriptionPtr> subscriptions;
};

WorkerDirectory::Impl::Impl(hubs::Bus& busIn, hubs::Topics topicsIn, std::string benchId,
                            std::int64_t epochIn, hubs::BlobStore& blobsIn,
                            const learners::LearnerMap& learnersIn, const base::Clock& clockIn,
                            std::function<void()> onChangeIn)
    : bus(busIn),
      topics(std::move(topicsIn)),
      epoch(epochIn),
      blobs(blobsIn),
      learners(learnersIn),
      clock(clockIn),
      onChange(std::move(onChangeIn)),
      sender(std::move(benchId)),
      table(clock),
      jobs(wiring()),
      deployments(wiring()) {
  requester =
      std::make_unique<hubs::Requester>(bus, topics.bench(sender.id(), "answers/" + sender.boot()));
  for (const char* rest : {"info", "status", "hb", "evt"}) {
    const auto delivery =
        rest == std::string_view("hb") ? hubs::Delivery::AtMostOnce : hubs::Delivery::AtLeastOnce;
    subscriptions.push_back(
        bus.subscribe(topics.worker("+", rest), delivery, [this](const hubs::Message& message) {
          loop.offer([this, message, arrived = std::chrono::steady_clock::now()] {
            onMessage(message, arrived);
          });
        }));
  }
  subscriptions.push_back(bus.onStatus(
      [this](const hubs::LinkStatus& status) { loop.post([this, status] { onLink(status); }); }));
  loop.every(kTick, [this] { tick(); });
  loop.every(kPingPeriod, [this] { pingAll(); });
}

WorkerDirectory::Impl::~Impl() {
  subscriptions.clear();
  requester.reset();
  loop.post([this] {
    jobs.cancelEverything();
    deployments.cancelEverything();
  });
  loop.finish();
  errands.finish();
  transfers.clear();
}

BenchWiring WorkerDirectory::Impl::wiring() {
  return {.loop = loop,
          .errands = errands,
          .blobs = blobs,
          .learners = learners,
          .clock = clock,
          .presence = [this](const std::string& id) { return presence(id); },
          .transfer = [this](const std::string& id) -> hubs::BlobTransfer& { return transfer(id); },
          .send = [this](const std::string& id, const Content& content,
                         const std::string& key) { send(id, content, key); }};
}

/// While our own link is away nobody can be heard: then silence counts from when it is back and
/// the others had time to come back as well, or from when it was away for too long.
base::Time WorkerDirectory::Impl::heard(const base::Time& last) const {
  if (!linked && clock.now() - linkSince < kLinkPatience) return clock.now();
  if (linked && connects > 1) return std::max(last, linkSince + kReturnPatience);
  return last;
}

Presence WorkerDirectory::Impl::presence(const std::string& id) const {
  return {.name = table.nameOf(id),
          .online = table.isOnline(id),
          .lastHeard = heard(table.lastHeard(id)),
          .boot = table.boot(id)};
}

hubs::BlobTransfer& WorkerDirectory::Impl::transfer(const std::string& worker) {
  auto& found = transfers[worker];
  if (!found) {
    found = std::make_unique<hubs::BlobTransfer>(bus, topics, worker, sender.id(), blobs);
  }
  return *found;
}

void WorkerDirectory::Impl::send(const std::string& worker, const Content& content,
                                 const std::string& key, hubs::Delivery delivery) {
  auto payload = encode(sender.next(key), content);
  if (!payload) {
    base::logError(payload.error().message);
    return;
  }
  hubs::Message message;
  message.topic = topics.worker(worker, "cmd");
  message.payload = std::move(*payload);
  message.delivery = delivery;
  message.contentType = "application/cbor";
  message.expirySeconds = kCommandExpiry;
  const auto sent = bus.publish(std::move(message));
  if (!sent) base::logWarning("a message to " + worker + " was lost: " + sent.error().message);
}

void WorkerDirectory::Impl::changed() {
  dirty = false;
  if (onChange) onChange();
}

void WorkerDirectory::Impl::coordinate() {
  auto payload = encode(sender.next(), Coordinator{epoch, clock.now().ns});
  if (!payload) return;
  hubs::Message message;
  message.topic = topics.coordinator();
  message.payload = std::move(*payload);
  message.delivery = hubs::Delivery::AtLeastOnce;
  message.retain = hubs::Retain::Yes;
  message.contentType = "application/cbor";
  if (const auto sent = bus.publish(std::move(message)); !sent) {
    base::logWarning(sent.error().message);
  }
}

void WorkerDirectory::Impl::onMessage(const hubs::Message& message, WorkerTable::Moment arrived) {
  const auto parts = topics.parse(message.topic);
  if (!parts || !hubs::isId(parts->id) || message.payload.empty()) return;
  const std::string id(parts->id);
  const auto letter = decodeLetter(message.payload);
  if (!letter || letter->header.src != id) return;  // nobody speaks for another
  const bool retained = message.retain == hubs::Retain::Yes;
  if (const auto* info = std::get_if<Info>(&letter->content)) {
    table.onInfo(id, *info);
    changed();
  } else if (const auto* status = std::get_if<Status>(&letter->content)) {
    onStatus(id, *letter, *status, retained);
  } else if (const auto* beat = std::get_if<Heartbeat>(&letter->content); beat && !retained) {
    onHeartbeat(id, letter->header, *beat);
  } else if (parts->rest == "evt" && !retained) {
    onEvent(id, *letter, arrived);
  }
}

void WorkerDirectory::Impl::onStatus(const std::string& id, const Letter& letter,
                                     const Status& status, bool retained) {
  const bool present = letter.header.boot == table.boot(id);
  table.onStatus(id, letter.header.boot, status);
  if (present && !retained && status.reason == "stopped") jobs.onStopped(id);
  changed();
}

void WorkerDirectory::Impl::onEvent(const std::string& id, const Letter& letter,
                                    WorkerTable::Moment arrived) {
  const auto& content = letter.content;
  table.onWord(id);
  const std::string* bench = nullptr;
  std::visit(
      [&](const auto& event) {
        if constexpr (requires { event.bench; }) bench = &event.bench;
      },
      content);
  if (bench == nullptr || *bench != sender.id()) return;
  if (const auto* pong = std::get_if<Pong>(&content)) {
    table.onPong(id, pong->nonce, arrived);
    dirty = true;
    return;
  }
  if (!std::holds_alternative<Progress>(content) && !seen.isNew(letter.header)) return;
  if (const auto* active = std::get_if<Active>(&content)) {
    table.onActive(id, {active->model, active->hash});
    dirty = true;
    return deployments.onActive(id, *active);
  }
  if (const auto* failed = std::get_if<Failed>(&content); failed && !failed->model.empty()) {
    return deployments.onFailed(id, *failed);
  }
  jobs.onEvent(id, content);
}

void WorkerDirectory::Impl::onHeartbeat(const std::string& id, const Header& header,
                                        const Heartbeat& beat) {
  const auto kind = table.onHeartbeat(id, header, beat);
  if (kind == WorkerTable::Beat::Old) return;
  dirty = true;
  std::vector<HeldJob> own;
  std::copy_if(beat.jobs.begin(), beat.jobs.end(), std::back_inserter(own),
               [this](const HeldJob& job) { return job.bench == sender.id(); });
  jobs.onHeartbeat(id, own);
  if (kind != WorkerTable::Beat::Appeared) return;
  changed();
  jobs.tick();
  deployments.tick();
}

void WorkerDirectory::Impl::pingAll() {
  for (const auto& [id, nonce] : table.startPings()) {
    send(id, Ping{nonce}, {}, hubs::Delivery::AtMostOnce);
  }
}

void WorkerDirectory::Impl::tick() {
  const bool flipped = table.flipped();
  jobs.tick();
  deployments.tick();
  if (flipped || dirty) changed();
}

void WorkerDirectory::Impl::onLink(const hubs::LinkStatus& status) {
  const bool online = status.state == hubs::LinkState::Online;
  if (online != linked) linkSince = clock.now();
  linked = online;
  if (!online) return;
  connects = status.connects;
  coordinate();
}

WorkerDirectory::WorkerDirectory(hubs::Bus& bus, hubs::Topics topics, std::string benchId,
                                 std::int64_t epoch, hubs::BlobStore& blobs,
                                 const learners::LearnerMap& learners, const base::Clock& clock,
                                 std::function<void()> onChange)
    : impl_(std::make_unique<Impl>(bus, std::move(topics), std::move(benchId), epoch, blobs,
                                   learners, clock, std::move(onChange))) {}

WorkerDirectory::~WorkerDirectory() = default;

void WorkerDirectory::setLocalWorker(std::string id) { impl_->table.setLocal(std::move(id)); }

void WorkerDirectory::setBenchNear(std::optional<bool> near) { impl_->table.setBenchNear(near); }

std::vector<WorkerView> WorkerDirectory::workers() const { return impl_->table.views(); }

std::unique_ptr<Trainer> WorkerDirectory::trainerOn(const std::string& worker) {
  return makeRemoteTrainer(impl_->loop, impl_->jobs, ++impl_->numbers, worker,
                           [impl = impl_.get(), worker] { return impl->table.nameOf(worker); });
}

void WorkerDirectory::deploy(const std::string& worker, const std::string& model,
                             const learners::EnsemblePtr& ensemble,
                             std::function<void(base::Result<void>)> done) {
  const Token token{impl_->epoch, static_cast<std::int64_t>(++impl_->numbers)};
  impl_->loop.post([&deployments = impl_->deployments, token, worker, model, ensemble,
                    done = std::move(done)]() mutable {
    deployments.start(token, worker, model, ensemble, std::move(done));
  });
}

bool WorkerDirectory::hasLost(const std::string& worker, const std::string& model) const {
  return impl_->table.hasLost(worker, model);
}

void WorkerDirectory::predict(const std::string& model, const std::string& ensembleHash,
                              const sensors::Frame& frame, base::Duration patience,
                              std::function<void(base::Result<learners::Prediction>)> reply) {
  const auto server = impl_->table.server(model);
  if (!server) return reply(unavailable("no worker serves " + model));
  if (!impl_->table.isOnline(*server)) {
    return reply(unavailable(impl_->table.nameOf(*server) + " is away"));
  }
  if (!frame.layout) return reply(base::invalid("the frame does not say what its numbers are"));
  hubs::Message message;
  message.topic = impl_->topics.serveIn(model);
  message.payload = encode(ServeRequest{.hash = ensembleHash,
                                        .schema = frame.layout->hash(),
                                        .span = frame.span,
                                        .values = frame.values,
                                        .missing = frame.missing});
  message.expirySeconds = kServeExpiry;
  message.contentType = "application/cbor";
  impl_->requester->send(
      std::move(message), patience,
      [reply = std::move(reply), span = frame.span, model](base::Result<hubs::Message> answer) {
        if (!answer) return reply(answer.error());
        auto prediction = decodeAnswer(answer->payload);
        if (prediction) prediction->span = span;
        reply(std::move(prediction));
      });
}

}  // namespace app
