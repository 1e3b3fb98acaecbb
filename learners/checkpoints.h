#pragma once
// Checkpoints: finished parts of a training, kept outside so that a training that was killed goes
// on from them. A part is one fitted model, or one fold's held-out answers of a member; its key
// names all that it depends on, so that it can only ever be found where it would be made again.

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "learners/learner.h"

namespace learners {

/// Where parts are kept. Both are called from any thread, several at a time; both may be empty.
struct Checkpoints {
  std::function<std::optional<base::Bytes>(const std::string& key)> find;
  std::function<void(const std::string& key, base::Bytes bytes)> keep;
  double leastSeconds = 0;  ///< parts that were made faster are not kept
};

/// SHA-256 over what a member's fits depend on: `datasetHash`, learner, params, seed; and the part:
/// "final", or a fold by its number of all.
std::string checkpointKey(const std::string& datasetHash, const std::string& learner,
                          const base::Params& params, std::uint64_t seed, const std::string& part);

base::Bytes encodeModelPart(const Model& model, double fitSeconds);
struct ModelPart {
  ModelPtr model;
  double fitSeconds = 0;
};
/// Never trusts `bytes`. Errors: Corrupt.
base::Result<ModelPart> decodeModelPart(std::span<const std::uint8_t> bytes,
                                        const Learner& learner);

base::Bytes encodeAnswersPart(std::span<const float> p);
/// Never trusts `bytes`. Errors: Corrupt where it does not hold `size` probabilities.
base::Result<std::vector<float>> decodeAnswersPart(std::span<const std::uint8_t> bytes,
                                                   std::size_t size);

}  // namespace learners
