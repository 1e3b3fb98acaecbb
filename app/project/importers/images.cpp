#include <algorithm>
#include <set>

#include "app/project/importers/idx.h"
#include "app/project/importers/import_target.h"

namespace app {
namespace {

constexpr std::size_t kMostPixels = 1 << 16;
constexpr base::Duration kStep = std::chrono::seconds(1);

base::Result<void> checkFits(const ImagesImport& images, const IdxArray& pixels,
                             const IdxArray& labels) {
  const std::string file = images.images.filename().string();
  if (pixels.rows() == 0 || pixels.shape().size() < 2 || pixels.columns() > kMostPixels) {
    return base::invalid(file + " holds " + std::to_string(pixels.rows()) + " pictures of " +
                         std::to_string(pixels.columns()) +
                         " pixels; 1 to 65536 pixels can be imported");
  }
  if (labels.rows() != pixels.rows() || labels.columns() != 1) {
    return base::invalid(images.labels.filename().string() + " holds " +
                         std::to_string(labels.rows()) + " labels for the " +
                         std::to_string(pixels.rows()) + " pictures of " + file);
  }
  return {};
}

sensors::SourceInfo sourceOf(const IdxArray& pixels, const std::string& id) {
  sensors::SourceInfo source{.id = id.empty() ? "import/image" : id,
                             .name = "Imported pictures",
                             .kind = sensors::SourceKind::Features,
                             .channels = {},
                             .rate = 1 / base::toSeconds(kStep)};
  const std::size_t width = pixels.shape().back();
  for (std::size_t p = 0; p < pixels.columns(); ++p) {
    source.channels.push_back(
        {.id = "row " + std::to_string(p / width) + " column " + std::to_string(p % width),
         .unit = {},
         .min = 0,
         .max = 255});
  }
  return source;
}

}  // namespace

base::Result<ImportReport> importImages(ProjectStore& store, const ImagesImport& images,
                                        const ImportOptions& options) {
  const auto pixels = IdxArray::read(images.images);
  if (!pixels) return pixels.error();
  const auto labels = IdxArray::read(images.labels);
  if (!labels) return labels.error();
  const auto classes = readClasses(images.classes);
  if (!classes) return classes.error();
  if (const auto fits = checkFits(images, *pixels, *labels); !fits) return fits.error();
  auto target = ImportTarget::open(store, options);
  if (!target) return target.error();

  const std::string file = images.images.filename().string();
  std::set<std::uint8_t> codes;
  for (std::size_t i = 0; i < labels->rows(); ++i) codes.insert(labels->row(i)[0]);
  std::vector<std::string> names;
  for (const std::uint8_t code : codes) {
    auto name = nameOfClass(*classes, std::to_string(code));
    if (!name) return base::Error{name.error().code, file + ": " + name.error().message};
    names.push_back(std::move(*name));
  }
  const auto body = [&]() -> base::Result<void> {
    if (const auto set = target->setWindow({kStep, kStep}); !set) return set.error();
    if (const auto declared = target->declare(sourceOf(*pixels, options.source)); !declared) {
      return declared.error();
    }
    if (const auto expected = target->expectLabels(names); !expected) return expected.error();
    for (std::size_t begin = 0; begin < pixels->rows(); begin += images.rowsPerRecording) {
      const std::size_t end = std::min(begin + images.rowsPerRecording, pixels->rows());
      RecordingDraft draft;
      draft.name = file;
      draft.samples = {
          .rows = end - begin, .channels = pixels->columns(), .values = {}, .missing = {}};
      draft.samples.values.reserve(draft.samples.rows * draft.samples.channels);
      for (std::size_t i = begin; i < end; ++i) {
        const auto row = pixels->row(i);
        draft.samples.values.insert(draft.samples.values.end(), row.begin(), row.end());
        const std::uint8_t label = labels->row(i)[0];
        if (i > begin && labels->row(i - 1)[0] == label) {
          draft.runs.back().end = i - begin + 1;
          continue;
        }
        const auto name = nameOfClass(*classes, std::to_string(label));
        if (!name) return name.error();
        draft.runs.push_back({i - begin, i - begin + 1, *name});
      }
      if (const auto added = target->add(std::move(draft)); !added) return added.error();
      target->report(file, static_cast<double>(end) / static_cast<double>(pixels->rows()));
    }
    return {};
  };
  const auto done = store.inTransaction(body);
  if (!done) return base::Error{done.error().code, file + ": " + done.error().message};
  return target->summary();
}

}  // namespace app
