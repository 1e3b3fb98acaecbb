// Finding and setting right a wrong label from the confusion matrix, by keyboard alone, with a real
// project, a real model and a real check behind the window.

#include <QComboBox>

#include "tests/support/sounding_project.h"
#include "tests/ui/window_on_session.h"
#include "ui/pages/check_examples.h"
#include "ui/pages/check_page.h"

namespace {

constexpr int kPatience = 120'000;  ///< milliseconds; far more than an unhurried machine needs

struct CheckScript : ui_test::WindowOnSession {
  support::SoundingProject house{7};

  void open() {
    house.store.reset();
    WindowOnSession::open({.project = house.project.file(),
                           .workFolder = house.project.folder() / "work",
                           .startWorker = false,
                           .startDemoHome = false});
  }
  bool until(const std::function<bool()>& done) { return QTest::qWaitFor(done, kPatience); }
  const app::Example* find(std::int64_t id) {
    shown = session->snapshot();
    for (const app::LabelCard& card : shown->cards) {
      for (const app::Example& example : card.examples) {
        if (example.demonstration.id == id) return &example;
      }
    }
    return nullptr;
  }
  bool isChecked(int version) {
    const app::CheckView view = bridge->feed().check.view();
    return view.phase == app::CheckView::Phase::Ready && view.report && !view.outdated &&
           view.report->version == version;
  }
  bool isReady(int version) {
    return model().version == version && model().phase == app::ModelPhase::Ready;
  }

  app::SnapshotPtr shown;
};

TEST_F(CheckScript, AWrongLabelIsFoundInTheMatrixAndSetRight) {
  const std::int64_t wrong = house.record(2, 1);  // hums, and is called Hiss
  open();  // nobody has trained this project yet, so that it is trained by itself
  ASSERT_TRUE(until([&] { return isReady(1); }));
  const std::string before = session->snapshot()->model.hash;

  tap(Qt::Key_3, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return isChecked(1); }));
  auto* page = window->findChild<ui::CheckPage*>();
  ASSERT_TRUE(until([&] { return page->confusion()->marks() > 0; }));
  ASSERT_TRUE(tabTo(page->confusion()));
  tap(Qt::Key_Down);  // rows: Hum, Hiss, nothing; Hiss taken for Hum
  tap(Qt::Key_Return);
  ASSERT_EQ(page->examples()->current(), wrong) << page->examples()->title().toStdString();

  tap(Qt::Key_1);  // it was Hum

  ASSERT_TRUE(until([&] { return find(wrong) && find(wrong)->demonstration.label == house.labels[1]; }));
  ASSERT_TRUE(until([&] { return isReady(2) && isChecked(2); }));
  EXPECT_EQ(bridge->feed().check.view().report->examples, 22);

  // What came of it: the model before beside this one, on the same windows.
  auto* compare = page->findChild<QComboBox*>("compare");
  ASSERT_TRUE(until([&] { return compare->isVisible(); }));
  ASSERT_TRUE(tabTo(compare));
  tap(Qt::Key_Down);
  ASSERT_TRUE(until([&] {
    const auto report = bridge->feed().check.view().report;
    return report && report->rival && report->rival->version == 1;
  }));
  EXPECT_TRUE(until([&] { return page->confusion()->words().title.startsWith("Model 2 errs "); }));

  tap(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return find(wrong)->demonstration.label == house.labels[2] && isReady(1); }));
  EXPECT_EQ(session->snapshot()->model.hash, before);
}

TEST_F(CheckScript, ALimitIsFoundInTheCurveAndIsTheLimitEverywhereUntilItIsTakenBack) {
  open();
  ASSERT_TRUE(until([&] { return isReady(1); }));
  tap(Qt::Key_3, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return isChecked(1); }));
  const auto limits = [&] { return session->snapshot()->task.limits; };
  const auto move = [&](Qt::Key key) {
    tap(Qt::Key_L);
    auto* chart = qobject_cast<ui::LinesChart*>(focus());
    ASSERT_NE(chart, nullptr);
    tap(key);
    tap(Qt::Key_Return);
  };
  auto* page = window->findChild<ui::CheckPage*>();
  ASSERT_TRUE(until([&] { return page->confusion()->marks() > 0; }));  // the page has it, too
  ASSERT_TRUE(until([&] {
    tap(Qt::Key_L);
    return qobject_cast<ui::LinesChart*>(focus()) != nullptr;
  }));

  move(Qt::Key_End);  // of every label: all answers are shown
  ASSERT_TRUE(until([&] { return limits().size() == 3; }));
  for (const auto& [label, limit] : limits()) EXPECT_EQ(limit, 1.0F) << label;
  EXPECT_EQ(session->snapshot()->undoText, "Every label is sure enough from 100 % on");

  move(Qt::Key_Backspace);
  ASSERT_TRUE(until([&] { return limits().empty(); })) << "as tested";
  tap(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return limits().size() == 3; }));
  tap(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return limits().empty(); }));

  // Hum alone: two steps of the chooser before the chart.
  auto* whose = page->findChild<QComboBox*>("whose-answers");
  ASSERT_TRUE(tabTo(whose));
  tap(Qt::Key_Down);
  tap(Qt::Key_Down);
  move(Qt::Key_Home);
  ASSERT_TRUE(until([&] { return limits().size() == 1; }));
  EXPECT_EQ(limits().begin()->first, house.labels[1]);
  EXPECT_LE(limits().begin()->second, 0.4F);
  EXPECT_TRUE(until([&] {
    const auto answer = session->latest();
    return !answer || answer->limits.size() < 2 || answer->limits[1] == limits().begin()->second;
  }));
}

}  // namespace
