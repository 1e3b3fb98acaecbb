#pragma once
// What all members of an ensemble say about rows. Members that compare a row with rows they keep
// (nearest neighbours, support vectors) mostly keep the same ones; the products with these, which
// is where the time goes, are made once for all of them. Where there are more of these rows than
// fit near the processor, single rows are compared with copies in half the memory.

#include <cstdint>
#include <span>
#include <vector>

#include "learners/learner.h"
#include "learners/matrix.h"

namespace learners {

/// Immutable. Thread-safe. The models must outlive it.
class MemberAnswers {
 public:
  MemberAnswers() = default;
  /// `models` take equal rows and know equal labels.
  explicit MemberAnswers(std::vector<const Model*> models);

  /// Probabilities of one prepared row, as Model::predict() within 1e-3. `p` [models x labels].
  /// Does not allocate once each calling thread has asked once.
  void ask(std::span<const float> row, std::span<float> p) const;
  /// The same of `count` rows, [count x features] to [models x count x labels].
  void askBatch(std::span<const float> rows, std::size_t count, std::span<float> p) const;
  /// How many models get their products from another's.
  std::size_t sharing() const;
  /// Bytes of kept rows that ask() reads; 0 where no model keeps any or each reads its own.
  std::size_t keptBytes() const;

 private:
  struct Member {
    const Model* model = nullptr;
    /// [kept rows]: which row of base_ each of its own equals; empty: it multiplies itself.
    std::vector<std::uint32_t> place;
  };

  bool shares(const Member& member) const { return member.model == base_ || !member.place.empty(); }
  void answer(const Member& member, std::span<const float> row, std::span<const float> products,
              std::span<float> p) const;

  std::vector<Member> members_;
  /// Whose kept rows are multiplied for all that share them; null: each multiplies its own.
  const Model* base_ = nullptr;
  HalfRows halved_;  ///< the kept rows of base_; empty where they are few
};

}  // namespace learners
