// The broker is killed in the midst of a recording: the program goes on, the gap is marked, and
// everything comes back by itself.

#include <csignal>
#include <fstream>
#include <gtest/gtest.h>

#include "app/project/store.h"
#include "tests/support/home_session.h"

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::live;
using support::waitUntil;

/// Process ids of this program's children called `name`.
std::vector<int> childrenCalled(const std::string& name) {
  std::vector<int> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream file(entry.path() / "stat");
    int pid = 0, parent = 0;
    std::string command, state;
    if (file >> pid >> command >> state >> parent && parent == getpid() &&
        command == "(" + name + ")") {
      found.push_back(pid);
    }
  }
  return found;
}

std::uint64_t blocksOf(const app::Session& session, const std::string& source) {
  for (const app::SourceView& view : session.snapshot()->sources) {
    if (view.info.id == source) return view.counts.blocks;
  }
  return 0;
}

TEST(BrokerLoss, ARecordingGoesOnItsGapIsMarkedAndEverythingComesBack) {
  const support::TempFolder folder;
  auto session = support::openSession(support::homeOptions(folder.path()));
  ASSERT_TRUE(session);
  ASSERT_TRUE(support::waitForSource(*session, "kitchen/vibration")) << support::describe(*session);
  session->addLabel("Kettle");
  ASSERT_TRUE(waitUntil([&] { return support::labelId(*session, "Kettle") != 0; }));
  session->startRecording(support::labelId(*session, "Kettle"));
  live(*session, seconds(2));

  const auto brokers = childrenCalled("mosquitto");
  ASSERT_EQ(brokers.size(), 1U);
  kill(brokers.front(), SIGKILL);

  EXPECT_TRUE(waitUntil([&] { return session->snapshot()->link.state == hubs::LinkState::Lost; }));
  EXPECT_TRUE(session->snapshot()->recording.active) << "a lost hub ends no recording";
  ASSERT_TRUE(waitUntil([&] { return session->snapshot()->link.state == hubs::LinkState::Online; },
                        seconds(30)))
      << support::describe(*session);
  const auto before = blocksOf(*session, "kitchen/vibration");
  ASSERT_TRUE(
      waitUntil([&] { return blocksOf(*session, "kitchen/vibration") > before + 3; }, seconds(30)))
      << support::describe(*session);
  session->stopRecording();
  ASSERT_TRUE(waitUntil([&] { return support::enabledOf(*session, "Kettle") == 1; }));
  EXPECT_TRUE(waitUntil(
      [&] {
        const auto workers = session->snapshot()->workers;
        return !workers.empty() && workers.front().online;
      },
      seconds(30)))
      << "the worker is back too";

  session.reset();
  const auto store = app::ProjectStore::open(folder.path() / "home.mimosa");
  ASSERT_TRUE(store);
  const auto recordings = (*store)->recordings();
  ASSERT_EQ(recordings->size(), 1U);
  EXPECT_TRUE(recordings->front().gapped);
}

}  // namespace
