#include "app/import_desk.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <set>
#include <unistd.h>

#include "app/project/forget.h"
#include "app/project/importers/file_importers.h"
#include "sensors/base/log.h"

namespace app {

namespace {

namespace fs = std::filesystem;

constexpr double kSoundRate = 16000;  ///< what extractors of sound are made for
/// Left free on the disk, for what is recorded and said meanwhile.
constexpr std::uint64_t kLeftFree = std::uint64_t{64} << 20;

/// How much of the work on a part is reading it; the rest is copying it into the project.
constexpr double kReading = 0.8;

constexpr std::string_view kScratchName = "import-";

/// Removes what programs left that ended while they read: folders of a process that is not there
/// and that nobody wrote to for a day, in case it is another computer's.
void removeAbandoned(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> old;
  for (auto entry = fs::directory_iterator(folder, error);
       !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (!name.starts_with(kScratchName)) continue;
    const int process = std::atoi(name.c_str() + kScratchName.size());
    std::error_code none;
    const auto age = fs::file_time_type::clock::now() - fs::last_write_time(entry->path(), none);
    const bool isGone = process > 0 && ::kill(process, 0) != 0 && errno == ESRCH;
    if (isGone && !none && age > std::chrono::hours(24)) old.push_back(entry->path());
  }
  for (const fs::path& one : old) fs::remove_all(one, error);
}

/// A project that is removed with all its files at the end.
class Scratch {
 public:
  explicit Scratch(const fs::path& folder)
      : folder_(folder / (std::string(kScratchName) + std::to_string(::getpid()))) {
    removeAbandoned(folder);
    remove();
    std::error_code error;
    fs::create_directories(folder_, error);
    auto opened = ProjectStore::open(folder_ / "import.mimosa");
    if (opened) {
      store_ = *std::move(opened);
    } else {
      error_ = opened.error();
    }
  }
  ~Scratch() {
    store_.reset();
    remove();
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  ProjectStore* store() const { return store_.get(); }
  /// Bytes that were read so far.
  std::uint64_t size() const {
    std::uint64_t all = 0;
    for (const char* const file : {"import.mimosa", "import.mimosa-wal"}) {
      std::error_code error;
      const std::uintmax_t bytes = fs::file_size(folder_ / file, error);
      all += error ? 0 : bytes;
    }
    return all;
  }
  const base::Error& error() const { return error_; }

 private:
  void remove() const {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }

  fs::path folder_;
  std::unique_ptr<ProjectStore> store_;
  base::Error error_;
};

std::vector<std::string> ignoredOf(const ImportPart& part) {
  std::vector<std::string> ignored = part.texts;
  std::erase(ignored, part.labelColumn);
  return ignored;
}

base::Result<ImportReport> importPart(ProjectStore& store, const ImportPart& part,
                                      const ImportTools& tools, const ImportOptions& options) {
  switch (part.kind) {
    case ImportKind::Sounds:
      return importSounds(store, {.files = part.files, .label = part.label, .rate = kSoundRate},
                          options);
    case ImportKind::Films:
      return importVideos(store,
                          {.files = part.files,
                           .label = part.label,
                           .rate = part.chosenRate,
                           .program = tools.camera},
                          options);
    case ImportKind::Signals:
      return importStream(store,
                          {.files = part.files,
                           .labelColumn = part.labelColumn,
                           .ignored = ignoredOf(part),
                           .rate = part.hasTime ? 0 : part.chosenRate},
                          options);
    case ImportKind::Table:
      return importTable(
          store, {.files = part.files, .labelColumn = part.labelColumn, .ignored = ignoredOf(part)},
          options);
    case ImportKind::Clips:
      return importClips(store, {.folder = part.files.front(), .rate = kSoundRate}, options);
    case ImportKind::Pictures:
      return importPictures(store, {.folder = part.files.front(), .rate = part.chosenRate},
                            options);
    case ImportKind::EdgeImpulse:
      return importEdgeImpulse(store, {.files = part.files, .label = part.label}, options);
  }
  return base::invalid("this kind cannot be brought in");
}

/// Importers of films count within each file, the others over all.
double shareOf(const ImportPart& part, const std::string& file, double done) {
  if (part.kind != ImportKind::Films || part.files.empty()) return done;
  const auto at = std::find_if(part.files.begin(), part.files.end(),
                               [&](const fs::path& f) { return f.filename().string() == file; });
  return (static_cast<double>(at - part.files.begin()) + done) /
         static_cast<double>(part.files.size());
}

bool isTaken(const ImportPart& part) { return part.wanted && part.isReady(); }

std::string sentence(std::string text) {
  const bool isName = text.substr(0, text.find(' ')).find('.') != std::string::npos;
  if (!text.empty() && !isName) {
    text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  }
  if (!text.empty() && !text.ends_with('.')) text += '.';
  return text;
}

}  // namespace

std::string withoutOptions(const std::string& text) {
  std::string left;
  // Clauses end at ";" and "("; one that speaks of an option is left out.
  for (std::size_t from = 0; from < text.size();) {
    std::size_t to = std::min(text.find_first_of(";(", from + 1), text.size());
    if (text[from] == '(') to = std::min(text.find(')', from), text.size() - 1) + 1;
    const std::string clause = text.substr(from, to - from);
    if (clause.find("--") == clause.npos) left += clause;
    from = to;
  }
  while (left.ends_with(' ')) left.pop_back();
  return left;
}

ImportDesk::ImportDesk(Outside outside, const base::Clock& clock)
    : outside_(std::move(outside)), director_(clock) {}

ImportDesk::~ImportDesk() {
  {
    std::lock_guard lock(mutex_);
    ending_ = true;
    stop_.request_stop();
  }
  director_.stop();
}

ImportView ImportDesk::view() const {
  std::lock_guard lock(mutex_);
  return view_;
}

void ImportDesk::show(const std::function<void(ImportView&)>& change) {
  {
    std::lock_guard lock(mutex_);
    change(view_);
  }
  outside_.changed();
}

void ImportDesk::look(std::vector<fs::path> paths) {
  if (paths.empty()) return;
  show([&](ImportView& view) {
    if (view.stage == ImportView::Stage::Working) {
      view.plan.notTaken = {"Choose the new files again when these are brought in."};
      return;
    }
    if (view.stage == ImportView::Stage::Done) view = {};
    if (view.stage != ImportView::Stage::Looking) {
      stop_ = std::stop_source();
      looks_ = 0;
    }
    view.stage = ImportView::Stage::Looking;
    ++looks_;
    director_.post(
        [this, stop = stop_.get_token(), paths = std::move(paths)] { lookNow(paths, stop); });
  });
}

void ImportDesk::lookNow(const std::vector<fs::path>& paths, const std::stop_token& stop) {
  ImportPlan found = planImport(paths, outside_.tools, stop);
  show([&](ImportView& view) {
    if (stop.stop_requested()) return;
    addTo(view.plan, std::move(found));
    if (--looks_ == 0) view.stage = ImportView::Stage::Ready;
  });
}

void ImportDesk::choose(std::size_t part, const ImportPart& chosen) {
  show([&](ImportView& view) {
    if (view.stage != ImportView::Stage::Ready || part >= view.plan.parts.size()) return;
    ImportPart& kept = view.plan.parts[part];
    kept.wanted = chosen.wanted;
    kept.label = chosen.label;
    kept.labelColumn = chosen.labelColumn;
    kept.chosenRate = chosen.chosenRate;
    const bool isCsv = kept.kind == ImportKind::Signals || kept.kind == ImportKind::Table;
    if (isCsv && (chosen.kind == ImportKind::Signals || chosen.kind == ImportKind::Table)) {
      kept.kind = chosen.kind;
    }
  });
}

void ImportDesk::start() {
  const TaskId task = outside_.front();
  show([&](ImportView& view) {
    const auto& parts = view.plan.parts;
    if (view.stage != ImportView::Stage::Ready ||
        std::none_of(parts.begin(), parts.end(), isTaken)) {
      return;
    }
    stop_ = std::stop_source();
    view = {.stage = ImportView::Stage::Working, .plan = std::move(view.plan)};
    director_.post(
        [this, task, stop = stop_.get_token(), plan = view.plan] { work(task, plan, stop); });
  });
}

void ImportDesk::stop() {
  show([&](ImportView& view) {
    stop_.request_stop();
    if (view.stage != ImportView::Stage::Looking) return;
    view.stage = view.plan.parts.empty() ? ImportView::Stage::Nothing : ImportView::Stage::Ready;
  });
}

void ImportDesk::clear() {
  show([&](ImportView& view) {
    if (view.stage == ImportView::Stage::Working) return;
    stop_.request_stop();
    view = {};
  });
}

void ImportDesk::trouble(const std::string& text) {
  show([&](ImportView& view) { view.troubles.push_back(sentence(withoutOptions(text))); });
}

void ImportDesk::work(TaskId task, const ImportPlan& plan, const std::stop_token& stop) {
  double all = 0;
  double done = 0;
  const auto weightOf = [](const ImportPart& part) {
    return static_cast<double>(std::max<std::size_t>(1, part.count));
  };
  for (const ImportPart& part : plan.parts) all += isTaken(part) ? weightOf(part) : 0;
  for (std::size_t i = 0; i < plan.parts.size() && !stop.stop_requested(); ++i) {
    const ImportPart& part = plan.parts[i];
    if (!isTaken(part)) continue;
    show([&](ImportView& view) {
      view.part = i;
      view.file = part.name;
    });
    workOn(task, part, done / all, weightOf(part) / all, stop);
    done += weightOf(part);
  }
  show([&](ImportView& view) {
    view.stage = ImportView::Stage::Done;
    view.stopped = stop.stop_requested();
    view.plan = {};
    view.share = 1;
    view.file.clear();
  });
  if (!watched_) outside_.ended(view());
}

void ImportDesk::workOn(TaskId task, const ImportPart& part, double from, double share,
                        const std::stop_token& stop) {
  const Scratch scratch(outside_.folder);
  if (!scratch.store()) return trouble(scratch.error().message);
  // What is read is written once more when it is copied.
  const auto hasRoom = [&](std::uint64_t size) {
    return outside_.store.diskFree() > size + kLeftFree;
  };
  std::stop_source enough;
  const std::stop_callback stopped(stop, [&] { enough.request_stop(); });
  bool isFull = false;
  const auto progress = [&](const std::string& file, double done) {
    if (!isFull && !hasRoom(scratch.size())) {
      isFull = true;
      enough.request_stop();
    }
    show([&](ImportView& view) {
      view.file = file;
      view.share = from + share * kReading * std::clamp(shareOf(part, file, done), 0.0, 1.0);
    });
  };
  const auto read = importPart(*scratch.store(), part, outside_.tools,
                               {.progress = progress, .stop = enough.get_token()});
  if (isFull || !hasRoom(scratch.size())) {
    return trouble("There is not enough room on the disk for " + part.name + ".");
  }
  // An importer that was stopped speaks of its own files alone; the view says what came of all.
  const bool wasStopped = !read && read.error().code == base::ErrorCode::Cancelled;
  if (!read && !wasStopped) trouble(read.error().message);
  // Files before the one that failed are whole, and so is what was read until somebody said stop.
  const auto imported = copyIntoBin(
      *scratch.store(), outside_.store,
      {.stop = stopOfCopy(stop), .progress = [&](double done) {
         show([&](ImportView& view) {
           view.file = part.name;
           view.share = std::max(view.share, from + share * (kReading + (1 - kReading) * done));
         });
       }});
  if (!imported) {
    if (imported.error().code != base::ErrorCode::Cancelled) trouble(imported.error().message);
    return;
  }
  if (imported->isEmpty()) return;
  if (const auto kept = keep(task, part, *imported); !kept) return trouble(kept.error().message);
  show([&](ImportView& view) {
    view.report.recordings += imported->recordings.size();
    view.report.demonstrations += imported->said.size();
    std::set<std::string> names;
    for (const auto& said : imported->said) names.insert(said.label);
    view.report.labels += names.size();
  });
}

std::stop_token ImportDesk::stopOfCopy(const std::stop_token& stop) {
  const std::lock_guard lock(mutex_);
  if (stop.stop_requested() && !ending_) stop_ = std::stop_source();
  return stop_.get_token();
}

base::Result<void> ImportDesk::keep(TaskId task, const ImportPart& part,
                                    const ImportedRecordings& imported) {
  const std::size_t n = imported.recordings.size();
  const std::string what = n == 1 ? part.name : std::to_string(n) + " recordings";
  auto kept = outside_.keep(task, imported, what + " brought in");
  if (!kept) {
    if (const auto left = dropFromBin(outside_.store, imported.recordings); !left) {
      base::logWarning(left.error().message);
    }
  }
  return kept;
}

}  // namespace app
