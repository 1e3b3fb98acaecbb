#include "app/copies.h"

#include <algorithm>
#include <map>

#include "learners/numbers.h"
#include "sensors/augmentation.h"

namespace app {
namespace {

using learners::DatasetContent;
using learners::DatasetPtr;

std::uint64_t seedOfWindow(const sensors::Window& window, std::uint64_t seed) {
  for (const char letter : window.source->id) {
    seed = learners::seedOf(seed, static_cast<unsigned char>(letter));
  }
  return learners::seedOf(seed, static_cast<std::uint64_t>(window.span.begin.ns));
}

WindowChange otherDay(std::uint64_t seed) {
  return [seed](const sensors::Window& window) {
    if (!window.source) return window;
    return sensors::augmented(window, sensors::usualAugmentation(window.source->kind),
                              seedOfWindow(window, seed));
  };
}

/// A row's demonstration and time, by which its copies are known.
using RowName = std::pair<std::int64_t, std::int64_t>;

RowName nameOf(const DatasetContent& content, std::size_t row) {
  return {content.unit[row], content.span.empty() ? 0 : content.span[row].begin.ns};
}

/// Puts those rows of `more` behind `content` that copy one of its measured ones.
void append(DatasetContent& content, const std::map<RowName, std::size_t>& measured,
            const DatasetContent& more) {
  const std::size_t features = content.layout.features.size();
  for (std::size_t row = 0; row < more.label.size(); ++row) {
    const auto found = measured.find(nameOf(more, row));
    if (found == measured.end()) continue;
    const std::size_t origin = found->second;
    const auto begin = static_cast<std::ptrdiff_t>(row * features);
    const auto end = static_cast<std::ptrdiff_t>((row + 1) * features);
    content.values.insert(content.values.end(), more.values.begin() + begin,
                          more.values.begin() + end);
    if (!content.missing.empty() || !more.missing.empty()) {
      content.missing.resize(content.values.size(), 0);
      if (!more.missing.empty()) {
        std::copy(more.missing.begin() + begin, more.missing.begin() + end,
                  content.missing.end() - static_cast<std::ptrdiff_t>(features));
      }
    }
    content.label.push_back(content.label[origin]);
    content.group.push_back(content.group[origin]);
    content.unit.push_back(content.unit[origin]);
    if (!content.splitTag.empty()) content.splitTag.push_back(content.splitTag[origin]);
    if (!content.span.empty()) content.span.push_back(content.span[origin]);
    content.copied.push_back(1);
  }
}

}  // namespace

base::Result<DatasetPtr> withCopies(const DatasetPtr& data, int copies,
                                    const TaskSettings& settings, DatasetBuilder& builder,
                                    std::uint64_t seed, const std::stop_token& stop) {
  if (copies <= 0) return data;
  DatasetContent content = data->content();
  content.copied.assign(data->rows(), 0);
  std::map<RowName, std::size_t> measured;
  for (std::size_t row = 0; row < data->rows(); ++row) measured.emplace(nameOf(content, row), row);
  const std::set<std::int64_t> units(content.unit.begin(), content.unit.end());
  for (int copy = 0; copy < copies; ++copy) {
    const auto own = learners::seedOf(seed, static_cast<std::uint64_t>(copy));
    const auto more = builder.build(
        settings, {.stop = stop, .progress = {}, .change = otherDay(own), .only = units});
    if (!more) return more.error();
    if ((*more)->features() != data->features()) {
      return base::invalid("The copies look at other features than the examples.");
    }
    append(content, measured, (*more)->content());
  }
  return learners::Dataset::make(std::move(content));
}

}  // namespace app
