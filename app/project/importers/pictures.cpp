#include <algorithm>
#include <fstream>
#include <map>
#include <opencv2/imgcodecs.hpp>

#include "app/project/importers/csv.h"
#include "app/project/importers/file_importers.h"
#include "app/project/importers/file_text.h"
#include "app/project/importers/import_target.h"
#include "app/project/importers/usual_columns.h"
#include "sensors/jpeg_header.h"

namespace app {
namespace {

constexpr std::uint64_t kLargestPicture = std::uint64_t{16} << 20;
constexpr std::size_t kMostPictures = 1'000'000;
constexpr int kWidest = 8192;
constexpr int kJpegQuality = 92;

struct PictureFile {
  std::filesystem::path path;
  std::string label;
  std::string recording;  ///< pictures of one belong together; empty: runs of equal label
};

bool isPicture(const std::filesystem::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return ending == ".jpg" || ending == ".jpeg" || ending == ".png";
}

base::Error tooMany() {
  return base::invalid("more than a million pictures; bring them in piece by piece");
}

/// Width and height as a PNG's first chunk says them.
std::optional<sensors::PictureSize> pngSize(const std::string& bytes) {
  constexpr std::string_view kBegin{"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16};
  if (bytes.size() < 24 || std::string_view(bytes).substr(0, 16) != kBegin) return std::nullopt;
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
    }
    return value > kWidest ? 0 : static_cast<int>(value);
  };
  return sensors::PictureSize{.width = number(16), .height = number(20)};
}

/// The picture as it is stored. A JPEG keeps its bytes.
base::Result<sensors::Image> readPicture(const PictureFile& file) {
  const std::string name = file.path.filename().string();
  const auto text = readFileText(file.path, kLargestPicture);
  if (!text) return text.error();
  const auto* const first = reinterpret_cast<const std::uint8_t*>(text->data());
  if (const auto size = pngSize(*text)) {
    if (size->width <= 0 || size->height <= 0) {
      return base::invalid(name + " is wider or higher than 8192 pixels");
    }
    try {
      const cv::Mat picture =
          cv::imdecode(std::vector<std::uint8_t>(first, first + text->size()), cv::IMREAD_COLOR);
      sensors::Image image{.width = picture.cols, .height = picture.rows, .jpeg = {}};
      if (!picture.empty() &&
          cv::imencode(".jpg", picture, image.jpeg, {cv::IMWRITE_JPEG_QUALITY, kJpegQuality})) {
        return image;
      }
    } catch (const cv::Exception&) {
    }
    return base::Error{base::ErrorCode::Corrupt, name + " is a damaged PNG picture"};
  }
  const auto size = sensors::jpegSize({first, text->size()});
  if (!size) return base::Error{size.error().code, name + ": " + size.error().message};
  if (size->width > kWidest || size->height > kWidest) {
    return base::invalid(name + " is wider or higher than 8192 pixels");
  }
  return sensors::Image{
      .width = size->width, .height = size->height, .jpeg = {first, first + text->size()}};
}

/// As meta.csv lists them: filename, category or label, and recording where there is one.
base::Result<std::vector<PictureFile>> listed(const std::filesystem::path& folder) {
  const auto text = readFileText(folder / "meta.csv", std::uint64_t{1} << 28);
  if (!text) return text.error();
  auto reader = CsvReader::open("meta.csv", *text);
  if (!reader) return reader.error();
  const auto name = reader->requireColumn("filename");
  if (!name) return name.error();
  const auto label = reader->pickColumn("", kListLabels);
  const auto recording = reader->pickColumn("", kListRecordings);
  if (!label || !recording) return label ? recording.error() : label.error();
  std::vector<PictureFile> files;
  for (;;) {
    const auto row = reader->next();
    if (!row) return row.error();
    if (!*row) return files;
    const std::filesystem::path relative(trimmed((**row)[*name]));
    const bool leaves =
        relative.empty() || relative.is_absolute() ||
        std::any_of(relative.begin(), relative.end(), [](const auto& p) { return p == ".."; });
    if (leaves) {
      return reader->errorHere(inQuotes((**row)[*name]) +
                               " does not name a file in the folder of the pictures");
    }
    if (files.size() >= kMostPictures) return tooMany();
    files.push_back({.path = folder / relative,
                     .label = *label ? std::string(trimmed((**row)[**label])) : "",
                     .recording = *recording ? std::string(trimmed((**row)[**recording])) : ""});
  }
}

/// Pictures in folders named by their label; those beside the folders have none.
base::Result<std::vector<PictureFile>> inFolders(const std::filesystem::path& folder) {
  std::vector<PictureFile> files;
  std::error_code error;
  for (auto entry = std::filesystem::recursive_directory_iterator(folder, error);
       !error && entry != std::filesystem::recursive_directory_iterator(); entry.increment(error)) {
    if (!entry->is_regular_file(error) || !isPicture(entry->path())) continue;
    if (files.size() >= kMostPictures) return tooMany();
    const auto inside = std::filesystem::relative(entry->path(), folder, error);
    files.push_back({.path = entry->path(),
                     .label = inside.has_parent_path() ? inside.begin()->string() : "",
                     .recording = {}});
  }
  if (error) {
    return base::Error{base::ErrorCode::NotFound, "there is no folder " + folder.string()};
  }
  std::sort(files.begin(), files.end(), [](const PictureFile& a, const PictureFile& b) {
    return a.path.parent_path() != b.path.parent_path() ? a.path.parent_path() < b.path.parent_path()
                                                        : comesBefore(a.path.filename().string(),
                                                                      b.path.filename().string());
  });
  return files;
}

base::Result<void> addRun(ImportTarget& target, const std::vector<PictureFile>& files,
                          std::size_t from, std::size_t to, double rate) {
  const PictureFile& first = files[from];
  RecordingDraft draft;
  draft.name = first.recording.empty() ? first.path.parent_path().filename().string()
                                       : first.recording;
  auto recording = target.beginPictures(draft);
  if (!recording) return recording.error();
  const auto timeOf = [&](std::size_t i) {
    return base::fromSeconds(static_cast<double>(i - from) / rate);
  };
  std::vector<TrackLabel> labels;
  for (std::size_t i = from; i < to; ++i) {
    auto picture = readPicture(files[i]);
    if (!picture) return picture.error();
    if (auto added = target.addPicture(*recording, timeOf(i), std::move(picture).value()); !added) {
      return added;
    }
    target.report(files[i].path.filename().string(),
                  static_cast<double>(i) / static_cast<double>(files.size()));
    if (files[i].label.empty()) continue;
    if (!labels.empty() && labels.back().text == files[i].label &&
        labels.back().end == timeOf(i)) {
      labels.back().end = timeOf(i + 1);
    } else {
      labels.push_back({.begin = timeOf(i), .end = timeOf(i + 1), .text = files[i].label});
    }
  }
  return target.endPictures(*recording, timeOf(to), labels);
}

}  // namespace

base::Result<ImportReport> importPictures(ProjectStore& store, const PicturesImport& pictures,
                                          const ImportOptions& options) {
  if (!(pictures.rate >= 0.001 && pictures.rate <= 120)) {
    return base::invalid("pictures can be laid out at 0.001 to 120 a second");
  }
  std::error_code ignored;
  const bool hasList = std::filesystem::is_regular_file(pictures.folder / "meta.csv", ignored);
  const auto files = hasList ? listed(pictures.folder) : inFolders(pictures.folder);
  if (!files) return files.error();
  if (files->empty()) return base::invalid(pictures.folder.string() + " holds no pictures");
  auto target = ImportTarget::open(store, options);
  if (!target) return target.error();
  const auto done = store.inTransaction([&]() -> base::Result<void> {
    auto declared = target->declare({.id = options.source.empty() ? "import/picture" : options.source,
                                     .name = "Pictures",
                                     .kind = sensors::SourceKind::Picture,
                                     .channels = {},
                                     .rate = pictures.rate});
    if (!declared) return declared;
    for (std::size_t from = 0, to = 0; from < files->size(); from = to) {
      const auto belongs = [&](const PictureFile& file) {
        const PictureFile& first = (*files)[from];
        return file.recording == first.recording &&
               (!first.recording.empty() || file.label == first.label);
      };
      while (to < files->size() && belongs((*files)[to])) ++to;
      if (auto added = addRun(*target, *files, from, to, pictures.rate); !added) return added;
    }
    return {};
  });
  if (!done) return done.error();
  return target->summary();
}

}  // namespace app
