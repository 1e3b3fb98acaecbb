#include "app/headless/extra_measures.h"

#include <algorithm>
#include <map>

#include "learners/evaluation.h"
#include "learners/member_parts.h"
#include "learners/numbers.h"
#include "learners/smoother.h"

namespace app {
namespace {

using learners::Dataset;
using nlohmann::json;

constexpr float kNovelAbove = 0.5F;

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

base::Result<json> measureOpenWorld(const Dataset& train, const Dataset& test,
                                    const learners::EnsembleRecipe& recipe) {
  json perLabel = json::object();
  double flagged = 0;
  double falseFlags = 0;
  int labels = 0;
  for (std::size_t left = 0; left < train.labelCount(); ++left) {
    if (static_cast<int>(left) == train.background()) continue;
    const auto known = train.subset(rowsWithout(train, static_cast<int>(left)));
    if (!learners::checkTrainable(*known)) continue;
    const auto prepared = learners::prepareRows(*known, recipe.reduction, recipe.seed);
    if (!prepared) return prepared.error();
    const auto novelty = learners::Novelty::fit(*prepared->rows, recipe.seed);
    auto asked = prepared->standardizer.apply(test);
    if (prepared->reduction) asked = prepared->reduction->apply(*asked);
    std::size_t strange = 0;
    std::size_t strangeFlagged = 0;
    std::size_t familiarFlagged = 0;
    for (std::size_t i = 0; i < test.rows(); ++i) {
      const bool isNew = novelty.score(asked->row(i)) > kNovelAbove;
      if (test.label(i) == static_cast<int>(left)) {
        ++strange;
        strangeFlagged += isNew ? 1 : 0;
      } else {
        familiarFlagged += isNew ? 1 : 0;
      }
    }
    if (strange == 0) continue;
    const double ofStrange = share(strangeFlagged, strange);
    const double ofFamiliar = share(familiarFlagged, test.rows() - strange);
    perLabel[train.content().labels[left].name] = {
        {"flagged", ofStrange}, {"false_flags", ofFamiliar}, {"rows", strange}};
    flagged += ofStrange;
    falseFlags += ofFamiliar;
    ++labels;
  }
  const double n = std::max(1, labels);
  return json{{"flagged", flagged / n},
              {"false_flags", falseFlags / n},
              {"per_label", std::move(perLabel)}};
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
