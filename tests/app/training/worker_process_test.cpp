// mimosa-worker as its own process, over real brokers.

#include <gtest/gtest.h>

#include "app/training/worker_directory.h"
#include "hubs/private_broker.h"
#include "tests/app/training/real_house.h"

namespace app {
namespace {

using namespace std::chrono_literals;
using training::contentOf;
using training::Folder;
using training::GuardedBroker;
using training::Outcome;
using training::Process;
using training::SecondComputer;
using training::Words;

/// A directory over a bus.
class Bench {
 public:
  explicit Bench(std::unique_ptr<hubs::Bus> bus) : bus_(std::move(bus)) {
    blobs_ = std::move(*hubs::BlobStore::open(folder_.path() / "blobs"));
    directory_ = std::make_unique<WorkerDirectory>(*bus_, hubs::Topics("home"), "wb-1", 3, *blobs_,
                                                   learners_, clock_, [] {});
  }
  WorkerDirectory& directory() { return *directory_; }

  std::optional<WorkerView> view(const std::string& id) const {
    for (auto& one : directory_->workers()) {
      if (one.id == id) return one;
    }
    return {};
  }
  bool waitOnline(const std::string& id) const {
    return support::waitUntil(
        [&] {
          const auto seen = view(id);
          return seen && seen->online;
        },
        30s);
  }
  template <class T>
  using Reply = std::function<void(base::Result<T>)>;
  template <class T>
  static base::Result<T> await(const std::function<void(Reply<T>)>& ask) {
    std::mutex mutex;
    std::optional<base::Result<T>> result;
    ask([&](base::Result<T> answer) {
      const std::lock_guard lock(mutex);
      result = std::move(answer);
    });
    const bool came = support::waitUntil(
        [&] {
          const std::lock_guard lock(mutex);
          return result.has_value();
        },
        90s);
    const std::lock_guard lock(mutex);
    return came ? *result : base::Error{base::ErrorCode::Timeout, "no answer"};
  }
  base::Result<void> deploy(const std::string& worker, const learners::EnsemblePtr& ensemble) {
    return await<void>([&](auto done) { directory_->deploy(worker, "main", ensemble, done); });
  }
  base::Result<learners::Prediction> predict(const std::string& hash, const sensors::Frame& frame) {
    return await<learners::Prediction>(
        [&](auto reply) { directory_->predict("main", hash, frame, 5s, reply); });
  }

 private:
  Folder folder_;
  const base::SystemClock clock_;
  const learners::LearnerMap learners_ = plugins::builtIn().learners;
  std::unique_ptr<hubs::Bus> bus_;
  std::unique_ptr<hubs::BlobStore> blobs_;
  std::unique_ptr<WorkerDirectory> directory_;
};

Words workerWords(const GuardedBroker& broker) {
  return {MIMOSA_WORKER,
          "--broker",
          broker.url(),
          "--ca",
          broker.ca(),
          "--password-file",
          broker.passwordFile("attic"),
          "--user",
          "attic",
          "--name",
          "Attic Pi"};
}

/// All learners on data that is pulled, then served: the answers must be those of this process.
void expectTrainsAndServes(Bench& bench, const std::string& worker) {
  Outcome outcome;
  const auto job = training::job(
      1, support::blobs({.features = 60, .groups = 5, .rowsPerGroup = 30, .distance = 2}), {});
  const auto trainer = bench.directory().trainerOn(worker);
  trainer->start(job, outcome.callbacks());
  ASSERT_TRUE(outcome.wait(90s));
  ASSERT_TRUE(outcome.result()) << outcome.result().error().message;
  const auto ensemble = outcome.result()->ensemble;
  EXPECT_EQ(ensemble->hash(), training::trainedHere(job)->hash());
  EXPECT_NE(outcome.quick(), nullptr);

  const auto deployed = bench.deploy(worker, ensemble);
  ASSERT_TRUE(deployed) << deployed.error().message;
  for (std::size_t row = 0; row < job.data->rows(); row += 29) {
    const auto frame = training::frameOf(*job.data, row);
    const auto answer = bench.predict(ensemble->hash(), frame);
    ASSERT_TRUE(answer) << answer.error().message;
    training::expectSameBits(*answer, ensemble->predict(frame));
  }
}

TEST(WorkerProcess, TrainsAndServesOverTlsWithItsOwnPasswordAndNoMoreRightsThanItNeeds) {
  const GuardedBroker broker("127.0.0.1");
  ASSERT_TRUE(broker.ready()) << "openssl and mosquitto are needed";
  const Folder home;
  Process worker(workerWords(broker), home.path() / "log", {"HOME=" + home.path().string()});
  auto bus = broker.benchBus();
  ASSERT_NE(bus, nullptr);
  Bench bench(std::move(bus));
  ASSERT_TRUE(bench.waitOnline("attic")) << contentOf(home.path() / "log");
  EXPECT_EQ(bench.view("attic")->name, "Attic Pi");
  const double idle = training::residentMegabytes(worker.pid());

  expectTrainsAndServes(bench, "attic");

  RecordProperty("idle_megabytes", static_cast<int>(idle));
  EXPECT_LT(idle, 30);
  EXPECT_EQ(contentOf(home.path() / "log").find("a-pass"), std::string::npos);
  EXPECT_EQ(worker.end(SIGTERM), 0);
  EXPECT_TRUE(support::waitUntil([&] { return !bench.view("attic")->online; }, 2s));
}

TEST(WorkerProcess, WorksFromAnotherComputer) {
  const SecondComputer computer;
  if (!computer.ready()) {
    GTEST_SKIP() << "left out: another network namespace needs root and `ip netns`";
  }
  const GuardedBroker broker(SecondComputer::addressHere());
  ASSERT_TRUE(broker.ready()) << "openssl and mosquitto are needed";
  const Folder home;
  Process worker(computer.in(workerWords(broker)), home.path() / "log",
                 {"HOME=" + home.path().string()});
  auto bus = broker.benchBus();
  ASSERT_NE(bus, nullptr);
  Bench bench(std::move(bus));
  ASSERT_TRUE(bench.waitOnline("attic")) << contentOf(home.path() / "log");

  expectTrainsAndServes(bench, "attic");
}

/// The worker the workbench starts itself, at the broker it starts itself.
class OwnWorker : public ::testing::Test {
 protected:
  void SetUp() override {
    auto opened = hubs::PrivateBroker::open();
    ASSERT_TRUE(opened) << opened.error().message;
    broker_ = std::move(*opened);
    auto bus = hubs::makeMqttBus(broker_->optionsFor("bench"));
    ASSERT_TRUE(bus) << bus.error().message;
    bench_ = std::make_unique<Bench>(std::move(*bus));
    startWorker();
    ASSERT_TRUE(bench_->waitOnline("own")) << contentOf(home_.path() / "log");
  }
  void startWorker() {
    const auto options = broker_->optionsFor("worker");
    worker_ = std::make_unique<Process>(
        Words{MIMOSA_WORKER, "--broker", hubs::brokerUrl(options), "--user", options.user,
              "--password-file", broker_->passwordFile("worker"), "--id", "own", "--folder",
              home_.path() / "own", "--with-parent"},
        home_.path() / "log");
  }

  /// Kills it with all it knows and starts it again.
  void killBroker() {
    const int before = broker_->processId();
    ::kill(before, SIGKILL);
    ASSERT_TRUE(support::waitUntil(
        [&] { return broker_->reviveIfDead().ok() && broker_->processId() != before; }));
  }

  Folder home_;
  std::unique_ptr<hubs::PrivateBroker> broker_;
  std::unique_ptr<Bench> bench_;
  std::unique_ptr<Process> worker_;
};

TEST_F(OwnWorker, TrainsAndServes) { expectTrainsAndServes(*bench_, "own"); }

TEST_F(OwnWorker, ThatIsKilledWhileTrainingIsNamed) {
  Outcome outcome;
  const auto trainer = bench_->directory().trainerOn("own");
  const auto name = trainer->place();
  trainer->start(
      training::job(1, support::blobs({.features = 300, .groups = 10, .rowsPerGroup = 100}), {}),
      outcome.callbacks());
  ASSERT_TRUE(support::waitUntil([&] { return bench_->view("own")->doing == "training main"; }));

  worker_->end(SIGKILL);

  ASSERT_TRUE(outcome.wait(30s));
  ASSERT_FALSE(outcome.result());
  EXPECT_EQ(outcome.result().error().code, base::ErrorCode::Unavailable);
  EXPECT_EQ(outcome.result().error().message, name + " vanished during training");
}

TEST_F(OwnWorker, GoesOnTrainingWhileTheBrokerIsRestarted) {
  Outcome outcome;
  const auto trainer = bench_->directory().trainerOn("own");
  trainer->start(
      training::job(1, support::blobs({.features = 200, .groups = 10, .rowsPerGroup = 60}), {}),
      outcome.callbacks());
  ASSERT_TRUE(support::waitUntil([&] { return bench_->view("own")->doing == "training main"; }));

  killBroker();

  ASSERT_TRUE(outcome.wait(90s));
  EXPECT_TRUE(outcome.result()) << outcome.result().error().message;
}

TEST_F(OwnWorker, ServesOnAfterItsOwnDeathAndTheBrokers) {
  const auto job = training::job(1);
  const auto ensemble = training::trainedHere(job);
  const auto frame = training::frameOf(*job.data, 1);
  ASSERT_TRUE(bench_->deploy("own", ensemble));
  const auto answers = [&] {
    return support::waitUntil([&] { return bench_->predict(ensemble->hash(), frame).ok(); }, 60s);
  };

  worker_->end(SIGKILL);
  startWorker();
  EXPECT_TRUE(answers()) << contentOf(home_.path() / "log");

  killBroker();
  EXPECT_TRUE(answers()) << contentOf(home_.path() / "log");
}

TEST(WorkerProgram, SaysInASentenceWhatIsWrong) {
  const Folder home;
  const auto log = home.path() / "log";
  const auto complaint = [&](Words words) {
    std::filesystem::remove(log);
    words.insert(words.begin(), MIMOSA_WORKER);
    EXPECT_NE(Process(words, log, {"HOME=" + home.path().string()}).wait(), 0);
    return contentOf(log);
  };

  EXPECT_NE(complaint({}).find("--broker"), std::string::npos);
  EXPECT_NE(complaint({"--broker", "http://x"}).find("http"), std::string::npos);
  EXPECT_NE(complaint({"--broker", "mqtt://x:1", "--id", "a/b"}).find("a/b"), std::string::npos);
  EXPECT_NE(complaint({"--broker", "mqtt://x:1", "--ca", "/none"}).find("mqtts"),
            std::string::npos);
  EXPECT_NE(complaint({"--broker", "mqtt://x:1", "--password-file", "/none"}).find("/none"),
            std::string::npos);
}

}  // namespace
}  // namespace app
