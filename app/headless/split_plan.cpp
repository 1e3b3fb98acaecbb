#include "app/headless/split_plan.h"

#include <algorithm>
#include <set>

#include "app/project/importers/csv.h"

namespace app {
namespace {

constexpr int kFolds = 4;

std::string nameOf(std::int64_t group, const std::map<std::int64_t, std::string>& names) {
  const auto found = names.find(group);
  return found == names.end() ? std::to_string(group) : found->second;
}

std::vector<std::string> orderedTags(const learners::Dataset& data) {
  std::set<std::string> tags;
  for (const std::string& tag : data.content().splitTag) {
    if (!tag.empty()) tags.insert(tag);
  }
  std::vector<std::string> ordered(tags.begin(), tags.end());
  std::sort(ordered.begin(), ordered.end(), comesBefore);
  return ordered;
}

SplitBy automatic(const std::vector<std::string>& tags) {
  const auto has = [&](const char* tag) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
  };
  if (has("train") && has("test")) return SplitBy::Given;
  return tags.size() > 1 ? SplitBy::Fold : SplitBy::Recording;
}

base::Result<std::vector<NamedSplit>> byGroup(const learners::Dataset& data,
                                              const std::map<std::int64_t, std::string>& names,
                                              const SplitOptions& options) {
  std::vector<std::string> groups;
  for (const std::int64_t group : data.content().group) {
    if (groups.empty() || groups.back() != nameOf(group, names)) {
      groups.push_back(nameOf(group, names));
    }
  }
  std::sort(groups.begin(), groups.end(), comesBefore);
  groups.erase(std::unique(groups.begin(), groups.end()), groups.end());
  std::set<std::string> test;
  for (const std::string& group : options.testGroups) {
    if (std::find(groups.begin(), groups.end(), group) == groups.end()) {
      return base::invalid("there are no examples of group \"" + group + "\"");
    }
    test.insert(group);
  }
  if (test.empty()) {
    if (options.testLast == 0 || options.testLast >= groups.size()) {
      return base::invalid("there are " + std::to_string(groups.size()) +
                           " groups; name some with --test-groups or fewer with --test-last");
    }
    test.insert(groups.end() - static_cast<std::ptrdiff_t>(options.testLast), groups.end());
  }
  NamedSplit one{.name = "1", .split = {}};
  for (std::size_t row = 0; row < data.rows(); ++row) {
    const bool tested = test.contains(nameOf(data.content().group[row], names));
    if (tested && data.isCopy(row)) continue;
    (tested ? one.split.test : one.split.train).push_back(row);
  }
  return std::vector<NamedSplit>{std::move(one)};
}

}  // namespace

base::Result<std::vector<NamedSplit>> planSplits(
    const learners::Dataset& data, const std::map<std::int64_t, std::string>& groupNames,
    const SplitOptions& options) {
  const std::vector<std::string> tags = orderedTags(data);
  std::vector<NamedSplit> splits;
  switch (options.by == SplitBy::Automatic ? automatic(tags) : options.by) {
    case SplitBy::Automatic:
    case SplitBy::Recording: {
      int number = 0;
      for (learners::Split& split : learners::groupedFolds(data, kFolds, options.seed)) {
        splits.push_back({std::to_string(++number), std::move(split)});
      }
      if (splits.empty()) {
        return base::invalid("no label has examples from two recordings; record more first");
      }
      break;
    }
    case SplitBy::Group: {
      auto grouped = byGroup(data, groupNames, options);
      if (!grouped) return grouped.error();
      splits = std::move(*grouped);
      break;
    }
    case SplitBy::Fold:
      if (tags.size() < 2) {
        return base::invalid("the recordings carry no folds; import them with --fold-column");
      }
      for (const std::string& tag : tags) {
        splits.push_back({tag, learners::splitByTags(data, {tag})});
      }
      break;
    case SplitBy::Given:
      splits.push_back({"test", learners::splitByTags(data, {"test"})});
      break;
    case SplitBy::Later:
      splits.push_back({"later", learners::laterSplit(data)});
      if (splits[0].split.train.empty() || splits[0].split.test.empty()) {
        return base::invalid("no example is long enough to be asked about its last third");
      }
      break;
  }
  std::erase_if(splits, [](const NamedSplit& named) {
    return named.split.train.empty() || named.split.test.empty();
  });
  if (splits.empty()) {
    return base::invalid(
        "there are no examples on one side of the split; "
        "import both parts with --split train and --split test");
  }
  return splits;
}

std::vector<std::string> leakingGroups(const learners::Dataset& data,
                                       const std::map<std::int64_t, std::string>& groupNames,
                                       const learners::Split& split) {
  std::set<std::int64_t> train;
  for (const std::size_t row : split.train) train.insert(data.content().group[row]);
  std::set<std::string> both;
  for (const std::size_t row : split.test) {
    const std::int64_t group = data.content().group[row];
    if (train.contains(group)) both.insert(nameOf(group, groupNames));
  }
  return {both.begin(), both.end()};
}

}  // namespace app
