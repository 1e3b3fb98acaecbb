#pragma once
// HallCamera: draws what the camera in the hall sees, as a small JPEG: walls, floor, the door, the
// people walking there, as bright and as noisy as light and exposure make it.

#include <memory>
#include <vector>

#include "app/simulator/activity.h"
#include "sensors/base/hash.h"

namespace app {

struct HallScene {
  double light = 180;   ///< lx
  double doorOpen = 0;  ///< [0, 1]
  std::vector<Figure> figures = {};
};

struct HallPicture {
  base::Bytes jpeg;       ///< at most kLargest bytes
  double motion = 0;      ///< share of the picture that differs from the one before, [0, 1]
  double brightness = 0;  ///< mean grey level, [0, 255]
};

/// One thread at a time.
class HallCamera {
 public:
  static constexpr int kWidth = 320;
  static constexpr int kHeight = 240;
  static constexpr std::size_t kLargest = 20'000;

  explicit HallCamera(std::uint64_t seed);
  ~HallCamera();

  /// `exposure`: seconds. A thing of colour c (1 is white paper) gets the grey level
  ///   255 (1 - exp(-k light exposure c^g))^(1/g),  k = 0.19 / (lx s), g = 1.8:
  /// 180 lx and 1/30 s make a good picture. Noise is 1.5 levels plus what little light adds.
  HallPicture take(const HallScene& scene, double exposure);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
