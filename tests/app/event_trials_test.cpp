// "That was the kettle", said twenty seconds after it: how often the right stretch is proposed, in
// fifty seeded trials each on the demonstration home, on real sounds in a real room, and on people
// wearing a watch.

#include <cmath>
#include <filesystem>
#include <gtest/gtest.h>
#include <iomanip>
#include <map>
#include <random>
#include <sstream>

#include "app/event_finder.h"
#include "app/project/importers/audio_file.h"
#include "app/simulator/house.h"
#include "app/simulator/recording_table.h"

namespace {

using sensors::BlockPtr;
using std::chrono::milliseconds;

constexpr int kTrials = 50;
constexpr double kLeastOverlap = 0.7;
constexpr double kWatchRate = 20;  // rows per second
constexpr double kAfter = 20;      // seconds from the event's end to the key

double overlap(const base::TimeSpan& a, const base::TimeSpan& b) {
  const double shared = base::toSeconds(base::intersection(a, b).length());
  return shared / (base::toSeconds(a.length()) + base::toSeconds(b.length()) - shared);
}

base::Time at(double seconds) { return base::Time{} + base::fromSeconds(seconds); }

BlockPtr block(const sensors::SourceInfoPtr& source, double begin, base::Duration step,
               std::vector<float> values) {
  auto made = std::make_shared<sensors::Block>();
  made->source = source;
  made->start = at(begin);
  made->step = step;
  const std::size_t channels = source->channels.size();
  made->content = sensors::Samples{
      .rows = values.size() / channels, .channels = channels, .values = std::move(values)};
  return made;
}

std::string text(const base::TimeSpan& span) {
  std::ostringstream out;
  out << std::fixed << std::setprecision(1) << base::toSeconds(span.begin - base::Time{}) << ".."
      << base::toSeconds(span.end - base::Time{});
  return out.str();
}

struct Tally {
  int right = 0;
  std::string missed;

  void count(const std::string& what, const base::TimeSpan& truth,
             const std::vector<app::FoundEvent>& found) {
    const double shared = found.empty() ? 0 : overlap(found.front().span, truth);
    if (shared >= kLeastOverlap) {
      ++right;
      return;
    }
    missed += "\n" + what + " " + text(truth) + " proposed";
    for (const auto& event : found) missed += " " + text(event.span);
  }
};

/// A stretch of the demonstration home as its nodes report it.
class HomeTape {
 public:
  explicit HomeTape(std::uint64_t seed) : house_(seed), dice_(seed ^ 0x5555) {}

  double seconds() const { return static_cast<double>(house_.ticks()) * app::kTickSeconds; }

  void run(double seconds) {
    for (const double end = this->seconds() + seconds; this->seconds() < end - 1e-6;) tick();
  }
  /// Begin and end of what it gives off.
  base::TimeSpan act(const std::string& activity, double seconds) {
    const base::Time begin = at(this->seconds());
    EXPECT_TRUE(house_.act(activity, app::House::Act::Start));
    run(seconds);
    EXPECT_TRUE(house_.act(activity, app::House::Act::Stop));
    return {begin, at(this->seconds())};
  }
  app::EventQuestion question() const {
    app::EventQuestion question{.span = {at(0), at(seconds())}};
    for (const auto* blocks : {&sound_, &vibration_, &power_, &motion_, &light_, &co2_}) {
      question.tracks.push_back(app::activityOf(*blocks, question.span));
    }
    return question;
  }

 private:
  static sensors::SourceInfoPtr source(const std::string& id,
                                       std::vector<sensors::Channel> channels) {
    return std::make_shared<const sensors::SourceInfo>(
        sensors::SourceInfo{.id = id, .channels = std::move(channels)});
  }
  static void report(std::vector<BlockPtr>& to, const sensors::SourceInfoPtr& source, double time,
                     double value) {
    to.push_back(block(source, time, base::Duration{0}, {static_cast<float>(value)}));
  }

  void tick() {
    const double begin = seconds();
    const app::HouseTick& tick = house_.next();
    sound_.push_back(block(mic, begin, base::fromSeconds(1.0 / app::kSoundRate),
                           {tick.sound.begin(), tick.sound.end()}));
    vibration_.push_back(block(imu, begin, base::fromSeconds(1.0 / app::kVibrationRate),
                               {tick.vibration.begin(), tick.vibration.end()}));
    watts_ += tick.power;
    const bool moved = tick.motion > 0.5;
    if (moved != moved_) report(motion_, pir, begin, moved);
    moved_ = moved;
    if (house_.ticks() % 10 == 0) {
      report(power_, plug, seconds(), std::round(watts_ / 10 + dice_.normal(0, 0.5)));
      watts_ = 0;
    }
    if (house_.ticks() % 20 == 0) {
      report(light_, lux, seconds(), house_.state().light);
      report(co2_, air, seconds(), house_.state().co2 + dice_.normal(0, 2.5));
    }
  }

  app::House house_;
  app::Dice dice_;
  std::vector<BlockPtr> sound_, vibration_, power_, motion_, light_, co2_;
  double watts_ = 0;
  bool moved_ = false;
  sensors::SourceInfoPtr mic = source("kitchen/mic", {{"l", "1"}});
  sensors::SourceInfoPtr imu = source("kitchen/imu", {{"x", "m/s2"}, {"y", "m/s2"}, {"z", "m/s2"}});
  sensors::SourceInfoPtr plug = source("kitchen/power", {{"power", "W"}});
  sensors::SourceInfoPtr pir = source("hall/motion", {{"motion", "1"}});
  sensors::SourceInfoPtr lux = source("hall/light", {{"light", "lx"}});
  sensors::SourceInfoPtr air = source("hall/co2", {{"co2", "ppm"}});
};

TEST(ThatWas, IsFoundInTheDemonstrationHome) {
  Tally tally;
  const auto& names = app::activityNames();
  for (std::uint64_t trial = 0; trial < kTrials; ++trial) {
    std::mt19937_64 random(1000 + trial);
    const auto between = [&](double low, double high) {
      return std::uniform_real_distribution<double>(low, high)(random);
    };
    HomeTape tape(trial + 1);
    tape.run(between(60, 120));
    if (trial % 2 == 0) {  // something else was going on before
      tape.act(names[random() % names.size()], between(3, 8));
      tape.run(between(25, 40));
    }
    const std::string& what = names[trial % names.size()];
    const base::TimeSpan truth = tape.act(what, between(4, 12));
    tape.run(kAfter);

    tally.count(what, truth, app::findEvents(tape.question()));
  }

  RecordProperty("right", tally.right);
  EXPECT_GE(tally.right, kTrials * 8 / 10) << tally.missed;
}

const std::filesystem::path kData = std::filesystem::path(MIMOSA_SHARED) / "data";

std::vector<std::filesystem::path> clips(const std::string& target) {
  std::vector<std::filesystem::path> all;
  for (const auto& file : std::filesystem::directory_iterator(kData / "esc10" / "audio")) {
    const std::string stem = file.path().stem().string();  // fold-source-take-class
    if (stem.ends_with("-" + target)) all.push_back(file.path());
  }
  std::sort(all.begin(), all.end());
  return all;
}

double meanSquare(const std::vector<float>& samples) {
  double sum = 0;
  for (const float x : samples) sum += static_cast<double>(x) * x;
  return sum / static_cast<double>(std::max<std::size_t>(1, samples.size()));
}

/// Without what is below `least` (mean square of a twentieth of a second) at both ends.
std::vector<float> trimmed(const std::vector<float>& samples, double rate, double least) {
  const auto step = static_cast<std::ptrdiff_t>(rate / 20);
  std::vector<bool> loud;
  for (auto at = samples.begin(); samples.end() - at >= step; at += step) {
    loud.push_back(meanSquare({at, at + step}) > least);
  }
  const auto first = std::find(loud.begin(), loud.end(), true) - loud.begin();
  const auto last = loud.rend() - std::find(loud.rbegin(), loud.rend(), true);
  if (last <= first) return {};
  return {samples.begin() + first * step, samples.begin() + last * step};
}

TEST(ThatWas, IsFoundAmongRealSoundsInARealRoom) {
  if (!std::filesystem::exists(kData / "esc10")) GTEST_SKIP() << "without the shared recordings";
  // Rain and the sea are the room; dogs, babies, sneezes, cocks and chain saws are what happens.
  const std::vector<std::string> kinds = {"0", "3", "5", "7", "8"};
  const auto source = std::make_shared<const sensors::SourceInfo>(
      sensors::SourceInfo{.id = "room/mic", .channels = {{"l", "1"}}});
  Tally tally;
  for (std::uint64_t trial = 0; trial < kTrials; ++trial) {
    std::mt19937_64 random(trial);
    const auto rooms = clips(trial % 2 == 0 ? "1" : "2");
    const auto events = clips(kinds[trial % kinds.size()]);
    ASSERT_FALSE(rooms.empty() || events.empty());
    auto room = app::readAudio(rooms[random() % rooms.size()]);
    const auto clip = app::readAudio(events[5 + random() % (events.size() - 5)]);
    ASSERT_TRUE(room && clip);
    room->samples = trimmed(room->samples, room->rate, 1e-8);  // no padding with silence
    // The room is 20 dB quieter than what happens in it; what is quieter still nobody hears.
    const double loud = meanSquare(trimmed(clip->samples, clip->rate, 1e-6));
    const double gain = std::sqrt(loud / meanSquare(room->samples) / 100);
    const auto event = trimmed(clip->samples, clip->rate, loud / 100);
    ASSERT_FALSE(event.empty());
    const double seconds = static_cast<double>(event.size()) / room->rate;
    const double begin = 60 + static_cast<double>(random() % 300) / 10;
    std::vector<float> tape(static_cast<std::size_t>((begin + seconds + kAfter) * room->rate));
    for (std::size_t i = 0; i < tape.size(); ++i) {
      tape[i] = static_cast<float>(gain) * room->samples[i % room->samples.size()];
    }
    const auto from = static_cast<std::size_t>(begin * room->rate);
    for (std::size_t i = 0; i < event.size(); ++i) tape[from + i] += event[i];

    // The label was shown before, with other recordings.
    std::vector<double> lengths;
    for (std::size_t i = 0; i < 5; ++i) {
      const auto other = app::readAudio(events[i]);
      ASSERT_TRUE(other);
      const double most = meanSquare(trimmed(other->samples, other->rate, 1e-6));
      lengths.push_back(
          static_cast<double>(trimmed(other->samples, other->rate, most / 100).size()) /
          other->rate);
    }
    std::sort(lengths.begin(), lengths.end());
    app::EventQuestion question{.span = {at(0), at(begin + seconds + kAfter)},
                                .usual = base::fromSeconds(lengths[2])};
    question.tracks.push_back(app::activityOf(
        {block(source, 0, base::fromSeconds(1 / room->rate), std::move(tape))}, question.span));
    tally.count(kinds[trial % kinds.size()], {at(begin), at(begin + seconds)},
                app::findEvents(question));
  }
  RecordProperty("right", tally.right);
  EXPECT_GE(tally.right, kTrials * 8 / 10) << tally.missed;
}

TEST(ThatWas, IsFoundOnAWristThatSatStill) {
  if (!std::filesystem::exists(kData / "wisdm_watch"))
    GTEST_SKIP() << "without the shared recordings";
  std::vector<std::filesystem::path> people;
  for (const auto& file : std::filesystem::directory_iterator(kData / "wisdm_watch")) {
    if (file.path().filename().string().starts_with("subject")) people.push_back(file.path());
  }
  std::sort(people.begin(), people.end());
  Tally tally;
  constexpr int kPeople = 5;
  for (int person = 0; person < kPeople; ++person) {
    auto table = app::RecordingTable::load(people[person], "");
    ASSERT_TRUE(table);
    const auto source = std::make_shared<const sensors::SourceInfo>(
        sensors::SourceInfo{.id = "watch/imu", .channels = table->channels()});
    std::map<std::string, std::vector<float>> done;  // [rows x channels]
    for (std::size_t a = 0; a < table->activities().size(); ++a) {
      auto& values = done[table->activities()[a]];
      for (auto row = table->next(a); row; row = table->next(a)) {
        values.insert(values.end(), table->row(*row).begin(), table->row(*row).end());
      }
    }
    const std::vector<float> rest = done.at("sitting");
    done.erase("sitting");
    done.erase("standing");
    std::mt19937_64 random(person);
    for (int trial = 0; trial < kTrials / kPeople; ++trial) {
      const auto what =
          std::next(done.begin(), static_cast<std::ptrdiff_t>(random() % done.size()));
      const std::size_t channels = source->channels.size();
      std::vector<float> values;
      const auto seconds = [&] {
        return static_cast<double>(values.size() / channels) / kWatchRate;
      };
      const auto take = [&](const std::vector<float>& from, double length) {
        std::size_t row = random() % (from.size() / channels);
        for (int i = 0; i < length * kWatchRate; ++i, ++row) {
          const auto begin =
              from.begin() + static_cast<std::ptrdiff_t>(row * channels % from.size());
          values.insert(values.end(), begin, begin + static_cast<std::ptrdiff_t>(channels));
        }
      };
      take(rest, 60);
      const double begin = seconds();
      take(what->second, 5 + static_cast<double>(random() % 80) / 10);
      const double end = seconds();
      take(rest, kAfter);
      app::EventQuestion question{.span = {at(0), at(seconds())}};
      question.tracks.push_back(app::activityOf(
          {block(source, 0, base::fromSeconds(1 / kWatchRate), std::move(values))}, question.span));
      tally.count(what->first, {at(begin), at(end)}, app::findEvents(question));
    }
  }
  RecordProperty("right", tally.right);
  EXPECT_GE(tally.right, kTrials * 8 / 10) << tally.missed;
}

}  // namespace
