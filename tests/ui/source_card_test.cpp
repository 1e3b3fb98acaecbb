#include "ui/views/source_card.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>
#include <gtest/gtest.h>

#include "tests/ui/sample_house.h"
#include "ui/look_bar.h"
#include "ui/views/region_view.h"

namespace {

struct Card : testing::Test {
  ui::Theme theme{*qApp, ui::ThemeKind::Light};
  std::shared_ptr<const sensors::Image> seen;
  ui::SourceCard card{theme, [](const std::string&) {
                        return std::vector<app::ExtractorOption>{{.id = "motion", .features = 120},
                                                                 {.id = "statistics", .features = 40}};
                      },
                      [this](const std::string& source) {
                        return source == "hall/cam" ? seen : nullptr;
                      }};
  std::vector<ui::Intent> wanted;
  app::Snapshot snapshot;

  Card() {
    QObject::connect(&card, &ui::SourceCard::wanted, &card,
                     [this](const ui::Intent& intent) { wanted.push_back(intent); });
    app::SourceView motion;
    motion.info = {.id = "k/imu",
                   .name = "Kitchen",
                   .kind = sensors::SourceKind::Motion,
                   .channels = {{"x", "V"}, {"y", "V"}},
                   .rate = 50};
    motion.extractor = "motion";
    app::SourceView camera;
    camera.info = {.id = "hall/cam", .name = "Hall", .kind = sensors::SourceKind::Picture};
    camera.extractor = "motion";
    snapshot.sources = {motion, camera};
    card.show(snapshot);
  }
  QComboBox* box(const char* name) const {
    for (QComboBox* one : card.findChildren<QComboBox*>()) {
      if (one->accessibleName() == QLatin1String(name)) return one;
    }
    return nullptr;
  }
};

TEST_F(Card, SaysHowTheFirstSourceIsReadAndChangesNothingByItself) {
  EXPECT_EQ(card.chosen(), "k/imu");
  EXPECT_EQ(box("Features")->currentText(), "Movement");
  ASSERT_NE(box("x, V: what stands where a number is missing"), nullptr);
  EXPECT_TRUE(wanted.empty());
}

TEST_F(Card, AskForWhatWasChosen) {
  Q_EMIT box("Features")->activated(1);
  Q_EMIT box("y, V: what stands where a number is missing")->activated(2);
  ASSERT_EQ(wanted.size(), 2u);
  EXPECT_EQ(std::get<ui::intent::SetExtractor>(wanted[0]).extractor, "statistics");
  const auto fill = std::get<ui::intent::SetFill>(wanted[1]);
  EXPECT_EQ(fill.channel, "y");
  EXPECT_EQ(fill.fill, sensors::Fill::Interpolate);
}

TEST_F(Card, APartOfThePictureStaysInsideIt) {
  card.choose("hall/cam");
  card.show(snapshot);
  const auto edges = card.findChildren<QSpinBox*>();
  ASSERT_EQ(edges.size(), 4);
  EXPECT_EQ(edges[2]->value(), 100);
  edges[0]->setValue(30);
  Q_EMIT edges[0]->editingFinished();
  ASSERT_EQ(wanted.size(), 1u);
  EXPECT_EQ(std::get<ui::intent::SetExtractor>(wanted[0]).extractor, "motion@30,0,70,100");
}

TEST_F(Card, APartThatIsDrawnIsAskedForAsTheNumbersAsk) {
  auto image = std::make_shared<sensors::Image>();
  image->jpeg = *sample::picture();
  seen = image;
  card.choose("hall/cam");
  card.show(snapshot);
  card.resize(800, 500);
  card.ui::SourceCard::show();
  QApplication::processEvents();
  auto* view = card.findChild<ui::RegionView*>();
  ASSERT_NE(view, nullptr);
  ASSERT_EQ(view->size(), QSize(266, 200)) << "as wide as the picture is, 4 to 3";

  QTest::mousePress(view, Qt::LeftButton, {}, {66, 50});
  QTest::mouseMove(view, {199, 150});
  QTest::mouseRelease(view, Qt::LeftButton, {}, {199, 150});

  ASSERT_EQ(wanted.size(), 1u) << "one step";
  const auto asked = std::get<ui::intent::SetExtractor>(wanted[0]);
  EXPECT_EQ(asked.source, "hall/cam");
  EXPECT_EQ(asked.extractor, "motion@25,25,50,50");
}

TEST_F(Card, WhileAPartIsMovedByKeyNothingIsAskedForUntilEnter) {
  snapshot.task.choices["hall/cam"].extractor = "motion@20,30,40,50";
  card.choose("hall/cam");
  card.show(snapshot);
  auto* view = card.findChild<ui::RegionView*>();
  EXPECT_EQ(view->accessibleDescription(), "left 20 %, top 30 %, width 40 %, height 50 %");

  QTest::keyClick(view, Qt::Key_Right);
  QTest::keyClick(view, Qt::Key_Up);
  QTest::keyClick(view, Qt::Key_Left, Qt::ShiftModifier);
  card.show(snapshot);  // what is being changed is not taken away by what comes in
  EXPECT_TRUE(wanted.empty());
  EXPECT_EQ(view->accessibleDescription(), "left 21 %, top 29 %, width 39 %, height 50 %");
  QTest::keyClick(view, Qt::Key_Return);

  ASSERT_EQ(wanted.size(), 1u);
  EXPECT_EQ(std::get<ui::intent::SetExtractor>(wanted[0]).extractor, "motion@21,29,39,50");
}

TEST_F(Card, EscLeavesThePartAndAButtonTakesAllOfThePicture) {
  snapshot.task.choices["hall/cam"].extractor = "motion@20,30,40,50";
  card.choose("hall/cam");
  card.show(snapshot);
  auto* view = card.findChild<ui::RegionView*>();

  QTest::keyClick(view, Qt::Key_Down);
  QTest::keyClick(view, Qt::Key_Escape);
  EXPECT_EQ(view->part(), QRect(20, 30, 40, 50));
  EXPECT_TRUE(wanted.empty());
  for (auto* button : card.findChildren<QPushButton*>()) {
    if (button->text() == QLatin1String("All of the picture")) button->click();
  }

  ASSERT_EQ(wanted.size(), 1u);
  EXPECT_EQ(std::get<ui::intent::SetExtractor>(wanted[0]).extractor, "motion");
}

TEST_F(Card, AFlaggedSourceIsShownFirstAndCanBeLearntFromAllTheSame) {
  app::SourceView stuck = snapshot.sources[0];
  stuck.info.id = "b/imu";
  stuck.flag = app::Flag{"b/imu", "x", sensors::Fault::Frozen, {{1}, {2}}};
  snapshot.sources.push_back(stuck);
  ui::SourceCard fresh(theme, [](const std::string&) { return std::vector<app::ExtractorOption>(); },
                       [](const std::string&) { return nullptr; });
  fresh.show(snapshot);
  EXPECT_EQ(fresh.chosen(), "b/imu");
  std::vector<ui::Intent> asked;
  QObject::connect(&fresh, &ui::SourceCard::wanted, &fresh,
                   [&](const ui::Intent& intent) { asked.push_back(intent); });
  auto* learn = fresh.findChild<QCheckBox*>();
  ASSERT_NE(learn, nullptr);
  EXPECT_FALSE(learn->isHidden());
  learn->click();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_TRUE(std::get<ui::intent::SetLearnFlagged>(asked[0]).learn);
}

TEST(LookBar, SaysWhyAProjectIsOnlyLookedAtAndGoesOnInTheCopyThatWasAskedFor) {
  ui::Theme theme(*qApp, ui::ThemeKind::Light);
  ui::LookBar bar(theme);
  app::Snapshot snapshot;
  bar.show(snapshot);
  EXPECT_TRUE(bar.isHidden());

  snapshot.readOnly = true;
  snapshot.lookOnly = "Another program has it.";
  snapshot.savedCopy = "/tmp/earlier.mimosa";
  QStringList opened;
  QObject::connect(&bar, &ui::LookBar::copyReady, &bar, [&](const QString& file) { opened << file; });
  bar.show(snapshot);
  EXPECT_FALSE(bar.isHidden());
  EXPECT_TRUE(bar.findChild<QPushButton*>()->isEnabled());
  EXPECT_TRUE(opened.isEmpty()) << "nobody asked for that copy here";
}

TEST(LookBar, AfterAFailureAnotherNameCanBeTriedWhateverIsSaidNext) {
  using Kind = app::NoticeView::Kind;
  const auto at = [](int second) { return base::Time{} + std::chrono::seconds(1000 + second); };
  ui::Theme theme(*qApp, ui::ThemeKind::Light);
  ui::LookBar bar(theme);
  app::Snapshot snapshot;
  snapshot.readOnly = true;
  snapshot.notices = {{.kind = Kind::Error, .text = "Before.", .time = at(0), .id = 1}};
  bar.show(snapshot);
  auto* save = bar.findChild<QPushButton*>();
  save->click();
  auto* dialog = bar.findChild<QFileDialog*>();
  ASSERT_NE(dialog, nullptr);
  EXPECT_TRUE(dialog->testOption(QFileDialog::DontConfirmOverwrite))
      << "nobody is asked to replace what is then refused to be replaced";
  Q_EMIT dialog->fileSelected(QStringLiteral("/tmp/there.mimosa"));
  bar.show(snapshot);
  EXPECT_FALSE(save->isEnabled()) << "an error of before is none of the copy";

  snapshot.notices.push_back({.kind = Kind::Error, .text = "It is there.", .time = at(1), .id = 2});
  bar.show(snapshot);
  EXPECT_TRUE(save->isEnabled());
  snapshot.notices.push_back({.kind = Kind::Info, .text = "Something.", .time = at(2), .id = 3});
  bar.show(snapshot);
  EXPECT_TRUE(save->isEnabled());
  dialog->close();
}

}  // namespace
