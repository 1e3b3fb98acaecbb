#pragma once
// The project as it was: labels, examples, settings, models and answers of a moment in the past, as
// a project of its own that is open for reading only. Made by taking back, one by one, every edit
// since. Samples, pictures and models' contents are not copied: ask the real project for them.

#include "app/project/store.h"

namespace app {

struct PastProject {
  std::unique_ptr<ProjectStore> store;  ///< open for reading only
  std::filesystem::path folder;         ///< where it lies; removed with this object
  /// Edits that could not be taken back because what they changed is gone for good.
  std::size_t skipped = 0;

  PastProject() = default;
  PastProject(PastProject&&) noexcept = default;
  PastProject& operator=(PastProject&&) = delete;
  ~PastProject();
};

/// The state of `store` right after everything up to `time`. What was done to recordings outside of
/// edits (imports, what was forgotten for good) shows as it is today.
/// Errors: Io where there is no room for it; those of the store.
base::Result<PastProject> projectAsOf(const ProjectStore& store, base::Time time);

}  // namespace app
