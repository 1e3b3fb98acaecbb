#include "app/training/worker_directory.h"

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>

#include "app/training/remote_jobs.h"
#include "app/training/serve_messages.h"
#include "hubs/request.h"
#include "sensors/base/log.h"

namespace app {
namespace {

using namespace std::chrono_literals;
using Done = std::function<void(base::Result<void>)>;

constexpr auto kTick = 250ms;
constexpr auto kFresh = 3s;
constexpr auto kPingPeriod = 2s;
constexpr auto kComePatience = 10s;
constexpr auto kDeployPatience = 60s;
constexpr std::size_t kMostWorkers = 4096;
constexpr std::size_t kRoundTrips = 9;
constexpr std::uint32_t kCommandExpiry = 30;  // seconds
constexpr std::uint32_t kServeExpiry = 2;

/// What is known of one worker.
struct Worker {
  Info info;
  std::string state;  ///< as its status says
  std::string boot;
  std::uint64_t beat = 0;  ///< seq of its last heartbeat
  base::Time lastHeard;
  Heartbeat heartbeat;
  std::int64_t pingNonce = 0;
  std::chrono::steady_clock::time_point pingSent;
  std::deque<double> roundTrips;  ///< milliseconds, newest last
  bool shownOnline = false;
};

struct Deployment {
  std::string worker;
  std::string model;
  Token token;
  BlobRef ensemble;
  Done done;
  base::Time since;
  bool packed = false;
  bool sent = false;
};

double median(std::deque<double> values) {
  if (values.empty()) return 0;
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

base::Error unavailable(std::string why) { return {base::ErrorCode::Unavailable, std::move(why)}; }

std::string doing(const Heartbeat& beat) {
  for (const auto& job : beat.jobs) {
    if (job.state != "done") return "training " + job.task;
  }
  return beat.models.empty() ? "" : "serving " + beat.models.front().model;
}

}  // namespace

struct WorkerDirectory::Impl {
  Impl(hubs::Bus& busIn, hubs::Topics topicsIn, std::string benchId, std::int64_t epochIn,
       hubs::BlobStore& blobsIn, const learners::LearnerMap& learnersIn, const base::Clock& clockIn,
       std::function<void()> onChangeIn);
  ~Impl();

  RemoteJobsWiring wiring();
  bool isOnline(const Worker& worker) const;
  std::string nameOf(const std::string& id) const;  // takes the lock
  Presence presence(const std::string& id) const;
  hubs::BlobTransfer& transfer(const std::string& worker);
  void send(const std::string& worker, const Content& content, const std::string& key = {},
            hubs::Delivery delivery = hubs::Delivery::AtLeastOnce);
  void changed();

  void onMessage(const hubs::Message& message, std::chrono::steady_clock::time_point arrived);
  void onLetter(const std::string& id, const std::string& rest, const Letter& letter, bool retained,
                std::chrono::steady_clock::time_point arrived);
  void onHeartbeat(const std::string& id, const Header& header, const Heartbeat& beat);
  void onPong(const std::string& id, const Pong& pong,
              std::chrono::steady_clock::time_point arrived);
  void onDeployed(const std::string& id, const Active& active);
  void onDeployFailed(const std::string& id, const Failed& failed);
  void tick();
  void pingAll();
  void coordinate();
  void lookAtDeployments();
  void endDeployment(std::uint64_t number, base::Result<void> result);

  hubs::Bus& bus;
  const hubs::Topics topics;
  const std::int64_t epoch;
  hubs::BlobStore& blobs;
  const learners::LearnerMap learners;
  const base::Clock& clock;
  const std::function<void()> onChange;
  Sender sender;

  mutable std::mutex mutex;  // guards workers and local; written on the loop's thread
  std::map<std::string, Worker> workers;
  std::string local;

  // Touched by the loop's thread only.
  Seen seen;
  bool dirty = false;
  std::int64_t nonces = 0;
  std::map<std::uint64_t, Deployment> deployments;
  std::map<std::string, std::unique_ptr<hubs::BlobTransfer>> transfers;

  std::atomic<std::uint64_t> numbers = 0;  // of trainers and deployments
  Loop loop;
  Loop errands;
  RemoteJobs jobs;
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
      jobs(wiring()) {
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
  subscriptions.push_back(bus.onStatus([this](const hubs::LinkStatus& status) {
    if (status.state == hubs::LinkState::Online) loop.post([this] { coordinate(); });
  }));
  loop.every(kTick, [this] { tick(); });
  loop.every(kPingPeriod, [this] { pingAll(); });
}

WorkerDirectory::Impl::~Impl() {
  subscriptions.clear();
  requester.reset();
  loop.post([this] {
    jobs.cancelEverything();
    while (!deployments.empty()) {
      endDeployment(deployments.begin()->first,
                    base::Error{base::ErrorCode::Cancelled, "the workbench was closed"});
    }
  });
  loop.finish();
  errands.finish();
  transfers.clear();
}

RemoteJobsWiring WorkerDirectory::Impl::wiring() {
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

bool WorkerDirectory::Impl::isOnline(const Worker& worker) const {
  return worker.state == "online" && clock.now() - worker.lastHeard < kFresh;
}

std::string WorkerDirectory::Impl::nameOf(const std::string& id) const {
  const std::lock_guard lock(mutex);
  if (id == local) return "this computer";
  const auto found = workers.find(id);
  return found == workers.end() || found->second.info.name.empty() ? id : found->second.info.name;
}

Presence WorkerDirectory::Impl::presence(const std::string& id) const {
  Presence now{.name = nameOf(id), .online = false, .lastHeard = {}, .boot = {}};
  const std::lock_guard lock(mutex);
  const auto found = workers.find(id);
  if (found == workers.end()) return now;
  now.online = isOnline(found->second);
  now.lastHeard = found->second.lastHeard;
  now.boot = found->second.boot;
  return now;
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

void WorkerDirectory::Impl::onMessage(const hubs::Message& message,
                                      std::chrono::steady_clock::time_point arrived) {
  const auto parts = topics.parse(message.topic);
  if (!parts || !hubs::isId(parts->id) || message.payload.empty()) return;
  const std::string id(parts->id);
  const auto letter = decodeLetter(message.payload);
  if (!letter || letter->header.src != id) return;  // nobody speaks for another
  onLetter(id, std::string(parts->rest), *letter, message.retain == hubs::Retain::Yes, arrived);
}

void WorkerDirectory::Impl::onLetter(const std::string& id, const std::string& rest,
                                     const Letter& letter, bool retained,
                                     std::chrono::steady_clock::time_point arrived) {
  const auto& content = letter.content;
  {
    const std::lock_guard lock(mutex);
    if (!workers.contains(id) && workers.size() >= kMostWorkers) return;
    Worker& worker = workers[id];
    if (const auto* info = std::get_if<Info>(&content)) worker.info = *info;
    if (const auto* status = std::get_if<Status>(&content)) {
      worker.state = status->state;
      // The will comes from another start of the sender's counter; only "online" tells the boot.
      if (status->state == "online") worker.boot = letter.header.boot;
    }
    if (!retained && rest != "status") worker.lastHeard = clock.now();
  }
  if (std::holds_alternative<Info>(content)) return changed();
  if (const auto* status = std::get_if<Status>(&content)) {
    if (status->state == "offline" && status->reason == "stopped" && !retained) {
      jobs.onStopped(id);
    }
    return changed();
  }
  if (const auto* beat = std::get_if<Heartbeat>(&content)) {
    return onHeartbeat(id, letter.header, *beat);
  }
  if (rest != "evt" || retained) return;
  if (const auto* pong = std::get_if<Pong>(&content)) {
    if (pong->bench == sender.id()) onPong(id, *pong, arrived);
    return;
  }
  const std::string* bench = nullptr;
  std::visit(
      [&](const auto& event) {
        if constexpr (requires { event.bench; }) bench = &event.bench;
      },
      content);
  if (bench == nullptr || *bench != sender.id()) return;
  if (!std::holds_alternative<Progress>(content) && !seen.isNew(letter.header)) return;
  if (const auto* active = std::get_if<Active>(&content)) return onDeployed(id, *active);
  if (const auto* failed = std::get_if<Failed>(&content); failed && !failed->model.empty()) {
    return onDeployFailed(id, *failed);
  }
  jobs.onEvent(id, content);
}

void WorkerDirectory::Impl::onHeartbeat(const std::string& id, const Header& header,
                                        const Heartbeat& beat) {
  bool appeared = false;
  {
    const std::lock_guard lock(mutex);
    Worker& worker = workers[id];
    if (worker.boot == header.boot && header.seq < worker.beat) return;
    worker.boot = header.boot;
    worker.beat = header.seq;
    worker.heartbeat = beat;
    appeared = isOnline(worker) && !worker.shownOnline;
    worker.shownOnline = isOnline(worker);
  }
  dirty = true;
  std::vector<HeldJob> own;
  std::copy_if(beat.jobs.begin(), beat.jobs.end(), std::back_inserter(own),
               [this](const HeldJob& job) { return job.bench == sender.id(); });
  jobs.onHeartbeat(id, own);
  if (appeared) {
    changed();
    jobs.tick();
    lookAtDeployments();
  }
}

void WorkerDirectory::Impl::onPong(const std::string& id, const Pong& pong,
                                   std::chrono::steady_clock::time_point arrived) {
  const std::lock_guard lock(mutex);
  Worker& worker = workers[id];
  if (worker.pingNonce != pong.nonce) return;
  worker.roundTrips.push_back(
      std::chrono::duration<double, std::milli>(arrived - worker.pingSent).count());
  if (worker.roundTrips.size() > kRoundTrips) worker.roundTrips.pop_front();
  dirty = true;
}

void WorkerDirectory::Impl::pingAll() {
  std::vector<std::pair<std::string, std::int64_t>> due;
  {
    const std::lock_guard lock(mutex);
    for (auto& [id, worker] : workers) {
      if (!isOnline(worker)) continue;
      worker.pingNonce = ++nonces;
      worker.pingSent = std::chrono::steady_clock::now();
      due.emplace_back(id, worker.pingNonce);
    }
  }
  for (const auto& [id, nonce] : due) send(id, Ping{nonce}, {}, hubs::Delivery::AtMostOnce);
}

void WorkerDirectory::Impl::tick() {
  bool flipped = false;
  {
    const std::lock_guard lock(mutex);
    for (auto& [id, worker] : workers) {
      const bool online = isOnline(worker);
      flipped = flipped || online != worker.shownOnline;
      worker.shownOnline = online;
    }
  }
  jobs.tick();
  lookAtDeployments();
  if (flipped || dirty) changed();
}

void WorkerDirectory::Impl::lookAtDeployments() {
  std::vector<std::pair<std::uint64_t, base::Error>> lost;
  for (auto& [number, one] : deployments) {
    const Presence worker = presence(one.worker);
    const auto waited = clock.now() - one.since;
    if (one.packed && !one.sent && worker.online) {
      one.sent = true;
      transfer(one.worker);
      send(one.worker, Deploy{one.model, one.token, one.ensemble}, base::randomHex(8));
    } else if (!one.sent && !worker.online && waited >= kComePatience) {
      lost.emplace_back(number, unavailable(worker.name + " is away"));
    } else if (one.sent && clock.now() - worker.lastHeard >= kComePatience) {
      lost.emplace_back(number, unavailable(worker.name + " vanished while it took over a model"));
    } else if (waited >= kDeployPatience) {
      lost.emplace_back(number, base::Error{base::ErrorCode::Timeout,
                                            worker.name + " did not take over the model in time"});
    }
  }
  for (const auto& [number, error] : lost) endDeployment(number, error);
}

void WorkerDirectory::Impl::endDeployment(std::uint64_t number, base::Result<void> result) {
  const auto node = deployments.extract(number);
  if (!node.empty() && node.mapped().done) node.mapped().done(std::move(result));
}

void WorkerDirectory::Impl::onDeployed(const std::string& id, const Active& active) {
  {
    const std::lock_guard lock(mutex);
    auto& models = workers[id].heartbeat.models;
    std::erase_if(models, [&](const ServedModel& one) { return one.model == active.model; });
    models.push_back({active.model, active.hash});
  }
  dirty = true;
  const auto found = deployments.find(static_cast<std::uint64_t>(active.token.fence));
  if (found == deployments.end() || found->second.worker != id) return;
  endDeployment(found->first, {});
}

void WorkerDirectory::Impl::onDeployFailed(const std::string& id, const Failed& failed) {
  const auto found = deployments.find(static_cast<std::uint64_t>(failed.token.fence));
  if (found == deployments.end() || found->second.worker != id) return;
  endDeployment(found->first, base::Error{codeOf(failed.cause), nameOf(id) + ": " + failed.reason});
}

/// Sends its jobs to one worker of the directory.
class RemoteTrainer final : public Trainer {
 public:
  RemoteTrainer(Loop& loop, RemoteJobs& jobs, std::uint64_t owner, std::string worker,
                std::function<std::string()> name)
      : loop_(loop),
        jobs_(jobs),
        owner_(owner),
        worker_(std::move(worker)),
        name_(std::move(name)) {}
  ~RemoteTrainer() override {
    loop_.post([&jobs = jobs_, owner = owner_] { jobs.cancelAll(owner); });
  }
  void start(TrainingJob job, TrainingCallbacks callbacks) override {
    loop_.post([&jobs = jobs_, owner = owner_, worker = worker_, job = std::move(job),
                callbacks = std::move(callbacks)]() mutable {
      jobs.start(owner, worker, std::move(job), std::move(callbacks));
    });
  }
  void cancel(const std::string& task) override {
    loop_.post([&jobs = jobs_, owner = owner_, task] { jobs.cancel(owner, task); });
  }
  std::string place() const override { return name_(); }

 private:
  Loop& loop_;
  RemoteJobs& jobs_;
  const std::uint64_t owner_;
  const std::string worker_;
  const std::function<std::string()> name_;
};

WorkerDirectory::WorkerDirectory(hubs::Bus& bus, hubs::Topics topics, std::string benchId,
                                 std::int64_t epoch, hubs::BlobStore& blobs,
                                 const learners::LearnerMap& learners, const base::Clock& clock,
                                 std::function<void()> onChange)
    : impl_(std::make_unique<Impl>(bus, std::move(topics), std::move(benchId), epoch, blobs,
                                   learners, clock, std::move(onChange))) {}

WorkerDirectory::~WorkerDirectory() = default;

void WorkerDirectory::setLocalWorker(std::string id) {
  const std::lock_guard lock(impl_->mutex);
  impl_->local = std::move(id);
}

std::vector<WorkerView> WorkerDirectory::workers() const {
  std::vector<WorkerView> views;
  {
    const std::lock_guard lock(impl_->mutex);
    for (const auto& [id, worker] : impl_->workers) {
      const bool isLocal = id == impl_->local;
      views.push_back({.id = id,
                       .name = isLocal                    ? "This computer"
                               : worker.info.name.empty() ? id
                                                          : worker.info.name,
                       .host = worker.info.host,
                       .online = impl_->isOnline(worker),
                       .local = isLocal,
                       .cores = static_cast<int>(worker.info.cores),
                       .memoryGb = worker.info.memoryGb,
                       .load = worker.heartbeat.load,
                       .roundTripMs = median(worker.roundTrips),
                       .doing = doing(worker.heartbeat),
                       .software = worker.info.software,
                       .lastHeard = worker.lastHeard});
    }
  }
  std::stable_sort(views.begin(), views.end(), [](const WorkerView& a, const WorkerView& b) {
    return a.local != b.local ? a.local : a.name < b.name;
  });
  return views;
}

std::unique_ptr<Trainer> WorkerDirectory::trainerOn(const std::string& worker) {
  return std::make_unique<RemoteTrainer>(
      impl_->loop, impl_->jobs, ++impl_->numbers, worker,
      [impl = impl_.get(), worker] { return impl->nameOf(worker); });
}

void WorkerDirectory::deploy(const std::string& worker, const std::string& model,
                             const learners::EnsemblePtr& ensemble, Done done) {
  const std::uint64_t number = ++impl_->numbers;
  auto* impl = impl_.get();
  impl->loop.post([impl, number, worker, model, ensemble, done = std::move(done)]() mutable {
    if (!hubs::isId(model) || !ensemble) {
      if (done) done(base::invalid("\"" + model + "\" is no model that could be served"));
      return;
    }
    impl->deployments[number] = {.worker = worker,
                                 .model = model,
                                 .token = {impl->epoch, static_cast<std::int64_t>(number)},
                                 .ensemble = {},
                                 .done = std::move(done),
                                 .since = impl->clock.now()};
    impl->errands.post([impl, number, ensemble] {
      std::size_t room = kMostInlineBytes;
      auto ref = makeRef(impl->blobs, ensemble->encode(), room);
      impl->loop.post([impl, number, ref = std::move(ref)]() mutable {
        const auto found = impl->deployments.find(number);
        if (found == impl->deployments.end()) return;
        if (!ref) return impl->endDeployment(number, ref.error());
        found->second.ensemble = std::move(*ref);
        found->second.packed = true;
        impl->lookAtDeployments();
      });
    });
  });
}

void WorkerDirectory::predict(const std::string& model, const std::string& ensembleHash,
                              const sensors::Frame& frame, base::Duration patience,
                              std::function<void(base::Result<learners::Prediction>)> reply) {
  std::string away;
  bool served = false;
  {
    const std::lock_guard lock(impl_->mutex);
    for (const auto& [id, worker] : impl_->workers) {
      const auto& models = worker.heartbeat.models;
      const bool has = std::any_of(models.begin(), models.end(),
                                   [&](const ServedModel& one) { return one.model == model; });
      if (!has) continue;
      if (impl_->isOnline(worker)) served = true;
      away = id;
    }
  }
  if (!served) {
    return reply(
        unavailable(away.empty() ? "no worker serves " + model : impl_->nameOf(away) + " is away"));
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
