// Kills a program that records and labels at random moments, again and again on the same project:
// whatever it had acknowledged is there, and nothing needs a repair. MIMOSA_CRASH_ROUNDS sets how
// often (25), MIMOSA_CRASH_SEED where the random moments begin.

#include <cstdlib>
#include <gtest/gtest.h>
#include <random>
#include <set>
#include <sqlite3.h>
#include <sstream>

#include "app/project/store.h"
#include "tests/support/killed_program.h"
#include "tests/support/temp_project.h"

namespace app {

namespace {

int numberFrom(const char* variable, int usual) {
  const char* const text = std::getenv(variable);
  return text ? std::atoi(text) : usual;
}

/// What the writer acknowledged, over all rounds.
struct Acknowledged {
  std::set<std::int64_t> labels;
  std::set<std::int64_t> examples;
  std::int64_t fence = 0;
  bool ready = false;         ///< in this round
  base::Time recordingBegin;  ///< first of this round; {0} where none began
  base::Time newest;          ///< moment of this round's last acknowledgement

  void add(const std::string& line) {
    std::istringstream words(line);
    std::string what;
    std::int64_t id = 0;
    std::int64_t ns = 0;
    words >> what >> id >> ns;
    if (what == "ready") {
      ready = true;
    } else if (what == "fence") {
      fence = id;
    } else if (what == "recording") {
      recordingBegin = recordingBegin.ns == 0 ? base::Time{ns} : recordingBegin;
    } else {
      (what == "label" ? labels : examples).insert(id);
      newest = {ns};
    }
  }
};

/// Runs the writer for `life`, kills it, and notes what it said.
void runWriter(const std::filesystem::path& file, int seed, std::chrono::milliseconds life,
               Acknowledged& said) {
  const auto lines = support::runAndKill({CRASH_WRITER, file.string(), std::to_string(seed)}, life,
                                         support::LifeFrom::Start);
  for (const std::string& line : lines) {
    said.add(line);
  }
}

void expectAllThere(const ProjectStore& store, const Acknowledged& said) {
  const auto foundLabels = store.labels().value();
  std::set<std::int64_t> labels;
  for (const auto& label : foundLabels) {
    labels.insert(label.id);
  }
  const auto foundExamples = store.demonstrations().value();
  std::set<std::int64_t> examples;
  for (const auto& example : foundExamples) {
    examples.insert(example.id);
    EXPECT_LE(example.span.begin, example.span.end);
  }
  EXPECT_TRUE(std::includes(labels.begin(), labels.end(), said.labels.begin(), said.labels.end()));
  EXPECT_TRUE(
      std::includes(examples.begin(), examples.end(), said.examples.begin(), said.examples.end()));
}

/// Samples of the last recording reach to within a second of the last acknowledgement.
void expectSamplesReach(const ProjectStore& store, const Acknowledged& said) {
  const base::Time due = said.newest - std::chrono::seconds(1);
  if (said.recordingBegin.ns == 0 || due <= said.recordingBegin) {
    return;
  }
  const auto recordings = store.recordings().value();
  base::Time reached;
  for (const Recording& recording : recordings) {
    EXPECT_LE(recording.span.begin, recording.span.end);
    if (recording.span.end < due) {
      continue;
    }
    const auto blocks = store.readBlocks(recording.id, "kitchen/imu",
                                         {due - std::chrono::seconds(1), recording.span.end});
    ASSERT_TRUE(blocks.ok()) << blocks.error().message;
    if (!blocks->empty()) {
      reached = std::max(reached, blocks->back()->end());
    }
  }
  EXPECT_GE(reached, due) << base::toSeconds(said.newest - reached) << " s are missing";
}

std::string integrity(const std::filesystem::path& file) {
  sqlite3* database = nullptr;
  sqlite3_stmt* statement = nullptr;
  std::string answer = "unreadable";
  if (sqlite3_open_v2(file.c_str(), &database, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK &&
      sqlite3_prepare_v2(database, "PRAGMA integrity_check", -1, &statement, nullptr) ==
          SQLITE_OK &&
      sqlite3_step(statement) == SQLITE_ROW) {
    answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  }
  sqlite3_finalize(statement);
  sqlite3_close(database);
  return answer;
}

TEST(Crash, LosesNothingThatWasAcknowledged) {
  const support::TempProject project;
  const int rounds = numberFrom("MIMOSA_CRASH_ROUNDS", 25);
  std::mt19937 random(static_cast<unsigned>(numberFrom("MIMOSA_CRASH_SEED", 1)));
  Acknowledged said;
  std::int64_t epoch = 0;

  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    said.ready = false;
    said.recordingBegin = {};
    const bool longer = round % 5 == 4;  // long enough to miss a second of samples
    const int life = static_cast<int>(random() % 400) + (longer ? 1500 : 20);
    runWriter(project.file(), round, std::chrono::milliseconds(life), said);

    auto store = ProjectStore::open(project.file());

    ASSERT_TRUE(store.ok()) << store.error().message;
    EXPECT_TRUE((*store)->recoveredAfterCrash() || !said.ready);
    EXPECT_GT((*store)->epoch(), epoch + (said.ready ? 1 : 0));
    epoch = (*store)->epoch();
    expectAllThere(**store, said);
    expectSamplesReach(**store, said);
    EXPECT_GT((*store)->nextFence("train").value(), said.fence);
  }

  EXPECT_GT(said.labels.size(), static_cast<std::size_t>(rounds));
  EXPECT_EQ(project.fileNames(), std::vector<std::string>{"house.mimosa"});
  EXPECT_EQ(integrity(project.file()), "ok");
}

}  // namespace

}  // namespace app
