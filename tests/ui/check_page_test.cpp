#include "ui/pages/check_page.h"

#include <QDir>
#include <QFile>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <gtest/gtest.h>

#include <memory>
#include <set>

#include "tests/ui/accessibility.h"
#include "tests/ui/application.h"
#include "tests/ui/sample_check.h"
#include "tests/ui/sample_past.h"
#include "ui/pages/check_examples.h"

namespace {

using Phase = app::CheckView::Phase;

/// The window on the Check page of the made-up house.
struct CheckBench {
  explicit CheckBench(Phase phase = Phase::Ready)
      : window(ui_test::theme(), feed(phase)) {
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
