#include "app/headless/extra_measures.h"

#include <algorithm>
#include <map>

#include "learners/evaluation.h"
#include "learners/member_parts.h"
#include "learners/novelty_memory.h"
#include "learners/numbers.h"
#include "learners/preparation_choice.h"
#include "learners/smoother.h"

namespace app {
namespace {

using learners::Dataset;
using nlohmann::json;

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<std::size_t> rowsWithout(const Dataset& data, int label) {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    if (data.label(i) != label) rows.push_back(i);
  }
  return rows;
}

/// Rows of each recording in the order of time.
std::vector<std::vector<std::size_t>> replayed(const Dataset& data) {
  std::map<std::int64_t, std::vector<std::size_t>> recordings;
  for (std::size_t i = 0; i < data.rows(); ++i) recordings[data.content().group[i]].push_back(i);
  std::vector<std::vector<std::size_t>> all;
  for (auto& [name, rows] : recordings) {
    const auto& span = data.content().span;
    if (!span.empty()) {
      std::stable_sort(rows.begin(), rows.end(),
                       [&](std::size_t a, std::size_t b) { return span[a].begin < span[b].begin; });
    }
    all.push_back(std::move(rows));
  }
  return all;
}

/// Answers of one replay, and how restless they are.
struct Replay {
  std::size_t right = 0;
  double changes = 0;
  double minutes = 0;

  void add(const std::vector<int>& said, const std::vector<base::TimeSpan>& spans) {
    if (spans.size() < 2) return;
    const double length = base::toSeconds(spans.back().end - spans.front().end) / 60;
    changes += learners::flickerPerMinute(said, spans) * length;
    minutes += length;
  }
  json toJson(std::size_t rows) const {
    return {{"accuracy", share(right, rows)},
            {"flicker_per_minute", minutes > 0 ? changes / minutes : 0}};
  }
};

}  // namespace

std::vector<Option> searchOptionsDeclared() {
  return {{"search",
           "HOW",
           "Find parameters of the learners first.",
           "none",
           {"none", "grid", "random", "bayesian"}},
          {"budget", "SECONDS", "--search: how long it may take.", "30"}};
}

base::Result<learners::SearchOptions> searchOptionsFrom(const Arguments& arguments,
                                                        std::uint64_t seed) {
  const auto budget = arguments.number("budget", 0.1, 86400);
  if (!budget) return budget.error();
  learners::SearchOptions options{
      .method = learners::SearchMethod::None, .budgetSeconds = *budget, .seed = seed};
  const std::string how = arguments.text("search");
  if (how == "grid") options.method = learners::SearchMethod::Grid;
  if (how == "random") options.method = learners::SearchMethod::Random;
  if (how == "bayesian") options.method = learners::SearchMethod::Bayesian;
  return options;
}

namespace {

/// How often rows of a label nobody showed, and all others, were called new.
struct Flags {
  std::size_t strange = 0;
  std::size_t strangeFlagged = 0;
  std::size_t familiar = 0;
  std::size_t familiarFlagged = 0;

  void add(bool isStrange, bool flagged) {
    ++(isStrange ? strange : familiar);
    (isStrange ? strangeFlagged : familiarFlagged) += flagged ? 1 : 0;
  }
  json toJson() const {
    return {{"flagged", share(strangeFlagged, strange)},
            {"false_flags", share(familiarFlagged, familiar)}};
  }
};

}  // namespace

base::Result<json> measureOpenWorld(const Dataset& train, const Dataset& test,
                                    const learners::EnsembleRecipe& recipe) {
  json perLabel = json::object();
  std::map<std::string, double> sums;
  int labels = 0;
  const auto runs = replayed(test);
  for (std::size_t left = 0; left < train.labelCount(); ++left) {
    if (static_cast<int>(left) == train.background()) continue;
    const auto known = train.subset(rowsWithout(train, static_cast<int>(left)));
    if (!learners::checkTrainable(*known)) continue;
    const auto prepared =
        learners::prepareRows(*known, learners::preparationOf(*known, recipe), recipe.seed);
    if (!prepared) return prepared.error();
    const auto novelty = learners::Novelty::fit(*prepared->rows, recipe.seed);
    auto asked = prepared->standardizer.apply(test);
    if (prepared->reduction) asked = prepared->reduction->apply(*asked);
    Flags windows;
    Flags stretches;
    learners::NoveltyMemory memory(novelty.rareStretch());
    for (const auto& rows : runs) {
      memory.reset();
      for (std::size_t r = 0; r < rows.size(); ++r) {
        const std::size_t i = rows[r];
        const bool isStrange = test.label(i) == static_cast<int>(left);
        const float score = novelty.score(asked->row(i));
        windows.add(isStrange, score > learners::kNovelAbove);
        if (test.content().span.empty()) continue;
        // What people did before does not count as evidence about what they do now.
        if (r > 0 && test.label(rows[r - 1]) != test.label(i)) memory.reset();
        stretches.add(isStrange, memory.apply(test.content().span[i], score) > learners::kNovelAbove);
      }
    }
    if (windows.strange == 0) continue;
    ++labels;
    json own = windows.toJson();
    if (stretches.strange > 0) own["stretch"] = stretches.toJson();
    own["rows"] = windows.strange;
    sums["flagged"] += own["flagged"].get<double>();
    sums["false_flags"] += own["false_flags"].get<double>();
    if (own.contains("stretch")) {
      sums["flagged_stretch"] += own["stretch"]["flagged"].get<double>();
      sums["false_flags_stretch"] += own["stretch"]["false_flags"].get<double>();
    }
    perLabel[train.content().labels[left].name] = std::move(own);
  }
  json made{{"per_label", std::move(perLabel)},
            {"stretch_seconds", base::toSeconds(learners::kNoveltyMemory)}};
  for (const char* key : {"flagged", "false_flags"}) made[key] = sums[key] / std::max(1, labels);
  for (const char* key : {"flagged_stretch", "false_flags_stretch"}) {
    if (sums.count(key) > 0) made[key] = sums[key] / std::max(1, labels);
  }
  return made;
}

json measureSmoothing(const learners::Ensemble& ensemble, const Dataset& train, const Dataset& test,
                      double steadiness) {
  const std::size_t labels = test.labelCount();
  const auto p = ensemble.predictBatch(test);
  learners::Smoother smoother(learners::Transitions::learnt(train),
                              {.steadiness = static_cast<float>(steadiness)});
  Replay raw;
  Replay smooth;
  for (const auto& rows : replayed(test)) {
    smoother.reset();
    std::vector<int> said;
    std::vector<int> saidSmooth;
    std::vector<base::TimeSpan> spans;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto own = std::span(p).subspan(rows[i] * labels, labels);
      std::vector<float> belief(own.begin(), own.end());
      const base::Time second{static_cast<std::int64_t>(i) * 1'000'000'000};
      spans.push_back(test.content().span.empty()
                          ? base::TimeSpan{second, second + std::chrono::seconds(1)}
                          : test.content().span[rows[i]]);
      smoother.apply(spans.back(), belief);
      said.push_back(learners::largest(own));
      saidSmooth.push_back(learners::largest(belief));
      raw.right += said.back() == test.label(rows[i]) ? 1 : 0;
      smooth.right += saidSmooth.back() == test.label(rows[i]) ? 1 : 0;
    }
    raw.add(said, spans);
    smooth.add(saidSmooth, spans);
  }
  return {{"transitions", "learnt"},
          {"steadiness", steadiness},
          {"raw", raw.toJson(test.rows())},
          {"smooth", smooth.toJson(test.rows())},
          {"flicker_reduction", raw.changes > 0 ? 1 - smooth.changes / raw.changes : 0}};
}

base::Result<json> measureFourWays(const Dataset& train, const Dataset& test,
                                   const learners::EnsembleRecipe& recipe,
                                   const learners::LearnerMap& learners,
                                   learners::SearchOptions search) {
  if (search.method == learners::SearchMethod::None) {
    search.method = learners::SearchMethod::Bayesian;
  }
  const learners::TrainingContext context{.seed = recipe.seed, .stop = {}, .progress = {}};
  json made = json::object();
  for (const auto& [name, reduces, searches] :
       {std::tuple{"baseline", false, false}, std::tuple{"reduction", true, false},
        std::tuple{"search", false, true}, std::tuple{"both", true, true}}) {
    learners::EnsembleRecipe own = recipe;
    own.reduction.kind =
        reduces ? learners::ReductionKind::KpcaCosine : learners::ReductionKind::None;
    double searchSeconds = 0;
    if (searches) {
      auto found = learners::searchRecipe(train, own, learners, search, context);
      if (!found) return found.error();
      own = std::move(found->recipe);
      searchSeconds = found->seconds;
    }
    const auto trained = learners::trainEnsemble(train, own, learners, context);
    if (!trained) return trained.error();
    const auto evaluation = learners::evaluate(*trained, train, test);
    made[name] = {{"accuracy", evaluation.accuracy},
                  {"train_seconds", evaluation.trainSeconds},
                  {"search_seconds", searchSeconds},
                  {"latency_ms_p50", evaluation.latencyMsP50}};
  }
  return made;
}

}  // namespace app
