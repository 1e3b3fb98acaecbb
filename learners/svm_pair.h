#pragma once
// One pair of labels: the machine that tells them apart, and the kernel libsvm trains it on.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace learners {

/// Tells one label (positive values) from another.
struct SvmMachine {
  std::vector<std::uint32_t> row;  ///< support vectors
  std::vector<float> coefficient;
  float offset = 0;
};

/// The kernel of some rows as libsvm reads it, 16 bytes a value. Any choice of the rows can be
/// trained on.
class PairKernel {
 public:
  PairKernel();
  ~PairKernel();
  PairKernel(const PairKernel&) = delete;
  PairKernel& operator=(const PairKernel&) = delete;

  /// Takes the values of `rows` from `values`, [.. x stride]: row i's with row j stands at
  /// i * stride + j. Memory is kept for the next, smaller kernel.
  void fill(std::span<const std::uint32_t> rows, const float* values, std::size_t stride);
  /// Of rows i and j, by their places in what was filled in.
  float value(std::size_t i, std::size_t j) const;
  /// Trains on the rows at the places `chosen`, the first `positives` of which are positive, at
  /// `cost` for each on the wrong side. The machine's rows are places.
  SvmMachine solve(std::span<const std::uint32_t> chosen, std::size_t positives, double cost) const;

 private:
  struct Nodes;
  std::unique_ptr<Nodes> nodes_;
};

}  // namespace learners
