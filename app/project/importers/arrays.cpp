#include <cmath>
#include <set>

#include "app/project/importers/import_target.h"
#include "app/project/importers/npy.h"

namespace app {
namespace {

constexpr std::size_t kMostChannels = 1024;
constexpr base::Duration kUsualWindow = std::chrono::milliseconds(2560);

base::Result<void> checkFits(const ArraysImport& arrays, const NpyArray& values,
                             const NpyArray& labels, const std::optional<NpyArray>& groups) {
  const std::string file = arrays.values.filename().string();
  if (values.columns() > kMostChannels || values.rows() == 0) {
    return base::invalid(file + " holds " + std::to_string(values.rows()) + " rows of " +
                         std::to_string(values.columns()) +
                         " numbers; rows of 1 to 1024 can be imported");
  }
  if (labels.rows() != values.rows() || labels.columns() != 1) {
    return base::invalid(arrays.labels.filename().string() + " holds " +
                         std::to_string(labels.rows()) + " labels for the " +
                         std::to_string(values.rows()) + " rows of " + file);
  }
  if (groups && (groups->rows() != values.rows() || groups->columns() != 1)) {
    return base::invalid(arrays.groups.filename().string() + " holds " +
                         std::to_string(groups->rows()) + " groups for the " +
                         std::to_string(values.rows()) + " rows of " + file);
  }
  if (!arrays.channels.empty() && arrays.channels.size() != values.columns()) {
    return base::invalid("--channels names " + std::to_string(arrays.channels.size()) +
                         " channels where " + file + " has " + std::to_string(values.columns()));
  }
  if (!(arrays.rate > 0)) return base::invalid("arrays carry no times; give --rate");
  return {};
}

sensors::Samples samplesOf(const NpyArray& values, std::size_t begin, std::size_t end) {
  sensors::Samples samples{
      .rows = end - begin, .channels = values.columns(), .values = {}, .missing = {}};
  samples.values.reserve(samples.rows * samples.channels);
  for (std::size_t row = begin; row < end; ++row) {
    for (std::size_t c = 0; c < samples.channels; ++c) {
      const auto value = static_cast<float>(values.at(row, c));
      if (!std::isfinite(value)) {
        samples.missing.resize(samples.rows * samples.channels, 0);
        samples.missing[samples.values.size()] = 1;
      }
      samples.values.push_back(std::isfinite(value) ? value : 0);
    }
  }
  return samples;
}

}  // namespace

base::Result<ImportReport> importArrays(ProjectStore& store, const ArraysImport& arrays,
                                        const ImportOptions& options) {
  const auto values = NpyArray::read(arrays.values);
  if (!values) return values.error();
  const auto labels = NpyArray::read(arrays.labels);
  if (!labels) return labels.error();
  std::optional<NpyArray> groups;
  if (!arrays.groups.empty()) {
    auto read = NpyArray::read(arrays.groups);
    if (!read) return read.error();
    groups = std::move(*read);
  }
  const auto classes = readClasses(arrays.classes);
  if (!classes) return classes.error();
  if (const auto fits = checkFits(arrays, *values, *labels, groups); !fits) return fits.error();
  auto target = ImportTarget::open(store, options);
  if (!target) return target.error();

  sensors::SourceInfo source{.id = options.source.empty() ? "import/array" : options.source,
                             .name = "Imported arrays",
                             .kind = arrays.kind,
                             .channels = {},
                             .rate = arrays.rate};
  for (std::size_t c = 0; c < values->columns(); ++c) {
    std::string name = arrays.channels.empty() ? "c" : arrays.channels[c];
    if (arrays.channels.empty()) name += std::to_string(c);
    source.channels.push_back({.id = std::move(name), .unit = {}});
  }
  const std::string file = arrays.values.filename().string();
  std::set<std::int64_t> codes;
  for (std::size_t row = 0; row < labels->rows() && codes.size() <= ImportTarget::kMostLabels;
       ++row) {
    codes.insert(labels->integerAt(row));
  }
  std::vector<std::string> names;
  for (const std::int64_t code : codes) {
    auto name = nameOfClass(*classes, std::to_string(code));
    if (!name) return base::Error{name.error().code, file + ": " + name.error().message};
    names.push_back(std::move(*name));
  }
  const auto body = [&]() -> base::Result<void> {
    if (const auto set = target->setWindow({kUsualWindow, kUsualWindow / 2}); !set) {
      return set.error();
    }
    if (const auto declared = target->declare(source); !declared) return declared.error();
    if (const auto expected = target->expectLabels(names); !expected) return expected.error();
    for (std::size_t begin = 0; begin < values->rows();) {
      const std::int64_t label = labels->integerAt(begin);
      const std::int64_t group = groups ? groups->integerAt(begin) : 0;
      std::size_t end = begin + 1;
      while (end < values->rows() && labels->integerAt(end) == label &&
             (!groups || groups->integerAt(end) == group)) {
        ++end;
      }
      const auto name = nameOfClass(*classes, std::to_string(label));
      if (!name) return name.error();
      RecordingDraft draft;
      draft.name = file;
      if (groups) draft.group = std::to_string(group);
      draft.samples = samplesOf(*values, begin, end);
      draft.runs = {{0, end - begin, *name}};
      if (const auto added = target->add(std::move(draft)); !added) return added.error();
      target->report(file, static_cast<double>(end) / static_cast<double>(values->rows()));
      begin = end;
    }
    return {};
  };
  const auto done = store.inTransaction(body);
  if (!done) return base::Error{done.error().code, file + ": " + done.error().message};
  return target->summary();
}

}  // namespace app
