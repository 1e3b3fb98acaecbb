#include "app/session.h"

#include <algorithm>
#include <unistd.h>

#include "app/session_parts.h"
#include "sensors/base/log.h"

namespace app {

namespace {

using std::chrono::milliseconds;

constexpr auto kTick = milliseconds(250);
constexpr auto kSnapshotPause = milliseconds(40);
constexpr auto kCorrectionReach = std::chrono::seconds(4);
constexpr std::size_t kNotices = 50;

/// The name this project has for workers: the same at each start, so that results which waited for
/// it are found, and another on another computer, where a copy of the project may be open too.
base::Result<std::string> benchIdOf(ProjectStore& store) {
  char host[256] = {};
  gethostname(host, sizeof host - 1);
  const std::string key = std::string("bench at ") + host;
  auto id = store.meta(key);
  if (!id || !id->empty()) return id;
  const std::string made = "wb-" + base::randomHex(4);
  if (const auto kept = store.setMeta(key, made); !kept) return kept.error();
  return made;
}

/// A random name by which this computer knows the project's rules again, wherever the file lies.
base::Result<std::string> rulesIdOf(ProjectStore& store) {
  auto id = store.meta("rules id");
  const bool usable = id && id->size() == 32 &&
                      id->find_first_not_of("0123456789abcdef") == std::string::npos;
  if (!id || usable) return id;
  const std::string made = base::randomHex(16);
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

base::Result<void> Session::Impl::open() {
  auto opened = ProjectStore::open(options.project);
  if (!opened) return opened.error();
  store = *std::move(opened);
  if (options.workFolder.empty()) options.workFolder = options.project.parent_path() / ".mimosa";
  auto blobFolder = hubs::BlobStore::open(options.workFolder / "blobs");
  if (!blobFolder) return blobFolder.error();
  blobs = *std::move(blobFolder);

  auto id = benchIdOf(*store);
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
  const auto onChange = [this] { changed(); };
  recorder = std::make_unique<Recorder>(*store, sources, tape, clock, onChange);
  teaching = std::make_unique<Teaching>(*store, *recorder, clock);
  builder = std::make_unique<DatasetBuilder>(*store, registry);
  library = std::make_unique<Library>(*store, *builder);
  workers = std::make_unique<WorkerDirectory>(*bus, topics, benchId, store->epoch(), *blobs,
                                              registry.learners, clock, onChange);
  announcer = std::make_unique<Announcer>(*bus, topics, benchId);
  history = std::make_unique<PredictionHistory>(*store, clock);
  auto rules = rulesIdOf(*store);
  if (!rules) return rules.error();
  rulesId = *std::move(rules);
  ruleTrust = std::make_unique<RuleTrust>(options.settingsFolder.empty()
                                              ? RuleTrust::usualFile()
                                              : options.settingsFolder / "rules-that-act");
  desk = std::make_unique<RuleDesk>(sources, clock, ruleOutside());
  task = std::make_unique<Task>(*frames, clock, [this](const Answer& answer) {
    std::string hash;
    {
      std::lock_guard lock(mutex);
      hash = servingHash;
    }
    announcer->announce(answer, hash);
    history->add(pastOf(answer.prediction, answer.labels, answer.modelVersion, hash));
    desk->hear(answer);
    changed();
  });
  lessons = std::make_unique<Lessons>(
      *store, *teaching, *builder, *director, registry.learners, clock, options.seed,
      Lessons::Outside{.trainer = [this] { return currentTrainer(); },
                       .serve = [this](const auto& e, int v, const auto& f) { serve(e, v, f); },
                       .adapt = adapter(),
                       .changed = onChange,
                       .notice = [this](auto kind, const auto& text) { notice(kind, text); }});

  check = std::make_unique<CheckDesk>(*store, *builder, registry.learners, options.seed, onChange);

  sources.onDeclared([this](const auto& stream) { sourceDeclared(stream); });
  if (const auto known = store->sources()) {
    for (const sensors::SourceInfo& info : *known) sources.declare(info);
  }
  nodes = std::make_unique<hubs::NodeDirectory>(*bus, topics, benchId, sources, clock, onChange);
  if (const auto settings = store->deviceSettings()) {
    for (const auto& [node, kept] : *settings) nodes->restore(node, kept.version, kept.desired);
  }
  locals = std::make_unique<LocalSources>(
      registry.localKinds,
      sensors::LocalSurroundings{.sources = sources, .clock = clock, .onChange = onChange});
  linkWatch = bus->onStatus([this](const hubs::LinkStatus& status) {
    if (status.state == hubs::LinkState::Online) {
      [[maybe_unused]] const auto sent = bus->publish({.topic = topics.bench(benchId, "state"),
                                                       .payload = hubs::toBytes("online"),
                                                       .delivery = hubs::Delivery::AtLeastOnce,
                                                       .retain = hubs::Retain::Yes});
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
  director->post([this] {
    startChildren();
    followLocals();
    task->setSteadiness(taskSettings().steadiness);
    reloadRules();
    lessons->resume();
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
      teaching->release();
      if (const auto kept = teaching->finish(); !kept) base::logError(kept.error().message);
    }
    children.clear();
  });
  director->settle();
  past->stop();
  director->stop();
  check.reset();  // snapshots that are still being made ask it
  trialThread = {};
  linkWatch.reset();
  locals.reset();
  nodes.reset();
  lessons.reset();
  trainer.reset();
  task.reset();
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
    trainerWorker = id;
    trainer = workers->trainerOn(id);
  }
  if (options.startDemoHome) {
    auto words = connection("home");
    words.insert(words.begin(), "simulate");
    words.insert(words.end(), options.demoArguments.begin(), options.demoArguments.end());
    children.push_back(std::make_unique<Child>(options.programs / "mimosactl", words));
  }
}

void Session::Impl::changed() {
  director->post([this] {
    if (std::exchange(snapshotDue, true)) return;
    director->postAt(clock.now() + kSnapshotPause, [this] { buildSnapshot(); });
  });
}

void Session::Impl::tick() {
  const base::Time now = clock.now();
  for (const auto& child : children) {
    if (const auto alive = child->keepAlive(now); !alive)
      notice(NoticeView::Kind::Error, alive.error().message);
  }
  if (privateBroker && bus->status().state == hubs::LinkState::Lost)
    report(privateBroker->reviveIfDead());
  measure();
  learnNorms();
  tickRules();
  changed();
  director->postAt(now + kTick, [this] { tick(); });
}

void Session::Impl::notice(NoticeView::Kind kind, const std::string& text) {
  if (text.empty()) return;
  const auto same =
      std::find_if(notices.begin(), notices.end(), [&](const auto& n) { return n.text == text; });
  if (same != notices.end()) {
    ++same->count;
    same->time = clock.now();
  } else {
    notices.push_back({.kind = kind, .text = text, .time = clock.now(), .id = nextNotice++});
    if (notices.size() > kNotices) notices.pop_front();
  }
  base::logLine(kind == NoticeView::Kind::Error ? base::LogLevel::Error : base::LogLevel::Warning,
                text);
  changed();
}

void Session::Impl::report(const base::Result<void>& result) {
  if (!result) notice(NoticeView::Kind::Error, result.error().message);
}

void Session::Impl::sourceDeclared(const std::shared_ptr<sensors::SourceStream>& stream) {
  traces->follow(stream);
  director->post([this, stream] {
    report(store->declareSource(*stream->info()));
    changed();
  });
}

decltype(Lessons::Outside::adapt) Session::Impl::adapter() const {
  const auto program = options.programs / "mimosa-worker";
  std::shared_ptr<TrainingChild> child = std::filesystem::exists(program)
                                             ? makeProcessChild(program, 0)
                                             : makeThreadChild(registry.learners);
  return [child, folder = options.workFolder / "correction", all = registry.learners](
             const AdaptationJob& job, std::stop_token stop) {
    return adaptInChild(*child, folder, job, all, stop);
  };
}

TaskSettings Session::Impl::taskSettings() const {
  auto settings = store->task();
  return settings ? *std::move(settings) : TaskSettings{};
}

Trainer* Session::Impl::currentTrainer() {
  const std::string wanted = taskSettings().trainOn;
  const bool remote = !wanted.empty();
  if (remote && trainerWorker != wanted) {
    trainer = workers->trainerOn(wanted);
    trainerWorker = wanted;
  } else if (!remote) {
    const auto all = workers->workers();
    const auto local =
        std::find_if(all.begin(), all.end(), [](const WorkerView& w) { return w.local; });
    const std::string id = local == all.end() ? std::string() : local->id;
    if (!trainer || trainerWorker != id) {
      trainer = options.startWorker && !id.empty() ? workers->trainerOn(id)
                                                   : makeInProcessTrainer(registry.learners);
      trainerWorker = id;
    }
  }
  return trainer.get();
}

void Session::Impl::serve(const learners::EnsemblePtr& ensemble, int version,
                          const std::vector<sensors::FrameSpec>& specs) {
  {
    std::lock_guard lock(mutex);
    servingHash = ensemble ? ensemble->hash() : std::string();
  }
  library->setModel(ensemble, version, taskSettings(), specs);
  if (!ensemble) {
    task->serve({});
    return;
  }
  if (specs != watched) {
    watched = specs;
    task->watch(specs, taskSettings().window.hop);
  }
  const std::string worker = taskSettings().serveOn;
  deployedOn = worker;
  if (worker.empty()) return serveHere(ensemble, version);

  std::string name = worker;
  for (const WorkerView& w : workers->workers()) {
    if (w.id == worker) name = w.name;
  }
  const std::string hash = ensemble->hash();
  workers->deploy(worker, "main", ensemble, [=, this](const base::Result<void>& done) {
    director->post([=, this] {
      if (deployedOn != worker || !lessons->serving() || lessons->serving()->hash() != hash) return;
      if (!done) {
        notice(NoticeView::Kind::Warning, name + " does not serve: " + done.error().message +
                                              " This computer answers instead.");
        return serveHere(ensemble, version);
      }
      task->serve({.ensemble = ensemble,
                   .version = version,
                   .place = name,
                   .memberTitles = memberTitles(*ensemble),
                   .ask = [this, hash](const sensors::Frame& frame, Serving::Reply reply) {
                     workers->predict("main", hash, frame, std::chrono::seconds(2),
                                      std::move(reply));
                   }});
    });
  });
}

void Session::Impl::serveHere(const learners::EnsemblePtr& ensemble, int version) {
  task->serve({.ensemble = ensemble,
               .version = version,
               .place = "this program",
               .memberTitles = memberTitles(*ensemble)});
}

std::vector<std::string> Session::Impl::memberTitles(const learners::Ensemble& ensemble) const {
  std::vector<std::string> titles;
  for (const auto& member : ensemble.content().members) {
    const auto found = registry.learners.find(std::string(member.model->kind()));
    titles.push_back(found == registry.learners.end() ? std::string(member.model->kind())
                                                      : found->second->title());
  }
  return titles;
}

void Session::Impl::changeTask(const std::function<void(TaskSettings&)>& change,
                               const std::string& text) {
  const TaskSettings before = taskSettings();
  TaskSettings after = before;
  change(after);
  const auto done = teaching->edits().perform({ChangeTask{before, after}, text});
  if (!done) return notice(NoticeView::Kind::Error, done.error().message);
  taskChanged(before, after);
  lessons->taskChanged();
}

void Session::Impl::taskChanged(const TaskSettings& one, const TaskSettings& other) {
  const TaskSettings now = taskSettings();
  task->setSteadiness(now.steadiness);
  if (one.window.hop != other.window.hop) reloadRules();
  if (one.trainingPaused != other.trainingPaused) lessons->setPaused(now.trainingPaused);
  if (one.serveOn != other.serveOn && lessons->serving()) {
    serve(lessons->serving(), lessons->model().version, watched);
  }
}

}  // namespace app
