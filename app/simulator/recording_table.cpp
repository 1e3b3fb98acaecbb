#include "app/simulator/recording_table.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/project/importers/csv.h"
#include "app/project/importers/file_text.h"
#include "app/project/importers/time_text.h"

namespace app {
namespace {

constexpr std::size_t kLongestId = 48;

std::string lower(const std::string& text) {
  std::string result = text;
  for (char& c : result) {
    c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return result;
}

/// What a column's name says about its unit; empty where it says nothing.
std::string unitOf(const std::string& id) {
  const auto has = [&](const char* part) { return id.find(part) != std::string::npos; };
  if (id == "ax" || id == "ay" || id == "az") return "m/s2";
  if (id == "gx" || id == "gy" || id == "gz") return "rad/s";
  if (has("slope")) return {};
  if (has("co2")) return "ppm";
  if (has("temp")) return "\u00b0C";
  if (has("humid")) return "%";
  if (has("light")) return "lx";
  if (has("sound")) return "V";
  if (has("pir")) return "1";
  return {};
}

/// Which column is what.
struct Columns {
  std::size_t label = 0;
  std::vector<std::size_t> time;  // one, or date and time of day
  std::vector<std::size_t> values;
  double unit = 1e9;  // ns, of a single numeric time column
};

base::Result<Columns> columnsOf(const CsvReader& reader, const std::string& labelColumn) {
  Columns columns;
  constexpr std::string_view kLabels[] = {"activity", "label", "class"};
  const auto label = reader.pickColumn(labelColumn, kLabels);
  if (!label) return label.error();
  columns.label = label->value_or(reader.header().size() - 1);
  for (std::size_t i = 0; i < reader.header().size(); ++i) {
    const std::string name = lower(reader.header()[i]);
    if (i == columns.label) continue;
    if (name == "date" || name == "time" || name == "timestamp" || name == "t" ||
        name.starts_with("t_")) {
      columns.time.push_back(i);
      columns.unit = unitOfTimeColumn(reader.header()[i]);
    } else {
      columns.values.push_back(i);
    }
  }
  if (columns.time.empty()) return base::invalid("no column holds the time");
  if (columns.values.empty()) return base::invalid("no column holds values");
  return columns;
}

std::optional<double> secondsOf(const CsvReader::Row& row, const Columns& columns) {
  if (columns.time.size() == 1) {
    if (const auto number = readNumber(row[columns.time.front()])) {
      return *number * columns.unit * 1e-9;
    }
  }
  std::string text;
  for (const std::size_t column : columns.time) {
    text += (text.empty() ? "" : " ") + std::string(row[column]);
  }
  const auto time = readDateTime(text);
  if (!time) return std::nullopt;
  return 1e-9 * static_cast<double>(time->ns);
}

/// code -> name of a classes.csv beside `file`; empty where there is none.
base::Result<std::map<std::string, std::string>> namesBeside(const std::filesystem::path& file) {
  std::map<std::string, std::string> names;
  const std::filesystem::path list = file.parent_path() / "classes.csv";
  if (!std::filesystem::exists(list)) return names;
  const auto text = readFileText(list);
  if (!text) return text.error();
  auto reader = CsvReader::open(list.filename().string(), *text);
  if (!reader) return reader.error();
  if (reader->header().size() < 2) return names;
  while (true) {
    const auto row = reader->next();
    if (!row) return row.error();
    if (!*row) return names;
    names[std::string((**row)[0])] = std::string((**row)[1]);
  }
}

double medianOf(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

std::string wireId(const std::string& name) {
  std::string id = lower(name).substr(0, kLongestId);
  for (char& c : id) {
    const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    if (!fits) c = '_';
  }
  return id;
}

base::Result<RecordingTable> RecordingTable::load(const std::filesystem::path& file,
                                                  const std::string& labelColumn) {
  const auto names = namesBeside(file);
  if (!names) return names.error();
  const auto text = readFileText(file);
  if (!text) return text.error();
  auto reader = CsvReader::open(file.filename().string(), *text);
  if (!reader) return reader.error();
  const auto columns = columnsOf(*reader, labelColumn);
  if (!columns)
    return base::Error{columns.error().code,
                       file.filename().string() + ": " + columns.error().message};

  RecordingTable table;
  const std::string& labelName = reader->header()[columns->label];
  std::map<std::string, std::uint32_t> known;
  std::vector<double> distances;
  std::optional<double> former;
  while (true) {
    const auto row = reader->next();
    if (!row) return row.error();
    if (!*row) break;
    const auto seconds = secondsOf(**row, *columns);
    if (!seconds) return reader->errorHere("the time cannot be read");
    if (former) distances.push_back(*seconds - *former);
    former = seconds;
    for (const std::size_t column : columns->values) {
      const std::string_view field = (**row)[column];
      const auto number = readNumber(field);
      if (!number && !saysMissing(field))
        return reader->errorHere(reader->header()[column] + " is no number");
      table.values_.push_back(number ? static_cast<float>(*number) : NAN);
    }
    const std::string code((**row)[columns->label]);
    const auto [entry, fresh] =
        known.try_emplace(code, static_cast<std::uint32_t>(table.activities_.size()));
    if (fresh) {
      const auto named = names->find(code);
      const bool isNumber = readNumber(code).has_value();
      table.activities_.push_back(named != names->end() ? named->second
                                  : isNumber            ? labelName + " " + code
                                                        : code);
    }
    table.labels_.push_back(entry->second);
    if (table.labels_.size() > kMostRows)
      return base::invalid(file.filename().string() + " is too long to replay");
  }
  const double distance = medianOf(std::move(distances));
  if (!(distance > 0)) {
    return base::Error{base::ErrorCode::Corrupt,
                       file.filename().string() + ": the times do not rise"};
  }
  table.rate_ = 1e9 / std::round(distance * 1e9);
  table.played_.resize(table.rows());
  table.positions_.resize(table.activities_.size());
  for (std::size_t c = 0; c < columns->values.size(); ++c) {
    const std::string id = wireId(reader->header()[columns->values[c]]);
    double low = 0;
    double high = 0;
    for (std::size_t i = c; i < table.values_.size(); i += columns->values.size()) {
      if (!std::isfinite(table.values_[i])) continue;
      low = std::min(low, static_cast<double>(table.values_[i]));
      high = std::max(high, static_cast<double>(table.values_[i]));
    }
    table.channels_.push_back({id, unitOf(id), std::floor(low), std::ceil(high)});
  }
  return table;
}

std::optional<std::size_t> RecordingTable::activity(const std::string& name) const {
  const auto found = std::find(activities_.begin(), activities_.end(), name);
  if (found == activities_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - activities_.begin());
}

std::span<const float> RecordingTable::row(std::size_t index) const {
  return std::span(values_).subspan(index * channels_.size(), channels_.size());
}

std::optional<std::size_t> RecordingTable::next(std::size_t activity) {
  for (std::size_t& i = positions_[activity]; i < rows(); ++i) {
    if (labels_[i] == activity && played_[i] == 0) {
      played_[i] = 1;
      return i++;
    }
  }
  return std::nullopt;
}

std::optional<std::size_t> RecordingTable::nextOfAny() {
  for (std::size_t& i = anyPosition_; i < rows(); ++i) {
    if (played_[i] == 0) {
      played_[i] = 1;
      return i++;
    }
  }
  return std::nullopt;
}

}  // namespace app
