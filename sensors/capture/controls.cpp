#include "sensors/capture/controls.h"

#include <algorithm>
#include <cctype>
#include <cstring>
#include <fcntl.h>
#include <sys/ioctl.h>

namespace sensors::capture {

namespace {

constexpr std::size_t kMostControls = 128;
constexpr int kMostMenu = 64;

/// "Exposure Time, Absolute" as "exposure_time_absolute".
std::string keyOf(const std::string& name) {
  std::string key;
  for (const char c : name) {
    const auto u = static_cast<unsigned char>(c);
    if (std::isalnum(u)) {
      key += static_cast<char>(std::tolower(u));
    } else if (!key.empty() && key.back() != '_') {
      key += '_';
    }
  }
  while (!key.empty() && key.back() == '_') key.pop_back();
  return key;
}

bool ask(int fd, unsigned long request, void* argument) {
  int result = 0;
  do {
    result = ::ioctl(fd, request, argument);
  } while (result < 0 && errno == EINTR);
  return result == 0;
}

template <std::size_t N>
std::string textOf(const __u8 (&chars)[N]) {
  const auto* begin = reinterpret_cast<const char*>(chars);
  return {begin, ::strnlen(begin, N)};
}

}  // namespace

std::optional<base::ParamSpec> specFrom(const v4l2_queryctrl& control,
                                        const std::map<int, std::string>& menu) {
  constexpr std::uint32_t kUseless = V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_READ_ONLY;
  if (control.flags & kUseless) return {};
  const std::string title = textOf(control.name);
  base::ParamSpec spec;
  spec.name = "device." + keyOf(title);
  spec.title = title;
  spec.help = "A setting of the camera itself.";
  // In units of 100 microseconds, says the standard.
  if (control.id == V4L2_CID_EXPOSURE_ABSOLUTE) spec.help = "In steps of 0.1 ms.";
  switch (control.type) {
    case V4L2_CTRL_TYPE_BOOLEAN:
      spec.type = base::ParamType::Bool;
      spec.defaultValue = control.default_value != 0;
      return spec;
    case V4L2_CTRL_TYPE_INTEGER:
      spec.type = base::ParamType::Int;
      spec.min = control.minimum;
      spec.max = control.maximum;
      spec.step = control.step;
      spec.defaultValue = std::int64_t{control.default_value};
      return spec;
    case V4L2_CTRL_TYPE_MENU: {
      spec.type = base::ParamType::Enum;
      for (const auto& [index, name] : menu) spec.options.push_back(name);
      const auto usual = menu.find(control.default_value);
      if (menu.empty()) return {};
      spec.defaultValue = usual == menu.end() ? menu.begin()->second : usual->second;
      return spec;
    }
    default:
      return {};
  }
}

DeviceControls::DeviceControls(const std::string& device)
    : device_(::open(device.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC)) {
  if (!device_) return;
  v4l2_queryctrl query{};
  query.id = V4L2_CTRL_FLAG_NEXT_CTRL;
  while (controls_.size() < kMostControls && ask(device_.get(), VIDIOC_QUERYCTRL, &query)) {
    std::map<int, std::string> menu;
    for (int i = query.minimum;
         query.type == V4L2_CTRL_TYPE_MENU && i <= query.maximum && i < kMostMenu; ++i) {
      v4l2_querymenu item{};
      item.id = query.id;
      item.index = static_cast<__u32>(i);
      if (ask(device_.get(), VIDIOC_QUERYMENU, &item)) menu[i] = textOf(item.name);
    }
    if (auto spec = specFrom(query, menu)) {
      controls_.push_back({.id = query.id, .spec = *std::move(spec), .menu = std::move(menu)});
    }
    query.id |= V4L2_CTRL_FLAG_NEXT_CTRL;
  }
}

std::optional<base::ParamValue> DeviceControls::valueOf(const Control& control) const {
  v4l2_control value{};
  value.id = control.id;
  if (!ask(device_.get(), VIDIOC_G_CTRL, &value)) return {};
  if (control.spec.type == base::ParamType::Bool) return base::ParamValue(value.value != 0);
  if (control.spec.type == base::ParamType::Int) {
    return base::ParamValue(std::int64_t{value.value});
  }
  const auto item = control.menu.find(value.value);
  return item == control.menu.end() ? std::nullopt : std::optional<base::ParamValue>(item->second);
}

void DeviceControls::apply(const std::map<std::string, base::ParamValue>& wanted,
                           std::map<std::string, std::string>& refused) {
  for (const Control& control : controls_) {
    const auto found = wanted.find(control.spec.name);
    if (found == wanted.end()) continue;
    v4l2_control value{};
    value.id = control.id;
    value.value = static_cast<__s32>(base::toNumber(found->second));
    for (const auto& [index, name] : control.menu) {
      if (base::sameValue(name, found->second)) value.value = index;
    }
    ask(device_.get(), VIDIOC_S_CTRL, &value);
    const auto now = valueOf(control);
    if (!now || !base::sameValue(*now, found->second)) {
      refused[control.spec.name] =
          now ? "the camera keeps " + base::toText(*now) : "the camera does not take it";
    }
  }
}

void DeviceControls::read(std::vector<base::ParamSpec>& specs,
                          std::map<std::string, base::ParamValue>& values) const {
  for (const Control& control : controls_) {
    specs.push_back(control.spec);
    if (auto value = valueOf(control)) values[control.spec.name] = *std::move(value);
  }
}

}  // namespace sensors::capture
