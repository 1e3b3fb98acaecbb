#pragma once
// ExtractorMenu: which features a source can be turned into. Finding out may mean asking a network
// once, so it is done on a thread of its own, and remembered.

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "app/director.h"
#include "plugins/sdk/plugin.h"

namespace app {

struct ExtractorOption {
  std::string id;
  std::size_t features = 0;
  std::string licence;  ///< of a network, else empty
  std::string sha256;   ///< of a network, else empty
  friend bool operator==(const ExtractorOption&, const ExtractorOption&) = default;
};

/// Thread-safe. `changed` is called from its thread when an answer is there.
class ExtractorMenu {
 public:
  ExtractorMenu(const plugins::Registry& registry, const base::Clock& clock,
                std::function<void()> changed);

  /// By id, the usual one first; empty while nothing is known yet, or for what has none.
  std::vector<ExtractorOption> of(const sensors::SourceInfo& source,
                                  const sensors::WindowSpec& window);

 private:
  const plugins::Registry& registry_;
  const std::function<void()> changed_;
  std::mutex mutex_;
  std::map<std::string, std::vector<ExtractorOption>> known_;
  Director thread_;  // last: ended before what it fills
};

}  // namespace app
