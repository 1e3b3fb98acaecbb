#include "app/training/files.h"

#include <chrono>

#include "tests/app/training/training_house.h"

namespace app {
namespace {

using namespace std::chrono_literals;

TEST(Files, WhatIsWrittenIsReadBackAndLeavesNothingBeside) {
  const training::Folder folder;
  const base::Bytes content = {0, 1, 2, 255};

  ASSERT_TRUE(writeWhole(folder.path() / "a", base::Bytes(10, 1)));
  ASSERT_TRUE(writeWhole(folder.path() / "a", content));

  EXPECT_EQ(readWhole(folder.path() / "a").value(), content);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "a.new"));
}

TEST(Files, FailuresNameTheFile) {
  const training::Folder folder;

  const auto missing = readWhole(folder.path() / "none");
  const auto unwritable = writeWhole(folder.path() / "no" / "such" / "file", {});
  ASSERT_TRUE(writeWhole(folder.path() / "large", base::Bytes(10)));
  const auto large = readWhole(folder.path() / "large", 9);

  EXPECT_EQ(missing.error().code, base::ErrorCode::NotFound);
  EXPECT_EQ(unwritable.error().code, base::ErrorCode::Io);
  EXPECT_NE(unwritable.error().message.find("such/file"), std::string::npos);
  EXPECT_EQ(large.error().code, base::ErrorCode::Corrupt);
}

TEST(Files, TrimmingTakesTheOldestButNotWhatIsKept) {
  const training::Folder folder;
  const auto now = std::filesystem::file_time_type::clock::now();
  int age = 4;
  for (const char* name : {"oldest", "older", "newer", "newest"}) {
    ASSERT_TRUE(writeWhole(folder.path() / name, base::Bytes(100)));
    std::filesystem::last_write_time(folder.path() / name, now - age-- * 1h);
  }

  trimFolder(folder.path(), {"oldest"}, 250);

  EXPECT_TRUE(std::filesystem::exists(folder.path() / "oldest"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "older"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "newer"));
  EXPECT_TRUE(std::filesystem::exists(folder.path() / "newest"));
}

}  // namespace
}  // namespace app
