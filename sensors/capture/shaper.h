#pragma once
// Shaper: makes the pictures of one camera as small as they were asked for and encodes them anew,
// so that no byte a camera sent is ever decoded outside the camera's own process; and keeps what
// usually is there, the background.

#include <memory>
#include <span>

#include "sensors/base/hash.h"
#include "sensors/base/result.h"
#include "sensors/capture/wire.h"

namespace cv {
class Mat;
}

namespace sensors::capture {

/// One thread at a time.
///
/// The background is a grey picture at most 160 pixels wide whose points move towards each new
/// picture by at most 2 grey levels a second (the approximate median filter of McFarlane and
/// Schofield 1995): a person who walks through leaves no trace, a chair that was moved is part of
/// it after a minute.
class Shaper {
 public:
  static constexpr int kBackgroundWidth = 160;
  static constexpr double kLevelsPerSecond = 2;

  Shaper();
  ~Shaper();

  /// `picture`: blue, green, red. `steadyNs`: when it was captured.
  /// Errors: Corrupt for a picture without pixels; Internal where it cannot be encoded.
  base::Result<Taken> shape(const cv::Mat& picture, std::int64_t steadyNs, const Shape& shape);
  /// Decodes first. Errors also: Corrupt where the JPEG cannot be decoded.
  base::Result<Taken> shape(std::span<const std::uint8_t> jpeg, std::int64_t steadyNs,
                            const Shape& shape);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sensors::capture
