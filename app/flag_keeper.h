#pragma once
// Flag: a stretch of time in which a source's numbers could not be right: they stood still, were stuck
// at an end of their range, came in another unit or at another rate. Examples are not learnt from it
// unless a person says so. Turned axes are no such stretch: what is worn turns with what is done.

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/project/store.h"
#include "sensors/quality.h"

namespace app {

struct Flag {
  std::string source;
  std::string channel;  ///< empty: the whole source
  sensors::Fault fault = sensors::Fault::Frozen;
  base::TimeSpan span;
  friend bool operator==(const Flag&, const Flag&) = default;
};

/// True where numbers with this fault teach nothing true. Gaps, loss and single outliers do not
/// count: they are masked.
bool spoils(sensors::Fault fault);

/// Flags a project keeps, oldest first. Errors: Io, Corrupt.
base::Result<std::vector<Flag>> flagsOf(const ProjectStore& store);
/// Errors: Io.
base::Result<void> setFlags(ProjectStore& store, const std::vector<Flag>& flags);

/// Makes flags of what is found, second by second. Thread-safe.
class FlagKeeper {
 public:
  static constexpr std::size_t kMost = 1000;  ///< beyond, the oldest are forgotten
  /// A fault that was not seen for so long is over.
  static constexpr base::Duration kOver = std::chrono::seconds(3);

  void start(std::vector<Flag> kept);
  /// What Quality reports of `source` at `now`.
  void hear(const std::string& source, const std::vector<sensors::Finding>& findings,
            base::Time now);
  std::vector<Flag> all() const;
  /// Those of now, by source: the newest of each.
  std::map<std::string, Flag> open(base::Time now) const;
  /// All of them where some began or ended since they were last asked for.
  std::optional<std::vector<Flag>> unsaved();

 private:
  mutable std::mutex mutex_;
  std::vector<Flag> flags_;
  std::size_t known_ = 0;     ///< that ran when it was last heard
  bool isUnsaved_ = false;
};

}  // namespace app
