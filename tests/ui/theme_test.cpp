#include "ui/theme.h"

#include <QCheckBox>
#include <QDir>
#include <QPixmap>
#include <gtest/gtest.h>

#include "tests/ui/application.h"

namespace {

using ui::contrast;
using ui::ThemeKind;
using ui::Tokens;
using ui::tokensOf;

class BothThemes : public testing::TestWithParam<ThemeKind> {};

TEST(Contrast, IsTwentyOneForBlackOnWhiteAndOneForEqualColours) {
  EXPECT_NEAR(contrast(Qt::black, Qt::white), 21.0, 1e-9);
  EXPECT_NEAR(contrast(QColor("#777777"), QColor("#777777")), 1.0, 1e-9);
}

TEST(Contrast, AgreesWithThePublishedFigureForBlueOnWhite) {
  EXPECT_NEAR(contrast(QColor("#0072B2"), Qt::white), 5.19, 0.005);  // Okabe-Ito blue
}

TEST_P(BothThemes, TextIsReadableOnEverySurface) {
  const Tokens& t = tokensOf(GetParam());

  for (const QColor& ground : {t.bg, t.surface, t.sunk}) {
    EXPECT_GE(contrast(t.text, ground), 4.5);
    EXPECT_GE(contrast(t.text2, ground), 4.5);
    EXPECT_GE(contrast(t.accent, ground), 4.5);
    EXPECT_GE(contrast(t.rec, ground), 4.5) << ground.name().toStdString();
    EXPECT_GE(contrast(t.ok, ground), 4.5) << ground.name().toStdString();
    EXPECT_GE(contrast(t.warn, ground), 4.5) << ground.name().toStdString();
  }
  EXPECT_GE(contrast(t.onAccent, t.accent), 4.5);
}

TEST_P(BothThemes, MarksOfAllLabelsStandOutFromCardsAndWells) {
  const Tokens& t = tokensOf(GetParam());

  for (const QColor& colour : t.labels) {
    EXPECT_GE(contrast(colour, t.surface), 3.0) << colour.name().toStdString();
  }
  EXPECT_GE(contrast(t.background, t.surface), 3.0);
}

TEST_P(BothThemes, TheFrameOfACheckBoxIsSeenAndItsTickToo) {
  ui_test::theme().setKind(GetParam());
  const Tokens& t = tokensOf(GetParam());
  QCheckBox box(QStringLiteral("In force"));
  const auto most = [&](bool checked, const QColor& ground) {
    box.setChecked(checked);
    const QImage picture = box.grab(QRect(0, 0, 20, box.sizeHint().height())).toImage();
    double best = 1;
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) {
        best = std::max(best, contrast(picture.pixelColor(x, y), ground));
      }
    }
    return best;
  };

  EXPECT_GE(most(false, t.surface), 3.0);
  EXPECT_GE(most(true, t.accent), 4.0);
  ui_test::theme().setKind(ThemeKind::Light);
}

INSTANTIATE_TEST_SUITE_P(Theme, BothThemes, testing::Values(ThemeKind::Light, ThemeKind::Dark));

TEST(Theme, GivesEveryLabelColourAShapeOfItsOwn) {
  QStringList shapes;
  for (int colour = 0; colour <= 8; ++colour) {
    shapes << ui::Theme::labelShape(colour);
  }

  shapes.removeDuplicates();

  EXPECT_EQ(shapes.size(), 9);
}

TEST(Theme, DrawsEveryIconInTheColourAskedFor) {
  const QStringList files = QDir(QStringLiteral(":/icons")).entryList();
  ASSERT_GE(files.size(), 20);

  for (const QString& file : files) {
    const QString name = file.mid(5).chopped(4);
    const QImage picture =
        ui::Theme::icon(name, QColor(Qt::red)).pixmap(QSize(40, 40), 1.0).toImage();
    bool drawn = false;
    for (int y = 0; y < picture.height(); ++y) {
      for (int x = 0; x < picture.width(); ++x) {
        const QColor c = picture.pixelColor(x, y);
        drawn = drawn || (c.alpha() > 200 && c.red() > 200 && c.green() < 40);
      }
    }
    EXPECT_TRUE(drawn) << name.toStdString();
  }
}

TEST(Theme, ChangesTheApplicationWhileItRuns) {
  ui_test::theme().setKind(ThemeKind::Dark);

  EXPECT_EQ(QApplication::palette().color(QPalette::Window), tokensOf(ThemeKind::Dark).bg);

  ui_test::theme().setKind(ThemeKind::Light);
  EXPECT_EQ(QApplication::palette().color(QPalette::Window), tokensOf(ThemeKind::Light).bg);
}

}  // namespace
