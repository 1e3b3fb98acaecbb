// The demonstration home as people run it: a process of its own on a real broker, and the workbench
// side of the convention listening.

#include <algorithm>
#include <gtest/gtest.h>
#include <mutex>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include "hubs/node_directory.h"
#include "tests/support/broker_fixture.h"
#include "tests/support/wait_until.h"

extern char** environ;

namespace app {
namespace {

using std::chrono::seconds;

/// mimosactl simulate as a child; ended with SIGTERM.
class Simulator {
 public:
  explicit Simulator(std::vector<std::string> words) {
    words.insert(words.begin(), {MIMOSA_CTL, "simulate"});
    std::vector<char*> raw;
    for (std::string& word : words) raw.push_back(word.data());
    raw.push_back(nullptr);
    if (posix_spawn(&pid_, MIMOSA_CTL, nullptr, nullptr, raw.data(), environ) != 0) {
      ADD_FAILURE() << "cannot start " << MIMOSA_CTL;
    }
  }
  ~Simulator() {
    if (pid_ > 0) end();
  }
  /// What it gave the shell.
  int end() {
    kill(pid_, SIGTERM);
    return wait();
  }
  /// What it gave the shell when it ended by itself.
  int wait() {
    int status = 0;
    waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = -1;
};

class SimulateProcess : public testing::Test {
 protected:
  SimulateProcess()
      : bus_(house_.makeBus()), directory_(*bus_, hubs::Topics(), "b1", sources_, clock_, [] {}) {}

  std::vector<std::string> connection() {
    return {"--broker",        hubs::brokerUrl(house_.options("home")),
            "--user",          house_.options("home").user,
            "--password-file", house_.broker().passwordFile("home").string()};
  }
  std::optional<hubs::NodeView> node(const std::string& id) const {
    for (const hubs::NodeView& view : directory_.nodes()) {
      if (view.device.id == id) return view;
    }
    return std::nullopt;
  }
  std::uint64_t blocks(const std::string& source) const {
    const auto stream = sources_.find(source);
    return stream ? stream->counts().blocks : 0;
  }
  /// Rows per second of device time over the next `count` blocks of `source`.
  double measuredRate(const std::string& source, std::size_t count) {
    const auto reader = sources_.find(source)->subscribe(1000);
    std::size_t rows = 0;
    std::optional<base::Time> first;
    base::Time last;
    for (std::size_t i = 0; i <= count; ++i) {
      const auto block = reader->nextWithin({}, seconds(10));
      if (!block) return 0;
      if (!first) {
        first = (*block)->start;  // counting begins behind this block
        last = *first;
        continue;
      }
      last = (*block)->start;
      rows += (*block)->rows();
    }
    return static_cast<double>(rows) / base::toSeconds(last - *first);
  }

  support::BrokerHouse house_;
  base::SystemClock clock_;
  sensors::SourceTable sources_;
  std::unique_ptr<hubs::Bus> bus_;
  hubs::NodeDirectory directory_;
};

TEST_F(SimulateProcess, TheWholeHouseAppearsAndItsBlocksArriveAtTheirRates) {
  Simulator simulator(connection());

  for (const char* source : {"kitchen/vibration", "kitchen/microphone", "kitchen/power",
                             "hall/motion", "hall/light", "hall/co2"}) {
    EXPECT_TRUE(support::waitUntil([&] { return blocks(source) >= 1; }, seconds(20))) << source;
  }
  EXPECT_TRUE(support::waitUntil([&] {
    const auto camera = node("hall_camera");
    return camera && camera->thumbnail && !camera->thumbnail->empty();
  }));
  EXPECT_NEAR(measuredRate("kitchen/vibration", 10), 100, 3);
  EXPECT_NEAR(measuredRate("kitchen/microphone", 20), 16'000, 300);
  EXPECT_EQ(node("kitchen")->badMessages, 0) << node("kitchen")->lastComplaint;

  EXPECT_EQ(simulator.end(), 0);
  EXPECT_TRUE(support::waitUntil([&] { return !node("kitchen")->device.online; }));
  EXPECT_TRUE(support::waitUntil([&] { return !node("house")->device.online; }));
}

TEST_F(SimulateProcess, ARateThatWasAskedForIsWhatArrives) {
  const Simulator simulator(connection());
  ASSERT_TRUE(support::waitUntil([&] { return blocks("kitchen/vibration") >= 2; }, seconds(20)));

  ASSERT_TRUE(directory_.ask("kitchen", "imu.rate", std::int64_t{50}).ok());

  EXPECT_TRUE(support::waitUntil(
      [&] { return node("kitchen")->params["imu.rate"].state == hubs::ParamState::InStep; }));
  EXPECT_TRUE(
      support::waitUntil([&] { return sources_.find("kitchen/vibration")->info()->rate == 50; }));
  EXPECT_NEAR(measuredRate("kitchen/vibration", 10), 50, 2);
}

TEST_F(SimulateProcess, ARefusalReachesTheBenchWithItsReason) {
  const Simulator simulator(connection());
  ASSERT_TRUE(support::waitUntil([&] { return node("hall").has_value(); }, seconds(20)));

  ASSERT_TRUE(directory_.ask("hall", "motion.sensitivity", std::int64_t{12}).ok());

  EXPECT_TRUE(support::waitUntil([&] {
    return node("hall")->params["motion.sensitivity"].state == hubs::ParamState::Refused;
  }));
  EXPECT_EQ(node("hall")->params["motion.sensitivity"].message, "max 9");
}

TEST_F(SimulateProcess, ActingAKettleRaisesThePower) {
  const Simulator simulator(connection());
  ASSERT_TRUE(support::waitUntil([&] { return blocks("kitchen/power") >= 1; }, seconds(20)));
  const auto power = sources_.find("kitchen/power")->subscribe(100);
  std::mutex mutex;
  std::string result;

  directory_.command("house", "act", R"({"activity":"kettle","on":true})",
                     [&](base::Result<std::string> reply) {
                       std::lock_guard lock(mutex);
                       result = reply ? *reply : reply.error().message;
                     });

  EXPECT_TRUE(support::waitUntil([&] {
    std::lock_guard lock(mutex);
    return result.find("kettle") != std::string::npos;
  })) << result;
  float most = 0;
  for (int i = 0; i < 4; ++i) {
    const auto block = power->nextWithin({}, seconds(5));
    if (block) most = std::max(most, (*block)->samples()->at(0, 0));
  }
  EXPECT_GT(most, 1700);
}

TEST(SimulateCommand, WrongWordsAreAnsweredWithUsage) {
  Simulator simulator({"--speed", "2"});  // without a recording there is nothing to speed up

  EXPECT_GT(simulator.wait(), 0);
}

}  // namespace
}  // namespace app
