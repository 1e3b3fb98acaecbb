#include <cstdio>

#include "app/headless/arguments.h"
#include "app/headless/command.h"
#include "app/headless/key_file.h"
#include "app/headless/progress.h"
#include "app/headless/session_command.h"
#include "app/headless/task_choice.h"
#include "app/project/archive.h"
#include "app/project/importers/file_importers.h"
#include "app/project/importers/importers.h"

namespace app {
namespace {

constexpr double kMostRate = 192000;

const Usage& importUsage() {
  static const Usage kUsage{
      .command = "mimosactl import",
      .summary =
          "Bring recordings into a project. Each file is brought in wholly or not at all, "
          "a folder of clips or pictures too.",
      .options = {{"project", "FILE", "The project; made where there is none."},
                  {"kind",
                   "KIND",
                   "What is brought in.",
                   "",
                   {"clips", "stream", "table", "arrays", "images", "sounds", "pictures", "videos",
                    "labels", "edge-impulse", "archive"}},
                  taskOption("its labels go there, to the first where absent"),
                  {"source", "ID", "Id of the source the rows go to."},
                  {"split", "TAG", "Split tag of all recordings.", "", {"train", "test"}},
                  {"label", "NAME", "sounds, videos, edge-impulse: what each whole file shows."},
                  {"recording", "NUMBER", "labels: the recording that the file speaks about."},
                  {"tier", "NAME", "labels: the tier of an ELAN file; all where absent."},
                  {"key-file", "FILE",
                   "edge-impulse: files must be signed with the HMAC key in this file."},
                  {"label-column", "NAME", "clips, stream, table: the column with the label."},
                  {"group-column", "NAME",
                   "clips, stream, table: the column naming person, day or source."},
                  {"fold-column", "NAME", "clips: the column with the fold."},
                  {"time-column", "NAME",
                   "stream, table: the column with the time; several with commas."},
                  {"ignore", "NAMES", "stream, table: columns to leave out."},
                  {"classes", "FILE",
                   "stream, arrays, images: CSV of code and name of each label."},
                  {"rate", "HZ",
                   "clips: resample to this, 0 keeps the files' own (16000 otherwise); "
                   "stream, arrays: rows per second; sounds: as clips; pictures, videos: pictures "
                   "per second."},
                  {"gap", "SECONDS", "stream: a longer jump in time begins a new recording.", "1"},
                  {"kind-of-source",
                   "KIND",
                   "stream, arrays: what the channels are.",
                   "motion",
                   {"motion", "slow", "audio"}},
                  {"labels", "FILE", "arrays, images: the labels, one per row."},
                  {"groups", "FILE", "arrays: the group (person) of each row."},
                  {"channels", "NAMES", "arrays: names of the channels."},
                  {"rows-per-recording", "N", "table, images: rows that stay together in a split."},
                  {"window", "SECONDS", "The task's window."},
                  {"hop", "SECONDS",
                   "From one window's begin to the next one's; the window's length "
                   "where absent."}},
      .positionals = "PATH...",
      .leastPositionals = 1,
      .mostPositionals = 4096,
      .details =
          "clips:  a folder with meta.csv (filename, category) and WAV, FLAC or Ogg files\n"
          "stream: CSV or CSV.gz with a time column, channels and a label column\n"
          "table:  CSV or CSV.gz whose rows are feature vectors\n"
          "arrays: VALUES.npy --labels LABELS.npy [--groups GROUPS.npy] --rate HZ\n"
          "images: IMAGES-idx3-ubyte(.gz) --labels LABELS-idx1-ubyte(.gz)\n"
          "sounds: WAV, FLAC or Ogg files; a label track beside one (same name, .txt of Audacity "
          "or\n"
          "        .eaf of ELAN) gives its examples\n"
          "pictures: a folder of JPEG and PNG files with meta.csv (filename, category), or with a\n"
          "        folder per label\n"
          "videos: films; a label track beside one as for sounds; each is decoded in a process of "
          "its own\n"
          "labels: a label track (.txt, .eaf) for a recording that is in the project\n"
          "edge-impulse: acquisition files (JSON or CBOR), labelled by their names up to the first "
          "dot\n"
          "archive: a project archive, into a project that does not exist yet"};
  return kUsage;
}

/// The option as a number, or `fallback` where it is absent.
base::Result<double> numberOr(const Arguments& arguments, const char* name, double fallback,
                              double min, double max) {
  if (!arguments.has(name)) return fallback;
  return arguments.number(name, min, max);
}

base::Result<std::size_t> rowsPerRecording(const Arguments& arguments, std::size_t fallback) {
  if (!arguments.has("rows-per-recording")) return fallback;
  const auto rows = arguments.integer("rows-per-recording", 1, 1'000'000);
  if (!rows) return rows.error();
  return static_cast<std::size_t>(*rows);
}

base::Result<void> onePath(const Arguments& arguments) {
  if (arguments.positionals().size() == 1) return {};
  return base::invalid("--kind " + arguments.text("kind") + " takes one path");
}

std::vector<std::filesystem::path> paths(const Arguments& arguments) {
  return {arguments.positionals().begin(), arguments.positionals().end()};
}

base::Result<ImportReport> bringInClips(ProjectStore& store, const Arguments& arguments,
                                        const ImportOptions& options) {
  if (const auto one = onePath(arguments); !one) return one.error();
  const auto rate = numberOr(arguments, "rate", 16000, 0, 48000);
  if (!rate) return rate.error();
  if (*rate > 0 && *rate < 4000) return base::invalid("--rate: sound needs 4000 Hz or more");
  return importClips(store,
                     {.folder = arguments.positionals()[0],
                      .labelColumn = arguments.text("label-column"),
                      .foldColumn = arguments.text("fold-column"),
                      .groupColumn = arguments.text("group-column"),
                      .rate = *rate},
                     options);
}

base::Result<ImportReport> bringInStream(ProjectStore& store, const Arguments& arguments,
                                         const ImportOptions& options) {
  const auto rate = numberOr(arguments, "rate", 0, 1e-4, kMostRate);
  if (!rate) return rate.error();
  const auto gap = arguments.number("gap", 1e-3, 1e6);
  if (!gap) return gap.error();
  return importStream(store,
                      {.files = paths(arguments),
                       .timeColumn = arguments.text("time-column"),
                       .labelColumn = arguments.text("label-column"),
                       .groupColumn = arguments.text("group-column"),
                       .ignored = arguments.list("ignore"),
                       .classes = arguments.text("classes"),
                       .rate = *rate,
                       .kind = sensors::sourceKindFrom(arguments.text("kind-of-source")),
                       .gap = base::fromSeconds(*gap)},
                      options);
}

base::Result<ImportReport> bringInTable(ProjectStore& store, const Arguments& arguments,
                                        const ImportOptions& options) {
  const auto rows = rowsPerRecording(arguments, 60);
  if (!rows) return rows.error();
  return importTable(store,
                     {.files = paths(arguments),
                      .timeColumns = arguments.list("time-column"),
                      .labelColumn = arguments.text("label-column"),
                      .groupColumn = arguments.text("group-column"),
                      .ignored = arguments.list("ignore"),
                      .rowsPerRecording = *rows},
                     options);
}

base::Result<ImportReport> bringInArrays(ProjectStore& store, const Arguments& arguments,
                                         const ImportOptions& options) {
  if (const auto one = onePath(arguments); !one) return one.error();
  if (!arguments.has("labels")) return base::invalid("arrays need --labels FILE");
  if (!arguments.has("rate")) return base::invalid("arrays carry no times; give --rate HZ");
  const auto rate = arguments.number("rate", 1e-4, kMostRate);
  if (!rate) return rate.error();
  return importArrays(store,
                      {.values = arguments.positionals()[0],
                       .labels = arguments.text("labels"),
                       .groups = arguments.text("groups"),
                       .classes = arguments.text("classes"),
                       .channels = arguments.list("channels"),
                       .rate = *rate,
                       .kind = sensors::sourceKindFrom(arguments.text("kind-of-source"))},
                      options);
}

base::Result<ImportReport> bringInImages(ProjectStore& store, const Arguments& arguments,
                                         const ImportOptions& options) {
  if (const auto one = onePath(arguments); !one) return one.error();
  if (!arguments.has("labels")) return base::invalid("images need --labels FILE");
  const auto rows = rowsPerRecording(arguments, 100);
  if (!rows) return rows.error();
  return importImages(store,
                      {.images = arguments.positionals()[0],
                       .labels = arguments.text("labels"),
                       .classes = arguments.text("classes"),
                       .rowsPerRecording = *rows},
                      options);
}

base::Result<ImportReport> bringInSounds(ProjectStore& store, const Arguments& arguments,
                                         const ImportOptions& options) {
  const auto rate = numberOr(arguments, "rate", 16000, 0, 48000);
  if (!rate) return rate.error();
  if (*rate > 0 && *rate < 4000) return base::invalid("--rate: sound needs 4000 Hz or more");
  return importSounds(
      store, {.files = paths(arguments), .label = arguments.text("label"), .rate = *rate}, options);
}

base::Result<ImportReport> bringInPictures(ProjectStore& store, const Arguments& arguments,
                                           const ImportOptions& options) {
  if (const auto one = onePath(arguments); !one) return one.error();
  const auto rate = numberOr(arguments, "rate", 1, 0.001, 120);
  if (!rate) return rate.error();
  return importPictures(store, {.folder = arguments.positionals()[0], .rate = *rate}, options);
}

base::Result<ImportReport> bringInVideos(ProjectStore& store, const Arguments& arguments,
                                         const ImportOptions& options) {
  const auto rate = numberOr(arguments, "rate", 2, 0.01, 30);
  if (!rate) return rate.error();
  return importVideos(
      store, {.files = paths(arguments), .label = arguments.text("label"), .rate = *rate}, options);
}

base::Result<ImportReport> bringInLabels(ProjectStore& store, const Arguments& arguments,
                                         const ImportOptions& options) {
  if (const auto one = onePath(arguments); !one) return one.error();
  if (!arguments.has("recording")) return base::invalid("labels need --recording NUMBER");
  const auto recording = arguments.integer("recording", 1, std::int64_t{1} << 60);
  if (!recording) return recording.error();
  return importLabels(store,
                      {.file = arguments.positionals()[0],
                       .recording = *recording,
                       .tier = arguments.text("tier")},
                      options);
}

base::Result<ImportReport> bringInEdgeImpulse(ProjectStore& store, const Arguments& arguments,
                                              const ImportOptions& options) {
  const auto key = keyFrom(arguments.text("key-file"));
  if (!key) return key.error();
  return importEdgeImpulse(
      store, {.files = paths(arguments), .label = arguments.text("label"), .key = *key}, options);
}

base::Result<void> bringBack(const Arguments& arguments) {
  if (const auto one = onePath(arguments); !one) return one;
  return runUntilSignalled([&](std::stop_token stop) -> base::Result<void> {
    Progress progress;
    const auto report = restoreArchive(
        arguments.positionals()[0], arguments.text("project"),
        {.progress = [&](const std::string& what, double done) { progress.show(what, done); },
         .stop = stop});
    if (!report) return report.error();
    std::printf("%zu recordings, %.1f MB of content\n", report->recordings,
                static_cast<double>(report->contentBytes) * 1e-6);
    return {};
  });
}

base::Result<ImportReport> bringIn(ProjectStore& store, const Arguments& arguments,
                                   const ImportOptions& options) {
  const std::string kind = arguments.text("kind");
  if (kind == "clips") return bringInClips(store, arguments, options);
  if (kind == "stream") return bringInStream(store, arguments, options);
  if (kind == "table") return bringInTable(store, arguments, options);
  if (kind == "arrays") return bringInArrays(store, arguments, options);
  if (kind == "sounds") return bringInSounds(store, arguments, options);
  if (kind == "pictures") return bringInPictures(store, arguments, options);
  if (kind == "videos") return bringInVideos(store, arguments, options);
  if (kind == "labels") return bringInLabels(store, arguments, options);
  if (kind == "edge-impulse") return bringInEdgeImpulse(store, arguments, options);
  return bringInImages(store, arguments, options);
}

base::Result<void> runImport(const Arguments& arguments) {
  if (!arguments.has("project")) return base::invalid("say which project with --project FILE");
  if (!arguments.has("kind")) return base::invalid("say what is brought in with --kind KIND");
  if (arguments.text("kind") == "archive") return bringBack(arguments);
  const auto window = numberOr(arguments, "window", 0, 1e-3, 86400);
  if (!window) return window.error();
  const auto hop = numberOr(arguments, "hop", 0, 1e-3, 86400);
  if (!hop) return hop.error();
  if (*hop > 0 && *window <= 0) return base::invalid("--hop needs --window");

  return runUntilSignalled([&](std::stop_token stop) -> base::Result<void> {
    Progress progress;
    auto store = ProjectStore::open(arguments.text("project"));
    if (!store) return store.error();
    const auto task = taskAsked(**store, arguments);
    if (!task) return task.error();
    const ImportOptions options{
        .task = task->id,
        .source = arguments.text("source"),
        .splitTag = arguments.text("split"),
        .window = {base::fromSeconds(*window), base::fromSeconds(*hop)},
        .progress = [&](const std::string& file, double done) { progress.show(file, done); },
        .stop = stop};
    const auto report = bringIn(**store, arguments, options);
    if (!report) return report.error();
    std::printf("%zu recordings, %zu examples of %zu labels, %zu rows\n", report->recordings,
                report->demonstrations, report->labels, report->rows);
    return {};
  });
}

}  // namespace

int importCommand(const std::vector<std::string>& words) {
  return runWithArguments(importUsage(), words, runImport);
}

}  // namespace app
