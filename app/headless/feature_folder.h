#pragma once
// Features others computed, as NumPy files in one folder: X_train.npy, y_train.npy, X_test.npy,
// y_test.npy, and optionally group_train.npy.

#include <filesystem>

#include "learners/dataset.h"

namespace app {

struct TrainAndTest {
  learners::DatasetPtr train;
  learners::DatasetPtr test;
};

/// Labels are called by their numbers; both parts have the labels of both. Rows without a group are
/// groups of their own. Non-finite values are missing.
/// Errors: as NpyArray; InvalidArgument where sizes do not fit.
base::Result<TrainAndTest> readFeatureFolder(const std::filesystem::path& folder);

}  // namespace app
