#include "app/simulator/synthesis.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace app {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
constexpr float kInaudible = 1e-5F;
constexpr int kImpulseLength = 4096;  // long enough for the lowest filters used here

std::uint64_t scrambled(std::uint64_t z) {
  z += 0x9E3779B97F4A7C15U;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9U;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBU;
  return z ^ (z >> 31);
}

}  // namespace

Dice::Dice(std::uint64_t seed) : state_(scrambled(seed) | 1U) {}

std::uint64_t Dice::bits() {
  state_ ^= state_ >> 12;
  state_ ^= state_ << 25;
  state_ ^= state_ >> 27;
  return state_ * 0x2545F4914F6CDD1DU;
}

double Dice::uniform(double low, double high) {
  return low + (high - low) * static_cast<double>(bits() >> 11) * 0x1p-53;
}

double Dice::normal(double mean, double deviation) {
  const double radius = std::sqrt(-2 * std::log(std::max(uniform(0, 1), 1e-12)));
  const double z = radius * std::cos(kTurn * uniform(0, 1));
  return mean + deviation * std::clamp(z, -2.5, 2.5);
}

std::uint64_t mixedSeed(std::uint64_t a, std::uint64_t b) { return scrambled(scrambled(a) ^ b); }

float fromDecibels(double decibels) { return static_cast<float>(std::pow(10.0, decibels / 20)); }

Biquad Biquad::make(double b0, double b1, double b2, double a0, double a1, double a2) {
  Biquad biquad;
  biquad.b0_ = static_cast<float>(b0 / a0);
  biquad.b1_ = static_cast<float>(b1 / a0);
  biquad.b2_ = static_cast<float>(b2 / a0);
  biquad.a1_ = static_cast<float>(a1 / a0);
  biquad.a2_ = static_cast<float>(a2 / a0);
  return biquad;
}

Biquad Biquad::lowPass(double frequency, double q) {
  const double w = kTurn * frequency / kSoundRate;
  const double c = std::cos(w);
  const double alpha = std::sin(w) / (2 * q);
  return make((1 - c) / 2, 1 - c, (1 - c) / 2, 1 + alpha, -2 * c, 1 - alpha);
}

Biquad Biquad::highPass(double frequency, double q) {
  const double w = kTurn * frequency / kSoundRate;
  const double c = std::cos(w);
  const double alpha = std::sin(w) / (2 * q);
  return make((1 + c) / 2, -(1 + c), (1 + c) / 2, 1 + alpha, -2 * c, 1 - alpha);
}

Biquad Biquad::bandPass(double frequency, double q) {
  const double w = kTurn * frequency / kSoundRate;
  const double alpha = std::sin(w) / (2 * q);
  return make(alpha, 0, -alpha, 1 + alpha, -2 * std::cos(w), 1 - alpha);
}

void Biquad::retune(const Biquad& other) {
  b0_ = other.b0_;
  b1_ = other.b1_;
  b2_ = other.b2_;
  a1_ = other.a1_;
  a2_ = other.a2_;
}

ShapedNoise::ShapedNoise(std::uint64_t seed, const Biquad& first, const Biquad& second)
    : dice_(seed), first_(first), second_(second) {
  rescale(first, second);
}

void ShapedNoise::retune(const Biquad& first, const Biquad& second) {
  first_.retune(first);
  second_.retune(second);
  rescale(first, second);
}

void ShapedNoise::rescale(Biquad first, Biquad second) {
  double energy = 0;
  for (int i = 0; i < kImpulseLength; ++i) {
    const double h = second.next(first.next(i == 0 ? 1.0F : 0.0F));
    energy += h * h;
  }
  gain_ = static_cast<float>(1 / std::sqrt(energy / 3));  // white() has mean square 1/3
}

Wander::Wander(std::uint64_t seed, double timeConstant) : dice_(seed), timeConstant_(timeConstant) {
  x_ = dice_.normal(0, 1);
}

double Wander::next(double seconds) {
  const double keep = std::exp(-seconds / timeConstant_);
  x_ = keep * x_ + std::sqrt(1 - keep * keep) * dice_.normal(0, 1);
  return x_;
}

void Bursts::strike(std::size_t delay, double frequency, double decaySeconds, double amplitude) {
  if (voices_.size() >= kMost) {
    return;
  }
  const double shrink = std::exp(-1 / (decaySeconds * rate_));
  const double w = kTurn * frequency / rate_;
  voices_.push_back({delay, static_cast<float>(amplitude), 0,
                     static_cast<float>(shrink * std::cos(w)),
                     static_cast<float>(shrink * std::sin(w))});
}

void Bursts::addTo(std::span<float> samples, std::size_t stride) {
  const std::size_t count = (samples.size() + stride - 1) / stride;
  for (Voice& voice : voices_) {
    for (std::size_t i = std::min(voice.delay, count); i < count; ++i) {
      samples[i * stride] += voice.im;
      const float re = voice.re * voice.stepRe - voice.im * voice.stepIm;
      voice.im = voice.re * voice.stepIm + voice.im * voice.stepRe;
      voice.re = re;
    }
    voice.delay -= std::min(voice.delay, count);
  }
  std::erase_if(voices_, [](const Voice& voice) {
    return voice.delay == 0 && std::abs(voice.re) + std::abs(voice.im) < kInaudible;
  });
}

Waveform::Waveform(std::span<const double> amplitudes, Dice& dice) {
  double power = 0;
  for (std::size_t h = 0; h < amplitudes.size(); ++h) {
    const double phase = dice.uniform(0, kTurn);
    power += amplitudes[h] * amplitudes[h] / 2;
    for (std::size_t i = 0; i < kSize; ++i) {
      const double angle =
          kTurn * static_cast<double>((h + 1) * i) / static_cast<double>(kSize) + phase;
      table_[i] += static_cast<float>(amplitudes[h] * std::sin(angle));
    }
  }
  const float scale = static_cast<float>(1 / std::sqrt(std::max(power, 1e-12)));
  for (float& value : table_) {
    value *= scale;
  }
}

float Waveform::at(double turns) const {
  const double index = (turns - std::floor(turns)) * static_cast<double>(kSize);
  return table_[static_cast<std::size_t>(index) % kSize];
}

}  // namespace app
