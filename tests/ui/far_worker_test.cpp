// A second computer does the work, because a person chose it on the House page: a worker with a
// folder of its own, where it can be in a network of its own, at a broker with TLS and passwords.

#include <QComboBox>

#include "tests/app/training/real_house.h"
#include "tests/ui/person_at_window.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

class FarWorker : public ui_test::PersonAtWindow {
 protected:
  void SetUp() override {
    broker_ = std::make_unique<training::GuardedBroker>(
        computer_.ready() ? training::SecondComputer::addressHere() : "127.0.0.1");
    ASSERT_TRUE(broker_->ready()) << "openssl and mosquitto are needed";
    app::SessionOptions options = support::homeOptions(folder.path());
    options.startWorker = false;
    options.broker = *hubs::parseBrokerUrl(broker_->url());
    options.broker->user = "bench";
    options.broker->password = "b-pass";
    options.broker->tls->caFile = broker_->ca();
    training::Words words{(support::programsFolder() / "mimosa-worker").string(),
                          "--broker",
                          broker_->url(),
                          "--ca",
                          broker_->ca(),
                          "--user",
                          "attic",
                          "--password-file",
                          broker_->passwordFile("attic"),
                          "--name",
                          "Attic Pi"};
    if (computer_.ready()) words = computer_.in(words);
    worker_ = std::make_unique<training::Process>(words, home_.path() / "log",
                                                  training::Words{"HOME=" + home_.path().string()});
    open(options);
  }

  QComboBox* boxCalled(const QString& name) const {
    for (auto* box : window->findChildren<QComboBox*>()) {
      if (box->accessibleName() == name) return box;
    }
    return nullptr;
  }
  /// Chooses an entry of a box of the House page by keyboard, once it is there.
  void choose(const QString& name, const QString& entry) {
    QComboBox* const box = boxCalled(name);
    ASSERT_NE(box, nullptr) << name.toStdString();
    const auto at = [&] { return box->findText(entry, Qt::MatchStartsWith); };
    ASSERT_TRUE(until([&] { return at() >= 0; }))
        << name.toStdString() << " has no " << entry.toStdString();
    box->setFocus();
    while (box->currentIndex() != at()) {
      const int before = box->currentIndex();
      QTest::keyClick(box, at() > before ? Qt::Key_Down : Qt::Key_Up);
      ASSERT_NE(box->currentIndex(), before);
    }
  }
  const app::WorkerView* attic() const {
    snapshot_ = session->snapshot();
    for (const app::WorkerView& worker : snapshot_->workers) {
      if (worker.name == "Attic Pi" && worker.online) return &worker;
    }
    return nullptr;
  }

  training::SecondComputer computer_;
  std::unique_ptr<training::GuardedBroker> broker_;
  training::Folder home_;
  std::unique_ptr<training::Process> worker_;
  mutable app::SnapshotPtr snapshot_;
};

TEST_F(FarWorker, TrainsAndAnswersWhereThePersonChoseIt) {
  std::printf("the worker runs %s\n", computer_.ready()
                                          ? "in another network namespace"
                                          : "as another process with a home folder of its own");
  ASSERT_TRUE(until([&] { return attic() != nullptr; }, seconds(30)))
      << training::contentOf(home_.path() / "log");
  ASSERT_TRUE(
      until([&] { return support::waitForSource(*session, "kitchen/microphone", milliseconds(1)); },
            seconds(30)))
      << support::describe(*session);
  tap(Qt::Key_5, Qt::ControlModifier);
  choose("Train on", "Attic Pi");
  choose("Answer from", "Attic Pi");
  ASSERT_TRUE(until([&] {
    const auto snapshot = session->snapshot();
    return snapshot->task.trainOn == "attic" && snapshot->task.serveOn == "attic";
  }));
  pass(milliseconds(300));
  picture("6-far-worker");

  tap(Qt::Key_1, Qt::ControlModifier);
  tap(Qt::Key_Return);
  ASSERT_TRUE(until([&] { return support::enabledOf(*session, "Background") >= 1; }, seconds(20)))
      << support::describe(*session);
  newLabel("Kettle");
  demonstrate("kettle", Qt::Key_1, "Kettle");
  newLabel("Tap");
  demonstrate("tap", Qt::Key_2, "Tap");
  ASSERT_TRUE(until([&] { return model().phase == app::ModelPhase::Ready; }, seconds(60)))
      << support::describe(*session);
  session->act("house", "kettle", true);
  ASSERT_TRUE(until(
      [&] {
        const auto answer = session->latest();
        return answer && answer->servedOn == "Attic Pi" && support::heardNow(*session) == "Kettle";
      },
      seconds(30)))
      << support::describe(*session);
  picture("7-answer-from-afar");
  EXPECT_NE(training::contentOf(home_.path() / "log"), "");
}

}  // namespace
