#include "app/import_desk.h"

#include <algorithm>
#include <unistd.h>

#include "app/project/importers/file_importers.h"

namespace app {

namespace {

namespace fs = std::filesystem;

constexpr double kSoundRate = 16000;  ///< what extractors of sound are made for

/// A project that is removed with all its files at the end.
class Scratch {
 public:
  explicit Scratch(const fs::path& folder)
      : folder_(folder / ("import-" + std::to_string(::getpid()))) {
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

/// With mutex_ held.
std::stop_token ImportDesk::begin() {
  stop_ = std::stop_source();
  return stop_.get_token();
}

void ImportDesk::look(std::vector<fs::path> paths) {
  {
    std::lock_guard lock(mutex_);
    if (view_.stage == ImportView::Stage::Working || paths.empty()) return;
    if (view_.stage == ImportView::Stage::Done) view_ = {};
    view_.stage = ImportView::Stage::Looking;
    director_.post([this, stop = begin(), paths = std::move(paths)] { lookNow(paths, stop); });
  }
  outside_.changed();
}

void ImportDesk::lookNow(const std::vector<fs::path>& paths, const std::stop_token& stop) {
  ImportPlan found = planImport(paths, outside_.tools, stop);
  show([&](ImportView& view) {
    if (stop.stop_requested()) return;
    addTo(view.plan, std::move(found));
    view.stage = ImportView::Stage::Ready;
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
  {
    std::lock_guard lock(mutex_);
    const auto& parts = view_.plan.parts;
    if (view_.stage != ImportView::Stage::Ready ||
        std::none_of(parts.begin(), parts.end(), isTaken)) {
      return;
    }
    view_.stage = ImportView::Stage::Working;
    view_.report = {};
    view_.troubles.clear();
    view_.stopped = false;
    view_.share = 0;
    director_.post([this, stop = begin(), plan = view_.plan] { work(plan, stop); });
  }
  outside_.changed();
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

void ImportDesk::work(const ImportPlan& plan, const std::stop_token& stop) {
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
    workOn(part, done / all, weightOf(part) / all, stop);
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

void ImportDesk::workOn(const ImportPart& part, double from, double share,
                        const std::stop_token& stop) {
  const Scratch scratch(outside_.folder);
  if (!scratch.store()) return trouble(scratch.error().message);
  const auto progress = [&](const std::string& file, double done) {
    show([&](ImportView& view) {
      view.file = file;
      view.share = from + share * std::clamp(shareOf(part, file, done), 0.0, 1.0);
    });
  };
  const auto read =
      importPart(*scratch.store(), part, outside_.tools, {.progress = progress, .stop = stop});
  if (!read) trouble(read.error().message);
  // Files before the one that failed are whole, and so is what was read until somebody said stop.
  const auto imported = copyIntoBin(*scratch.store(), outside_.store, {});
  if (!imported) return trouble(imported.error().message);
  if (imported->isEmpty()) return;
  const std::size_t recordings = imported->recordings.size();
  const std::string what = recordings == 1 ? part.name : std::to_string(recordings) + " recordings";
  const auto kept = outside_.keep(*imported, what + " brought in");
  if (!kept) return trouble(kept.error().message);
  show([&](ImportView& view) {
    view.report.recordings += recordings;
    view.report.demonstrations += imported->said.size();
    std::vector<std::string> names;
    for (const auto& said : imported->said) names.push_back(said.label);
    std::sort(names.begin(), names.end());
    view.report.labels +=
        static_cast<std::size_t>(std::unique(names.begin(), names.end()) - names.begin());
  });
}

}  // namespace app
