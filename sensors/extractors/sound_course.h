#pragma once
// SoundCourse: how a sound goes on within a window, as against what it sounds like on average: its
// rhythm, its onsets, the shape of its loudness over time. Part of "sound".

#include <span>
#include <string>
#include <vector>

#include "sensors/extractors/mel.h"

namespace sensors {

/// From the frames of "sound", 10 ms apart; what a window is too short for is NaN. Thread-safe.
///
/// Groups are 8 neighbouring mel bands each; g_i is the mean of their natural log-mel in frame i.
/// - Modulation, 8 groups x 5 rates: share of the power of g - mean(g) under a Hann window that
///   falls into 1-2.5, 2.5-5, 5-10, 10-20, 20-40 Hz, 10 log10(share + 0.001).
/// - Correlation (Pearson) of each pair of groups; 0 where one does not move.
/// - Onsets: o_i = mean over bands of max(0, rise of log-mel from frame i - 1 to i): mean,
///   deviation, largest, skewness, kurtosis; and their rhythm: largest autocorrelation at 50-500
///   ms, where it is, and the largest at 50-200 ms and 200-500 ms.
/// - Loudness over time: centre and spread of the power in time, as shares of the window; skewness
///   and kurtosis of the level in dB and of the power's root; seconds from 20 dB below the peak up
///   to it and down again; 90th less 10th percentile; share of frames within 10 and 20 dB of the
///   peak; largest rise and fall and mean change from frame to frame.
class SoundCourse {
 public:
  SoundCourse();

  std::size_t count() const { return features_.size(); }
  /// Names begin with "sound ".
  const std::vector<Feature>& features() const { return features_; }
  /// `mel` [frames x Mel::kBands] natural log-mel without NaN; `level` [frames], dB; at least one
  /// frame.
  void write(std::span<const float> mel, std::span<const float> level, std::span<float> out) const;

 private:
  std::vector<Feature> features_;
  LastMade<std::size_t, RealTransform> transforms_;
};

}  // namespace sensors
