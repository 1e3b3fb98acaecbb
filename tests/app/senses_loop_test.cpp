// The sixty-second loop with a microphone, a motion sensor, a power meter and a camera together,
// over a real broker and a real sound system. Each is pulled out while what it tells of goes on:
// certainty falls, nothing crashes, and it comes back. They are out for MIMOSA_PULL_SECONDS (8 where
// nobody says).

#include <cstdlib>
#include <gtest/gtest.h>

#include "hubs/private_broker.h"
#include "sensors/microphone_driver.h"
#include "tests/support/home_session.h"
#include "tests/support/socketed_house.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::live;
using support::waitUntil;
using State = learners::PredictionState;

constexpr base::Duration kPatience = seconds(90);
constexpr int kAnswers = 8;

base::Duration pulledFor() {
  const char* text = std::getenv("MIMOSA_PULL_SECONDS");
  return base::fromSeconds(text ? std::clamp(std::atof(text), 1.0, 600.0) : 8);
}

struct FourSenses : testing::Test {
  support::TempFolder folder;
  base::SystemClock clock;
  std::unique_ptr<support::SoundHouse> sound;
  std::unique_ptr<hubs::PrivateBroker> broker;
  std::unique_ptr<support::SocketedHouse> house;
  std::unique_ptr<app::Session> session;

  void SetUp() override {
    if (const auto missing = support::SoundHouse::missing()) GTEST_SKIP() << *missing;
    sound = std::make_unique<support::SoundHouse>(folder.path());
    auto opened = hubs::PrivateBroker::open();
    ASSERT_TRUE(opened) << opened.error().message;
    broker = *std::move(opened);
    house = std::make_unique<support::SocketedHouse>(*sound, broker->optionsFor("home"),
                                                     hubs::Topics("home"), clock);
    app::SessionOptions options = support::homeOptions(folder.path());
    options.startDemoHome = false;
    options.broker = broker->optionsFor("bench");
    session = support::openSession(options);
    ASSERT_TRUE(session);
    session->letProject();
    session->setWindow({seconds(2), milliseconds(500)});
    session->addLocal({.kind = "microphone",
                       .device = sensors::SoundDriver::kUsual,
                       .name = "Microphone"});
    session->addLocal({.kind = "camera", .device = house->cameraAddress(), .name = "Hall camera"});
  }
  void TearDown() override {
    session.reset();
    house.reset();
  }

  /// The source whose id ends so; "" where there is none that sends.
  std::string sending(const std::string& what) const {
    const auto snapshot = session->snapshot();
    for (const app::SourceView& source : snapshot->sources) {
      const bool is = source.info.id.ends_with(what) || source.info.name == what;
      if (is && source.counts.blocks > 0 && !source.silent) return source.info.id;
    }
    return {};
  }
  bool allSend() const {
    for (const char* what : {"Microphone", "Hall camera", "meter/power", "hall/motion"}) {
      if (sending(what).empty()) return false;
    }
    return true;
  }
  void show(const std::string& label, const std::string& activity) {
    session->addLabel(label);
    ASSERT_TRUE(waitUntil([&] { return support::labelId(*session, label) != 0; }));
    for (int i = 1; i <= 3; ++i) {
      house->act(activity, true);
      live(*session, milliseconds(3500));
      session->startRecording(support::labelId(*session, label));
      live(*session, seconds(4));
      session->stopRecording();
      house->act(activity, false);
      ASSERT_TRUE(waitUntil([&] { return support::enabledOf(*session, label) == i; }, kPatience))
          << support::describe(*session);
      live(*session, milliseconds(1500));
    }
  }
  /// Certainties of the next answers, and how many were `label`.
  struct Answers {
    double certainty = 0;  ///< mean; no data counts as none
    int right = 0;
    int imputed = 0;
    int noData = 0;
  };
  /// A busy computer may be late with a part: such answers count only where any does.
  enum class Which { Any, Whole };
  Answers next(const std::string& label, Which which = Which::Any) {
    constexpr int n = kAnswers;
    Answers all;
    base::Time last = session->now();
    for (int i = 0; i < n; ++i) {
      std::optional<app::Answer> answer;
      EXPECT_TRUE(waitUntil(
          [&] {
            answer = session->latest();
            const bool isNew = answer && answer->prediction.span.end > last;
            return isNew && (which == Which::Any || !answer->prediction.imputed);
          },
          kPatience))
          << support::describe(*session);
      if (!answer) break;
      last = answer->prediction.span.end;
      const learners::Prediction& p = answer->prediction;
      all.noData += p.state == State::NoData;
      all.imputed += p.imputed;
      all.certainty += p.state == State::NoData ? 0 : static_cast<double>(p.certainty) / n;
      all.right += support::heardNow(*session) == label;
    }
    return all;
  }
  void print(const char* what, const Answers& answers) {
    std::printf("%-28s certainty %3.0f %%, %d of %d right, %d with a part missing, %d no data\n",
                what, 100 * answers.certainty, answers.right, kAnswers, answers.imputed, answers.noData);
    std::fflush(stdout);
  }
};

TEST_F(FourSenses, AreLearntTogetherAndEachMayBePulledOutAndPutBack) {
  ASSERT_TRUE(waitUntil([&] { return allSend(); }, kPatience)) << support::describe(*session);
  const base::Time begun = session->now();
  session->listenToBackground(seconds(8));
  ASSERT_TRUE(waitUntil([&] { return support::enabledOf(*session, "Background") == 1; },
                        kPatience));
  show("Kettle", "kettle");
  show("Walking", "walking through");
  ASSERT_TRUE(waitUntil(
      [&] {
        const app::ModelView model = session->snapshot()->model;
        return model.version > 0 && model.phase == app::ModelPhase::Ready && model.newExamples == 0;
      },
      kPatience))
      << support::describe(*session);
  std::printf("from the first background to a model of all: %.0f s\n",
              base::toSeconds(session->now() - begun));

  house->act("kettle", true);
  ASSERT_TRUE(waitUntil([&] { return support::heardNow(*session) == "Kettle"; }, kPatience))
      << support::describe(*session);
  live(*session, seconds(3));
  const Answers whole = next("Kettle", Which::Whole);
  print("all four", whole);
  EXPECT_GE(whole.right, kAnswers / 2);

  struct Plug {
    const char* name;
    const char* source;
    std::function<void()> out, in;
  };
  const std::vector<Plug> plugs = {
      {"Microphone", "Microphone", [&] { house->pullOutMicrophone(); },
       [&] { ASSERT_TRUE(house->plugInMicrophone()); }},
      {"Power meter", "meter/power", [&] { house->pullOutPower(); }, [&] { house->plugInPower(); }},
      {"Motion sensor", "hall/motion", [&] { house->pullOutMotion(); },
       [&] { house->plugInMotion(); }},
      {"Camera", "Hall camera", [&] { house->pullOutCamera(); }, [&] { house->plugInCamera(); }}};
  for (const Plug& plug : plugs) {
    SCOPED_TRACE(plug.name);
    const base::Time pulled = session->now();
    plug.out();
    // It is seen to be away in the answer itself: a part is missing, or there is no answer.
    ASSERT_TRUE(waitUntil(
        [&] {
          const auto answer = session->latest();
          return sending(plug.source).empty() && answer &&
                 (answer->prediction.imputed || answer->prediction.state == State::NoData);
        },
        kPatience))
        << support::describe(*session);
    const double noticed = base::toSeconds(session->now() - pulled);
    live(*session, seconds(3));
    const Answers without = next("Kettle");
    print((std::string("without the ") + plug.name).c_str(), without);
    EXPECT_LT(without.certainty, whole.certainty - 0.03);
    EXPECT_EQ(without.imputed, kAnswers);
    const base::Duration left = pulled + pulledFor() - session->now();
    if (left.count() > 0) live(*session, left);

    plug.in();
    ASSERT_TRUE(waitUntil(
        [&] {
          const auto answer = session->latest();
          return !sending(plug.source).empty() && answer && !answer->prediction.imputed &&
                 answer->prediction.state != State::NoData;
        },
        kPatience))
        << support::describe(*session);
    std::printf("  noticed after %.1f s, out for %.0f s, whole again\n", noticed,
                base::toSeconds(session->now() - pulled));
  }
  house->act("kettle", false);
  live(*session, seconds(3));
  house->act("kettle", true);
  EXPECT_TRUE(waitUntil([&] { return support::heardNow(*session) == "Kettle"; }, kPatience))
      << support::describe(*session);
  print("all four again", next("Kettle"));
}

}  // namespace
