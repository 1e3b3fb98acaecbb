#pragma once
// Exporters: write what a project holds as files other programs read. Nothing is overwritten: the
// target must be new or an empty folder; what was cancelled or failed is removed again.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/project/store.h"

namespace app {

/// What all exporters are told.
struct ExportOptions {
  std::vector<std::int64_t> recordings = {};  ///< empty: all
  std::string source = {};                    ///< empty: every one that fits the form
  std::optional<TaskId> task = {};            ///< whose labels are written; none: of all
  /// Called now and then with the file at work and the share done, [0, 1]; on the calling thread.
  std::function<void(const std::string& file, double done)> progress = {};
  std::stop_token stop = {};
};

struct ExportReport {
  std::size_t files = 0;
  std::size_t recordings = 0;  ///< of which something was written
  std::size_t rows = 0;        ///< samples, pictures or labels, as the form has it
};

/// Errors of all exporters: InvalidArgument where the target holds something already or there is
/// nothing to export; NotFound for a recording or source that is not in the project; Io naming the
/// file; Cancelled; those of the store.

enum class SoundForm { Wav, Flac, Ogg };
/// audio/<recording>.wav of every sound source, meta.csv (filename, category, group, fold) of those
/// with a label, and recordings.csv. Gaps are silence, so that times stay true. Samples of whole
/// 1/32768 are 16 bits wide; others are 32-bit floats in WAV and 24 bits in FLAC. Ogg Vorbis loses.
base::Result<ExportReport> exportSounds(const ProjectStore& store,
                                        const std::filesystem::path& folder, SoundForm form,
                                        const ExportOptions& options);

enum class Packing { Plain, Gzip };
/// One CSV per recording and source: t_s (from the recording's begin), a column per channel, label;
/// empty where nothing was measured. And recordings.csv.
base::Result<ExportReport> exportTables(const ProjectStore& store,
                                        const std::filesystem::path& folder, Packing packing,
                                        const ExportOptions& options);

/// NumPy files per source: values.npy (float32, [rows x channels], missing is NaN), times.npy
/// (int64, nanoseconds), labels.npy (int64 codes of classes.csv, -1 none), groups.npy (recordings).
base::Result<ExportReport> exportArrays(const ProjectStore& store,
                                        const std::filesystem::path& folder,
                                        const ExportOptions& options);

/// Pictures of picture sources as they were recorded (JPEG), and meta.csv (filename, category,
/// source, recording, t_s).
base::Result<ExportReport> exportPictures(const ProjectStore& store,
                                          const std::filesystem::path& folder,
                                          const ExportOptions& options);

enum class LabelForm { Audacity, Elan };
/// One label track per recording: <recording>.txt or <recording>.eaf.
base::Result<ExportReport> exportLabels(const ProjectStore& store,
                                        const std::filesystem::path& folder, LabelForm form,
                                        const ExportOptions& options);

enum class EdgeImpulseForm { Json, Cbor };
/// One Edge Impulse acquisition file per example and source of even rate, named
/// <label>.<example>.<source>.json. `key`: signs them with HMAC-SHA256; empty: unsigned.
base::Result<ExportReport> exportEdgeImpulse(const ProjectStore& store,
                                             const std::filesystem::path& folder,
                                             EdgeImpulseForm form, const std::string& key,
                                             const ExportOptions& options);

}  // namespace app
