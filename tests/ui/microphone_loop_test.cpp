// The first minute with nothing but this computer's microphone, by keyboard alone: real sounds are
// played in real time into a silent loudspeaker that the microphone hears. Then the microphone is
// pulled out and put back.

#include <fstream>
#include <sstream>

#include "tests/support/sound_house.h"
#include "tests/ui/person_at_window.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using State = learners::PredictionState;

std::filesystem::path clips() { return std::filesystem::path(MIMOSA_SHARED) / "data/esc10"; }

/// Files of one kind of sound, by name.
std::vector<std::filesystem::path> clipsOf(const std::string& category) {
  std::vector<std::filesystem::path> files;
  std::ifstream table(clips() / "meta.csv");
  for (std::string line; std::getline(table, line);) {
    std::istringstream row(line);
    std::string name, fold, target, kind;
    std::getline(row, name, ',');
    std::getline(row, fold, ',');
    std::getline(row, target, ',');
    std::getline(row, kind, ',');
    if (kind == category) files.push_back(clips() / "audio" / name);
  }
  return files;
}

struct MicrophoneAlone : ui_test::PersonAtWindow {
  std::unique_ptr<support::SoundHouse> sound;

  void SetUp() override {
    if (const auto missing = support::SoundHouse::missing()) GTEST_SKIP() << *missing;
    if (!std::filesystem::exists(clips())) {
      GTEST_SKIP() << "left out: there are no recordings beside this folder";
    }
    sound = std::make_unique<support::SoundHouse>(folder.path());
    ASSERT_TRUE(sound->plugIn()) << "the sound system did not start";
    app::SessionOptions options = support::homeOptions(folder.path());
    options.startDemoHome = false;
    open(options);
  }

  std::string microphone() const {
    const auto snapshot = session->snapshot();
    return snapshot->locals.empty() ? std::string() : snapshot->locals.front().source.id;
  }
  bool hears() const {
    const auto snapshot = session->snapshot();
    for (const auto& source : snapshot->sources) {
      if (source.info.id == microphone()) return source.counts.blocks > 5 && !source.silent;
    }
    return false;
  }
  /// Plays three clips and holds the key at each.
  void show(const char* label, Qt::Key key, const std::vector<std::filesystem::path>& files) {
    newLabel(label);
    for (int i = 1; i <= 3; ++i) {
      sound->play(files.at(static_cast<std::size_t>(i - 1)));
      pass(milliseconds(1200));
      hold(key, milliseconds(2200));
      sound->stopPlaying();
      ASSERT_TRUE(until([&] { return support::enabledOf(*session, label) == i; }))
          << label << " " << i << "\n" << support::describe(*session);
    }
  }
  /// Whether one of the clips, none of them shown before, is answered with `label`.
  bool isHeardAs(const std::string& label, const std::vector<std::filesystem::path>& files) {
    for (std::size_t i = 3; i < 7; ++i) {
      sound->play(files.at(i));
      if (until([&] { return support::heardNow(*session) == label; }, seconds(5))) return true;
    }
    return false;
  }
};

TEST_F(MicrophoneAlone, IsTaughtAnswersAndIsPulledOutAndPutBack) {
  const auto rain = clipsOf("rain");
  const auto saw = clipsOf("chainsaw");
  ASSERT_GT(rain.size(), 7u);
  ASSERT_GT(saw.size(), 7u);
  ASSERT_TRUE(until([&] { return !session->snapshot()->localKinds.empty(); }));
  pass(milliseconds(300));
  picture("mic-1-nothing-yet");

  ++actions;
  tap(Qt::Key_Return);  // "Use this computer's microphone"
  ASSERT_TRUE(until([&] { return hears(); }, seconds(20))) << support::describe(*session);
  std::printf("heard after %.1f s\n", seconds_());
  pass(milliseconds(300));
  ++actions;
  tap(Qt::Key_Return);  // ten quiet seconds
  ASSERT_TRUE(until([&] { return support::enabledOf(*session, "Background") >= 1; }, seconds(20)))
      << support::describe(*session);

  show("Rain", Qt::Key_1, rain);
  show("Saw", Qt::Key_2, saw);
  ASSERT_TRUE(until([&] { return model().version >= 1; }, seconds(20)))
      << support::describe(*session);
  std::printf("first model after %.1f s\n", seconds_());
  ASSERT_TRUE(isHeardAs("Rain", rain)) << support::describe(*session);
  std::printf("live answer after %.1f s, %d actions\n", seconds_(), actions);
  pass(milliseconds(500));
  picture("mic-2-live-answer");
  ASSERT_TRUE(isHeardAs("Saw", saw)) << support::describe(*session);
  EXPECT_LE(actions, 12);

  sound->stopPlaying();
  sound->pullOut();
  ASSERT_TRUE(until(
      [&] {
        const auto answer = session->latest();
        return answer && (answer->stale || answer->prediction.state == State::NoData);
      },
      seconds(10)))
      << support::describe(*session);
  ASSERT_TRUE(until([&] { return !session->snapshot()->locals.front().trouble.empty(); }));
  std::printf("pulled out: %s\n", session->snapshot()->locals.front().trouble.c_str());
  pass(seconds(3));
  QString shown;
  for (const auto* label : window->findChildren<QLabel*>()) {
    if (label->isVisible()) shown += label->text() + QLatin1Char('\n');
  }
  EXPECT_TRUE(shown.contains(QStringLiteral("no data from"), Qt::CaseInsensitive))
      << shown.toStdString();
  picture("mic-3-pulled-out");
  tap(Qt::Key_5, Qt::ControlModifier);
  pass(milliseconds(300));
  picture("mic-4-house-pulled-out");

  ASSERT_TRUE(sound->plugIn());
  ASSERT_TRUE(until([&] { return hears(); }, seconds(30))) << support::describe(*session);
  EXPECT_TRUE(isHeardAs("Rain", rain)) << support::describe(*session);
  EXPECT_TRUE(until([&] { return session->snapshot()->locals.front().trouble.empty(); }));
  picture("mic-5-house");
  std::printf("back and answering after %.1f s\n", seconds_());
}

}  // namespace
