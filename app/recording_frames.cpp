#include "app/recording_frames.h"

#include <algorithm>
#include <cmath>

namespace app {
namespace {

/// Root mean square of a window as a share of full scale.
float loudnessOf(const sensors::Window& window) {
  double sum = 0;
  std::size_t n = 0;
  for (std::size_t row = 0; row < window.samples.rows; ++row) {
    for (std::size_t c = 0; c < window.samples.channels; ++c) {
      if (window.samples.isMissing(row, c)) continue;
      const double x = window.samples.at(row, c);
      sum += x * x;
      ++n;
    }
  }
  double scale = 0;
  for (const sensors::Channel& channel : window.source->channels) {
    scale = std::max({scale, std::abs(channel.min), std::abs(channel.max)});
  }
  if (n == 0) return 0;
  return static_cast<float>(std::sqrt(sum / static_cast<double>(n)) / (scale > 0 ? scale : 1));
}

/// A device may have had other channels when the block was recorded.
bool isUsable(const sensors::Block& block, const sensors::SourceInfo& source) {
  if (source.kind == sensors::SourceKind::Picture) return block.image() != nullptr;
  const sensors::Samples* samples = block.samples();
  if (!samples || samples->channels != source.channels.size()) return false;
  return !block.source || std::equal(block.source->channels.begin(), block.source->channels.end(),
                                     source.channels.begin(), source.channels.end(),
                                     [](const auto& a, const auto& b) { return a.id == b.id; });
}

}  // namespace

base::Result<std::vector<FramePart>> framePartsFor(const std::vector<sensors::FrameSpec>& specs,
                                                   const std::vector<sensors::SourceInfo>& sources,
                                                   const plugins::Registry& registry) {
  std::vector<FramePart> parts;
  for (const sensors::FrameSpec& spec : specs) {
    const auto source = std::find_if(sources.begin(), sources.end(),
                                     [&](const auto& s) { return s.id == spec.source; });
    if (source == sources.end()) {
      return base::Error{base::ErrorCode::NotFound,
                         "the project has no source \"" + spec.source + "\""};
    }
    auto extractor =
        sensors::makeExtractor(registry.extractors, spec.extractor, *source, spec.window);
    if (!extractor) return extractor.error();
    FramePart part{.spec = spec,
                   .source = std::make_shared<const sensors::SourceInfo>(*source),
                   .extractor = std::move(*extractor),
                   .layout = {},
                   .key = {}};
    part.layout = sensors::makeLayout(spec.source, *part.extractor);
    part.key = toText(spec) + "\n" + part.layout->hash() + "\n" + std::to_string(source->rate);
    parts.push_back(std::move(part));
  }
  if (parts.empty()) return base::invalid("the project has no source to learn from");
  return parts;
}

base::Result<RecordingFramesPtr> computeFrames(const ProjectStore& store,
                                               const Recording& recording, const FramePart& part,
                                               const WindowChange& change) {
  const auto blocks = store.readBlocks(recording.id, part.spec.source, recording.span);
  if (!blocks) return blocks.error();
  auto frames = std::make_shared<RecordingFrames>();
  if (blocks->empty()) return RecordingFramesPtr(std::move(frames));
  const std::size_t width = part.layout->features.size();
  const auto add = [&](const std::vector<sensors::Window>& windows) {
    for (const sensors::Window& window : windows) {
      const auto frame =
          sensors::makeFrame(*part.extractor, part.layout, change ? change(window) : window);
      const bool gaps = std::any_of(frame->missing.begin(), frame->missing.end(),
                                    [](std::uint8_t m) { return m != 0; });
      if (gaps) frames->missing.resize(frames->values.size(), 0);
      if (gaps || !frames->missing.empty()) {
        frames->missing.insert(frames->missing.end(), frame->missing.begin(), frame->missing.end());
        frames->missing.resize(frames->values.size() + width, 0);
      }
      frames->values.insert(frames->values.end(), frame->values.begin(), frame->values.end());
      frames->spans.push_back(frame->span);
      if (part.source->kind == sensors::SourceKind::Audio) {
        frames->loudness.push_back(loudnessOf(window));
      }
    }
  };
  sensors::Windower windower(part.source, part.spec.window, sensors::Windower::kHoldLimit,
                             part.spec.fill);
  for (const sensors::BlockPtr& block : *blocks) {
    if (isUsable(*block, *part.source)) add(windower.push(block));
  }
  add(windower.finish(recording.span.end));
  return RecordingFramesPtr(std::move(frames));
}

base::Result<RecordingFramesPtr> FrameCache::frames(const ProjectStore& store,
                                                    const Recording& recording,
                                                    const FramePart& part) {
  const std::string key = std::to_string(recording.id) + " " +
                          std::to_string(recording.span.begin.ns) + " " +
                          std::to_string(recording.span.end.ns) + "\n" + part.key;
  {
    std::lock_guard lock(mutex_);
    if (const auto found = byKey_.find(key); found != byKey_.end()) {
      recent_.splice(recent_.begin(), recent_, found->second);
      ++hits_;
      return found->second->frames;
    }
  }
  auto computed = computeFrames(store, recording, part);
  if (!computed || limit_ == 0) return computed;
  std::lock_guard lock(mutex_);
  if (byKey_.contains(key)) return computed;
  recent_.push_front({key, *computed});
  byKey_[key] = recent_.begin();
  bytes_ += (*computed)->bytes();
  while (bytes_ > limit_ && !recent_.empty()) {
    bytes_ -= recent_.back().frames->bytes();
    byKey_.erase(recent_.back().key);
    recent_.pop_back();
  }
  return computed;
}

std::size_t FrameCache::hits() const {
  std::lock_guard lock(mutex_);
  return hits_;
}

}  // namespace app
