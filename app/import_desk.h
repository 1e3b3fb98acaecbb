#pragma once
// ImportDesk: brings recordings from files into the project that is open. It looks at what was
// chosen, waits for a person's word, and then works through it part by part. Each is read into a
// project of its own first, so that nobody who records or teaches meanwhile waits.

#include <atomic>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <vector>

#include "app/director.h"
#include "app/import_copy.h"
#include "app/import_plan.h"
#include "app/project/importers/importers.h"

namespace app {

struct ImportView {
  enum class Stage { Nothing, Looking, Ready, Working, Done };
  Stage stage = Stage::Nothing;
  ImportPlan plan;           ///< Ready and Working
  std::size_t part = 0;      ///< Working: that is at work
  std::string file;          ///< at work
  double share = 0;          ///< of all, [0, 1]
  ImportReport report;       ///< of the last import, what of it is in the project
  std::vector<std::string> troubles;  ///< of the last import: sentences
  bool stopped = false;      ///< a person ended the last import
};

/// Thread-safe; calls return at once, all else happens on a thread of its own.
class ImportDesk {
 public:
  struct Outside {
    ProjectStore& store;
    std::filesystem::path folder;  ///< for what is being read; emptied afterwards
    ImportTools tools = {};
    /// Whose labels are meant when an import is started; thread-safe.
    std::function<TaskId()> front = [] { return kFirstTask; };
    /// Keeps what was brought in, as one step of the undo list; blocking, on the desk's thread.
    std::function<base::Result<void>(TaskId task, const ImportedRecordings&,
                                     const std::string& text)>
        keep;
    std::function<void()> changed = [] {};
    /// An import has ended and nobody watched it.
    std::function<void(const ImportView&)> ended = [](const ImportView&) {};
  };

  ImportDesk(Outside outside, const base::Clock& clock);
  /// Ends what is at work, also copying: the part at work leaves nothing.
  ~ImportDesk();

  /// Looks at files and folders and adds what they hold to the plan. While one is brought in, it
  /// says that these have to wait.
  void look(std::vector<std::filesystem::path> paths);
  /// A part as a person wants it; what was recognised stays. Ready alone.
  void choose(std::size_t part, const ImportPart& chosen);
  /// Brings in all parts that are wanted and ready, each as one step of the undo list.
  void start();
  /// Ends looking or working. While files are read, those that are whole stay; once they are being
  /// copied into the project, or where it is said again, the part at work leaves nothing.
  void stop();
  /// Whether a person sees how it goes.
  void watch(bool watching) { watched_ = watching; }
  /// Forgets the plan and how the last import went; what works goes on.
  void clear();

  ImportView view() const;

 private:
  void lookNow(const std::vector<std::filesystem::path>& paths, const std::stop_token& stop);
  void work(TaskId task, const ImportPlan& plan, const std::stop_token& stop);
  void workOn(TaskId task, const ImportPart& part, double from, double share,
              const std::stop_token& stop);
  /// What the next stop() ends, where `stop` was said already.
  std::stop_token stopOfCopy(const std::stop_token& stop);
  /// From the thread of the desk; tells what changed.
  void show(const std::function<void(ImportView&)>& change);
  void trouble(const std::string& sentence);
  /// What was copied goes the way of the undo list, or leaves nothing.
  base::Result<void> keep(TaskId task, const ImportPart& part, const ImportedRecordings& imported);

  const Outside outside_;
  std::atomic<bool> watched_ = true;
  mutable std::mutex mutex_;  ///< of what follows
  ImportView view_;
  std::stop_source stop_;
  int looks_ = 0;            ///< that were asked for with `stop_` and have not ended
  bool ending_ = false;      ///< the desk itself
  Director director_;
};

/// As an importer says it to who types commands, without what only they can do.
std::string withoutOptions(const std::string& sentence);

}  // namespace app
