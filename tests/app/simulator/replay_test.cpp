#include "app/simulator/replay.h"

#include <cmath>
#include <fstream>
#include <gtest/gtest.h>
#include <set>

#include "app/simulator/recording_table.h"
#include "tests/app/simulator/scripted_bench.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_project.h"
#include "tests/support/wait_until.h"

namespace app {
namespace {

using Json = nlohmann::json;
using std::chrono::seconds;

/// A folder of its own, removed at the end.
class Folder {
 public:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "mimosa-replay-XXXXXX");
    path_ = mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path_ / name;
  }

 private:
  std::filesystem::path path_;
};

/// 20 Hz, 200 rows of walking (A: 0, 1, 2, ...), 200 of typing (F: 1000, ...), 100 of walking.
std::filesystem::path writeStream(const Folder& folder) {
  folder.write("classes.csv", "code,activity\nA,walking\nF,typing\n");
  std::string text = "t_ms,ax,gx,activity\n";
  for (int i = 0; i < 500; ++i) {
    const bool typing = i >= 200 && i < 400;
    text += std::to_string(i * 50) + "," + std::to_string(typing ? 800 + i : i) + ",0.5," +
            (typing ? "F" : "A") + "\n";
  }
  return folder.write("subject.csv", text);
}

/// Mono, 16 bit, `rate` samples a second (the RIFF layout of WAVE_FORMAT_PCM).
std::string wave(int rate, const std::vector<std::int16_t>& samples) {
  std::string out = "RIFF";
  const auto add = [&](std::uint32_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((number >> (8 * i)) & 0xFF);
  };
  const auto size = static_cast<std::uint32_t>(samples.size() * 2);
  add(36 + size, 4);
  out += "WAVEfmt ";
  add(16, 4);
  add(1, 2);
  add(1, 2);
  add(static_cast<std::uint32_t>(rate), 4);
  add(static_cast<std::uint32_t>(rate * 2), 4);
  add(2, 2);
  add(16, 2);
  out += "data";
  add(size, 4);
  for (const std::int16_t sample : samples) add(static_cast<std::uint16_t>(sample), 2);
  return out;
}

class ReplayTest : public testing::Test {
 protected:
  ReplayTest() : room_(hubs::makeMemoryRoom()), bench_(room_), bus_(hubs::makeMemoryBus(room_)) {}

  void open(const ReplayOptions& options, const std::string& node, const std::string& stream) {
    node_ = node;
    stream_ = stream;
    auto maker = openReplay(options, {*bus_, topics_, clock_});
    ASSERT_TRUE(maker.ok()) << maker.error().message;
    player_ = (*maker)([] {});
    ASSERT_TRUE(answers([&] { bench_.lease(node_, stream_, 3600); }));
  }
  bool answers(const std::function<void()>& action) {
    const std::size_t before = bench_.count(node_, "cmd/reply");
    action();
    return support::waitUntil([&] {
      player_->handleMessages();
      return bench_.count(node_, "cmd/reply") > before;
    });
  }
  void act(const std::string& activity, bool on) {
    ASSERT_TRUE(answers([&] {
      bench_.command(node_, "act", {{"activity", activity}, {"on", on}});
    }));
  }
  void play(double forSeconds) {
    for (int i = 0; i < std::lround(forSeconds / kTickSeconds); ++i) {
      const base::Time start = clock_.now();
      clock_.advance(kHouseTick);
      player_->playTick(start);
    }
    ASSERT_TRUE(answers([&] { bench_.command(node_, "time", Json::object()); }));
  }
  /// First channel of all that was heard.
  std::vector<float> heard(std::size_t channels) {
    std::vector<float> values;
    for (const auto& block : bench_.blocks(node_, stream_, channels)) {
      for (std::size_t row = 0; row < block.rows; ++row) {
        values.push_back(block.values[row * channels]);
      }
    }
    return values;
  }

  Folder folder_;
  support::ManualClock clock_{{1'790'000'000'000'000'000}};
  std::shared_ptr<hubs::MemoryRoom> room_;
  support::ScriptedBench bench_;
  std::unique_ptr<hubs::Bus> bus_;
  hubs::Topics topics_;
  std::string node_, stream_;
  std::unique_ptr<Player> player_;
};

TEST_F(ReplayTest, ActingAgainPlaysLaterDataAtTheRealRate) {
  open({.path = writeStream(folder_), .node = {}}, "watch", "motion");
  play(2);
  EXPECT_TRUE(heard(2).empty()) << "nothing is acted: the stream rests";

  act("walking", true);
  play(2);
  act("walking", false);
  play(2);
  act("typing", true);
  play(1);
  act("typing", false);
  act("walking", true);
  play(1);

  const auto values = heard(2);
  ASSERT_NEAR(static_cast<double>(values.size()), 80, 5);  // 20 Hz x (2 + 1 + 1) s, last block open
  const auto firstTyping = std::find(values.begin(), values.end(), 1000.0F);
  ASSERT_NE(firstTyping, values.end());
  EXPECT_EQ(values.front(), 0);
  EXPECT_EQ(*(firstTyping - 1), 39);
  EXPECT_EQ(*(firstTyping + 20), 40) << "walking goes on where it stopped";
  const auto blocks = bench_.blocks("watch", "motion", 2);
  EXPECT_EQ(blocks[0].rate, 20);
  EXPECT_EQ(blocks[1].timeMicros - blocks[0].timeMicros, 250'000);
}

TEST_F(ReplayTest, ARecordingEndsAndSaysSo) {
  open({.path = writeStream(folder_), .node = {}}, "watch", "motion");
  act("typing", true);

  play(12);  // there are 10 s of it

  EXPECT_EQ(heard(2).size(), 200);
  EXPECT_EQ(bench_.last("watch", "event")["event_type"], "ended");
  EXPECT_EQ(bench_.last("watch", "event")["activity"], "typing");
}

TEST_F(ReplayTest, AScriptPlaysInOrderAndFasterWhereAsked) {
  ReplayOptions options{.path = writeStream(folder_), .node = {}};
  options.speed = 2;
  options.script = parseScript("typing:2,walking:1").value();
  open(options, "watch", "motion");

  play(5);

  const auto values = heard(2);
  ASSERT_EQ(values.size(), 120);  // 40 Hz x 3 s
  EXPECT_EQ(values[0], 1000);
  EXPECT_EQ(values[80], 0);
  EXPECT_EQ(bench_.blocks("watch", "motion", 2)[0].rate, 40);
}

TEST_F(ReplayTest, ATableRunsOnInItsOrderAndJumpsWhereActed) {
  std::string text = "Date,Time,S1_Temp,S5_CO2,Count\n";
  for (int i = 0; i < 50; ++i) {
    text += "2017/12/22,10:" + std::to_string(10 + i / 2) + (i % 2 == 0 ? ":00," : ":30,") +
            std::to_string(i) + ",390," + (i < 30 ? "0" : "2") + "\n";
  }
  ReplayOptions options{
      .path = folder_.write("room.csv", text), .kind = ReplayOptions::Kind::Table, .node = {}};
  options.speed = 30;  // a row each second
  open(options, "room", "values");

  play(3);
  act("Count 2", true);
  play(2);
  act("Count 2", false);
  play(2);

  const auto values = heard(2);
  const std::vector<float> inOrder(values.begin(), values.begin() + 3);
  EXPECT_EQ(inOrder, (std::vector<float>{0, 1, 2}));
  EXPECT_EQ(values[3], 30);
  EXPECT_EQ(values.back(), 4) << "goes on behind 0 1 2 3, which were played";
  EXPECT_EQ(hubs::parseAbout(bench_.last("room", "about"))->streams[0].channels[1].unit, "ppm");
}

TEST_F(ReplayTest, ClipsPlayOneAfterAnotherOverAQuietFloor) {
  const auto tone = [](double hertz) {
    std::vector<std::int16_t> samples(32'000);
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const double t = static_cast<double>(i) / 32'000;
      samples[i] = static_cast<std::int16_t>(16'000 * std::sin(2 * 3.14159265 * hertz * t));
    }
    return samples;
  };
  folder_.write("audio/a.wav", wave(32'000, tone(500)));
  folder_.write("audio/b.wav", wave(32'000, tone(2000)));
  folder_.write("meta.csv", "filename,fold,category\na.wav,1,beep\nb.wav,1,beep\n");
  open({.path = folder_.path(), .kind = ReplayOptions::Kind::Clips, .node = {}}, "sounds",
       "microphone");
  const auto crossings = [&](std::size_t from, std::size_t to) {
    const auto values = heard(1);
    std::size_t count = 0;
    for (std::size_t i = from + 1; i < to; ++i) {
      count += (values[i - 1] < 0) != (values[i] < 0) ? 1 : 0;
    }
    return static_cast<double>(count);
  };

  play(1);
  act("beep", true);
  play(4);

  const auto values = heard(1);
  ASSERT_EQ(values.size(), 80'000);
  double floor = 0;
  for (std::size_t i = 0; i < 16'000; ++i) {
    floor += std::pow(static_cast<double>(values[i]) / 32767, 2) / 16'000;
  }
  EXPECT_NEAR(10 * std::log10(floor), -72, 1);
  EXPECT_NEAR(crossings(16'000, 32'000), 1000, 15);  // two per period of 500 Hz
  EXPECT_NEAR(crossings(32'000, 48'000), 4000, 60);
  EXPECT_EQ(bench_.last("sounds", "event")["event_type"], "ended");
}

TEST(RecordingTable, NamesWhatIsWrongWithAFile) {
  const Folder folder;

  const auto missing = RecordingTable::load(folder.path() / "none.csv", "");
  const auto broken =
      RecordingTable::load(folder.write("a.csv", "t_ms,ax,activity\n0,1,A\n50,x,A\n"), "");
  const auto standing =
      RecordingTable::load(folder.write("b.csv", "t_ms,ax,activity\n0,1,A\n0,1,A\n"), "");

  EXPECT_EQ(missing.error().code, base::ErrorCode::NotFound);
  EXPECT_NE(broken.error().message.find("row 3"), std::string::npos) << broken.error().message;
  EXPECT_EQ(standing.error().code, base::ErrorCode::Corrupt);
}

TEST(RecordingTable, ReadsARealWatch) {
  const std::filesystem::path file =
      std::filesystem::path(MIMOSA_SHARED_DATA) / "wisdm_watch" / "subject_1600.csv.gz";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "left out: the recording of a real watch is not here";
  }

  auto table = RecordingTable::load(file, "");

  ASSERT_TRUE(table.ok()) << table.error().message;
  EXPECT_DOUBLE_EQ(table->rate(), 20);
  EXPECT_EQ(table->activities().size(), 18);
  EXPECT_EQ(table->channels().size(), 6);
  std::set<std::size_t> rows;
  const std::size_t walking = table->activity("walking").value();
  while (const auto row = table->next(walking)) rows.insert(*row);
  EXPECT_EQ(rows.size(), 3595);
}

TEST(Script, IsReadOrItsWrongPartNamed) {
  const auto script = parseScript("walking:60,brushing_teeth:2.5");
  ASSERT_EQ(script->size(), 2);
  EXPECT_EQ((*script)[1].activity, "brushing_teeth");
  EXPECT_EQ((*script)[1].length, std::chrono::milliseconds(2500));
  EXPECT_NE(parseScript("walking:60,typing").error().message.find("typing"), std::string::npos);
  EXPECT_FALSE(parseScript("walking:-1").ok());
}

}  // namespace
}  // namespace app
