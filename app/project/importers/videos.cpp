// Films as pictures with times.

#include <algorithm>

#include "app/project/importers/file_importers.h"
#include "app/project/importers/import_target.h"
#include "app/project/importers/track_beside.h"
#include "sensors/film_reader.h"

namespace app {

namespace {

constexpr int kLongestSide = 320;  ///< pixels, as cameras' pictures are usually kept

base::Result<void> importFilm(ImportTarget& target, const std::filesystem::path& file,
                              const VideoImport& videos, const ImportOptions& options) {
  auto film = sensors::FilmReader::open(file, videos.rate, kLongestSide, videos.program);
  if (!film) return film.error();
  const std::string name = file.filename().string();
  auto recording = target.beginPictures({.name = name});
  if (!recording) return recording.error();
  base::Duration end{0};
  std::size_t pictures = 0;
  for (;;) {
    auto picture = film->next(options.stop);
    if (auto on = target.goOn(); !on) return on;
    if (!picture) return picture.error();
    if (!*picture) break;
    end = (*picture)->at;
    if (auto added = target.addPicture(*recording, end, std::move((*picture)->image)); !added) {
      return added;
    }
    if (++pictures % 16 == 0 && film->length().count() > 0) {
      target.report(name, std::min(1.0, base::toSeconds(end) / base::toSeconds(film->length())));
    }
  }
  if (pictures == 0) return base::invalid(name + " holds no picture.");
  const base::Duration length =
      std::max(film->length(), end + base::fromSeconds(1 / videos.rate));
  const auto labels = tracksBeside(file, videos.label, length);
  if (!labels) return labels.error();
  target.report(name, 1);
  return target.endPictures(*recording, length, *labels);
}

}  // namespace

base::Result<ImportReport> importVideos(ProjectStore& store, const VideoImport& videos,
                                        const ImportOptions& options) {
  if (!(videos.rate >= 0.01 && videos.rate <= 30)) {
    return base::invalid("pictures a second lie between 0.01 and 30");
  }
  auto target = ImportTarget::open(store, options);
  if (!target) return target.error();
  for (const std::filesystem::path& file : videos.files) {
    const auto done = store.inTransaction([&]() -> base::Result<void> {
      auto declared = target->declare(
          {.id = options.source.empty() ? "import/video" : options.source,
           .name = "Films",
           .kind = sensors::SourceKind::Picture,
           .channels = {},
           .rate = videos.rate});
      return declared ? importFilm(*target, file, videos, options) : declared;
    });
    if (!done) return done.error();
    target->fileStays();
  }
  return target->summary();
}

}  // namespace app
