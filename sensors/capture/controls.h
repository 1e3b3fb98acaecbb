#pragma once
// DeviceControls: what a USB camera lets itself be set (exposure, gain, focus, ...), through
// Video4Linux. A device that keeps another value than it was asked for has refused.

#include <linux/videodev2.h>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sensors/base/params.h"
#include "sensors/capture/pipes.h"

namespace sensors::capture {

/// The setting a control stands for: "device.exposure_time_absolute", with the driver's range.
/// Nothing for controls that are off, read only, buttons, or of kinds a form cannot show.
/// `menu`: the names of a menu control's items by index.
std::optional<base::ParamSpec> specFrom(const v4l2_queryctrl& control,
                                        const std::map<int, std::string>& menu = {});

/// The device file is opened beside whoever captures from it. One thread at a time.
class DeviceControls {
 public:
  explicit DeviceControls(const std::string& device);

  /// Sets each control whose value differs; what the device keeps otherwise is named in `refused`.
  void apply(const std::map<std::string, base::ParamValue>& wanted,
             std::map<std::string, std::string>& refused);
  /// Adds all controls and their present values.
  void read(std::vector<base::ParamSpec>& specs,
            std::map<std::string, base::ParamValue>& values) const;

 private:
  struct Control {
    std::uint32_t id = 0;
    base::ParamSpec spec;
    std::map<int, std::string> menu;
  };
  std::optional<base::ParamValue> valueOf(const Control& control) const;

  Descriptor device_;
  std::vector<Control> controls_;
};

}  // namespace sensors::capture
