#include <algorithm>
#include <cmath>

#include "app/project/importers/csv.h"
#include "app/project/importers/file_text.h"
#include "app/project/importers/import_target.h"
#include "app/project/importers/time_text.h"
#include "app/project/importers/usual_columns.h"

namespace app {
namespace {

constexpr double kLatest = 4e18;  // nanoseconds; sums and differences of such times fit

constexpr std::size_t kMostChannels = 256;

struct StreamColumns {
  std::optional<std::size_t> time;
  std::optional<std::size_t> label;
  std::optional<std::size_t> group;
  std::vector<std::size_t> channels;
  double unit = 1e9;  ///< nanoseconds of one unit of the time column
};

/// One file, read.
struct StreamRows {
  std::vector<base::Time> times;  ///< empty where there is no time column
  std::vector<float> values;      ///< [rows x channels]
  std::vector<std::uint8_t> missing;
  bool anyMissing = false;
  std::vector<std::uint32_t> label;  ///< index into names
  std::vector<std::uint32_t> group;
  std::vector<std::string> labelNames = {""};  ///< 0: no label
  std::vector<std::string> groupNames = {""};
  std::size_t count() const { return label.size(); }
};

base::Result<StreamColumns> columnsOf(const CsvReader& reader, const StreamImport& stream,
                                      const std::string& file) {
  StreamColumns columns;
  const auto time = reader.pickColumn(stream.timeColumn, kTimeColumns);
  if (!time) return time.error();
  columns.time = *time;
  if (columns.time) {
    columns.unit = unitOfTimeColumn(reader.header()[*columns.time]);
  } else if (stream.rate <= 0) {
    return base::invalid(file + " has no time column; name it with --time-column, or give --rate");
  }
  const auto label = reader.pickColumn(stream.labelColumn, kStreamLabels);
  if (!label) return label.error();
  columns.label = *label;
  const auto group = reader.pickColumn(stream.groupColumn, {});
  if (!group) return group.error();
  columns.group = *group;
  for (const std::string& name : stream.ignored) {
    if (const auto known = reader.requireColumn(name); !known) return known.error();
  }
  for (std::size_t i = 0; i < reader.header().size(); ++i) {
    const bool ignored = std::find(stream.ignored.begin(), stream.ignored.end(),
                                   reader.header()[i]) != stream.ignored.end();
    if (i != columns.time && i != columns.label && i != columns.group && !ignored) {
      columns.channels.push_back(i);
    }
  }
  if (columns.channels.empty() || columns.channels.size() > kMostChannels) {
    return base::invalid(file + " has " + std::to_string(columns.channels.size()) +
                         " channels; 1 to 256 can be imported (leave some out with --ignore)");
  }
  return columns;
}

/// The number of `text` in `names`, added where new.
base::Result<std::uint32_t> numberOf(std::vector<std::string>& names, std::string_view text,
                                     std::uint32_t former) {
  if (names[former] == text) return former;
  const auto found = std::find(names.begin(), names.end(), text);
  if (found != names.end()) return static_cast<std::uint32_t>(found - names.begin());
  if (names.size() > ImportTarget::kMostLabels) {
    return base::invalid("more than " + std::to_string(ImportTarget::kMostLabels) +
                         " different labels or groups; choose another column");
  }
  names.emplace_back(text);
  return static_cast<std::uint32_t>(names.size() - 1);
}

base::Result<base::Time> timeOf(const CsvReader& reader, std::string_view text, double unit) {
  if (const auto number = readNumber(text)) {
    const double ns = *number * unit;
    if (std::abs(ns) < kLatest) {
      // Whole microseconds: finer digits of a large double are not what somebody wrote.
      return base::Time{std::abs(ns) < 1e15 ? std::llround(ns) : std::llround(ns / 1000) * 1000};
    }
  } else if (const auto date = readDateTime(text)) {
    return *date;
  }
  return reader.errorHere(inQuotes(text) + " is not a time; seconds or 2026-11-20T14:02:11 are");
}

base::Result<StreamRows> readStreamRows(CsvReader& reader, const StreamColumns& columns,
                                        const ImportTarget& target, const std::string& file) {
  StreamRows rows;
  for (;;) {
    const auto next = reader.next();
    if (!next) return next.error();
    if (!*next) return rows;
    const CsvReader::Row row = **next;
    if (columns.time) {
      const auto time = timeOf(reader, row[*columns.time], columns.unit);
      if (!time) return time.error();
      rows.times.push_back(*time);
    }
    for (const std::size_t channel : columns.channels) {
      const auto number = readNumber(row[channel]);
      if (!number && !saysMissing(row[channel])) {
        return reader.errorHere(inQuotes(row[channel]) + " is not a number; leave the column " +
                                reader.header()[channel] + " out with --ignore, or mend the row");
      }
      rows.values.push_back(static_cast<float>(number.value_or(0)));
      rows.missing.push_back(number ? 0 : 1);
      rows.anyMissing |= !number;
    }
    const auto text = [&](std::optional<std::size_t> column) {
      return column ? trimmed(row[*column]) : std::string_view();
    };
    const auto label =
        numberOf(rows.labelNames, text(columns.label), rows.label.empty() ? 0 : rows.label.back());
    if (!label) return reader.errorHere(label.error().message);
    const auto group =
        numberOf(rows.groupNames, text(columns.group), rows.group.empty() ? 0 : rows.group.back());
    if (!group) return reader.errorHere(group.error().message);
    rows.label.push_back(*label);
    rows.group.push_back(*group);
    if (rows.count() % 4096 != 0) continue;
    if (const auto on = target.goOn(); !on) return on.error();
    if (rows.count() % 65536 == 0) target.report(file, 0.8 * reader.progress());
  }
}

/// Rows per second from the middle step between rows; 0 where there is none.
double estimatedRate(const std::vector<base::Time>& times, base::Duration gap) {
  std::vector<std::int64_t> steps;
  for (std::size_t i = 1; i < times.size(); ++i) {
    const base::Duration step = times[i] - times[i - 1];
    if (step.count() > 0 && step <= gap) steps.push_back(step.count());
  }
  if (steps.empty()) return 0;
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  const double rate = 1e9 / static_cast<double>(*middle);
  const double whole = std::round(rate);
  return whole > 0 && std::abs(rate - whole) < 0.005 * whole ? whole : rate;
}

/// Where a recording ends: the first row after `begin` that belongs to the next one.
std::size_t endOfSegment(const StreamRows& rows, std::size_t begin, base::Duration gap) {
  std::size_t end = begin + 1;
  for (; end < rows.count(); ++end) {
    if (rows.group[end] != rows.group[begin]) break;
    if (rows.times.empty()) continue;
    const base::Duration jump = rows.times[end] - rows.times[end - 1];
    if (jump > gap || jump.count() <= 0) break;
  }
  return end;
}

/// Offsets of the rows, or none where each is within a hundredth of a step of the even grid.
std::vector<base::Duration> offsetsOf(const StreamRows& rows, std::size_t begin, std::size_t end,
                                      double rate) {
  std::vector<base::Duration> offsets;
  if (rows.times.empty()) return offsets;
  bool even = rate > 0;
  for (std::size_t i = begin; i < end; ++i) {
    offsets.push_back(rows.times[i] - rows.times[begin]);
    const double expected = static_cast<double>(i - begin) * 1e9 / rate;
    even = even && std::abs(static_cast<double>(offsets.back().count()) - expected) < 1e7 / rate;
  }
  if (even) offsets.clear();
  return offsets;
}

base::Result<std::vector<LabelledRun>> runsOf(const StreamRows& rows, std::size_t begin,
                                              std::size_t end,
                                              const std::map<std::string, std::string>& classes) {
  std::vector<LabelledRun> runs;
  for (std::size_t from = begin; from < end;) {
    std::size_t to = from + 1;
    while (to < end && rows.label[to] == rows.label[from]) ++to;
    if (rows.label[from] != 0) {
      const auto name = nameOfClass(classes, rows.labelNames[rows.label[from]]);
      if (!name) return name.error();
      runs.push_back({from - begin, to - begin, *name});
    }
    from = to;
  }
  return runs;
}

/// "1600" of "subject_1600.csv.gz": what follows the last underscore or dash, else the whole stem.
std::string groupOfFile(const std::filesystem::path& file) {
  std::string stem = file.filename().string();
  stem = stem.substr(0, stem.find('.'));
  const std::size_t cut = stem.find_last_of("_-");
  return cut == stem.npos || cut + 1 == stem.size() ? stem : stem.substr(cut + 1);
}

sensors::SourceInfo sourceOf(const CsvReader& reader, const StreamColumns& columns,
                             const StreamImport& stream, const std::string& id, double rate) {
  sensors::SourceInfo source{.id = id.empty() ? "import/stream" : id,
                             .name = "Imported stream",
                             .kind = stream.kind,
                             .channels = {},
                             .rate = stream.kind == sensors::SourceKind::Slow ? 0 : rate};
  for (const std::size_t channel : columns.channels) {
    source.channels.push_back({.id = reader.header()[channel], .unit = {}});
  }
  return source;
}

base::Result<void> importFile(ImportTarget& target, const StreamImport& stream,
                              const std::filesystem::path& path,
                              const std::map<std::string, std::string>& classes,
                              const ImportOptions& options, double& rate) {
  const std::string file = path.filename().string();
  const auto text = readFileText(path);
  if (!text) return text.error();
  auto reader = CsvReader::open(file, *text);
  if (!reader) return reader.error();
  const auto columns = columnsOf(*reader, stream, file);
  if (!columns) return columns.error();
  const auto rows = readStreamRows(*reader, *columns, target, file);
  if (!rows) return rows.error();
  if (rows->count() == 0) return base::invalid(file + " has no rows below its header");
  if (rate <= 0) rate = estimatedRate(rows->times, stream.gap);
  if (rate <= 0 && stream.kind != sensors::SourceKind::Slow) {
    return base::invalid(file +
                         ": the times never rise by less than the gap; give --rate or --gap");
  }
  const auto declared = target.declare(sourceOf(*reader, *columns, stream, options.source, rate));
  if (!declared) return base::Error{declared.error().code, file + ": " + declared.error().message};

  const std::size_t channels = columns->channels.size();
  for (std::size_t begin = 0; begin < rows->count();) {
    const std::size_t end = endOfSegment(*rows, begin, stream.gap);
    RecordingDraft draft;
    draft.name = file;
    draft.group = columns->group ? rows->groupNames[rows->group[begin]] : groupOfFile(path);
    if (!rows->times.empty() && isAbsolute(rows->times[begin])) draft.begin = rows->times[begin];
    draft.offsets =
        offsetsOf(*rows, begin, end, stream.kind == sensors::SourceKind::Slow ? 0 : rate);
    const auto from = static_cast<std::ptrdiff_t>(begin * channels);
    const auto to = static_cast<std::ptrdiff_t>(end * channels);
    draft.samples = {.rows = end - begin, .channels = channels, .values = {}, .missing = {}};
    draft.samples.values.assign(rows->values.begin() + from, rows->values.begin() + to);
    if (rows->anyMissing) {
      draft.samples.missing.assign(rows->missing.begin() + from, rows->missing.begin() + to);
    }
    auto runs = runsOf(*rows, begin, end, classes);
    if (!runs) return base::Error{runs.error().code, file + ": " + runs.error().message};
    draft.runs = std::move(*runs);
    if (const auto added = target.add(std::move(draft)); !added) {
      return base::Error{added.error().code, file + ": " + added.error().message};
    }
    begin = end;
  }
  return {};
}

}  // namespace

base::Result<ImportReport> importStream(ProjectStore& store, const StreamImport& stream,
                                        const ImportOptions& options) {
  const auto classes = readClasses(stream.classes);
  if (!classes) return classes.error();
  auto target = ImportTarget::open(store, options);
  if (!target) return target.error();
  double rate = stream.rate;
  for (std::size_t i = 0; i < stream.files.size(); ++i) {
    const auto done = store.inTransaction([&]() -> base::Result<void> {
      if (i == 0) {
        const auto set = target->setWindow({});
        if (!set) return set.error();
      }
      return importFile(*target, stream, stream.files[i], *classes, options, rate);
    });
    if (!done) return done.error();
    target->fileStays();
    target->report(stream.files[i].filename().string(),
                   static_cast<double>(i + 1) / static_cast<double>(stream.files.size()));
  }
  return target->summary();
}

}  // namespace app
