#include "app/flag_filter.h"

#include <algorithm>

namespace app {

namespace {

using sensors::Fault;
using sensors::Finding;

/// What was seen so recently is there now.
constexpr base::Duration kNow = std::chrono::milliseconds(1500);

}  // namespace

std::vector<Finding> FlagFilter::pass(const sensors::SourceInfo& source,
                                      std::vector<Finding> findings, base::Time now) {
  const auto isAtEnd = [&](const Finding& f) {
    return f.fault == Fault::Saturated && now - f.last <= kNow;
  };
  std::erase_if(stuck_, [&](const auto& entry) {
    const auto& [id, channel] = entry.first;
    return id == source.id &&
           std::none_of(findings.begin(), findings.end(), [&, &stuck = channel](const Finding& f) {
             return isAtEnd(f) && f.channel == stuck;
           });
  });
  std::erase_if(findings, [&](Finding& f) {
    if (f.fault == Fault::Frozen) {
      return source.kind == sensors::SourceKind::Audio && f.value == 0;
    }
    if (f.fault != Fault::Saturated) return false;
    if (!isAtEnd(f)) return true;
    const auto stuck = stuck_.try_emplace({source.id, f.channel}, f.last).first;
    f.since = stuck->second;
    return f.last - f.since < kStuck;
  });
  return findings;
}

}  // namespace app
