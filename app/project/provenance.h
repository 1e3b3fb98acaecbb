#pragma once
// Provenance: which model learnt from which examples of which recordings, said by whom, and back.

#include <string>
#include <vector>

#include "app/project/store.h"

namespace learners {
class Dataset;
}

namespace app {

/// One example that a dataset was made of, as it was then.
struct LessonExample {
  std::int64_t demonstration = 0;
  std::int64_t recording = 0;
  std::string label;
  std::string author;
  learners::Origin origin = learners::Origin::Person;
  bool still = false;  ///< it is in the project to this day, recording and all
};

/// A model that served.
struct LearntModel {
  std::int64_t deployment = 0;
  int version = 0;
  std::string modelHash;
  std::string datasetHash;
  base::Time since;
};

/// Notes what `dataset` was made of, so that its models can be traced back.
base::Result<void> noteLesson(ProjectStore& store, const learners::Dataset& dataset);

/// The examples behind a dataset; empty where nobody noted them (imported models).
base::Result<std::vector<LessonExample>> examplesBehind(const ProjectStore& store,
                                                        const std::string& datasetHash);
/// The models that learnt from a recording, newest first.
base::Result<std::vector<LearntModel>> modelsFrom(const ProjectStore& store,
                                                  std::int64_t recording);
/// The model that answered with this hash. Errors: NotFound.
base::Result<LearntModel> modelBehind(const ProjectStore& store, const std::string& modelHash);

}  // namespace app
