// Which cameras there are and how people name them.

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "sensors/camera.h"

namespace sensors {

namespace {

using base::ParamSpec;
using base::ParamType;

constexpr std::size_t kLongestAddress = 2048;

}  // namespace

std::vector<ParamSpec> cameraSpecs(const std::string& address) {
  std::vector<ParamSpec> specs = {
      ParamSpec{.name = "rate",
                .title = "Pictures",
                .type = ParamType::Enum,
                .unit = "1/s",
                .options = {0.2, 1.0, 2.0, 5.0, 10.0, 20.0},
                .defaultValue = 5.0,
                .help = "How many pictures a second I look at."},
      ParamSpec{.name = "size",
                .title = "Size",
                .type = ParamType::Enum,
                .options = {std::string("224 x 224"), std::string("320"), std::string("640"),
                            std::string("1280"), std::string("as sent")},
                .defaultValue = std::string("320"),
                .help =
                    "Pixels of the longer side; 224 x 224 is the middle square, as many networks "
                    "want it."},
      ParamSpec{.name = "quality",
                .title = "Quality",
                .type = ParamType::Int,
                .unit = "%",
                .min = 30,
                .max = 95,
                .defaultValue = std::int64_t{80},
                .help = "Of the JPEG pictures that are kept."},
  };
  if (address.starts_with("/dev/video")) {
    specs.push_back({.name = "resolution",
                     .title = "Resolution",
                     .type = ParamType::Enum,
                     .options = {std::string("320x240"), std::string("640x480"),
                                 std::string("1280x720"), std::string("1920x1080")},
                     .defaultValue = std::string("640x480"),
                     .help = "What the camera itself is asked to send."});
  }
  return specs;
}

std::vector<std::pair<std::string, std::string>> usbCameras() {
  std::vector<std::pair<std::string, std::string>> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/sys/class/video4linux", error)) {
    // A device has further nodes for what is no picture; the first is the one with index 0.
    int index = -1;
    std::ifstream(entry.path() / "index") >> index;
    if (index != 0) continue;
    std::string name;
    std::ifstream in(entry.path() / "name");
    std::getline(in, name);
    found.emplace_back("/dev/" + entry.path().filename().string(), name);
  }
  std::sort(found.begin(), found.end());
  return found;
}

base::Result<std::string> cameraAddress(const std::string& typed) {
  const auto isBlank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  const auto first = std::find_if_not(typed.begin(), typed.end(), isBlank);
  const auto last = std::find_if_not(typed.rbegin(), typed.rend(), isBlank).base();
  const std::string address = first < last ? std::string(first, last) : std::string();
  if (address.empty()) {
    return base::invalid("Type the camera's address, such as rtsp://192.168.1.20/stream.");
  }
  if (address.size() > kLongestAddress) return base::invalid("That address is too long.");
  const std::size_t scheme = address.find("://");
  if (scheme != std::string::npos) {
    const std::string kind = address.substr(0, scheme);
    if (kind == "file") return address;
    if (kind != "rtsp" && kind != "rtsps" && kind != "http" && kind != "https") {
      return base::invalid("I do not know addresses that begin with " + kind +
                           "://; rtsp, http and https I do.");
    }
    if (address.size() == scheme + 3 || address[scheme + 3] == '/') {
      return base::invalid("That address names no computer.");
    }
    return address;
  }
  if (address.front() == '/') return address;
  return base::invalid("\"" + address +
                       "\" is no address of a camera: it begins with rtsp://, http:// or /.");
}

}  // namespace sensors
