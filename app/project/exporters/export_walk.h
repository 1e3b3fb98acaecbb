#pragma once
// ExportWalk: what every exporter does: choose recordings and sources, walk through their samples
// piece by piece, name files, and take everything back where it did not end well.

#include <fstream>
#include <map>
#include <optional>
#include <string_view>

#include "app/project/exporters/exporters.h"

namespace app {

/// One example inside a recording, its label by name.
struct NamedStretch {
  std::int64_t id = 0;
  base::TimeSpan span;
  std::string label;
};

/// One export into one folder. One thread at a time.
class ExportWalk {
 public:
  using BlockVisitor = std::function<base::Result<void>(const sensors::Block&)>;

  /// Makes the folder. Errors: as the exporters.
  static base::Result<ExportWalk> begin(const ProjectStore& store, std::filesystem::path folder,
                                        const ExportOptions& options);
  ExportWalk(ExportWalk&&) noexcept = default;
  /// Removes what was written, unless finish() was called.
  ~ExportWalk();

  const std::vector<Recording>& recordings() const { return recordings_; }
  /// Sources that `recording` has samples of, or the one that was asked for.
  base::Result<std::vector<std::string>> sourcesOf(const Recording& recording) const;
  /// Enabled examples of the recording, in order of their begin.
  const std::vector<NamedStretch>& stretchesOf(const Recording& recording) const;
  /// The label of the longest example; empty where there is none.
  std::string mainLabelOf(const Recording& recording) const;
  /// Blocks in time order, cut into pieces of at most 10 s. Reports progress.
  /// Errors: those of the store and of `visit`; Cancelled.
  base::Result<void> eachBlock(const Recording& recording, const std::string& source,
                               const BlockVisitor& visit);
  /// As eachBlock(), of a part of the recording; reports nothing.
  base::Result<void> eachBlockIn(const Recording& recording, const std::string& source,
                                 const base::TimeSpan& span, const BlockVisitor& visit) const;

  /// A path below the folder that was not given before; its own folder is made.
  base::Result<std::filesystem::path> newFile(const std::string& name);
  /// `text` as a part of a file name: at most 60 letters, digits, '-', '_' and '.'.
  static std::string fileNamePart(std::string_view text);
  /// "0007-kettle" of recording 7.
  static std::string nameOf(const Recording& recording);

  void countRows(std::size_t rows) { report_.rows += rows; }
  void countRecording(const Recording& recording) { counted_[recording.id] = true; }
  /// Also writes recordings.csv, which lists the files of each recording.
  base::Result<ExportReport> finish();
  void listFile(const Recording& recording, const std::string& source, const std::string& file);

 private:
  ExportWalk(const ProjectStore& store, const ExportOptions& options)
      : store_(&store), options_(options) {}

  const ProjectStore* store_;
  ExportOptions options_;
  std::filesystem::path folder_;
  bool madeFolder_ = false;
  std::vector<Recording> recordings_;
  std::map<std::int64_t, std::vector<NamedStretch>> stretches_;
  std::map<std::int64_t, bool> counted_;
  std::vector<std::filesystem::path> files_;
  std::vector<std::filesystem::path> folders_;
  std::string listing_;
  base::Duration total_{0};
  base::Duration done_{0};
  ExportReport report_;
};

/// A field of a CSV file (RFC 4180), quoted where it needs to be.
std::string csvField(std::string_view text);
/// Writes `content` as a whole file. Errors: Io.
base::Result<void> writeWhole(const std::filesystem::path& file, std::string_view content);
/// The label that holds at `time`: of those that overlap, the one that began last. Empty: none.
const std::string& labelAt(const std::vector<NamedStretch>& stretches, base::Time time);

}  // namespace app
