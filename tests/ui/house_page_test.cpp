#include "ui/pages/house_page.h"

#include <QComboBox>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPushButton>
#include <QSlider>
#include <gtest/gtest.h>
#include <set>

#include "tests/ui/application.h"
#include "tests/ui/sample_house.h"
#include "ui/models/house_rows.h"
#include "ui/models/param_rows.h"
#include "ui/models/quality_words.h"
#include "ui/models/worker_rows.h"
#include "ui/pages/node_card.h"
#include "ui/views/act_panel.h"
#include "ui/views/basics.h"
#include "ui/views/row_table.h"

namespace {

using ui_test::Bench;
using ui_test::textsOf;

/// Narrow spaces read as plain ones.
std::string plain(QString text) {
  return text.replace(QChar(0x202F), QLatin1Char(' ')).toStdString();
}

TEST(HousePage, AWindowThatClosesStopsLookingForDevices) {
  std::vector<ui::Intent> wanted;
  {
    Bench bench(sample::house());
    bench.window.showPage(ui::PageId::House);
    QApplication::processEvents();
    QObject::connect(&bench.window, &ui::MainWindow::wanted,
                     [&](const ui::Intent& intent) { wanted.push_back(intent); });
    for (auto* button : bench.window.findChildren<QPushButton*>()) {
      if (button->isVisible() && button->text().contains("microphone")) {
        button->click();
        break;
      }
    }
    ASSERT_EQ(wanted.size(), 1U);
  }

  ASSERT_EQ(wanted.size(), 2U);
  const auto* last = std::get_if<ui::intent::LookFor>(&wanted.back());
  ASSERT_NE(last, nullptr);
  EXPECT_TRUE(last->kind.empty());
}

struct HouseBench : Bench {
  explicit HouseBench(const app::Snapshot& snapshot = sample::house(),
                      const QSize& size = {1440, 900})
      : Bench(snapshot) {
    window.resize(size);
    window.showPage(ui::PageId::House);
    QApplication::processEvents();
    page = window.findChild<ui::HousePage*>();
  }
  template <class Kind>
  Kind* control(const char* name) {
    return page->findChild<Kind*>(QString::fromUtf8(name));
  }
  QPushButton* button(const QString& accessibleName) {
    for (auto* b : page->findChildren<QPushButton*>()) {
      if (b->accessibleName() == accessibleName) {
        return b;
      }
    }
    return nullptr;
  }
  ui::HousePage* page = nullptr;
};

void press(QWidget* widget, int key) {
  QKeyEvent down(QEvent::KeyPress, key, Qt::NoModifier);
  QApplication::sendEvent(widget, &down);
  QKeyEvent up(QEvent::KeyRelease, key, Qt::NoModifier);
  QApplication::sendEvent(widget, &up);
}

TEST(ParamRows, SayAskedReportedAndStateInWords) {
  const auto rows = ui::paramRows(sample::kitchenNode());

  struct Expected {
    std::string asked, reported, state;
    ui::Tone tone;
    bool open;
  };
  const std::string since = base::clockText(sample::kNow - sample::fromSeconds(120)).substr(0, 5);
  const Expected expected[] = {
      {"50 Hz", "50 Hz", "in step " + since, ui::Tone::Fine, false},
      {"6 dB", "0 dB", "waiting, after restart", ui::Tone::Waiting, false},
      {"12", "5", "refused: 12 is not between 0 and 9", ui::Tone::Refused, false},
      {"2 s", "10 s", "changed elsewhere", ui::Tone::Changed, true},
      {"–", "on", "–", ui::Tone::None, false}};
  ASSERT_EQ(rows.size(), std::size(expected));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    EXPECT_EQ(plain(rows[i].askedText), expected[i].asked);
    EXPECT_EQ(plain(rows[i].reportedText), expected[i].reported);
    EXPECT_EQ(plain(rows[i].state), expected[i].state);
    EXPECT_EQ(rows[i].tone, expected[i].tone);
    EXPECT_EQ(rows[i].open, expected[i].open);
  }
}

TEST(ParamRows, ADeviceThatIsAwayIsWaitedFor) {
  hubs::NodeView node = sample::kitchenNode();
  node.device.online = false;

  EXPECT_EQ(plain(ui::paramRows(node)[1].state), "waiting, the device is away");
}

TEST(ParamRows, AValueOnTrialSaysWhenItGoesBackAndWhetherTheDeviceKnows) {
  hubs::NodeView node = sample::kitchenNode();
  app::SettingTrial trial{.node = node.device.id,
                          .param = node.device.about.params[0].name,
                          .before = std::int64_t{25},
                          .tried = std::int64_t{50},
                          .until = sample::kNow + sample::fromSeconds(24)};
  const auto state = [&] { return plain(ui::paramRows(node, {trial}, sample::kNow)[0].state); };

  EXPECT_EQ(state(), "on trial; back to 25 Hz in 24 s");
  EXPECT_EQ(ui::paramRows(node, {trial}, sample::kNow)[0].trial, ui::OnTrial::Running);
  node.device.online = false;
  EXPECT_EQ(state(), "on trial, the device is away; back to 25 Hz in 24 s");
  trial.state = app::SettingTrial::State::GoingBack;
  EXPECT_EQ(state(), "goes back to 25 Hz when the device is there again");
}

TEST(HousePage, ASettingIsTriedKeptOrTakenBack) {
  app::Snapshot s = sample::house();
  HouseBench bench(s);
  auto* tryFirst = bench.button("Try for 30 s");
  ASSERT_NE(tryFirst, nullptr);
  EXPECT_TRUE(tryFirst->isCheckable());
  const auto& node = s.nodes.front();
  s.trials = {{.node = node.device.id,
               .param = node.device.about.params[0].name,
               .before = std::int64_t{25},
               .tried = std::int64_t{50},
               .until = sample::kNow + sample::fromSeconds(24)}};
  bench.show(s);
  const QString title = ui::paramRows(node)[0].title;

  bench.button(title + ": keep")->click();
  ASSERT_NE(bench.last<ui::intent::KeepTrial>(), nullptr);
  bench.button(title + ": back now")->click();
  ASSERT_NE(bench.last<ui::intent::EndTrial>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::EndTrial>()->param, node.device.about.params[0].name);
}

TEST(PlacementSentence, SaysWhatTheRuleInForceDecidedAndWhy) {
  app::Snapshot s = sample::house();
  s.task.trainOn.clear();
  s.placement = {.policy = 6,
                 .learning = {.worker = "nuc", .byPolicy = true, .reason = "NUC: load 12 %"},
                 .answering = {.worker = "nuc", .byPolicy = true, .reason = "NUC: load 12 %"}};

  EXPECT_EQ(ui::placementSentence(s), "NUC learns and answers.");
  EXPECT_EQ(ui::placementReason(s), "As your rule says: NUC: load 12 %.");
  const auto choices = ui::placeChoices(s, "");
  EXPECT_EQ(choices[0], (ui::PlaceChoice{"", "As the rule says"}));
  EXPECT_EQ(choices[1], (ui::PlaceChoice{app::kHere, "This computer"}));

  s.placement.answering = {.none = true, .byPolicy = true, .reason = "No device can do this."};
  EXPECT_EQ(ui::placementSentence(s), "Nobody answers now.");
}

TEST(ParamRows, EveryStateHasASymbolOfItsOwn) {
  std::set<QString> symbols;
  for (const auto tone :
       {ui::Tone::Fine, ui::Tone::Waiting, ui::Tone::Changed, ui::Tone::Refused}) {
    symbols.insert(ui::toneSymbol(tone));
  }

  EXPECT_EQ(symbols.size(), 4U);
}

TEST(ParamRows, WhatIsTypedIsTakenInOrOutOfRange) {
  const auto whole = sample::setting("n", "n", base::ParamType::Int, "", 0, 9);
  const auto real = sample::setting("x", "x", base::ParamType::Float, "dB", 0, 9);
  const auto text = sample::setting("t", "t", base::ParamType::Text, "", 0, 0);

  EXPECT_EQ(ui::typedValue(whole, "12"), base::ParamValue(std::int64_t{12}));
  EXPECT_EQ(ui::typedValue(whole, "2.5"), base::ParamValue(2.5));
  EXPECT_EQ(ui::typedValue(real, " 0,5 dB"), base::ParamValue(0.5));
  EXPECT_EQ(ui::typedValue(real, "-1e3"), base::ParamValue(-1000.0));
  EXPECT_EQ(ui::typedValue(real, "loud"), std::nullopt);
  EXPECT_EQ(ui::typedValue(real, "nan"), std::nullopt);
  EXPECT_EQ(ui::typedValue(real, ""), std::nullopt);
  EXPECT_EQ(ui::typedValue(text, " high "), base::ParamValue(std::string("high")));
}

TEST(WorkerRows, ThisComputerComesFirstAndWhoIsAwayLast) {
  const auto rows = ui::workerRows(sample::house(), 2);

  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].name, "This computer");
  EXPECT_EQ(rows[0].doing, "answering");
  EXPECT_EQ(rows[1].name, "Attic Pi");
  EXPECT_EQ(rows[1].doing, "learning");
  EXPECT_EQ(plain(rows[1].loadText), "62 %");
  EXPECT_EQ(rows[1].memory, "3.7 GB");
  EXPECT_EQ(rows[2].roundTrip, "14 ms");
  EXPECT_EQ(rows[3].name, "Cloud");
  EXPECT_EQ(rows[3].doing, "away");
}

TEST(WorkerRows, ThisComputerIsListedWithoutAnyWorker) {
  const auto rows = ui::workerRows(sample::full(), 2);

  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].name, "This computer");
  EXPECT_EQ(rows[0].cores, "2");
  EXPECT_EQ(ui::placementSentence(sample::full()),
            "Everything runs on this computer. Add another to share the work.");
}

TEST(WorkerRows, TheChosenPlaceIsOfferedEvenWhereItIsAway) {
  const app::Snapshot house = sample::house();

  const auto choices = ui::placeChoices(house, "cloud");

  ASSERT_EQ(choices.size(), 4U);
  EXPECT_EQ(choices[0], (ui::PlaceChoice{"", "This computer"}));
  EXPECT_EQ(choices[1], (ui::PlaceChoice{"cloud", "Cloud (away)"}));
  EXPECT_EQ(ui::placeChoices(house, "").size(), 3U);
  EXPECT_EQ(ui::placeChoices(house, "gone").back().text, "gone (away)");
  EXPECT_EQ(ui::placementSentence(house), "Attic Pi learns, this computer answers.");
}

TEST(WorkerRows, HowToJoinNamesTheBrokerOthersCanReach) {
  app::Snapshot s = sample::house();

  EXPECT_EQ(ui::joinWords(s).command, "mimosa-worker --broker mqtt://192.168.1.5:1883");
  s.brokerText = "mqtts://localhost:8884";
  EXPECT_EQ(ui::joinWords(s).command,
            "mimosa-worker --broker mqtts://ADDRESS:8884 --ca CERTIFICATE");
  EXPECT_TRUE(ui::joinWords(s).sentence.contains("address of this computer"));
  s.site = "attic";
  s.brokerWantsPassword = true;
  EXPECT_TRUE(ui::joinWords(s).command.endsWith(
      "--site attic --ca CERTIFICATE --user NAME --password-file FILE"));
  s.brokerText = "private broker";
  EXPECT_TRUE(ui::joinWords(s).sentence.contains("private"));
}

TEST(HouseRows, NodesAndSourcesReadAsWords) {
  const app::Snapshot house = sample::house();

  const auto card = ui::nodeCardWords(house, house.nodes[0], sample::kNow);
  const auto sources = ui::sourceRows(house, base::Duration{0});

  EXPECT_EQ(plain(card.streams), "16 000/s · 3 streams");
  EXPECT_EQ(plain(card.heard), "0.2 s ago");
  EXPECT_EQ(plain(card.lost), "3 lost");
  EXPECT_EQ(ui::houseLine(house, 4), "4 nodes, 5 sources, 4 devices");
  EXPECT_EQ(sources[0].offset, "+12 ms");
  EXPECT_EQ(sources[2].state, "sends, not used");
  EXPECT_EQ(sources[3].state, "silent");
  EXPECT_EQ(sources[3].rate, "on change");
  EXPECT_EQ(plain(sources[3].age), "38 s ago");
}

TEST(HouseRows, SayWhatIsWrongWithNumbersAndHowUnevenlyTheyCome) {
  auto rows = ui::sourceRows(sample::house(), base::Duration{0});
  const sensors::SourceQuality quality{
      .findings = {{.fault = sensors::Fault::OtherUnit, .channel = "y", .value = 1000},
                   {.fault = sensors::Fault::Frozen, .channel = "x", .value = 0.25}},
      .jitter = std::chrono::microseconds(2600)};

  ui::addQuality(rows[0], quality);
  ui::addQuality(rows[3], quality);

  EXPECT_EQ(plain(rows[0].offset), "+12 ms ±2.6 ms");
  EXPECT_EQ(plain(rows[0].state), "x stands still, 1 more");
  EXPECT_TRUE(rows[0].wrong);
  EXPECT_TRUE(rows[0].detail.contains("exactly 0.250")) << rows[0].detail.toStdString();
  EXPECT_EQ(rows[3].state, "silent") << "who says nothing says nothing wrong";
}

TEST(QualityWords, EveryFaultHasAWordAndASentence) {
  std::set<QString> words;
  for (int fault = 0; fault <= static_cast<int>(sensors::Fault::OtherUnit); ++fault) {
    const sensors::Finding finding{.fault = static_cast<sensors::Fault>(fault),
                                   .channel = "x",
                                   .count = 3,
                                   .value = 0.001,
                                   .expected = 50,
                                   .detail = "z"};
    words.insert(ui::findingText(finding));
    EXPECT_GT(ui::findingSentence(finding).size(), 25);
    EXPECT_FALSE(ui::findingSentence(finding).contains("%"));
  }
  EXPECT_EQ(words.size(), 9U);
}

TEST(NodeCard, ShowsNoPictureThatIsNoneOrTooLarge) {
  const auto good = sample::picture();
  base::Bytes cut(good->begin(), good->begin() + 40);

  EXPECT_EQ(ui::decodedThumbnail(*good, 112).size(), QSize(112, 84));
  EXPECT_TRUE(ui::decodedThumbnail(cut, 112).isNull());
  EXPECT_TRUE(ui::decodedThumbnail({}, 112).isNull());
  EXPECT_TRUE(ui::decodedThumbnail(base::Bytes(5'000'000), 112).isNull());
}

TEST(HousePage, SaysWhatTheSnapshotSays) {
  HouseBench bench;

  const std::string texts = plain(textsOf(*bench.page));

  for (const char* text :
       {"4 nodes, 5 sources, 4 devices", "Kitchen node: settings", "Vibration rate",
        "refused: 12 is not between 0 and 9", "changed elsewhere", "waiting, after restart",
        "Attic Pi", "3.7 GB", "learning", "Attic Pi learns, this computer answers.",
        "mimosa-worker --broker mqtt://192.168.1.5:1883", "silent", "+12 ms"}) {
    EXPECT_NE(texts.find(text), std::string::npos) << text << "\n" << texts;
  }
}

TEST(HousePage, AChangedNumberIsAskedForEvenOutOfRange) {
  HouseBench bench;
  auto* field = bench.control<QLineEdit>("sense");
  ASSERT_NE(field, nullptr);
  EXPECT_EQ(field->text(), "12");

  field->setFocus();
  field->setText("99");
  press(field, Qt::Key_Return);

  ASSERT_NE(bench.last<ui::intent::AskParam>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::AskParam>()->node, "kitchen");
  EXPECT_EQ(bench.last<ui::intent::AskParam>()->param, "sense");
  EXPECT_EQ(bench.last<ui::intent::AskParam>()->value, base::ParamValue(std::int64_t{99}));
  EXPECT_EQ(bench.wanted.size(), 1U);
}

TEST(HousePage, EscapeTakesBackWhatWasTyped) {
  HouseBench bench;
  auto* field = bench.control<QLineEdit>("mic.gain");
  field->setFocus();
  field->setText("7");

  press(field, Qt::Key_Escape);
  press(field, Qt::Key_Return);

  EXPECT_EQ(field->text(), "6");
  EXPECT_TRUE(bench.wanted.empty());
}

TEST(HousePage, LeavingAFieldAsksForWhatWasTyped) {
  HouseBench bench;
  auto* field = bench.control<QLineEdit>("mic.gain");
  field->setFocus();
  field->setText("7,5");

  bench.window.showPage(ui::PageId::Teach);
  QApplication::processEvents();

  ASSERT_NE(bench.last<ui::intent::AskParam>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::AskParam>()->value, base::ParamValue(7.5));
}

TEST(HousePage, ANewSnapshotLeavesWhatIsBeingTypedAlone) {
  HouseBench bench;
  auto* field = bench.control<QLineEdit>("mic.gain");
  bench.window.activateWindow();
  field->setFocus();
  field->setText("7");

  bench.show(sample::house());

  EXPECT_EQ(bench.control<QLineEdit>("mic.gain"), field);
  EXPECT_EQ(field->text(), "7");
}

TEST(HousePage, ChoicesAndSwitchesAsk) {
  HouseBench bench;

  Q_EMIT bench.control<QComboBox>("imu.rate")->activated(2);
  ASSERT_NE(bench.last<ui::intent::AskParam>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::AskParam>()->value, base::ParamValue(std::int64_t{100}));
  bench.control<QAbstractButton>("led")->click();

  ASSERT_NE(bench.last<ui::intent::AskParam>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::AskParam>()->param, "led");
  EXPECT_EQ(bench.last<ui::intent::AskParam>()->value, base::ParamValue(false));
}

TEST(HousePage, WhatWasChangedElsewhereIsKeptOrTaken) {
  HouseBench bench;

  bench.button("Report interval: keep mine")->click();
  EXPECT_EQ(bench.last<ui::intent::AskParam>()->value, base::ParamValue(2.0));
  bench.button("Report interval: take theirs")->click();

  EXPECT_EQ(bench.last<ui::intent::AskParam>()->value, base::ParamValue(10.0));
  EXPECT_FALSE(bench.button("Microphone gain: keep mine")->isVisible());
}

TEST(HousePage, ArrowKeysChooseANode) {
  HouseBench bench;
  const auto cards = bench.page->findChildren<ui::NodeCard*>();
  ASSERT_EQ(cards.size(), 4);
  cards[0]->setFocus(Qt::TabFocusReason);

  press(cards[0], Qt::Key_Right);

  EXPECT_TRUE(cards[1]->isChecked());
  EXPECT_FALSE(cards[0]->isChecked());
  EXPECT_TRUE(textsOf(*bench.page).contains("Hall node: settings"));
}

TEST(HousePage, TrainingAndAnsweringGoWhereAPersonSays) {
  HouseBench bench;
  QComboBox* train = nullptr;
  QComboBox* serve = nullptr;
  for (auto* box : bench.page->findChildren<QComboBox*>()) {
    train = box->accessibleName() == "Train on" ? box : train;
    serve = box->accessibleName() == "Answer from" ? box : serve;
  }
  ASSERT_TRUE(train != nullptr && serve != nullptr);
  EXPECT_EQ(train->currentText(), "Attic Pi");

  Q_EMIT train->activated(0);
  ASSERT_NE(bench.last<ui::intent::TrainOn>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::TrainOn>()->worker, "");
  Q_EMIT serve->activated(serve->findText("NUC"));

  ASSERT_NE(bench.last<ui::intent::ServeOn>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::ServeOn>()->worker, "nuc");
}

TEST(HousePage, ThreeModelsOrAllAnswerAndQuicklyOrSteadily) {
  HouseBench bench;
  QComboBox* members = nullptr;
  for (auto* box : bench.page->findChildren<QComboBox*>()) {
    members = box->accessibleName() == "Answer with" ? box : members;
  }
  auto* steadiness = bench.page->findChild<QSlider*>();
  ASSERT_TRUE(members != nullptr && steadiness != nullptr);
  EXPECT_EQ(members->currentText(), "all models");
  EXPECT_TRUE(textsOf(*bench.page).contains("quick"));

  Q_EMIT members->activated(1);

  ASSERT_NE(bench.last<ui::intent::SetMemberPolicy>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::SetMemberPolicy>()->policy, learners::MemberPolicy::LowLatency);

  steadiness->setFocus();
  press(steadiness, Qt::Key_Right);
  press(steadiness, Qt::Key_Right);

  ASSERT_NE(bench.last<ui::intent::SetSteadiness>(), nullptr);
  EXPECT_FLOAT_EQ(bench.last<ui::intent::SetSteadiness>()->steadiness, 0.5F);
  EXPECT_TRUE(textsOf(*bench.page).contains("balanced"));
}

TEST(HousePage, ASourceIsUsedOrNotByItsBox) {
  HouseBench bench;

  bench.control<ui::UseBox>("kitchen/imu")->click();

  ASSERT_NE(bench.last<ui::intent::SetSourceUsed>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::SetSourceUsed>()->source, "kitchen/imu");
  EXPECT_TRUE(bench.last<ui::intent::SetSourceUsed>()->used);
}

TEST(HousePage, EveryControlHasANameAndAKeyboardPath) {
  HouseBench bench;

  for (auto* widget : bench.page->findChildren<QWidget*>()) {
    const bool control = qobject_cast<QAbstractButton*>(widget) != nullptr ||
                         qobject_cast<QComboBox*>(widget) != nullptr ||
                         qobject_cast<QLineEdit*>(widget) != nullptr;
    if (!control || !widget->isVisible()) {
      continue;
    }
    EXPECT_FALSE(widget->accessibleName().isEmpty()) << widget->metaObject()->className();
    EXPECT_FALSE(widget->toolTip().isEmpty()) << plain(widget->accessibleName());
    EXPECT_TRUE(widget->focusPolicy() & Qt::TabFocus) << plain(widget->accessibleName());
    EXPECT_GE(widget->height(), 30) << plain(widget->accessibleName());
  }
}

TEST(HousePage, TabGoesFromTheNodesToTheirSettings) {
  HouseBench bench;
  const auto cards = bench.page->findChildren<ui::NodeCard*>();

  QWidget* at = cards.back();
  do {
    at = at->nextInFocusChain();
  } while (!(at->focusPolicy() & Qt::TabFocus) || !at->isVisible());

  EXPECT_EQ(at->objectName(), "imu.rate");
}

TEST(HousePage, StaysReadableInASmallWindow) {
  HouseBench bench(sample::house(), {1024, 700});

  for (auto* label : bench.page->findChildren<QLabel*>()) {
    if (!label->isVisible() || qobject_cast<ui::ElidedLabel*>(label) != nullptr) {
      continue;  // those end in "…" and tell the rest as their tooltip
    }
    const int needed = label->wordWrap() ? label->heightForWidth(label->width())
                                         : label->minimumSizeHint().height();
    EXPECT_GE(label->height(), needed) << plain(label->text());
    if (!label->wordWrap()) {
      EXPECT_GE(label->width() + 1, label->minimumSizeHint().width()) << plain(label->text());
    }
    const QPoint right = label->mapTo(bench.page, QPoint(label->width(), 0));
    EXPECT_LE(right.x(), bench.page->width()) << plain(label->text());
  }
}

TEST(HousePage, AnEmptyHouseSaysHowToBegin) {
  app::Snapshot s = sample::full();
  s.sources.clear();
  HouseBench bench(s);

  const QString texts = textsOf(*bench.page);

  EXPECT_TRUE(texts.contains("No node yet."));
  EXPECT_TRUE(texts.contains("Everything runs on this computer. Add another to share the work."));
  EXPECT_TRUE(texts.contains("0 nodes, 0 sources, 1 device"));
}

TEST(ActPanel, StartsAndStopsWhatANodeCanDo) {
  Bench bench(sample::house());
  auto* panel = bench.window.findChild<ui::ActPanel*>();
  ASSERT_TRUE(panel->isVisible());
  const auto toggles = panel->findChildren<QPushButton*>();
  ASSERT_EQ(toggles.size(), 8);
  EXPECT_EQ(toggles[1]->text(), "Washing machine");

  toggles[0]->click();
  toggles[1]->click();
  ASSERT_NE(bench.last<ui::intent::Act>(), nullptr);
  EXPECT_EQ(bench.last<ui::intent::Act>()->node, "house");
  EXPECT_EQ(bench.last<ui::intent::Act>()->activity, "washing_machine");
  EXPECT_TRUE(bench.last<ui::intent::Act>()->on);
  toggles[0]->click();

  EXPECT_EQ(bench.last<ui::intent::Act>()->activity, "kettle");
  EXPECT_FALSE(bench.last<ui::intent::Act>()->on);
  EXPECT_TRUE(toggles[1]->isChecked());
}

TEST(ActPanel, ForgetsItsTogglesWhenTheNodeGoesAway) {
  Bench bench(sample::house());
  auto* panel = bench.window.findChild<ui::ActPanel*>();
  panel->findChildren<QPushButton*>()[0]->click();

  app::Snapshot away = sample::house();
  away.nodes[3].device.online = false;
  bench.show(away);
  EXPECT_FALSE(panel->isVisible());
  bench.show(sample::house());

  EXPECT_TRUE(panel->isVisible());
  for (auto* toggle : panel->findChildren<QPushButton*>()) {
    EXPECT_FALSE(toggle->isVisible() && toggle->isChecked());
  }
}

TEST(ActPanel, IsHiddenWhereNobodyCanAct) {
  Bench bench(sample::full());

  EXPECT_FALSE(bench.window.findChild<ui::ActPanel*>()->isVisible());
}

}  // namespace
