#include <algorithm>
#include <cmath>
#include <map>

#include "app/project/importers/audio_file.h"
#include "app/project/importers/csv.h"
#include "app/project/importers/file_text.h"
#include "app/project/importers/import_target.h"
#include "app/project/importers/resampler.h"
#include "app/project/importers/usual_columns.h"

namespace app {
namespace {

constexpr double kMostKept = 48000;
constexpr base::Duration kUsualWindow = std::chrono::milliseconds(960);

struct Columns {
  std::size_t file = 0;
  std::size_t label = 0;
  std::optional<std::size_t> fold;
  std::optional<std::size_t> group;
};

base::Result<Columns> columnsOf(const CsvReader& reader, const ClipsImport& clips) {
  Columns columns;
  const auto file = reader.requireColumn("filename");
  if (!file) return file.error();
  columns.file = *file;
  const auto label = reader.pickColumn(clips.labelColumn, kListLabels);
  if (!label) return label.error();
  if (!*label) return reader.requireColumn("label").error();
  columns.label = **label;
  const auto fold = reader.pickColumn(clips.foldColumn, kListFolds);
  if (!fold) return fold.error();
  columns.fold = *fold;
  const auto group = reader.pickColumn(clips.groupColumn, kListGroups);
  if (!group) return group.error();
  columns.group = *group;
  return columns;
}

/// The clip's path: under audio/ or beside meta.csv. A name that leaves the folder is refused.
base::Result<std::filesystem::path> clipPath(const std::filesystem::path& folder,
                                             const std::string& name) {
  const std::filesystem::path relative(name);
  const bool leaves =
      std::any_of(relative.begin(), relative.end(), [](const auto& part) { return part == ".."; });
  if (name.empty() || relative.is_absolute() || leaves) {
    return base::invalid(inQuotes(name) + " does not name a file in the folder of the clips");
  }
  std::error_code failed;
  for (const auto& path : {folder / "audio" / relative, folder / relative}) {
    if (std::filesystem::is_regular_file(path, failed)) return path;
  }
  return base::Error{base::ErrorCode::NotFound,
                     "there is no " + name + " in " + folder.string() + " or its folder audio"};
}

sensors::SourceInfo clipSource(const std::string& id, double rate) {
  return {.id = id.empty() ? "audio/clip" : id,
          .name = "Sound clips",
          .kind = sensors::SourceKind::Audio,
          .channels = {{.id = "sound", .unit = "1", .min = -1, .max = 1}},
          .rate = rate};
}

}  // namespace

base::Result<ImportReport> importClips(ProjectStore& store, const ClipsImport& clips,
                                       const ImportOptions& options) {
  const auto text = readFileText(clips.folder / "meta.csv", std::uint64_t{1} << 26);
  if (!text) return text.error();
  auto reader = CsvReader::open("meta.csv", *text);
  if (!reader) return reader.error();
  const auto columns = columnsOf(*reader, clips);
  if (!columns) return columns.error();
  auto target = ImportTarget::open(store, options);
  if (!target) return target.error();

  double rate = clips.rate;
  const auto addClip = [&](CsvReader::Row row) -> base::Result<void> {
    const std::string name(trimmed(row[columns->file]));
    const auto path = clipPath(clips.folder, name);
    if (!path) return path.error();
    auto sound = readAudio(*path);
    if (!sound) return sound.error();
    if (rate <= 0) rate = std::min(sound->rate, kMostKept);
    std::vector<float> samples = sound->rate == rate ? std::move(sound->samples)
                                                     : resampled(sound->samples, sound->rate, rate);
    // A clip shorter than a window is followed by silence, so that it gives one.
    const auto least =
        static_cast<std::size_t>(std::ceil(base::toSeconds(kUsualWindow) * rate - 1e-6));
    samples.resize(std::max(samples.size(), least), 0.0F);
    if (const auto declared = target->declare(clipSource(options.source, rate)); !declared) {
      return declared.error();
    }
    RecordingDraft draft;
    draft.name = name;
    if (columns->group) draft.group = trimmed(row[*columns->group]);
    if (columns->fold) draft.splitTag = trimmed(row[*columns->fold]);
    draft.runs = {{0, samples.size(), std::string(trimmed(row[columns->label]))}};
    draft.samples = {
        .rows = samples.size(), .channels = 1, .values = std::move(samples), .missing = {}};
    return target->add(std::move(draft));
  };

  const auto done = store.inTransaction([&]() -> base::Result<void> {
    if (const auto set = target->setWindow({kUsualWindow, kUsualWindow}); !set) return set.error();
    for (;;) {
      const auto row = reader->next();
      if (!row) return row.error();
      if (!*row) return {};
      if (auto on = target->goOn(); !on) return on;
      if (const auto added = addClip(**row); !added) {
        return base::Error{added.error().code, reader->errorHere(added.error().message).message};
      }
      target->report("meta.csv", reader->progress());
    }
  });
  if (!done) return done.error();
  if (target->summary().recordings == 0) return base::invalid("meta.csv lists no clip");
  return target->summary();
}

}  // namespace app
