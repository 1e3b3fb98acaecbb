#include "learners/member_parts.h"

#include <chrono>

namespace learners {

DatasetPtr thinned(const DatasetPtr& data, std::size_t most) {
  if (data->rows() <= most) return data;
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < most; ++i) rows.push_back(i * data->rows() / most);
  return data->subset(rows);
}

std::string originOf(const Dataset& data, const Preparation& how, std::uint64_t seed) {
  const std::string name = data.hash() + (how.tails == Tails::DrawnIn ? " tails drawn in" : "") +
                           (how.emphasis == Emphasis::ByLabel ? " by label" : "");
  const ReductionRecipe& reduction = how.reduction;
  if (reduction.kind == ReductionKind::None) return name;
  return name + ' ' + toText(reduction.kind) + ' ' + std::to_string(reduction.components) + ' ' +
         std::to_string(seed);
}

base::Result<PreparedRows> prepareRows(const Dataset& raw, const Preparation& how,
                                       std::uint64_t seed) {
  PreparedRows made;
  made.standardizer = Standardizer::fit(raw, how.tails, how.emphasis);
  made.rows = made.standardizer.apply(raw);
  if (how.reduction.kind == ReductionKind::None) return made;
  ReductionRecipe recipe = how.reduction;
  recipe.seed = seed;
  auto reduction = Reduction::fit(*made.rows, recipe);
  if (!reduction) return reduction.error();
  made.rows = reduction->apply(*made.rows);
  made.reduction = std::move(reduction).value();
  return made;
}

base::Result<PreparedFold> prepareFold(const Dataset& data, const Split& split,
                                       const Preparation& how, std::uint64_t seed) {
  auto own = prepareRows(*data.subset(split.train), how, seed);
  if (!own) return own.error();
  PreparedFold fold{.split = split, .train = std::move(own->rows), .test = {}};
  const std::size_t inputs = fold.train->features();
  fold.test.resize(split.test.size() * inputs);
  std::vector<float> standardised(data.features());
  for (std::size_t i = 0; i < split.test.size(); ++i) {
    const std::size_t row = split.test[i];
    const auto to = std::span(fold.test).subspan(i * inputs, inputs);
    if (!own->reduction) {
      own->standardizer.apply(data.row(row), data.missing(row), to);
      continue;
    }
    own->standardizer.apply(data.row(row), data.missing(row), standardised);
    own->reduction->apply(standardised, to);
  }
  return fold;
}

base::Result<ModelPart> MemberParts::fitFinal(const MemberSpec& member,
                                              const Dataset& prepared) const {
  const std::string key = checkpoints_.find || checkpoints_.keep ? keyOf(member, "final") : "";
  if (checkpoints_.find) {
    if (const auto bytes = checkpoints_.find(key)) {
      // A damaged one is made anew.
      if (auto part = decodeModelPart(*bytes, *member.learner)) return part;
    }
  }
  const auto begin = std::chrono::steady_clock::now();
  auto model = member.learner->train(prepared, member.params, contextFor(member));
  if (!model) return model.error();
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  ModelPart part{.model = std::move(model).value(), .fitSeconds = taken.count()};
  if (checkpoints_.keep && part.fitSeconds >= checkpoints_.leastSeconds) {
    checkpoints_.keep(key, encodeModelPart(*part.model, part.fitSeconds));
  }
  return part;
}

base::Result<std::vector<float>> MemberParts::fitFold(const MemberSpec& member,
                                                      const PreparedFold& fold,
                                                      const std::string& name) const {
  std::vector<float> p(fold.split.test.size() * fold.train->labelCount());
  const std::string key = checkpoints_.find || checkpoints_.keep ? keyOf(member, name) : "";
  if (checkpoints_.find) {
    if (const auto bytes = checkpoints_.find(key)) {
      if (auto answers = decodeAnswersPart(*bytes, p.size())) return answers;
    }
  }
  const auto begin = std::chrono::steady_clock::now();
  const auto model = member.learner->train(*fold.train, member.params, contextFor(member));
  if (!model) return model.error();
  (*model)->predictBatch(fold.test, p);
  const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
  if (checkpoints_.keep && taken.count() >= checkpoints_.leastSeconds) {
    checkpoints_.keep(key, encodeAnswersPart(p));
  }
  return p;
}

}  // namespace learners
