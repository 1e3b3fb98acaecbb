#include <algorithm>
#include <cmath>

#include "app/project/edge_impulse.h"
#include "app/project/exporters/export_walk.h"

namespace app {

namespace {

constexpr float kWholeSound = 32768;  // the form keeps sound as 16-bit numbers, units "wav"

/// Appends the rows of `block`. Values that were not measured repeat the one before: the form knows
/// no gaps.
base::Result<void> addRows(EdgeImpulseSample& sample, const sensors::Block& block) {
  const sensors::Samples& samples = *block.samples();
  const bool isSound = block.source->kind == sensors::SourceKind::Audio;
  if (sample.sensors.empty()) {
    sample.intervalMs = 1000 / block.source->rate;
    for (std::size_t c = 0; c < samples.channels; ++c) {
      const bool known = c < block.source->channels.size();
      sample.sensors.push_back(
          {.name = known ? block.source->channels[c].id : "c" + std::to_string(c),
           .units = isSound ? "wav" : known ? block.source->channels[c].unit : ""});
    }
  }
  const std::size_t columns = sample.sensors.size();
  if (samples.channels != columns) {
    return base::invalid(block.source->id + " changes its channels within an example.");
  }
  for (std::size_t row = 0; row < samples.rows; ++row) {
    for (std::size_t c = 0; c < columns; ++c) {
      const std::size_t before = sample.values.size() - columns;
      float value = sample.values.size() >= columns ? sample.values[before] : 0.0F;
      if (!samples.isMissing(row, c) && std::isfinite(samples.at(row, c))) {
        value = samples.at(row, c);
        value = isSound ? std::round(std::clamp(value, -1.0F, 1.0F) * kWholeSound) : value;
      }
      sample.values.push_back(value);
    }
  }
  return {};
}

}  // namespace

base::Result<ExportReport> exportEdgeImpulse(const ProjectStore& store,
                                             const std::filesystem::path& folder,
                                             EdgeImpulseForm form, const std::string& key,
                                             const ExportOptions& options) {
  auto begun = ExportWalk::begin(store, folder, options);
  if (!begun) {
    return begun.error();
  }
  ExportWalk walk = std::move(begun).value();
  const bool isJson = form == EdgeImpulseForm::Json;
  std::size_t at = 0;
  for (const Recording& recording : walk.recordings()) {
    const auto sources = walk.sourcesOf(recording);
    if (!sources) {
      return sources.error();
    }
    if (options.progress) {
      options.progress(ExportWalk::nameOf(recording),
                       static_cast<double>(at++) / static_cast<double>(walk.recordings().size()));
    }
    for (const NamedStretch& stretch : walk.stretchesOf(recording)) {
      for (const std::string& source : *sources) {
        EdgeImpulseSample sample;
        sample.deviceName = source;
        sample.madeAt = stretch.span.begin.ns / 1'000'000'000;
        auto done = walk.eachBlockIn(recording, source, stretch.span,
                                     [&](const sensors::Block& block) -> base::Result<void> {
                                       const bool fits =
                                           block.samples() && block.source->rate > 0;
                                       return fits ? addRows(sample, block) : base::Result<void>();
                                     });
        if (!done) {
          return done.error();
        }
        if (sample.rows() == 0) {
          continue;
        }
        const auto file = walk.newFile(ExportWalk::fileNamePart(stretch.label) + "." +
                                       std::to_string(stretch.id) + "." +
                                       ExportWalk::fileNamePart(source) +
                                       (isJson ? ".json" : ".cbor"));
        if (!file) {
          return file.error();
        }
        const base::Bytes bytes = encodeEdgeImpulse(
            sample, isJson ? EdgeImpulseEncoding::Json : EdgeImpulseEncoding::Cbor, key);
        if (auto written = writeWhole(
                *file, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
            !written) {
          return written.error();
        }
        walk.countRows(sample.rows());
        walk.countRecording(recording);
        walk.listFile(recording, source, file->filename().string());
      }
    }
  }
  return walk.finish();
}

}  // namespace app
