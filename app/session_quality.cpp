// How each source was when something was taught with it, for the comparison with now.

#include <algorithm>

#include "app/session_parts.h"

namespace app {

namespace {

constexpr std::size_t kExamples = 4;  ///< per source: enough to know how it usually is

}  // namespace

void Session::Impl::learnNorms() {
  const auto& examples = teaching->examples();
  if (examples.size() == normExamples) return;
  normExamples = examples.size();
  for (const auto& stream : sources.list()) {
    const std::string id = stream->info()->id;
    if (traces->hasNorm(id)) continue;
    std::vector<sensors::BlockPtr> blocks;
    std::size_t read = 0;
    for (const learners::Demonstration& example : examples) {
      if (!example.enabled || read == kExamples) continue;
      auto some = store->readBlocks(example.recording, id, example.span);
      if (!some || some->empty()) continue;
      blocks.insert(blocks.end(), some->begin(), some->end());
      ++read;
    }
    sensors::SourceNorm norm = sensors::normOf(blocks);
    if (!norm.channels.empty()) traces->setNorm(id, std::move(norm));
  }
}

sensors::SourceQuality Session::quality(const std::string& source) const {
  return impl_->traces->quality(source, impl_->clock.now());
}

}  // namespace app
