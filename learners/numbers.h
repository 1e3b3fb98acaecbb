#pragma once
// Small helpers shared by learners: softmax, the largest of some numbers, seeds, a thread's
// scratch.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace learners {

/// Scores to probabilities, in place.
inline void softmax(std::span<float> scores) {
  const float top = *std::max_element(scores.begin(), scores.end());
  float sum = 0;
  for (float& value : scores) sum += value = std::exp(value - top);
  for (float& value : scores) value /= sum;
}

/// Index of the largest value; the first of equal ones. `values` is not empty.
inline int largest(std::span<const float> values) {
  return static_cast<int>(std::max_element(values.begin(), values.end()) - values.begin());
}

/// A seed of its own for part `part` of what `seed` began (SplitMix64).
inline std::uint64_t seedOf(std::uint64_t seed, std::uint64_t part) {
  std::uint64_t z = seed + 0x9E3779B97F4A7C15ULL * (part + 1);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31);
}

/// `size` floats that belong to the calling thread until it asks again for the same `Use`. They
/// keep their place in memory, so that asking a model does not allocate.
template <class Use>
std::span<float> scratch(std::size_t size) {
  thread_local std::vector<float> values;
  if (values.size() < size) values.resize(size);
  return {values.data(), size};
}

}  // namespace learners
