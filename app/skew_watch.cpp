#include "app/skew_watch.h"

#include <algorithm>
#include <map>

#include "learners/standardizer.h"

namespace app {

namespace {

constexpr std::size_t kMostRows = 1500;  ///< of what was taught; more tell nothing new

/// `n` of `from`, evenly spread, again from the front where there are too few.
std::vector<std::size_t> spread(const std::vector<std::size_t>& from, std::size_t n) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < n; ++i) {
    rows.push_back(n <= from.size() ? from[i * from.size() / n] : from[i % from.size()]);
  }
  return rows;
}

std::string sourceOf(const sensors::FrameLayout& layout, std::size_t feature) {
  for (const auto& part : layout.parts) {
    if (feature >= part.begin && feature < part.begin + part.count) return part.source;
  }
  return {};
}

}  // namespace

void SeenFrames::add(const sensors::FramePtr& frame, std::string label) {
  std::lock_guard lock(mutex_);
  if (!frames_.empty()) {
    const sensors::Frame& last = *frames_.back().frame;
    if (last.layout != frame->layout && last.layout->hash() != frame->layout->hash()) {
      frames_.clear();
    } else if (frame->span.end < last.span.end + kEvery) {
      return;
    }
  }
  frames_.push_back({frame, std::move(label)});
  while (frames_.front().frame->span.end < frame->span.end - kKeep) frames_.pop_front();
}

std::vector<SeenFrame> SeenFrames::all() const {
  std::lock_guard lock(mutex_);
  return {frames_.begin(), frames_.end()};
}

TaughtRows taughtAsHeard(const learners::Dataset& trained, const std::vector<SeenFrame>& seen) {
  std::map<std::string, std::vector<std::size_t>> byLabel;
  std::vector<std::size_t> all(trained.rows());
  for (std::size_t row = 0; row < trained.rows(); ++row) {
    const auto label = static_cast<std::size_t>(trained.label(row));
    byLabel[trained.content().labels[label].name].push_back(row);
    all[row] = row;
  }
  std::map<std::string, std::size_t> heard;
  std::size_t known = 0;
  for (const SeenFrame& one : seen) {
    if (byLabel.contains(one.label)) {
      ++heard[one.label];
      ++known;
    }
  }
  const std::size_t most = std::min(kMostRows, trained.rows());
  std::vector<std::size_t> rows;
  for (const auto& [label, times] : heard) {
    const std::size_t share = std::max<std::size_t>(1, most * times / known);
    const auto some = spread(byLabel.at(label), std::min(share, byLabel.at(label).size()));
    // A label with few examples counts as often as it was heard all the same.
    for (std::size_t i = 0; i < share; ++i) rows.push_back(some[i % some.size()]);
  }
  if (known == 0) rows = spread(all, most);
  TaughtRows taught;
  const bool masked = !trained.content().missing.empty();
  for (const std::size_t row : rows) {
    const auto values = trained.row(row);
    taught.values.insert(taught.values.end(), values.begin(), values.end());
    if (!masked) continue;
    const auto missing = trained.missing(row);
    taught.missing.insert(taught.missing.end(), missing.begin(), missing.end());
  }
  return taught;
}

SkewView skewOf(const learners::Dataset& trained, const std::vector<SeenFrame>& seen) {
  SkewView view{.frames = seen.size(),
                .taughtRows = trained.rows(),
                .features = trained.features()};
  if (seen.empty() || trained.rows() == 0) return view;
  const sensors::FrameLayout& layout = trained.content().layout;
  if (layout.hash() != seen.back().frame->layout->hash()) return view;
  view.span = {seen.front().frame->span.begin, seen.back().frame->span.end};
  view.state = SkewView::State::TooFew;
  if (seen.size() < SkewView::kLeastFrames) return view;
  view.state = SkewView::State::Ready;
  std::vector<float> values;
  std::vector<std::uint8_t> missing;
  for (const SeenFrame& one : seen) {
    values.insert(values.end(), one.frame->values.begin(), one.frame->values.end());
    missing.insert(missing.end(), one.frame->missing.begin(), one.frame->missing.end());
    missing.resize(values.size(), 0);
  }
  const TaughtRows taught = taughtAsHeard(trained, seen);
  const auto standardizer = learners::Standardizer::fit(trained);
  std::map<std::string, std::size_t> at;
  for (std::size_t f = 0; f < layout.features.size(); ++f) at.emplace(layout.features[f].name, f);
  for (const learners::FeatureSkew& skew :
       learners::worstSkew(layout.features, {taught.values, taught.missing}, {values, missing},
                           layout.features.size())) {
    if (!skew.isNotable || skew.distance < SkewView::kClearly) continue;
    const std::size_t feature = at.at(skew.name);
    // What was the same in all examples, or in none of them, no model listens to.
    if (standardizer.inverseScale()[feature] == 0) continue;
    ++view.differing;
    if (view.worst.size() == SkewView::kWorst) continue;
    view.worst.push_back({.source = sourceOf(layout, feature),
                          .name = skew.name,
                          .unit = layout.features[feature].unit,
                          .distance = skew.distance,
                          .taught = skew.trainedMedian,
                          .now = skew.nowMedian,
                          .taughtMissing = skew.trainedMissing,
                          .nowMissing = skew.nowMissing});
  }
  return view;
}

}  // namespace app
