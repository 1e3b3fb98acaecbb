#pragma once
// Feed: the data functions live views pull from, so that a test or a benchmark can bring its own.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/event_question.h"
#include "app/extractor_menu.h"
#include "app/happenings.h"
#include "app/library.h"
#include "app/map_trail.h"
#include "app/skew_watch.h"
#include "app/snapshot.h"
#include "sensors/quality.h"
#include "ui/import_feed.h"
#include "ui/rules_feed.h"
#include "ui/topics_feed.h"

namespace app {
struct CheckView;
enum class CheckPart;
}  // namespace app

namespace ui {

/// What the project keeps, to look at; as the functions of app::Library. Any may be unset.
struct LibraryFeed {
  std::function<app::LibraryContentsPtr()> contents;
  std::function<std::uint64_t()> revision;
  std::function<app::StoredColumns(const std::string& source, std::size_t channel,
                                   const base::TimeSpan& span, std::size_t n)>
      columns;
  std::function<app::StoredSpectrum(const std::string& source, const base::TimeSpan& span,
                                    std::size_t n)>
      spectrum;
  std::function<std::shared_ptr<const sensors::Image>(const std::string& source, base::Time t,
                                                      base::Duration within)>
      picture;
  std::function<std::optional<std::vector<base::TimeSpan>>(const base::TimeSpan& sitting)> events;
  std::function<app::Heard(const base::TimeSpan& span)> heard;
  std::function<void(const base::TimeSpan& span, std::int64_t recording,
                     const base::TimeSpan& within)>
      findSimilar;
  std::function<std::optional<app::SimilarAnswer>()> similar;
  std::function<std::optional<app::PastState>(base::Time)> asOf;
};
LibraryFeed feedOf(app::Library& library);

/// The check of the model in service (app/check_desk.h). Calls return at once; all are set, or
/// none.
struct CheckFeed {
  std::function<app::CheckView()> view;
  std::function<void(bool watching)> watch;
  std::function<void()> stop;
  std::function<void()> resume;
  std::function<void(app::CheckPart)> ask;
  /// Sets the model with that hash beside the one in service; empty: none.
  std::function<void(const std::string& ensembleHash)> compare = [](const std::string&) {};
  /// The last hour on the maps of the check; never null.
  std::function<std::shared_ptr<const app::MapTrails>()> trails = [] {
    static const auto kNone = std::make_shared<const app::MapTrails>();
    return kNone;
  };
};

/// Called on the GUI thread, up to 30 times a second; each must answer within a millisecond or so.
/// All but `library` and `rules` are set.
struct Feed {
  std::function<base::Time()> now;
  /// `n` pixel columns of one channel of a live source; empty where unknown.
  std::function<std::vector<sensors::EnvelopeColumn>(const std::string& source, std::size_t channel,
                                                     const base::TimeSpan& span, std::size_t n)>
      columns;
  std::function<std::vector<app::RibbonSpan>(const base::TimeSpan&)> heard;
  std::function<std::vector<app::RibbonSpan>(const base::TimeSpan&)> said;
  std::function<std::optional<app::Answer>()> latest;
  /// The newest answer to "that was ...".
  std::function<app::EventProposal()> eventProposal = [] { return app::EventProposal{}; };
  /// What is wrong with a source's numbers, and how unevenly they come.
  std::function<sensors::SourceQuality(const std::string& source)> quality =
      [](const std::string&) { return sensors::SourceQuality{}; };
  RulesFeed rules = {};
  /// Devices of this computer found so far, with live levels.
  std::function<app::LocalSearch()> localSearch = [] { return app::LocalSearch{}; };
  /// What a source could be turned into; empty while nobody knows.
  std::function<std::vector<app::ExtractorOption>(const std::string& source)> extractors =
      [](const std::string&) { return std::vector<app::ExtractorOption>(); };
  /// Now against what the model learnt from; never null.
  std::function<std::shared_ptr<const app::SkewView>()> skew = [] {
    static const auto kNothing = std::make_shared<const app::SkewView>();
    return kNothing;
  };
  /// The newest picture of a live camera; null where none has come.
  std::function<std::shared_ptr<const sensors::Image>(const std::string& source)> picture =
      [](const std::string&) { return std::shared_ptr<const sensors::Image>(); };
  TopicsFeed topics = {};  ///< may be empty
  ImportFeed imports = {};  ///< may be empty
  LibraryFeed library = {};
  /// What happened, each thing once however many tasks saw it, and what goes on.
  std::function<std::vector<app::Happening>(const base::TimeSpan&)> happenings =
      [](const base::TimeSpan&) { return std::vector<app::Happening>(); };
  /// As latest(), of one task.
  std::function<std::optional<app::Answer>(app::TaskId)> latestOf = [](app::TaskId) {
    return std::optional<app::Answer>();
  };
  CheckFeed check = {};  ///< may be empty
};

}  // namespace ui
