#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <set>

#include "app/project/exporters/export_walk.h"

namespace app {

namespace {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie");

/// A .npy file (NumPy format 1.0) whose number of rows is known when it is closed.
class NpyWriter {
 public:
  /// `type`: as NumPy writes it, "<f4". `columns`: 0 for a plain list.
  NpyWriter(const std::filesystem::path& file, std::string type, std::size_t columns)
      : name_(file.string()),
        stream_(file, std::ios::binary | std::ios::trunc),
        type_(std::move(type)),
        columns_(columns) {
    writeHeader(0);
  }

  template <class T>
  void add(const T& value) {
    stream_.write(reinterpret_cast<const char*>(&value), sizeof value);
  }

  base::Result<void> close(std::size_t rows) {
    stream_.seekp(0);
    writeHeader(rows);
    stream_.close();
    return stream_ ? base::Result<void>()
                   : base::Error{base::ErrorCode::Io, "The file " + name_ +
                                                          " could not be written; is the disk full?"};
  }

 private:
  void writeHeader(std::size_t rows) {
    constexpr std::size_t kHeaderBytes = 128;  // a multiple of 64, as the format asks for
    std::string header = "{'descr': '" + type_ + "', 'fortran_order': False, 'shape': (" +
                         std::to_string(rows) + "," +
                         (columns_ > 0 ? " " + std::to_string(columns_) + ")" : ")") + ", }";
    header.resize(kHeaderBytes - 10 - 1, ' ');
    header += '\n';
    const auto size = static_cast<std::uint16_t>(header.size());
    stream_.write("\x93NUMPY\x01\x00", 8);
    add(size);
    stream_.write(header.data(), static_cast<std::streamsize>(header.size()));
  }

  std::string name_;
  std::ofstream stream_;
  std::string type_;
  std::size_t columns_;
};

/// The files of one source.
struct Arrays {
  NpyWriter values, times, labels, groups;
  std::size_t channels = 0;
  std::size_t rows = 0;
};

std::set<std::string> sourcesOfAll(const ExportWalk& walk) {
  std::set<std::string> all;
  for (const Recording& recording : walk.recordings()) {
    if (const auto sources = walk.sourcesOf(recording)) {
      all.insert(sources->begin(), sources->end());
    }
  }
  return all;
}

base::Result<std::unique_ptr<Arrays>> openArrays(ExportWalk& walk, const std::string& source,
                                                 std::size_t channels) {
  const std::string folder = ExportWalk::fileNamePart(source) + "/";
  std::vector<std::filesystem::path> files;
  for (const char* const name : {"values.npy", "times.npy", "labels.npy", "groups.npy"}) {
    const auto file = walk.newFile(folder + name);
    if (!file) {
      return file.error();
    }
    files.push_back(*file);
  }
  return std::unique_ptr<Arrays>(new Arrays{.values = NpyWriter(files[0], "<f4", channels),
                                            .times = NpyWriter(files[1], "<i8", 0),
                                            .labels = NpyWriter(files[2], "<i8", 0),
                                            .groups = NpyWriter(files[3], "<i8", 0),
                                            .channels = channels});
}

base::Result<void> closeArrays(Arrays& arrays) {
  for (NpyWriter* const file : {&arrays.values, &arrays.times, &arrays.labels, &arrays.groups}) {
    if (auto closed = file->close(arrays.rows); !closed) {
      return closed;
    }
  }
  return {};
}

/// Codes of labels by name, in the order of the project.
using Codes = std::map<std::string, std::int64_t>;

base::Result<void> addRows(Arrays& arrays, const sensors::Block& block, const Recording& recording,
                           const std::vector<NamedStretch>& stretches, const Codes& codes) {
  const sensors::Samples& samples = *block.samples();
  if (samples.channels != arrays.channels) {
    return base::invalid(block.source->id +
                         " has other channels in recording " + std::to_string(recording.id) +
                         " than before; export those recordings apart.");
  }
  for (std::size_t row = 0; row < samples.rows; ++row) {
    const base::Time time = block.timeOf(row);
    for (std::size_t c = 0; c < samples.channels; ++c) {
      arrays.values.add(samples.isMissing(row, c) ? std::numeric_limits<float>::quiet_NaN()
                                                  : samples.at(row, c));
    }
    const auto code = codes.find(labelAt(stretches, time));
    arrays.times.add(time.ns);
    arrays.labels.add(code == codes.end() ? std::int64_t{-1} : code->second);
    arrays.groups.add(recording.id);
  }
  arrays.rows += samples.rows;
  return {};
}

}  // namespace

base::Result<ExportReport> exportArrays(const ProjectStore& store,
                                        const std::filesystem::path& folder,
                                        const ExportOptions& options) {
  auto begun = ExportWalk::begin(store, folder, options);
  if (!begun) {
    return begun.error();
  }
  ExportWalk walk = std::move(begun).value();
  const auto labels = store.labels();
  if (!labels) {
    return labels.error();
  }
  Codes codes;
  std::string classes = "code,name\r\n";
  for (const learners::Label& label : *labels) {
    const auto code = static_cast<std::int64_t>(codes.size());
    if (codes.emplace(label.name, code).second) {
      classes += std::to_string(code) + "," + csvField(label.name) + "\r\n";
    }
  }
  const auto classesFile = walk.newFile("classes.csv");
  if (!classesFile) {
    return classesFile.error();
  }
  if (auto written = writeWhole(*classesFile, classes); !written) {
    return written.error();
  }
  for (const std::string& source : sourcesOfAll(walk)) {
    std::unique_ptr<Arrays> arrays;
    for (const Recording& recording : walk.recordings()) {
      bool any = false;
      auto done = walk.eachBlock(
          recording, source, [&](const sensors::Block& block) -> base::Result<void> {
            if (!block.samples()) {
              return {};
            }
            if (!arrays) {
              auto opened = openArrays(walk, source, block.samples()->channels);
              if (!opened) {
                return opened.error();
              }
              arrays = std::move(opened).value();
            }
            any = true;
            walk.countRows(block.samples()->rows);
            return addRows(*arrays, block, recording, walk.stretchesOf(recording), codes);
          });
      if (!done) {
        return done.error();
      }
      if (any) {
        walk.countRecording(recording);
        walk.listFile(recording, source, ExportWalk::fileNamePart(source) + "/values.npy");
      }
    }
    if (arrays) {
      if (auto closed = closeArrays(*arrays); !closed) {
        return closed.error();
      }
    }
  }
  return walk.finish();
}

}  // namespace app
