#include "app/project/exporters/export_walk.h"
#include "app/project/label_tracks.h"

namespace app {

base::Result<ExportReport> exportLabels(const ProjectStore& store,
                                        const std::filesystem::path& folder, LabelForm form,
                                        const ExportOptions& options) {
  auto begun = ExportWalk::begin(store, folder, options);
  if (!begun) {
    return begun.error();
  }
  ExportWalk walk = std::move(begun).value();
  for (const Recording& recording : walk.recordings()) {
    const auto& stretches = walk.stretchesOf(recording);
    if (stretches.empty()) {
      continue;
    }
    std::vector<TrackLabel> track;
    for (const NamedStretch& stretch : stretches) {
      track.push_back({.begin = stretch.span.begin - recording.span.begin,
                       .end = std::max(stretch.span.begin, stretch.span.end) - recording.span.begin,
                       .text = stretch.label});
    }
    const bool audacity = form == LabelForm::Audacity;
    const auto file =
        walk.newFile(ExportWalk::nameOf(recording) + (audacity ? ".txt" : ".eaf"));
    if (!file) {
      return file.error();
    }
    if (auto written = writeWhole(*file, audacity ? encodeAudacityTrack(track)
                                                  : encodeElanTrack(track));
        !written) {
      return written.error();
    }
    walk.countRows(track.size());
    walk.countRecording(recording);
    walk.listFile(recording, "", file->filename().string());
  }
  return walk.finish();
}

}  // namespace app
