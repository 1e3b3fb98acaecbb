#include "learners/answers.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <set>

#include "learners/numbers.h"
#include "learners/standardizer.h"

namespace learners {

Answers answersAbout(const Dataset& test, std::vector<float> p) {
  Answers made;
  made.labels = test.labelCount();
  made.p = std::move(p);
  assert(made.p.size() == test.rows() * made.labels);
  for (std::size_t i = 0; i < test.rows(); ++i) {
    const int said = largest(made.of(i));
    made.label.push_back(test.label(i));
    made.said.push_back(said);
    made.certainty.push_back(made.of(i)[said]);
    made.right.push_back(said == test.label(i) ? 1 : 0);
    made.row.push_back(i);
  }
  made.unit = test.content().unit;
  made.group = test.content().group;
  return made;
}

void append(Answers& all, const Answers& more, std::span<const std::size_t> rowOf) {
  assert(all.rows() == 0 || all.labels == more.labels);
  all.labels = more.labels;
  const auto join = [](auto& whole, const auto& part) {
    whole.insert(whole.end(), part.begin(), part.end());
  };
  join(all.p, more.p);
  join(all.label, more.label);
  join(all.said, more.said);
  join(all.certainty, more.certainty);
  join(all.right, more.right);
  join(all.unit, more.unit);
  join(all.group, more.group);
  for (const std::size_t row : more.row) all.row.push_back(rowOf.empty() ? row : rowOf[row]);
}

std::vector<UnitAnswer> unitAnswers(const Answers& answers) {
  std::map<std::pair<std::int64_t, int>, UnitAnswer> units;
  for (std::size_t i = 0; i < answers.rows(); ++i) {
    UnitAnswer& unit = units[{answers.unit[i], answers.label[i]}];
    unit.unit = answers.unit[i];
    unit.group = answers.group[i];
    unit.label = answers.label[i];
    unit.rows.push_back(i);
    unit.p.resize(answers.labels);
    for (std::size_t c = 0; c < answers.labels; ++c) unit.p[c] += answers.of(i)[c];
  }
  std::vector<UnitAnswer> made;
  for (auto& [name, unit] : units) {
    for (float& value : unit.p) value /= static_cast<float>(unit.rows.size());
    unit.said = largest(unit.p);
    made.push_back(std::move(unit));
  }
  return made;
}

base::Result<Answers> outOfFold(const Dataset& data, const std::vector<Split>& splits,
                                const std::vector<std::string>& ids, const LearnerMap& learners,
                                const TrainingContext& context) {
  const std::size_t labels = data.labelCount();
  Answers all;
  all.labels = labels;
  for (const Split& split : splits) {
    const DatasetPtr train = data.subset(split.train);
    const DatasetPtr test = data.subset(split.test);
    const Standardizer standardizer = Standardizer::fit(*train);
    const DatasetPtr learnt = standardizer.apply(*train);
    const DatasetPtr asked = standardizer.apply(*test);
    std::vector<float> sum(test->rows() * labels);
    std::vector<float> p(sum.size());
    for (const std::string& id : ids) {
      const auto learner = learners.find(id);
      if (learner == learners.end()) {
        return base::Error{base::ErrorCode::NotFound, "The learner \"" + id + "\" is not known."};
      }
      const auto model =
          learner->second->train(*learnt, base::Params(learner->second->paramSpecs()),
                                 {.seed = context.seed, .stop = context.stop, .progress = {}});
      if (!model) return model.error();
      (*model)->predictBatch(asked->content().values, p);
      for (std::size_t i = 0; i < sum.size(); ++i) {
        sum[i] += p[i] / static_cast<float>(ids.size());
      }
    }
    append(all, answersAbout(*test, std::move(sum)), split.test);
  }
  return all;
}

}  // namespace learners
