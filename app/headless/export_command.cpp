#include <charconv>
#include <cstdio>

#include "app/headless/arguments.h"
#include "app/headless/command.h"
#include "app/headless/key_file.h"
#include "app/headless/progress.h"
#include "app/headless/session_command.h"
#include "app/headless/task_choice.h"
#include "app/project/archive.h"
#include "app/project/exporters/exporters.h"

namespace app {
namespace {

const Usage& exportUsage() {
  static const Usage kUsage{
      .command = "mimosactl export",
      .summary = "Write what a project holds as files that other programs read.",
      .options = {{"project", "FILE", "The project; it may be open elsewhere."},
                  {"kind",
                   "KIND",
                   "What is written.",
                   "",
                   {"sounds", "tables", "arrays", "pictures", "audacity", "elan", "edge-impulse",
                    "archive", "copy"}},
                  {"recording", "NUMBERS", "Only these recordings, with commas between them."},
                  taskOption("only its labels are written, those of all where absent"),
                  {"source", "ID", "Only this source; as sounds also one that is no sound."},
                  {"format",
                   "FORMAT",
                   "sounds: wav, flac or ogg; tables: csv or csv.gz; edge-impulse: json or cbor.",
                   "",
                   {"wav", "flac", "ogg", "csv", "csv.gz", "json", "cbor"}},
                  {"key-file", "FILE",
                   "edge-impulse: sign with the HMAC key in this file; unsigned otherwise."}},
      .positionals = "TARGET",
      .leastPositionals = 1,
      .mostPositionals = 1,
      .details =
          "TARGET is a new or empty folder, for archive and copy a new file. Nothing is "
          "overwritten; what is\n"
          "interrupted (Ctrl+C) or fails is removed again.\n"
          "sounds:       audio/ and meta.csv, as import --kind clips reads them\n"
          "tables:       a CSV per recording and source, as import --kind stream reads them\n"
          "arrays:       NumPy files per source, as import --kind arrays reads them\n"
          "pictures:     JPEG files and meta.csv\n"
          "audacity:     a label track (.txt) per recording\n"
          "elan:         a label track (.eaf) per recording\n"
          "edge-impulse: an acquisition file per example and source of even rate\n"
          "archive:      the whole project as one zip file; import --kind archive brings it back\n"
          "copy:         the project file as it is now, also where it cannot be written to"};
  return kUsage;
}

base::Result<std::vector<std::int64_t>> recordingsAsked(const Arguments& arguments) {
  std::vector<std::int64_t> ids;
  for (const std::string& text : arguments.list("recording")) {
    std::int64_t id = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
    if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
      return base::invalid("--recording: \"" + text + "\" is no number of a recording");
    }
    ids.push_back(id);
  }
  return ids;
}

/// The format asked for, which must be one of `known`; the first where none was.
base::Result<std::string> formatOf(const Arguments& arguments,
                                   const std::vector<std::string>& known) {
  const std::string asked = arguments.text("format");
  if (asked.empty()) return known.front();
  for (const std::string& format : known) {
    if (asked == format) return asked;
  }
  std::string all;
  for (const std::string& format : known) all += (all.empty() ? "" : ", ") + format;
  return base::invalid("--format " + asked + " does not go with --kind " + arguments.text("kind") +
                       "; it knows " + all);
}

base::Result<ExportReport> write(const ProjectStore& store, const Arguments& arguments,
                                 const ExportOptions& options) {
  const std::filesystem::path target = arguments.positionals()[0];
  const std::string kind = arguments.text("kind");
  if (kind == "sounds") {
    const auto format = formatOf(arguments, {"wav", "flac", "ogg"});
    if (!format) return format.error();
    const SoundForm form = *format == "wav"    ? SoundForm::Wav
                           : *format == "flac" ? SoundForm::Flac
                                               : SoundForm::Ogg;
    return exportSounds(store, target, form, options);
  }
  if (kind == "tables") {
    const auto format = formatOf(arguments, {"csv", "csv.gz"});
    if (!format) return format.error();
    return exportTables(store, target, *format == "csv" ? Packing::Plain : Packing::Gzip, options);
  }
  if (kind == "edge-impulse") {
    const auto format = formatOf(arguments, {"json", "cbor"});
    if (!format) return format.error();
    const auto key = keyFrom(arguments.text("key-file"));
    if (!key) return key.error();
    return exportEdgeImpulse(store, target,
                             *format == "json" ? EdgeImpulseForm::Json : EdgeImpulseForm::Cbor,
                             *key, options);
  }
  if (arguments.has("format")) return base::invalid("--kind " + kind + " has one format only");
  if (kind == "arrays") return exportArrays(store, target, options);
  if (kind == "pictures") return exportPictures(store, target, options);
  return exportLabels(store, target, kind == "elan" ? LabelForm::Elan : LabelForm::Audacity,
                      options);
}

base::Result<void> exportUntil(const Arguments& arguments, const std::vector<std::int64_t>& ids,
                               std::stop_token stop) {
  Progress progress;
  const auto show = [&](const std::string& what, double done) { progress.show(what, done); };
  auto store = ProjectStore::open(arguments.text("project"), OpenMode::ReadOnly);
  if (!store) return store.error();
  if (arguments.text("kind") == "copy") return (*store)->saveCopy(arguments.positionals()[0]);
  if (arguments.text("kind") == "archive") {
    const auto report =
        saveArchive(**store, arguments.positionals()[0], {.progress = show, .stop = stop});
    if (!report) return report.error();
    std::printf("%zu files, %zu recordings, %.1f MB of content\n", report->files,
                report->recordings, static_cast<double>(report->contentBytes) * 1e-6);
    return {};
  }
  ExportOptions options{
      .recordings = ids, .source = arguments.text("source"), .progress = show, .stop = stop};
  if (arguments.has("task")) {
    const auto task = taskAsked(**store, arguments);
    if (!task) return task.error();
    options.task = task->id;
  }
  const auto report = write(**store, arguments, options);
  if (!report) return report.error();
  std::printf("%zu files of %zu recordings, %zu rows\n", report->files, report->recordings,
              report->rows);
  return {};
}

base::Result<void> runExport(const Arguments& arguments) {
  if (!arguments.has("project")) return base::invalid("say which project with --project FILE");
  if (!arguments.has("kind")) return base::invalid("say what is written with --kind KIND");
  const auto ids = recordingsAsked(arguments);
  if (!ids) return ids.error();
  const bool isWhole = arguments.text("kind") == "archive" || arguments.text("kind") == "copy";
  if (isWhole && (!ids->empty() || arguments.has("source") || arguments.has("format") ||
                  arguments.has("task"))) {
    return base::invalid("--kind " + arguments.text("kind") + " takes the whole project");
  }
  return runUntilSignalled(
      [&](std::stop_token stop) { return exportUntil(arguments, *ids, stop); });
}

}  // namespace

int exportCommand(const std::vector<std::string>& words) {
  return runWithArguments(exportUsage(), words, runExport);
}

}  // namespace app
