#pragma once
// The label track that lies beside a file and has its name.

#include <filesystem>

#include "app/project/importers/import_target.h"
#include "app/project/label_tracks.h"

namespace app {

/// Reads a label track by its ending: .eaf is ELAN's, others are Audacity's.
/// Errors: as decodeAudacityTrack(), decodeElanTrack() and readFileText().
base::Result<std::vector<TrackLabel>> readTrack(const std::filesystem::path& file,
                                                const std::string& tier = {});

/// The labels in "<stem>.txt" or "<stem>.eaf" beside `file`, and `whole` over all of it where that
/// is not empty. Labels without a text are left out; they end where `length` does.
base::Result<std::vector<TrackLabel>> tracksBeside(const std::filesystem::path& file,
                                                   const std::string& whole,
                                                   base::Duration length);

}  // namespace app
