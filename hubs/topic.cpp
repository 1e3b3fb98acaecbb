#include "hubs/topic.h"

#include <algorithm>

namespace hubs {

namespace {

constexpr std::string_view kKinds[] = {"node", "w", "b", "wb", "pred", "serve"};

std::string joined(const std::string& root, std::string_view kind, std::string_view id,
                   std::string_view rest) {
  std::string topic = root;
  for (const std::string_view part : {kind, id, rest}) {
    if (!part.empty()) {
      topic += '/';
      topic += part;
    }
  }
  return topic;
}

}  // namespace

bool isId(std::string_view text, std::size_t longest, bool dots) {
  const auto fits = [dots](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           (dots && c == '.');
  };
  return !text.empty() && text.size() <= longest && std::all_of(text.begin(), text.end(), fits);
}

std::string Topics::node(std::string_view node, std::string_view rest) const {
  return joined(root_, "node", node, rest);
}

std::string Topics::worker(std::string_view worker, std::string_view rest) const {
  return joined(root_, "w", worker, rest);
}

std::string Topics::blob(std::string_view worker, std::string_view rest) const {
  return joined(root_, "b", worker, rest);
}

std::string Topics::serveIn(std::string_view model) const {
  return joined(root_, "serve", model, "in");
}

std::string Topics::sharedServeIn(std::string_view model) const {
  return "$share/" + std::string(model) + "/" + serveIn(model);
}

std::string Topics::prediction(std::string_view task) const {
  return joined(root_, "pred", task, {});
}

std::string Topics::bench(std::string_view bench, std::string_view rest) const {
  return joined(root_, "wb", bench, rest);
}

std::optional<Topics::Parts> Topics::parse(std::string_view topic) const {
  if (!topic.starts_with(root_) || topic.size() <= root_.size() || topic[root_.size()] != '/') {
    return std::nullopt;
  }
  topic.remove_prefix(root_.size() + 1);
  const std::size_t first = topic.find('/');
  if (first == std::string_view::npos) {
    return std::nullopt;
  }
  Parts parts;
  parts.kind = topic.substr(0, first);
  topic.remove_prefix(first + 1);
  const std::size_t second = topic.find('/');
  parts.id = topic.substr(0, second);
  parts.rest = second == std::string_view::npos ? std::string_view() : topic.substr(second + 1);
  const bool known =
      std::find(std::begin(kKinds), std::end(kKinds), parts.kind) != std::end(kKinds);
  if (!known || !isId(parts.id)) {
    return std::nullopt;
  }
  return parts;
}

}  // namespace hubs
