#include "app/simulator/incidents.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace app {
namespace {

constexpr double kMeanPause = 25;  // seconds
constexpr float kSmooth = 0.002F;  // of gains, per sample: about 30 ms

}  // namespace

Incidents::Incidents(std::uint64_t seed)
    : dice_(seed),
      scrape_(mixedSeed(seed, 1), Biquad::highPass(600), Biquad::lowPass(2500)),
      voice_(std::array{1.0, 0.8, 0.9, 0.8, 0.6, 0.5, 0.4, 0.3}, dice_),
      formant_(Biquad::bandPass(550, 1.2)) {
  nextIn_ = dice_.uniform(5, kMeanPause);
}

void Incidents::begin() {
  switch (dice_.bits() % 3) {
    case 0:
      for (std::uint64_t strike = dice_.bits() % 3 + 1; strike > 0; --strike) {
        const auto delay = static_cast<std::size_t>(dice_.uniform(0, 0.4) * kSoundRate);
        for (int partial = 0; partial < 3; ++partial) {
          clinks_.strike(delay, dice_.uniform(1800, 5000), dice_.uniform(0.04, 0.12),
                         dice_.uniform(0.4, 1.2) * fromDecibels(-46 - 3 * partial));
        }
      }
      break;
    case 1:
      scrapeLeft_ = dice_.uniform(0.3, 0.7);
      break;
    default:
      murmurLeft_ = dice_.uniform(1, 3);
      pitch_ = dice_.uniform(105, 210);
      syllables_ = dice_.uniform(4, 6);
      formant_.retune(Biquad::bandPass(dice_.uniform(420, 700), 1.2));
  }
}

void Incidents::addTo(std::span<float> sound, double calm) {
  const double seconds = static_cast<double>(sound.size()) / kSoundRate;
  nextIn_ -= seconds;
  if (nextIn_ < 0) {
    nextIn_ = -kMeanPause * std::log(std::max(dice_.uniform(0, 1), 1e-3));
    if (calm < 0.5) {
      begin();
    }
  }
  clinks_.addTo(sound);
  if (scrapeLeft_ > 0 || scrapeGain_ > 1e-6F) {
    const float target = scrapeLeft_ > 0 ? fromDecibels(-60) : 0.0F;
    for (float& sample : sound) {
      scrapeGain_ += (target - scrapeGain_) * kSmooth;
      sample += scrapeGain_ * scrape_.next();
    }
    scrapeLeft_ -= seconds;
  }
  if (murmurLeft_ > 0) {
    const float level = fromDecibels(-56);  // -60 behind the formant
    for (float& sample : sound) {
      syllablePhase_ += syllables_ / kSoundRate;
      const double opening =
          std::sin(std::numbers::pi * (syllablePhase_ - std::floor(syllablePhase_)));
      voicePhase_ += pitch_ * (1 + 0.06 * opening) / kSoundRate;
      sample +=
          formant_.next(level * static_cast<float>(opening * opening) * voice_.at(voicePhase_));
    }
    voicePhase_ -= std::floor(voicePhase_);
    murmurLeft_ -= seconds;
  }
}

}  // namespace app
