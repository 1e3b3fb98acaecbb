#pragma once
// Exam: models that are asked about recordings they never learnt from. For each fold an ensemble
// of the same make as the one in service learns from the fold's training rows alone, with gate and
// novelty, so that its answers about the held-out rows are those a person would get live.

#include <span>

#include "learners/answers.h"
#include "learners/ensemble.h"

namespace learners {

/// One ensemble and the rows it may be asked about.
struct Examiner {
  EnsemblePtr ensemble;
  std::vector<std::size_t> rows;  ///< of the dataset, rising
};

/// Immutable once made; share by const reference.
struct Exam {
  std::vector<Examiner> examiners;
  bool byRecording = false;  ///< every label was held out by recording, not by demonstration
  /// Rows that somebody may be asked about, rising.
  std::vector<std::size_t> rows() const;
};

struct ExamOptions {
  int folds = 4;
  std::size_t manyRows = 3000;  ///< as planHeldOut()
  /// [rows]: 1 = may be learnt from; empty: all. The folds stay those of all rows; one that then
  /// knows fewer than two labels asks about nothing.
  std::span<const std::uint8_t> known = {};
};

/// Learners, reduction, weights, calibration and limits are those of `like`, where the labels are
/// the same; its one temperature saw these rows held out before, which flatters little. Folds are
/// those of planHeldOut(); none where nothing can be held out. Parameters of learners are their
/// defaults. Errors: NotFound for an unknown learner; those of the learners; Cancelled.
base::Result<Exam> prepareExam(const Dataset& data, const Ensemble& like,
                               const LearnerMap& learners, const TrainingContext& context,
                               const ExamOptions& options = {});

/// What the examiners said; all vectors [rows], as in `answers`.
struct ExamAnswers {
  Answers answers;  ///< `said` is the headline, also where the state is Novel
  std::vector<PredictionState> state;
  std::vector<float> novelty;
  std::vector<std::uint8_t> belowLimit;
  std::vector<std::uint8_t> byGate;  ///< 1: the gate answered
};

/// Asks about rows of `data`, which must have the rows the exam was prepared with; their values may
/// be others (a noisier copy of the same windows). `only` [rows of data]: 1 = ask; empty: all.
/// Rows of which too much is missing have state NoData, label -1 said and no certainty.
ExamAnswers askExam(const Exam& exam, const Dataset& data,
                    std::span<const std::uint8_t> only = {});

}  // namespace learners
