#include "learners/pooling.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "learners/ensemble_math.h"

namespace learners {
namespace {

constexpr float kLeast = 1e-4F;

/// Each label's weighted mean of `bent(p)`.
template <class Bent>
void meanOfBent(std::span<const float> p, std::span<const float> weights, std::span<float> out,
                const Bent& bent) {
  std::fill(out.begin(), out.end(), 0.0F);
  for (std::size_t m = 0; m < weights.size(); ++m) {
    const auto own = p.subspan(m * out.size(), out.size());
    for (std::size_t label = 0; label < out.size(); ++label) {
      out[label] += weights[m] * bent(own[label]);
    }
  }
}

void scaleToOne(std::span<float> out) {
  float sum = 0;
  for (const float value : out) sum += value;
  if (sum <= 0) return;
  for (float& value : out) value /= sum;
}

}  // namespace

std::string_view toText(Pooling pooling) {
  if (pooling == Pooling::Arithmetic) return "arithmetic";
  return pooling == Pooling::Root ? "root" : "geometric";
}

void pool(Pooling pooling, std::span<const float> p, std::span<const float> weights,
          std::span<float> out) {
  assert(p.size() == weights.size() * out.size());
  if (pooling == Pooling::Arithmetic) return averagedProbability(p, weights, out);
  if (pooling == Pooling::Root) {
    meanOfBent(p, weights, out, [](float value) { return std::sqrt(std::max(value, 0.0F)); });
    for (float& value : out) value *= value;
  } else {
    meanOfBent(p, weights, out, [](float value) { return std::log(std::max(value, kLeast)); });
    for (float& value : out) value = std::exp(value);
  }
  scaleToOne(out);
}

}  // namespace learners
