#pragma once
// Parts the demonstration home makes its signals of: dice, filters, shaped noise, decaying bursts.
// Everything is a plain value that gives the same numbers for the same seed.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace app {

inline constexpr int kSoundRate = 16'000;   ///< samples per second of the house's sound
inline constexpr int kVibrationRate = 200;  ///< rows per second of the house's vibration

/// Random numbers that are equal for equal seeds (xorshift64*, seeded through splitmix64).
class Dice {
 public:
  explicit Dice(std::uint64_t seed);

  std::uint64_t bits();
  /// Uniform in [-1, 1): white noise of mean square 1/3, cheap enough for every sample.
  float white() { return static_cast<float>(static_cast<std::int64_t>(bits())) * 0x1p-63F; }
  double uniform(double low, double high);
  /// Normal, cut at 2.5 deviations so that no take is absurd.
  double normal(double mean, double deviation);
  bool happens(double probability) { return uniform(0, 1) < probability; }

 private:
  std::uint64_t state_;
};

/// A seed of its own for each pair; the order of asking does not matter.
std::uint64_t mixedSeed(std::uint64_t a, std::uint64_t b);

/// Amplitude ratio of `decibels`.
float fromDecibels(double decibels);

/// Second-order section at kSoundRate (R. Bristow-Johnson, Audio EQ Cookbook). Retuning keeps the
/// state, so a filter can follow a moving frequency without clicks.
class Biquad {
 public:
  Biquad() = default;  ///< passes everything
  static Biquad lowPass(double frequency, double q = 0.7071);
  static Biquad highPass(double frequency, double q = 0.7071);
  /// 0 dB at its centre.
  static Biquad bandPass(double frequency, double q);

  float next(float x) {
    const float y = b0_ * x + z1_;
    z1_ = b1_ * x - a1_ * y + z2_;
    z2_ = b2_ * x - a2_ * y;
    return y;
  }
  /// Takes the coefficients of `other`.
  void retune(const Biquad& other);

 private:
  static Biquad make(double b0, double b1, double b2, double a0, double a1, double a2);

  float b0_ = 1, b1_ = 0, b2_ = 0, a1_ = 0, a2_ = 0;
  float z1_ = 0, z2_ = 0;
};

/// White noise through two sections, scaled to root mean square 1 (from the sections' impulse
/// response).
class ShapedNoise {
 public:
  ShapedNoise(std::uint64_t seed, const Biquad& first, const Biquad& second = {});

  float next() { return gain_ * second_.next(first_.next(dice_.white())); }
  /// Moves the sections; the scale follows.
  void retune(const Biquad& first, const Biquad& second = {});

 private:
  void rescale(Biquad first, Biquad second);

  Dice dice_;
  Biquad first_;
  Biquad second_;
  float gain_ = 1;
};

/// A slow wander around zero with deviation 1 (Ornstein-Uhlenbeck): dx = -x dt/T + sqrt(2/T) dW.
class Wander {
 public:
  Wander(std::uint64_t seed, double timeConstant);  ///< seconds
  double next(double seconds);
  double value() const { return x_; }

 private:
  Dice dice_;
  double timeConstant_;
  double x_ = 0;
};

/// Struck things: a e^(-t/T) sin(2 pi f t), any number at a time up to kMost; more are not heard.
class Bursts {
 public:
  static constexpr std::size_t kMost = 128;

  explicit Bursts(int rate) : rate_(rate) {}
  /// `delay`: samples after the start of the next addTo().
  void strike(std::size_t delay, double frequency, double decaySeconds, double amplitude);
  void addTo(std::span<float> samples, std::size_t stride = 1);

 private:
  struct Voice {
    std::size_t delay;
    float re, im;  // rotating phasor; `im` is heard
    float stepRe, stepIm;
  };
  int rate_;
  std::vector<Voice> voices_;
};

/// One period of a sum of harmonics, looked up by phase in turns.
class Waveform {
 public:
  /// `amplitudes`: of harmonics 1, 2, ...; phases from `dice`; scaled to root mean square 1.
  Waveform(std::span<const double> amplitudes, Dice& dice);
  float at(double turns) const;

 private:
  static constexpr std::size_t kSize = 1024;
  std::array<float, kSize> table_{};
};

}  // namespace app
