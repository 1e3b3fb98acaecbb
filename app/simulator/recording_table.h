#pragma once
// RecordingTable: the rows of a recorded stream or table with what was going on, and which of them
// were played already: asked twice for an activity, it goes on where it stopped.

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "sensors/base/result.h"
#include "sensors/channel.h"

namespace app {

/// One thread at a time.
class RecordingTable {
 public:
  static constexpr std::size_t kMostRows = 20'000'000;

  /// Reads a CSV file (plain or gzip) with a header: a time column ("t_ms", or "Date" and "Time"),
  /// numeric channels, and a column saying what was going on: `labelColumn`, or where that is empty
  /// "activity", "label", "class" or, in a file without these, the last. A classes.csv beside the
  /// file (code,activity) says what its codes mean; without it a code is shown as "column code".
  /// Errors: as readFileText; Corrupt naming the row; InvalidArgument.
  static base::Result<RecordingTable> load(const std::filesystem::path& file,
                                           const std::string& labelColumn);

  /// Ids and units as far as the names tell them; ranges from the data.
  const std::vector<sensors::Channel>& channels() const { return channels_; }
  /// Rows per second: one over the median distance in time.
  double rate() const { return rate_; }
  std::size_t rows() const { return labels_.size(); }
  /// Names, in order of first appearance.
  const std::vector<std::string>& activities() const { return activities_; }
  std::optional<std::size_t> activity(const std::string& name) const;
  std::span<const float> row(std::size_t index) const;

  /// The next row of `activity` that was not played, and marks it. Nothing at its end.
  std::optional<std::size_t> next(std::size_t activity);
  /// The next row of any activity that was not played, in the file's order, and marks it.
  std::optional<std::size_t> nextOfAny();

 private:
  std::vector<sensors::Channel> channels_;
  std::vector<float> values_;          // [rows x channels]
  std::vector<std::uint32_t> labels_;  // per row, into activities_
  std::vector<std::string> activities_;
  std::vector<std::uint8_t> played_;    // per row
  std::vector<std::size_t> positions_;  // per activity: rows before it need not be looked at
  std::size_t anyPosition_ = 0;
  double rate_ = 0;
};

/// Ids on the wire are [a-z0-9_.-]: other characters become "_".
std::string wireId(const std::string& name);

}  // namespace app
