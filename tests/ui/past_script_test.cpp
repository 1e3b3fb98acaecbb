// Page Past by keyboard alone, with a real project behind the window: which models learnt from a
// recording and what forgetting it changes; the project as it was yesterday, and back.

#include <QListWidget>
#include <QPushButton>

#include "app/edits.h"
#include "tests/support/sounding_project.h"
#include "tests/ui/window_on_session.h"
#include "ui/pages/past_facts_panel.h"

namespace {

constexpr int kPatience = 120'000;  ///< milliseconds; far more than an unhurried machine needs

struct PastScript : ui_test::WindowOnSession {
  support::SoundingProject house{7};

  void open() {
    house.store.reset();
    WindowOnSession::open({.project = house.project.file(),
                           .workFolder = house.project.folder() / "work",
                           .startWorker = false,
                           .startDemoHome = false});
  }
  bool until(const std::function<bool()>& done) { return QTest::qWaitFor(done, kPatience); }
  bool isReady(int version) {
    return model().version == version && model().phase == app::ModelPhase::Ready;
  }
  QListWidget* list(const char* name) {
    for (auto* found : window->findChildren<QListWidget*>()) {
      if (found->accessibleName() == QLatin1String(name)) return found;
    }
    ADD_FAILURE() << "no list " << name;
    return nullptr;
  }
  ui::PastFactsPanel* panel() { return window->findChild<ui::PastFactsPanel*>(); }
  QString facts() {
    QString all = ui_test::textsOf(*panel());
    for (int i = 0; i < list("Facts and where they lead")->count(); ++i) {
      all += list("Facts and where they lead")->item(i)->data(Qt::AccessibleTextRole).toString() +
             QLatin1Char('\n');
    }
    return all;
  }
  /// The row of a list that begins so, or -1.
  static int rowOf(const QListWidget* in, const QString& begin) {
    for (int i = 0; i < in->count(); ++i) {
      if (in->item(i)->data(Qt::AccessibleTextRole).toString().startsWith(begin)) return i;
    }
    return -1;
  }
  /// Moves with the arrow keys.
  void goTo(QListWidget* in, int row) {
    for (int i = 0; i < in->count() && in->currentRow() != row; ++i) {
      tap(in->currentRow() < row ? Qt::Key_Down : Qt::Key_Up);
    }
    ASSERT_EQ(in->currentRow(), row);
    QApplication::processEvents();
  }
};

TEST_F(PastScript, ARecordingIsForgottenAndOneSeesWhichModelsChange) {
  open();  // which trains by itself what nobody has trained yet
  ASSERT_TRUE(until([&] { return isReady(1); }));
  const std::string before = model().hash;

  tap(Qt::Key_8, Qt::ControlModifier);
  QListWidget* recordings = list("Recordings");
  ASSERT_TRUE(until([&] { return recordings->count() == 21; }));
  ASSERT_TRUE(until([&] { return list("Models")->count() == 1; }));
  ASSERT_TRUE(tabTo(recordings));
  goTo(recordings, 3);

  EXPECT_TRUE(facts().contains(QStringLiteral("Model 1, learnt from it")));

  tap(Qt::Key_Return);  // to what can be done with it
  ASSERT_EQ(qobject_cast<QPushButton*>(focus())->text(), QStringLiteral("Forget this recording"));
  tap(Qt::Key_Return);

  ASSERT_TRUE(until([&] { return recordings->count() == 20 && isReady(2); }));
  EXPECT_NE(model().hash, before);
  ASSERT_TRUE(until([&] { return rowOf(list("Models"), QStringLiteral("Model 2")) == 0; }));

  tap(Qt::Key_Z, Qt::ControlModifier);
  ASSERT_TRUE(until([&] { return recordings->count() == 21 && model().hash == before; }));
}

TEST_F(PastScript, TheProjectIsSeenAsItWasYesterdayAndAsItIsAgain) {
  const base::Time now = base::SystemClock().now();
  const auto did = [&](const app::EditValue& value, const char* text, base::Duration ago) {
    ASSERT_TRUE(app::apply(*house.store, value));
    ASSERT_TRUE(house.store->addCommand({.kind = app::kindOf(value),
                                         .text = text,
                                         .json = app::toJson(value),
                                         .time = now - ago}));
  };
  const learners::Label bell{.id = 40, .name = "Doorbell", .colour = 3, .key = 3};
  did(app::AddLabel{bell}, "Label Doorbell added", std::chrono::hours(24));
  did(app::RenameLabel{bell.id, "Doorbell", "Bell"}, "Doorbell renamed to Bell", base::Duration{0});
  open();

  tap(Qt::Key_8, Qt::ControlModifier);
  QListWidget* steps = list("What was done");
  ASSERT_TRUE(until([&] { return steps->count() == 2; }));
  tap(Qt::Key_Slash);
  QTest::keyClicks(focus(), QStringLiteral("yesterday"));
  tap(Qt::Key_Return);
  ASSERT_EQ(steps->count(), 1);
  ASSERT_TRUE(tabTo(steps));
  QListWidget* rows = list("Facts and where they lead");
  ASSERT_TRUE(until([&] { return rows->count() > 0; }));
  tap(Qt::Key_Right);
  ASSERT_EQ(focus(), rows);
  goTo(rows, rowOf(rows, QStringLiteral("The project as it was then")));
  tap(Qt::Key_Return);

  ASSERT_TRUE(until([&] { return rowOf(rows, QStringLiteral("Doorbell, 0 examples")) >= 0; }))
      << facts().toStdString();
  EXPECT_GE(rowOf(rows, QStringLiteral("Hum, 7 examples")), 0);
  EXPECT_TRUE(facts().contains(QStringLiteral("As it was at")));
  EXPECT_TRUE(facts().contains(QStringLiteral("nothing changes by it")));

  QPushButton* back = nullptr;
  for (auto* button : panel()->findChildren<QPushButton*>()) {
    back = button->text() == QStringLiteral("Back") ? button : back;
  }
  for (int i = 0; i < 5 && focus() != back; ++i) tap(Qt::Key_Backtab);  // it stands above them
  ASSERT_EQ(focus(), back);
  tap(Qt::Key_Return);
  EXPECT_TRUE(facts().contains(QStringLiteral("Label Doorbell added"))) << facts().toStdString();
  tap(Qt::Key_Left);
  EXPECT_EQ(focus(), steps);
  const app::LabelCard* today = nullptr;
  const auto shown = session->snapshot();
  for (const app::LabelCard& card : shown->cards) today = card.label.id == 40 ? &card : today;
  ASSERT_NE(today, nullptr);
  EXPECT_EQ(today->label.name, "Bell");
}

}  // namespace
