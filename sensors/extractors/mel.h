#pragma once
// Mel: what "sound" and "log_mel" share: frames of sound, their spectra and mel bands.
// A frame is 25 ms long and begins every 10 ms; bands are 64 triangles from 125 to 7500 Hz, even in
// mel = 1127 ln(1 + f / 700).

#include <array>
#include <span>
#include <vector>

#include "sensors/extractors/spectrum.h"
#include "sensors/feature_extractor.h"

namespace sensors {

struct Mel {
  static constexpr std::size_t kBands = 64;
  static constexpr double kFrame = 0.025;   ///< seconds
  static constexpr double kHop = 0.010;     ///< seconds
  static constexpr double kSlowest = 2000;  ///< rows per second
  static constexpr float kOffset = 0.01f;   ///< added before the logarithm

  /// Edge `i` of kBands + 2 in hertz: band b reaches from edge b over b + 1 to b + 2.
  static double edge(std::size_t i);
  static std::size_t framesIn(base::Duration length);
  /// Errors: InvalidArgument where extractor `id` cannot work on `source`.
  static base::Result<void> needSound(const SourceInfo& source, const std::string& id);
};

/// All that depends on the rate alone. Immutable.
struct MelTable {
  struct Band {
    std::size_t firstBin = 0;
    std::vector<float> weights;  ///< empty where the band lies above half the rate
  };

  explicit MelTable(double rows);
  /// ln(sum_k w_bk |X_k| + 0.01) per band; NaN above half the rate.
  void writeLogMel(std::span<const float> magnitudes, std::span<float> out) const;
  double binWidth() const { return rate / static_cast<double>(transform.size()); }

  double rate;
  std::size_t frame;        ///< samples in one
  RealTransform transform;  ///< of the next power of two
  std::vector<float> hann;  ///< periodic
  std::array<Band, Mel::kBands> bands;
};

/// All channels as one, gaps bridged by straight lines; empty where nothing is there.
std::vector<float> monoOf(const Window& window);

/// Cuts sound into frames and gives each one's spectrum. Both arguments must outlive it.
class FrameWalk {
 public:
  FrameWalk(const MelTable& table, const std::vector<float>& sound);

  /// Samples of frame `i`; empty where the sound is too short for it.
  std::span<const float> samples(std::size_t i) const;
  /// |X_k|, k = 0 .. size / 2, of one frame under the window; valid until the next call.
  std::span<const float> magnitudes(std::span<const float> samples);

 private:
  const MelTable& table_;
  const std::vector<float>& sound_;
  RealTransform::Work work_;
  std::vector<float> magnitude_;
};

}  // namespace sensors
