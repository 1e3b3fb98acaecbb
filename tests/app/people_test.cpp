// The same loop on real people: a watch recording plays as a live node at real rate, three
// activities are demonstrated live, and later data of that person are answered.

#include <gtest/gtest.h>
#include <map>

#include "tests/support/home_session.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::live;
using support::waitUntil;

constexpr const char* kActivities[] = {"walking", "typing", "brushing_teeth"};
constexpr int kQuestions = 10;

TEST(People, LaterDataOfAPersonAreAnsweredRightAfterThreeLiveExamplesEach) {
  const std::filesystem::path recording =
      std::filesystem::path(MIMOSA_SHARED) / "data/wisdm_watch/subject_1610.csv.gz";
  if (!std::filesystem::exists(recording)) {
    GTEST_SKIP() << "left out: there is no recording of a real person beside this project";
  }
  const support::TempFolder folder;
  app::SessionOptions options = support::homeOptions(folder.path());
  options.demoArguments = {"--replay", recording.string(), "--kind", "stream"};
  const auto session = support::openSession(options);
  ASSERT_TRUE(session);
  session->setWindow({seconds(4), seconds(1)});
  ASSERT_TRUE(waitUntil([&] {
    const auto nodes = session->snapshot()->nodes;
    return !nodes.empty() && nodes.front().device.online &&
           !nodes.front().device.about.activities.empty();
  })) << support::describe(*session);

  for (const char* activity : kActivities) {
    session->addLabel(activity);
    ASSERT_TRUE(waitUntil([&] { return support::labelId(*session, activity) != 0; }));
  }
  // Round by round, so that no activity is learnt from one stretch of time alone.
  for (int round = 1; round <= 3; ++round) {
    for (const char* activity : kActivities) {
      session->act("watch", activity, true);
      live(*session, milliseconds(2500));
      session->startRecording(support::labelId(*session, activity));
      live(*session, seconds(8));
      session->stopRecording();
      ASSERT_TRUE(waitUntil([&] { return support::enabledOf(*session, activity) == round; }))
          << support::describe(*session);
      session->act("watch", activity, false);
      live(*session, milliseconds(600));
    }
  }
  ASSERT_TRUE(waitUntil(
      [&] {
        const auto model = session->snapshot()->model;
        return model.phase == app::ModelPhase::Ready && model.newExamples == 0;
      },
      seconds(30)))
      << support::describe(*session);

  int right = 0, asked = 0;
  std::map<std::string, int> rightOf;
  for (const char* activity : kActivities) {
    session->act("watch", activity, true);
    live(*session, seconds(6));  // the first windows still hold what was before
    base::Time last = session->now();
    for (int i = 0; i < kQuestions; ++i) {
      const bool answered = waitUntil(
          [&] {
            const auto answer = session->latest();
            return answer && answer->prediction.span.end > last;
          },
          seconds(5));
      ASSERT_TRUE(answered) << support::describe(*session);
      last = session->latest()->prediction.span.end;
      const bool correct = support::heardNow(*session) == activity;
      right += correct;
      rightOf[activity] += correct;
      ++asked;
    }
    session->act("watch", activity, false);
  }

  for (const auto& [activity, n] : rightOf) {
    std::printf("%s: %d of %d live windows right\n", activity.c_str(), n, kQuestions);
  }
  EXPECT_GE(right, 8 * asked / kQuestions);
}

}  // namespace
