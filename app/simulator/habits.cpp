// Takes of people moving and resting: walking through, door, sleeping. And the list of them all.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/simulator/activity.h"

namespace app {
namespace {

constexpr double kTurn = 2 * std::numbers::pi;

/// The three axes of a thump at the kitchen's vibration sensor.
class Thumps {
 public:
  void strike(double seconds, Dice& dice, double low, double high, double decay, double amplitude) {
    const auto delay = static_cast<std::size_t>(seconds * kVibrationRate);
    const std::array weights{0.4, 0.4, 1.0};
    for (std::size_t axis = 0; axis < 3; ++axis) {
      axes_[axis].strike(delay, dice.uniform(low, high), decay,
                         amplitude * weights[axis] * dice.uniform(0.7, 1.3));
    }
  }
  void addTo(HouseTick& tick) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      axes_[axis].addTo(std::span(tick.vibration).subspan(axis), 3);
    }
  }

 private:
  std::array<Bursts, 3> axes_{Bursts(kVibrationRate), Bursts(kVibrationRate),
                              Bursts(kVibrationRate)};
};

/// Walking through: up and down the hall past the kitchen door. Steps at 1.6..2.1 Hz x pace with
/// 4 % jitter; distance d(t) swings with a period of 5..8 s, loudness 1 / (1 + 1.6 d).
///   sound      each step: heel 70..110 Hz (decay 60 ms, -39 dB), click 900..2200 Hz (9 ms, -46 dB)
///   vibration  each step: 20..40 Hz, decay 60 ms, 0.12 to 0.35 m/s2 x strength
///   hall       motion 0.9; the light dips up to 9 lx; breath; one figure in the picture
class WalkingThrough final : public Take {
 public:
  WalkingThrough(const Person& person, std::uint64_t seed) : dice_(seed), person_(person) {
    cadence_ = std::clamp(dice_.normal(1.85 * person.pace, 0.07), 1.6, 2.1);
    lap_ = dice_.uniform(5, 8) / person.pace;
    shoes_ = dice_.uniform(-3, 3);
    height_ = std::clamp(dice_.normal(1, 0.06), 0.85, 1.15);
    nextStep_ = dice_.uniform(0, 0.4);
  }

  void addTo(HouseTick& tick) override {
    const double along = 0.5 - 0.5 * std::cos(kTurn * t_ / (2 * lap_));
    const double distance = std::abs(along - 0.35);
    const double loud = person_.strength / (1 + 1.6 * distance);
    nextStep_ -= kTickSeconds;
    while (nextStep_ < 0) {
      const double at = std::clamp(nextStep_ + kTickSeconds, 0.0, kTickSeconds - 0.001);
      step(at, loud * dice_.uniform(0.75, 1.25));
      nextStep_ += 1 / cadence_ * dice_.normal(1, 0.04);
    }
    heels_.addTo(tick.sound);
    thumps_.addTo(tick);
    tick.motion = std::max(tick.motion, 0.9);
    tick.light -= 9 * std::exp(-std::pow((along - 0.5) / 0.18, 2));
    tick.breath += 0.12;
    tick.figures.push_back({.across = 0.12 + 0.76 * along,
                            .near = 0.55 + 0.25 * std::sin(kTurn * t_ / (3.3 * lap_)),
                            .stride = t_ * cadence_ / 2,
                            .height = height_});
    t_ += kTickSeconds;
  }

 private:
  void step(double seconds, double force) {
    const auto delay = static_cast<std::size_t>(seconds * kSoundRate);
    heels_.strike(delay, dice_.uniform(70, 110), 0.06, force * fromDecibels(-37));
    heels_.strike(delay, dice_.uniform(900, 2200), 0.009, force * fromDecibels(-46 + shoes_));
    heels_.strike(delay + 60, dice_.uniform(300, 500), 0.015, force * fromDecibels(-46));
    thumps_.strike(seconds, dice_, 20, 40, 0.06, 0.3 * force);
  }

  Dice dice_;
  Person person_;
  Bursts heels_{kSoundRate};
  Thumps thumps_;
  double cadence_ = 0, lap_ = 0, shoes_ = 0, height_ = 1, nextStep_ = 0, t_ = 0;
};

/// Door: opened and shut again about every 2 s while it is on. One round of length R = 1.8..2.4 s:
///   0.00 R  latch: two clicks 1.8..3 kHz, decay 8 ms, -38 dB
///   0.05 R  to 0.40 R opening: creak, pulses at 45 + 60 sin rad/s swept, each ringing at 380..700
///           Hz for 12 ms, -44 dB (stick and slip)
///   0.55 R  to 0.80 R closing
///   0.80 R  slam: noise below 250 Hz (decay 70 ms), 55..90 Hz (120 ms), -24 dB x strength / care
///   vibration  1.2 m/s2 at the slam (12..30 Hz, 100 ms)
///   hall       motion 0.7; +95 lx and 1/25 s air exchange while open; the door in the picture
class Door final : public Take {
 public:
  Door(const Person& person, std::uint64_t seed)
      : dice_(seed),
        force_(std::clamp(person.strength / person.care, 0.5, 1.8)),
        thud_(mixedSeed(seed, 1), Biquad::lowPass(250), Biquad::highPass(30)) {
    hinge_ = dice_.uniform(380, 700);
    newRound();
  }

  void addTo(HouseTick& tick) override {
    const double before = t_ / round_;
    const double after = (t_ + kTickSeconds) / round_;
    if (before <= 0) {
      latch(0);
      latch(0.06);
    }
    const double open = opening(before);
    const bool moves = (before > 0.05 && before < 0.4) || (before > 0.55 && before < 0.8);
    if (moves) {
      creak(before);
    }
    if (before < 0.8 && after >= 0.8) {
      slam((0.8 - before) * round_);
    }
    struck_.addTo(tick.sound);
    const float fade = std::exp(-1.0F / (0.07F * kSoundRate));
    for (float& sample : tick.sound) {
      if (slamIn_ > 0 && --slamIn_ == 0) {
        slamGain_ = static_cast<float>(force_) * fromDecibels(-27);
      }
      sample += slamGain_ * thud_.next();
      slamGain_ *= fade;
    }
    thumps_.addTo(tick);
    tick.motion = std::max(tick.motion, moves ? 0.8 : 0.5);
    tick.light += 95 * open;
    tick.airing += open / 25;
    tick.doorOpen = std::max(tick.doorOpen, open);
    t_ += kTickSeconds;
    if (t_ >= round_) {
      newRound();
    }
  }

 private:
  static double opening(double p) {
    if (p < 0.05 || p > 0.8) return 0;
    if (p < 0.4) return (p - 0.05) / 0.35;
    return p < 0.55 ? 1 : (0.8 - p) / 0.25;
  }

  void newRound() {
    t_ = 0;
    round_ = dice_.uniform(1.8, 2.4);
    blow_ = force_ * dice_.uniform(0.6, 1.3);
  }

  void latch(double seconds) {
    struck_.strike(static_cast<std::size_t>(seconds * kSoundRate), dice_.uniform(1800, 3000), 0.008,
                   fromDecibels(-38) * dice_.uniform(0.6, 1.2));
  }

  void creak(double p) {
    const double pulses = (45 + 60 * std::sin(std::numbers::pi * p)) * kTickSeconds;
    for (double at = creakPhase_; at < pulses; at += 1) {
      struck_.strike(static_cast<std::size_t>(at / pulses * kTickSound),
                     hinge_ * (1 + 0.25 * p) * dice_.uniform(0.97, 1.03), 0.012,
                     fromDecibels(-44) * dice_.uniform(0.3, 1));
    }
    creakPhase_ = dice_.uniform(0, 1);
  }

  void slam(double seconds) {
    const auto delay = static_cast<std::size_t>(std::max(seconds, 0.0) * kSoundRate);
    slamIn_ = std::max<std::size_t>(delay, 1);
    struck_.strike(delay, dice_.uniform(55, 90), 0.12, blow_ * fromDecibels(-24));
    struck_.strike(delay, dice_.uniform(1500, 2600), 0.01, blow_ * fromDecibels(-34));
    thumps_.strike(std::min(seconds, 0.095), dice_, 12, 30, 0.1, 1.2 * blow_);
  }

  Dice dice_;
  double force_;
  ShapedNoise thud_;
  Bursts struck_{kSoundRate};
  Thumps thumps_;
  double hinge_ = 0, round_ = 2, blow_ = 1, creakPhase_ = 0, t_ = 0;
  std::size_t slamIn_ = 0;
  float slamGain_ = 0;
};

/// Sleeping: windows shut, lamp off. Breathing at b = 0.2..0.3 Hz.
///   sound      the background 9 dB lower; breath: noise 300 to 900 Hz at -78 dB x max(0, sin)
///   vibration  0.02 m/s2 at b (z), now and then a turn in bed
///   hall       dark; CO2 rises by 0.4 ppm/s
class Sleeping final : public Take {
 public:
  explicit Sleeping(std::uint64_t seed)
      : dice_(seed),
        breath_(mixedSeed(seed, 1), Biquad::highPass(300), Biquad::lowPass(900)),
        depth_(mixedSeed(seed, 2), 10) {
    hertz_ = dice_.uniform(0.2, 0.3);
    nextTurn_ = dice_.uniform(15, 60);
  }

  void addTo(HouseTick& tick) override {
    const double depth = 1 + 0.15 * depth_.next(kTickSeconds);
    const double swing = std::sin(kTurn * phase_);
    const float gain = fromDecibels(-78) * static_cast<float>(depth * std::max(0.05, swing));
    for (float& sample : tick.sound) {
      sample += gain * breath_.next();
    }
    for (std::size_t i = 0; i < kTickVibration; ++i) {
      phase_ += hertz_ / kVibrationRate;
      const double chest = 0.02 * depth * std::sin(kTurn * phase_);
      tick.vibration[3 * i + 2] += static_cast<float>(chest);
      tick.vibration[3 * i] += static_cast<float>(0.3 * chest);
    }
    nextTurn_ -= kTickSeconds;
    if (nextTurn_ < 0) {
      nextTurn_ = dice_.uniform(20, 90);
      turn_.strike(0, dice_, 3, 9, 0.4, 0.15);
    }
    turn_.addTo(tick);
    tick.darkness = 1;
    tick.calm = 1;
    tick.breath += 0.4;
    tick.motion = std::max(tick.motion, 0.01);
  }

 private:
  Dice dice_;
  ShapedNoise breath_;
  Wander depth_;
  Thumps turn_;
  double hertz_ = 0.25, nextTurn_ = 0, phase_ = 0;
};

}  // namespace

const std::vector<std::string>& activityNames() {
  static const std::vector<std::string> names{
      "kettle",          "tap",  "blender", "washing machine", "cooking",
      "walking through", "door", "sleeping"};
  return names;
}

std::unique_ptr<Take> startHabit(const std::string& activity, const Person& person,
                                 std::uint64_t seed) {
  if (activity == "walking through") return std::make_unique<WalkingThrough>(person, seed);
  if (activity == "door") return std::make_unique<Door>(person, seed);
  if (activity == "sleeping") return std::make_unique<Sleeping>(seed);
  return nullptr;
}

std::unique_ptr<Take> startTake(const std::string& activity, const Person& person, const Day& day,
                                std::uint64_t seed) {
  auto take = startAppliance(activity, person, day, seed);
  return take ? std::move(take) : startHabit(activity, person, seed);
}

}  // namespace app
