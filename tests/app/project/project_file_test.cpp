#include "app/project/project_file.h"

#include <gtest/gtest.h>
#include <random>
#include <sqlite3.h>

#include "app/project/store.h"
#include "tests/app/project/sample_blocks.h"
#include "tests/support/temp_project.h"

namespace app {

namespace {

using support::TempProject;

void runSql(const std::filesystem::path& file, const char* sql) {
  sqlite3* database = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
  EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK)
      << sqlite3_errmsg(database);
  sqlite3_close(database);
}

/// A project with something in every place that matters.
void fill(const TempProject& project) {
  const auto store = project.open();
  const auto label = store->addLabel({.name = "Tap"}).value();
  const auto recording = store->addRecording({}).value();
  const auto source = project_test::motion();
  std::vector<sensors::BlockPtr> blocks;
  for (std::uint64_t i = 0; i < 100; ++i) {
    blocks.push_back(project_test::motionBlock(source, i));
  }
  ASSERT_TRUE(store->appendChunks(recording, blocks).ok());
  ASSERT_TRUE(store->addDemonstration({.label = label, .recording = recording}).ok());
  ASSERT_TRUE(store->putBlob("model", base::Bytes(20'000, 7)).ok());
}

/// Opening is refused with `code`, and neither the file nor its folder changes.
void expectRefused(const TempProject& project, base::ErrorCode code, const std::string& reason) {
  const std::string before = project.bytes();
  for (const OpenMode mode : {OpenMode::Control, OpenMode::ReadOnly}) {
    const auto store = ProjectStore::open(project.file(), mode);

    ASSERT_FALSE(store.ok());
    EXPECT_EQ(store.error().code, code) << store.error().message;
    EXPECT_NE(store.error().message.find(reason), std::string::npos) << store.error().message;
    EXPECT_TRUE(project.bytes() == before);
    EXPECT_EQ(project.fileNames(), std::vector<std::string>{"house.mimosa"});
  }
}

TEST(ProjectFile, RefusesFilesOfOtherPrograms) {
  const TempProject project;
  project.setBytes(
      "just some text that somebody wrote into a file, longer than a header is, so "
      "that only its content tells what it is not");

  expectRefused(project, base::ErrorCode::Corrupt, "not a Mimosa project");
}

TEST(ProjectFile, RefusesDatabasesOfOtherPrograms) {
  const TempProject project;
  runSql(project.file(), "CREATE TABLE label(id INTEGER PRIMARY KEY, name TEXT)");

  expectRefused(project, base::ErrorCode::Corrupt, "another program");
}

TEST(ProjectFile, RefusesDatabasesOfOtherProgramsWithAWriteAheadLog) {
  const TempProject project;
  runSql(project.file(), "PRAGMA journal_mode=WAL; CREATE TABLE other(a)");

  expectRefused(project, base::ErrorCode::Corrupt, "another program");
}

TEST(ProjectFile, RefusesNewerProjects) {
  const TempProject project;
  project.open();
  runSql(project.file(), "PRAGMA user_version=99");

  expectRefused(project, base::ErrorCode::Unsupported, "file version 99");
}

TEST(ProjectFile, RefusesProjectsWithAPlantedTriggerOrView) {
  for (const char* const sql :
       {"CREATE TRIGGER evil AFTER INSERT ON label BEGIN DELETE FROM demonstration; END",
        "CREATE VIEW evil AS SELECT * FROM label", "ALTER TABLE label ADD COLUMN evil TEXT",
        "DROP INDEX chunk_by_time"}) {
    const TempProject project;
    project.open();
    runSql(project.file(), sql);

    expectRefused(project, base::ErrorCode::Corrupt, "not those of a project");
  }
}

TEST(ProjectFile, RefusesAProjectCutShortAnywhere) {
  const TempProject whole;
  fill(whole);
  const std::string bytes = whole.bytes();
  ASSERT_GT(bytes.size(), 40'000u);

  for (std::size_t size = 1; size < bytes.size(); size += 1531) {
    const TempProject project;
    project.setBytes(bytes.substr(0, size));

    expectRefused(project, base::ErrorCode::Corrupt, "not changed");
  }
}

TEST(ProjectFile, SurvivesFlippedBitsAnywhere) {
  const TempProject whole;
  fill(whole);
  const std::string bytes = whole.bytes();
  std::mt19937 random(4711);
  int refused = 0;

  for (int round = 0; round < 60; ++round) {
    const TempProject project;
    std::string damaged = bytes;
    const std::size_t range = round % 2 == 0 ? 4096 : bytes.size();
    damaged[random() % range] ^= static_cast<char>(1 << random() % 8);
    project.setBytes(damaged);

    auto store = ProjectStore::open(project.file());

    if (!store) {
      ++refused;
      EXPECT_TRUE(project.bytes() == damaged) << store.error().message;
      continue;
    }
    const auto recordings = (*store)->recordings();
    for (const Recording& recording : recordings ? *recordings : std::vector<Recording>()) {
      static_cast<void>(
          (*store)->readBlocks(recording.id, "kitchen/imu", {{0}, {project_test::kStart.ns * 2}}));
    }
    static_cast<void>((*store)->labels());
    static_cast<void>((*store)->demonstrations());
    static_cast<void>((*store)->blob("model"));
  }
  EXPECT_GT(refused, 2);
}

TEST(ProjectFile, TakesAnEmptyFileForANewProject) {
  const TempProject project;
  project.setBytes("");

  const auto store = ProjectStore::open(project.file());

  ASSERT_TRUE(store.ok()) << store.error().message;
  EXPECT_FALSE((*store)->recoveredAfterCrash());
}

TEST(ProjectFile, KeepsALogWhoseProjectWentMissing) {
  const TempProject project;
  std::ofstream(project.file().string() + "-wal") << "data of somebody";

  const auto store = ProjectStore::open(project.file());

  EXPECT_EQ(store.error().code, base::ErrorCode::Corrupt);
  EXPECT_EQ(project.fileNames(), std::vector<std::string>{"house.mimosa-wal"});
}

TEST(ProjectFile, SaysWhenThereIsNothingToRead) {
  const TempProject project;

  EXPECT_EQ(ProjectStore::open(project.file(), OpenMode::ReadOnly).error().code,
            base::ErrorCode::Io);
  EXPECT_EQ(ProjectStore::open(project.folder() / "none" / "x.mimosa").error().code,
            base::ErrorCode::Io);
  EXPECT_EQ(ProjectStore::open(project.folder()).error().code, base::ErrorCode::Corrupt);
}

}  // namespace

}  // namespace app
