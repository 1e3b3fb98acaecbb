// Recordings that come from files teach as what a person shows does.

#include <gtest/gtest.h>
#include <cmath>

#include "app/import_desk.h"
#include "tests/app/headless/import_files.h"
#include "tests/support/home_session.h"

namespace {

using Stage = app::ImportView::Stage;

bool soon(const std::function<bool()>& condition) {
  return support::waitUntil(condition, std::chrono::seconds(120));
}

/// Two seconds of a tone.
std::string tone(double hertz) {
  std::vector<float> samples(32000);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    samples[i] = static_cast<float>(0.3 * std::sin(6.2832 * hertz * static_cast<double>(i) / 16000) +
                                    0.01 * std::sin(static_cast<double>(i * i)));
  }
  return support::wavBytes(samples, 16000);
}

TEST(ImportInASession, TrainsByItselfAndIsTakenBackInOneStep) {
  support::TempFolder folder;
  const auto all = folder.path() / "sounds";
  for (int i = 0; i < 3; ++i) {
    for (const auto& [name, hertz] : {std::pair("Kettle", 300.0), std::pair("Tap", 3000.0)}) {
      std::filesystem::create_directories(all / name);
      support::writeFile(all / name / (std::to_string(i) + ".wav"), tone(hertz + 10 * i));
    }
  }
  app::SessionOptions options = support::homeOptions(folder.path());
  options.startWorker = options.startDemoHome = false;
  const auto session = support::openSession(options);

  session->imports().look({all});
  ASSERT_TRUE(soon([&] { return session->imports().view().stage == Stage::Ready; }));
  session->imports().start();
  ASSERT_TRUE(soon([&] { return session->imports().view().stage == Stage::Done; }));

  EXPECT_EQ(session->imports().view().report.recordings, 6u);
  ASSERT_TRUE(soon([&] { return session->snapshot()->model.version == 1; }))
      << support::describe(*session);
  EXPECT_EQ(support::enabledOf(*session, "Kettle"), 3);
  EXPECT_TRUE(soon([&] { return session->library().contents()->recordings.size() == 6; }))
      << "they are there to look at";
  EXPECT_EQ(session->snapshot()->undoText, "3 recordings brought in");

  session->undo();
  EXPECT_TRUE(soon([&] { return support::labelId(*session, "Tap") == 0; }));
  EXPECT_EQ(support::enabledOf(*session, "Kettle"), 3);
  session->redo();
  EXPECT_TRUE(soon([&] { return support::enabledOf(*session, "Tap") == 3; }));
}

}  // namespace
