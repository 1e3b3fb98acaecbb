#pragma once
// ExampleNames: what people call the numbers in a dataset: which recording an example lies in, when
// in it, and which group that is.

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "app/project/store.h"

namespace app {

/// Immutable value.
class ExampleNames {
 public:
  /// Errors: those of the store.
  static base::Result<ExampleNames> read(const ProjectStore& store);

  /// Name of a group of the dataset: its group, recording name or number.
  std::string group(std::int64_t group) const;
  /// "Kettle in kitchen.wav at 12.0 s" for the example with this number.
  std::string example(std::int64_t unit) const;
  /// {example, recording, recording_name, group, label, at_seconds, seconds}.
  nlohmann::json toJson(std::int64_t unit) const;

 private:
  std::string recordingName(std::int64_t id) const;

  std::map<std::int64_t, Recording> recordings_;
  std::map<std::int64_t, learners::Demonstration> examples_;
  std::map<learners::LabelId, std::string> labels_;
};

}  // namespace app
