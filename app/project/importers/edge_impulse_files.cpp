#include "app/project/edge_impulse.h"
#include "app/project/importers/file_importers.h"
#include "app/project/importers/file_text.h"
#include "app/project/importers/import_target.h"

namespace app {
namespace {

constexpr double kWholeSound = 32768;
constexpr double kSlowBelow = 10;  // rows per second
constexpr std::uint64_t kLargestSample = std::uint64_t{256} << 20;

bool isSound(const EdgeImpulseSample& sample) {
  return sample.sensors.size() == 1 && sample.sensors[0].units == "wav";
}

sensors::SourceInfo sourceOf(const EdgeImpulseSample& sample, const std::string& id) {
  sensors::SourceInfo info{.id = id.empty() ? "import/edge" : id,
                           .name = "Edge Impulse samples",
                           .kind = sensors::SourceKind::Motion,
                           .channels = {},
                           .rate = 1000 / sample.intervalMs};
  if (isSound(sample)) {
    info.kind = sensors::SourceKind::Audio;
  } else if (info.rate < kSlowBelow) {
    info.kind = sensors::SourceKind::Slow;
  }
  for (const auto& sensor : sample.sensors) {
    info.channels.push_back({.id = sensor.name,
                             .unit = isSound(sample) ? "1" : sensor.units,
                             .min = isSound(sample) ? -1.0 : 0.0,
                             .max = isSound(sample) ? 1.0 : 0.0});
  }
  return info;
}

}  // namespace

base::Result<ImportReport> importEdgeImpulse(ProjectStore& store, const EdgeImpulseImport& samples,
                                             const ImportOptions& options) {
  auto target = ImportTarget::open(store, options);
  if (!target) return target.error();
  std::size_t at = 0;
  for (const std::filesystem::path& file : samples.files) {
    const std::string name = file.filename().string();
    const auto text = readFileText(file, kLargestSample);
    if (!text) return text.error();
    auto decoded = decodeEdgeImpulse(
        name, {reinterpret_cast<const std::uint8_t*>(text->data()), text->size()}, samples.key);
    if (!decoded) return decoded.error();
    EdgeImpulseSample& sample = decoded->sample;
    if (sample.rows() == 0) return base::invalid(name + " holds no values");
    RecordingDraft draft;
    draft.name = name;
    draft.group = sample.deviceName;
    draft.runs = {{0, sample.rows(),
                   samples.label.empty() ? name.substr(0, name.find('.')) : samples.label}};
    draft.samples = {.rows = sample.rows(),
                     .channels = sample.sensors.size(),
                     .values = std::move(sample.values),
                     .missing = {}};
    if (isSound(sample)) {
      for (float& value : draft.samples.values) {
        value = static_cast<float>(static_cast<double>(value) / kWholeSound);
      }
    }
    const auto added = store.inTransaction([&]() -> base::Result<void> {
      auto declared = target->declare(sourceOf(sample, options.source));
      return declared ? target->add(std::move(draft)) : declared;
    });
    if (!added) return base::Error{added.error().code, name + ": " + added.error().message};
    target->fileStays();
    target->report(name, static_cast<double>(++at) / static_cast<double>(samples.files.size()));
  }
  return target->summary();
}

}  // namespace app
