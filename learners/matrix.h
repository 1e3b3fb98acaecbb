#pragma once
// The few sums over rows of floats that learners spend their time in. Built twice, for any
// processor and for one with wider vectors; which one runs is chosen when the program starts.
// Results are the same from run to run on one kind of processor.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace learners {

/// Sum of a_i b_i over n values.
float dot(const float* a, const float* b, std::size_t n);

/// to_i += scale * what_i over n values.
void addScaled(float* to, float scale, const float* what, std::size_t n);

/// Sum of (a_i - b_i)^2 over n values.
float squaredDistance(const float* a, const float* b, std::size_t n);

/// exp(-gamma |a - b_i|^2) in place of the products a b_i, within 1e-6. `norms` [count]: squared
/// lengths of the b_i; `norm`: that of a; gamma >= 0.
void toGaussian(const float* norms, std::size_t count, float norm, float gamma, float* products);

/// norms_i - 2 products_i in place of the products a b_i: squared distances less the length of a.
/// `least` [(count + kRun - 1) / kRun]: the least of each run of kRun of them.
void toDistances(const float* norms, std::size_t count, float* products, float* least);
inline constexpr std::size_t kRun = 32;

/// out[i] = dot of row i and x. `rows` [count x features], row-major; `out` [count].
void rowDots(const float* rows, std::size_t count, std::size_t features, const float* x,
             float* out);

/// Rows in half the memory: value i of row r is steps[r * features + i] * size[r], off by half a
/// step of a 32767th of the row's largest value at most.
struct HalfRows {
  std::vector<std::int16_t> steps;  ///< [count x features]
  std::vector<float> size;          ///< [count] of one step
};
HalfRows halved(const float* rows, std::size_t count, std::size_t features);
/// out[i] = dot of row i and x, as above. Many rows are a matter of how fast they are read.
void rowDots(const HalfRows& rows, std::size_t features, const float* x, float* out);

/// out = a b^T. `a` [m x k], `b` [n x k], `out` [m x n], all row-major.
void productTransposed(const float* a, std::size_t m, const float* b, std::size_t n, std::size_t k,
                       float* out);

/// out = a b. `a` [m x k], `b` [k x n], `out` [m x n], all row-major.
void product(const float* a, std::size_t m, const float* b, std::size_t n, std::size_t k,
             float* out);

/// out [width x count] = the transpose of `rows` [count x width].
void transpose(const float* rows, std::size_t count, std::size_t width, float* out);

/// out_ij = exp(-gamma |row i - row j|^2): each value of the product is made once for both its
/// places. `rows` [count x features], `norms` [count] their squared lengths, `out` [count x count].
void gaussianKernel(const float* rows, const float* norms, std::size_t count, std::size_t features,
                    float gamma, float* out);

/// Squared length of each row. `rows` [count x features] -> [count].
std::vector<float> squaredNorms(const float* rows, std::size_t count, std::size_t features);

}  // namespace learners
