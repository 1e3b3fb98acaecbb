#include "learners/search.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "learners/expected_improvement.h"
#include "learners/jobs.h"
#include "learners/member_parts.h"
#include "learners/numbers.h"
#include "learners/param_space.h"
#include "learners/preparation_choice.h"

namespace learners {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;

constexpr int kRandomFirst = 4;   // points before a Gaussian process has something to say
constexpr int kCandidates = 400;  // points it is asked about
constexpr std::size_t kMostGrid = 100'000;
constexpr float kSmallest = 1e-6F;

/// Requests a stop when time is over or whoever asked wants to stop.
class Deadline {
 public:
  Deadline(std::stop_token outer, SteadyTime end)
      : end_(end),
        forward_(std::move(outer), [this] { source_.request_stop(); }),
        thread_([this, end](std::stop_token done) {
          std::unique_lock lock(mutex_);
          if (!wake_.wait_until(lock, done, end, [&] { return done.stop_requested(); })) {
            if (!done.stop_requested()) source_.request_stop();
          }
        }) {}

  std::stop_token token() const { return source_.get_token(); }
  bool over() const { return source_.stop_requested() || std::chrono::steady_clock::now() >= end_; }

 private:
  SteadyTime end_;
  std::stop_source source_;
  std::stop_callback<std::function<void()>> forward_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread thread_;  // last: it uses what stands above
};

std::vector<PreparedFold> foldsOf(const Dataset& data, const SearchOptions& options) {
  std::vector<PreparedFold> folds;
  auto splits = groupedFolds(data, std::max(2, options.folds), seedOf(options.seed, 0));
  if (splits.empty()) {
    splits = demonstrationFolds(data, std::max(2, options.folds), seedOf(options.seed, 0));
  }
  for (const Split& split : splits) {
    if (split.test.empty()) continue;
    auto fold = prepareFold(data, split, {.tails = options.tails, .emphasis = options.emphasis}, 0);
    if (fold && checkTrainable(*fold->train)) folds.push_back(std::move(fold).value());
  }
  return folds;
}

/// One learner's search.
class Searcher {
 public:
  Searcher(const Learner& learner, const Dataset& data, const SearchOptions& options,
           std::stop_token stop)
      : learner_(learner),
        options_(options),
        stop_(std::move(stop)),
        space_(learner.paramSpecs()),
        data_(data),
        folds_(foldsOf(data, options)),
        random_(seedOf(options.seed, 1)) {}

  base::Result<SearchResult> run(const Deadline& deadline) {
    result_.best = base::Params(learner_.paramSpecs());
    if (folds_.empty()) return std::move(result_);  // nothing can be held out: nothing to go by
    if (const auto tried = attempt(result_.best, deadline); !tried) return tried.error();
    const auto rest = options_.method == SearchMethod::Grid ? grid(deadline) : points(deadline);
    if (!rest) return rest.error();
    return std::move(result_);
  }

 private:
  base::Result<void> grid(const Deadline& deadline) {
    for (const base::Params& params : gridOf(space_.specs(), options_.gridSteps)) {
      if (deadline.over()) return ended();
      if (const auto tried = attempt(params, deadline); !tried) return tried;
    }
    result_.complete = !deadline.over();
    return ended();
  }

  base::Result<void> points(const Deadline& deadline) {
    if (options_.method == SearchMethod::None || space_.size() == 0) {
      result_.complete = true;
      return {};
    }
    for (int i = 0; i < options_.mostTrials; ++i) {
      if (deadline.over()) return ended();
      const bool guess = options_.method == SearchMethod::Random || i < kRandomFirst;
      if (const auto tried = attempt(guess ? space_.random(random_) : promising(), deadline);
          !tried) {
        return tried;
      }
    }
    result_.complete = !deadline.over();
    return ended();
  }

  /// An end of the budget is no error; a request to stop is.
  base::Result<void> ended() const {
    if (stop_.stop_requested()) {
      return base::Error{base::ErrorCode::Cancelled, "Training was stopped."};
    }
    return {};
  }

  base::Params promising() {
    std::vector<std::vector<double>> tried;
    std::vector<double> values;
    for (const Trial& trial : result_.trials) {
      tried.push_back(space_.point(trial.params));
      values.push_back(trial.accuracy);
    }
    const ImprovementModel model(std::move(tried), values);
    base::Params best = space_.random(random_);
    double most = model.expectedImprovement(space_.point(best));
    for (int i = 0; i < kCandidates; ++i) {
      auto candidate = i % 2 == 0 ? space_.random(random_) : space_.near(result_.best, random_);
      const double expected = model.expectedImprovement(space_.point(candidate));
      if (expected > most) {
        most = expected;
        best = std::move(candidate);
      }
    }
    return best;
  }

  /// Tries `params` fold by fold. A trial the budget cut short leaves nothing.
  base::Result<void> attempt(const base::Params& params, const Deadline& deadline) {
    const auto begin = std::chrono::steady_clock::now();
    Trial trial{.params = params};
    std::size_t rows = 0;
    double right = 0;
    for (std::size_t f = 0; f < folds_.size(); ++f) {
      const PreparedFold& fold = folds_[f];
      const auto model = learner_.train(
          *fold.train, params,
          {.seed = seedOf(options_.seed, 2), .stop = deadline.token(), .progress = {}});
      if (!model && model.error().code == base::ErrorCode::Cancelled) return ended();
      if (!model) return model.error();
      const std::size_t labels = fold.train->labelCount();
      std::vector<float> p(fold.split.test.size() * labels);
      (*model)->predictBatch(fold.test, p);
      for (std::size_t i = 0; i < fold.split.test.size(); ++i) {
        const auto own = std::span(p).subspan(i * labels, labels);
        const int truth = data_.label(fold.split.test[i]);
        right += largest(own) == truth ? 1 : 0;
        trial.loss -= std::log(static_cast<double>(std::max(own[truth], kSmallest)));
        ++rows;
      }
      trial.accuracy = right / static_cast<double>(rows);
      if (f == 0 && hopeless(trial.accuracy, rows)) {
        trial.rejected = folds_.size() > 1;
        break;
      }
      if (f == 0 && trial.accuracy > bestFirst_) bestFirst_ = trial.accuracy;
    }
    trial.loss /= static_cast<double>(rows);
    trial.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    const bool better = !trial.rejected && (result_.trials.empty() || trial.accuracy > accuracy_ ||
                                            (trial.accuracy == accuracy_ && trial.loss < loss_));
    if (better) {
      accuracy_ = trial.accuracy;
      loss_ = trial.loss;
      result_.best = params;
    }
    result_.trials.push_back(std::move(trial));
    return ended();
  }

  /// Two standard errors below the best first fold: the others will not make it good.
  bool hopeless(double accuracy, std::size_t rows) const {
    const double error =
        std::sqrt(std::max(accuracy * (1 - accuracy), 0.01) / static_cast<double>(rows));
    return accuracy + 2 * error < bestFirst_;
  }

  const Learner& learner_;
  const SearchOptions& options_;
  std::stop_token stop_;
  ParamSpace space_;
  const Dataset& data_;
  std::vector<PreparedFold> folds_;
  std::mt19937_64 random_;
  SearchResult result_;
  double accuracy_ = 0;
  double loss_ = 0;
  double bestFirst_ = 0;
};

}  // namespace

std::vector<base::Params> gridOf(const std::vector<base::ParamSpec>& specs, int steps) {
  const ParamSpace space(specs);
  std::vector<base::Params> points{base::Params(specs)};
  for (std::size_t axis = 0; axis < space.size(); ++axis) {
    const auto values = space.gridValues(axis, steps);
    if (points.size() * values.size() > kMostGrid) break;
    std::vector<base::Params> wider;
    for (const base::Params& point : points) {
      for (const base::ParamValue& value : values) {
        wider.push_back(point);
        [[maybe_unused]] const auto set = wider.back().set(specs, space.name(axis), value);
      }
    }
    points = std::move(wider);
  }
  return points;
}

base::Result<SearchResult> searchParams(const Learner& learner, const Dataset& data,
                                        const SearchOptions& options,
                                        const TrainingContext& context) {
  if (const auto fits = checkTrainable(data); !fits) return fits.error();
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                       std::chrono::duration<double>(options.budgetSeconds));
  const Deadline deadline(context.stop, end);
  std::vector<std::size_t> rows;
  const std::size_t wanted = std::min(data.rows(), std::max<std::size_t>(options.mostRows, 1));
  for (std::size_t i = 0; i < wanted; ++i) rows.push_back(i * data.rows() / wanted);
  const DatasetPtr part = data.subset(rows);
  if (!checkTrainable(*part)) return SearchResult{.best = base::Params(learner.paramSpecs())};
  return Searcher(learner, *part, options, context.stop).run(deadline);
}

base::Result<RecipeSearch> searchRecipe(const Dataset& data, const EnsembleRecipe& recipe,
                                        const LearnerMap& learners, const SearchOptions& options,
                                        const TrainingContext& context) {
  const auto begin = std::chrono::steady_clock::now();
  RecipeSearch made{.recipe = recipe, .results = {}};
  if (options.method == SearchMethod::None) return made;
  SearchOptions each = options;
  const Preparation how = preparationOf(data, recipe, context.stop);
  made.recipe.tails = each.tails = how.tails;
  made.recipe.emphasis = each.emphasis = how.emphasis;
  const double side = std::max(1U, std::thread::hardware_concurrency());
  each.budgetSeconds =
      options.budgetSeconds *
      std::min(1.0, side / static_cast<double>(std::max<std::size_t>(recipe.learners.size(), 1)));
  std::mutex mutex;
  std::optional<base::Error> error;
  std::vector<std::function<void()>> jobs;
  for (const std::string& id : recipe.learners) {
    const auto found = learners.find(id);
    if (found == learners.end()) {
      return base::Error{base::ErrorCode::NotFound, "The learner \"" + id + "\" is not known."};
    }
    jobs.push_back([&, id, learner = found->second] {
      auto result = searchParams(*learner, data, each, context);
      const std::lock_guard lock(mutex);
      if (!result) {
        error = result.error();
        return;
      }
      made.recipe.params[id] = result->best;
      made.results[id] = std::move(result).value();
    });
  }
  runAll(jobs);
  if (error) return *error;
  made.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return made;
}

}  // namespace learners
