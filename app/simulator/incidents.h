#pragma once
// Incidents: the small sounds of a lived-in house that are no activity: a clink, a scraped chair,
// somebody murmuring next door. They keep the background from being one thing only.

#include <span>

#include "app/simulator/synthesis.h"

namespace app {

/// About every 25 s one of:
///   clink    3 partials of 1.8..5 kHz, decay 40..120 ms, -46 dB, once to three times
///   scrape   noise of 600..2500 Hz at -60 dB, 0.3 to 0.7 s
///   murmur   1 to 3 s of syllables (4 to 6 a second): harmonics of 105..210 Hz through a formant
///   of
///            420..700 Hz, -60 dB
/// One thread at a time.
class Incidents {
 public:
  explicit Incidents(std::uint64_t seed);
  /// Adds the next `sound.size()` samples. `calm` in [0, 1]: at 1 nothing new begins.
  void addTo(std::span<float> sound, double calm);

 private:
  void begin();

  Dice dice_;
  Bursts clinks_{kSoundRate};
  ShapedNoise scrape_;
  Waveform voice_;
  Biquad formant_;
  double nextIn_ = 0;      // seconds
  double scrapeLeft_ = 0;  // seconds
  double murmurLeft_ = 0;  // seconds
  double pitch_ = 120;     // Hz
  double syllables_ = 5;   // per second
  double voicePhase_ = 0, syllablePhase_ = 0;
  float scrapeGain_ = 0;
};

}  // namespace app
