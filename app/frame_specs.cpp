// Which features of which sources a task looks at, from its settings.

#include "app/dataset_builder.h"

namespace app {

std::vector<sensors::FrameSpec> frameSpecsFor(const TaskSettings& settings,
                                              const std::vector<sensors::SourceInfo>& sources) {
  std::vector<sensors::FrameSpec> specs = settings.frames;
  if (specs.empty()) {
    for (const sensors::SourceInfo& source : sources) {
      specs.push_back({source.id, sensors::defaultExtractor(source), settings.window});
    }
  }
  for (sensors::FrameSpec& spec : specs) {
    const auto choice = settings.choices.find(spec.source);
    if (choice == settings.choices.end()) continue;
    if (!choice->second.extractor.empty()) spec.extractor = choice->second.extractor;
    if (!choice->second.fill.empty()) spec.fill = choice->second.fill;
  }
  return specs;
}

TaskSettings withFrames(TaskSettings settings, const std::vector<sensors::FrameSpec>& frames) {
  settings.frames = frames;
  for (auto& [source, choice] : settings.choices) {
    choice.extractor.clear();
    choice.fill.clear();
  }
  return settings;
}

}  // namespace app
