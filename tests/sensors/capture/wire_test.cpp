#include "sensors/capture/wire.h"

#include <cstring>
#include <gtest/gtest.h>
#include <linux/videodev2.h>

#include "sensors/capture/controls.h"

namespace {

using namespace sensors::capture;  // NOLINT: the thing under test

TEST(CameraWire, OrdersAndAnswersComeBackAsTheyWere) {
  const Orders orders{.address = "rtsp://u:p@h/x",
                      .rate = 2.5,
                      .shape = {.longest = 224, .square = true, .quality = 70},
                      .resolution = "640x480",
                      .device = {{"device.gain", std::int64_t{3}}, {"device.auto", true}}};
  Said said{.width = 640, .height = 480};
  said.specs.push_back({.name = "device.gain",
                        .title = "Gain",
                        .type = base::ParamType::Int,
                        .min = 0,
                        .max = 9,
                        .step = 1,
                        .defaultValue = std::int64_t{1}});
  said.reported["device.gain"] = std::int64_t{2};
  said.refused["device.gain"] = "the camera keeps 2";

  const auto orders2 = ordersFrom(toJson(orders));
  const auto said2 = saidFrom(toJson(said));

  ASSERT_TRUE(orders2.ok());
  EXPECT_EQ(orders2->address, orders.address);
  EXPECT_EQ(orders2->shape, orders.shape);
  EXPECT_EQ(orders2->device, orders.device);
  ASSERT_TRUE(said2.ok());
  EXPECT_EQ(said2->specs.at(0).name, "device.gain");
  EXPECT_EQ(said2->specs.at(0).max, 9);
  EXPECT_EQ(said2->reported, said.reported);
  EXPECT_EQ(said2->refused, said.refused);
}

TEST(CameraWire, NonsenseIsRefused) {
  MessageReader reader;
  const std::uint8_t wrongKind[] = {9, 0, 0, 0, 0};
  const std::uint8_t huge[] = {1, 0xff, 0xff, 0xff, 0xff};
  MessageReader other;

  EXPECT_FALSE(ordersFrom("{}").ok());
  EXPECT_FALSE(saidFrom("[1,2").ok());
  EXPECT_FALSE(reader.push(wrongKind, sizeof wrongKind).ok());
  EXPECT_FALSE(other.push(huge, sizeof huge).ok());
  EXPECT_FALSE(takenFrom(base::Bytes(10)).ok());
  EXPECT_FALSE(takenFrom(base::Bytes(28, 0xff)).ok());
}

TEST(CameraWire, APictureComesBackAsItWas) {
  const Taken taken{.steadyNs = -5,
                    .width = 4,
                    .height = 3,
                    .wholeBytes = 99,
                    .lostBefore = 2,
                    .jpeg = {1, 2, 3},
                    .background = {4}};

  const auto back = takenFrom(encode(taken));

  ASSERT_TRUE(back.ok());
  EXPECT_EQ(back->steadyNs, -5);
  EXPECT_EQ(back->lostBefore, 2U);
  EXPECT_EQ(back->jpeg, taken.jpeg);
  EXPECT_EQ(back->background, taken.background);
}

TEST(CameraWire, PasswordsAreNotShown) {
  EXPECT_EQ(shownAddress("rtsp://anna:secret@10.0.0.2:554/live?x=1"),
            "rtsp://10.0.0.2:554/live?x=1");
  EXPECT_EQ(shownAddress("rtsp://a:p@ss@host/live"), "rtsp://host/live");
  EXPECT_EQ(shownAddress("http://host/a@b"), "http://host/a@b");
  EXPECT_EQ(shownAddress("/dev/video0"), "/dev/video0");
}

v4l2_queryctrl control(std::uint32_t type, const char* name) {
  v4l2_queryctrl made{};
  made.type = type;
  std::memcpy(made.name, name, std::strlen(name));
  made.minimum = 3;
  made.maximum = 2047;
  made.step = 1;
  made.default_value = 250;
  return made;
}

TEST(CameraControls, BecomeSettingsWithTheDriversRange) {
  auto exposure = control(V4L2_CTRL_TYPE_INTEGER, "Exposure Time, Absolute");
  auto off = exposure;
  off.flags = V4L2_CTRL_FLAG_DISABLED;
  const auto mode = control(V4L2_CTRL_TYPE_MENU, "Auto Exposure");

  const auto spec = specFrom(exposure);
  const auto menu = specFrom(mode, {{1, "Manual Mode"}, {3, "Aperture Priority Mode"}});

  ASSERT_TRUE(spec);
  EXPECT_EQ(spec->name, "device.exposure_time_absolute");
  EXPECT_EQ(spec->type, base::ParamType::Int);
  EXPECT_EQ(spec->min, 3);
  EXPECT_EQ(spec->max, 2047);
  ASSERT_TRUE(menu);
  EXPECT_EQ(menu->options.size(), 2U);
  EXPECT_FALSE(specFrom(off));
  EXPECT_FALSE(specFrom(control(V4L2_CTRL_TYPE_BUTTON, "Reset")));
}

}  // namespace
