#pragma once
// Importers: bring recordings other people made into a project: sound clips, sensor streams,
// tables of features, arrays, pictures. Each file is one transaction, and so is a folder of clips
// or pictures: all of it or none. Times: a file without absolute times is laid behind what the
// project holds; each of its recordings begins at a multiple of kImportGrid, so that windows of
// usual hops begin with it.

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/project/store.h"

namespace app {

/// 8 minutes: a multiple of 0.5, 0.96, 1.28, 2.56, 5, 10, 30 and 60 s.
inline constexpr base::Duration kImportGrid = std::chrono::seconds(480);

/// Where what has no times of its own begins: 2000-01-01 00:00 UTC, a multiple of kImportGrid.
inline constexpr base::Time kImportOrigin{std::int64_t{946'684'800} * 1'000'000'000};

/// What was brought in.
struct ImportReport {
  std::size_t recordings = 0;
  std::size_t demonstrations = 0;
  std::size_t rows = 0;
  std::size_t labels = 0;  ///< different ones
};

/// Called now and then with the file at work and the share done, [0, 1]; on the calling thread.
using ImportProgress = std::function<void(const std::string& file, double done)>;

/// What all importers are told.
struct ImportOptions {
  TaskId task = kFirstTask;   ///< whose labels and window are meant
  std::string source = {};    ///< id of the source the rows go to; empty: the importer's own
  std::string splitTag = {};  ///< of all recordings ("train", "test"), where no column says it
  sensors::WindowSpec window{base::Duration{0}, base::Duration{0}};  ///< 0: the importer's own
  ImportProgress progress = {};
  std::stop_token stop = {};  ///< what is at work is left out then, files before it stay
};

struct ClipsImport {
  std::filesystem::path folder = {};  ///< with meta.csv
  std::string labelColumn = {};       ///< empty: "category" or "label"
  std::string foldColumn = {};        ///< becomes the split tag; empty: "fold" where there is one
  std::string groupColumn = {};       ///< empty: "group", "src" or "src_file" where there is one
  double rate = 16000;  ///< sounds are resampled to it; 0: the first clip's, up to 48 kHz
};
/// Source kind Audio, id "audio/clip". One recording and one demonstration per clip.
/// Errors of all importers: InvalidArgument, NotFound, Corrupt, Unsupported naming file, row and
/// remedy; Cancelled; those of the store.
base::Result<ImportReport> importClips(ProjectStore& store, const ClipsImport& clips,
                                       const ImportOptions& options);

struct StreamImport {
  std::vector<std::filesystem::path> files = {};  ///< CSV, gzip or plain
  std::string timeColumn = {};            ///< empty: "t_ms", "t_s", "t", "time" or "timestamp"
  std::string labelColumn = {};           ///< empty: "label", "activity" or "category"
  std::string groupColumn = {};           ///< empty: the group is taken from the file's name
  std::vector<std::string> ignored = {};  ///< columns that are no channels
  std::filesystem::path classes = {};     ///< CSV: code, name; empty: labels are names
  double rate = 0;                        ///< rows per second; 0: estimated from the times
  sensors::SourceKind kind = sensors::SourceKind::Motion;
  base::Duration gap = std::chrono::seconds(1);  ///< a longer jump begins a new recording
};
/// Source id "import/stream". Runs of equal label are demonstrations.
base::Result<ImportReport> importStream(ProjectStore& store, const StreamImport& stream,
                                        const ImportOptions& options);

struct TableImport {
  std::vector<std::filesystem::path> files = {};  ///< CSV, gzip or plain
  std::vector<std::string> timeColumns = {};  ///< joined by a space; empty: as in the file, or none
  std::string labelColumn = {};               ///< empty: "label", "class" or "target"
  std::string groupColumn = {};               ///< also the split tag; empty: none
  std::vector<std::string> ignored = {};
  std::size_t rowsPerRecording = 60;  ///< so that a split by recording means something
};
/// Source kind Features, id "import/table": each row is one window.
base::Result<ImportReport> importTable(ProjectStore& store, const TableImport& table,
                                       const ImportOptions& options);

struct ArraysImport {
  std::filesystem::path values = {};       ///< .npy, [n x channels]
  std::filesystem::path labels = {};       ///< .npy, [n]
  std::filesystem::path groups = {};       ///< .npy, [n]; empty: none
  std::filesystem::path classes = {};      ///< CSV: code, name; empty: labels are their numbers
  std::vector<std::string> channels = {};  ///< names; empty: "c0", "c1", ...
  double rate = 0;                         ///< rows per second, > 0
  sensors::SourceKind kind = sensors::SourceKind::Motion;
};
/// Source id "import/array". Each run of equal label and group is a recording and a demonstration.
base::Result<ImportReport> importArrays(ProjectStore& store, const ArraysImport& arrays,
                                        const ImportOptions& options);

struct ImagesImport {
  std::filesystem::path images = {};   ///< idx, gzip or plain: [n x height x width]
  std::filesystem::path labels = {};   ///< idx: [n]
  std::filesystem::path classes = {};  ///< CSV: code, name; empty: labels are their numbers
  std::size_t rowsPerRecording = 100;  ///< so that a split by recording means something
};
/// Source kind Features, id "import/image", one channel per pixel, 0..255; each image is a window.
base::Result<ImportReport> importImages(ProjectStore& store, const ImagesImport& images,
                                        const ImportOptions& options);

}  // namespace app
