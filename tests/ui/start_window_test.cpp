#include "ui/start_window.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <gtest/gtest.h>

#include "app/starters.h"
#include "tests/ui/accessibility.h"
#include "tests/ui/application.h"
#include "ui/models/starter_rows.h"

namespace {

struct StartWindowTest : testing::Test {
  StartWindowTest() {
    window.resize(1024, 700);
    window.show();
    QApplication::setActiveWindow(&window);
    QApplication::processEvents();
    QObject::connect(&window, &ui::StartWindow::simulationWanted, [this] { wanted << "simulation"; });
    QObject::connect(&window, &ui::StartWindow::microphoneWanted, [this] { wanted << "microphone"; });
    QObject::connect(&window, &ui::StartWindow::leaveWanted, [this] { wanted << "leave"; });
    QObject::connect(&window, &ui::StartWindow::starterWanted,
                     [this](const QString& id) { wanted << "starter " + id; });
    QObject::connect(&window, &ui::StartWindow::brokerWanted, [this](const ui::BrokerChoice& b) {
      wanted << QStringList{"broker", b.url, b.user, b.password}.join(' ');
    });
  }
  QPushButton* button(const QString& name) {
    for (auto* b : window.findChildren<QPushButton*>()) {
      if (b->text() == name) return b;
    }
    return nullptr;
  }
  QLineEdit* field(const QString& name) {
    for (auto* edit : window.findChildren<QLineEdit*>()) {
      if (edit->accessibleName() == name) return edit;
    }
    return nullptr;
  }
  void press(QWidget* at, int key) {
    QTest::keyClick(at, static_cast<Qt::Key>(key));
    QApplication::processEvents();
  }
  ui::StartWindow window{ui_test::theme()};
  QStringList wanted;
};

TEST_F(StartWindowTest, EveryWayToBeginIsOneKey) {
  for (const char* name : {"Try the simulated house", "Sounds", "Camera view"}) {
    QPushButton* b = button(name);
    ASSERT_NE(b, nullptr) << name;
    b->setFocus(Qt::TabFocusReason);
    press(b, Qt::Key_Return);
  }
  EXPECT_EQ(wanted, QStringList({"simulation", "starter sounds", "starter camera"}));
}

TEST_F(StartWindowTest, OnesOwnDevicesAreAMicrophoneOrABroker) {
  button("Connect my devices")->click();
  button("Use this computer's microphone")->click();
  field("Address")->setText("mqtts://home:8883");
  field("User name")->setText("anna");
  field("Password")->setText("secret");
  field("Password")->setFocus();
  press(field("Password"), Qt::Key_Return);

  EXPECT_EQ(wanted,
            QStringList({"microphone", "broker mqtts://home:8883 anna secret"}));
}

TEST_F(StartWindowTest, WhatIsNoAddressIsSaidAndStaysToBeMended) {
  button("Connect my devices")->click();
  field("Address")->setText("home");
  field("Address")->setFocus();
  press(field("Address"), Qt::Key_Return);

  EXPECT_TRUE(wanted.isEmpty());
  EXPECT_TRUE(ui_test::textsOf(window).contains("no broker address"));
  EXPECT_EQ(field("Address")->text(), "home");
}

TEST_F(StartWindowTest, AskingForTheBrokerSaysWhatIsWrongWithIt) {
  window.askForBroker({.url = "mqtt://home:99999"}, "mqtt://home:99999 is no broker address.");

  EXPECT_TRUE(ui_test::textsOf(window).contains("99999 is no broker address"));
  EXPECT_EQ(field("Address")->text(), "mqtt://home:99999");
}

TEST_F(StartWindowTest, MakingAProjectCanBeLeft) {
  window.setMaking(true);
  press(&window, Qt::Key_Escape);
  EXPECT_EQ(wanted, QStringList("leave"));
}

TEST_F(StartWindowTest, WhileAProjectIsOpenedToLookAtThatIsSaidAndCanBeLeft) {
  window.setLooking();

  EXPECT_TRUE(ui_test::textsOf(window).contains("opened to look at"));
  press(&window, Qt::Key_Escape);
  EXPECT_EQ(wanted, QStringList("leave"));
}

TEST_F(StartWindowTest, IsNamedReachableLargeEnoughAndWhole) {
  for (const QSize size : {QSize(1024, 700), QSize(1440, 900)}) {
    window.resize(size);
    for (const bool devices : {false, true}) {
      if (devices) window.askForBroker({});
      QApplication::processEvents();
      EXPECT_EQ(ui_test::namelessControls(window), QStringList());
      EXPECT_EQ(ui_test::unreachableControls(window), QStringList());
      EXPECT_EQ(ui_test::smallTargets(window), QStringList());
      EXPECT_EQ(ui_test::cutTexts(window), QStringList());
    }
    press(&window, Qt::Key_Escape);
  }
}

TEST(StarterRows, EachStarterIsSaidInWords) {
  const auto rows = ui::starterRows();
  ASSERT_EQ(rows.size(), app::starters().size());
  for (const ui::StarterRow& row : rows) {
    EXPECT_FALSE(row.title.isEmpty());
    EXPECT_FALSE(row.about.isEmpty()) << row.id.toStdString();
  }
}

}  // namespace
