#include "learners/exam.h"

#include <algorithm>
#include <cassert>
#include <mutex>

#include "learners/held_out_plan.h"
#include "learners/jobs.h"
#include "learners/member_parts.h"
#include "learners/numbers.h"

namespace learners {
namespace {

constexpr std::size_t kRowsPerJob = 256;

base::Error cancelled() { return {base::ErrorCode::Cancelled, "The check was stopped."}; }

bool sameLabels(const std::vector<Label>& a, const std::vector<Label>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Label& x, const Label& y) { return x.id == y.id; });
}

ReductionRecipe reductionOf(const Ensemble& like) {
  ReductionRecipe recipe;
  if (const auto& reduction = like.content().reduction) {
    recipe.kind = reduction->kind();
    recipe.components = reduction->components();
  }
  return recipe;
}

/// What a fold may learn from.
std::vector<std::size_t> trainRows(const Split& split, std::span<const std::uint8_t> known) {
  std::vector<std::size_t> rows;
  for (const std::size_t row : split.train) {
    if (known.empty() || known[row] != 0) rows.push_back(row);
  }
  return rows;
}

bool tellsTwoLabels(const Dataset& data, const std::vector<std::size_t>& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](std::size_t row) { return data.label(row) != data.label(rows.front()); });
}

/// An ensemble like `like` that knows the rows of `rows` only.
base::Result<EnsemblePtr> examiner(const Dataset& data, const std::vector<std::size_t>& rows,
                                   const Ensemble& like, const LearnerMap& learners,
                                   const TrainingContext& context) {
  const DatasetPtr train = data.subset(rows);
  const Standardizer& standardizer = like.content().standardizer;
  const Preparation how{.tails = standardizer.tails(),
                        .emphasis = standardizer.emphasis(),
                        .reduction = reductionOf(like)};
  auto prepared = prepareRows(*train, how, seedOf(context.seed, 4));
  if (!prepared) return prepared.error();
  EnsembleContent content;
  content.labels = data.content().labels;
  content.layout = data.content().layout;
  content.standardizer = std::move(prepared->standardizer);
  content.reduction = std::move(prepared->reduction);
  if (sameLabels(content.labels, like.labels())) {
    content.calibration = like.content().calibration;
    content.limits = like.content().limits;
  }
  content.pooling = like.content().pooling;
  std::uint64_t part = 10;
  for (const EnsembleMember& member : like.content().members) {
    const auto found = learners.find(std::string(member.model->kind()));
    if (found == learners.end()) {
      return base::Error{
          base::ErrorCode::NotFound,
          "The learner \"" + std::string(member.model->kind()) + "\" is not known."};
    }
    auto model =
        found->second->train(*prepared->rows, base::Params(found->second->paramSpecs()),
                             {.seed = seedOf(context.seed, part++), .stop = context.stop});
    if (!model) return model.error();
    if (context.stop.stop_requested()) return cancelled();
    content.members.push_back(
        {.model = *model, .accuracy = member.accuracy, .weight = member.weight});
  }
  if (like.content().gate && data.background() >= 0 &&
      train->countPerLabel()[data.background()] > 0) {
    auto gate = Gate::train(*prepared->rows, {.seed = seedOf(context.seed, 3), .stop = context.stop});
    // A fold that cannot have a gate answers by its members, as a model without background does.
    if (gate) content.gate = std::move(gate).value();
  }
  content.novelty = Novelty::fit(*prepared->rows, seedOf(context.seed, 1));
  content.datasetHash = train->hash();
  return Ensemble::make(std::move(content));
}

}  // namespace

std::vector<std::size_t> Exam::rows() const {
  std::vector<std::size_t> all;
  for (const Examiner& one : examiners) all.insert(all.end(), one.rows.begin(), one.rows.end());
  std::sort(all.begin(), all.end());
  return all;
}

base::Result<Exam> prepareExam(const Dataset& data, const Ensemble& like,
                               const LearnerMap& learners, const TrainingContext& context,
                               const ExamOptions& options) {
  const HeldOutPlan plan =
      planHeldOut(data, options.folds, options.manyRows, seedOf(context.seed, 2));
  Exam exam;
  exam.byRecording = everyLabelWasHeldOut(data, plan);
  exam.examiners.resize(plan.folds.size());
  Progress progress(context.progress);
  std::mutex mutex;
  std::optional<base::Error> error;
  std::vector<std::function<void()>> jobs;
  for (std::size_t f = 0; f < plan.folds.size(); ++f) {
    jobs.push_back([&, f] {
      const auto rows = trainRows(plan.folds[f], options.known);
      if (!options.known.empty() && !tellsTwoLabels(data, rows)) return;
      auto made = context.stop.stop_requested() ? base::Result<EnsemblePtr>(cancelled())
                                                : examiner(data, rows, like, learners, context);
      if (!made) {
        const std::lock_guard lock(mutex);
        if (!error || error->code == base::ErrorCode::Cancelled) error = made.error();
        return;
      }
      exam.examiners[f] = {.ensemble = *made, .rows = plan.folds[f].test};
      std::sort(exam.examiners[f].rows.begin(), exam.examiners[f].rows.end());
      progress.add(1 / static_cast<double>(plan.folds.size()));
    });
  }
  runAll(jobs);
  if (error) return *error;
  return exam;
}

ExamAnswers askExam(const Exam& exam, const Dataset& data, std::span<const std::uint8_t> only) {
  struct Asked {
    std::size_t row;
    const Ensemble* ensemble;
  };
  std::vector<Asked> asked;
  for (const Examiner& one : exam.examiners) {
    for (const std::size_t row : one.rows) {
      assert(row < data.rows());
      if (only.empty() || only[row] != 0) asked.push_back({row, one.ensemble.get()});
    }
  }
  std::sort(asked.begin(), asked.end(), [](const Asked& a, const Asked& b) { return a.row < b.row; });
  const std::size_t n = asked.size();
  ExamAnswers made;
  Answers& a = made.answers;
  a.labels = data.labelCount();
  a.p.resize(n * a.labels);
  a.label.resize(n);
  a.said.resize(n);
  a.certainty.resize(n);
  a.right.resize(n);
  a.unit.resize(n);
  a.group.resize(n);
  a.row.resize(n);
  made.state.resize(n);
  made.novelty.resize(n);
  made.belowLimit.resize(n);
  made.byGate.resize(n);
  std::vector<std::function<void()>> jobs;
  for (std::size_t begin = 0; begin < n; begin += kRowsPerJob) {
    jobs.push_back([&, begin] {
      for (std::size_t i = begin; i < std::min(n, begin + kRowsPerJob); ++i) {
        const std::size_t row = asked[i].row;
        const Prediction said = asked[i].ensemble->predict(data.row(row), data.missing(row));
        std::copy(said.probabilities.begin(), said.probabilities.end(),
                  a.p.begin() + static_cast<std::ptrdiff_t>(i * a.labels));
        a.label[i] = data.label(row);
        a.said[i] = said.label;
        a.certainty[i] = said.certainty;
        a.right[i] = said.label == a.label[i] ? 1 : 0;
        a.unit[i] = data.content().unit[row];
        a.group[i] = data.content().group[row];
        a.row[i] = row;
        made.state[i] = said.state;
        made.novelty[i] = said.novelty;
        made.belowLimit[i] = said.belowLimit ? 1 : 0;
        made.byGate[i] = said.stage == Stage::Gate ? 1 : 0;
      }
    });
  }
  runAll(jobs);
  return made;
}

}  // namespace learners
