#include "app/project/archive_rows.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace app {

namespace {

constexpr std::string_view kContent = "content";

std::string hexOf(std::span<const std::uint8_t> bytes) {
  static const char* const kDigits = "0123456789abcdef";
  std::string text;
  text.reserve(2 * bytes.size());
  for (const std::uint8_t byte : bytes) {
    text += {kDigits[byte >> 4], kDigits[byte & 15]};
  }
  return text;
}

int digitOf(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

base::Result<base::Bytes> bytesOf(const std::string& hex) {
  base::Bytes bytes;
  for (std::size_t i = 0; i + 1 < hex.size() + 1; i += 2) {
    const int high = digitOf(hex[i]);
    const int low = i + 1 < hex.size() ? digitOf(hex[i + 1]) : -1;
    if (high < 0 || low < 0) {
      return base::Error{base::ErrorCode::Corrupt, "bytes are not written as hexadecimal pairs"};
    }
    bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
  }
  return bytes;
}

bool isUtf8(const std::string& text) {
  try {
    static_cast<void>(RowJson(text).dump());
    return true;
  } catch (const RowJson::exception&) {
    return false;
  }
}

RowJson valueToJson(const SqlRow& row, int column) {
  switch (row.type(column)) {
    case SqlType::Null:
      return nullptr;
    case SqlType::Integer:
      return row.integer(column);
    case SqlType::Real: {
      const double value = row.real(column);
      return std::isfinite(value) ? RowJson(value)
                                  : RowJson::object({{"real", value > 0 ? "inf" : "-inf"}});
    }
    case SqlType::Text: {
      std::string text = row.text(column);
      if (isUtf8(text)) {
        return text;
      }
      return RowJson::object(
          {{"text", hexOf({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()})}});
    }
    case SqlType::Bytes:
      break;
  }
  return RowJson::object({{"hex", hexOf(row.bytes(column))}});
}

/// A value and what it points at, for as long as the statement runs.
struct Kept {
  SqlValue value = nullptr;
  std::string text;
  base::Bytes bytes;
};

base::Result<void> keepValue(const RowJson& json, Kept& kept) {
  if (json.is_null()) {
    return {};
  }
  if (json.is_number_integer()) {
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > std::uint64_t{INT64_MAX}) {
      return base::Error{base::ErrorCode::Corrupt, "a number is too large"};
    }
    kept.value = json.get<std::int64_t>();
    return {};
  }
  if (json.is_number_float()) {
    kept.value = json.get<double>();
    return {};
  }
  if (json.is_string()) {
    kept.text = json.get<std::string>();
    kept.value = std::string_view(kept.text);
    return {};
  }
  if (json.is_object() && json.size() == 1 && json.begin()->is_string()) {
    const std::string form = json.begin().key();
    const auto said = json.begin()->get<std::string>();
    if (form == "real") {
      kept.value = said == "inf" ? HUGE_VAL : -HUGE_VAL;
      return {};
    }
    auto bytes = bytesOf(said);
    if (!bytes) {
      return bytes.error();
    }
    kept.bytes = std::move(bytes).value();
    if (form == "text") {
      kept.text.assign(kept.bytes.begin(), kept.bytes.end());
      kept.value = std::string_view(kept.text);
      return {};
    }
    if (form == "hex") {
      kept.value = std::span<const std::uint8_t>(kept.bytes);
      return {};
    }
  }
  return base::Error{base::ErrorCode::Corrupt, "a value has an unknown form"};
}

}  // namespace

base::Result<std::map<std::string, std::vector<std::string>>> tablesOf(Database& database) {
  std::map<std::string, std::vector<std::string>> tables;
  auto done = database.each(
      "SELECT t.name, c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c WHERE t.type = "
      "'table' AND (t.name NOT LIKE 'sqlite_%' OR t.name = 'sqlite_sequence') ORDER BY t.name, "
      "c.cid",
      {}, [&](const SqlRow& row) {
        tables[row.text(0)].push_back(row.text(1));
        return base::Result<void>();
      });
  if (!done) {
    return done.error();
  }
  return tables;
}

RowJson rowToJson(const SqlRow& row, std::string_view leaveOut) {
  RowJson json = RowJson::object();
  for (int column = 0; column < row.columns(); ++column) {
    if (const std::string name = row.name(column); name != leaveOut) {
      json[name] = valueToJson(row, column);
    }
  }
  return json;
}

base::Result<void> insertRow(Database& database, const std::string& table,
                             const std::vector<std::string>& columns, const RowJson& row,
                             const std::span<const std::uint8_t>* content) {
  if (!row.is_object()) {
    return base::Error{base::ErrorCode::Corrupt, "a row is no object"};
  }
  std::string names;
  std::string marks;
  std::vector<Kept> kept(columns.size());
  std::vector<SqlValue> values;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto found = row.find(columns[i]);
    const bool isContent = content && columns[i] == kContent;
    if (found == row.end() && !isContent) {
      continue;
    }
    if (isContent) {
      kept[i].value = *content;
    } else if (auto good = keepValue(*found, kept[i]); !good) {
      return good;
    }
    names += (names.empty() ? "\"" : ", \"") + columns[i] + "\"";
    marks += marks.empty() ? "?" : ", ?";
    values.push_back(kept[i].value);
  }
  if (values.size() < row.size() || values.empty()) {
    return base::Error{base::ErrorCode::Corrupt, "a row has columns that " + table + " has not"};
  }
  return database.runWith("INSERT INTO \"" + table + "\"(" + names + ") VALUES(" + marks + ")",
                          values);
}

}  // namespace app
