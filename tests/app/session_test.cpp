// The whole loop through the Session: a real broker, the demonstration home and a worker process.

#include "app/session.h"

#include <gtest/gtest.h>

#include "tests/support/home_session.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::live;
using support::waitUntil;

struct HomeLoop : testing::Test {
  support::TempFolder folder;
  std::unique_ptr<app::Session> session = support::openSession(support::homeOptions(folder.path()));

  void act(const std::string& activity, bool on) { session->act("house", activity, on); }

  void demonstrate(const std::string& label, const std::string& activity, int times) {
    session->addLabel(label);
    ASSERT_TRUE(waitUntil([&] { return support::labelId(*session, label) != 0; }));
    for (int i = 1; i <= times; ++i) {
      act(activity, true);
      live(*session, milliseconds(1500));
      session->startRecording(support::labelId(*session, label));
      live(*session, milliseconds(2500));
      session->stopRecording();
      act(activity, false);
      ASSERT_TRUE(waitUntil([&] { return support::enabledOf(*session, label) == i; }));
      live(*session, milliseconds(800));
    }
  }
  std::string servedHash() { return session->snapshot()->model.hash; }
};

TEST_F(HomeLoop, LearnsAnswersIsCorrectedAndTakesItBack) {
  ASSERT_TRUE(session);
  ASSERT_TRUE(support::waitForSource(*session, "kitchen/microphone")) << support::describe(*session);
  session->listenToBackground(seconds(6));
  ASSERT_TRUE(waitUntil([&] { return support::enabledOf(*session, "Background") == 1; }, seconds(12)));

  demonstrate("Kettle", "kettle", 3);
  demonstrate("Tap", "tap", 3);

  ASSERT_TRUE(waitUntil([&] { return session->snapshot()->model.version >= 1; }, seconds(60)))
      << session->snapshot()->model.trouble;
  ASSERT_TRUE(waitUntil([&] { return support::heardNow(*session) == "Background"; }, seconds(30)))
      << support::describe(*session);
  act("kettle", true);
  ASSERT_TRUE(waitUntil([&] { return support::heardNow(*session) == "Kettle"; }, seconds(30)))
      << "heard " << support::heardNow(*session);
  ASSERT_TRUE(waitUntil([&] { return session->snapshot()->model.phase == app::ModelPhase::Ready; }));

  const std::string before = servedHash();
  session->correct(support::labelId(*session, "Tap"));
  ASSERT_TRUE(waitUntil([&] {
    const auto stage = session->snapshot()->lesson.stage;
    return stage != app::LessonView::Stage::None && stage != app::LessonView::Stage::Learning;
  })) << session->snapshot()->model.trouble;
  const app::LessonView lesson = session->snapshot()->lesson;
  EXPECT_TRUE(lesson.stage == app::LessonView::Stage::Done ||
              lesson.stage == app::LessonView::Stage::KeptAside);
  EXPECT_EQ(lesson.what, "that was Tap");
  EXPECT_GE(lesson.oldTotal, 6);
  RecordProperty("correction_seconds", std::to_string(lesson.seconds));
  std::printf("correction learnt in %.2f s, old examples %d of %d, were %d\n", lesson.seconds,
              lesson.oldRightAfter, lesson.oldTotal, lesson.oldRightBefore);
  EXPECT_NE(servedHash(), before);

  session->undo();
  EXPECT_TRUE(waitUntil([&] { return servedHash() == before; }));
}

TEST_F(HomeLoop, ASettingIsAskedConfirmedAndRefusedAndTheStreamChanges) {
  ASSERT_TRUE(session);
  ASSERT_TRUE(support::waitForSource(*session, "kitchen/vibration")) << support::describe(*session);
  const auto param = [&](const std::string& node, const std::string& name) {
    for (const hubs::NodeView& view : session->snapshot()->nodes) {
      if (view.device.id == node && view.params.contains(name)) return view.params.at(name);
    }
    return hubs::ParamStatus{};
  };
  const auto measuredRate = [&] {
    for (const app::SourceView& view : session->snapshot()->sources) {
      if (view.info.id == "kitchen/vibration") return view.rowsPerSecond;
    }
    return 0.0;
  };
  ASSERT_TRUE(waitUntil([&] { return measuredRate() > 90; })) << measuredRate();

  session->askParam("kitchen", "imu.rate", std::int64_t{50});
  EXPECT_TRUE(waitUntil([&] { return param("kitchen", "imu.rate").state == hubs::ParamState::InStep; }));
  EXPECT_TRUE(waitUntil([&] { return measuredRate() > 40 && measuredRate() < 60; })) << measuredRate();

  session->askParam("hall", "motion.sensitivity", std::int64_t{12});
  ASSERT_TRUE(waitUntil(
      [&] { return param("hall", "motion.sensitivity").state == hubs::ParamState::Refused; }));
  EXPECT_NE(param("hall", "motion.sensitivity").message.find("9"), std::string::npos);

  session->undo();
  session->undo();
  EXPECT_TRUE(waitUntil([&] { return measuredRate() > 90; })) << "undo asks for the former rate";
}

TEST_F(HomeLoop, EverythingIsThereAfterReopening) {
  ASSERT_TRUE(session);
  ASSERT_TRUE(support::waitForSource(*session, "kitchen/microphone")) << support::describe(*session);
  session->listenToBackground(seconds(2));
  ASSERT_TRUE(waitUntil([&] { return support::enabledOf(*session, "Background") == 1; }));
  session->addLabel("Kettle");
  session->settle();

  session.reset();
  session = support::openSession(support::homeOptions(folder.path()));

  ASSERT_TRUE(session);
  session->settle();
  EXPECT_FALSE(session->snapshot()->recovered);
  EXPECT_EQ(support::enabledOf(*session, "Background"), 1);
  EXPECT_NE(support::labelId(*session, "Kettle"), 0);
}

TEST(SessionName, IsTheSameAtEachStartSoThatResultsThatWaitedAreFound) {
  const support::TempFolder folder;
  auto options = support::homeOptions(folder.path());
  options.startDemoHome = false;
  std::string names[2];
  for (std::string& name : names) {
    const auto session = support::openSession(options);
    ASSERT_TRUE(session);
    ASSERT_TRUE(waitUntil([&] { return !session->snapshot()->workers.empty(); }, seconds(20)));
    name = session->snapshot()->workers.front().id;
  }
  EXPECT_EQ(names[0], names[1]);
}

}  // namespace
