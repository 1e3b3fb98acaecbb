// Two tasks of one project over one capture: a real broker, the demonstration home and a worker.

#include <gtest/gtest.h>

#include "app/session.h"
#include "tests/support/home_session.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::live;
using support::waitUntil;

constexpr base::Duration kPatience = seconds(90);

struct TwoTasks : testing::Test {
  support::TempFolder folder;
  app::SessionOptions options = support::homeOptions(folder.path());
  std::unique_ptr<app::Session> session = support::openSession(options);

  void newLabel(const std::string& label) {
    session->addLabel(label);
    ASSERT_TRUE(waitUntil([&] { return support::labelId(*session, label) != 0; }));
  }
  /// Three times, as a person does.
  void demonstrate(const std::string& label, const std::string& activity) {
    newLabel(label);
    for (int i = 1; i <= 3; ++i) {
      session->act("house", activity, true);
      live(*session, milliseconds(1500));
      session->startRecording(support::labelId(*session, label));
      live(*session, milliseconds(2500));
      session->stopRecording();
      session->act("house", activity, false);
      ASSERT_TRUE(waitUntil([&] { return support::enabledOf(*session, label) == i; }));
      live(*session, milliseconds(800));
    }
  }
  std::vector<base::TimeSpan> spansOf(const std::string& label) const {
    std::vector<base::TimeSpan> spans;
    const auto snapshot = session->snapshot();
    const app::LabelCard* card = support::cardOf(*snapshot, label);
    for (const app::Example& e : card ? card->examples : std::vector<app::Example>{}) {
      spans.push_back(e.demonstration.span);
    }
    return spans;
  }
  /// The same stretches, looked at by the task in front.
  void sayOf(const std::vector<base::TimeSpan>& spans, const std::string& label) {
    newLabel(label);
    for (const base::TimeSpan& span : spans) {
      session->labelSpan(support::labelId(*session, label), span);
    }
    ASSERT_TRUE(waitUntil([&] {
      return support::enabledOf(*session, label) == static_cast<int>(spans.size());
    })) << support::describe(*session);
  }
  std::string heard(app::TaskId task) const {
    const auto answer = session->latest(task);
    if (!answer || answer->stale || answer->prediction.label < 0) return {};
    return answer->labels[static_cast<std::size_t>(answer->prediction.label)].name;
  }
  app::TaskId idOf(const std::string& name) const {
    const auto snapshot = session->snapshot();
    for (const app::TaskView& task : snapshot->tasks) {
      if (task.name == name) return task.id;
    }
    return 0;
  }
  int version(app::TaskId id) const {
    const auto snapshot = session->snapshot();
    for (const app::TaskView& task : snapshot->tasks) {
      if (task.id == id) return task.version;
    }
    return -1;
  }
  bool isFront(app::TaskId id) const { return session->snapshot()->task.id == id; }
  bool trained() const {
    const app::ModelView model = session->snapshot()->model;
    return model.version >= 1 && model.phase == app::ModelPhase::Ready;
  }
  std::string hash() const { return session->snapshot()->model.hash; }
};

TEST_F(TwoTasks, LearnAndAnswerSideBySideAndACorrectionIsForTheOneInFront) {
  ASSERT_TRUE(session);
  ASSERT_TRUE(support::waitForSource(*session, "kitchen/microphone", kPatience));
  const app::TaskId first = app::kFirstTask;
  demonstrate("Kettle", "kettle");
  demonstrate("Tap", "tap");
  ASSERT_TRUE(waitUntil([&] { return trained(); }, kPatience)) << support::describe(*session);
  const auto kettle = spansOf("Kettle"), tap = spansOf("Tap");
  const std::string hashOfFirst = hash();

  session->addTask("What boils");
  ASSERT_TRUE(waitUntil([&] { return idOf("What boils") != 0 && !isFront(first); }));
  const app::TaskId second = idOf("What boils");
  EXPECT_TRUE(session->snapshot()->cards.empty());
  EXPECT_EQ(session->snapshot()->tasks.at(1).key, "what-boils");
  sayOf(kettle, "Boiling");
  sayOf(tap, "Cold");
  ASSERT_TRUE(waitUntil([&] { return trained(); }, kPatience)) << support::describe(*session);

  session->act("house", "kettle", true);
  EXPECT_TRUE(waitUntil([&] { return heard(first) == "Kettle" && heard(second) == "Boiling"; },
                        kPatience))
      << heard(first) << ", " << heard(second);

  const std::string before = hash();
  session->correct(support::labelId(*session, "Cold"));
  const auto stage = [&] { return session->snapshot()->lesson.stage; };
  using Stage = app::LessonView::Stage;
  ASSERT_TRUE(waitUntil([&] { return stage() == Stage::Done || stage() == Stage::KeptAside; },
                        kPatience))
      << session->snapshot()->lesson.trouble;
  if (stage() == Stage::KeptAside) session->useKeptAside(true);  // it was no help, and is wanted
  ASSERT_TRUE(waitUntil([&] { return hash() != before; }, kPatience));
  session->bringToFront(first);
  ASSERT_TRUE(waitUntil([&] { return isFront(first); }));
  EXPECT_EQ(hash(), hashOfFirst);
  EXPECT_EQ(support::enabledOf(*session, "Tap"), 3);

  session->undo();  // of the other task: it comes to the front, as it was
  EXPECT_TRUE(waitUntil([&] { return isFront(second) && hash() == before; }, kPatience));

  session->removeTask(second);
  ASSERT_TRUE(waitUntil([&] { return session->snapshot()->tasks.size() == 1; }));
  EXPECT_TRUE(isFront(first));
  EXPECT_EQ(heard(second), "");
  session->undo();
  ASSERT_TRUE(waitUntil([&] { return isFront(second) && hash() == before; }, kPatience));
  session->redo();
  ASSERT_TRUE(waitUntil([&] { return session->snapshot()->tasks.size() == 1; }));
  EXPECT_TRUE(isFront(first)) << "what was removed again does not come to the front";
  session->undo();
  ASSERT_TRUE(waitUntil([&] { return isFront(second) && hash() == before; }, kPatience));
  session->renameTask(second, "Boiling or not");
  ASSERT_TRUE(waitUntil([&] { return idOf("Boiling or not") == second; }));

  session.reset();
  session = support::openSession(options);
  ASSERT_TRUE(session);
  EXPECT_TRUE(waitUntil([&] { return version(first) >= 1 && version(second) >= 1; }, kPatience));
  EXPECT_TRUE(isFront(second));
  EXPECT_EQ(hash(), before);
  EXPECT_EQ(session->snapshot()->tasks.at(1).key, "what-boils");
  EXPECT_TRUE(waitUntil([&] { return !heard(first).empty() && !heard(second).empty(); },
                        kPatience))
      << support::describe(*session);
}

TEST_F(TwoTasks, TheLastOneStaysAndNamesAreNotGivenTwice) {
  ASSERT_TRUE(session);
  session->removeTask(app::kFirstTask);
  session->settle();
  ASSERT_TRUE(waitUntil([&] { return !session->snapshot()->notices.empty(); }));
  EXPECT_EQ(session->snapshot()->tasks.size(), 1U);

  session->addTask("Noise");
  session->addTask("Noise");
  session->settle();
  ASSERT_TRUE(waitUntil([&] { return session->snapshot()->tasks.size() == 2; }));
  session->removeTask(app::kFirstTask);
  session->settle();
  ASSERT_TRUE(waitUntil([&] { return session->snapshot()->tasks.size() == 1; }));
  EXPECT_EQ(session->snapshot()->task.name, "Noise");
  session->undo();
  session->undo();
  ASSERT_TRUE(waitUntil([&] {
    return session->snapshot()->tasks.size() == 1 && isFront(app::kFirstTask);
  })) << "undo of both: the first is back, the second is gone";
}

}  // namespace
