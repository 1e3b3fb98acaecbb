#include "ui/starter_maker.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTest>
#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>

#include "ui/start_options.h"

namespace {

/// Makes nothing, and only as slowly as the test lets it: one after another.
struct SlowMaking {
  std::mutex mutex;
  std::condition_variable_any changed;
  int allowed = 0;
  int begun = 0;

  base::Result<void> operator()() {
    std::unique_lock lock(mutex);
    const int mine = begun++;
    changed.wait(lock, [&] { return allowed > mine; });  // deaf to whoever asks it to stop
    return {};
  }
  void let(int number) {
    const std::lock_guard lock(mutex);
    allowed = number;
    changed.notify_all();
  }
};

struct StarterMakerTest : testing::Test {
  StarterMakerTest() {
    QObject::connect(&maker, &ui::StarterMaker::made, &maker, [this] { ++opened; });
  }
  ~StarterMakerTest() override { making.let(100); }
  const app::Starter& starter(int i) { return app::starters()[static_cast<std::size_t>(i)]; }

  SlowMaking making;
  int opened = 0;
  std::vector<std::string> asked;
  ui::StarterMaker maker{
      [this](const app::Starter& s, const std::filesystem::path&, const std::stop_token&) {
        auto done = making();
        asked.emplace_back(s.id);
        return done;
      }};
};

TEST_F(StarterMakerTest, WhatIsMadeIsHandedOver) {
  making.let(1);
  maker.make(starter(0), "a");

  EXPECT_TRUE(QTest::qWaitFor([this] { return opened == 1; }));
  EXPECT_TRUE(maker.hasMade(starter(0).id));
}

TEST_F(StarterMakerTest, LeavingNeverWaitsAndNothingIsOpened) {
  maker.make(starter(0), "a");

  maker.leave();  // would hang here, for nobody lets it end
  making.let(1);

  EXPECT_TRUE(QTest::qWaitFor([this] { return maker.hasMade(starter(0).id); }));
  EXPECT_EQ(opened, 0);
}

TEST_F(StarterMakerTest, TheNextOneWaitsForWhatWasLeft) {
  maker.make(starter(0), "a");
  maker.leave();
  maker.make(starter(1), "b");
  maker.leave();
  maker.make(starter(2), "c");

  making.let(2);

  EXPECT_TRUE(QTest::qWaitFor([this] { return opened == 1; }));
  EXPECT_EQ(asked, (std::vector<std::string>{starter(0).id, starter(2).id}));
}

TEST(StartOptions, AProjectThatIsOpenedInsteadKnowsNothingOfTheFormersHouse) {
  ui::StartOptions options;
  options.starter = QString::fromLatin1(app::starters().front().id);
  options.starterMade = true;
  options.demo = true;
  options.project = QStringLiteral("/tmp/starter.mimosa");

  ui::turnTo(options, QStringLiteral("/tmp/copy.mimosa"));

  const auto session = ui::sessionOptions(options);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->project, "/tmp/copy.mimosa");
  EXPECT_FALSE(session->startDemoHome);
  EXPECT_FALSE(session->madeHere);
}

}  // namespace
