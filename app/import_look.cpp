#include "app/import_look.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <zlib.h>

#include "app/project/edge_impulse.h"
#include "app/project/importers/audio_file.h"
#include "app/project/importers/csv.h"
#include "app/project/importers/file_text.h"
#include "app/project/importers/time_text.h"
#include "app/project/importers/track_beside.h"
#include "app/project/importers/usual_columns.h"
#include "sensors/film_reader.h"

namespace app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLook = 1 << 18;  ///< bytes of a table
constexpr std::size_t kLookRows = 500;
constexpr std::size_t kLookFiles = 200;  ///< of many sounds and films
constexpr std::size_t kLookFilms = 3;    ///< each is a process
constexpr std::size_t kMostShown = 50;   ///< labels
constexpr std::uint64_t kLargestSample = std::uint64_t{256} << 20;
constexpr base::Duration kEndless = std::chrono::hours(24);

/// The first rows of a text file, gzip or plain; whole lines, all of it where it is short.
std::string firstLines(const fs::path& file) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile_s*)> open(gzopen(file.c_str(), "rb"), gzclose);
  std::string text(kLook, '\0');
  const int got = open ? gzread(open.get(), text.data(), kLook) : 0;
  text.resize(static_cast<std::size_t>(std::max(0, got)));
  if (text.size() == kLook) text.resize(text.rfind('\n') == text.npos ? 0 : text.rfind('\n') + 1);
  return text;
}

void note(std::vector<std::string>& labels, const std::string& label) {
  if (!label.empty() && labels.size() < kMostShown &&
      std::find(labels.begin(), labels.end(), label) == labels.end()) {
    labels.push_back(label);
  }
}

std::string usualColumn(const CsvReader& reader, std::span<const std::string_view> usual) {
  for (const std::string_view name : usual) {
    if (reader.column(name)) return std::string(name);
  }
  return {};
}

/// What its first rows show: which columns hold no numbers, the step of time, labels.
void readRows(CsvReader& reader, ImportPart& part) {
  const std::vector<std::string>& header = reader.header();
  const auto time = reader.column(part.timeColumn);
  const auto label = reader.column(part.labelColumn);
  std::vector<bool> isText(header.size());
  std::vector<double> times;
  for (std::size_t rows = 0; rows < kLookRows; ++rows) {
    const auto row = reader.next();
    if (!row) {
      part.trouble = row.error().message;
      return;
    }
    if (!*row) break;
    for (std::size_t c = 0; c < header.size(); ++c) {
      const std::string_view text = (**row)[c];
      isText[c] = isText[c] || (!readNumber(text) && !saysMissing(text));
    }
    if (label) note(part.labels, std::string(trimmed((**row)[*label])));
    if (!time) continue;
    const auto number = readNumber((**row)[*time]);
    const auto date = readDateTime((**row)[*time]);
    if (number) times.push_back(*number * unitOfTimeColumn(part.timeColumn) * 1e-9);
    if (!number && date) times.push_back(static_cast<double>(date->ns) * 1e-9);
  }
  for (std::size_t c = 0; c < header.size(); ++c) {
    if (isText[c] && c != time) part.texts.push_back(header[c]);
  }
  std::vector<double> steps;
  for (std::size_t i = 1; i < times.size(); ++i) {
    if (times[i] > times[i - 1]) steps.push_back(times[i] - times[i - 1]);
  }
  if (!steps.empty()) {
    std::sort(steps.begin(), steps.end());
    part.rate = 1 / steps[steps.size() / 2];
  }
}

void showChannels(ImportPart& part) {
  part.channels.clear();
  for (const std::string& column : part.columns) {
    const bool isText = std::find(part.texts.begin(), part.texts.end(), column) != part.texts.end();
    if (!isText && column != part.timeColumn && column != part.labelColumn) {
      part.channels.push_back(column);
    }
  }
}

/// Files and what is wrong with each.
using Damaged = std::vector<std::pair<fs::path, std::string>>;

/// One that is damaged holds up none of the others; where all `looked` at are, the part says why.
void leaveOut(const Damaged& damaged, std::size_t looked, ImportPart& part,
              std::vector<std::string>& notTaken) {
  if (damaged.empty()) return;
  if (damaged.size() == looked) {
    part.trouble = damaged.front().second;
    return;
  }
  for (const auto& [file, why] : damaged) {
    std::erase(part.files, file);
    const std::string name = file.filename().string();
    notTaken.push_back(name + " is left out: " + why + (why.ends_with('.') ? "" : "."));
  }
  part.count = part.files.size();
  part.name = part.files.front().filename().string();
}

base::Result<void> lookIntoSound(const fs::path& file, ImportPart& part) {
  const auto facts = lookAtAudio(file);
  if (!facts) return facts.error();
  const auto track = tracksBeside(file, {}, kEndless);
  if (!track) return track.error();
  if (part.rate <= 0) part.rate = facts->rate;
  part.length += base::fromSeconds(facts->seconds);
  for (const TrackLabel& label : *track) note(part.labels, label.text);
  return {};
}

void lookIntoSounds(ImportPart& part, std::vector<std::string>& notTaken,
                    const std::stop_token& stop) {
  Damaged damaged;
  for (std::size_t i = 0; i < part.files.size() && !stop.stop_requested(); ++i) {
    if (i == kLookFiles) {
      part.isWhole = false;
      break;
    }
    const auto looked = lookIntoSound(part.files[i], part);
    if (!looked) damaged.emplace_back(part.files[i], looked.error().message);
  }
  leaveOut(damaged, std::min(part.files.size(), kLookFiles), part, notTaken);
}

void lookIntoFilms(ImportPart& part, std::vector<std::string>& notTaken, const ImportTools& tools,
                   const std::stop_token& stop) {
  Damaged damaged;
  double seconds = 0;
  for (std::size_t i = 0; i < part.files.size() && !stop.stop_requested(); ++i) {
    if (i < kLookFiles) {
      const auto track = tracksBeside(part.files[i], {}, kEndless);
      for (const TrackLabel& label : track ? *track : std::vector<TrackLabel>()) {
        note(part.labels, label.text);
      }
    }
    if (i >= kLookFilms) {
      part.isWhole = false;
      continue;
    }
    auto film = sensors::FilmReader::open(part.files[i], 1, 64, tools.camera);
    const auto picture = film ? film->next(stop) : film.error();
    if (!picture) {
      damaged.emplace_back(part.files[i], picture.error().message);
      continue;
    }
    seconds += base::toSeconds(film->length());
  }
  part.length = base::fromSeconds(seconds);
  leaveOut(damaged, std::min(part.files.size(), kLookFilms), part, notTaken);
}

void lookIntoList(ImportPart& part) {
  const std::string text = firstLines(part.files.front() / "meta.csv");
  auto reader = CsvReader::open("meta.csv", text);
  if (!reader) return;
  const auto label = reader->pickColumn({}, kListLabels);
  for (;;) {
    const auto row = reader->next();
    if (!row || !*row) break;
    ++part.count;
    if (label && *label) note(part.labels, std::string(trimmed((**row)[**label])));
  }
  part.isWhole = text.size() < kLook / 2;
}

void lookIntoPictures(ImportPart& part, const std::stop_token& stop) {
  const fs::path& folder = part.files.front();
  std::error_code error;
  for (auto entry = fs::recursive_directory_iterator(folder, error);
       !error && entry != fs::recursive_directory_iterator() && !stop.stop_requested();
       entry.increment(error)) {
    std::string ending = entry->path().extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (ending != ".jpg" && ending != ".jpeg" && ending != ".png") continue;
    ++part.count;
    const auto inside = entry->path().lexically_relative(folder);
    if (inside.has_parent_path()) note(part.labels, inside.begin()->string());
  }
}

base::Result<EdgeImpulseSample> edgeSample(const fs::path& file) {
  const auto text = readFileText(file, kLargestSample);
  if (!text) return text.error();
  auto decoded =
      decodeEdgeImpulse(file.filename().string(),
                        {reinterpret_cast<const std::uint8_t*>(text->data()), text->size()}, {});
  if (!decoded) return decoded.error();
  return std::move(decoded->sample);
}

void lookIntoEdgeImpulse(ImportPart& part) {
  const auto sample = edgeSample(part.files.front());
  if (!sample) {
    part.trouble = sample.error().message;
    return;
  }
  for (const auto& sensor : sample->sensors) part.channels.push_back(sensor.name);
  part.rate = 1000 / sample->intervalMs;
  for (const fs::path& file : part.files) {
    const std::string name = file.filename().string();
    note(part.labels, name.substr(0, name.find('.')));
  }
}

}  // namespace

std::string firstInList(const fs::path& meta) {
  const std::string text = firstLines(meta);
  auto reader = CsvReader::open("meta.csv", text);
  const auto name = reader ? reader->column("filename") : std::nullopt;
  if (!name) return {};
  const auto row = reader->next();
  return row && *row ? std::string(trimmed((**row)[*name])) : std::string();
}

ImportPart lookAtTable(const fs::path& file) {
  ImportPart part{
      .kind = ImportKind::Signals, .files = {file}, .name = file.filename().string(), .count = 1};
  const std::string text = firstLines(file);
  auto reader = CsvReader::open(part.name, text);
  if (!reader) {
    part.trouble = reader.error().message;
    return part;
  }
  part.columns = reader->header();
  const bool hasTime = !usualColumn(*reader, kTimeColumns).empty();
  if (!hasTime && !usualColumn(*reader, kTableLabels).empty()) part.kind = ImportKind::Table;
  return part;
}

bool isEdgeImpulse(const fs::path& file) { return edgeSample(file).ok(); }

void lookInto(ImportPart& part, std::vector<std::string>& notTaken, const ImportTools& tools,
              const std::stop_token& stop) {
  part.count = part.files.size();
  switch (part.kind) {
    case ImportKind::Sounds:
      return lookIntoSounds(part, notTaken, stop);
    case ImportKind::Films:
      return lookIntoFilms(part, notTaken, tools, stop);
    case ImportKind::Signals:
    case ImportKind::Table: {
      const std::string text = firstLines(part.files.front());
      auto reader = CsvReader::open(part.name, text);
      if (!reader) {
        part.trouble = reader.error().message;
        return;
      }
      part.timeColumn = usualColumn(*reader, kTimeColumns);
      part.hasTime = !part.timeColumn.empty();
      part.labelColumn = part.kind == ImportKind::Table ? usualColumn(*reader, kTableLabels)
                                                        : usualColumn(*reader, kStreamLabels);
      readRows(*reader, part);
      showChannels(part);
      part.isWhole = text.size() < kLook / 2 && part.files.size() == 1;
      if (part.trouble.empty() && part.channels.empty()) {
        part.trouble = part.name + " has no column of numbers.";
      }
      return;
    }
    case ImportKind::Clips:
      part.count = 0;
      return lookIntoList(part);
    case ImportKind::Pictures: {
      part.count = 0;
      std::error_code error;
      return fs::is_regular_file(part.files.front() / "meta.csv", error)
                 ? lookIntoList(part)
                 : lookIntoPictures(part, stop);
    }
    case ImportKind::EdgeImpulse:
      return lookIntoEdgeImpulse(part);
  }
}

}  // namespace app
