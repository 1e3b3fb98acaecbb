#pragma once
// TempProject: a fresh folder for a project file, removed at the end.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <memory>
#include <string>
#include <unistd.h>

#include "app/project/store.h"

namespace support {

class TempProject {
 public:
  TempProject() {
    std::string pattern = (std::filesystem::temp_directory_path() / "mimosa-test-XXXXXX").string();
    if (!mkdtemp(pattern.data())) {
      ADD_FAILURE() << "no folder for a test project";
      std::abort();
    }
    folder_ = std::filesystem::canonical(pattern);
  }
  ~TempProject() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  TempProject(const TempProject&) = delete;
  TempProject& operator=(const TempProject&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path file() const { return folder_ / "house.mimosa"; }

  /// Opens the project, made where missing; ends the test program where that fails.
  std::unique_ptr<app::ProjectStore> open(app::OpenMode mode = app::OpenMode::Control) const {
    auto store = app::ProjectStore::open(file(), mode);
    if (!store) {
      ADD_FAILURE() << store.error().message;
      std::abort();
    }
    return std::move(store).value();
  }

  std::string bytes() const {
    std::ifstream stream(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  void setBytes(const std::string& bytes) const {
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
  }
  /// Names of all files beside each other, sorted.
  std::vector<std::string> fileNames() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace support
