#include "app/training/worker_service.h"

#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <set>
#include <sys/file.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

#include "app/training/files.h"
#include "app/training/host.h"
#include "app/training/model_server.h"
#include "app/training/surroundings.h"
#include "app/training/worker_jobs.h"
#include "sensors/base/log.h"

#ifndef MIMOSA_VERSION
#define MIMOSA_VERSION "unknown"
#endif

namespace app {
namespace {

using namespace std::chrono_literals;

constexpr auto kHeartbeat = 1s;
constexpr auto kFarewell = 1s;
constexpr std::uint64_t kMostBlobBytes = std::uint64_t{512} << 20;

/// Held while a worker uses its folder; the kernel lets go when the program ends.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder)
      : fd_(::open((folder / "lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)),
        held_(fd_ >= 0 && ::flock(fd_, LOCK_EX | LOCK_NB) == 0) {}
  ~FolderLock() {
    if (fd_ >= 0) ::close(fd_);
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  bool held() const { return held_; }

 private:
  int fd_;
  bool held_;
};

std::string nameOf(const WorkerOptions& options) {
  return options.name.empty() ? hostName() : options.name;
}

std::string gpuWord() {
  const auto gpu = hasGpu();
  return gpu ? *gpu ? "yes" : "no" : "";
}

hubs::Message controlMessage(std::string topic, base::Bytes payload, hubs::Delivery delivery,
                             hubs::Retain retain) {
  hubs::Message message;
  message.topic = std::move(topic);
  message.payload = std::move(payload);
  message.delivery = delivery;
  message.retain = retain;
  message.contentType = "application/cbor";
  return message;
}

}  // namespace

hubs::Message workerWill(const WorkerOptions& options) {
  const hubs::Topics topics(options.site);
  Sender sender(options.id);
  auto payload = encode(sender.next(), Status{"offline", ""});
  return controlMessage(topics.worker(options.id, "status"),
                        payload ? std::move(*payload) : base::Bytes(), hubs::Delivery::AtLeastOnce,
                        hubs::Retain::Yes);
}

struct WorkerService::Impl {
  Impl(hubs::Bus& busIn, const WorkerOptions& optionsIn, const learners::LearnerMap& learnersIn,
       std::unique_ptr<FolderLock> lockIn, std::unique_ptr<hubs::BlobStore> blobsIn);
  ~Impl();

  void send(const std::string& rest, const Content& content, hubs::Delivery delivery,
            hubs::Retain retain);
  void say(const Content& event);
  void announce();
  void beat();
  void tidy();
  void onCommand(const hubs::Message& message);
  void onDeploy(const Header& header, const Deploy& deploy);
  void onModelBlob(const std::string& bench, const Deploy& deploy,
                   const base::Result<std::string>& blob);

  hubs::Bus& bus;
  const WorkerOptions options;
  const hubs::Topics topics;
  const learners::LearnerMap learners;
  const std::unique_ptr<FolderLock> lock;
  const std::unique_ptr<hubs::BlobStore> blobs;
  Sender sender;
  Seen seen;                                    // loop
  std::map<std::string, std::uint64_t> wanted;  // loop: newest deployment of each model
  std::uint64_t deployments = 0;                // loop
  ProcessorLoad load;                           // of the loop's thread
  Loop loop;
  Loop errands;  // decodes and activates models, off the loop
  std::unique_ptr<hubs::BlobTransfer> transfer;
  std::unique_ptr<ModelServer> server;
  std::unique_ptr<WorkerJobs> jobs;
  hubs::SubscriptionPtr commands;
  hubs::SubscriptionPtr coordinators;
  hubs::SubscriptionPtr link;
};

WorkerService::Impl::Impl(hubs::Bus& busIn, const WorkerOptions& optionsIn,
                          const learners::LearnerMap& learnersIn,
                          std::unique_ptr<FolderLock> lockIn,
                          std::unique_ptr<hubs::BlobStore> blobsIn)
    : bus(busIn),
      options(optionsIn),
      topics(options.site),
      learners(learnersIn),
      lock(std::move(lockIn)),
      blobs(std::move(blobsIn)),
      sender(options.id) {
  transfer = std::make_unique<hubs::BlobTransfer>(bus, topics, options.id, options.id, *blobs);
  server = std::make_unique<ModelServer>(bus, topics, options.folder, *blobs, learners);
  auto child = options.program.empty()
                   ? makeThreadChild(learners)
                   : makeProcessChild(options.program, options.memoryLimitBytes);
  jobs = std::make_unique<WorkerJobs>(options.folder, loop, *blobs, *transfer, std::move(child),
                                      [this](const Content& event) { say(event); });
  tidy();
  commands = bus.subscribe(topics.worker(options.id, "cmd"), hubs::Delivery::AtLeastOnce,
                           [this](const hubs::Message& message) {
                             if (message.retain == hubs::Retain::Yes) return;
                             loop.offer([this, message] { onCommand(message); });
                           });
  coordinators = bus.subscribe(
      topics.coordinator(), hubs::Delivery::AtLeastOnce, [this](const hubs::Message& message) {
        loop.offer([this, message] {
          const auto letter = decodeLetter(message.payload);
          if (letter && std::holds_alternative<Coordinator>(letter->content)) {
            jobs->resend(letter->header.src);
          }
        });
      });
  link = bus.onStatus([this](const hubs::LinkStatus& status) {
    if (status.state == hubs::LinkState::Online) loop.post([this] { announce(); });
  });
  loop.every(kHeartbeat, [this] { beat(); });
}

WorkerService::Impl::~Impl() {
  link.reset();
  commands.reset();
  coordinators.reset();
  loop.post([this] {
    jobs->stopAll();
    send("status", Status{"offline", "stopped"}, hubs::Delivery::AtLeastOnce, hubs::Retain::Yes);
  });
  loop.finish();
  errands.finish();
  transfer.reset();
  jobs.reset();
  server.reset();
  bus.flush(kFarewell);
}

void WorkerService::Impl::send(const std::string& rest, const Content& content,
                               hubs::Delivery delivery, hubs::Retain retain) {
  auto payload = encode(sender.next(), content);
  if (!payload) {
    base::logError(payload.error().message);
    return;
  }
  const auto sent = bus.publish(
      controlMessage(topics.worker(options.id, rest), std::move(*payload), delivery, retain));
  if (!sent && delivery == hubs::Delivery::AtLeastOnce) {
    base::logWarning("a message to the workbench could not be sent: " + sent.error().message);
  }
}

void WorkerService::Impl::say(const Content& event) {
  const bool mayBeLost =
      std::holds_alternative<Progress>(event) || std::holds_alternative<Pong>(event);
  send("evt", event, mayBeLost ? hubs::Delivery::AtMostOnce : hubs::Delivery::AtLeastOnce,
       hubs::Retain::No);
}

void WorkerService::Impl::announce() {
  Info info{.name = nameOf(options),
            .host = hostName(),
            .software = MIMOSA_VERSION,
            .cores = static_cast<std::int64_t>(std::thread::hardware_concurrency()),
            .memoryGb = readMemory().totalGb,
            .gpu = gpuWord(),
            .place = options.place,
            .learners = {},
            .commands = workerCommands()};
  for (const auto& [id, learner] : learners) info.learners.push_back(id);
  send("info", info, hubs::Delivery::AtLeastOnce, hubs::Retain::Yes);
  send("status", Status{"online", ""}, hubs::Delivery::AtLeastOnce, hubs::Retain::Yes);
  beat();
  jobs->resend();
}

void WorkerService::Impl::beat() {
  if (bus.status().state != hubs::LinkState::Online) return;
  send("hb",
       Heartbeat{.load = load.share(),
                 .freeMemoryGb = readMemory().availableGb,
                 .lost = static_cast<std::int64_t>(server->lost() + loop.dropped()),
                 .jobs = jobs->held(),
                 .models = server->served()},
       hubs::Delivery::AtMostOnce, hubs::Retain::No);
}

/// Forgets the oldest blobs where nothing is under way that could need them.
void WorkerService::Impl::tidy() {
  if (!jobs->held().empty()) return;
  auto keep = server->blobs();
  const auto waiting = jobs->blobs();
  keep.insert(keep.end(), waiting.begin(), waiting.end());
  trimFolder(options.folder / "blobs", keep, kMostBlobBytes);
}

void WorkerService::Impl::onCommand(const hubs::Message& message) {
  const auto letter = decodeLetter(message.payload);
  if (!letter) {
    base::logWarning("a command was not understood: " + letter.error().message);
    return;
  }
  const Header& header = letter->header;
  if (!seen.isNew(header)) return;
  const auto& content = letter->content;
  if (const auto* offer = std::get_if<Offer>(&content)) {
    jobs->onOffer(header, *offer);
  } else if (const auto* grant = std::get_if<Grant>(&content)) {
    jobs->onGrant(header, *grant);
  } else if (const auto* cancel = std::get_if<Cancel>(&content)) {
    jobs->onCancel(header, *cancel);
  } else if (const auto* ack = std::get_if<Ack>(&content)) {
    jobs->onAck(header, *ack);
    tidy();
  } else if (const auto* deploy = std::get_if<Deploy>(&content)) {
    onDeploy(header, *deploy);
  } else if (const auto* ping = std::get_if<Ping>(&content)) {
    say(Pong{header.src, ping->nonce});
  } else if (const auto* unknown = std::get_if<Unknown>(&content)) {
    say(Refuse{.bench = header.src,
               .task = unknown->kind,
               .token = {},
               .cause = "unsupported",
               .reason = nameOf(options) + " does not know the command \"" + unknown->kind + '"',
               .seen = {}});
  }
}

void WorkerService::Impl::onDeploy(const Header& header, const Deploy& deploy) {
  const std::uint64_t number = ++deployments;
  wanted[deploy.model] = number;
  follow(deploy.ensemble, *transfer, *blobs,
         [this, number, bench = header.src, deploy](base::Result<std::string> blob) {
           loop.post([this, number, bench, deploy, blob = std::move(blob)] {
             if (wanted[deploy.model] != number) {
               say(Failed{bench, "", deploy.model, deploy.token, "cancelled",
                          "a newer model took its place"});
               return;
             }
             errands.post([this, bench, deploy, blob] { onModelBlob(bench, deploy, blob); });
           });
         });
}

/// On the thread of errands.
void WorkerService::Impl::onModelBlob(const std::string& bench, const Deploy& deploy,
                                      const base::Result<std::string>& blob) {
  const auto bytes = blob ? blobs->get(*blob) : base::Result<base::Bytes>(blob.error());
  const auto hash = bytes ? server->activate(deploy.model, *blob, *bytes)
                          : base::Result<std::string>(bytes.error());
  loop.post([this, bench, deploy, hash] {
    if (hash) {
      say(Active{bench, deploy.model, *hash, deploy.token});
    } else {
      say(Failed{bench, "", deploy.model, deploy.token, causeOf(hash.error().code),
                 hash.error().message});
    }
    beat();
  });
}

WorkerService::WorkerService(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WorkerService::~WorkerService() = default;

base::Result<std::unique_ptr<WorkerService>> WorkerService::start(
    hubs::Bus& bus, const WorkerOptions& options, const learners::LearnerMap& learners,
    const base::Clock&) {
  if (!hubs::isId(options.id) || !hubs::isId(options.site)) {
    return base::invalid("\"" + options.id + "\" at \"" + options.site +
                         "\" cannot be the id and site of a worker: small letters, digits, _ and "
                         "-, at most 64");
  }
  std::error_code trouble;
  std::filesystem::create_directories(options.folder, trouble);
  if (trouble || ::chmod(options.folder.c_str(), 0700) != 0) {
    return base::Error{base::ErrorCode::Io,
                       "the worker's folder " + options.folder.string() + " cannot be used"};
  }
  auto lock = std::make_unique<FolderLock>(options.folder);
  if (!lock->held()) {
    return base::Error{base::ErrorCode::Io,
                       "another worker already uses the folder " + options.folder.string()};
  }
  auto blobs = hubs::BlobStore::open(options.folder / "blobs");
  if (!blobs) return blobs.error();
  return std::unique_ptr<WorkerService>(new WorkerService(
      std::make_unique<Impl>(bus, options, learners, std::move(lock), std::move(*blobs))));
}

}  // namespace app
