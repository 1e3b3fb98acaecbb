// A starter is made and answers: with a real broker, the simulated house living by itself, and a
// worker that trains.

#include "app/starters.h"

#include <cmath>
#include <gtest/gtest.h>

#include "app/simulator/fast_home.h"
#include "app/simulator/routine.h"
#include "tests/support/home_session.h"

namespace app {

namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// What the house does now, as its own node says it. Fed from the bus.
class Truth {
 public:
  Truth(const hubs::MqttOptions& options, const Starter& starter) : starter_(starter) {
    auto made = hubs::makeMqttBus(options);
    EXPECT_TRUE(made);
    bus_ = *std::move(made);
    watch_ = bus_->subscribe(hubs::Topics("home").node("house", "event"),
                             hubs::Delivery::AtLeastOnce,
                             [this](const hubs::Message& message) { take(message.text()); });
  }
  /// The label of the activity that has been going on for two seconds, or empty.
  std::string now() const {
    std::lock_guard lock(mutex_);
    return !label_.empty() && Clock::now() - since_ > 2s ? label_ : std::string();
  }

 private:
  void take(std::string_view text) {
    std::lock_guard lock(mutex_);
    label_.clear();
    if (text.find("\"on\":true") == std::string_view::npos) return;
    for (std::size_t i = 0; i < starter_.activities.size(); ++i) {
      if (text.find("\"" + starter_.activities[i] + "\"") != std::string_view::npos) {
        label_ = starter_.labels[i];
      }
    }
    since_ = Clock::now();
  }
  const Starter& starter_;
  mutable std::mutex mutex_;
  std::string label_;
  Clock::time_point since_;
  std::unique_ptr<hubs::Bus> bus_;
  hubs::SubscriptionPtr watch_;
};

}  // namespace

TEST(Routine, DoesEverythingOnceARoundWithRestsBetween) {
  Routine routine({"a", "b", "c"}, 5);
  std::map<std::string, int> count;
  std::string running;
  int begun = 0;
  for (int tick = 0; tick < 10 * 60 * 4; ++tick) {
    for (const Routine::Step& step : routine.next()) {
      EXPECT_EQ(step.on, running.empty()) << "one thing at a time";
      running = step.on ? step.activity : std::string();
      if (step.on && ++count[step.activity]) {
        ++begun;
        for (const auto& [activity, n] : count) EXPECT_LE(std::abs(n - begun / 3), 1) << activity;
      }
    }
  }
  EXPECT_GE(begun, 14);
  EXPECT_TRUE(Routine({}, 1).next().empty());
}

TEST(FastHome, SendsWhatTheHomeSendsWithNothingLost) {
  sensors::SourceTable sources;
  sensors::Tape tape;
  FastClock clock(base::Time{} + 1000h);
  const base::Time begin = clock.now();

  const auto acts = playFast({.seed = 3, .activities = {"kettle"}, .length = 30s}, clock, sources,
                             tape);

  ASSERT_TRUE(acts);
  ASSERT_GE(acts->size(), 1U);
  const auto microphone = sources.find("kitchen/microphone");
  ASSERT_TRUE(microphone);
  EXPECT_EQ(microphone->counts().lostBlocks, 0U);
  EXPECT_NEAR(static_cast<double>(microphone->counts().readings), 30.0 * 16000, 1600);
  EXPECT_TRUE(sources.find("hall_camera/view"));
  // The kettle draws power while it runs and none before.
  const auto mean = [&](const base::TimeSpan& span) {
    double sum = 0;
    int n = 0;
    for (const auto& block : tape.read("kitchen/power", span)) {
      for (std::size_t i = 0; i < block->rows(); ++i, ++n) sum += block->samples()->at(i, 0);
    }
    return n == 0 ? 0 : sum / n;
  };
  const base::TimeSpan act = acts->front().span;
  EXPECT_GT(mean({act.begin + 2s, act.end}), mean({begin, act.begin}) + 500);
}

TEST(FastHome, EqualSeedsGiveEqualHomes) {
  const auto play = [] {
    sensors::SourceTable sources;
    sensors::Tape tape;
    FastClock clock(base::Time{} + 1000h);
    const base::Time begin = clock.now();
    EXPECT_TRUE(playFast({.seed = 3, .activities = {"tap"}, .length = 12s}, clock, sources, tape));
    std::vector<float> all;
    for (const auto& block : tape.read("kitchen/microphone", {begin, clock.now()})) {
      all.insert(all.end(), block->samples()->values.begin(), block->samples()->values.end());
    }
    return all;
  };
  EXPECT_EQ(play(), play());
}

TEST(Starters, EachHasALabelForEachActivityAndSourcesThatExist) {
  EXPECT_EQ(starters().size(), 5U);
  for (const Starter& starter : starters()) {
    EXPECT_EQ(starter.labels.size(), starter.activities.size()) << starter.id;
    EXPECT_EQ(findStarter(starter.id), &starter);
  }
  EXPECT_EQ(findStarter("nonsense"), nullptr);
}

TEST(Starters, OneThatIsLeftWhileItIsMadeLeavesNothingBehind) {
  const support::TempFolder folder;
  std::stop_source stop;
  stop.request_stop();

  const auto made = makeStarter(starters()[0], folder.path() / "a.mimosa",
                                base::SystemClock().now(), stop.get_token());

  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, base::ErrorCode::Cancelled);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

class StarterTest : public ::testing::TestWithParam<int> {};

TEST_P(StarterTest, AnswersLiveAndRightSoonAfterItWasChosen) {
  const Starter& starter = starters()[static_cast<std::size_t>(GetParam())];
  const support::TempFolder folder;
  SessionOptions options = support::homeOptions(folder.path());
  options.project = folder.path() / "starter.mimosa";
  options.demoArguments = demoArgumentsOf(starter);
  options.madeHere = true;

  const auto begin = Clock::now();
  const auto made = makeStarter(starter, options.project, base::SystemClock().now());
  ASSERT_TRUE(made) << made.error().message;
  const double making = secondsSince(begin);
  const auto session = support::openSession(options);
  session->trainNow();
  const Truth truth(session->broker(), starter);
  ASSERT_TRUE(support::waitUntil([&] { return session->latest().has_value(); }, 180s))
      << support::describe(*session);
  const double answered = secondsSince(begin);
  const double computed = session->latest()->computeMs;
  ASSERT_TRUE(support::waitUntil(
      [&] {
        const std::string wanted = truth.now();
        return !wanted.empty() && support::heardNow(*session) == wanted;
      },
      180s))
      << support::describe(*session);
  const double right = secondsSince(begin);
  const bool quick = session->latest()->modelVersion == 0;
  ASSERT_TRUE(support::waitUntil([&] { return session->snapshot()->model.version > 0; }, 180s))
      << support::describe(*session);
  std::printf("%-11s made %.1f s, first answer %.1f s (%.1f ms), first right answer about an "
              "activity %.1f s (%s model), whole model there %.1f s\n",
              starter.id, making, answered, computed, right, quick ? "quick" : "whole",
              secondsSince(begin));

  const auto snapshot = session->snapshot();
  for (const std::string& label : starter.labels) {
    EXPECT_GE(support::enabledOf(*session, label), 3) << label;
  }
  EXPECT_EQ(snapshot->projectName, starter.title);
}

INSTANTIATE_TEST_SUITE_P(Five, StarterTest, ::testing::Range(0, 5));

}  // namespace app
