#pragma once
// CsvReader: rows of a CSV text with a header (RFC 4180; comma, semicolon or tab as the header has
// it). Never trusts the text: columns and fields are limited, and every error names file and row.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sensors/base/result.h"

namespace app {

/// One thread at a time. The text must outlive the reader.
class CsvReader {
 public:
  static constexpr std::size_t kMostColumns = 4096;
  static constexpr std::size_t kLongestField = 1 << 16;

  using Row = std::span<const std::string_view>;

  /// Reads the header. `name`: of the file, for errors.
  /// Errors: Corrupt for no header, more than kMostColumns columns, an empty or doubled name.
  static base::Result<CsvReader> open(std::string name, std::string_view text);

  const std::vector<std::string>& header() const { return header_; }
  /// Index of the column called `name`.
  std::optional<std::size_t> column(std::string_view name) const;
  /// As column(). Errors: InvalidArgument listing the columns there are.
  base::Result<std::size_t> requireColumn(std::string_view name) const;

  /// The column `asked` for, or where that is empty the first of `usual` there is, if any.
  /// Errors: as requireColumn() for an `asked` one.
  base::Result<std::optional<std::size_t>> pickColumn(
      const std::string& asked, std::span<const std::string_view> usual) const;

  /// The next row, as many fields as the header has; nothing at the end. Blank lines are skipped.
  /// The views hold until the next call. Errors: Corrupt.
  base::Result<std::optional<Row>> next();
  /// Row number of the last row given, as an editor counts lines; the header is 1.
  std::size_t line() const { return line_; }
  /// Share of the text read so far, [0, 1].
  double progress() const;
  /// An error about the last row: "name, row 17: ...".
  base::Error errorHere(const std::string& what) const;

 private:
  CsvReader(std::string name, std::string_view text) : name_(std::move(name)), text_(text) {}
  base::Result<void> readFields();
  base::Result<void> readQuoted();

  std::string name_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 0;
  std::size_t nextLine_ = 1;
  char separator_ = ',';
  std::vector<std::string> header_;
  std::vector<std::string_view> fields_;
  std::vector<std::string> unquoted_;  ///< texts of fields with doubled quotes
  std::size_t unquotedUsed_ = 0;
};

/// The first 40 characters between quotation marks, for errors.
std::string inQuotes(std::string_view text);
/// Without spaces around it.
std::string_view trimmed(std::string_view text);
/// Whether `a` is listed before `b`: 2 before 10, and numbers before words.
bool comesBefore(const std::string& a, const std::string& b);
/// Empty, "NaN", "NA", "null" or "?": a value that was not measured.
bool saysMissing(std::string_view text);
/// A finite number, the whole of `text`.
std::optional<double> readNumber(std::string_view text);

}  // namespace app
