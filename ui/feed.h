#pragma once
// Feed: the data functions live views pull from, so that a test or a benchmark can bring its own.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/snapshot.h"
#include "sensors/quality.h"

namespace ui {

/// Called on the GUI thread, up to 30 times a second; each must answer within a millisecond or so.
/// All are set.
struct Feed {
  std::function<base::Time()> now;
  /// `n` pixel columns of one channel of a live source; empty where unknown.
  std::function<std::vector<sensors::EnvelopeColumn>(const std::string& source, std::size_t channel,
                                                     const base::TimeSpan& span, std::size_t n)>
      columns;
  std::function<std::vector<app::RibbonSpan>(const base::TimeSpan&)> heard;
  std::function<std::vector<app::RibbonSpan>(const base::TimeSpan&)> said;
  std::function<std::optional<app::Answer>()> latest;
  /// What is wrong with a source's numbers, and how unevenly they come.
  std::function<sensors::SourceQuality(const std::string& source)> quality =
      [](const std::string&) { return sensors::SourceQuality{}; };
  /// Devices of this computer found so far, with live levels.
  std::function<app::LocalSearch()> localSearch = [] { return app::LocalSearch{}; };
};

}  // namespace ui
