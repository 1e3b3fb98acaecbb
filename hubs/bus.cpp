#include "hubs/bus.h"

#include "hubs/codec.h"

namespace hubs {

namespace {

constexpr std::size_t kLongestTopic = 65'535;
constexpr std::string_view kSharePrefix = "$share/";

/// Takes the first level off `rest` and returns it; `last` tells whether it was the last one.
std::string_view takeLevel(std::string_view& rest, bool& last) {
  const std::size_t slash = rest.find('/');
  last = slash == std::string_view::npos;
  const std::string_view level = rest.substr(0, slash);
  rest = last ? std::string_view() : rest.substr(slash + 1);
  return level;
}

bool isPlausible(std::string_view text) {
  return !text.empty() && text.size() <= kLongestTopic &&
         text.find('\0') == std::string_view::npos && isUtf8(text);
}

bool isPlainFilter(std::string_view filter) {
  bool last = false;
  std::string_view rest = filter;
  while (!last) {
    const std::string_view level = takeLevel(rest, last);
    if (level == "+" || (level == "#" && last)) {
      continue;
    }
    if (level.find_first_of("+#") != std::string_view::npos) {
      return false;
    }
  }
  return !filter.empty();
}

/// The filter behind "$share/<group>/", or `filter` itself.
std::string_view withoutShare(std::string_view filter) {
  if (!filter.starts_with(kSharePrefix)) {
    return filter;
  }
  const std::size_t slash = filter.find('/', kSharePrefix.size());
  return slash == std::string_view::npos ? std::string_view() : filter.substr(slash + 1);
}

}  // namespace

base::Bytes toBytes(std::string_view text) { return {text.begin(), text.end()}; }

bool topicMatches(std::string_view filter, std::string_view topic) {
  filter = withoutShare(filter);
  if (filter.empty() || topic.empty()) {
    return false;
  }
  if (topic.front() == '$' && (filter.front() == '+' || filter.front() == '#')) {
    return false;
  }
  bool filterLast = false;
  bool topicLast = false;
  while (true) {
    const std::string_view wanted = takeLevel(filter, filterLast);
    if (wanted == "#") {
      return true;
    }
    const std::string_view level = takeLevel(topic, topicLast);
    if (wanted != "+" && wanted != level) {
      return false;
    }
    if (topicLast) {
      // "a/#" also matches its parent "a".
      return filterLast || filter == "#";
    }
    if (filterLast) {
      return false;
    }
  }
}

bool isValidFilter(std::string_view filter) {
  if (!isPlausible(filter)) {
    return false;
  }
  if (!filter.starts_with(kSharePrefix)) {
    return isPlainFilter(filter);
  }
  const std::string_view behind = filter.substr(kSharePrefix.size());
  const std::size_t slash = behind.find('/');
  if (slash == std::string_view::npos || slash == 0) {
    return false;
  }
  return behind.substr(0, slash).find_first_of("+#") == std::string_view::npos &&
         isPlainFilter(behind.substr(slash + 1));
}

bool isValidTopic(std::string_view topic) {
  return isPlausible(topic) && topic.find_first_of("+#") == std::string_view::npos;
}

}  // namespace hubs
