#include "ui/pages/check_page.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QHelpEvent>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolTip>
#include <gtest/gtest.h>
#include <memory>
#include <set>

#include "tests/ui/accessibility.h"
#include "tests/ui/application.h"
#include "tests/ui/sample_check.h"
#include "tests/ui/sample_past.h"
#include "ui/pages/check_examples.h"
#include "ui/views/overlays.h"

namespace {

using Phase = app::CheckView::Phase;

/// The window on the Check page of the made-up house.
struct CheckBench {
  explicit CheckBench(Phase phase = Phase::Ready) : CheckBench(feed(phase)) {}
  explicit CheckBench(const ui::Feed& with) : window(ui_test::theme(), with) {
    QObject::connect(&window, &ui::MainWindow::wanted,
                     [this](const ui::Intent& intent) { wanted.push_back(intent); });
    window.resize(1440, 900);
    window.show();
    QApplication::setActiveWindow(&window);
    window.showPage(ui::PageId::Check);
    window.showSnapshot(std::make_shared<const app::Snapshot>(sample::checked()));
    settle();
    page = window.findChild<ui::CheckPage*>();
  }
  static ui::Feed feed(Phase phase) {
    ui::Feed feed = sample::feedWithCheck(std::nullopt, sample::checkView(phase));
    feed.library = sample::pastLibrary(sample::checked());
    return feed;
  }
  static void settle() {
    for (int i = 0; i < 40; ++i) QApplication::processEvents(QEventLoop::AllEvents, 5);
  }
  void tap(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) {
    QWidget* focus = QApplication::focusWidget();
    QTest::keyClick(focus ? focus : &window, key, with);
    QApplication::processEvents();
  }
  template <class Kind>
  const Kind* last() const {
    return wanted.empty() ? nullptr : std::get_if<Kind>(&wanted.back());
  }

  std::vector<ui::Intent> wanted;
  ui::MainWindow window;
  ui::CheckPage* page = nullptr;
};

TEST(CheckPage, SaysItsEmptyStatesInWords) {
  CheckBench none(Phase::NoTestData);
  EXPECT_TRUE(ui_test::textsOf(*none.page)
                  .contains("No honest score yet: every recording was used for learning. Record one "
                            "more of each and I will keep it for testing."));
  CheckBench model(Phase::NoModel);
  EXPECT_TRUE(ui_test::textsOf(*model.page).contains("I have not learnt anything yet."));
}

TEST(CheckPage, EveryChartSaysWhatItFoundAndFromHowMuch) {
  CheckBench bench;
  int cards = 0;
  for (const auto* card : bench.page->findChildren<ui::ChartCard*>()) {
    const bool mayBeEmpty =
        card->name() == "Who is served worse" || card->name() == "Now against what was taught";
    EXPECT_TRUE(card->hasFound() || mayBeEmpty) << card->name().toStdString();
    if (!card->hasFound()) continue;
    ++cards;
    const ui::ChartWords words = card->chart()->words();
    EXPECT_FALSE(words.title.isEmpty()) << card->name().toStdString();
    EXPECT_TRUE(words.note.contains("computed from") || words.note.contains("median") ||
                words.note.contains("distance") || words.note.contains("kept back"))
        << words.note.toStdString();
    EXPECT_EQ(card->chart()->table().rows.size(), card->chart()->marks());
    for (const QStringList& row : card->chart()->table().rows) {
      EXPECT_EQ(row.size(), card->chart()->table().columns.size());
    }
  }
  EXPECT_GE(cards, 12);
}

TEST(CheckPage, AWrongLabelIsFoundAndSetRightByKeyboardAlone) {
  CheckBench bench;
  for (int i = 0; i < 30 && QApplication::focusWidget() != bench.page->confusion(); ++i) bench.tap(Qt::Key_Tab);
  ASSERT_EQ(QApplication::focusWidget(), bench.page->confusion());
  // Rows are Kettle, Tap, Blender, nothing: Blender taken for Kettle is two down.
  bench.tap(Qt::Key_Down);
  bench.tap(Qt::Key_Down);

  bench.tap(Qt::Key_Return);

  ui::CheckExamples* examples = bench.page->examples();
  EXPECT_TRUE(examples->isVisible());
  EXPECT_EQ(examples->title(), "Blender taken for Kettle · 2 examples");
  ASSERT_EQ(examples->current(), 402);  // the one with most such windows

  bench.tap(Qt::Key_1);

  const auto* revise = bench.last<ui::intent::ReviseExamples>();
  ASSERT_NE(revise, nullptr);
  EXPECT_EQ(revise->replaced, (std::vector<std::int64_t>{402}));
  EXPECT_EQ(revise->placed.front().label, 2);

  bench.tap(Qt::Key_D);
  const auto* off = bench.last<ui::intent::SetExampleEnabled>();
  ASSERT_NE(off, nullptr);
  EXPECT_EQ(off->demonstration, 402);
  bench.tap(Qt::Key_Escape);
  EXPECT_EQ(QApplication::focusWidget(), bench.page->confusion());
}

TEST(CheckPage, ALineRoundPointsOfTheMapOpensTheirExamples) {
  CheckBench bench;
  auto* map = bench.page->findChild<ui::ScatterChart*>();
  const QPoint corners[] = {{2, 2}, {map->width() - 2, 2}, {map->width() - 2, map->height() - 2},
                            {2, map->height() - 2}};

  QTest::mousePress(map, Qt::LeftButton, Qt::NoModifier, corners[0]);
  for (const QPoint& to : corners) {
    QMouseEvent move(QEvent::MouseMove, to, map->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                     Qt::NoModifier);
    QApplication::sendEvent(map, &move);
  }
  QTest::mouseRelease(map, Qt::LeftButton, Qt::NoModifier, corners[3]);

  const ui::ExampleIds& all = bench.page->examples()->behind().examples;
  EXPECT_GT(all.size(), 5U) << "everything lies inside";
  EXPECT_EQ(std::set(all.begin(), all.end()).size(), all.size()) << "each once";
}

TEST(CheckPage, ShiftAndArrowsGatherPointsOfTheMap) {
  CheckBench bench;
  auto* map = bench.page->findChild<ui::ScatterChart*>();
  map->setFocus(Qt::TabFocusReason);
  bench.tap(Qt::Key_Home);
  for (int i = 0; i < 12; ++i) {
    bench.tap(Qt::Key_Right, Qt::ShiftModifier);
    bench.tap(Qt::Key_Down, Qt::ShiftModifier);
  }
  for (int i = 0; i < 12; ++i) {
    bench.tap(Qt::Key_Left, Qt::ShiftModifier);
    bench.tap(Qt::Key_Up, Qt::ShiftModifier);
  }

  bench.tap(Qt::Key_Return);

  EXPECT_GT(bench.page->examples()->behind().examples.size(), 1U);
  map->setFocus(Qt::TabFocusReason);
  bench.tap(Qt::Key_Left);  // without Shift there is one point again
  bench.tap(Qt::Key_Return);
  EXPECT_EQ(bench.page->examples()->behind().examples.size(), 1U);
}

TEST(CheckPage, TheSoundOfTwoExamplesCanBeCompared) {
  CheckBench bench;
  bench.page->confusion()->open(10);  // Blender taken for Kettle: two examples
  CheckBench::settle();
  auto* sound = bench.page->examples()->findChild<ui::SpectrumPair*>();
  ASSERT_TRUE(sound->isVisible());
  const int one = sound->sizeHint().height();

  bench.tap(Qt::Key_K);
  EXPECT_EQ(sound->sizeHint().height(), one) << "there is nothing yet to compare it with";
  bench.tap(Qt::Key_Down);

  EXPECT_GT(sound->sizeHint().height(), 2 * one);
  EXPECT_EQ(sound->accessibleName().count(QLatin1Char(';')), 1) << "both are named";
  bench.tap(Qt::Key_K);  // this one now
  bench.tap(Qt::Key_K);  // and none
  EXPECT_EQ(sound->sizeHint().height(), one);
}

/// The chart of what is given and right, with the answers that say Kettle.
ui::LinesChart* kettlesLimit(CheckBench& bench) {
  bench.page->findChild<QComboBox*>("whose-answers")->setCurrentIndex(2);  // all, nothing, Kettle
  bench.tap(Qt::Key_L);
  return qobject_cast<ui::LinesChart*>(QApplication::focusWidget());
}

TEST(CheckPage, TheLimitOfALabelIsMovedByKeyAndAskedForByEnter) {
  CheckBench bench;
  ui::LinesChart* chart = kettlesLimit(bench);
  ASSERT_NE(chart, nullptr);
  EXPECT_EQ(chart->cursor(), static_cast<int>(chart->marks()) - 1);
  const QString before = chart->words().title;

  bench.tap(Qt::Key_Right, Qt::ShiftModifier);
  bench.tap(Qt::Key_Left);
  EXPECT_NE(chart->words().title, before) << "what it would mean is said while it moves";
  EXPECT_TRUE(chart->accessibleDescription().startsWith("74")) << "and to a screen reader";
  EXPECT_EQ(bench.last<ui::intent::SetLimit>(), nullptr);
  bench.tap(Qt::Key_Return);

  const auto* set = bench.last<ui::intent::SetLimit>();
  ASSERT_NE(set, nullptr);
  EXPECT_EQ(set->label, 2);
  EXPECT_FLOAT_EQ(set->certainty.value_or(0), 0.74F);
}

TEST(CheckPage, TheFrameRoundWhatHasTheKeyboardIsScrolledWithIt) {
  CheckBench bench;
  ui::LinesChart* chart = kettlesLimit(bench);
  auto* ring = bench.window.findChild<ui::FocusRing*>();
  ASSERT_TRUE(ring->isVisible());
  QScrollBar* bar = bench.page->findChild<QScrollArea*>()->verticalScrollBar();

  bar->setValue(bar->value() + 30);
  QApplication::processEvents();

  const QPoint at = chart->mapTo(ring->parentWidget(), QPoint(0, 0));
  EXPECT_EQ(ring->geometry().topLeft(), at - QPoint(4, 4));
}

TEST(CheckPage, ALimitThatIsOnlyTriedGoesBack) {
  CheckBench bench;
  ui::LinesChart* chart = kettlesLimit(bench);
  const QString before = chart->words().title;

  bench.tap(Qt::Key_End);
  EXPECT_NE(chart->words().title, before);
  bench.tap(Qt::Key_Escape);
  EXPECT_EQ(chart->words().title, before);
  bench.tap(Qt::Key_Home);
  bench.tap(Qt::Key_Tab);

  EXPECT_EQ(chart->words().title, before);
  EXPECT_EQ(bench.last<ui::intent::SetLimit>(), nullptr);
}

TEST(CheckPage, BackspaceMakesAPersonsLimitAsTested) {
  CheckBench bench;
  app::Snapshot own = sample::checked();
  own.task.limits = {{2, 0.9F}};
  bench.window.showSnapshot(std::make_shared<const app::Snapshot>(own));
  CheckBench::settle();
  ui::LinesChart* chart = kettlesLimit(bench);
  EXPECT_TRUE(chart->accessibleDescription().contains("90"));

  bench.tap(Qt::Key_Backspace);

  const auto* set = bench.last<ui::intent::SetLimit>();
  ASSERT_NE(set, nullptr);
  EXPECT_EQ(set->label, 2);
  EXPECT_FALSE(set->certainty.has_value());
}

TEST(CheckPage, TheMarkIsDraggedAndAClickAloneChangesNothing) {
  CheckBench bench;
  ui::LinesChart* chart = kettlesLimit(bench);
  QApplication::processEvents();
  const auto mark = [chart] {  // found as a person does: where the pointer describes the limit
    for (int x = 0; x < chart->width(); ++x) {
      QTest::mousePress(chart, Qt::LeftButton, Qt::NoModifier, {x, chart->height() / 2});
      QTest::mouseRelease(chart, Qt::LeftButton, Qt::NoModifier, {x, chart->height() / 2});
      if (chart->cursor() == static_cast<int>(chart->marks()) - 1) return x + 7;
    }
    return -1;
  };
  chart->setCursorMark(0);
  const int x = mark();
  ASSERT_GE(x, 0);
  EXPECT_EQ(bench.last<ui::intent::SetLimit>(), nullptr) << "only clicked";
  const QPoint from(x, chart->height() / 2);
  const QPoint to(x + 40, chart->height() / 2);

  QTest::mousePress(chart, Qt::LeftButton, Qt::NoModifier, from);
  QMouseEvent move(QEvent::MouseMove, to, chart->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                   Qt::NoModifier);
  QApplication::sendEvent(chart, &move);
  EXPECT_EQ(bench.last<ui::intent::SetLimit>(), nullptr) << "not yet let go";
  QTest::mouseRelease(chart, Qt::LeftButton, Qt::NoModifier, to);

  const auto* set = bench.last<ui::intent::SetLimit>();
  ASSERT_NE(set, nullptr);
  EXPECT_GT(set->certainty.value_or(0), 0.7F);
}

TEST(Chart, NamesInATipAreReadAndNotObeyed) {
  ui::BarsValue value;
  value.bars = {{.name = "<img src='a'>", .value = 0.5, .text = "50 %"}};
  ui::BarsChart chart(ui_test::theme());
  chart.resize(400, 100);
  chart.QWidget::show();
  chart.show(value);
  QApplication::processEvents();
  const QPoint at(200, 15);

  QHelpEvent help(QEvent::ToolTip, at, chart.mapToGlobal(at));
  QApplication::sendEvent(&chart, &help);

  EXPECT_EQ(QToolTip::text(), "&lt;img src='a'&gt;: 50 %");
  QToolTip::hideText();
}

/// A desk that sets sample::rival() beside where model 5 is asked for.
ui::Feed feedThatCompares(std::vector<std::string>& asked) {
  ui::Feed made = CheckBench::feed(Phase::Ready);
  const auto view = std::make_shared<app::CheckView>(sample::checkView());
  made.check.view = [view] { return *view; };
  made.check.compare = [view, &asked](const std::string& hash) {
    asked.push_back(hash);
    app::CheckReport report = sample::wholeReport();
    if (hash == "model5") report.rival = sample::rival(report);
    view->report = std::make_shared<const app::CheckReport>(report);
  };
  return made;
}

TEST(CheckPage, AFormerModelIsSetBesideByKeyOnTheSameWindows) {
  std::vector<std::string> asked;
  CheckBench bench(feedThatCompares(asked));
  auto* compare = bench.page->findChild<QComboBox*>("compare");
  ASSERT_TRUE(compare->isVisible());
  compare->setFocus(Qt::TabFocusReason);

  bench.tap(Qt::Key_Down);  // the newest but the one in service: model 6
  EXPECT_FALSE(bench.page->confusion()->words().title.startsWith("Model 7"));
  bench.tap(Qt::Key_Down);
  bench.page->tick(sample::kNow);
  CheckBench::settle();

  EXPECT_EQ(asked, (std::vector<std::string>{"model6", "model5"}));
  EXPECT_TRUE(bench.page->confusion()->words().title.startsWith("Model 7 errs "))
      << bench.page->confusion()->words().title.toStdString();
  EXPECT_TRUE(bench.page->confusion()->words().title.contains("model 5"));
  EXPECT_EQ(bench.page->confusion()->table().columns.size(), 7);

  bench.tap(Qt::Key_Home);
  bench.page->tick(sample::kNow);
  CheckBench::settle();
  EXPECT_EQ(asked.back(), "");
  EXPECT_EQ(bench.page->confusion()->table().columns.size(), 4);
}

TEST(CheckPage, ACellOfAnyOfTwoModelsIsTheSameMark) {
  ui::MatrixChart chart(ui_test::theme());
  const app::CheckReport report = sample::report();
  const app::CheckRival rival = sample::rival(report);
  chart.show(ui::check::confusion(report, &rival));
  chart.resize(1000, 300);
  chart.show();
  QApplication::processEvents();
  const auto columns = 5;  // Kettle, Tap, Blender, nothing, not known

  std::vector<int> hit;
  for (int x = 150; x < chart.width(); x += 4) {
    QTest::mouseClick(&chart, Qt::LeftButton, Qt::NoModifier, {x, 70});
    if (chart.cursor() >= 0 && (hit.empty() || hit.back() != chart.cursor()))
      hit.push_back(chart.cursor());
  }

  ASSERT_EQ(hit.size(), 3U * columns);
  for (std::size_t i = 0; i < hit.size(); ++i)
    EXPECT_EQ(hit[i], static_cast<int>(i) % columns) << i;
  EXPECT_TRUE(chart.describe(1).contains("; model 5: ")) << chart.describe(1).toStdString();
}

TEST(CheckPage, TheTrailOfTheLastHourIsOnTheMapAndInItsTableUntilItIsSwitchedOff) {
  CheckBench bench;
  auto* map = bench.page->findChild<ui::ScatterChart*>();
  const auto trail = sample::trails(sample::report())[0].points.size();
  const std::size_t all = map->marks();
  EXPECT_EQ(map->table().rows.size(), all);
  EXPECT_EQ(map->table().rows.back()[1], "30 s ago: nothing known");
  const QString before = bench.page->examples()->title();

  map->open(all - 1);
  EXPECT_EQ(bench.page->examples()->title(), before) << "no example is behind what was only heard";
  for (auto* button : bench.page->findChildren<QPushButton*>()) {
    if (button->accessibleName() == "Trail of the last hour") button->click();
  }

  EXPECT_EQ(map->marks(), all - trail);
}

TEST(CheckPage, WhatIsGatheredOnTheMapStaysWhileTheTrailGoesOn) {
  CheckBench bench;
  auto* map = bench.page->findChild<ui::ScatterChart*>();
  const app::CheckReport report = sample::report();
  auto trails = sample::trails(report);
  for (app::MapTrail& trail : trails) trail.projection = report.maps[0].projection;
  map->show(ui::check::map(report, app::CheckMap::Kind::Pca, trails, sample::kNow));
  map->setFocus(Qt::TabFocusReason);
  bench.tap(Qt::Key_Home);
  bench.tap(Qt::Key_Right, Qt::ShiftModifier);
  bench.tap(Qt::Key_Right, Qt::ShiftModifier);

  trails[0].points.pop_back();
  map->show(ui::check::map(report, app::CheckMap::Kind::Pca, trails, sample::kNow));

  EXPECT_GT(map->behind(0).what.size(), 0);
  EXPECT_TRUE(map->behind(0).what.endsWith(" points")) << map->behind(0).what.toStdString();
}

TEST(Spectrum, IsDrawnFromTheSurfaceToTheAccentWithLowBandsBelow) {
  app::StoredSpectrum spectrum;
  spectrum.levels.assign(2 * app::StoredSpectrum::kBands, 0);
  spectrum.levels[app::StoredSpectrum::kBands] = 255;  // second column, lowest band
  const ui::Tokens& tokens = ui::tokensOf(ui::ThemeKind::Light);

  const QImage image = ui::spectrumImage(tokens, spectrum);

  ASSERT_EQ(image.size(), QSize(2, static_cast<int>(app::StoredSpectrum::kBands)));
  EXPECT_EQ(image.pixelColor(1, image.height() - 1), tokens.accent);
  EXPECT_EQ(image.pixelColor(0, 0), tokens.surface);
}

TEST(CheckPage, TTransposesTheMatrixAndStaysOnItsCell) {
  CheckBench bench;
  ui::MatrixChart* matrix = bench.page->confusion();
  matrix->setFocus();
  matrix->setCursorMark(1);  // Kettle taken for Tap
  const QString before = matrix->describe(1);

  bench.tap(Qt::Key_T);

  EXPECT_TRUE(matrix->isTransposed());
  EXPECT_EQ(matrix->describe(static_cast<std::size_t>(matrix->cursor())), before);
}

TEST(CheckPage, AChartCopiesItselfAsPictureSvgAndTable) {
  CheckBench bench;
  const std::unique_ptr<QMimeData> mime(bench.page->confusion()->copy());

  EXPECT_TRUE(mime->hasImage());
  EXPECT_TRUE(mime->data("image/svg+xml").contains("<svg"));
  EXPECT_TRUE(mime->text().startsWith("it was,it said,windows,share\r\n"));
}

TEST(CheckPage, EveryChartIsExported) {
  CheckBench bench;
  QTemporaryDir folder;

  const int written = bench.page->exportTo(folder.path());

  EXPECT_GE(written, 22);
  EXPECT_EQ(QDir(folder.path()).entryList(QDir::Files).size(), written);
}

TEST(CheckPage, OwesToEverybodyWhatTheOtherPagesOwe) {
  for (const Phase phase : {Phase::Ready, Phase::Working, Phase::NoTestData}) {
    CheckBench bench(phase);
    const auto none = [](const QStringList& faults) { return faults.join('\n').toStdString(); };
    EXPECT_EQ(none(ui_test::namelessControls(bench.window)), "");
    EXPECT_EQ(none(ui_test::unreachableControls(bench.window)), "");
    EXPECT_EQ(none(ui_test::jumpsOfTab(bench.window)), "");
  }
}

TEST(Charts, ArrowsGoToTheNearestMarkInTheirDirection) {
  const std::vector<QRectF> boxes = {{0, 0, 10, 10}, {20, 0, 10, 10}, {0, 20, 10, 10}, {20, 22, 10, 10}};
  EXPECT_EQ(ui::nextMark(boxes, 0, Qt::Key_Right), 1);
  EXPECT_EQ(ui::nextMark(boxes, 0, Qt::Key_Down), 2);
  EXPECT_EQ(ui::nextMark(boxes, 3, Qt::Key_Left), 2);
  EXPECT_EQ(ui::nextMark(boxes, 0, Qt::Key_Left), 0);
  EXPECT_EQ(ui::nextMark(boxes, 0, Qt::Key_End), 3);
  EXPECT_EQ(ui::nextMark({}, 0, Qt::Key_Left), -1);
}

TEST(Charts, TicksAreRoundAndWithin) {
  EXPECT_EQ(ui::chart::ticks(0, 1, 5), (std::vector<double>{0, 0.2, 0.4, 0.6000000000000001, 0.8, 1}));
  for (const auto& [low, high] : {std::pair(0.0, 17.0), {-3.0, 4.0}, {0.001, 0.0123}}) {
    const auto made = ui::chart::ticks(low, high, 5);
    EXPECT_LE(made.size(), 7);
    EXPECT_GE(made.size(), 2);
    for (const double tick : made) EXPECT_TRUE(tick >= low - 1e-9 && tick <= high + 1e-9) << tick;
  }
}

TEST(Charts, CsvQuotesWhatWouldBreakIt) {
  EXPECT_EQ(ui::toCsv({{"a", "b"}, {{"1,5", "he said \"x\""}}}), "a,b\r\n\"1,5\",\"he said \"\"x\"\"\"\r\n");
}

}  // namespace
