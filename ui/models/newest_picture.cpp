#include "ui/models/newest_picture.h"

#include <algorithm>

namespace ui {

std::shared_ptr<const sensors::Image> newestPicture(const Feed& feed, const std::string& source) {
  constexpr base::Duration kLookInto = std::chrono::seconds(60);
  if (auto live = feed.picture(source)) {
    return live;
  }
  const auto contents = feed.library.contents ? feed.library.contents() : nullptr;
  if (!contents || !feed.library.picture) {
    return nullptr;
  }
  for (auto it = contents->recordings.rbegin(); it != contents->recordings.rend(); ++it) {
    if (std::find(it->sources.begin(), it->sources.end(), source) != it->sources.end()) {
      const base::TimeSpan& span = it->recording.span;
      return feed.library.picture(source, span.begin, std::min(kLookInto, span.length()));
    }
  }
  return nullptr;
}

}  // namespace ui
