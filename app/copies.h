#pragma once
// Copies: examples as they might have been on another day (sensors/augmentation.h), as further rows
// to learn from. They are marked, and no split ever tests one.

#include "app/dataset_builder.h"

namespace app {

/// `data` and, of each of its rows, `copies` made-up ones behind it: signals begun elsewhere,
/// faster, stronger, in more noise, worn otherwise, as is usual for their kind
/// (sensors::usualAugmentation). `data` was built by `builder` from `settings`, all of it or a
/// part. Equal arguments give equal rows. Errors: as DatasetBuilder.
base::Result<learners::DatasetPtr> withCopies(const learners::DatasetPtr& data, int copies,
                                              const TaskSettings& settings, DatasetBuilder& builder,
                                              std::uint64_t seed, const std::stop_token& stop = {});

}  // namespace app
