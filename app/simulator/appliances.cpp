// Takes of machines and water: kettle, tap, blender, washing machine, cooking.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/simulator/activity.h"

namespace app {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;
constexpr double kMainsHertz = 50;

/// Adds `amount` to all three axes of row `row`, weighted.
void shake(HouseTick& tick, std::size_t row, double x, double y, double z) {
  tick.vibration[3 * row] += static_cast<float>(x);
  tick.vibration[3 * row + 1] += static_cast<float>(y);
  tick.vibration[3 * row + 2] += static_cast<float>(z);
}

/// Counts strikes of a Poisson process of `perSecond` in one tick and calls `strike` with the
/// delay in [0, 1) of the tick.
template <class Strike>
void poisson(Dice& dice, double perSecond, Strike strike) {
  double at = 0;
  while (true) {
    at -= std::log(std::max(dice.uniform(0, 1), 1e-12)) / (perSecond * kTickSeconds);
    if (at >= 1) {
      return;
    }
    strike(at);
  }
}

/// Kettle. p = t / T runs from 0 to 1 while it heats and stays there (its lid is open, so it goes
/// on boiling). T = litres x (100 - water) x 4.19 kJ / power, 25 to 70 s.
///   sound      noise band-passed at 320 + 260 p Hz, Q 0.7 (about 200 to 900 Hz), -61 dB growing to
///              -45 dB at p = 0.85 and 3 dB quieter at the boil; from p = 0.75 bubbles: Poisson up
///              to 40/s, f = 250..650 Hz, decay 12..30 ms
///   power      1 850 to 2 150 W x mains^2, ripple 6 W
///   vibration  0.02 m/s2 at twice the mains (folds at the sensor), 0.05 noise at the boil
class Kettle final : public Take {
 public:
  Kettle(const Person& person, const Day& day, std::uint64_t seed)
      : dice_(seed), rumble_(mixedSeed(seed, 1), bandAt(0)), shimmer_(mixedSeed(seed, 2), 0.12) {
    watts_ = dice_.normal(2000, 60) * day.mains * day.mains;
    const double litres = std::clamp(dice_.normal(0.5 / person.care, 0.12), 0.25, 0.9);
    seconds_ = std::clamp(litres * (100 - day.waterCelsius) * 4190 / watts_ * 0.6, 25.0, 70.0);
    level_ = dice_.normal(0, 2.5);
  }

  void addTo(HouseTick& tick) override {
    const double p = std::min(1.0, t_ / seconds_);
    rumble_.retune(bandAt(p));
    const double growth = p < 0.85 ? 16 * std::pow(p / 0.85, 0.6) : 16 - 20 * (p - 0.85);
    const float gain = fromDecibels(-61 + level_ + growth + 1.2 * shimmer_.next(kTickSeconds));
    for (float& sample : tick.sound) {
      sample += (last_ += (gain - last_) * 0.002F) * rumble_.next();
    }
    const double boil = std::max(0.0, (p - 0.75) / 0.25);
    if (boil > 0) {
      poisson(dice_, 40 * boil, [&](double at) {
        bubbles_.strike(static_cast<std::size_t>(at * kTickSound), dice_.uniform(250, 650),
                        dice_.uniform(0.012, 0.03),
                        dice_.uniform(0.3, 1) * fromDecibels(-42 + level_));
      });
    }
    bubbles_.addTo(tick.sound);
    for (std::size_t i = 0; i < kTickVibration; ++i) {
      phase_ += 2 * kMainsHertz * 1.0003 / kVibrationRate;
      const double hum = 0.02 * std::sin(kTurn * phase_);
      const double seethe = (0.006 + 0.05 * boil) * dice_.white();
      shake(tick, i, 0.3 * hum + 0.4 * seethe, 0.3 * hum - 0.3 * seethe, hum + seethe);
    }
    tick.power += watts_ + dice_.normal(0, 6);
    t_ += kTickSeconds;
  }

 private:
  static Biquad bandAt(double p) { return Biquad::bandPass(320 + 260 * p, 0.7); }

  Dice dice_;
  ShapedNoise rumble_;
  Wander shimmer_;
  Bursts bubbles_{kSoundRate};
  double watts_ = 0;
  double seconds_ = 0;
  double level_ = 0;
  double phase_ = 0;
  double t_ = 0;
  float last_ = 0;
};

/// Tap. Flow q between 0.5 and 1.3 with the person's strength, changed now and then by hand.
///   sound      noise between 1 kHz and 3.5 + 2.5 q kHz at -56 + 9 log2(1 + q) dB; splash: the
///              level wanders 2.5 dB within 0.15 s; drops and hands in the water: Poisson 4 to
///              14/s, f = 500..1400 Hz, decay 6..20 ms
///   vibration  pipe noise 0.02 q m/s2
class Tap final : public Take {
 public:
  Tap(const Person& person, std::uint64_t seed)
      : dice_(seed),
        flow_(std::clamp(dice_.normal(0.85 * person.strength, 0.18), 0.5, 1.3)),
        hiss_(mixedSeed(seed, 1), Biquad::highPass(1000), Biquad::lowPass(3500 + 2500 * flow_)),
        splash_(mixedSeed(seed, 2), 0.15),
        hands_(dice_.uniform(4, 14)),
        level_(dice_.normal(0, 2.5)) {}

  void addTo(HouseTick& tick) override {
    if (dice_.happens(0.2 * kTickSeconds)) {
      target_ = dice_.uniform(0.8, 1.2);
    }
    turn_ += (target_ - turn_) * 0.2;
    const double q = flow_ * turn_;
    const float gain =
        fromDecibels(-56 + level_ + 9 * std::log2(1 + q) + 2.5 * splash_.next(kTickSeconds));
    for (float& sample : tick.sound) {
      sample += (last_ += (gain - last_) * 0.004F) * hiss_.next();
    }
    poisson(dice_, hands_, [&](double at) {
      drops_.strike(static_cast<std::size_t>(at * kTickSound), dice_.uniform(500, 1400),
                    dice_.uniform(0.006, 0.02), dice_.uniform(0.2, 1) * fromDecibels(-40));
    });
    drops_.addTo(tick.sound);
    for (std::size_t i = 0; i < kTickVibration; ++i) {
      const double pipe = 0.035 * q * dice_.white();
      shake(tick, i, pipe, 0.5 * pipe, 0.035 * q * dice_.white());
    }
    t_ += kTickSeconds;
  }

 private:
  Dice dice_;
  double flow_;
  ShapedNoise hiss_;
  Wander splash_;
  double hands_;
  double level_;
  Bursts drops_{kSoundRate};
  double target_ = 1;
  double turn_ = 1;
  double t_ = 0;
  float last_ = 0;
};

/// Blender. Load L in [0, 1] wanders within 1.2 s; the motor slows under it:
///   f = f0 (1 - 0.1 L), f0 drawn from 225..258 Hz, spinning up within 0.25 s
///   sound      waveform of 12 harmonics with amplitude 1/h^0.6 (h = 2 stressed: two blades) at
///              -35 dB, and noise between 1.5 and 6 kHz at -42 dB beaten with f
///   power      330 + 140 L W
///   vibration  1.6 to 2.6 m/s2 at f (folds at the sensor), 0.5 noise x L
class Blender final : public Take {
 public:
  Blender(const Person& person, const Day& day, std::uint64_t seed)
      : dice_(seed),
        load_(mixedSeed(seed, 1), 1.2),
        blades_(mixedSeed(seed, 2), Biquad::highPass(1500), Biquad::lowPass(6000)),
        motor_(harmonics(), dice_) {
    base_ = dice_.uniform(225, 258) * day.mains;
    swing_ = dice_.uniform(1.6, 2.6);
    level_ = dice_.normal(0, 2.5) + 3 * std::log2(person.strength);
    for (double& phase : axes_) {
      phase = dice_.uniform(0, 1);
    }
  }

  void addTo(HouseTick& tick) override {
    const double load = std::clamp(0.5 + 0.28 * load_.next(kTickSeconds), 0.0, 1.0);
    const double spin = 1 - std::exp(-(t_ + kTickSeconds) / 0.25);
    const double target = base_ * (1 - 0.1 * load) * spin;
    const float tone = fromDecibels(-35 + level_ + 3 * load) * static_cast<float>(spin);
    const float noise = fromDecibels(-42 + level_ + 5 * load) * static_cast<float>(spin);
    const double rate = (target - frequency_) / kTickSound;
    double slow = frequency_;
    const double begin = phase_;
    for (float& sample : tick.sound) {
      slow += rate;
      phase_ += slow / kSoundRate;
      const float wave = motor_.at(phase_);
      sample += tone * wave + noise * (1 + 0.4F * wave) * blades_.next();
    }
    for (std::size_t i = 0; i < kTickVibration; ++i) {
      const double along = static_cast<double>(i) / kTickVibration;
      const double turns =
          begin + kTickSeconds * along * (frequency_ + 0.5 * (target - frequency_) * along);
      const double jolt = 0.9 * load * spin * dice_.white();
      const auto wave = [&](std::size_t axis) {
        return swing_ * spin * std::sin(kTurn * (turns + axes_[axis]));
      };
      shake(tick, i, wave(0) + jolt, 0.8 * wave(1) - 0.6 * jolt,
            0.5 * wave(2) + 0.9 * spin * load * dice_.white());
    }
    frequency_ = target;
    phase_ -= std::floor(phase_);
    tick.power += (330 + 140 * load + (t_ < 0.3 ? 250 : 0)) + dice_.normal(0, 4);
    t_ += kTickSeconds;
  }

 private:
  static std::array<double, 12> harmonics() {
    std::array<double, 12> amplitudes{};
    for (std::size_t h = 0; h < amplitudes.size(); ++h) {
      amplitudes[h] = std::pow(static_cast<double>(h + 1), -0.6) * (h == 1 ? 1.8 : 1);
    }
    return amplitudes;
  }

  Dice dice_;
  Wander load_;
  ShapedNoise blades_;
  Waveform motor_;
  std::array<double, 3> axes_{};
  double base_ = 0;
  double swing_ = 0;
  double level_ = 0;
  double frequency_ = 0;
  double phase_ = 0;
  double t_ = 0;
};

/// Washing machine. The drum turns with f = 0.8..1.2 Hz; phase d.
///   sound      slosh: noise below 700 Hz at -52 dB, loudness 0.35 + 0.65 max(0, sin d)^2; motor:
///              tone at 130..170 Hz with 5 harmonics at -59 dB
///   power      motor 110 to 190 W, 35 % beat with the drum
///   vibration  0.5 + 0.6 load m/s2 at 11..18 Hz, beat with the drum
class WashingMachine final : public Take {
 public:
  WashingMachine(const Day& day, std::uint64_t seed)
      : dice_(seed),
        slosh_(mixedSeed(seed, 1), Biquad::lowPass(700), Biquad::highPass(90)),
        tremble_(mixedSeed(seed, 2), 1.5),
        motor_(std::array{1.0, 0.7, 0.5, 0.2, 0.3}, dice_) {
    drum_ = dice_.uniform(0.8, 1.2);
    hum_ = dice_.uniform(130, 170);
    shakeHertz_ = dice_.uniform(11, 18);
    shake_ = (0.5 + 0.6 * day.machineLoad) * dice_.uniform(0.85, 1.15);
    watts_ = 110 + 80 * day.machineLoad;
    level_ = dice_.normal(0, 2.5);
  }

  void addTo(HouseTick& tick) override {
    const double wander = tremble_.next(kTickSeconds);
    const float wet = fromDecibels(-52 + level_ + wander);
    const float tone = fromDecibels(-59 + level_);
    const double drumStep = drum_ / kSoundRate;
    const double humStep = hum_ * (1 + 0.01 * wander) / kSoundRate;
    const double begin = turns_;
    for (float& sample : tick.sound) {
      turns_ += drumStep;
      humPhase_ += humStep;
      if ((++held_ & 31) == 0) {  // the drum is slow: its sine need not be asked per sample
        const double lift = std::max(0.0, std::sin(kTurn * turns_));
        swell_ = static_cast<float>(0.35 + 0.65 * lift * lift);
      }
      sample += wet * swell_ * slosh_.next() + tone * motor_.at(humPhase_);
    }
    for (std::size_t i = 0; i < kTickVibration; ++i) {
      const double d = begin + drum_ * static_cast<double>(i) / kVibrationRate;
      shakePhase_ += shakeHertz_ * (1 + 0.02 * wander) / kVibrationRate;
      const double beat = 0.55 + 0.45 * std::sin(kTurn * d);
      const double wave = shake_ * beat * std::sin(kTurn * shakePhase_);
      const double side = shake_ * beat * std::cos(kTurn * shakePhase_);
      const double rattle = 0.08 * beat * dice_.white();
      shake(tick, i, wave + rattle, 0.6 * side - rattle, 0.35 * wave + 0.1 * dice_.white());
    }
    tick.power += watts_ * (1 + 0.35 * std::sin(kTurn * turns_)) + dice_.normal(0, 3);
    humPhase_ -= std::floor(humPhase_);
    shakePhase_ -= std::floor(shakePhase_);
  }

 private:
  Dice dice_;
  ShapedNoise slosh_;
  Wander tremble_;
  Waveform motor_;
  double drum_ = 0, hum_ = 0, shakeHertz_ = 0, shake_ = 0, watts_ = 0, level_ = 0;
  double turns_ = 0, humPhase_ = 0, shakePhase_ = 0;
  unsigned held_ = 0;
  float swell_ = 0.35F;
};

/// Cooking in a pan.
///   sound      sizzle: noise between 2.5 and 7 kHz at -58 dB and crackle, impulses of a Poisson
///              process of 60..220/s through 4.2 kHz, both wandering 2.5 dB within 3 s; stirring
///              every 2.5 to 7 s: 2 to 4 strikes of 3 partials (2..4.5 kHz, decay 30..90 ms)
///   power      hob 1 200 W x mains^2 in periods of 6..11 s, 45..80 % on
///   vibration  0.1 to 0.3 m/s2 at each strike (22..40 Hz, decay 50 ms)
class Cooking final : public Take {
 public:
  Cooking(const Person& person, const Day& day, std::uint64_t seed)
      : dice_(seed),
        person_(person),
        sizzle_(mixedSeed(seed, 1), Biquad::highPass(2500), Biquad::lowPass(7000)),
        crackle_(Biquad::bandPass(dice_.uniform(3600, 4800), 1.1)),
        heat_(mixedSeed(seed, 2), 3) {
    perSecond_ = dice_.uniform(60, 220);
    period_ = dice_.uniform(6, 11);
    share_ = dice_.uniform(0.45, 0.8);
    watts_ = 1200 * day.mains * day.mains;
    level_ = dice_.normal(0, 2.5);
    nextStir_ = dice_.uniform(0.5, 3);
  }

  void addTo(HouseTick& tick) override {
    const double heat = 2.5 * heat_.next(kTickSeconds);
    const float hiss = fromDecibels(-58 + level_ + heat);
    const float crack = fromDecibels(-21 + level_ + heat);
    const float chance = static_cast<float>(1 - 2 * perSecond_ / kSoundRate);
    for (float& sample : tick.sound) {
      const float roll = dice_.white();
      const float impulse = roll > chance ? crack * (dice_.white() * 0.5F + 0.5F) : 0.0F;
      sample += hiss * sizzle_.next() + crackle_.next(impulse);
    }
    nextStir_ -= kTickSeconds;
    if (nextStir_ < 0) {
      nextStir_ = dice_.uniform(2.5, 7) / person_.pace;
      strikesLeft_ = 2 + static_cast<int>(dice_.bits() % 3);
    }
    if (strikesLeft_ > 0 && dice_.happens(0.45)) {
      --strikesLeft_;
      stir();
    }
    partials_.addTo(tick.sound);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      taps_[axis].addTo(std::span(tick.vibration).subspan(axis), 3);
    }
    const bool on = std::fmod(t_, period_) < share_ * period_;
    tick.power += (on ? watts_ + dice_.normal(0, 5) : 4);
    t_ += kTickSeconds;
  }

 private:
  void stir() {
    const auto delay = static_cast<std::size_t>(dice_.uniform(0, 0.9) * kTickSound);
    const double force = person_.strength * dice_.uniform(0.5, 1.2);
    for (int partial = 0; partial < 3; ++partial) {
      partials_.strike(delay, dice_.uniform(2000, 4500), dice_.uniform(0.03, 0.09),
                       force * fromDecibels(-38 - 4 * partial));
    }
    for (Bursts& axis : taps_) {
      axis.strike(delay * kVibrationRate / kSoundRate, dice_.uniform(22, 40), 0.05,
                  force * dice_.uniform(0.1, 0.3));
    }
  }

  Dice dice_;
  Person person_;
  ShapedNoise sizzle_;
  Biquad crackle_;
  Wander heat_;
  Bursts partials_{kSoundRate};
  std::array<Bursts, 3> taps_{Bursts(kVibrationRate), Bursts(kVibrationRate),
                              Bursts(kVibrationRate)};
  double perSecond_ = 0, period_ = 0, share_ = 0, watts_ = 0, level_ = 0;
  double nextStir_ = 0;
  double t_ = 0;
  int strikesLeft_ = 0;
};

}  // namespace

std::unique_ptr<Take> startAppliance(const std::string& activity, const Person& person,
                                     const Day& day, std::uint64_t seed) {
  if (activity == "kettle") return std::make_unique<Kettle>(person, day, seed);
  if (activity == "tap") return std::make_unique<Tap>(person, seed);
  if (activity == "blender") return std::make_unique<Blender>(person, day, seed);
  if (activity == "washing machine") return std::make_unique<WashingMachine>(day, seed);
  if (activity == "cooking") return std::make_unique<Cooking>(person, day, seed);
  return nullptr;
}

}  // namespace app
