#include <algorithm>
#include <cmath>
#include <set>

#include "app/project/importers/csv.h"
#include "app/project/importers/file_text.h"
#include "app/project/importers/import_target.h"
#include "app/project/importers/time_text.h"
#include "app/project/importers/usual_columns.h"

namespace app {
namespace {

constexpr double kLatestNs = 4e18;  // nanoseconds; sums and differences of such times fit

constexpr double kClosingSteps = 1.5;

struct TableColumns {
  std::vector<std::size_t> time;
  std::size_t label = 0;
  std::optional<std::size_t> group;
  std::vector<std::size_t> features;
};

struct TableRows {
  std::vector<base::Time> times;  ///< empty where there is no time column
  std::vector<float> values;
  std::vector<std::uint8_t> missing;
  bool anyMissing = false;
  std::vector<std::string> label;
  std::vector<std::string> group;
};

bool contains(const std::vector<std::size_t>& list, std::size_t value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

base::Result<TableColumns> columnsOf(const CsvReader& reader, const TableImport& table) {
  TableColumns columns;
  std::vector<std::string> times = table.timeColumns;
  if (times.empty()) {
    if (reader.column("Date") && reader.column("Time")) {
      times = {"Date", "Time"};
    } else if (reader.column("time")) {
      times = {"time"};
    }
  }
  for (const std::string& name : times) {
    const auto column = reader.requireColumn(name);
    if (!column) return column.error();
    columns.time.push_back(*column);
  }
  std::string label = table.labelColumn;
  for (const std::string_view usual : kTableLabels) {
    if (label.empty() && reader.column(usual)) label = usual;
  }
  const auto labelColumn = reader.requireColumn(label.empty() ? "label" : label);
  if (!labelColumn) {
    return base::invalid(labelColumn.error().message + "; name the label's with --label-column");
  }
  columns.label = *labelColumn;
  if (!table.groupColumn.empty()) {
    const auto group = reader.requireColumn(table.groupColumn);
    if (!group) return group.error();
    columns.group = *group;
  }
  for (const std::string& name : table.ignored) {
    if (const auto known = reader.requireColumn(name); !known) return known.error();
  }
  for (std::size_t i = 0; i < reader.header().size(); ++i) {
    const bool ignored = std::find(table.ignored.begin(), table.ignored.end(),
                                   reader.header()[i]) != table.ignored.end();
    if (i != columns.label && i != columns.group && !contains(columns.time, i) && !ignored) {
      columns.features.push_back(i);
    }
  }
  if (columns.features.empty()) return base::invalid("no column is left to be a feature");
  return columns;
}

base::Result<base::Time> timeOf(const CsvReader& reader, CsvReader::Row row,
                                const TableColumns& columns) {
  std::string text;
  for (const std::size_t column : columns.time) {
    if (!text.empty()) text += ' ';
    text += trimmed(row[column]);
  }
  if (const auto date = readDateTime(text)) return *date;
  const auto number = readNumber(text);
  const double ns =
      number ? *number * unitOfTimeColumn(reader.header()[columns.time.front()]) : NAN;
  if (std::abs(ns) < kLatestNs) return base::Time{std::llround(ns)};
  return reader.errorHere(inQuotes(text) + " is not a time; seconds or 2026-11-20 14:02:11 are");
}

base::Result<TableRows> readTableRows(CsvReader& reader, const TableColumns& columns,
                                      const ImportTarget& target, const std::string& file) {
  TableRows rows;
  for (;;) {
    const auto next = reader.next();
    if (!next) return next.error();
    if (!*next) return rows;
    const CsvReader::Row row = **next;
    if (!columns.time.empty()) {
      const auto time = timeOf(reader, row, columns);
      if (!time) return time.error();
      rows.times.push_back(*time);
    }
    for (const std::size_t feature : columns.features) {
      const auto number = readNumber(row[feature]);
      if (!number && !saysMissing(row[feature])) {
        return reader.errorHere(inQuotes(row[feature]) + " is not a number; leave the column " +
                                reader.header()[feature] + " out with --ignore, or mend the row");
      }
      rows.values.push_back(static_cast<float>(number.value_or(0)));
      rows.missing.push_back(number ? 0 : 1);
      rows.anyMissing |= !number;
    }
    rows.label.emplace_back(trimmed(row[columns.label]));
    rows.group.emplace_back(columns.group ? trimmed(row[*columns.group]) : std::string_view());
    if (rows.label.size() % 1024 != 0) continue;
    if (const auto on = target.goOn(); !on) return on.error();
    if (rows.label.size() % 16384 == 0) target.report(file, 0.8 * reader.progress());
  }
}

/// The middle step between rows; a second where there are no times.
base::Duration stepOf(const std::vector<base::Time>& times) {
  std::vector<std::int64_t> steps;
  for (std::size_t i = 1; i < times.size(); ++i) {
    const std::int64_t step = (times[i] - times[i - 1]).count();
    if (step > 0) steps.push_back(step);
  }
  if (steps.empty()) return std::chrono::seconds(1);
  const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
  std::nth_element(steps.begin(), middle, steps.end());
  return base::Duration(*middle);
}

bool closesRecording(const TableRows& rows, std::size_t i, base::Duration step) {
  if (rows.group[i] != rows.group[i - 1]) return true;
  if (rows.times.empty()) return false;
  const auto jump = static_cast<double>((rows.times[i] - rows.times[i - 1]).count());
  return jump <= 0 || jump > kClosingSteps * static_cast<double>(step.count());
}

RecordingDraft draftOf(const TableRows& rows, std::size_t begin, std::size_t end,
                       std::size_t features) {
  RecordingDraft draft;
  draft.group = draft.splitTag = rows.group[begin];
  for (std::size_t from = begin; from < end;) {
    std::size_t to = from + 1;
    while (to < end && rows.label[to] == rows.label[from]) ++to;
    if (!rows.label[from].empty()) {
      draft.runs.push_back({from - begin, to - begin, rows.label[from]});
    }
    from = to;
  }
  draft.samples = {.rows = end - begin, .channels = features, .values = {}, .missing = {}};
  const auto first = static_cast<std::ptrdiff_t>(begin * features);
  const auto last = static_cast<std::ptrdiff_t>(end * features);
  draft.samples.values.assign(rows.values.begin() + first, rows.values.begin() + last);
  if (rows.anyMissing) {
    draft.samples.missing.assign(rows.missing.begin() + first, rows.missing.begin() + last);
  }
  return draft;
}

base::Result<void> importFile(ImportTarget& target, const TableImport& table,
                              const std::filesystem::path& path, const ImportOptions& options,
                              base::Duration& step) {
  const std::string file = path.filename().string();
  const auto text = readFileText(path);
  if (!text) return text.error();
  auto reader = CsvReader::open(file, *text);
  if (!reader) return reader.error();
  const auto columns = columnsOf(*reader, table);
  if (!columns) return columns.error();
  const auto rows = readTableRows(*reader, *columns, target, file);
  if (!rows) return rows.error();
  if (rows->label.empty()) return base::invalid(file + " has no rows below its header");
  if (step.count() == 0) {
    step = stepOf(rows->times);
    if (const auto set = target.setWindow({step, step}); !set) return set.error();
  }
  sensors::SourceInfo source{.id = options.source.empty() ? "import/table" : options.source,
                             .name = "Imported table",
                             .kind = sensors::SourceKind::Features,
                             .channels = {},
                             .rate = 1e9 / static_cast<double>(step.count())};
  for (const std::size_t feature : columns->features) {
    source.channels.push_back({.id = reader->header()[feature], .unit = {}});
  }
  if (const auto declared = target.declare(source); !declared) {
    return base::Error{declared.error().code, file + ": " + declared.error().message};
  }
  const std::set<std::string> distinct(rows->label.begin(), rows->label.end());
  std::vector<std::string> labels(distinct.begin(), distinct.end());
  std::erase(labels, "");
  std::sort(labels.begin(), labels.end(), comesBefore);
  if (const auto expected = target.expectLabels(labels); !expected) {
    return base::Error{expected.error().code, file + ": " + expected.error().message};
  }
  // Rows are laid on an even grid of steps, each a window; a recording begins at the grid point
  // before its first row's own time, or where the former one ended.
  std::optional<base::Time> free;
  for (std::size_t begin = 0; begin < rows->label.size();) {
    std::size_t end = begin + 1;
    while (end < rows->label.size() && end - begin < table.rowsPerRecording &&
           !closesRecording(*rows, end, step)) {
      ++end;
    }
    RecordingDraft draft = draftOf(*rows, begin, end, columns->features.size());
    draft.name = file;
    if (!rows->times.empty() && isAbsolute(rows->times[begin])) {
      const base::Time own = base::floorTo(rows->times[begin], step);
      draft.begin = free ? std::max(*free, own) : own;
      free = *draft.begin + step * static_cast<std::int64_t>(end - begin);
    }
    if (const auto added = target.add(std::move(draft)); !added) {
      return base::Error{added.error().code, file + ": " + added.error().message};
    }
    begin = end;
  }
  return {};
}

}  // namespace

base::Result<ImportReport> importTable(ProjectStore& store, const TableImport& table,
                                       const ImportOptions& options) {
  auto target = ImportTarget::open(store, options);
  if (!target) return target.error();
  base::Duration step{0};
  for (std::size_t i = 0; i < table.files.size(); ++i) {
    const auto done = store.inTransaction(
        [&] { return importFile(*target, table, table.files[i], options, step); });
    if (!done) return done.error();
    target->fileStays();
    target->report(table.files[i].filename().string(),
                   static_cast<double>(i + 1) / static_cast<double>(table.files.size()));
  }
  return target->summary();
}

}  // namespace app
