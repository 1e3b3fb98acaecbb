#include <algorithm>
#include <cmath>
#include <sndfile.h>

#include "app/project/exporters/export_walk.h"

namespace app {

namespace {

constexpr base::Duration kLongestSilence = std::chrono::hours(2);
constexpr std::size_t kMostChannels = 64;
constexpr double kFullScale = 32768;

struct SndfileCloser {
  void operator()(SNDFILE* file) const { sf_close(file); }
};
using SndfilePtr = std::unique_ptr<SNDFILE, SndfileCloser>;

const char* endingOf(SoundForm form) {
  return form == SoundForm::Wav ? ".wav" : form == SoundForm::Flac ? ".flac" : ".ogg";
}

int formatOf(SoundForm form, bool wholeNumbers) {
  switch (form) {
    case SoundForm::Wav:
      return SF_FORMAT_WAV | (wholeNumbers ? SF_FORMAT_PCM_16 : SF_FORMAT_FLOAT);
    case SoundForm::Flac:
      return SF_FORMAT_FLAC | (wholeNumbers ? SF_FORMAT_PCM_16 : SF_FORMAT_PCM_24);
    case SoundForm::Ogg:
      break;
  }
  return SF_FORMAT_OGG | SF_FORMAT_VORBIS;
}

/// What must be known before the first sample is written.
struct Shape {
  double rate = 0;
  std::size_t channels = 0;
  bool wholeNumbers = true;  ///< all of 1/32768
};

base::Result<Shape> shapeOf(ExportWalk& walk, const Recording& recording,
                            const std::string& source) {
  Shape shape;
  auto done = walk.eachBlockIn(
      recording, source, recording.span, [&](const sensors::Block& block) -> base::Result<void> {
        const sensors::Samples* const samples = block.samples();
        if (!samples || samples->rows == 0) {
          return {};
        }
        if (shape.channels == 0) {
          shape.rate = block.source->rate;
          shape.channels = samples->channels;
        } else if (shape.channels != samples->channels || shape.rate != block.source->rate) {
          return base::invalid("In recording " + std::to_string(recording.id) + " " + source +
                               " changes its rate or channels; export it as tables.");
        }
        for (const float value : samples->values) {
          const double units = value * kFullScale;
          shape.wholeNumbers = shape.wholeNumbers && units == std::trunc(units) &&
                               units >= -kFullScale && units < kFullScale;
        }
        return {};
      });
  return done ? base::Result<Shape>(shape) : base::Result<Shape>(done.error());
}

/// One sound file while it is written.
class SoundWriter {
 public:
  static base::Result<SoundWriter> open(const std::filesystem::path& file, SoundForm form,
                                        const Shape& shape) {
    SF_INFO info{};
    info.samplerate = static_cast<int>(std::lround(shape.rate));
    info.channels = static_cast<int>(shape.channels);
    info.format = formatOf(form, shape.wholeNumbers);
    SoundWriter writer(file, shape);
    writer.file_.reset(sf_open(file.c_str(), SFM_WRITE, &info));
    if (!writer.file_) {
      return base::Error{base::ErrorCode::Unsupported,
                         file.filename().string() + " could not be made: " + sf_strerror(nullptr) +
                             " (" + std::to_string(info.samplerate) + " Hz, " +
                             std::to_string(info.channels) + " channels)."};
    }
    sf_command(writer.file_.get(), SFC_SET_CLIPPING, nullptr, SF_TRUE);
    return writer;
  }

  /// Appends `block` where its time says, silence before it. Rows that would lie before what is
  /// written already are appended.
  base::Result<void> add(const sensors::Block& block, base::Time begin) {
    const sensors::Samples& samples = *block.samples();
    const double late = base::toSeconds(block.start - begin) * shape_.rate;
    const auto due = static_cast<std::int64_t>(std::llround(late));
    const auto most = static_cast<std::int64_t>(base::toSeconds(kLongestSilence) * shape_.rate);
    if (due - frames_ > 1) {
      if (due - frames_ > most) {
        return base::invalid(name_ + " would hold more than two hours of silence in one piece; "
                                     "export the recording as tables.");
      }
      if (auto silent = write(std::vector<float>(
              static_cast<std::size_t>(due - frames_) * shape_.channels, 0.0F));
          !silent) {
        return silent;
      }
    }
    std::vector<float> values = samples.values;
    for (std::size_t i = 0; i < samples.missing.size(); ++i) {
      values[i] = samples.missing[i] != 0 ? 0.0F : values[i];
    }
    return write(values);
  }

  base::Result<void> close() {
    const int code = sf_error(file_.get());
    return sf_close(file_.release()) == 0 && code == 0 ? base::Result<void>() : failed();
  }

 private:
  SoundWriter(const std::filesystem::path& file, const Shape& shape)
      : name_(file.string()), shape_(shape) {}

  base::Result<void> write(const std::vector<float>& values) {
    const auto frames = static_cast<sf_count_t>(values.size() / shape_.channels);
    sf_count_t written = 0;
    if (shape_.wholeNumbers) {  // as whole numbers: from floats the library scales by 32767
      std::vector<short> numbers(values.size());
      std::transform(values.begin(), values.end(), numbers.begin(),
                     [](float v) { return static_cast<short>(std::lround(v * kFullScale)); });
      written = sf_writef_short(file_.get(), numbers.data(), frames);
    } else {
      written = sf_writef_float(file_.get(), values.data(), frames);
    }
    if (written != frames) {
      return failed();
    }
    frames_ += frames;
    return {};
  }
  base::Result<void> failed() const {
    return base::Error{base::ErrorCode::Io,
                       "The file " + name_ + " could not be written; is the disk full?"};
  }

  std::string name_;
  Shape shape_;
  SndfilePtr file_;
  std::int64_t frames_ = 0;
};

bool isSound(const ProjectStore& store, const std::string& source, const ExportOptions& options) {
  if (source == options.source) {
    return true;  // somebody asked for it: any even source can be listened to
  }
  const auto known = store.sources();
  return known && std::any_of(known->begin(), known->end(), [&](const auto& info) {
           return info.id == source && info.kind == sensors::SourceKind::Audio;
         });
}

}  // namespace

base::Result<ExportReport> exportSounds(const ProjectStore& store,
                                        const std::filesystem::path& folder, SoundForm form,
                                        const ExportOptions& options) {
  auto begun = ExportWalk::begin(store, folder, options);
  if (!begun) {
    return begun.error();
  }
  ExportWalk walk = std::move(begun).value();
  std::string labelled = "filename,category,group,fold\r\n";
  for (const Recording& recording : walk.recordings()) {
    const auto sources = walk.sourcesOf(recording);
    if (!sources) {
      return sources.error();
    }
    for (const std::string& source : *sources) {
      if (!isSound(store, source, options)) {
        continue;
      }
      const auto shape = shapeOf(walk, recording, source);
      if (!shape) {
        return shape.error();
      }
      if (shape->channels == 0) {
        continue;
      }
      if (shape->rate < 1 || shape->channels > kMostChannels) {
        return base::invalid(source + " has no even rate or too many channels for a sound file.");
      }
      const auto file = walk.newFile("audio/" + ExportWalk::nameOf(recording) + endingOf(form));
      if (!file) {
        return file.error();
      }
      auto writer = SoundWriter::open(*file, form, *shape);
      if (!writer) {
        return writer.error();
      }
      auto done = walk.eachBlock(recording, source,
                                 [&](const sensors::Block& block) -> base::Result<void> {
                                   if (!block.samples()) {
                                     return {};
                                   }
                                   walk.countRows(block.samples()->rows);
                                   return writer->add(block, recording.span.begin);
                                 });
      if (done) {
        done = writer->close();
      }
      if (!done) {
        return done.error();
      }
      walk.countRecording(recording);
      walk.listFile(recording, source, "audio/" + file->filename().string());
      if (const std::string label = walk.mainLabelOf(recording); !label.empty()) {
        labelled += csvField(file->filename().string()) + "," + csvField(label) + "," +
                    csvField(recording.group) + "," + csvField(recording.splitTag) + "\r\n";
      }
    }
  }
  const auto meta = walk.newFile("meta.csv");
  if (!meta) {
    return meta.error();
  }
  if (auto written = writeWhole(*meta, labelled); !written) {
    return written.error();
  }
  return walk.finish();
}

}  // namespace app
