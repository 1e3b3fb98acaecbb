#include "learners/adaptation.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>
#include <numeric>
#include <set>

#include "learners/ensemble_math.h"
#include "learners/jobs.h"
#include "learners/member_parts.h"
#include "learners/numbers.h"

namespace learners {
namespace {

constexpr int kRehearsalParts = 4;   // one of these is not rehearsed but tested
constexpr int kRehearsalOfMany = 3;  // above `manyRows`, where a full training has but one fold:
                                     // one of these is rehearsed
constexpr double kMostLost = 0.02;
constexpr std::uint64_t kMemberSeeds = 10;  // as in a full training

/// Where each row of the data stands.
struct Parts {
  std::vector<std::size_t> learnt;  ///< rehearsed and fresh
  std::vector<std::size_t> tested;
  std::vector<std::size_t> fresh;  ///< of labels the former knew
};

/// Labels of the data by their index in the former ensemble, or -1.
std::vector<int> formerIndices(const Dataset& data, const Ensemble& former) {
  std::vector<int> indices;
  for (const Label& label : data.content().labels) {
    const auto found = std::find_if(former.labels().begin(), former.labels().end(),
                                    [&](const Label& other) { return other.id == label.id; });
    indices.push_back(
        found == former.labels().end() ? -1 : static_cast<int>(found - former.labels().begin()));
  }
  return indices;
}

Parts divide(const Dataset& data, const std::set<std::int64_t>& fresh, const EnsembleRecipe& recipe,
             const std::vector<int>& formerIndex) {
  const auto& unit = data.content().unit;
  std::map<int, std::set<std::int64_t>> unitsOf;
  std::vector<std::size_t> old;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    unitsOf[data.label(i)].insert(unit[i]);
    if (!fresh.contains(unit[i])) old.push_back(i);
  }
  Parts parts;
  const bool many = data.rows() > recipe.manyRows;
  const DatasetPtr former = data.subset(old);
  const auto folds = demonstrationFolds(*former, many ? kRehearsalOfMany : kRehearsalParts,
                                        seedOf(recipe.seed, 5));
  std::vector<std::uint8_t> rehearsed(old.size(), 1);
  if (!folds.empty()) {
    std::fill(rehearsed.begin(), rehearsed.end(), many ? 0 : 1);
    for (const std::size_t i : folds.front().test) rehearsed[i] = many ? 1 : 0;
    // What no fold tests is shown too seldom to be left out.
    std::vector<std::uint8_t> somewhere(old.size());
    for (const Split& fold : folds) {
      for (const std::size_t i : fold.test) somewhere[i] = 1;
    }
    for (std::size_t i = 0; i < old.size(); ++i) {
      if (somewhere[i] == 0) rehearsed[i] = 1;
    }
  }
  for (std::size_t i = 0; i < old.size(); ++i) {
    (rehearsed[i] != 0 ? parts.learnt : parts.tested).push_back(old[i]);
  }
  for (std::size_t i = 0; i < data.rows(); ++i) {
    if (!fresh.contains(unit[i])) continue;
    const bool known = formerIndex[data.label(i)] >= 0;
    if (known) parts.fresh.push_back(i);
    if (known || std::ssize(unitsOf[data.label(i)]) >= kFewestToAdapt) parts.learnt.push_back(i);
  }
  std::sort(parts.learnt.begin(), parts.learnt.end());
  return parts;
}

/// Rows as the former ensemble's members take them.
DatasetPtr preparedAs(const Ensemble& former, const Dataset& raw) {
  DatasetPtr rows = former.content().standardizer.apply(raw);
  return former.content().reduction ? former.content().reduction->apply(*rows) : rows;
}

using UnitName = std::pair<std::int64_t, int>;

/// Whether the averaged probability of each demonstration's rows is right.
std::map<UnitName, UnitScore> unitScores(const Dataset& data, const std::vector<float>& p) {
  std::map<UnitName, std::vector<double>> sums;
  std::map<UnitName, UnitScore> scores;
  const std::size_t labels = data.labelCount();
  for (std::size_t i = 0; i < data.rows(); ++i) {
    const UnitName name{data.content().unit[i], data.label(i)};
    auto& sum = sums[name];
    sum.resize(labels);
    for (std::size_t c = 0; c < labels; ++c) sum[c] += p[i * labels + c];
    ++scores[name].rows;
  }
  for (auto& [name, score] : scores) {
    const auto& sum = sums[name];
    const auto top = std::max_element(sum.begin(), sum.end()) - sum.begin();
    score.unit = name.first;
    score.label = name.second;
    score.right = top == name.second;
  }
  return scores;
}

/// Held-out accuracies of the former members, corrected by how they answered the fresh rows.
std::vector<float> correctedAccuracies(const TrainedEnsemble& former, const Dataset& data,
                                       const Parts& parts, const std::vector<int>& formerIndex) {
  double known = 0;
  for (const UnitScore& unit : former.report.units) known += unit.rows;
  std::vector<std::vector<int>> said;
  const DatasetPtr fresh = data.subset(parts.fresh);
  (void)former.ensemble->predictBatch(*fresh, nullptr, &said);
  std::vector<float> accuracies;
  for (std::size_t m = 0; m < said.size(); ++m) {
    double right = known * former.ensemble->content().members[m].accuracy;
    for (std::size_t i = 0; i < fresh->rows(); ++i) {
      right += said[m][i] == formerIndex[fresh->label(i)] ? 1 : 0;
    }
    accuracies.push_back(
        static_cast<float>(right / std::max(1.0, known + static_cast<double>(fresh->rows()))));
  }
  return accuracies;
}

base::Result<std::vector<MemberSpec>> specsOf(const Ensemble& former, const EnsembleRecipe& recipe,
                                              const LearnerMap& learners) {
  std::vector<MemberSpec> specs;
  for (const EnsembleMember& member : former.content().members) {
    const std::string id(member.model->kind());
    const auto learner = learners.find(id);
    const auto place = std::find(recipe.learners.begin(), recipe.learners.end(), id);
    if (learner == learners.end() || place == recipe.learners.end()) {
      return base::invalid("The former ensemble was made by another recipe.");
    }
    const auto params = recipe.params.find(id);
    specs.push_back(
        {.learner = learner->second,
         .params = params != recipe.params.end() ? params->second
                                                 : base::Params(learner->second->paramSpecs()),
         .seed = seedOf(recipe.seed, kMemberSeeds + static_cast<std::uint64_t>(
                                                        place - recipe.learners.begin()))});
  }
  return specs;
}

/// Members in the order in which fitting them together ends soonest.
std::vector<std::size_t> costliestFirst(const EnsembleReport& report, std::size_t members) {
  std::vector<std::size_t> order(members);
  std::iota(order.rbegin(), order.rend(), std::size_t{0});  // costly ones stand last in a recipe
  const auto seconds = [&](std::size_t m) {
    return m < report.members.size() ? report.members[m].fitSeconds : 0;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return seconds(a) > seconds(b); });
  return order;
}

/// Compares the tested demonstrations with what the former report says of them.
void compare(const Dataset& data, const std::vector<UnitScore>& formerUnits,
             const std::map<UnitName, UnitScore>& now, const std::vector<int>& formerIndex,
             Adapted& made) {
  std::map<UnitName, bool> was;
  for (const UnitScore& unit : formerUnits) was[{unit.unit, unit.label}] = unit.right;
  std::map<int, Forgetting> perLabel;
  for (const auto& [name, score] : now) {
    const auto before = was.find({name.first, formerIndex[name.second]});
    if (before == was.end()) continue;
    Forgetting& label = perLabel[name.second];
    label.label = data.content().labels[name.second].name;
    ++label.demonstrations;
    label.before += before->second ? 1 : 0;
    label.after += score.right ? 1 : 0;
  }
  for (const auto& [index, label] : perLabel) {
    made.tested += label.demonstrations;
    made.before += label.before;
    made.after += label.after;
    made.forgetting.push_back(label);
  }
  const int lost = made.before - made.after;
  made.worse = lost > 1 && lost > kMostLost * made.tested;
}

}  // namespace

base::Result<Adapted> adaptEnsemble(const TrainedEnsemble& former, const Dataset& data,
                                    const std::vector<std::int64_t>& fresh,
                                    const EnsembleRecipe& recipe, const LearnerMap& learners,
                                    const TrainingContext& context) {
  const auto begin = std::chrono::steady_clock::now();
  const Ensemble& old = *former.ensemble;
  if (data.content().layout.hash() != old.schema()) {
    return base::invalid("The former ensemble looks at other features.");
  }
  if (former.report.units.empty()) return base::invalid("The former ensemble was never tested.");
  const auto specs = specsOf(old, recipe, learners);
  if (!specs) return specs.error();
  const std::set<std::int64_t> freshUnits(fresh.begin(), fresh.end());
  const auto formerIndex = formerIndices(data, old);
  const Parts parts = divide(data, freshUnits, recipe, formerIndex);
  const auto isFresh = [&](std::size_t i) { return freshUnits.contains(data.content().unit[i]); };
  if (std::none_of(parts.learnt.begin(), parts.learnt.end(), isFresh)) {
    return base::invalid("There is nothing new to learn from.");
  }

  const DatasetPtr learnt = preparedAs(old, *data.subset(parts.learnt));
  if (const auto fits = checkTrainable(*learnt); !fits) return fits.error();
  const Checkpoints none;
  const MemberParts fitter(data.hash(), context.stop, none);
  const auto accuracies = correctedAccuracies(former, data, parts, formerIndex);
  const auto weights = memberWeights(
      accuracies, former.report.temperature > 0 ? former.report.temperature : recipe.temperature);
  EnsembleContent content;
  content.labels = data.content().labels;
  content.layout = data.content().layout;
  content.standardizer = old.content().standardizer;
  content.reduction = old.content().reduction;
  content.pooling = old.content().pooling;
  content.calibration = old.content().calibration;
  if (!old.content().limits.empty()) {
    // A new label is as sure as the others are on average.
    float sum = 0;
    for (const float limit : old.content().limits) sum += limit;
    const float mean = sum / static_cast<float>(old.content().limits.size());
    for (const int index : formerIndex) {
      content.limits.push_back(index < 0 ? mean : old.content().limits[index]);
    }
  }
  content.datasetHash = data.hash();
  content.members.resize(specs->size());
  std::mutex mutex;
  std::optional<base::Error> error;
  std::vector<std::function<void()>> jobs;
  std::vector<double> seconds(specs->size());
  for (const std::size_t m : costliestFirst(former.report, specs->size())) {
    jobs.push_back([&, m] {
      auto part = fitter.fitFinal((*specs)[m], *learnt);
      const std::lock_guard lock(mutex);
      if (!part) {
        error = part.error();
        return;
      }
      seconds[m] = part->fitSeconds;
      content.members[m] = {
          .model = std::move(part->model), .accuracy = accuracies[m], .weight = weights[m]};
    });
  }
  jobs.push_back([&] {
    auto novelty = old.content().novelty.refitted(*learnt, formerIndex, seedOf(recipe.seed, 1));
    const std::lock_guard lock(mutex);
    content.novelty = std::move(novelty);
  });
  runAll(jobs);
  if (error) return *error;
  if (context.stop.stop_requested()) {
    return base::Error{base::ErrorCode::Cancelled, "Training was stopped."};
  }
  if (old.content().gate) {
    std::vector<std::size_t> active;
    for (const std::size_t i : parts.learnt) {
      if (isFresh(i) && data.label(i) != data.background()) active.push_back(i);
    }
    content.gate = old.content().gate->lettingPass(*preparedAs(old, *data.subset(active)));
  }
  auto ensemble = Ensemble::make(std::move(content));
  if (!ensemble) return ensemble.error();

  Adapted made;
  made.trained.ensemble = std::move(ensemble).value();
  EnsembleReport& report = made.trained.report;
  report = former.report;
  report.joins.clear();
  const DatasetPtr tested = data.subset(parts.tested);
  const auto now = unitScores(*tested, made.trained.ensemble->predictBatch(*tested));
  compare(data, former.report.units, now, formerIndex, made);
  // What is known of each demonstration: tested anew, answered by the former before it was learnt,
  // or as it was.
  std::map<UnitName, UnitScore> units;
  std::map<int, int> newIndex;
  for (std::size_t c = 0; c < formerIndex.size(); ++c)
    newIndex[formerIndex[c]] = static_cast<int>(c);
  for (UnitScore unit : former.report.units) {
    if (!newIndex.contains(unit.label)) continue;
    unit.label = newIndex[unit.label];
    units[{unit.unit, unit.label}] = unit;
  }
  for (const auto& [name, score] : now) {
    if (units.contains(name)) units[name] = score;
  }
  report.units.clear();
  double right = 0;
  double rows = 0;
  for (const auto& [name, unit] : units) {
    report.units.push_back(unit);
    right += unit.right ? unit.rows : 0;
    rows += unit.rows;
  }
  report.accuracy = rows > 0 ? static_cast<float>(right / rows) : 0;
  for (std::size_t m = 0; m < report.members.size() && m < accuracies.size(); ++m) {
    report.members[m].heldOutAccuracy = accuracies[m];
    report.members[m].fitSeconds = seconds[m];
  }
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  report.trainSeconds = report.firstModelSeconds = taken.count();
  return made;
}

}  // namespace learners
