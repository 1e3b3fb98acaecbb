#include "ui/views/source_card.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QPushButton>
#include <QSpinBox>
#include <gtest/gtest.h>

#include "tests/ui/sample_house.h"
#include "ui/look_bar.h"

namespace {

struct Card : testing::Test {
  ui::Theme theme{*qApp, ui::ThemeKind::Light};
  ui::SourceCard card{theme, [](const std::string&) {
                        return std::vector<app::ExtractorOption>{{.id = "motion", .features = 120},
                                                                 {.id = "statistics", .features = 40}};
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

TEST_F(Card, AFlaggedSourceIsShownFirstAndCanBeLearntFromAllTheSame) {
  app::SourceView stuck = snapshot.sources[0];
  stuck.info.id = "b/imu";
  stuck.flag = app::Flag{"b/imu", "x", sensors::Fault::Frozen, {{1}, {2}}};
  snapshot.sources.push_back(stuck);
  ui::SourceCard fresh(theme, [](const std::string&) { return std::vector<app::ExtractorOption>(); });
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
