// Devices, RTSP addresses and files, captured by OpenCV (V4L2 or FFmpeg).

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/videoio.hpp>
#include <thread>

#include "sensors/capture/child.h"
#include "sensors/capture/controls.h"
#include "sensors/capture/shaper.h"

namespace sensors::capture {

namespace {

constexpr double kOpenMs = 8000;
constexpr double kReadMs = 8000;
constexpr double kUsualFileRate = 25;
/// Reads in a row that may fail before the camera counts as gone.
constexpr int kMostFailures = 10;

enum class Way { Device, Network, File };

Way wayOf(const std::string& address) {
  if (address.starts_with("/dev/video")) return Way::Device;
  return address.find("://") != std::string::npos && !address.starts_with("file://") ? Way::Network
                                                                                     : Way::File;
}

class Video {
 public:
  explicit Video(Desk& desk) : desk_(desk), orders_(desk.orders()), way_(wayOf(orders_.address)) {}

  [[noreturn]] void run() {
    open();
    sayAll();
    if (orders_.film) playThrough();
    int failures = 0;
    for (;;) {
      if (desk_.takeChanged()) obey();
      if (way_ == Way::File) keepPace();
      if (!capture_.grab()) {
        if (way_ == Way::File && frames_ > 0) {  // a film begins anew
          open();
          continue;
        }
        if (++failures >= kMostFailures || way_ == Way::Network) {
          desk_.giveUp(frames_ > 0 ? "stopped sending pictures" : "sends no pictures");
        }
        continue;
      }
      failures = 0;
      const std::int64_t now = steadyNow();
      ++frames_;
      if (desk_.isDue()) show(now);
    }
  }

 private:
  /// Every picture that is due at the asked rate, by the film's own time.
  [[noreturn]] void playThrough() {
    if (way_ != Way::File) desk_.giveUp("is no film");
    const double period = 1 / orders_.rate;
    double due = 0;
    for (; capture_.grab(); ++frames_) {
      const double at = static_cast<double>(frames_) / fileRate_;
      if (at + 0.25 / fileRate_ < due) continue;
      due += period;
      show(static_cast<std::int64_t>(at * 1e9));
    }
    if (frames_ == 0) desk_.giveUp("cannot be played: the file has no pictures");
    desk_.finish();
  }

  void open() {
    capture_.release();
    frames_ = 0;
    bool isOpen = false;
    switch (way_) {
      case Way::Device:
        isOpen = openDevice();
        break;
      case Way::Network:
        ::setenv("OPENCV_FFMPEG_CAPTURE_OPTIONS", "rtsp_transport;tcp", 1);
        isOpen = capture_.open(orders_.address, cv::CAP_FFMPEG,
                               {cv::CAP_PROP_OPEN_TIMEOUT_MSEC, static_cast<int>(kOpenMs),
                                cv::CAP_PROP_READ_TIMEOUT_MSEC, static_cast<int>(kReadMs)});
        break;
      case Way::File:
        openFile(isOpen);
        break;
    }
    if (isOpen) return;
    desk_.giveUp(way_ == Way::Network ? "does not answer, or refuses the address or password"
                 : way_ == Way::File  ? "cannot be played: the file is no film I can read"
                                      : "cannot be opened: another program may have it");
  }

  void openFile(bool& isOpen) {
    const std::string path =
        orders_.address.starts_with("file://") ? orders_.address.substr(7) : orders_.address;
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) desk_.giveUp("is not there: no such file");
    isOpen = capture_.open(path, cv::CAP_FFMPEG);
    const double said = capture_.get(cv::CAP_PROP_FPS);
    fileRate_ = said > 0.1 && said < 240 ? said : kUsualFileRate;
    began_ = std::chrono::steady_clock::now();
  }

  bool openDevice() {
    std::error_code error;
    if (!std::filesystem::exists(orders_.address, error)) desk_.giveUp("is not plugged in");
    if (!capture_.open(orders_.address, cv::CAP_V4L2)) return false;
    int width = 0;
    int height = 0;
    if (std::sscanf(orders_.resolution.c_str(), "%dx%d", &width, &height) == 2) {
      capture_.set(cv::CAP_PROP_FOURCC, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'));
      capture_.set(cv::CAP_PROP_FRAME_WIDTH, width);
      capture_.set(cv::CAP_PROP_FRAME_HEIGHT, height);
    }
    return true;
  }

  /// A film plays at its own speed.
  void keepPace() {
    const auto at =
        began_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                     std::chrono::duration<double>(static_cast<double>(frames_) / fileRate_));
    std::this_thread::sleep_until(at);
  }

  void obey() {
    const Orders before = std::exchange(orders_, desk_.orders());
    if (way_ == Way::Device && before.resolution != orders_.resolution) open();
    sayAll();
  }

  void sayAll() {
    Said said;
    said.width = static_cast<int>(capture_.get(cv::CAP_PROP_FRAME_WIDTH));
    said.height = static_cast<int>(capture_.get(cv::CAP_PROP_FRAME_HEIGHT));
    if (way_ == Way::File) {
      said.seconds = std::max(0.0, capture_.get(cv::CAP_PROP_FRAME_COUNT)) / fileRate_;
    }
    if (way_ == Way::Device) {
      const std::string size = std::to_string(said.width) + "x" + std::to_string(said.height);
      said.reported["resolution"] = size;
      if (!orders_.resolution.empty() && orders_.resolution != size) {
        said.refused["resolution"] = "the camera keeps " + size;
      }
      DeviceControls controls(orders_.address);
      controls.apply(orders_.device, said.refused);
      controls.read(said.specs, said.reported);
    }
    desk_.say(said);
  }

  void show(std::int64_t now) {
    cv::Mat picture;
    if (!capture_.retrieve(picture)) {
      desk_.lose("a picture could not be decoded");
      return;
    }
    auto taken = shaper_.shape(picture, now, desk_.orders().shape);
    if (!taken) {
      desk_.lose(taken.error().message);
      return;
    }
    desk_.send(*std::move(taken));
  }

  Desk& desk_;
  Orders orders_;
  const Way way_;
  cv::VideoCapture capture_;
  Shaper shaper_;
  std::uint64_t frames_ = 0;
  double fileRate_ = kUsualFileRate;
  std::chrono::steady_clock::time_point began_;
};

}  // namespace

void captureVideo(Desk& desk) {
  ::setenv("OPENCV_FFMPEG_LOGLEVEL", "-8", 0);
  cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
  try {
    Video(desk).run();
  } catch (const cv::Exception& e) {
    desk.giveUp(std::string("cannot be read: ") + e.what());
  }
}

}  // namespace sensors::capture
