#include "app/extractor_menu.h"

#include <algorithm>

namespace app {

namespace {

/// Equal texts have equal answers.
std::string keyOf(const sensors::SourceInfo& source, const sensors::WindowSpec& window) {
  std::string key = source.id + "\n" + sensors::toText(source.kind) + "\n" +
                    std::to_string(source.rate) + "\n" + std::to_string(window.length.count());
  for (const sensors::Channel& channel : source.channels) key += "\n" + channel.id;
  return key;
}

}  // namespace

ExtractorMenu::ExtractorMenu(const plugins::Registry& registry, const base::Clock& clock,
                             std::function<void()> changed)
    : registry_(registry), changed_(std::move(changed)), thread_(clock) {}

std::vector<ExtractorOption> ExtractorMenu::of(const sensors::SourceInfo& source,
                                               const sensors::WindowSpec& window) {
  const std::string key = keyOf(source, window);
  {
    std::lock_guard lock(mutex_);
    const auto [entry, isNew] = known_.try_emplace(key);
    if (!isNew) return entry->second;
  }
  thread_.post([this, source, window, key] {
    std::vector<ExtractorOption> options;
    for (const auto& [id, factory] : registry_.extractors) {
      const auto made = factory(source, window);
      if (!made) continue;
      ExtractorOption option{.id = id, .features = (*made)->features().size()};
      if (const auto origin = registry_.origins.find(id); origin != registry_.origins.end()) {
        option.licence = origin->second.licence;
        option.sha256 = origin->second.sha256;
      }
      options.push_back(std::move(option));
    }
    const std::string usual = sensors::defaultExtractor(source);
    std::stable_partition(options.begin(), options.end(),
                          [&](const ExtractorOption& o) { return o.id == usual; });
    {
      std::lock_guard lock(mutex_);
      known_[key] = std::move(options);
    }
    changed_();
  });
  return {};
}

}  // namespace app
