#pragma once
// Forgetting a recording so that it can be shown that it is gone. It first goes into the bin, where
// nobody sees it any more; until the bin is emptied, by a person or when the project closes, it can
// be taken out again. Emptying removes samples, envelopes, examples, the answers of that time (not
// where it came from a file: nobody answered it), the kept edits that mention it and the datasets
// and models' lists made of it, and overwrites their bytes.
// Models that learnt from it stay: they are listed, so that a person can have them trained anew.

#include "app/project/provenance.h"

namespace app {

struct ForgetReport {
  std::vector<LearntModel> models;  ///< that learnt from it, newest first
  std::size_t examples = 0;         ///< of a person, that are forgotten with it
};

/// Puts the recording into the bin. Errors: NotFound; those of the store.
base::Result<ForgetReport> forgetRecording(ProjectStore& store, std::int64_t recording);

/// Takes a recording out of the bin again, with its examples.
/// Errors: NotFound where it is not in there (any more).
base::Result<void> restoreRecording(ProjectStore& store, std::int64_t recording);

/// Ids of the recordings in the bin.
base::Result<std::vector<std::int64_t>> recordingsInBin(const ProjectStore& store);

/// Removes recordings from the bin that were never outside it and that nothing was made of: their
/// room in the file is free again, edits and answers stay. One that is not in the bin is left
/// alone. Errors: those of the store.
base::Result<void> dropFromBin(ProjectStore& store, const std::vector<std::int64_t>& recordings);

/// Removes what is in the bin from the file for good. Returns how many recordings that were.
base::Result<std::size_t> emptyBin(ProjectStore& store);

}  // namespace app
