#include <charconv>
#include <cmath>
#include <cstdio>
#include <utility>
#include <zlib.h>

#include "app/project/exporters/export_walk.h"

namespace app {

namespace {

constexpr std::size_t kPieceBytes = 1 << 16;

/// A text file, gzip or plain, written piece by piece.
class TextWriter {
 public:
  TextWriter(const std::filesystem::path& file, Packing packing)
      : name_(file.string()),
        file_(gzopen(file.c_str(), packing == Packing::Gzip ? "wb6" : "wbT")) {}
  ~TextWriter() {
    if (file_) {
      gzclose(file_);
    }
  }
  TextWriter(const TextWriter&) = delete;
  TextWriter& operator=(const TextWriter&) = delete;

  void add(std::string_view text) { waiting_ += text; }
  base::Result<void> flush(std::size_t from = kPieceBytes) {
    if (waiting_.size() < from || waiting_.empty()) {
      return file_ ? base::Result<void>() : failed();
    }
    const auto size = static_cast<unsigned>(waiting_.size());
    const bool good = file_ && gzwrite(file_, waiting_.data(), size) == static_cast<int>(size);
    waiting_.clear();
    return good ? base::Result<void>() : failed();
  }
  base::Result<void> close() {
    auto done = flush(0);
    const gzFile file = std::exchange(file_, nullptr);
    return done && gzclose(file) != Z_OK ? failed() : done;
  }

 private:
  base::Result<void> failed() const {
    return base::Error{base::ErrorCode::Io,
                       "The file " + name_ + " could not be written; is the disk full?"};
  }

  std::string name_;
  gzFile file_;
  std::string waiting_;
};

/// The shortest text that reads back as the same number.
void append(std::string& line, float value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value);
  line.append(text, end.ptr);
}

std::string headerOf(const sensors::SourceInfo& info, std::size_t channels) {
  std::string header = "t_s";
  for (std::size_t c = 0; c < channels; ++c) {
    const std::string id = c < info.channels.size() ? info.channels[c].id : "";
    header += "," + csvField(id.empty() ? "c" + std::to_string(c) : id);
  }
  return header + ",label\r\n";
}

/// Rows of one source in one recording.
class TableFile {
 public:
  TableFile(const Recording& recording, const std::vector<NamedStretch>& stretches,
            const std::filesystem::path& file, Packing packing)
      : begin_(recording.span.begin), stretches_(stretches), writer_(file, packing) {}

  base::Result<void> add(const sensors::Block& block) {
    const sensors::Samples* const samples = block.samples();
    if (!samples) {
      return {};
    }
    if (channels_ == 0) {
      channels_ = samples->channels;
      writer_.add(headerOf(*block.source, channels_));
    } else if (channels_ != samples->channels) {
      return base::invalid(block.source->id +
                           " changes its channels within a recording; no table can hold that.");
    }
    std::string line;
    for (std::size_t row = 0; row < samples->rows; ++row) {
      const base::Time time = block.timeOf(row);
      char text[40];
      std::snprintf(text, sizeof text, "%.9f", base::toSeconds(time - begin_));
      line = text;
      for (std::size_t c = 0; c < channels_; ++c) {
        line += ',';
        const float value = samples->at(row, c);
        if (!samples->isMissing(row, c) && std::isfinite(value)) {
          append(line, value);
        }
      }
      line += "," + csvField(labelAt(stretches_, time)) + "\r\n";
      writer_.add(line);
    }
    return writer_.flush();
  }
  base::Result<void> close() { return writer_.close(); }
  bool isEmpty() const { return channels_ == 0; }

 private:
  base::Time begin_;
  const std::vector<NamedStretch>& stretches_;
  TextWriter writer_;
  std::size_t channels_ = 0;
};

}  // namespace

base::Result<ExportReport> exportTables(const ProjectStore& store,
                                        const std::filesystem::path& folder, Packing packing,
                                        const ExportOptions& options) {
  auto begun = ExportWalk::begin(store, folder, options);
  if (!begun) {
    return begun.error();
  }
  ExportWalk walk = std::move(begun).value();
  for (const Recording& recording : walk.recordings()) {
    const auto sources = walk.sourcesOf(recording);
    if (!sources) {
      return sources.error();
    }
    for (const std::string& source : *sources) {
      std::unique_ptr<TableFile> table;  // pictures make none
      std::string name;
      auto done = walk.eachBlock(
          recording, source, [&](const sensors::Block& block) -> base::Result<void> {
            if (!block.samples()) {
              return {};
            }
            if (!table) {
              name = ExportWalk::nameOf(recording) + "." + ExportWalk::fileNamePart(source) +
                     (packing == Packing::Gzip ? ".csv.gz" : ".csv");
              const auto file = walk.newFile(name);
              if (!file) {
                return file.error();
              }
              name = file->filename().string();
              table = std::make_unique<TableFile>(recording, walk.stretchesOf(recording), *file,
                                                  packing);
            }
            walk.countRows(block.samples()->rows);
            return table->add(block);
          });
      if (done && table) {
        done = table->close();
        walk.countRecording(recording);
        walk.listFile(recording, source, name);
      }
      if (!done) {
        return done.error();
      }
    }
  }
  return walk.finish();
}

}  // namespace app
