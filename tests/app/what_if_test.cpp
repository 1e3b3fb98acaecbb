#include "app/what_if.h"

#include <gtest/gtest.h>

#include "app/simulator/hall_camera.h"
#include "tests/support/sounding_project.h"

namespace app {
namespace {

sensors::Window soundOf(std::vector<float> values) {
  sensors::Window window;
  window.source = std::make_shared<const sensors::SourceInfo>(support::SoundingProject::mic());
  window.span = {base::Time{0}, base::Time{0} + base::fromSeconds(
                                                    static_cast<double>(values.size()) / 8000)};
  window.rate = 8000;
  window.samples.rows = values.size();
  window.samples.channels = 1;
  window.samples.values = std::move(values);
  return window;
}

double energy(const std::vector<float>& values, std::size_t begin, std::size_t end) {
  double sum = 0;
  for (std::size_t i = begin; i < end; ++i) sum += static_cast<double>(values[i]) * static_cast<double>(values[i]);
  return sum;
}

TEST(InRoom, AClickRingsOnForAsLongAsTheRoomIsLarge) {
  std::vector<float> click(8000);
  click[0] = 1;

  const auto small = inRoom(soundOf(click), 0.3).samples.values;
  const auto large = inRoom(soundOf(click), 1.2).samples.values;

  const double smallTail = energy(small, 4000, 8000) / energy(small, 0, 8000);
  const double largeTail = energy(large, 4000, 8000) / energy(large, 0, 8000);
  EXPECT_GT(largeTail, 100 * smallTail);
  EXPECT_NEAR(energy(large, 0, 8000), 1, 1e-3);  // no louder, no quieter
}

TEST(InRoom, FallsBySixtyDecibelsInItsReverberationTime) {
  std::vector<float> click(16000);
  click[0] = 1;

  const auto room = inRoom(soundOf(click), 0.8).samples.values;

  // Energy of 50 ms around 0.2 s and 0.6 s: half a reverberation time apart, 30 dB.
  const double early = energy(room, 1400, 1800);
  const double late = energy(room, 4600, 5000);
  EXPECT_NEAR(10 * std::log10(early / late), 30, 4);
}

TEST(WithDropout, LosesAboutTheShareAndMarksIt) {
  const auto window = soundOf(std::vector<float>(80000, 0.5F));

  const auto made = withDropout(window, 0.2, 7);

  const auto lost = std::count(made.samples.missing.begin(), made.samples.missing.end(), 1);
  EXPECT_NEAR(static_cast<double>(lost) / 80000, 0.2, 0.1);
  EXPECT_NEAR(made.coverage, 1 - static_cast<double>(lost) / 80000, 1e-9);
  EXPECT_EQ(withDropout(window, 0.2, 7).samples.missing, made.samples.missing);
  EXPECT_TRUE(withDropout(window, 0, 7).samples.missing.empty());
}

sensors::Window gridOf(std::size_t edge, float value) {
  sensors::SourceInfo source{.id = "made/pixels", .kind = sensors::SourceKind::Features};
  for (std::size_t y = 0; y < edge; ++y) {
    for (std::size_t x = 0; x < edge; ++x) {
      source.channels.push_back(
          {"row " + std::to_string(y) + " column " + std::to_string(x), "1", 0, 255});
    }
  }
  sensors::Window window;
  window.source = std::make_shared<const sensors::SourceInfo>(source);
  window.samples.rows = 1;
  window.samples.channels = edge * edge;
  window.samples.values.assign(edge * edge, value);
  return window;
}

TEST(InTheDark, LeavesTheShareOfTheLight) {
  const auto dark = inTheDark(gridOf(16, 200), 0.25);

  double sum = 0;
  for (const float value : dark.samples.values) sum += static_cast<double>(value);
  EXPECT_NEAR(sum / 256, 50, 1);
}

TEST(Blurred, SpreadsOneBrightPixelByItsDeviationAndKeepsTheLight) {
  auto window = gridOf(31, 0);
  window.samples.values[15 * 31 + 15] = 100;

  const auto made = blurred(window, 2);

  double sum = 0;
  double variance = 0;
  for (std::size_t i = 0; i < made.samples.values.size(); ++i) {
    const double x = static_cast<double>(i % 31) - 15;
    sum += static_cast<double>(made.samples.values[i]);
    variance += static_cast<double>(made.samples.values[i]) * x * x;
  }
  EXPECT_NEAR(sum, 100, 1e-2);
  EXPECT_NEAR(std::sqrt(variance / sum), 2, 0.5);
}

/// Every kind that a microphone and a vibration sensor can suffer.
TEST(WhatIf, SaysHowMuchIsLeftInAWorseHouse) {
  support::SoundingProject house(5);
  const auto data = house.data();
  const auto exam =
      learners::prepareExam(*data, *house.train(*data), house.registry.learners, {.seed = 1});
  ASSERT_TRUE(exam);
  const auto sources = house.store->sources().value();

  const auto results =
      whatIf(house.builder, *house.store->task(), sources, *exam, *data, {.seed = 1});

  ASSERT_TRUE(results) << results.error().message;
  std::map<WhatIfKind, int> kinds;
  for (const WhatIfResult& result : *results) {
    ++kinds[result.kind];
    EXPECT_TRUE(result.points.front().measured);
    EXPECT_EQ(result.points.front().all.n, data->rows());
    for (const WhatIfPoint& point : result.points) EXPECT_EQ(point.recall.size(), 3);
  }
  EXPECT_EQ(kinds[WhatIfKind::Noise], 1);
  EXPECT_EQ(kinds[WhatIfKind::Room], 1);
  EXPECT_EQ(kinds[WhatIfKind::Lost], 2);
  EXPECT_FALSE(kinds.contains(WhatIfKind::Dark));
  const WhatIfResult& noise = results->front();
  EXPECT_LT(noise.points.back().all.value, noise.points.front().all.value);
}

TEST(WhatIf, WithNothingChangedIsWhatWasMeasured) {
  support::SoundingProject house(4);
  const auto data = house.data();

  const auto same = house.builder.build(
      *house.store->task(), {.change = [](const sensors::Window& window) { return window; }});

  ASSERT_TRUE(same);
  EXPECT_EQ((*same)->hash(), data->hash());
}

}  // namespace
TEST(WhatIfWindows, ACamerasPicturesAreDarkenedAndBlurredAsTheyAre) {
  app::HallCamera camera(1);
  auto block = std::make_shared<sensors::Block>();
  block->source = std::make_shared<const sensors::SourceInfo>(
      sensors::SourceInfo{.id = "hall/camera", .kind = sensors::SourceKind::Picture, .rate = 1});
  block->content = sensors::Image{.width = app::HallCamera::kWidth,
                                  .height = app::HallCamera::kHeight,
                                  .jpeg = camera.take({}, 0.033).jpeg};
  sensors::Window window{.source = block->source};
  window.pictures = {block};
  const auto jpegOf = [](const sensors::Window& of) { return of.pictures.at(0)->image()->jpeg; };

  const auto dark = app::inTheDark(window, 0.1);
  const auto soft = app::blurred(window, 4);

  EXPECT_NE(jpegOf(dark), jpegOf(window));
  EXPECT_LT(jpegOf(soft).size(), jpegOf(window).size());  // fine detail is what takes room
  EXPECT_EQ(jpegOf(dark), jpegOf(app::inTheDark(window, 0.1)));
  EXPECT_EQ(jpegOf(app::blurred(window, 0)), jpegOf(window));
}

}  // namespace app
