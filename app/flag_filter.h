#pragma once
// FlagFilter: which findings about a source are bad enough to be a flag. A clap may clip, and a line
// without any noise may be silent; neither spoils an example.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "sensors/quality.h"

namespace app {

/// One thread at a time.
class FlagFilter {
 public:
  /// At an end of its range a signal is no fault before it was there again and again for so long.
  static constexpr base::Duration kStuck = std::chrono::seconds(2);

  /// Those of `findings` to flag; `since` of a stuck signal is when it got stuck. To be told of every
  /// source once or twice a second.
  std::vector<sensors::Finding> pass(const sensors::SourceInfo& source,
                                     std::vector<sensors::Finding> findings, base::Time now);

 private:
  /// Since when a channel is at its end without a pause; by source and channel.
  std::map<std::pair<std::string, std::string>, base::Time> stuck_;
};

}  // namespace app
