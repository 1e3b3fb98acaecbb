#include "app/simulator/house.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "app/simulator/incidents.h"

namespace app {
namespace {

constexpr std::size_t kPeople = 3;
constexpr std::uint64_t kTicksOfADay = 10 * 60 * 10;  // days are short here: ten minutes
constexpr double kOutdoorCo2 = 420;
constexpr double kNightLight = 0.02;     // of the day's that is left in the dark
constexpr double kLeakage = 1.0 / 1500;  // air exchange of the closed hall, 1/s

}  // namespace

/// A take and its fades: sound begins over one tick and ends over two.
struct House::Running {
  std::unique_ptr<Take> take;
  float gain = 0;
  bool ending = false;
};

/// What is there without anybody: s(t) = fridge + street + sensor noise.
///   fridge: 50 Hz harmonics 2..8, two thirds of the time off; 90 W while it runs
///   incidents: see there
///   street: noise below 300 Hz with slow wander, and a car every 20 to 60 s
///   light: 180 lx with clouds; vibration: sensor noise 0.012 m/s2
struct House::Background {
  explicit Background(std::uint64_t seed)
      : dice(mixedSeed(seed, 1)),
        street(mixedSeed(seed, 2), Biquad::lowPass(300), Biquad::highPass(40)),
        hiss(mixedSeed(seed, 3), Biquad::highPass(80)),
        loudness(mixedSeed(seed, 4), 8),
        clouds(mixedSeed(seed, 5), 45),
        air(mixedSeed(seed, 6), 20),
        incidents(mixedSeed(seed, 7)),
        fridgeHum(std::array{0.0, 1.0, 0.25, 0.6, 0.15, 0.35, 0.1, 0.2}, dice) {
    fridgeLeft = dice.uniform(20, 120);
    carIn = dice.uniform(10, 40);
  }

  Dice dice;
  ShapedNoise street;
  ShapedNoise hiss;
  Wander loudness;
  Wander clouds;
  Wander air;
  Incidents incidents;
  Waveform fridgeHum;
  double humPhase = 0;
  float humGain = 0;
  bool fridgeRuns = false;
  double fridgeLeft;
  double carIn;
  double carPhase = 1;  // 0..1 while one passes
  double dayLight = 1;  // follows darkness with 0.3 s
};

House::House(std::uint64_t seed)
    : seed_(seed), background_(std::make_unique<Background>(mixedSeed(seed, 100))) {
  Dice dice(mixedSeed(seed, 200));
  for (std::size_t i = 0; i < kPeople; ++i) {
    people_.push_back({.strength = std::exp(dice.normal(0, 0.22)),
                       .pace = std::exp(dice.normal(0, 0.09)),
                       .care = std::exp(dice.normal(0, 0.2))});
  }
  state_.co2 = 520 + dice.uniform(-40, 60);
  state_.light = 180;
}

House::~House() = default;

Day House::drawDay(std::uint64_t number) const {
  Dice dice(mixedSeed(mixedSeed(seed_, 300), number));
  return {.waterCelsius = dice.normal(14, 4),
          .machineLoad = dice.uniform(0.25, 1),
          .mains = dice.normal(1, 0.015),
          .street = std::exp(dice.normal(0, 0.25))};
}

base::Result<void> House::act(const std::string& activity, Act what) {
  const auto& names = activityNames();
  const auto name = std::find(names.begin(), names.end(), activity);
  if (name == names.end()) {
    std::string all;
    for (const std::string& known : names) {
      all += (all.empty() ? "" : ", ") + known;
    }
    return base::Error{base::ErrorCode::NotFound, "no activity " + activity + ": there are " + all};
  }
  const auto running = running_.find(activity);
  if (what == Act::Stop) {
    if (running != running_.end()) {
      running->second.ending = true;
    }
    return {};
  }
  if (running != running_.end() && !running->second.ending) {
    return {};
  }
  const auto kind = static_cast<std::uint64_t>(name - names.begin());
  const std::uint64_t seed = mixedSeed(mixedSeed(seed_, 400 + kind), takes_[activity]++);
  Dice dice(seed);
  const Person& person = people_[dice.bits() % people_.size()];
  running_[activity] = {
      startTake(activity, person, drawDay(ticks_ / kTicksOfADay), mixedSeed(seed, 1)), 0, false};
  return {};
}

std::vector<std::string> House::active() const {
  std::vector<std::string> names;
  for (const std::string& name : activityNames()) {
    const auto running = running_.find(name);
    if (running != running_.end() && !running->second.ending) {
      names.push_back(name);
    }
  }
  return names;
}

const HouseTick& House::next() {
  tick_ = {};
  for (auto& [name, running] : running_) {
    scratch_ = {};
    running.take->addTo(scratch_);
    const float from = running.gain;
    const float to = running.ending ? std::max(0.0F, from - 0.5F) : 1.0F;
    running.gain = to;
    for (std::size_t i = 0; i < kTickSound; ++i) {
      const float along = static_cast<float>(i) / kTickSound;
      tick_.sound[i] += scratch_.sound[i] * (from + (to - from) * along);
    }
    for (std::size_t i = 0; i < tick_.vibration.size(); ++i) {
      const float along = static_cast<float>(i / 3) / kTickVibration;
      tick_.vibration[i] += scratch_.vibration[i] * (from + (to - from) * along);
    }
    if (running.ending) {
      continue;  // switched off: only the sound dies away
    }
    tick_.power += scratch_.power;
    tick_.motion = std::max(tick_.motion, scratch_.motion);
    tick_.light += scratch_.light;
    tick_.darkness = std::max(tick_.darkness, scratch_.darkness);
    tick_.calm = std::max(tick_.calm, scratch_.calm);
    tick_.breath += scratch_.breath;
    tick_.airing += scratch_.airing;
    tick_.doorOpen = std::max(tick_.doorOpen, scratch_.doorOpen);
    tick_.figures.insert(tick_.figures.end(), scratch_.figures.begin(), scratch_.figures.end());
  }
  std::erase_if(running_,
                [](const auto& entry) { return entry.second.ending && entry.second.gain <= 0; });
  addBackground();
  settleRooms();
  ++ticks_;
  return tick_;
}

void House::addBackground() {
  Background& b = *background_;
  const Day day = drawDay(ticks_ / kTicksOfADay);

  b.fridgeLeft -= kTickSeconds;
  if (b.fridgeLeft < 0) {
    b.fridgeRuns = !b.fridgeRuns;
    b.fridgeLeft = b.fridgeRuns ? b.dice.uniform(60, 140) : b.dice.uniform(120, 300);
  }
  b.carIn -= kTickSeconds;
  if (b.carIn < 0) {
    b.carIn = b.dice.uniform(20, 60);
    b.carPhase = 0;
  }
  double car = 0;
  if (b.carPhase < 1) {
    car = std::pow(std::sin(std::numbers::pi * b.carPhase), 2);
    b.carPhase += kTickSeconds / 5;
  }
  const double calm = tick_.calm;
  const float street = fromDecibels(-66 + 2 * b.loudness.next(kTickSeconds) + 8 * car - 9 * calm) *
                       static_cast<float>(day.street);
  const float hiss = fromDecibels(-75);
  const float humTarget = b.fridgeRuns ? fromDecibels(-69) : 0.0F;
  const double humStep = 50.0 * (1 + 0.0004 * b.loudness.value()) / kSoundRate;
  for (float& sample : tick_.sound) {
    b.humGain += (humTarget - b.humGain) * 2e-4F;
    b.humPhase += humStep;
    sample +=
        street * b.street.next() + hiss * b.hiss.next() + b.humGain * b.fridgeHum.at(b.humPhase);
  }
  b.incidents.addTo(tick_.sound, calm);
  b.humPhase -= std::floor(b.humPhase);
  for (float& value : tick_.vibration) {
    value += 0.012F * 1.732F * b.dice.white();
  }
  tick_.power += (b.fridgeRuns ? 90 * day.mains + b.dice.normal(0, 1.5) : 0) + 6 +
                 std::abs(b.dice.normal(0, 0.4));
}

void House::settleRooms() {
  Background& b = *background_;
  b.dayLight += (1 - tick_.darkness - b.dayLight) * (1 - std::exp(-kTickSeconds / 0.3));
  const double sky = 180 + 22 * b.clouds.next(kTickSeconds);
  state_.light =
      std::max(0.2, std::max(b.dayLight, kNightLight) * sky + tick_.light + b.dice.normal(0, 0.6));

  const double exchange = kLeakage + tick_.airing;
  const double people = 0.06 + tick_.breath;  // somebody is always at home
  state_.co2 += kTickSeconds * (people - exchange * (state_.co2 - kOutdoorCo2)) +
                0.01 * b.air.next(kTickSeconds);
  state_.co2 = std::clamp(state_.co2, kOutdoorCo2 - 15, 2000.0);
}

}  // namespace app
