// How a session starts and how it ends.

#include <unistd.h>

#include "app/session_parts.h"
#include "app/training/surroundings.h"
#include "hubs/topic_source.h"
#include "sensors/base/log.h"

namespace app {

namespace {

using std::chrono::milliseconds;

/// Whether what is made up is written into the project.
enum class Keep { No, Yes };

/// The name this project has for workers: the same at each start, so that results which waited for
/// it are found, and another on another computer, where a copy of the project may be open too.
base::Result<std::string> benchIdOf(ProjectStore& store, Keep keep) {
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  const std::string key = std::string("bench at ") + host;
  auto id = store.meta(key);
  if (!id || !id->empty()) return id;
  const std::string made = "wb-" + base::randomHex(4);
  if (keep == Keep::No) return made;
  if (const auto kept = store.setMeta(key, made); !kept) return kept.error();
  return made;
}

/// A random name by which this computer knows the project again, wherever the file lies.
base::Result<std::string> trustIdOf(ProjectStore& store, Keep keep) {
  auto id = store.meta("rules id");
  const bool usable = id && id->size() == 32 &&
                      id->find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!id || usable) return id;
  const std::string made = base::randomHex(16);
  if (keep == Keep::No) return made;
  if (const auto kept = store.setMeta("rules id", made); !kept) return kept.error();
  return made;
}

}  // namespace

base::Result<std::unique_ptr<Session>> Session::open(SessionOptions options,
                                                     plugins::Registry registry) {
  auto impl = std::make_unique<Impl>();
  impl->options = std::move(options);
  impl->registry = std::move(registry);
  if (auto opened = impl->open(); !opened) return opened.error();
  return std::unique_ptr<Session>(new Session(std::move(impl)));
}

Session::Session(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Session::~Session() = default;
CheckDesk& Session::check() const { return *impl_->check; }
TopicDesk& Session::topics() const { return *impl_->topicDesk; }

base::Result<void> Session::Impl::open() {
  const bool isNew = options.madeHere || !std::filesystem::exists(options.project);
  if (auto opened = openStore(); !opened) return opened;
  auto blobFolder = hubs::BlobStore::open(options.workFolder / "blobs");
  if (!blobFolder) return blobFolder.error();
  blobs = *std::move(blobFolder);

  const Keep keep = looksOnly() ? Keep::No : Keep::Yes;
  auto id = benchIdOf(*store, keep);
  if (!id) return id.error();
  benchId = *std::move(id);
  topics = hubs::Topics(options.site);
  if (options.broker) {
    brokerOptions = *options.broker;
  } else {
    auto own = hubs::PrivateBroker::open();
    if (!own) return own.error();
    privateBroker = *std::move(own);
    brokerOptions = privateBroker->optionsFor("bench");
  }
  brokerOptions.will = hubs::Message{.topic = topics.bench(benchId, "state"),
                                     .payload = hubs::toBytes("offline"),
                                     .delivery = hubs::Delivery::AtLeastOnce,
                                     .retain = hubs::Retain::Yes};
  auto connected = hubs::makeMqttBus(brokerOptions);
  if (!connected) return connected.error();
  bus = *std::move(connected);

  traces = std::make_unique<Traces>(tape);
  frames = std::make_unique<sensors::FrameHub>(sources, registry.extractors, clock);
  director = std::make_unique<Director>(clock);
  past = std::make_unique<Director>(clock);
  menu = std::make_unique<ExtractorMenu>(registry, clock, [this] { changed(); });
  const auto onChange = [this] { changed(); };
  recorder = std::make_unique<Recorder>(*store, sources, tape, clock, onChange);
  edits = std::make_shared<EditList>(*store);
  builder = std::make_unique<DatasetBuilder>(*store, registry);
  if (auto kept = flagsOf(*store)) flags.start(*std::move(kept));
  if (auto known = loadPlaces(*store, places); !known) base::logWarning(known.error().message);
  builder->setFlags([this] { return flags.all(); });
  library = std::make_unique<Library>(*store, *builder);
  workers = std::make_unique<WorkerDirectory>(*bus, topics, benchId, store->epoch(), *blobs,
                                              registry.learners, clock, onChange);
  announcer = std::make_unique<Announcer>(*bus, topics, benchId);
  history = std::make_unique<PredictionHistory>(*store, clock);
  auto known = trustIdOf(*store, keep);
  if (!known) return known.error();
  trustId = *std::move(known);
  trust = std::make_unique<Trust>(options.settingsFolder.empty()
                                      ? Trust::usualFile()
                                      : options.settingsFolder / "trusted");
  desk = std::make_unique<RuleDesk>(sources, clock, ruleOutside());
  openTasks();
  check = std::make_unique<CheckDesk>(*store, *builder, registry.learners, options.seed, onChange);

  sources.onDeclared([this](const auto& stream) { sourceDeclared(stream); });
  if (const auto all = store->sources()) {
    for (const sensors::SourceInfo& info : *all) sources.declare(info);
  }
  nodes = std::make_unique<hubs::NodeDirectory>(*bus, topics, benchId, sources, clock, onChange);
  brokers = std::make_unique<BrokerBook>(options.settingsFolder.empty()
                                             ? BrokerBook::usualFile()
                                             : options.settingsFolder / "brokers");
  links = std::make_unique<hubs::BrokerLinks>(
      *bus, brokerOptions, [this](const std::string& url) { return brokers->optionsFor(url); });
  topicDesk = std::make_unique<TopicDesk>(
      *brokers, *links, privateBroker ? std::string() : hubs::brokerUrl(brokerOptions), clock,
      [this](const std::string& broker) { loginChanged(broker); });
  imports = std::make_unique<ImportDesk>(importOutside(), clock);
  registry.localKinds[hubs::kTopicKind] = hubs::topicKind(*links);
  locals = std::make_unique<LocalSources>(
      registry.localKinds,
      sensors::LocalSurroundings{.sources = sources, .clock = clock, .onChange = onChange});
  linkWatch = bus->onStatus([this](const hubs::LinkStatus& status) {
    if (status.state == hubs::LinkState::Online) {
      [[maybe_unused]] const auto sent = bus->publish({.topic = topics.bench(benchId, "state"),
                                                       .payload = hubs::toBytes("online"),
                                                       .delivery = hubs::Delivery::AtLeastOnce,
                                                       .retain = hubs::Retain::Yes});
      // Its name was just found: asking earlier could wait long, and closing with it.
      past->post([this] { workers->setBenchNear(isNear(brokerOptions.host)); });
    }
    director->post([this, status] {
      if (status.state == hubs::LinkState::Lost) {
        notice(NoticeView::Kind::Warning,
               "The hub stopped answering. What this computer senses itself goes "
               "on; I keep trying. " +
                   status.reason);
      } else if (status.state == hubs::LinkState::Refused) {
        notice(NoticeView::Kind::Error, status.reason);
      }
      changed();
    });
  });
  director->post([this, isNew] {
    reloadRules();  // says which policy is in force
    if (looksOnly()) {
      for (const auto& [taskId, of] : taskDesks) {
        of->lessons().setPaused(true);
        of->start();
      }
    } else {
      if (isNew) allow({answersDeed()});
      startChildren();
      restoreSettings();
      followLocals();
      for (const auto& [taskId, of] : taskDesks) of->start();
    }
    reloadRules();
    buildSnapshot();
    tick();
  });
  return {};
}

Session::Impl::~Impl() {
  if (!director) return;
  // A recording that runs is ended and kept; children end on the thread that started them.
  director->post([this] {
    if (teaching && teaching->isRecording()) {
      if (const auto kept = teaching->endNow(); !kept) base::logError(kept.error().message);
    }
    for (const SettingTrial& one : trials.all()) {
      if (trials.goBack(one.node, one.param)) sendBack(one);
    }
    if (!trials.all().empty()) saveTrials();
    if (!looksOnly() && !flags.open(clock.now()).empty()) {
      if (const auto kept = setFlags(*store, flags.all()); !kept) base::logError(kept.error().message);
    }
    if (!looksOnly() && (placesToSave || places.isAnyRunning())) {
      if (auto kept = savePlacesNow(); !kept) base::logError(kept.error().message);
    }
    children.clear();
  });
  director->settle();
  skewStop.request_stop();
  past->stop();
  menu.reset();
  imports.reset();  // may still wait for the director
  director->stop();
  check.reset();  // snapshots that are still being made ask it
  trialThread = {};
  copying = {};
  linkWatch.reset();
  topicDesk.reset();
  locals.reset();
  nodes.reset();
  taskDesks.clear();
  workers.reset();
  recorder.reset();
  if (bus) {
    [[maybe_unused]] const auto sent = bus->publish({.topic = topics.bench(benchId, "state"),
                                                     .payload = hubs::toBytes("offline"),
                                                     .delivery = hubs::Delivery::AtLeastOnce,
                                                     .retain = hubs::Retain::Yes});
    bus->flush(milliseconds(300));
  }
}

void Session::Impl::startChildren() {
  const std::string url = hubs::brokerUrl(brokerOptions);
  const auto connection = [&](const std::string& role) {
    std::vector<std::string> words = {"--broker", url, "--site", options.site, "--with-parent"};
    std::filesystem::path secret;
    std::string user = brokerOptions.user;
    if (privateBroker) {
      user = privateBroker->optionsFor(role).user;
      secret = privateBroker->passwordFile(role);
    } else if (!brokerOptions.password.empty()) {
      secret = options.workFolder / "broker-password";
      if (!writeSecretFile(secret, brokerOptions.password)) secret.clear();
    }
    if (!user.empty()) words.insert(words.end(), {"--user", user});
    if (!secret.empty()) words.insert(words.end(), {"--password-file", secret.string()});
    if (brokerOptions.tls) words.insert(words.end(), {"--ca", brokerOptions.tls->caFile});
    return words;
  };
  if (options.startWorker) {
    const std::string id = "this-computer-" + benchId.substr(3);
    auto words = connection("worker");
    words.insert(words.end(), {"--id", id, "--folder", (options.workFolder / "worker").string()});
    workers->setLocalWorker(id);
    children.push_back(std::make_unique<Child>(options.programs / "mimosa-worker", words));
  }
  if (options.startDemoHome) {
    auto words = connection("home");
    words.insert(words.begin(), "simulate");
    words.insert(words.end(), options.demoArguments.begin(), options.demoArguments.end());
    children.push_back(std::make_unique<Child>(options.programs / "mimosactl", words));
  }
}

}  // namespace app
