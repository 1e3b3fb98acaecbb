#include "app/project/importers/import_target.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/project/clean_name.h"
#include "app/project/importers/csv.h"
#include "app/project/importers/file_text.h"
#include "app/project/new_label.h"

namespace app {
namespace {

using learners::Label;

constexpr base::Duration kBetween = std::chrono::seconds(5);
constexpr std::size_t kValuesPerBlock = 1 << 16;
constexpr std::size_t kPicturesTogether = 32;

base::Time roundedUp(base::Time t, base::Duration step) {
  return base::floorTo(t + (step - base::Duration(1)), step);
}

/// Time of even row `row` after the first, without the drift a rounded step would add up to.
base::Duration evenOffset(std::size_t row, double rate) {
  return base::Duration(std::llround(static_cast<double>(row) * 1e9 / rate));
}

}  // namespace

base::Result<ImportTarget> ImportTarget::open(ProjectStore& store, const ImportOptions& options) {
  ImportTarget target(store);
  target.options_ = options;
  const auto recordings = store.recordings();
  if (!recordings) return recordings.error();
  target.wasEmpty_ = recordings->empty();
  target.nextFree_ = kImportOrigin;
  for (const Recording& recording : *recordings) {
    target.nextFree_ = std::max(target.nextFree_, recording.span.end + kBetween);
  }
  const auto labels = store.labels();
  if (!labels) return labels.error();
  for (const Label& label : *labels) {
    if (label.task != options.task) continue;
    target.labels_[label.name] = label.id;
    target.known_.push_back(label);
  }
  return target;
}

base::Result<void> ImportTarget::declare(sensors::SourceInfo source) {
  if (source_ && *source_ == source) return {};
  const auto known = store_->sources();
  if (!known) return known.error();
  const auto same = std::find_if(known->begin(), known->end(),
                                 [&](const auto& other) { return other.id == source.id; });
  if (same == known->end()) {
    if (const auto declared = store_->declareSource(source); !declared) return declared.error();
  } else if (same->kind != source.kind || same->rate != source.rate ||
             same->channels != source.channels) {
    return base::invalid("the project has a source " + source.id +
                         " with other channels or another rate; choose another with --source");
  }
  source_ = std::make_shared<const sensors::SourceInfo>(std::move(source));
  return {};
}

base::Result<void> ImportTarget::setWindow(const sensors::WindowSpec& usual) {
  const bool asked = options_.window.length.count() > 0;
  if (!asked && !wasEmpty_) return {};
  auto task = store_->task(options_.task);
  if (!task) return task.error();
  task->window = usual;
  if (asked) {
    task->window = options_.window;
    if (task->window.hop.count() <= 0) task->window.hop = task->window.length;
  }
  return store_->setTask(*task);
}

base::Result<void> ImportTarget::expectLabels(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (const auto id = labelId(name); !id) return id.error();
  }
  return {};
}

base::Duration ImportTarget::step(const RecordingDraft& draft) const {
  if (source_->rate > 0) return evenOffset(1, source_->rate);
  const std::size_t rows = draft.samples.rows;
  if (rows < 2 || draft.offsets.empty()) return std::chrono::seconds(1);
  return draft.offsets.back() / static_cast<std::int64_t>(rows - 1);
}

base::Result<void> ImportTarget::goOn() const {
  if (!options_.stop.stop_requested()) return {};
  const std::string kept = wholeFiles_ == 0   ? "Nothing was brought in."
                           : wholeFiles_ == 1 ? "The file before this one is in the project."
                                              : "The " + std::to_string(wholeFiles_) +
                                                    " files before this one are in the project.";
  return base::Error{base::ErrorCode::Cancelled, "The import was stopped. " + kept};
}

base::Result<void> ImportTarget::add(RecordingDraft draft) {
  if (auto on = goOn(); !on) return on;
  const std::size_t rows = draft.samples.rows;
  if (rows == 0) return {};
  const bool even = draft.offsets.empty();
  const base::Time begin = draft.begin ? *draft.begin : roundedUp(nextFree_, kImportGrid);
  const auto timeOf = [&](std::size_t row) {
    if (row == rows && !even) return begin + draft.offsets.back() + step(draft);
    return begin + (even ? evenOffset(row, source_->rate) : draft.offsets[row]);
  };
  Recording recording{.span = {begin, timeOf(rows)},
                      .name = draft.name,
                      .group = draft.group,
                      .splitTag = draft.splitTag.empty() ? options_.splitTag : draft.splitTag};
  const auto id = store_->addRecording(recording);
  if (!id) return id.error();
  for (const LabelledRun& run : draft.runs) {
    const auto label = labelId(run.label);
    if (!label) return label.error();
    const auto added = store_->addDemonstration({.label = *label,
                                                 .span = {timeOf(run.begin), timeOf(run.end)},
                                                 .recording = *id,
                                                 .origin = learners::Origin::Import,
                                                 .author = "import",
                                                 .modelHash = {}});
    if (!added) return added.error();
    used_.insert(run.label);
  }
  if (const auto added = addSamples(*id, begin, draft); !added) return added.error();
  nextFree_ = std::max(nextFree_, recording.span.end + kBetween);
  ++summary_.recordings;
  summary_.demonstrations += draft.runs.size();
  summary_.rows += rows;
  summary_.labels = used_.size();
  return {};
}

base::Result<void> ImportTarget::addSamples(std::int64_t recording, base::Time begin,
                                            RecordingDraft& draft) {
  const sensors::Samples& all = draft.samples;
  const std::size_t perBlock = std::max<std::size_t>(1, kValuesPerBlock / all.channels);
  const bool even = draft.offsets.empty();
  std::vector<sensors::BlockPtr> blocks;
  for (std::size_t first = 0; first < all.rows; first += perBlock) {
    const std::size_t n = std::min(perBlock, all.rows - first);
    sensors::Block block;
    block.source = source_;
    block.sequence = sequence_++;
    if (even) {
      block.start = begin + evenOffset(first, source_->rate);
      block.step = evenOffset(1, source_->rate);
    } else {
      block.start = begin + draft.offsets[first];
      for (std::size_t i = 0; i < n; ++i) {
        block.offsets.push_back(draft.offsets[first + i] - draft.offsets[first]);
      }
    }
    sensors::Samples part{.rows = n, .channels = all.channels, .values = {}, .missing = {}};
    const auto from = static_cast<std::ptrdiff_t>(first * all.channels);
    const auto to = static_cast<std::ptrdiff_t>((first + n) * all.channels);
    part.values.assign(all.values.begin() + from, all.values.begin() + to);
    if (!all.missing.empty()) {
      part.missing.assign(all.missing.begin() + from, all.missing.begin() + to);
    }
    block.content = std::move(part);
    blocks.push_back(std::make_shared<const sensors::Block>(std::move(block)));
  }
  return store_->appendChunks(recording, blocks);
}

base::Result<void> ImportTarget::addLabels(const Recording& recording,
                                           const std::vector<TrackLabel>& labels) {
  for (const TrackLabel& label : labels) {
    if (label.text.empty()) continue;
    const auto id = labelId(label.text);
    if (!id) return id.error();
    const auto added = store_->addDemonstration(
        {.label = *id,
         .span = {recording.span.begin + label.begin, recording.span.begin + label.end},
         .recording = recording.id,
         .origin = learners::Origin::Import,
         .author = "import",
         .modelHash = {}});
    if (!added) return added.error();
    used_.insert(label.text);
    ++summary_.demonstrations;
  }
  summary_.labels = used_.size();
  return {};
}

base::Result<Recording> ImportTarget::beginPictures(const RecordingDraft& draft) {
  const base::Time begin = draft.begin ? *draft.begin : roundedUp(nextFree_, kImportGrid);
  Recording recording{.span = {begin, begin},
                      .name = draft.name,
                      .group = draft.group,
                      .splitTag = draft.splitTag.empty() ? options_.splitTag : draft.splitTag};
  const auto id = store_->addRecording(recording);
  if (!id) return id.error();
  recording.id = *id;
  return recording;
}

base::Result<void> ImportTarget::addPicture(const Recording& recording, base::Duration at,
                                            sensors::Image image) {
  if (auto on = goOn(); !on) return on;
  sensors::Block block;
  block.source = source_;
  block.sequence = sequence_++;
  block.start = recording.span.begin + at;
  block.content = std::move(image);
  pictures_.push_back(std::make_shared<const sensors::Block>(std::move(block)));
  ++summary_.rows;
  return pictures_.size() < kPicturesTogether
             ? base::Result<void>()
             : store_->appendChunks(recording.id, std::exchange(pictures_, {}));
}

base::Result<void> ImportTarget::endPictures(Recording recording, base::Duration length,
                                             const std::vector<TrackLabel>& labels) {
  if (auto saved = store_->appendChunks(recording.id, std::exchange(pictures_, {})); !saved) {
    return saved;
  }
  recording.span.end = recording.span.begin + length;
  nextFree_ = std::max(nextFree_, recording.span.end + kBetween);
  ++summary_.recordings;
  auto ended = store_->updateRecording(recording);
  return ended ? addLabels(recording, labels) : ended;
}

base::Result<learners::LabelId> ImportTarget::labelId(const std::string& written) {
  const std::string name = cleanName(written);  // as the store will keep it
  if (const auto known = labels_.find(name); known != labels_.end()) return known->second;
  const bool control =
      std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 32 || c == 127; });
  if (name.empty() || control) {
    return base::invalid(inQuotes(written) + " cannot be a label: printable characters are needed");
  }
  if (labels_.size() >= kMostLabels) {
    return base::invalid("there are more than " + std::to_string(kMostLabels) +
                         " different labels; choose another column with --label-column");
  }
  known_.push_back(newLabel(name, known_, options_.task));
  const auto id = store_->addLabel(known_.back());
  if (!id) return id.error();
  labels_[name] = *id;
  return *id;
}

void ImportTarget::report(const std::string& file, double done) const {
  if (options_.progress) options_.progress(file, done);
}

base::Result<std::map<std::string, std::string>> readClasses(const std::filesystem::path& file) {
  std::map<std::string, std::string> classes;
  if (file.empty()) return classes;
  const auto text = readFileText(file, std::uint64_t{1} << 24);
  if (!text) return text.error();
  auto reader = CsvReader::open(file.filename().string(), *text);
  if (!reader) return reader.error();
  if (reader->header().size() < 2) {
    return base::invalid(file.filename().string() +
                         " needs two columns: the code and the name of each label");
  }
  for (;;) {
    const auto row = reader->next();
    if (!row) return row.error();
    if (!*row) break;
    classes[std::string(trimmed((**row)[0]))] = std::string(trimmed((**row)[1]));
  }
  if (classes.empty()) return base::invalid(file.filename().string() + " lists no label");
  return classes;
}

base::Result<std::string> nameOfClass(const std::map<std::string, std::string>& classes,
                                      const std::string& code) {
  if (classes.empty()) return code;
  const auto found = classes.find(code);
  if (found == classes.end()) {
    return base::invalid("label " + code.substr(0, 40) + " is not listed in the classes file");
  }
  return found->second;
}

}  // namespace app
