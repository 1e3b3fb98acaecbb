// The window keeps what it owes to everybody, and each of the checks finds a fault that is planted.
#include "tests/ui/accessibility.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <gtest/gtest.h>

#include "tests/ui/application.h"
#include "tests/ui/sample_house.h"
#include "ui/pages/page.h"
#include "ui/views/basics.h"

namespace {

using ui::PageId;
using ui::ThemeKind;
using ui_test::Bench;
using ui_test::ColourVision;

constexpr PageId kPages[] = {PageId::Teach, PageId::Label, PageId::Check, PageId::Live,
                             PageId::House, PageId::Rules, PageId::Fleet, PageId::Past};
constexpr ColourVision kVisions[] = {ColourVision::Protanopia, ColourVision::Deuteranopia,
                                     ColourVision::Tritanopia, ColourVision::Achromatopsia};

std::string lines(const QStringList& faults) {
  return faults.join(QLatin1Char('\n')).toStdString();
}

/// Runs `check` over every page, empty and full.
template <class Check>
void onEveryPage(Check check) {
  app::Snapshot empty = sample::full();
  empty.cards.clear();
  empty.model = {};
  empty.lesson = {};
  empty.sources.clear();
  for (const app::Snapshot& snapshot : {sample::full(), sample::house(), empty}) {
    Bench bench(snapshot, sample::answer(sample::full(), {0.01F, 0.91F, 0.05F, 0.03F}, 1));
    for (const PageId page : kPages) {
      bench.window.showPage(page);
      QApplication::processEvents();
      const QStringList faults = check(bench.window);
      EXPECT_TRUE(faults.isEmpty()) << "page " << static_cast<int>(page) + 1 << "\n"
                                    << lines(faults);
    }
  }
}

TEST(Accessibility, EveryControlHasANameAndSaysWhatItDoes) {
  onEveryPage([](ui::MainWindow& window) { return ui_test::namelessControls(window); });
}

TEST(Accessibility, TabReachesEveryControlAndComesBack) {
  onEveryPage([](ui::MainWindow& window) { return ui_test::unreachableControls(window); });
}

TEST(Accessibility, TabGoesTheWayPeopleRead) {
  onEveryPage([](ui::MainWindow& window) { return ui_test::jumpsOfTab(window); });
}

TEST(Accessibility, NothingToPressIsSmallerThanAFinger) {
  onEveryPage([](ui::MainWindow& window) {
    QStringList faults = ui_test::smallTargets(window);
    // The status line is 28 px high; what can be pressed there has a key (F1) and a command.
    faults.removeIf(
        [](const QString& fault) { return fault.contains(QLatin1String("StatusStrip")); });
    return faults;
  });
}

TEST(Accessibility, ColoursAreReadableInBothThemes) {
  for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
    EXPECT_EQ(lines(ui_test::faintColours(ui::tokensOf(kind))), "");
  }
}

/// Each label's mark as the window draws it, one colour left: shape alone must tell them apart.
std::vector<QImage> marks(ColourVision vision, QStringList* names) {
  std::vector<QImage> pictures;
  for (int colour = 0; colour <= 8; ++colour) {
    ui::LabelMark mark(ui_test::theme(), 24);
    mark.setMark(ui::MarkKind::Label, colour);
    pictures.push_back(ui_test::seenWith(vision, mark.grab().toImage()));
    names->append(QString::number(colour));
  }
  return pictures;
}

TEST(Accessibility, LabelsAreToldApartByEverybodysEyes) {
  for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark}) {
    ui_test::theme().setKind(kind);
    for (const ColourVision vision : kVisions) {
      QStringList names;
      const auto pictures = marks(vision, &names);
      EXPECT_EQ(lines(ui_test::marksAlike(pictures, names, 0.05)), "");
    }
  }
  ui_test::theme().setKind(ThemeKind::Light);
}

TEST(ColourVision, GreyStaysGreyAndRedAndGreenMeet) {
  for (const ColourVision vision : kVisions) {
    const QColor grey = ui_test::seenWith(vision, QColor(128, 128, 128));
    EXPECT_NEAR(grey.red(), 128, 3);
    EXPECT_NEAR(grey.green(), 128, 3);
    EXPECT_NEAR(grey.blue(), 128, 3);
  }
  const QColor red = ui_test::seenWith(ColourVision::Deuteranopia, QColor(200, 60, 60));
  const QColor green = ui_test::seenWith(ColourVision::Deuteranopia, QColor(60, 160, 60));
  EXPECT_LT(std::abs(red.hsvHue() - green.hsvHue()), 15);
}

// ---- planted faults: each check must find the one it is there for -----------------------------

struct Planted : testing::Test {
  QWidget root;
  QVBoxLayout column{&root};
  QPushButton* button(const QString& text) {
    auto* made = new QPushButton(text, &root);
    made->setToolTip(QStringLiteral("Does something"));
    made->setFixedSize(120, 32);
    column.addWidget(made);
    return made;
  }
  void SetUp() override {
    button(QStringLiteral("One"));
    button(QStringLiteral("Two"));
  }
  void show() {
    root.show();
    QApplication::processEvents();
  }
};

TEST_F(Planted, NothingIsFoundWhereNothingIsWrong) {
  show();
  EXPECT_EQ(lines(ui_test::namelessControls(root)), "");
  EXPECT_EQ(lines(ui_test::unreachableControls(root)), "");
  EXPECT_EQ(lines(ui_test::jumpsOfTab(root)), "");
  EXPECT_EQ(lines(ui_test::smallTargets(root)), "");
  EXPECT_TRUE(ui_test::cutTexts(root).isEmpty());
}

TEST_F(Planted, AControlWithoutANameIsFound) {
  button({});
  show();
  EXPECT_EQ(ui_test::namelessControls(root).size(), 1);
}

TEST_F(Planted, AButtonWithoutATooltipIsFound) {
  button(QStringLiteral("Three"))->setToolTip({});
  show();
  EXPECT_EQ(ui_test::namelessControls(root).size(), 1);
}

TEST_F(Planted, AControlTabPassesOverIsFound) {
  button(QStringLiteral("Three"))->setFocusPolicy(Qt::ClickFocus);
  show();
  EXPECT_EQ(ui_test::unreachableControls(root).size(), 1);
}

TEST_F(Planted, AJumpOfTabIsFound) {
  QPushButton* last = button(QStringLiteral("Three"));
  show();
  QWidget::setTabOrder(root.findChildren<QPushButton*>().first(), last);
  EXPECT_EQ(ui_test::jumpsOfTab(root).size(), 1);
}

TEST_F(Planted, ATargetTooSmallIsFound) {
  button(QStringLiteral("3"))->setFixedSize(20, 20);
  show();
  EXPECT_EQ(ui_test::smallTargets(root).size(), 1);
}

TEST_F(Planted, ATextThatIsCutIsFound) {
  auto* label = new QLabel(QStringLiteral("A long text that has no room"), &root);
  label->setFixedWidth(40);
  column.addWidget(label);
  show();
  EXPECT_EQ(ui_test::cutTexts(root).size(), 1);
}

TEST_F(Planted, AWrappedTextThatIsTooLowForItsLinesIsFound) {
  auto* label =
      new QLabel(QStringLiteral("A long text that wraps into more lines than it has room"), &root);
  label->setWordWrap(true);
  label->setFixedSize(120, 24);
  column.addWidget(label);
  show();
  EXPECT_EQ(ui_test::cutTexts(root).size(), 1);

  label->setFixedSize(120, label->heightForWidth(120));
  show();
  EXPECT_TRUE(ui_test::cutTexts(root).isEmpty());
}

TEST_F(Planted, AFaintColourIsFound) {
  ui::Tokens faint = ui::tokensOf(ThemeKind::Light);
  faint.text2 = QColor(QStringLiteral("#9AA2AD"));
  EXPECT_EQ(ui_test::faintColours(faint).size(), 3);
}

TEST_F(Planted, TwoMarksThatOnlyDifferInColourAreFound) {
  QImage red(24, 24, QImage::Format_RGB32);
  red.fill(QColor(200, 60, 60));
  QImage green(24, 24, QImage::Format_RGB32);
  green.fill(QColor(60, 130, 60));
  const auto seen = [](const QImage& picture) {
    return ui_test::seenWith(ColourVision::Achromatopsia, picture);
  };
  EXPECT_EQ(ui_test::marksAlike({seen(red), seen(green)}, {"red", "green"}, 0.05).size(), 1);
}

}  // namespace
