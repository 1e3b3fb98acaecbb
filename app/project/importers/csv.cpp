#include "app/project/importers/csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <set>

namespace app {
namespace {

constexpr std::size_t kMostListed = 12;
constexpr std::size_t kLongestQuoted = 40;

/// The separator that occurs most in the first line.
char separatorOf(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char candidate : {',', ';', '\t'}) {
    const auto count = std::count(first.begin(), first.end(), candidate);
    if (count > most) {
      most = count;
      best = candidate;
    }
  }
  return best;
}

bool equalsIgnoringCase(std::string_view a, std::string_view lower) {
  return a.size() == lower.size() &&
         std::equal(a.begin(), a.end(), lower.begin(), [](char left, char right) {
           return (left >= 'A' && left <= 'Z' ? static_cast<char>(left + 32) : left) == right;
         });
}

}  // namespace

std::string inQuotes(std::string_view text) {
  std::string result(1, '"');
  result += text.substr(0, kLongestQuoted);
  result += '"';
  return result;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool saysMissing(std::string_view text) {
  static constexpr std::array<std::string_view, 5> kWords = {"", "nan", "na", "null", "?"};
  const std::string_view word = trimmed(text);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&](std::string_view w) { return equalsIgnoringCase(word, w); });
}

std::optional<double> readNumber(std::string_view text) {
  std::string_view digits = trimmed(text);
  if (digits.size() > 1 && digits[0] == '+') digits.remove_prefix(1);
  double value = 0;
  const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (result.ec != std::errc() || result.ptr != digits.data() + digits.size() ||
      !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

bool comesBefore(const std::string& a, const std::string& b) {
  const auto left = readNumber(a);
  const auto right = readNumber(b);
  if (left && right && *left != *right) return *left < *right;
  if (left.has_value() != right.has_value()) return left.has_value();
  return a < b;
}

base::Result<CsvReader> CsvReader::open(std::string name, std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  CsvReader reader(std::move(name), text);
  reader.separator_ = separatorOf(text);
  if (const auto read = reader.readFields(); !read) return read.error();
  std::set<std::string> seen;
  for (const std::string_view field : reader.fields_) {
    std::string column(trimmed(field));
    if (column.empty()) {
      return reader.errorHere("a column of the header has no name");
    }
    if (!seen.insert(column).second) {
      return reader.errorHere("two columns are called \"" + column + "\"");
    }
    reader.header_.push_back(std::move(column));
  }
  if (reader.header_.empty()) {
    return base::Error{base::ErrorCode::Corrupt,
                       reader.name_ + " is empty; a header row is needed"};
  }
  return reader;
}

std::optional<std::size_t> CsvReader::column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  if (found == header_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - header_.begin());
}

base::Result<std::size_t> CsvReader::requireColumn(std::string_view name) const {
  if (const auto found = column(name)) return *found;
  std::string names;
  for (std::size_t i = 0; i < std::min(header_.size(), kMostListed); ++i) {
    names += (names.empty() ? "" : ", ") + header_[i].substr(0, 40);
  }
  if (header_.size() > kMostListed) names += ", ...";
  return base::invalid(name_ + " has no column \"" + std::string(name) + "\"; it has " + names);
}

base::Result<std::optional<std::size_t>> CsvReader::pickColumn(
    const std::string& asked, std::span<const std::string_view> usual) const {
  if (!asked.empty()) {
    const auto index = requireColumn(asked);
    if (!index) return index.error();
    return std::optional<std::size_t>(*index);
  }
  for (const std::string_view name : usual) {
    if (const auto index = column(name)) return index;
  }
  return std::optional<std::size_t>();
}

base::Result<std::optional<CsvReader::Row>> CsvReader::next() {
  if (const auto read = readFields(); !read) return read.error();
  if (fields_.empty()) return std::optional<Row>();
  if (fields_.size() != header_.size()) {
    return errorHere(std::to_string(fields_.size()) + " fields where the header has " +
                     std::to_string(header_.size()));
  }
  return std::optional<Row>(Row(fields_));
}

double CsvReader::progress() const {
  return text_.empty() ? 1 : static_cast<double>(at_) / static_cast<double>(text_.size());
}

base::Error CsvReader::errorHere(const std::string& what) const {
  return {base::ErrorCode::Corrupt, name_ + ", row " + std::to_string(line_) + ": " + what};
}

/// Fills fields_ with the next line that is not blank; leaves it empty at the end.
base::Result<void> CsvReader::readFields() {
  fields_.clear();
  unquotedUsed_ = 0;
  while (at_ < text_.size() && (text_[at_] == '\n' || text_[at_] == '\r')) {
    nextLine_ += text_[at_] == '\n' ? 1 : 0;
    ++at_;
  }
  line_ = nextLine_;
  if (at_ >= text_.size()) return {};
  for (;;) {
    if (fields_.size() == kMostColumns) {
      return errorHere("more than " + std::to_string(kMostColumns) +
                       " columns; is this a table of comma-separated values?");
    }
    if (at_ < text_.size() && text_[at_] == '"') {
      if (const auto read = readQuoted(); !read) return read.error();
    } else {
      const std::size_t begin = at_;
      while (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' &&
             text_[at_] != '\r') {
        ++at_;
      }
      if (at_ - begin > kLongestField) {
        return errorHere("a field of more than " + std::to_string(kLongestField) +
                         " characters; is this a table of comma-separated values?");
      }
      fields_.push_back(text_.substr(begin, at_ - begin));
    }
    if (at_ >= text_.size()) return {};
    const char after = text_[at_++];
    if (after == separator_) continue;
    if (after == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++nextLine_;
    return {};
  }
}

/// Reads a field that begins with a quote; at_ is then at what follows the closing one.
base::Result<void> CsvReader::readQuoted() {
  const std::size_t begin = ++at_;
  bool doubled = false;
  for (;; ++at_) {
    if (at_ >= text_.size() || at_ - begin > kLongestField) {
      return errorHere("a quote is opened and not closed");
    }
    if (text_[at_] == '\n') ++nextLine_;
    if (text_[at_] != '"') continue;
    if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
    doubled = true;
    ++at_;
  }
  const std::string_view inside = text_.substr(begin, at_ - begin);
  ++at_;
  if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r') {
    return errorHere("text follows a closing quote");
  }
  if (!doubled) {
    fields_.push_back(inside);
    return {};
  }
  std::string plain;
  plain.reserve(inside.size());
  for (std::size_t i = 0; i < inside.size(); ++i) {
    plain += inside[i];
    if (inside[i] == '"') ++i;
  }
  if (unquoted_.empty()) unquoted_.resize(kMostColumns);  // never grows: fields_ points into it
  unquoted_[unquotedUsed_] = std::move(plain);
  fields_.push_back(unquoted_[unquotedUsed_++]);
  return {};
}

}  // namespace app
