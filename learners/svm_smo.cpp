#include "learners/svm_smo.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "learners/versions.h"

namespace learners {
namespace {

typedef float Float8 __attribute__((vector_size(32), aligned(4), may_alias));
typedef std::int32_t Int8 __attribute__((vector_size(32), aligned(4), may_alias));

constexpr std::size_t kWidth = 8;
constexpr float kTolerance = 1e-3F;
constexpr float kFlat = 1e-12F;  // a curvature below counts as this
constexpr std::size_t kStepsPerRow = 100;
constexpr std::size_t kFewestSteps = 100000;

/// What a step looks at. `up` and `low` are 0 where a row's coefficient
/// may still rise or fall, and infinitely bad where not.
struct State {
  std::vector<float> error;     ///< label minus decision without offset
  std::vector<float> up;        ///< 0 or -inf
  std::vector<float> low;       ///< 0 or +inf
  std::vector<float> diagonal;  ///< of the kernel
};

struct Extremes {
  std::size_t highest = 0;
  float most = -INFINITY;
  float least = INFINITY;
};

/// Moves the errors by a step between rows i and j, whose kernel rows are given, and finds the
/// largest that may rise and the smallest that may fall.
MIMOSA_VERSIONS
Extremes moveAndScan(State& state, const float* kernelI, const float* kernelJ, float step,
                     std::size_t rows) {
  const Int8 eight = {8, 8, 8, 8, 8, 8, 8, 8};
  Int8 at = {0, 1, 2, 3, 4, 5, 6, 7};
  Int8 where = at;
  Float8 most = Float8{} - INFINITY;
  Float8 least = Float8{} + INFINITY;
  std::size_t t = 0;
  for (; t + kWidth <= rows; t += kWidth) {
    Float8& error = *reinterpret_cast<Float8*>(state.error.data() + t);
    const Float8 ki = *reinterpret_cast<const Float8*>(kernelI + t);
    const Float8 kj = *reinterpret_cast<const Float8*>(kernelJ + t);
    error -= step * (ki - kj);
    const Float8 rising = error + *reinterpret_cast<const Float8*>(state.up.data() + t);
    const Float8 falling = error + *reinterpret_cast<const Float8*>(state.low.data() + t);
    where = rising > most ? at : where;
    most = rising > most ? rising : most;
    least = falling < least ? falling : least;
    at += eight;
  }
  Extremes found;
  for (std::size_t w = 0; w < kWidth; ++w) {
    const bool better =
        most[w] > found.most || (most[w] == found.most && std::size_t(where[w]) < found.highest);
    if (better) {
      found.most = most[w];
      found.highest = static_cast<std::size_t>(where[w]);
    }
    found.least = std::min(found.least, least[w]);
  }
  for (; t < rows; ++t) {
    state.error[t] -= step * (kernelI[t] - kernelJ[t]);
    const float rising = state.error[t] + state.up[t];
    if (rising > found.most) {
      found.most = rising;
      found.highest = t;
    }
    found.least = std::min(found.least, state.error[t] + state.low[t]);
  }
  return found;
}

/// The row to fall while row i, of error `most`, rises: that which gains most. `rows` if none.
MIMOSA_VERSIONS
std::size_t bestPartner(const State& state, const float* kernelI, float most, float diagonalI,
                        std::size_t rows) {
  const Int8 eight = {8, 8, 8, 8, 8, 8, 8, 8};
  Int8 at = {0, 1, 2, 3, 4, 5, 6, 7};
  Int8 where = Int8{};
  Float8 best = Float8{};
  const Float8 zero = Float8{};
  const Float8 flat = zero + kFlat;
  std::size_t t = 0;
  for (; t + kWidth <= rows; t += kWidth) {
    const Float8 falling = *reinterpret_cast<const Float8*>(state.error.data() + t) +
                           *reinterpret_cast<const Float8*>(state.low.data() + t);
    Float8 curvature = diagonalI + *reinterpret_cast<const Float8*>(state.diagonal.data() + t) -
                       2 * *reinterpret_cast<const Float8*>(kernelI + t);
    curvature = curvature > flat ? curvature : flat;
    const Float8 difference = most - falling;
    Float8 gain = difference * difference / curvature;
    gain = difference > zero ? gain : zero;
    where = gain > best ? at : where;
    best = gain > best ? gain : best;
    at += eight;
  }
  std::size_t partner = rows;
  float gained = 0;
  for (std::size_t w = 0; w < kWidth; ++w) {
    const auto row = static_cast<std::size_t>(where[w]);
    if (best[w] > gained || (best[w] == gained && gained > 0 && row < partner)) {
      gained = best[w];
      partner = row;
    }
  }
  for (; t < rows; ++t) {
    const float difference = most - (state.error[t] + state.low[t]);
    const float curvature = std::max(diagonalI + state.diagonal[t] - 2 * kernelI[t], kFlat);
    const float gain = difference > 0 ? difference * difference / curvature : 0;
    if (gain > gained) {
      gained = gain;
      partner = t;
    }
  }
  return partner;
}

}  // namespace

TwoLabelMachine solveTwoLabels(std::span<const float> kernel, std::size_t rows,
                               std::size_t positives, double cost) {
  const auto c = static_cast<float>(cost);
  TwoLabelMachine machine;
  auto& coefficient = machine.coefficient;  // label times multiplier
  coefficient.assign(rows, 0.0F);
  State state;
  for (std::size_t t = 0; t < rows; ++t) {
    const bool positive = t < positives;
    state.error.push_back(positive ? 1.0F : -1.0F);
    state.up.push_back(positive ? 0 : -INFINITY);
    state.low.push_back(positive ? INFINITY : 0);
    state.diagonal.push_back(kernel[t * rows + t]);
  }
  const auto rowOf = [&](std::size_t t) { return kernel.data() + t * rows; };
  const auto settle = [&](std::size_t t, float value) {
    const float top = t < positives ? c : 0;
    const float bottom = t < positives ? 0 : -c;
    coefficient[t] = value;
    state.up[t] = value < top ? 0 : -INFINITY;
    state.low[t] = value > bottom ? 0 : INFINITY;
  };
  Extremes now = moveAndScan(state, rowOf(0), rowOf(0), 0, rows);
  const std::size_t steps = std::max(kFewestSteps, kStepsPerRow * rows);
  for (std::size_t s = 0; s < steps && now.most - now.least > kTolerance; ++s) {
    const std::size_t i = now.highest;
    const std::size_t j = bestPartner(state, rowOf(i), now.most, state.diagonal[i], rows);
    if (j >= rows) break;
    const float curvature =
        std::max(state.diagonal[i] + state.diagonal[j] - 2 * rowOf(i)[j], kFlat);
    const float room = (i < positives ? c : 0) - coefficient[i];
    const float fall = coefficient[j] - (j < positives ? 0 : -c);
    const float step = std::min({(state.error[i] - state.error[j]) / curvature, room, fall});
    // At a limit the coefficient is the limit itself, whatever was rounded.
    settle(i, step == room ? (i < positives ? c : 0) : coefficient[i] + step);
    settle(j, step == fall ? (j < positives ? 0 : -c) : coefficient[j] - step);
    now = moveAndScan(state, rowOf(i), rowOf(j), step, rows);
  }
  // Free support vectors have the offset as error; between the limits of the others lies the rest.
  double sum = 0;
  std::size_t free = 0;
  for (std::size_t t = 0; t < rows; ++t) {
    if (state.up[t] != 0 || state.low[t] != 0) continue;
    sum += state.error[t];
    ++free;
  }
  machine.offset = static_cast<float>(free > 0 ? -sum / static_cast<double>(free)
                                               : -0.5 * (now.most + now.least));
  return machine;
}

}  // namespace learners
