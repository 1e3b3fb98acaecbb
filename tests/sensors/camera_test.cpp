#include "sensors/camera.h"

#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

#include "sensors/jpeg_header.h"
#include "tests/support/picture_server.h"
#include "tests/support/pictures.h"
#include "tests/support/rtsp_camera.h"
#include "tests/support/wait_until.h"

namespace {

using sensors::Camera;
using std::chrono::seconds;
using support::waitUntil;

constexpr auto kPatience = seconds(30);

struct Home {
  base::SystemClock clock;
  sensors::SourceTable sources;

  std::unique_ptr<Camera> camera(const std::string& address,
                                 std::map<std::string, base::ParamValue> settings = {}) {
    settings.try_emplace("rate", 20.0);
    return std::make_unique<Camera>(
        sensors::CameraOptions{.id = "hall/picture",
                               .name = "Hall camera",
                               .address = address,
                               .settings = std::move(settings),
                               .program = std::filesystem::path(MIMOSA_PROGRAMS) / "mimosa-camera"},
        sources, clock);
  }
};

base::Bytes moving(std::uint64_t number) {
  return support::jpegOf(support::squareAt(400, 200, static_cast<int>(number * 7 % 380)));
}

bool sends(const Camera& camera, std::uint64_t lost = 0) {
  const auto state = camera.state();
  return state.online && state.newest && state.lost >= lost;
}

/// Children of process `pid`, from /proc.
std::vector<pid_t> childrenOf(pid_t pid) {
  std::vector<pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stat(entry.path() / "stat");
    std::string text;
    if (!std::getline(stat, text)) continue;
    const std::size_t after = text.rfind(')');
    if (after == std::string::npos) continue;
    char state = 0;
    pid_t parent = 0;
    std::istringstream(text.substr(after + 1)) >> state >> parent;
    if (parent == pid) children.push_back(std::stoi(entry.path().filename()));
  }
  return children;
}

TEST(Camera, ShowsAStreamSmallerAndWithItsBackground) {
  support::PictureServer server(moving, 20);
  Home home;
  const auto camera = home.camera(server.url("/stream"));

  ASSERT_TRUE(
      waitUntil([&] { return sends(*camera) && camera->state().newest->sequence > 3; }, kPatience));

  const auto state = camera->state();
  EXPECT_EQ(state.width, 320);
  EXPECT_EQ(state.height, 160);
  EXPECT_TRUE(state.trouble.empty()) << state.trouble;
  ASSERT_TRUE(state.newest->image());
  EXPECT_EQ(sensors::jpegSize(state.newest->image()->jpeg).value(),
            (sensors::PictureSize{320, 160}));
  ASSERT_TRUE(state.newest->image()->background);
  EXPECT_EQ(sensors::jpegSize(*state.newest->image()->background).value(),
            (sensors::PictureSize{160, 80}));
  EXPECT_EQ(home.sources.find("hall/picture")->counts().lostBlocks, 0U);
  EXPECT_LT(std::abs(base::toSeconds(home.clock.now() - state.newest->start)), 5);
}

TEST(Camera, AsksForOnePictureAfterAnotherWhereThereIsNoStream) {
  support::PictureServer server(moving, 20);
  Home home;
  const auto camera = home.camera(server.url("/still"));

  EXPECT_TRUE(
      waitUntil([&] { return sends(*camera) && camera->state().newest->sequence > 3; }, kPatience))
      << camera->state().trouble;
  EXPECT_EQ(camera->state().connections, 1);
}

TEST(Camera, CropsToTheMiddleSquareWhenAskedAndSaysWhatThatSaves) {
  support::PictureServer server(
      [](std::uint64_t) {
        cv::Mat noise(360, 640, CV_8UC3);
        cv::randu(noise, 0, 255);
        return support::jpegOf(noise);
      },
      20);
  Home home;
  const auto camera = home.camera(server.url("/stream"), {{"size", std::string("as sent")}});
  ASSERT_TRUE(waitUntil([&] { return sends(*camera); }, kPatience));
  EXPECT_EQ(camera->state().width, 640);

  ASSERT_TRUE(camera->ask("size", std::string("224 x 224")).ok());

  ASSERT_TRUE(waitUntil([&] { return camera->state().width == 224; }, kPatience));
  const auto state = camera->state();
  EXPECT_EQ(state.height, 224);
  EXPECT_LT(state.bytes, state.wholeBytes / 3);
  EXPECT_EQ(state.settings.at("size").reported, base::ParamValue(std::string("224 x 224")));
  EXPECT_TRUE(state.settings.at("size").refused.empty());
}

TEST(Camera, TakesNoSettingThatCannotBe) {
  support::PictureServer server(moving, 20);
  Home home;
  const auto camera = home.camera(server.url("/still"));

  EXPECT_EQ(camera->ask("rate", 500.0).error().code, base::ErrorCode::InvalidArgument);
  EXPECT_EQ(camera->ask("zoom", 2.0).error().code, base::ErrorCode::NotFound);
}

TEST(Camera, ReturnsByItselfAfterItWasUnplugged) {
  support::PictureServer server(moving, 20);
  Home home;
  const auto camera = home.camera(server.url("/stream"));
  ASSERT_TRUE(waitUntil([&] { return sends(*camera); }, kPatience));

  server.unplug();
  ASSERT_TRUE(waitUntil([&] { return !camera->state().online; }, kPatience));
  const std::string trouble = camera->trouble().value().message;
  server.plugIn();

  EXPECT_TRUE(trouble.starts_with("Hall camera ")) << trouble;
  EXPECT_TRUE(
      waitUntil([&] { return sends(*camera) && camera->state().connections == 2; }, kPatience));
  EXPECT_FALSE(camera->trouble());
  EXPECT_EQ(home.sources.find("hall/picture")->counts().lostBlocks, 0U);
}

TEST(Camera, SaysWhatIsWrongInASentence) {
  support::PictureServer server(moving, 20);
  Home home;
  const auto troubleOf = [&](const std::string& address) {
    const auto camera = home.camera(address);
    waitUntil([&] { return camera->trouble().has_value(); }, kPatience);
    return camera->state().trouble;
  };

  EXPECT_EQ(troubleOf(server.url("/page")),
            "Hall camera shows a web page at that address, no picture.");
  EXPECT_EQ(troubleOf(server.url("/nothing")), "Hall camera has nothing at that address.");
  EXPECT_EQ(troubleOf(server.url("/locked")), "Hall camera wants another user name or password.");
  EXPECT_EQ(troubleOf("/dev/video77"), "Hall camera is not plugged in.");
  EXPECT_EQ(troubleOf("/nowhere/film.avi"), "Hall camera is not there: no such file.");
  EXPECT_EQ(troubleOf("http://127.0.0.1:1/x"),
            "Hall camera does not answer; it may be switched off.");
}

TEST(Camera, LosesBadPicturesOneByOneAndCountsThem) {
  const base::Bytes good = moving(1);
  support::PictureServer server(
      [&](std::uint64_t number) -> base::Bytes {
        switch (number % 6) {
          case 1:
            return {good.begin(), good.begin() + 200};  // cut off in its head
          case 2:
            return {};
          case 3:
            return base::Bytes(4000, 'x');
          case 4: {  // says it is 65 000 pixels high
            base::Bytes bomb = good;
            for (std::size_t i = 2; i + 9 < bomb.size(); ++i) {
              if (bomb[i] == 0xff && bomb[i + 1] == 0xc0) {
                bomb[i + 5] = bomb[i + 7] = 0xfd;
                break;
              }
            }
            return bomb;
          }
          default:
            return good;
        }
      },
      20);
  Home home;
  const auto camera = home.camera(server.url("/stream"));

  EXPECT_TRUE(waitUntil([&] { return sends(*camera, 6) && camera->state().newest->sequence > 5; },
                        kPatience))
      << camera->state().lost << " lost";
  EXPECT_EQ(camera->state().connections, 1);
  EXPECT_TRUE(waitUntil([&] { return home.sources.find("hall/picture")->counts().lostBlocks >= 6; },
                        kPatience));
}

TEST(Camera, ACrashOfTheDecoderLosesNoMoreThanItsPicture) {
  support::PictureServer server(moving, 20);
  Home home;
  const auto camera = home.camera(server.url("/stream"));
  ASSERT_TRUE(waitUntil([&] { return sends(*camera); }, kPatience));
  const auto readers = childrenOf(getpid());
  ASSERT_EQ(readers.size(), 1U);
  const auto decoders = childrenOf(readers.front());
  ASSERT_EQ(decoders.size(), 1U);
  const std::uint64_t before = camera->state().newest->sequence;

  ::kill(decoders.front(), SIGSEGV);

  ASSERT_TRUE(waitUntil([&] { return camera->state().newest->sequence > before + 3; }, kPatience));
  EXPECT_LE(camera->state().lost, 1U);
  EXPECT_EQ(camera->state().connections, 1);
  EXPECT_NE(childrenOf(readers.front()), decoders);
}

TEST(Camera, ACrashOfItsProcessIsOneLostPictureAndANewSegment) {
  support::PictureServer server(moving, 20);
  Home home;
  const auto camera = home.camera(server.url("/stream"));
  ASSERT_TRUE(waitUntil([&] { return sends(*camera); }, kPatience));

  ::kill(childrenOf(getpid()).front(), SIGSEGV);

  EXPECT_TRUE(
      waitUntil([&] { return camera->state().connections == 2 && sends(*camera); }, kPatience));
  EXPECT_EQ(camera->state().lost, 1U);
}

TEST(Camera, ReadsAnRtspStreamAndReturnsToIt) {
  const auto folder =
      std::filesystem::temp_directory_path() / ("mimosa-rtsp-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  for (int i = 0; i < 20; ++i) {
    char name[16];
    std::snprintf(name, sizeof name, "%04d.jpg", i);
    const base::Bytes jpeg = support::jpegOf(support::squareAt(640, 480, i * 25));
    std::ofstream(folder / name, std::ios::binary)
        .write(reinterpret_cast<const char*>(jpeg.data()),
               static_cast<std::streamsize>(jpeg.size()));
  }
  const auto server = support::RtspCamera::start(folder, 10);
  if (!server) {
    std::filesystem::remove_all(folder);
    GTEST_SKIP() << "left out: no RTSP server here (python3-gi, gir1.2-gst-rtsp-server-1.0, "
                    "gstreamer1.0-plugins-good)";
  }
  Home home;
  const auto camera = home.camera(server->url());
  const bool came =
      waitUntil([&] { return sends(*camera) && camera->state().newest->sequence >= 5; }, kPatience);
  const std::string first = camera->state().trouble;

  server->unplug();
  const bool left = waitUntil([&] { return !camera->state().online; }, kPatience);
  const std::string trouble = camera->state().trouble;
  server->plugIn();
  const bool returned =
      waitUntil([&] { return sends(*camera) && camera->state().connections == 2; }, 2 * kPatience);
  std::filesystem::remove_all(folder);

  EXPECT_TRUE(came) << first;
  EXPECT_TRUE(left);
  EXPECT_EQ(trouble, "Hall camera stopped sending pictures.");
  EXPECT_TRUE(returned) << camera->state().trouble;
  EXPECT_EQ(camera->state().width, 320);
}

TEST(Camera, PlaysAFilmAtItsOwnSpeed) {
  const std::filesystem::path film = std::filesystem::path(MIMOSA_SHARED) / "data/video/vtest.avi";
  if (!std::filesystem::exists(film))
    GTEST_SKIP() << "left out: there is no film beside this project";
  Home home;
  const auto camera = home.camera(film.string());

  ASSERT_TRUE(waitUntil([&] { return sends(*camera) && camera->state().newest->sequence >= 10; },
                        kPatience))
      << camera->state().trouble;
  const auto state = camera->state();
  EXPECT_EQ(state.sentWidth, 768);
  EXPECT_EQ(state.width, 320);
  EXPECT_EQ(state.height, 240);
}

TEST(Camera, AddressesArePeoplesAndPasswordsStayHidden) {
  EXPECT_EQ(sensors::cameraAddress("  rtsp://10.0.0.2/live \n").value(), "rtsp://10.0.0.2/live");
  EXPECT_EQ(sensors::cameraAddress("/dev/video0").value(), "/dev/video0");
  for (const char* bad : {"", "   ", "ftp://x/y", "kitchen", "http://", "rtsp:///x"}) {
    EXPECT_FALSE(sensors::cameraAddress(bad).ok()) << bad;
  }
}

}  // namespace
