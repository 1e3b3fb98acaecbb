#include "ui/models/live_face.h"

#include <gtest/gtest.h>

namespace {

/// Every letter ten wide.
double tenALetter(const QString& text) { return 10.0 * static_cast<double>(text.size()); }

TEST(LiveFace, MillimetresBecomePixelsOfTheScreen) {
  EXPECT_NEAR(ui::pixelsOf(25.4, 160), 160, 1e-9);
  EXPECT_NEAR(ui::pixelsOf(12, 96), 45.35, 0.01);
  EXPECT_NEAR(ui::pixelsOf(25.4, 0), 96, 1e-9);  // a screen that does not say
  EXPECT_NEAR(ui::pixelsOf(25.4, 9000), 96, 1e-9);
}

TEST(LiveFace, AShortWordGrowsIntoTheRoomThereIs) {
  const auto fitted = ui::fitText("Kettle", 150, 4, tenALetter);

  EXPECT_EQ(fitted.lines, QStringList{"Kettle"});
  EXPECT_NEAR(fitted.scale, 2.5, 1e-9);
  EXPECT_NEAR(ui::fitText("Tap", 900, 4, tenALetter).scale, 4, 1e-9);
}

TEST(LiveFace, LongTextsAreBrokenBeforeTheyShrink) {
  const auto fitted = ui::fitText("Front door that is heavy", 120, 4, tenALetter);

  EXPECT_EQ(fitted.lines, (QStringList{"Front door", "that is", "heavy"}));
  EXPECT_NEAR(fitted.scale, 1, 1e-9);
}

TEST(LiveFace, OnlyAWordThatIsTooWideShrinks) {
  const auto fitted = ui::fitText("a dishwashingmachine", 90, 4, tenALetter);

  EXPECT_EQ(fitted.lines.size(), 2);
  EXPECT_NEAR(fitted.scale, 90.0 / 180, 1e-9);
}

TEST(LiveFace, EveryTextFitsItsWidth) {
  const QStringList texts = {"Tap", "not something I know", "no data from Hall motion and 3 more",
                             "Wohnzimmertischlampe", ""};
  for (const QString& text : texts) {
    for (double width = 40; width < 900; width *= 1.3) {
      const auto fitted = ui::fitText(text, width, 4, tenALetter);
      for (const QString& line : fitted.lines) {
        EXPECT_LE(tenALetter(line) * fitted.scale, width + 1e-6) << line.toStdString();
      }
    }
  }
}

TEST(LiveSpeech, SaysWhatChangesAndNeverTwiceInThreeSeconds) {
  ui::LiveSpeech speech;
  const auto at = [](double seconds) { return base::Time{} + base::fromSeconds(100 + seconds); };

  EXPECT_TRUE(speech.due("Kettle", at(0)));
  EXPECT_FALSE(speech.due("Kettle", at(1)));
  EXPECT_FALSE(speech.due("Tap", at(2)));
  EXPECT_TRUE(speech.due("Tap", at(3)));  // said late, but said
  EXPECT_FALSE(speech.due("Tap", at(9)));
  EXPECT_TRUE(speech.due("Kettle", at(10)));
}

TEST(LiveSpeech, AFlickerThatIsOverIsNotSaid) {
  ui::LiveSpeech speech;
  EXPECT_TRUE(speech.due("Kettle", {0}));
  EXPECT_FALSE(speech.due("Tap", {1'000'000'000}));
  EXPECT_FALSE(speech.due("Kettle", {4'000'000'000}));
}

}  // namespace
