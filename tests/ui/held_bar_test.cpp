#include "ui/held_bar.h"

#include <gtest/gtest.h>

#include <QApplication>
#include <QPushButton>
#include <QScrollArea>

#include "tests/ui/sample_house.h"
#include "ui/models/held_words.h"

namespace {

using Kind = app::HeldThing::Kind;

TEST(HeldWords, NamesEverythingByWhatWouldBeDoneWithIt) {
  const app::Held held = sample::held();
  EXPECT_EQ(ui::heldText(held).toStdString(),
            "This project is from elsewhere. It would listen to Kitchen (hw:0); watch Hall "
            "(rtsp://10.0.0.7/stream) and Door (/dev/video0); set gain = 3 on kitchen; follow the rule "
            "“When Kettle is sure for 5 s, send \"on\" to lamp; when not sure do nothing; when no data do "
            "nothing”; tell your hub what it hears.");
  EXPECT_EQ(ui::heldShort(held).toStdString(),
            "6 things that this project would do here are held back.");
}

TEST(HeldWords, SayWhereOnlyAPartIsFromElsewhere) {
  const app::Held one{.things = {{Kind::Listen, "Mic", "Mic"}}};
  EXPECT_EQ(ui::heldText(one).toStdString(),
            "A part of this project is from elsewhere. It would listen to Mic.");
  EXPECT_TRUE(ui::heldText({.isProject = true}).isEmpty());
  EXPECT_TRUE(ui::heldShort({}).isEmpty());
}

TEST(HeldWords, AFileCannotMakeTheSentenceLookOtherwise) {
  const app::Held held{.things = {{Kind::Watch, "a\nb", std::string(5000, 'x')}}};
  const QString text = ui::heldText(held);
  EXPECT_TRUE(text.contains("a b"));
  EXPECT_FALSE(text.contains('\n'));
  const app::Held turned{.things = {{Kind::Watch, "a\u202eb", "c"}}};
  EXPECT_TRUE(ui::heldText(turned).contains("watch ab (c)"));
}

TEST(HeldWords, NothingThatWouldBeAllowedIsLeftOut) {
  std::string rule = "When Kettle is sure for 5 s, send \"";
  for (int i = 0; i < 100; ++i) rule += "word" + std::to_string(i) + " ";
  rule += "\" to door/lock";
  const std::string address = "rtsp://10.0.0.7/" + std::string(200, 'x') + "/end";

  QString text =
      ui::heldText({.things = {{Kind::Follow, rule, ""}, {Kind::Watch, "Hall", address}}});

  EXPECT_GT(text.count(QChar(0x200B)), 3) << "what has no spaces can be broken";
  text.remove(QChar(0x200B));
  EXPECT_TRUE(text.contains(QString::fromStdString(rule)));
  EXPECT_TRUE(text.contains(QString::fromStdString(address)));
}

struct Bar : testing::Test {
  ui::Theme theme{*qApp, ui::ThemeKind::Light};
  ui::HeldBar bar{theme};
  int let = 0;

  Bar() {
    bar.resize(900, 60);
    QObject::connect(&bar, &ui::HeldBar::wanted, &bar, [this](const ui::Intent& intent) {
      let += std::holds_alternative<ui::intent::LetProject>(intent) ? 1 : 0;
    });
  }
  QPushButton* button(const char* text) const {
    for (QPushButton* b : bar.findChildren<QPushButton*>()) {
      if (b->text() == QString::fromLatin1(text) && !b->isHidden()) return b;
    }
    return nullptr;
  }
};

TEST_F(Bar, IsThereWhileSomethingIsHeldAndLetsItWhenAsked) {
  bar.show(app::Held{});
  EXPECT_TRUE(bar.isHidden());

  bar.show(sample::held());
  EXPECT_FALSE(bar.isHidden());
  EXPECT_EQ(let, 0);
  button("Let it")->click();
  EXPECT_EQ(let, 1);

  bar.show(app::Held{});
  EXPECT_TRUE(bar.isHidden());
}

TEST_F(Bar, NotNowLeavesALineThatLeadsBack) {
  bar.show(sample::held());
  button("Not now")->click();
  EXPECT_FALSE(bar.isHidden());
  EXPECT_EQ(button("Let it"), nullptr);

  bar.show(sample::held());
  EXPECT_EQ(button("Let it"), nullptr) << "the same again is no news";

  button("What?")->click();
  EXPECT_NE(button("Let it"), nullptr);
}

TEST_F(Bar, WhatIsNewIsAskedAgain) {
  bar.show(sample::held());
  button("Not now")->click();
  app::Held more = sample::held();
  more.things.push_back({Kind::Listen, "Bedroom", "hw:1"});
  bar.show(more);
  EXPECT_NE(button("Let it"), nullptr);
}

TEST_F(Bar, ALongListScrollsInsteadOfTakingTheWindow) {
  app::Held many = sample::held();
  for (int i = 0; i < 500; ++i) many.things.push_back({Kind::Watch, "Camera", std::to_string(i)});
  bar.show(many);
  EXPECT_LT(bar.sizeHint().height(), 200);
  EXPECT_EQ(bar.findChild<QScrollArea*>()->focusPolicy(), Qt::StrongFocus) << "read by key, too";
}

}  // namespace
