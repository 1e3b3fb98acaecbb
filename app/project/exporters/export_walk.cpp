#include "app/project/exporters/export_walk.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <ctime>

namespace app {

namespace {

constexpr base::Duration kPiece = std::chrono::seconds(10);
constexpr std::size_t kLongestPart = 60;

base::Error cancelled() {
  return {base::ErrorCode::Cancelled, "The export was cancelled; nothing of it was kept."};
}

base::Result<void> failedFile(const std::filesystem::path& file) {
  return base::Error{base::ErrorCode::Io, "The file " + file.string() +
                                              " could not be written; is the disk full?"};
}

/// "2026-11-20T14:02:11.250Z"-like: UTC, so that it means the same everywhere.
std::string isoText(base::Time time) {
  const std::time_t seconds = base::floorTo(time, std::chrono::seconds(1)).ns / 1'000'000'000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[64];
  const std::size_t n = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  char fraction[16];
  std::snprintf(fraction, sizeof fraction, ".%09lldZ",
                static_cast<long long>(time.ns - seconds * 1'000'000'000));
  return std::string(text, n) + fraction;
}

}  // namespace

base::Result<ExportWalk> ExportWalk::begin(const ProjectStore& store, std::filesystem::path folder,
                                           const ExportOptions& options) {
  ExportWalk walk(store, options);
  std::error_code error;
  if (std::filesystem::exists(folder, error) &&
      (!std::filesystem::is_directory(folder, error) || !std::filesystem::is_empty(folder, error))) {
    return base::invalid(folder.string() +
                         " holds something already; choose a new or an empty folder.");
  }
  auto recordings = store.recordings();
  if (!recordings) {
    return recordings.error();
  }
  for (const std::int64_t id : options.recordings) {
    if (std::none_of(recordings->begin(), recordings->end(),
                     [&](const Recording& r) { return r.id == id; })) {
      return base::Error{base::ErrorCode::NotFound,
                         "The recording " + std::to_string(id) + " is not in the project."};
    }
  }
  for (Recording& recording : *recordings) {
    const auto& wanted = options.recordings;
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), recording.id) != wanted.end()) {
      walk.total_ += recording.span.length();
      walk.recordings_.push_back(std::move(recording));
    }
  }
  if (walk.recordings_.empty()) {
    return base::invalid("The project holds no recordings to export.");
  }
  const auto labels = store.labels();
  const auto demonstrations = store.demonstrations();
  if (!labels || !demonstrations) {
    return labels ? demonstrations.error() : labels.error();
  }
  std::map<learners::LabelId, std::string> names;
  for (const learners::Label& label : *labels) {
    if (!options.task || label.task == *options.task) names[label.id] = label.name;
  }
  for (const learners::Demonstration& d : *demonstrations) {
    const auto name = names.find(d.label);
    if (d.enabled && name != names.end()) {
      walk.stretches_[d.recording].push_back({.id = d.id, .span = d.span, .label = name->second});
    }
  }
  for (auto& [id, stretches] : walk.stretches_) {
    std::stable_sort(stretches.begin(), stretches.end(), [](const auto& a, const auto& b) {
      return a.span.begin < b.span.begin;
    });
  }
  walk.madeFolder_ = std::filesystem::create_directories(folder, error);
  if (error) {
    return base::Error{base::ErrorCode::Io, "The folder " + folder.string() +
                                                " could not be made: " + error.message() + "."};
  }
  walk.folder_ = std::move(folder);
  walk.listing_ = "recording,name,begin,length_s,group,split,gapped,source,file\r\n";
  return walk;
}

ExportWalk::~ExportWalk() {
  if (folder_.empty()) {  // finished, or moved from
    return;
  }
  std::error_code ignored;
  for (const auto& file : files_) {
    std::filesystem::remove(file, ignored);
  }
  for (auto folder = folders_.rbegin(); folder != folders_.rend(); ++folder) {
    std::filesystem::remove(*folder, ignored);
  }
  if (madeFolder_) {
    std::filesystem::remove(folder_, ignored);
  }
}

base::Result<std::vector<std::string>> ExportWalk::sourcesOf(const Recording& recording) const {
  auto sources = store_->sourcesOf(recording.id);
  if (sources && !options_.source.empty()) {
    std::erase_if(*sources, [&](const std::string& id) { return id != options_.source; });
  }
  return sources;
}

const std::vector<NamedStretch>& ExportWalk::stretchesOf(const Recording& recording) const {
  static const std::vector<NamedStretch> kNone;
  const auto found = stretches_.find(recording.id);
  return found == stretches_.end() ? kNone : found->second;
}

std::string ExportWalk::mainLabelOf(const Recording& recording) const {
  const auto& all = stretchesOf(recording);
  const auto longest = std::max_element(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.span.length() < b.span.length();
  });
  return longest == all.end() ? std::string() : longest->label;
}

base::Result<void> ExportWalk::eachBlockIn(const Recording& recording, const std::string& source,
                                           const base::TimeSpan& span,
                                           const BlockVisitor& visit) const {
  for (base::Time begin = span.begin; begin < span.end; begin += kPiece) {
    if (options_.stop.stop_requested()) {
      return cancelled();
    }
    const auto blocks = store_->readBlocks(recording.id, source,
                                           {begin, std::min(begin + kPiece, span.end)});
    if (!blocks) {
      return blocks.error();
    }
    for (const sensors::BlockPtr& block : *blocks) {
      if (auto visited = visit(*block); !visited) {
        return visited;
      }
    }
  }
  return {};
}

base::Result<void> ExportWalk::eachBlock(const Recording& recording, const std::string& source,
                                         const BlockVisitor& visit) {
  const auto sources = sourcesOf(recording);
  const std::int64_t share =
      sources ? std::max<std::int64_t>(1, std::ssize(*sources)) : std::int64_t{1};
  const base::Duration before = done_;
  auto done = eachBlockIn(recording, source, recording.span,
                          [&](const sensors::Block& block) -> base::Result<void> {
                            done_ = before + (block.start - recording.span.begin) / share;
                            if (options_.progress && total_.count() > 0) {
                              options_.progress(nameOf(recording), std::min(1.0, base::toSeconds(done_) /
                                                                      base::toSeconds(total_)));
                            }
                            return visit(block);
                          });
  done_ = before + recording.span.length() / share;
  return done;
}

base::Result<std::filesystem::path> ExportWalk::newFile(const std::string& name) {
  const std::filesystem::path wanted = folder_ / name;
  std::filesystem::path file = wanted;
  for (int i = 2; std::find(files_.begin(), files_.end(), file) != files_.end(); ++i) {
    file = wanted.parent_path() / (wanted.stem().string() + "-" + std::to_string(i) +
                                   wanted.extension().string());
  }
  std::error_code error;
  if (std::filesystem::create_directories(file.parent_path(), error)) {
    folders_.push_back(file.parent_path());
  }
  if (error) {
    return base::Error{base::ErrorCode::Io, "The folder " + file.parent_path().string() +
                                                " could not be made: " + error.message() + "."};
  }
  files_.push_back(file);
  return file;
}

std::string ExportWalk::fileNamePart(std::string_view text) {
  std::string part;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = byte >= 0x80 || std::isalnum(byte) || c == '-' || c == '_' || c == '.';
    part += plain ? c : '_';
  }
  while (part.size() > kLongestPart) {  // whole characters of UTF-8
    const bool continues = (static_cast<unsigned char>(part.back()) & 0xC0) == 0x80;
    part.pop_back();
    if (!continues && part.size() <= kLongestPart) {
      break;
    }
    while (part.size() <= kLongestPart && !part.empty() &&
           (static_cast<unsigned char>(part.back()) & 0xC0) == 0x80) {
      part.pop_back();
    }
  }
  if (part.find_first_not_of('.') == std::string::npos) {
    part = part.empty() ? "" : std::string(part.size(), '_');
  }
  return part;
}

std::string ExportWalk::nameOf(const Recording& recording) {
  char number[32];
  std::snprintf(number, sizeof number, "%04lld", static_cast<long long>(recording.id));
  const std::string stem =
      fileNamePart(std::filesystem::path(recording.name).stem().string());
  return stem.empty() ? std::string(number) : number + ("-" + stem);
}

void ExportWalk::listFile(const Recording& recording, const std::string& source,
                          const std::string& file) {
  char length[32];
  std::snprintf(length, sizeof length, "%.9f", base::toSeconds(recording.span.length()));
  for (const std::string& field :
       {std::to_string(recording.id), csvField(recording.name), isoText(recording.span.begin),
        std::string(length), csvField(recording.group), csvField(recording.splitTag),
        std::string(recording.gapped ? "1" : "0"), csvField(source)}) {
    listing_ += field + ",";
  }
  listing_ += csvField(file) + "\r\n";
}

base::Result<ExportReport> ExportWalk::finish() {
  report_.files = files_.size();
  report_.recordings = counted_.size();
  if (report_.recordings == 0) {
    return base::invalid("Nothing in the chosen recordings can be written in this form.");
  }
  const auto file = newFile("recordings.csv");
  if (!file) {
    return file.error();
  }
  if (auto written = writeWhole(*file, listing_); !written) {
    return written.error();
  }
  if (options_.stop.stop_requested()) {
    return cancelled();
  }
  folder_.clear();
  return report_;
}

std::string csvField(std::string_view text) {
  if (text.find_first_of(",;\t\"\r\n") == std::string_view::npos) {
    return std::string(text);
  }
  std::string quoted = "\"";
  for (const char c : text) {
    quoted += c == '"' ? "\"\"" : std::string(1, c);
  }
  return quoted + "\"";
}

base::Result<void> writeWhole(const std::filesystem::path& file, std::string_view content) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  stream.close();
  return stream ? base::Result<void>() : failedFile(file);
}

const std::string& labelAt(const std::vector<NamedStretch>& stretches, base::Time time) {
  static const std::string kNone;
  const NamedStretch* found = nullptr;
  for (const NamedStretch& stretch : stretches) {
    if (stretch.span.begin > time) {
      break;
    }
    if (stretch.span.contains(time)) {
      found = &stretch;
    }
  }
  return found ? found->label : kNone;
}

}  // namespace app
