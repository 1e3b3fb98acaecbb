#pragma once
// Copies what an importer made of files in a project of its own into the project that is open, in
// pieces, so that whoever records or teaches meanwhile waits for none of it. It lies in the bin until
// it is kept: what is not leaves nothing behind.

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/project/store.h"

namespace app {

/// What lies in the bin and what was said in it; labels by name.
struct ImportedRecordings {
  std::vector<std::int64_t> recordings;
  struct Said {
    std::string label;
    learners::Demonstration example;  ///< without label and id
  };
  std::vector<Said> said;
  std::vector<sensors::SourceInfo> sources;  ///< they came from
  sensors::WindowSpec window;                ///< usual for it; as of TaskSettings: it has none
  bool isEmpty() const { return recordings.empty(); }
};

struct CopyOptions {
  std::stop_token stop = {};
  std::function<void(double)> progress = {};  ///< share of the copied time, rising to 1
};

/// A source that is known with other channels or another rate gets another id: "import/stream-2".
/// Recordings without times of their own are laid behind those that were brought in before.
/// Errors: those of the stores; Cancelled. Then nothing stays in the bin.
base::Result<ImportedRecordings> copyIntoBin(const ProjectStore& from, ProjectStore& to,
                                             const CopyOptions& options = {});

class EditList;

/// Takes recordings out of the bin and gives them their labels, in one step of the undo list.
/// `task` gets labels that it has not, and looks at the new sources; where the project held no
/// example, the window is what is usual for them. What fails leaves them in the bin: dropFromBin().
/// Errors: as the store.
base::Result<void> keepImported(ProjectStore& store, EditList& edits, TaskId task,
                                const ImportedRecordings& imported, const std::string& text);

}  // namespace app
