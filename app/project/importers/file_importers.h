#pragma once
// Importers of single files: sounds with label tracks beside them, label tracks for recordings that
// are there already, Edge Impulse samples, pictures and videos. Options, reports and errors as in
// importers.h.

#include "app/project/importers/importers.h"

namespace app {

struct SoundsImport {
  std::vector<std::filesystem::path> files = {};  ///< WAV, FLAC, Ogg
  std::string label = {};  ///< what each whole file shows; empty: only what label tracks say
  double rate = 0;         ///< resampled to it; 0: the first file's, up to 48 kHz
};
/// Each file is a recording of its own; a label track beside it (same name, .txt of Audacity or
/// .eaf of ELAN) gives its examples. Source kind Audio, id "audio/clip".
base::Result<ImportReport> importSounds(ProjectStore& store, const SoundsImport& sounds,
                                        const ImportOptions& options);

struct LabelsImport {
  std::filesystem::path file = {};  ///< .txt of Audacity or .eaf of ELAN
  std::int64_t recording = 0;       ///< whose begin the track's times count from
  std::string tier = {};            ///< of ELAN; empty: all
};
/// Adds examples to a recording. Labels without a text are left out.
base::Result<ImportReport> importLabels(ProjectStore& store, const LabelsImport& labels,
                                        const ImportOptions& options);

struct EdgeImpulseImport {
  std::vector<std::filesystem::path> files = {};  ///< JSON or CBOR
  std::string label = {};  ///< empty: the file's name up to its first dot
  std::string key = {};    ///< HMAC key that the files must be signed with; empty: any
};
/// Each file is a recording and an example; its device is the group. Sound (units "wav") is of kind
/// Audio, other rates from 10 a second on Motion, slower ones Slow. Source id "import/edge".
base::Result<ImportReport> importEdgeImpulse(ProjectStore& store, const EdgeImpulseImport& samples,
                                             const ImportOptions& options);

struct PicturesImport {
  std::filesystem::path folder = {};  ///< with meta.csv, or a folder of pictures per label
  double rate = 1;                    ///< pictures per second, as they are laid out in time
};
/// JPEG and PNG (stored as JPEG), at most 8192 pixels wide and high. Runs of equal label, and equal
/// column "recording" where there is one, are a recording and an example. Source kind Picture, id
/// "import/picture".
base::Result<ImportReport> importPictures(ProjectStore& store, const PicturesImport& pictures,
                                          const ImportOptions& options);

struct VideoImport {
  std::vector<std::filesystem::path> files = {};
  std::string label = {};  ///< what each whole file shows; empty: only what label tracks say
  double rate = 2;         ///< pictures kept per second, [0.01, 30]
  std::filesystem::path program = {};  ///< mimosa-camera, which decodes; empty: beside this program
};
/// Each file is a recording; label tracks beside it as for sounds. Source kind Picture, id
/// "import/video".
base::Result<ImportReport> importVideos(ProjectStore& store, const VideoImport& videos,
                                        const ImportOptions& options);

}  // namespace app
