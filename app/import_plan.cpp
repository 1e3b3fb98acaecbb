#include "app/import_plan.h"

#include <algorithm>
#include <set>

#include "app/import_look.h"

namespace app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostInFolder = 100'000;  ///< of one folder
constexpr std::size_t kMostFiles = 20'000;      ///< in one go, beside folders that are taken whole
constexpr std::size_t kMostParts = 100;         ///< each is a card to look at
constexpr std::size_t kMostNotTaken = 12;       ///< sentences

std::string endingOf(const fs::path& file) {
  std::string ending = file.extension().string();
  if (ending == ".gz") ending = file.stem().extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending;
}

bool isOneOf(const std::string& ending, std::initializer_list<const char*> known) {
  return std::find(known.begin(), known.end(), ending) != known.end();
}

bool isPictureFile(const fs::path& file) {
  return isOneOf(endingOf(file), {".jpg", ".jpeg", ".png"});
}
bool isSoundFile(const fs::path& file) {
  return isOneOf(endingOf(file), {".wav", ".flac", ".ogg", ".oga", ".opus", ".aiff", ".aif"});
}
bool isFilmFile(const fs::path& file) {
  return isOneOf(endingOf(file),
                 {".mp4", ".avi", ".mkv", ".mov", ".webm", ".m4v", ".mpg", ".mpeg"});
}
bool isTableFile(const fs::path& file) { return isOneOf(endingOf(file), {".csv", ".tsv"}); }
bool isTrackFile(const fs::path& file) { return isOneOf(endingOf(file), {".txt", ".eaf"}); }

std::vector<fs::path> sortedIn(const fs::path& folder) {
  std::vector<fs::path> all;
  std::error_code error;
  for (auto entry = fs::directory_iterator(folder, error);
       !error && entry != fs::directory_iterator() && all.size() < kMostInFolder;
       entry.increment(error)) {
    if (!entry->path().filename().string().starts_with('.')) all.push_back(entry->path());
  }
  std::sort(all.begin(), all.end());
  return all;
}

/// Puts files of one kind, with one label, in one part.
class Planner {
 public:
  Planner(const ImportTools& tools, const std::stop_token& stop) : tools_(tools), stop_(stop) {}

  void add(const fs::path& path) {
    std::error_code error;
    if (fs::is_directory(path, error)) return addFolder(path);
    if (!fs::exists(path, error)) return leave(path, "is not there.");
    addFile(path, {}, Named::Yes);
  }

  ImportPlan finish() {
    std::vector<std::string>& said = plan_.notTaken;
    for (ImportPart& part : plan_.parts) {
      if (!stop_.stop_requested() && part.trouble.empty()) lookInto(part, said, tools_, stop_);
    }
    if (said.size() > kMostNotTaken) {
      const std::size_t more = said.size() - kMostNotTaken;
      said.resize(kMostNotTaken);
      said.push_back("And " + std::to_string(more) + " more are not brought in.");
    }
    if (!firstLeft_.empty()) {
      said.push_back(firstLeft_ + " and what follows it are left out: it is too much for one go.");
    }
    return std::move(plan_);
  }

 private:
  /// Whether a person named this very file: then what is wrong with it is said.
  enum class Named { No, Yes };

  void leave(const fs::path& path, const std::string& why) {
    plan_.notTaken.push_back(path.filename().string() + " " + why);
  }

  void addFolder(const fs::path& folder) {
    const std::vector<fs::path> inside = sortedIn(folder);
    std::error_code error;
    if (fs::is_regular_file(folder / "meta.csv", error)) {
      const std::string first = firstInList(folder / "meta.csv");
      if (!first.empty()) {
        addWhole(isPictureFile(first) ? ImportKind::Pictures : ImportKind::Clips, folder);
        return;
      }
    }
    const auto holdsPictures = [](const std::vector<fs::path>& files) {
      return std::any_of(files.begin(), files.end(), isPictureFile);
    };
    bool pictures = holdsPictures(inside);
    const std::size_t before = joined_ + plan_.notTaken.size();
    for (const fs::path& path : inside) {
      if (stop_.stop_requested()) return;
      if (!fs::is_directory(path, error)) {
        addFile(path, {}, Named::No);
        continue;
      }
      const std::vector<fs::path> below = sortedIn(path);
      pictures = pictures || holdsPictures(below);
      for (const fs::path& file : below) {
        if (stop_.stop_requested()) return;
        addFile(file, path.filename().string(), Named::No);
      }
    }
    if (pictures) {
      addWhole(ImportKind::Pictures, folder);
    } else if (before == joined_ + plan_.notTaken.size() && firstLeft_.empty()) {
      leave(folder, "holds nothing that I can bring in.");
    }
  }

  void addWhole(ImportKind kind, const fs::path& folder) {
    if (isFull(folder, true)) return;
    ImportPart part{.kind = kind, .files = {folder}, .name = folder.filename().string()};
    if (kind == ImportKind::Pictures) part.chosenRate = 1;
    plan_.parts.push_back(std::move(part));
  }

  void addFile(const fs::path& file, const std::string& label, Named named) {
    std::error_code error;
    if (!firstLeft_.empty() || !fs::is_regular_file(file, error)) return;
    if (!taken_.insert(file).second) return;
    if (isSoundFile(file)) return join(ImportKind::Sounds, file, label, {});
    if (isFilmFile(file)) return join(ImportKind::Films, file, label, {});
    if (isTableFile(file)) return addTable(file);
    if (isOneOf(endingOf(file), {".json", ".cbor"}) && isEdgeImpulse(file)) {
      return join(ImportKind::EdgeImpulse, file, {}, {});
    }
    if (named == Named::No) return;
    if (isTrackFile(file) && hasRecordingBeside(file)) return;  // comes with that recording
    if (isTrackFile(file)) {
      return leave(file,
                   "is a label track, if anything, and there is no sound or film with its name "
                   "beside it. Choose the recording; its track comes along.");
    }
    if (isPictureFile(file)) {
      return leave(file, "is one picture. Choose the folder it is in; its pictures come together.");
    }
    leave(file,
          "is of no kind I know. Films, sounds (WAV, FLAC, Ogg), tables (CSV), Edge Impulse files "
          "and folders of them or of pictures can be brought in.");
  }

  /// Whether `file` is too much; `isNew`: it would be a part of its own.
  bool isFull(const fs::path& file, bool isNew) {
    const bool full = joined_ >= kMostFiles || (isNew && plan_.parts.size() >= kMostParts);
    if (full && firstLeft_.empty()) firstLeft_ = file.filename().string();
    return full;
  }

  void addTable(const fs::path& file) {
    ImportPart looked = lookAtTable(file);
    if (!looked.trouble.empty()) {
      if (isFull(file, true)) return;
      ++joined_;
      plan_.parts.push_back(std::move(looked));
      return;
    }
    join(looked.kind, file, {}, looked.columns);
  }

  static bool hasRecordingBeside(const fs::path& track) {
    const auto beside = sortedIn(track.has_parent_path() ? track.parent_path() : ".");
    return std::any_of(beside.begin(), beside.end(), [&](const fs::path& other) {
      return other.stem() == track.stem() && (isSoundFile(other) || isFilmFile(other));
    });
  }

  void join(ImportKind kind, const fs::path& file, const std::string& label,
            const std::vector<std::string>& columns) {
    const auto same =
        std::find_if(plan_.parts.begin(), plan_.parts.end(), [&](const ImportPart& part) {
          return part.kind == kind && part.label == label && part.columns == columns &&
                 part.trouble.empty();
        });
    if (isFull(file, same == plan_.parts.end())) return;
    ++joined_;
    if (same != plan_.parts.end()) {
      same->files.push_back(file);
      return;
    }
    ImportPart part{.kind = kind, .files = {file}, .name = file.filename().string()};
    part.label = label;
    part.columns = columns;
    if (kind == ImportKind::Films) part.chosenRate = 2;
    plan_.parts.push_back(std::move(part));
  }

  const ImportTools& tools_;
  const std::stop_token& stop_;
  ImportPlan plan_;
  std::set<fs::path> taken_;  ///< looked at, whatever they are
  std::size_t joined_ = 0;    ///< files that are in a part
  std::string firstLeft_;     ///< that was too much; empty: all was looked at
};

}  // namespace

bool ImportPart::isReady() const {
  if (!trouble.empty()) return false;
  const bool isLaidOut = kind == ImportKind::Films || kind == ImportKind::Pictures;
  const bool needsRate = isLaidOut || (kind == ImportKind::Signals && !hasTime);
  if (needsRate && chosenRate <= 0) return false;
  return kind != ImportKind::Table || !labelColumn.empty();
}

ImportPlan planImport(const std::vector<std::filesystem::path>& paths, const ImportTools& tools,
                      const std::stop_token& stop) {
  Planner planner(tools, stop);
  for (const fs::path& path : paths) {
    if (stop.stop_requested()) break;
    planner.add(path.has_filename() ? path : path.parent_path());
  }
  return planner.finish();
}

void addTo(ImportPlan& plan, ImportPlan more) {
  std::set<fs::path> known;
  for (const ImportPart& part : plan.parts) known.insert(part.files.begin(), part.files.end());
  for (ImportPart& part : more.parts) {
    const std::size_t gone =
        std::erase_if(part.files, [&](const fs::path& file) { return known.contains(file); });
    if (part.files.empty()) continue;
    if (gone > 0) {  // a folder that is taken whole is one file: gone or not
      part.name = part.files.front().filename().string();
      part.count = part.files.size();
    }
    plan.parts.push_back(std::move(part));
  }
  plan.notTaken = std::move(more.notTaken);
}

}  // namespace app
