#pragma once
// ImportTarget: where importers put what they read: labels by name, recordings with their samples
// and demonstrations, each at its place in time.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/project/importers/importers.h"
#include "app/project/label_tracks.h"

namespace app {

/// Rows [begin, end) during which `label` held.
struct LabelledRun {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string label;
};

/// One recording as an importer read it.
struct RecordingDraft {
  std::string name;
  std::string group;
  std::string splitTag;
  std::optional<base::Time> begin;      ///< none: behind what the project holds
  std::vector<base::Duration> offsets;  ///< of each row after the first; empty: even at the rate
  sensors::Samples samples;
  std::vector<LabelledRun> runs;
};

/// One import into one source. One thread at a time; calls belong inside
/// ProjectStore::inTransaction.
class ImportTarget {
 public:
  static constexpr std::size_t kMostLabels = 1000;

  /// Errors: those of the store.
  static base::Result<ImportTarget> open(ProjectStore& store, const ImportOptions& options);

  /// Says what the rows to come are.
  /// Errors: InvalidArgument if the project knows the source with other channels.
  base::Result<void> declare(sensors::SourceInfo source);
  /// Sets the task's window, if the project held nothing before or the options ask for one.
  base::Result<void> setWindow(const sensors::WindowSpec& usual);
  /// Makes labels in this order, where they are not there yet. Errors: as add().
  base::Result<void> expectLabels(const std::vector<std::string>& names);
  /// Errors: InvalidArgument for unusable label texts and more than kMostLabels of them.
  base::Result<void> add(RecordingDraft draft);
  /// Adds examples to a recording; labels without a text are left out. Errors: as add().
  base::Result<void> addLabels(const Recording& recording, const std::vector<TrackLabel>& labels);

  // Pictures come one by one, in order of their time, because they do not all fit into memory.
  /// Begins a recording; of `draft` the samples and runs are not looked at.
  base::Result<Recording> beginPictures(const RecordingDraft& draft);
  base::Result<void> addPicture(const Recording& recording, base::Duration at,
                                sensors::Image image);
  base::Result<void> endPictures(Recording recording, base::Duration length,
                                 const std::vector<TrackLabel>& labels);
  /// Errors: Cancelled where the import is to end, saying how many files stay; add() and
  /// addPicture() ask by themselves.
  base::Result<void> goOn() const;
  /// A file was committed: whatever becomes of the next ones, it stays.
  void fileStays() { ++wholeFiles_; }
  /// Tells the progress listener.
  void report(const std::string& file, double done) const;
  const ImportReport& summary() const { return summary_; }

 private:
  explicit ImportTarget(ProjectStore& store) : store_(&store) {}
  base::Result<learners::LabelId> labelId(const std::string& written);
  base::Duration step(const RecordingDraft& draft) const;
  base::Result<void> addSamples(std::int64_t recording, base::Time begin, RecordingDraft& draft);

  ProjectStore* store_;
  ImportOptions options_;
  bool wasEmpty_ = true;
  base::Time nextFree_;
  sensors::SourceInfoPtr source_;
  std::uint64_t sequence_ = 0;
  std::size_t wholeFiles_ = 0;
  std::vector<sensors::BlockPtr> pictures_;  ///< that wait to be saved together
  std::map<std::string, learners::LabelId> labels_;
  std::vector<learners::Label> known_;  ///< of the task
  std::set<std::string> used_;
  ImportReport summary_;
};

/// Code to name, from a CSV file whose first two columns are that.
/// Errors: as CsvReader; InvalidArgument for less than two columns.
base::Result<std::map<std::string, std::string>> readClasses(const std::filesystem::path& file);
/// The name of `code`, or `code` itself where there are no classes.
/// Errors: InvalidArgument naming the code that is not listed.
base::Result<std::string> nameOfClass(const std::map<std::string, std::string>& classes,
                                      const std::string& code);

}  // namespace app
