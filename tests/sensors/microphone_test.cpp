#include "sensors/microphone.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <numeric>

#include "sensors/microphone_resampler.h"
#include "tests/support/manual_clock.h"
#include "tests/support/scripted_sound.h"
#include "tests/support/wait_until.h"

namespace {

using sensors::MicrophoneSettings;
using std::chrono::milliseconds;
using Channels = MicrophoneSettings::Channels;

struct Mic : testing::Test {
  std::shared_ptr<support::ScriptedSound> sound = std::make_shared<support::ScriptedSound>();
  sensors::SourceTable table;
  support::ManualClock clock{base::Time{100'000'000'000}};
  sensors::LocalSource local{.id = "this.computer/microphone-usb",
                             .kind = "microphone",
                             .device = "usb",
                             .name = "USB"};
  std::unique_ptr<sensors::Source> source;
  std::shared_ptr<sensors::Reader<sensors::Block>> reader;

  void plug(double rate = 16000, int channels = 1) {
    sound->plug({.id = "usb", .name = "USB", .channels = channels, .rate = rate});
  }
  void start(MicrophoneSettings settings = {}) {
    settings.patience = milliseconds(2000);
    settings.firstPause = settings.longestPause = milliseconds(5);
    source = sensors::startMicrophone(sound, local, {table, clock, [] {}}, settings);
    reader = table.find(local.id)->subscribe(1000);
  }
  void untilOpen() {
    ASSERT_TRUE(support::waitUntil([&] { return sound->isOpen(); }));
  }
  /// 20 ms pass, and then are said.
  void say(const std::vector<std::int16_t>& samples, bool lost = false) {
    clock.advance(milliseconds(20));
    sound->say("usb", samples, lost);
  }
  sensors::BlockPtr next() {
    sensors::BlockPtr block;
    support::waitUntil([&] {
      const auto polled = reader->poll();
      if (polled) block = *polled;
      return polled.has_value();
    });
    return block;
  }
};

TEST_F(Mic, SoundComesInBlocksOf20MsStampedWhereItWasCaptured) {
  plug();
  start();
  untilOpen();
  std::vector<std::int16_t> ramp(320);
  std::iota(ramp.begin(), ramp.end(), std::int16_t{-160});
  const base::Time began = clock.now();

  say(ramp);
  say(ramp);

  const auto first = next();
  const auto second = next();
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->start, began);
  EXPECT_EQ(second->start, began + milliseconds(20));
  EXPECT_EQ(second->sequence, first->sequence + 1);
  ASSERT_EQ(first->samples()->rows, 320u);
  EXPECT_FLOAT_EQ(first->samples()->at(0, 0), -160.0F / 32768);
  EXPECT_FLOAT_EQ(first->samples()->at(319, 0), 159.0F / 32768);
  EXPECT_EQ(source->trouble(), std::nullopt);
  EXPECT_EQ(first->source->kind, sensors::SourceKind::Audio);
}

TEST_F(Mic, ChannelsAreMixedChosenOrKept) {
  plug(16000, 2);
  std::vector<std::int16_t> both(640);
  for (std::size_t i = 0; i < both.size(); i += 2) {
    both[i] = 8192;
    both[i + 1] = -16384;
  }
  const std::vector<std::pair<Channels, std::vector<float>>> cases = {
      {Channels::Mix, {-0.125F}},
      {Channels::Left, {0.25F}},
      {Channels::Right, {-0.5F}},
      {Channels::Both, {0.25F, -0.5F}}};
  for (const auto& [channels, expected] : cases) {
    start({.channels = channels});
    untilOpen();

    say(both);

    const auto block = next();
    ASSERT_TRUE(block);
    ASSERT_EQ(block->samples()->channels, expected.size());
    for (std::size_t c = 0; c < expected.size(); ++c) {
      EXPECT_FLOAT_EQ(block->samples()->at(5, c), expected[c]);
    }
    source.reset();
  }
}

TEST_F(Mic, AnotherRateOfTheDeviceIsBroughtToTheOneChosen) {
  plug(48000);
  start();
  untilOpen();
  constexpr double kTone = 440;
  std::size_t at = 0;
  for (int take = 0; take < 25; ++take) {
    std::vector<std::int16_t> samples(960);
    for (auto& sample : samples) {
      sample = static_cast<std::int16_t>(
          16384 * std::sin(2 * std::numbers::pi * kTone * static_cast<double>(at++) / 48000));
    }
    say(samples);
  }
  double worst = 0;
  std::size_t row = 0;
  for (int b = 0; b < 20; ++b) {
    const auto block = next();
    ASSERT_TRUE(block);
    ASSERT_EQ(block->samples()->rows, 320u);
    for (std::size_t i = 0; i < 320; ++i, ++row) {
      if (row < 160) continue;  // the tone begins with a step
      const double truth =
          0.5 * std::sin(2 * std::numbers::pi * kTone * static_cast<double>(row) / 16000);
      worst = std::max(worst, std::abs(block->samples()->at(i, 0) - truth));
    }
  }
  EXPECT_LT(worst, 0.002) << "also where each row lies in time";
}

TEST_F(Mic, ADeviceThatGoesAwayIsHeardAgainWhenItIsBackAndTheGapIsTime) {
  plug();
  start();
  untilOpen();
  say(std::vector<std::int16_t>(320, 1));
  const auto before = next();
  ASSERT_TRUE(before);

  sound->unplug("usb");
  sound->say("usb", {});
  ASSERT_TRUE(support::waitUntil([&] { return source->trouble().has_value(); }));
  clock.advance(std::chrono::seconds(60));
  plug();
  untilOpen();
  say(std::vector<std::int16_t>(320, 2));

  const auto after = next();
  ASSERT_TRUE(after);
  EXPECT_EQ(after->start - before->start, milliseconds(60'020));
  EXPECT_EQ(after->lostBefore, 0u) << "what was never captured was not lost";
  EXPECT_TRUE(support::waitUntil([&] { return !source->trouble().has_value(); }));
}

TEST_F(Mic, FramesTheSystemLostAreCountedAndLeaveAGap) {
  plug();
  start();
  untilOpen();
  say(std::vector<std::int16_t>(320, 1));
  ASSERT_TRUE(next());

  clock.advance(milliseconds(60));
  say(std::vector<std::int16_t>(320, 2), true);

  const auto after = next();
  ASSERT_TRUE(after);
  EXPECT_EQ(after->lostBefore, 1u);
  EXPECT_EQ(after->start, clock.now() - milliseconds(20));
  EXPECT_EQ(table.find(local.id)->counts().lostBlocks, 1u);
}

TEST_F(Mic, WithoutADeviceThereIsASentenceAndNoBlock) {
  start();
  ASSERT_TRUE(support::waitUntil([&] { return source->trouble().has_value(); }));
  EXPECT_FALSE(reader->poll());
}

TEST_F(Mic, SettingsAreReadFromTheProjectAndNonsenseIsTheDefault) {
  local.params = {{"rate", std::int64_t{48000}}, {"channels", std::string("left")}};
  EXPECT_EQ(sensors::microphoneSettings(local).rate, 48000);
  EXPECT_EQ(sensors::microphoneSettings(local).channels, Channels::Left);
  local.params = {{"rate", std::int64_t{7}}, {"gain", true}};
  EXPECT_EQ(sensors::microphoneSettings(local).rate, 16000);
}

TEST_F(Mic, TheListShowsHowLoudItIsAtEach) {
  plug();
  sound->plug({.id = "far", .name = "Far", .isUsual = true});
  const auto watch = sensors::watchMicrophones(sound);
  ASSERT_TRUE(support::waitUntil([&] {
    const auto found = watch->devices();
    return watch->isReady() && found.size() == 2 && found[0].level >= 0 && found[1].level >= 0;
  }));

  sound->say("usb", std::vector<std::int16_t>(320, 32767));

  const auto found = watch->devices();
  EXPECT_EQ(found[0].name, "Far") << "the usual one comes first";
  EXPECT_NEAR(found[0].level, 0, 1e-9);
  EXPECT_NEAR(found[1].level, 1, 1e-4);
}

TEST(Loudness, IsDecibelsOfFullScaleFromMinus60) {
  EXPECT_EQ(sensors::loudness({}), 0);
  const std::vector<std::int16_t> tenth(100, 3277);  // -20 dB
  EXPECT_NEAR(sensors::loudness(tenth), 1 - 20.0 / 60, 1e-3);
}

TEST(PortAudio, ListsDevicesOrNoneAndRefusesWhatIsNotThere) {
  const auto driver = sensors::portAudioDriver();
  for (const sensors::SoundDevice& device : driver->devices()) EXPECT_GE(device.channels, 1);

  const auto opened = driver->open("no such device", {}, [](const auto&) {});

  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().message.find("no such device"), std::string::npos);
}

}  // namespace
