#pragma once
// Answers: what was said about rows that were not learnt from, beside what they were. All scores
// that explain an accuracy are functions of these.

#include <string>
#include <vector>

#include "learners/interval.h"
#include "learners/learner.h"
#include "learners/splits.h"

namespace learners {

/// Plain data; all vectors are [rows] unless they say otherwise.
struct Answers {
  std::size_t labels = 0;
  std::vector<float> p;          ///< [rows x labels], each row sums to 1
  std::vector<int> label;        ///< what it was
  std::vector<int> said;         ///< the label of the largest p
  std::vector<float> certainty;  ///< the largest p
  std::vector<std::uint8_t> right;
  std::vector<std::int64_t> unit;
  std::vector<std::int64_t> group;
  std::vector<std::size_t> row;  ///< in the dataset asked about

  std::size_t rows() const { return label.size(); }
  std::span<const float> of(std::size_t i) const {
    return std::span(p).subspan(i * labels, labels);
  }
};

/// Answers about all rows of `test`; `p` [rows x labels].
Answers answersAbout(const Dataset& test, std::vector<float> p);

/// Puts `more` behind `all`; its rows are those of a dataset that `rowOf` [rows of it] gives in
/// terms of another; empty: they stay as they are.
void append(Answers& all, const Answers& more, std::span<const std::size_t> rowOf = {});

/// The answer about a whole demonstration: the averaged probability of its rows.
struct UnitAnswer {
  std::int64_t unit = 0;
  std::int64_t group = 0;
  int label = 0;
  int said = 0;
  std::vector<float> p;           ///< [labels]
  std::vector<std::size_t> rows;  ///< indices into the answers
  bool right() const { return said == label; }
};

/// One for each demonstration and label of it, ordered by unit.
std::vector<UnitAnswer> unitAnswers(const Answers& answers);

/// Asks fresh models about the test rows of each split: for each split every one of `ids` is
/// trained on its standardised training rows with default parameters; their probabilities are
/// averaged. Rows that no split tests have no answer; rows tested twice have two.
/// Errors: NotFound for an unknown learner; those of the learners; Cancelled.
base::Result<Answers> outOfFold(const Dataset& data, const std::vector<Split>& splits,
                                const std::vector<std::string>& ids, const LearnerMap& learners,
                                const TrainingContext& context);

/// Share of right rows, by demonstrations.
inline Interval accuracyInterval(const Answers& answers, double z = kZ95) {
  return clusteredInterval(answers.right, answers.unit, z);
}

}  // namespace learners
