// What all messages share: repetitions, causes of failure, what a worker can do.

#include <algorithm>
#include <array>

#include "app/training/messages.h"

namespace app {
namespace {

constexpr std::array<std::pair<base::ErrorCode, const char*>, 10> kCauses = {{
    {base::ErrorCode::InvalidArgument, "bad-input"},
    {base::ErrorCode::NotFound, "not-found"},
    {base::ErrorCode::Unavailable, "unavailable"},
    {base::ErrorCode::Refused, "refused"},
    {base::ErrorCode::Io, "disk"},
    {base::ErrorCode::Corrupt, "corrupt"},
    {base::ErrorCode::Unsupported, "unsupported"},
    {base::ErrorCode::Cancelled, "cancelled"},
    {base::ErrorCode::Timeout, "timeout"},
    {base::ErrorCode::Internal, "crash"},
}};

}  // namespace

bool Seen::isNew(const Header& header) {
  constexpr std::size_t kStarts = 256;
  constexpr std::size_t kRecent = 512;
  const std::string name = header.src + '/' + header.boot;
  auto found =
      std::find_if(starts_.begin(), starts_.end(), [&](const Start& s) { return s.name == name; });
  if (found == starts_.end()) {
    if (starts_.size() >= kStarts) starts_.erase(starts_.begin());
    starts_.push_back({.name = name});
    found = starts_.end() - 1;
  }
  auto& recent = found->recent;
  if (std::find(recent.begin(), recent.end(), header.seq) != recent.end()) return false;
  if (recent.size() < kRecent) {
    recent.push_back(header.seq);
  } else {
    recent[found->next] = header.seq;
    found->next = (found->next + 1) % kRecent;
  }
  return true;
}

std::vector<std::string> workerCommands() {
  return {"offer", "grant", "cancel", "ack", "deploy", "ping"};
}

std::string causeOf(base::ErrorCode code) {
  for (const auto& [known, cause] : kCauses) {
    if (known == code) return cause;
  }
  return "crash";
}

base::ErrorCode codeOf(const std::string& cause) {
  for (const auto& [code, known] : kCauses) {
    if (cause == known) return code;
  }
  return cause == "oom" || cause == "busy" ? base::ErrorCode::Unavailable
                                           : base::ErrorCode::Internal;
}

}  // namespace app
