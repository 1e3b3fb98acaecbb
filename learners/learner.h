#pragma once
// Learner: a recipe that turns a dataset into a model and keeps nothing. Model: a finished,
// immutable function from a standardised feature row to label probabilities.

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "learners/bytes.h"
#include "learners/dataset.h"
#include "sensors/base/params.h"
#include "sensors/base/result.h"

namespace learners {

/// Immutable. All members are thread-safe.
class Model {
 public:
  virtual ~Model() = default;
  /// The learner's id: who can load it.
  virtual std::string_view kind() const = 0;
  virtual std::size_t features() const = 0;
  virtual std::size_t labelCount() const = 0;
  /// Probabilities of one standardised row. `p` [labels] sums to 1. Does not allocate once each
  /// calling thread has asked once.
  virtual void predict(std::span<const float> row, std::span<float> p) const = 0;
  /// [rows x features] to [rows x labels], row-major. Equal to predict() row by row within 1e-5.
  virtual void predictBatch(std::span<const float> rows, std::span<float> p) const;
  /// The rows a row is compared with before all else, [kept x features]; empty where it is not.
  virtual std::span<const float> keptRows() const { return {}; }
  /// As predict(), from the products of `row` with keptRows(), [kept], which are overwritten. Only
  /// where rows are kept.
  virtual void predictFrom(std::span<const float> row, std::span<float> products,
                           std::span<float> p) const;
  /// Own flat format, without the kind.
  virtual void save(ByteWriter& out) const = 0;
};
using ModelPtr = std::shared_ptr<const Model>;

struct TrainingContext {
  std::uint64_t seed = 1;
  std::stop_token stop;
  std::function<void(double)> progress;  ///< share done [0, 1]; any thread; may be empty
};

/// Stateless. Thread-safe.
class Learner {
 public:
  virtual ~Learner() = default;
  virtual std::string id() const = 0;     ///< "knn", "svm_rbf": in files and figures
  virtual std::string title() const = 0;  ///< for people: "Nearest neighbours"
  virtual std::vector<base::ParamSpec> paramSpecs() const = 0;

  /// Trains on `data` alone, whose rows are already standardised and free of missing values; keeps
  /// no reference to it. Equal data, parameters and seed give equal bytes.
  /// Errors: InvalidArgument if fewer than two labels have rows; Cancelled.
  virtual base::Result<ModelPtr> train(const Dataset& data, const base::Params& params,
                                       const TrainingContext& context) const = 0;
  /// Reads what a model of this kind saved. Never trusts the bytes. Errors: Corrupt.
  virtual base::Result<ModelPtr> load(ByteReader& in) const = 0;
};
using LearnerPtr = std::shared_ptr<const Learner>;
/// Learners by id.
using LearnerMap = std::map<std::string, LearnerPtr>;

LearnerPtr makeLogistic();  ///< the gate and the bounded-time first model
LearnerPtr makeKnn();
LearnerPtr makeRidge();
LearnerPtr makeRandomForest();
LearnerPtr makeSvmLinear();
LearnerPtr makeSvmRbf();
LearnerPtr makeMlp();
LearnerPtr makeBoostedTrees();

/// The seven learners of an ensemble that spares nothing, by rising cost of training. Logistic
/// regression is not among them: it serves until they are ready, and as the gate.
std::vector<std::string> bestEffortLearners();

/// Refuses what no learner can use. Errors: InvalidArgument with the rule that failed.
base::Result<void> checkTrainable(const Dataset& data);

}  // namespace learners
