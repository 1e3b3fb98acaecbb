// From a broker to a channel by keyboard.

#include "ui/views/topic_sheet.h"

#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>

#include "tests/ui/accessibility.h"
#include "tests/ui/sample_topics.h"
#include "tests/ui/sheet_over_window.h"
#include "ui/views/command_search.h"
#include "ui/views/topic_tree_view.h"

namespace {

struct TopicSheetTest : ui_test::SheetOverWindow<ui::TopicSheet, sample::Topics, &ui::Feed::topics,
                                                 ui::ActionId::Topics> {
  void goTo(const QString& name) {
    tree()->expandAll();
    const auto found = tree()->findItems(name, Qt::MatchExactly | Qt::MatchRecursive);
    ASSERT_FALSE(found.isEmpty()) << name.toStdString();
    tree()->setCurrentItem(found.first());
  }
  ui::TopicTreeView* tree() { return window.findChild<ui::TopicTreeView*>(); }
  QLineEdit* field(const QString& name) {
    for (auto* edit : sheet()->findChildren<QLineEdit*>()) {
      if (edit->accessibleName() == name) return edit;
    }
    return nullptr;
  }
  const sensors::LocalSource* added() {
    const auto* add =
        wanted.empty() ? nullptr : std::get_if<ui::intent::AddLocal>(&wanted.back());
    return add ? &add->source : nullptr;
  }

  sample::Topics& topics = core;
};

TEST_F(TopicSheetTest, ABrokerAndAValueAreChosenWithoutTheMouse) {
  open();
  ASSERT_TRUE(sheet()->isVisible());

  press(Qt::Key_Return);
  sheet()->pull();
  ASSERT_EQ(topics.asked().back(), "to mqtt://192.168.1.20:1883");
  EXPECT_EQ(QApplication::focusWidget(), tree());
  goTo("power");
  press(Qt::Key_Return);

  ASSERT_NE(added(), nullptr);
  const auto channel = hubs::topicChannelOf(*added());
  ASSERT_TRUE(channel);
  EXPECT_EQ(channel->broker, "mqtt://192.168.1.20:1883");
  EXPECT_EQ(channel->topic, "zigbee2mqtt/kitchen_plug");
  EXPECT_EQ(channel->pointer, "/power");
  EXPECT_EQ(channel->unit, "W");
  EXPECT_EQ(channel->name, "kitchen plug power");
}

TEST_F(TopicSheetTest, NameUnitAndRangeCanBeChangedBefore) {
  topics.listen("mqtt://h:1883");
  open();
  goTo("power");
  sheet()->pull();

  field("Name")->setText("Kettle");
  field("Unit")->setText("kW");
  field("from")->setText("0");
  field("to")->setText("3");
  field("to")->setFocus();
  press(Qt::Key_Return);

  ASSERT_NE(added(), nullptr);
  const auto channel = hubs::topicChannelOf(*added());
  EXPECT_EQ(channel->name, "Kettle");
  EXPECT_EQ(channel->unit, "kW");
  EXPECT_EQ(channel->max, 3);
}

TEST_F(TopicSheetTest, ARangeThatIsNoneIsSaidAndStaysToBeMended) {
  topics.listen("mqtt://h:1883");
  open();
  goTo("power");
  sheet()->pull();

  for (const auto& [from, to] : {std::pair("3", "0"), std::pair("0", ""), std::pair("a", "b")}) {
    field("from")->setText(from);
    field("to")->setText(to);
    press(Qt::Key_Return);
    sheet()->pull();
    EXPECT_EQ(added(), nullptr) << from << " to " << to;
    EXPECT_TRUE(ui_test::textsOf(*sheet()).contains("A range is two numbers"));
  }

  field("from")->setText("0");
  field("to")->setText("3");
  EXPECT_FALSE(ui_test::textsOf(*sheet()).contains("A range is two numbers"));
  press(Qt::Key_Return);
  ASSERT_NE(added(), nullptr);
  EXPECT_EQ(hubs::topicChannelOf(*added())->max, 3);
}

TEST_F(TopicSheetTest, EnterOnAButtonPressesIt) {
  topics.listen("mqtt://h:1883");
  open();
  for (auto* button : sheet()->findChildren<QPushButton*>()) {
    if (button->text() == "Other broker") button->setFocus(Qt::TabFocusReason);
  }
  press(Qt::Key_Return);
  EXPECT_EQ(topics.asked().back(), "leave");
  sheet()->pull();

  for (auto* button : sheet()->findChildren<QPushButton*>()) {
    if (button->text() == "Look for brokers") button->setFocus(Qt::TabFocusReason);
  }
  press(Qt::Key_Return);
  EXPECT_EQ(topics.asked().back(), "look");
}

TEST_F(TopicSheetTest, WhatIsAChannelIsMarkedAndNotOfferedAgain) {
  topics.listen("mqtt://h:1883");
  open();
  goTo("power");
  press(Qt::Key_Return);
  ASSERT_NE(added(), nullptr);
  app::Snapshot after = sample::house();
  after.locals.push_back({.source = *added()});

  show(after);
  sheet()->pull();
  const std::size_t before = wanted.size();
  press(Qt::Key_Return);

  EXPECT_EQ(wanted.size(), before);
  EXPECT_EQ(tree()->currentItem()->text(3), QString::fromUtf8("✓ channel"));
}

TEST_F(TopicSheetTest, WhatAsksForAPasswordIsAskedFor) {
  open();
  sheet()->findChild<QListWidget*>()->setCurrentRow(2);

  press(Qt::Key_Return);
  EXPECT_EQ(QApplication::focusWidget(), field("User name"));
  field("User name")->setText("anna");
  field("Password")->setText("secret");
  press(Qt::Key_Return);

  EXPECT_EQ(topics.asked().back(), "with mqtts://192.168.1.20:8883 anna secret");
  EXPECT_TRUE(field("Password")->text().isEmpty());
}

TEST_F(TopicSheetTest, ARefusalIsSaidAndTheBrokersStay) {
  topics.listen("mqtt://h:1883");
  topics.view().link = {.state = hubs::LinkState::Refused,
                        .reason = "The broker h:1883 refused the user name or password."};
  open();

  EXPECT_TRUE(ui_test::textsOf(*sheet()).contains("refused the user name"));
  EXPECT_FALSE(tree()->isVisible());
}

TEST_F(TopicSheetTest, TopicsAreFoundByTheirValuesToo) {
  topics.listen("mqtt://h:1883");
  open();

  tree()->find("illuminance");

  const auto hidden = [&](const QString& name) {
    return tree()->findItems(name, Qt::MatchExactly | Qt::MatchRecursive).first()->isHidden();
  };
  EXPECT_FALSE(hidden("hall_motion"));
  EXPECT_TRUE(hidden("kitchen_plug"));
  EXPECT_TRUE(hidden("garage"));
}

TEST_F(TopicSheetTest, WhatChangesWhileOneLooksKeepsTheChoice) {
  topics.listen("mqtt://h:1883");
  open();
  goTo("power");

  for (int i = 0; i < 300; ++i) {
    topics.say("flood/" + std::to_string(i), "1");
    topics.say("zigbee2mqtt/kitchen_plug", R"({"state": "OFF", "power": 0})");
  }
  for (int i = 0; i < 5; ++i) sheet()->pull();

  ASSERT_TRUE(tree()->chosen());
  EXPECT_EQ(tree()->chosen()->pointer, "/power");
  EXPECT_EQ(tree()->currentItem()->text(1), "0");
  EXPECT_FALSE(tree()->findItems("299", Qt::MatchExactly | Qt::MatchRecursive).isEmpty());
}

TEST_F(TopicSheetTest, LevelsAreSortedInWhateverOrderTheyCome) {
  topics.listen("mqtt://h:1883");
  open();

  for (int i = 0; i < 1000; ++i) {
    topics.say("flood/" + std::to_string(1000 + i * 7 % 1000), "1");
    if (i == 500) topics.say("flood", R"({"a": 1, "b": 2})");
  }
  for (int i = 0; i < 12; ++i) sheet()->pull();

  const auto found = tree()->findItems("flood", Qt::MatchExactly);
  ASSERT_EQ(found.size(), 1);
  ASSERT_EQ(found.first()->childCount(), 1002);
  EXPECT_EQ(found.first()->child(0)->text(0), "a") << "its own values first";
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(found.first()->child(2 + i)->text(0), QString::number(1000 + i));
  }
}

TEST_F(TopicSheetTest, BareLettersStayInsideAndEscLeaves) {
  topics.listen("mqtt://h:1883");
  open();
  const std::size_t before = wanted.size();

  press(Qt::Key_P);
  press(Qt::Key_1);
  EXPECT_EQ(wanted.size(), before);

  press(Qt::Key_Escape);
  EXPECT_FALSE(sheet()->isVisible());
  EXPECT_EQ(topics.asked().back(), "leave");
}

TEST_F(TopicSheetTest, EscLeavesTheSearchOverItFirst) {
  open();
  trigger(ui::ActionId::Commands);
  ASSERT_NE(qobject_cast<QLineEdit*>(QApplication::focusWidget()), nullptr);

  press(Qt::Key_Escape);
  EXPECT_FALSE(window.findChild<ui::CommandSearch*>()->isVisible());
  EXPECT_TRUE(sheet()->isVisible());
  press(Qt::Key_Escape);
  EXPECT_FALSE(sheet()->isVisible());
}

TEST_F(TopicSheetTest, IsNamedReachableAndLargeEnough) {
  for (const bool listening : {false, true}) {
    if (listening) topics.listen("mqtt://h:1883");
    open();
    sheet()->pull();
    if (listening) {
      goTo("power");
      sheet()->pull();
      QApplication::processEvents();
    }
    EXPECT_EQ(ui_test::namelessControls(*sheet()), QStringList());
    EXPECT_EQ(ui_test::smallTargets(*sheet()), QStringList());
    EXPECT_EQ(ui_test::cutTexts(*sheet()), QStringList());
    EXPECT_GE(sheet()->x(), ui::size::kRail) << "the names of the pages stay whole";
    EXPECT_LE(sheet()->geometry().right(), window.width());
    sheet()->close();
  }
}

}  // namespace
