#pragma once
// LookOnly: a project that cannot be changed here – another program has it, or nobody may write there –
// opened to look at; and a copy of a project to go on in.

#include <filesystem>
#include <memory>
#include <stop_token>
#include <utility>

#include "app/project/store.h"

namespace app {

/// A store that reads only: of the file itself where that can be, else of a copy as it was just now.
struct LookedAt {
  LookedAt() = default;
  LookedAt(LookedAt&& other) noexcept
      : folder(std::exchange(other.folder, {})), store(std::move(other.store)) {}
  LookedAt& operator=(LookedAt&&) = delete;
  ~LookedAt();  ///< removes the copy

  std::filesystem::path folder;  ///< for companions and, where one was needed, the copy
  std::unique_ptr<ProjectStore> store;
};
/// The file is not altered. Blocks for as long as a copy takes.
/// Errors: as ProjectStore::open; Io where there is no room for the copy; Cancelled.
base::Result<LookedAt> openToLook(const std::filesystem::path& file,
                                  const std::stop_token& stop = {});

/// Writes everything `store` holds at this moment into `file`, which appears whole or not at all;
/// blocks for as long as that takes. Thread-safe.
/// Errors: InvalidArgument where `file` is there already; Io; Cancelled.
base::Result<void> copyProject(const ProjectStore& store, const std::filesystem::path& file,
                               const std::stop_token& stop = {});

}  // namespace app
