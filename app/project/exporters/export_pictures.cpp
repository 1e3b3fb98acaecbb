#include <cstdio>

#include "app/project/exporters/export_walk.h"

namespace app {

base::Result<ExportReport> exportPictures(const ProjectStore& store,
                                          const std::filesystem::path& folder,
                                          const ExportOptions& options) {
  auto begun = ExportWalk::begin(store, folder, options);
  if (!begun) {
    return begun.error();
  }
  ExportWalk walk = std::move(begun).value();
  std::string meta = "filename,category,source,recording,t_s\r\n";
  for (const Recording& recording : walk.recordings()) {
    const auto sources = walk.sourcesOf(recording);
    if (!sources) {
      return sources.error();
    }
    for (const std::string& source : *sources) {
      std::size_t count = 0;
      const std::string stem =
          ExportWalk::nameOf(recording) + "." + ExportWalk::fileNamePart(source);
      auto done = walk.eachBlock(
          recording, source, [&](const sensors::Block& block) -> base::Result<void> {
            const sensors::Image* const image = block.image();
            if (!image) {
              return {};
            }
            char number[16];
            std::snprintf(number, sizeof number, "%06zu", ++count);
            const auto file = walk.newFile(stem + "/" + number + ".jpg");
            if (!file) {
              return file.error();
            }
            char at[40];
            std::snprintf(at, sizeof at, "%.9f",
                          base::toSeconds(block.start - recording.span.begin));
            meta += csvField(stem + "/" + file->filename().string()) + "," +
                    csvField(labelAt(walk.stretchesOf(recording), block.start)) + "," +
                    csvField(source) + "," + std::to_string(recording.id) + "," + at + "\r\n";
            walk.countRows(1);
            return writeWhole(*file, {reinterpret_cast<const char*>(image->jpeg.data()),
                                      image->jpeg.size()});
          });
      if (!done) {
        return done.error();
      }
      if (count > 0) {
        walk.countRecording(recording);
        walk.listFile(recording, source, stem);
      }
    }
  }
  const auto file = walk.newFile("meta.csv");
  if (!file) {
    return file.error();
  }
  if (auto written = writeWhole(*file, meta); !written) {
    return written.error();
  }
  return walk.finish();
}

}  // namespace app
