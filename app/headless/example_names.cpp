#include "app/headless/example_names.h"

#include <cstdio>

namespace app {

base::Result<ExampleNames> ExampleNames::read(const ProjectStore& store) {
  auto recordings = store.recordings();
  if (!recordings) return recordings.error();
  auto examples = store.demonstrations();
  if (!examples) return examples.error();
  auto labels = store.labels();
  if (!labels) return labels.error();
  ExampleNames names;
  for (Recording& one : *recordings) names.recordings_[one.id] = std::move(one);
  for (learners::Demonstration& one : *examples) names.examples_[one.id] = std::move(one);
  for (learners::Label& one : *labels) names.labels_[one.id] = std::move(one.name);
  return names;
}

std::string ExampleNames::recordingName(std::int64_t id) const {
  const auto found = recordings_.find(id);
  if (found == recordings_.end() || found->second.name.empty()) {
    return "recording " + std::to_string(id);
  }
  return found->second.name;
}

std::string ExampleNames::group(std::int64_t group) const {
  const auto found = recordings_.find(group);
  if (found == recordings_.end() || found->second.group.empty()) return recordingName(group);
  return found->second.group;
}

std::string ExampleNames::example(std::int64_t unit) const {
  const nlohmann::json facts = toJson(unit);
  if (!facts.contains("recording")) return "example " + std::to_string(unit);
  char at[32];
  std::snprintf(at, sizeof at, "%.1f", facts["at_seconds"].get<double>());
  return facts["label"].get<std::string>() + " in " + facts["recording_name"].get<std::string>() +
         " at " + at + " s";
}

nlohmann::json ExampleNames::toJson(std::int64_t unit) const {
  nlohmann::json facts = {{"example", unit}};
  const auto found = examples_.find(unit);
  if (found == examples_.end()) return facts;
  const learners::Demonstration& example = found->second;
  facts["recording"] = example.recording;
  facts["recording_name"] = recordingName(example.recording);
  facts["group"] = group(example.recording);
  const auto label = labels_.find(example.label);
  facts["label"] = label == labels_.end() ? std::string() : label->second;
  const auto recording = recordings_.find(example.recording);
  const base::Time begin =
      recording == recordings_.end() ? example.span.begin : recording->second.span.begin;
  facts["at_seconds"] = base::toSeconds(example.span.begin - begin);
  facts["seconds"] = base::toSeconds(example.span.length());
  return facts;
}

}  // namespace app
