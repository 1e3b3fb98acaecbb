#include <algorithm>
#include <cmath>

#include "app/project/importers/audio_file.h"
#include "app/project/importers/file_importers.h"
#include "app/project/importers/import_target.h"
#include "app/project/importers/resampler.h"
#include "app/project/importers/track_beside.h"

namespace app {
namespace {

constexpr double kMostKept = 48000;

std::size_t rowAt(base::Duration time, double rate, std::size_t rows) {
  const double row = base::toSeconds(time) * rate;
  return std::min(rows, static_cast<std::size_t>(std::max(0.0, std::round(row))));
}

}  // namespace

base::Result<ImportReport> importSounds(ProjectStore& store, const SoundsImport& sounds,
                                        const ImportOptions& options) {
  auto target = ImportTarget::open(store, options);
  if (!target) return target.error();
  double rate = sounds.rate;
  std::size_t at = 0;
  for (const std::filesystem::path& file : sounds.files) {
    auto sound = readAudio(file);
    if (!sound) return sound.error();
    if (rate <= 0) rate = std::min(sound->rate, kMostKept);
    std::vector<float> samples = sound->rate == rate ? std::move(sound->samples)
                                                     : resampled(sound->samples, sound->rate, rate);
    const auto labels = tracksBeside(
        file, sounds.label, base::fromSeconds(static_cast<double>(samples.size()) / rate));
    if (!labels) return labels.error();
    RecordingDraft draft;
    draft.name = file.filename().string();
    for (const TrackLabel& label : *labels) {
      draft.runs.push_back({rowAt(label.begin, rate, samples.size()),
                            rowAt(label.end, rate, samples.size()), label.text});
    }
    draft.samples = {
        .rows = samples.size(), .channels = 1, .values = std::move(samples), .missing = {}};
    const auto added = store.inTransaction([&]() -> base::Result<void> {
      auto declared = target->declare(
          {.id = options.source.empty() ? "audio/clip" : options.source,
           .name = "Sound clips",
           .kind = sensors::SourceKind::Audio,
           .channels = {{.id = "sound", .unit = "1", .min = -1, .max = 1}},
           .rate = rate});
      return declared ? target->add(std::move(draft)) : declared;
    });
    if (!added) return added.error();
    target->fileStays();
    target->report(file.filename().string(),
                   static_cast<double>(++at) / static_cast<double>(sounds.files.size()));
  }
  return target->summary();
}

base::Result<ImportReport> importLabels(ProjectStore& store, const LabelsImport& labels,
                                        const ImportOptions& options) {
  const auto recordings = store.recordings();
  if (!recordings) return recordings.error();
  const auto recording =
      std::find_if(recordings->begin(), recordings->end(),
                   [&](const Recording& r) { return r.id == labels.recording; });
  if (recording == recordings->end()) {
    return base::Error{base::ErrorCode::NotFound, "the recording " +
                                                      std::to_string(labels.recording) +
                                                      " is not in the project"};
  }
  const auto track = readTrack(labels.file, labels.tier);
  if (!track) return track.error();
  auto target = ImportTarget::open(store, options);
  if (!target) return target.error();
  const auto done = store.inTransaction([&]() -> base::Result<void> {
    return target->addLabels(*recording, *track);
  });
  if (!done) return done.error();
  return target->summary();
}

}  // namespace app
