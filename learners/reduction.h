#pragma once
// Reduction: fewer numbers per row, fitted on training rows and part of the model afterwards.
// Stands between the standardiser and the learners.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "learners/bytes.h"
#include "learners/dataset.h"

namespace learners {

enum class ReductionKind {
  None,
  Pca,         ///< principal components
  KpcaCosine,  ///< kernel PCA, k(x, y) = x y / (|x| |y|)
  KpcaRbf,     ///< kernel PCA, k(x, y) = exp(-|x - y|^2 / d), by Nystroem's method
};

/// "none", "pca", "kpca_cosine", "kpca_rbf": the words recipes and command lines use.
std::string toText(ReductionKind kind);
/// Errors: InvalidArgument naming the kinds there are; for "tsne" (tsne.h) saying why a model
/// cannot use it.
base::Result<ReductionKind> reductionKindFrom(const std::string& text);

constexpr std::size_t kMostComponents = 1024;
constexpr std::size_t kMostLandmarks = 2048;

struct ReductionRecipe {
  ReductionKind kind = ReductionKind::None;
  std::size_t components = 64;  ///< at most; fewer where rows or features are fewer
  std::size_t landmarks = 512;  ///< KpcaRbf: training rows the kernel is taken to
  std::uint64_t seed = 1;
};

/// Immutable. Thread-safe.
///
/// Each kind is a map f of the row, then centred PCA of what it gives, y = s W (f(x) - mean):
/// - Pca: f(x) = x.
/// - KpcaCosine: f(x) = x / |x|. With it the kernel matrix is F F^T for F = [f(x_1) ...], and the
///   components of the doubly centred kernel are, up to sign, the principal components of F; this
///   costs O(n d^2) where the kernel form costs O(n^3).
/// - KpcaRbf: f(x) = L^-1/2 U^T [k(x, l_1) ... k(x, l_m)] for landmarks l_j among the training
/// rows,
///   U L U^T their kernel matrix (Williams and Seeger, NIPS 2000). With all rows as landmarks this
///   is kernel PCA itself.
/// s, one number for all components, brings their mean variance over the training rows to 1, so
/// that learners find rows of the usual size.
class Reduction {
 public:
  /// Errors: InvalidArgument where `recipe` says None or no component, or all rows are equal.
  static base::Result<Reduction> fit(const Dataset& data, const ReductionRecipe& recipe);
  /// Never trusts the bytes. Errors: Corrupt.
  static base::Result<Reduction> load(ByteReader& in);
  void save(ByteWriter& out) const;

  ReductionKind kind() const { return kind_; }
  std::size_t features() const { return features_; }      ///< of a row that goes in
  std::size_t components() const { return components_; }  ///< of one that comes out
  /// The factor s.
  float scale() const { return scale_; }

  /// One row. Does not allocate once each calling thread has asked once.
  void apply(std::span<const float> row, std::span<float> out) const;
  /// [count x features] -> [count x components]; equal to apply() row by row within 1e-4.
  void applyBatch(std::span<const float> rows, std::span<float> out) const;
  /// The same rows with features "component 1", "component 2", ...
  DatasetPtr apply(const Dataset& data) const;

 private:
  std::size_t mapped() const { return kind_ == ReductionKind::KpcaRbf ? norms_.size() : features_; }
  /// f of rows but for the linear part of KpcaRbf, which is in `directions_`. [count x mapped]
  void map(const float* rows, std::size_t count, float* out) const;
  void project(const float* mapped, std::size_t count, float* out) const;

  ReductionKind kind_ = ReductionKind::None;
  std::size_t features_ = 0;
  std::size_t components_ = 0;
  float scale_ = 1;
  std::vector<float> directions_;  ///< s W: [components x mapped]
  std::vector<float> offset_;      ///< [components]: s W mean
  std::vector<float> landmarks_;   ///< KpcaRbf: [m x features]
  std::vector<float> norms_;       ///< KpcaRbf: their squared lengths
};

}  // namespace learners
