#pragma once
// Ensemble: several models answering as one, and how far they disagree. With its gate, calibration
// and novelty it is all that serving needs. Immutable; its hash names it.

#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "learners/calibration.h"
#include "learners/gate.h"
#include "learners/learner.h"
#include "learners/member_answers.h"
#include "learners/novelty.h"
#include "learners/pooling.h"
#include "learners/prediction.h"
#include "learners/reduction.h"
#include "learners/standardizer.h"
#include "sensors/frame.h"

namespace learners {

struct EnsembleMember {
  ModelPtr model;
  float accuracy =
      0;             ///< on held-out rows, [0, 1]; the chance level where nothing could be held out
  float weight = 0;  ///< Eq. 4; all weights sum to 1
  float latencyMs = 0;  ///< of one row where it was trained; 0: unknown. Says how fast that
                        ///< computer is, so it is neither in the bytes nor in the hash
};

struct EnsembleContent {
  std::vector<Label> labels;
  sensors::FrameLayout layout;
  Standardizer standardizer;
  std::optional<Reduction> reduction;  ///< after the standardiser, before all that follow
  std::vector<EnsembleMember> members;
  Pooling pooling = Pooling::Arithmetic;
  std::optional<Gate> gate;  ///< where a background label has rows
  Calibration calibration;
  std::vector<float> limits;  ///< [labels]: certainty from which an answer is sure; empty: none
  Novelty novelty;
  std::string datasetHash;
};

/// Immutable. All members are thread-safe.
class Ensemble {
 public:
  /// Errors: InvalidArgument where parts do not fit each other.
  static base::Result<std::shared_ptr<const Ensemble>> make(EnsembleContent content);

  const EnsembleContent& content() const { return content_; }
  const std::vector<Label>& labels() const { return content_.labels; }
  /// SHA-256 of encode(). Made when first asked for.
  const std::string& hash() const;
  /// Layout hash it was trained on; frames of another layout are refused by the caller.
  const std::string& schema() const { return schema_; }

  /// Numbers in a prepared row: what members, gate and novelty take.
  std::size_t inputs() const;
  /// A raw row as members take it: standardised and, where there is a reduction, reduced.
  /// `missing` may be empty; `out` [inputs].
  void prepare(std::span<const float> row, std::span<const std::uint8_t> missing,
               std::span<float> out) const;

  enum class Use { GateThenMembers, MembersOnly };
  /// The answer for one raw row (not standardised). `missing` may be empty. No span is set. Where
  /// sources are away, certainty falls by their share of all sources; the gate is not asked then.
  /// What never differed in the rows learnt from, or was never there, is not missed.
  Prediction predict(std::span<const float> row, std::span<const std::uint8_t> missing,
                     Use use = Use::GateThenMembers) const;
  /// Sets label, certainty, limit and, unless novel, state of `prediction` anew from its
  /// probabilities [labels], which somebody has changed.
  void decide(Prediction& prediction) const;
  /// As predict() for a frame, with its span. NoData where more than half of its sources are missing.
  /// The frame must have this ensemble's layout.
  Prediction predict(const sensors::Frame& frame, Use use = Use::GateThenMembers) const;
  /// Calibrated pooled probabilities of all rows, members only. [rows x labels]; `voted` [rows]
  /// may be null. Many rows are shared out among the processors.
  std::vector<float> predictBatch(const Dataset& data, std::vector<int>* voted = nullptr,
                                  std::vector<std::vector<int>>* memberLabel = nullptr) const;

  /// Bytes of kept rows, with which all members together compare one row; 0 where each reads its
  /// own, or keeps none.
  std::size_t keptBytes() const { return answers_.keptBytes(); }

  /// Own flat format with magic, version and kinds by name; the oldest version that can hold it,
  /// so that what an older program made keeps its hash.
  base::Bytes encode() const;
  /// Never trusts `bytes`. Errors: Corrupt, Unsupported (newer version or unknown learner).
  static base::Result<std::shared_ptr<const Ensemble>> decode(std::span<const std::uint8_t> bytes,
                                                              const LearnerMap& learners);

 private:
  explicit Ensemble(EnsembleContent content);
  EnsembleContent content_;
  MemberAnswers answers_;
  mutable std::once_flag hashOnce_;
  mutable std::string hash_;
  std::string schema_;
  int background_ = -1;
};
using EnsemblePtr = std::shared_ptr<const Ensemble>;

}  // namespace learners
