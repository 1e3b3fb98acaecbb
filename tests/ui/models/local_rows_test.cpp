#include "ui/models/local_rows.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <gtest/gtest.h>

#include "tests/ui/application.h"
#include "tests/ui/sample_house.h"
#include "ui/views/local_card.h"

namespace {

TEST(LocalRows, SayWhatSendsAndWhatIsWrong) {
  const auto rows = ui::localRows(sample::house());

  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].name, "USB microphone");
  EXPECT_EQ(rows[0].tone, ui::Tone::Fine);
  EXPECT_EQ(rows[1].tone, ui::Tone::Refused);
  EXPECT_TRUE(rows[1].state.contains("silent"));
  ASSERT_EQ(rows[0].settings.size(), 2u);
  EXPECT_EQ(rows[0].settings[0].options.at(1), QString::fromUtf8("16000\u202FHz"));
  EXPECT_EQ(rows[0].settings[0].chosen, 1);
}

TEST(LocalRows, ASourceNothingCameFromIsStillOpening) {
  app::Snapshot snapshot = sample::house();
  snapshot.sources.clear();

  EXPECT_EQ(ui::localRows(snapshot)[0].tone, ui::Tone::Waiting);
}

TEST(DeviceRows, WhatIsUsedAlreadyCannotBeAddedTwice) {
  const app::LocalSearch search{
      .kind = "microphone",
      .ready = true,
      .devices = {{.device = "usb", .name = "USB microphone", .level = 0.5},
                  {.device = "new", .name = "New", .detail = "1 channel", .level = -1}}};

  const auto rows = ui::deviceRows(search, sample::house());

  ASSERT_EQ(rows.size(), 2u);
  EXPECT_FALSE(rows[0].canAdd);
  EXPECT_EQ(rows[0].levelText, "-30 dB");
  EXPECT_TRUE(rows[1].canAdd);
  EXPECT_TRUE(rows[1].levelText.isEmpty());
  EXPECT_EQ(rows[1].source.device, "new");
}

TEST(DeviceRows, AnEmptySearchSaysWhetherItIsOver) {
  EXPECT_EQ(ui::searchWords({.kind = "microphone"}, "Microphone"), "Looking…");
  EXPECT_TRUE(ui::searchWords({.kind = "microphone", .ready = true}, "Microphone")
                  .contains("no microphone"));
}

struct CardBench {
  CardBench() {
    QObject::connect(&card, &ui::LocalCard::wanted,
                     [this](const ui::Intent& intent) { wanted.push_back(intent); });
    card.show(sample::house());
    card.resize(900, 400);
    card.QWidget::show();
  }
  QPushButton* button(const QString& name) {
    for (auto* b : card.findChildren<QPushButton*>()) {
      if (b->accessibleName() == name) return b;
    }
    return nullptr;
  }
  ui::LocalCard card{ui_test::theme()};
  std::vector<ui::Intent> wanted;
};

TEST(LocalCard, ADeviceIsLookedForChosenAndTheLookingEnds) {
  CardBench bench;
  ASSERT_NE(bench.button("Add microphone"), nullptr);

  bench.button("Add microphone")->click();
  ASSERT_EQ(bench.wanted.size(), 1u);
  EXPECT_EQ(std::get<ui::intent::LookFor>(bench.wanted[0]).kind, "microphone");
  bench.card.pull({.kind = "microphone", .ready = true, .devices = {{.device = "d", .name = "D"}}});
  ASSERT_NE(bench.button("Use D"), nullptr);
  bench.button("Use D")->click();

  ASSERT_EQ(bench.wanted.size(), 3u);
  EXPECT_EQ(std::get<ui::intent::AddLocal>(bench.wanted[1]).source.device, "d");
  EXPECT_TRUE(std::get<ui::intent::LookFor>(bench.wanted[2]).kind.empty());
  EXPECT_FALSE(bench.card.isLooking());
}

TEST(LocalCard, ADeviceThatIsReachedByAddressIsTyped) {
  app::Snapshot snapshot = sample::house();
  snapshot.localKinds.push_back(
      {.kind = "camera", .title = "Camera", .icon = "camera", .byAddress = true});
  CardBench bench;
  bench.card.show(snapshot);
  auto* address = bench.card.findChild<QLineEdit*>();
  ASSERT_NE(address, nullptr);

  bench.button("Add microphone")->click();
  EXPECT_TRUE(address->isHidden()) << "microphones have no address";
  bench.button("Add camera")->click();

  EXPECT_FALSE(address->isHidden());
  EXPECT_EQ(std::get<ui::intent::LookFor>(bench.wanted.back()).kind, "camera");
}

TEST(LocalCard, ARateIsChosenAndASourceRemoved) {
  CardBench bench;
  auto* rate = bench.card.findChild<QComboBox*>();
  ASSERT_NE(rate, nullptr);

  Q_EMIT rate->activated(0);
  bench.button("Remove USB microphone")->click();

  const auto& changed = std::get<ui::intent::ChangeLocal>(bench.wanted.at(0)).source;
  EXPECT_EQ(changed.params.at("rate"), base::ParamValue(std::int64_t{8000}));
  EXPECT_EQ(std::get<ui::intent::RemoveLocal>(bench.wanted.at(1)).id, changed.id);
}

TEST(LocalCard, NobodyListensBehindAPageThatIsHidden) {
  CardBench bench;
  bench.button("Add microphone")->click();

  bench.card.hide();

  EXPECT_TRUE(std::get<ui::intent::LookFor>(bench.wanted.back()).kind.empty());
}

}  // namespace
