#include "learners/matrix.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "learners/versions.h"

namespace learners {
namespace {

// Eight floats that may lie anywhere; the compiler splits them where registers are narrower.
typedef float Float8 __attribute__((vector_size(32), aligned(4), may_alias));

typedef std::int32_t Int8 __attribute__((vector_size(32)));
typedef std::int16_t Short8 __attribute__((vector_size(16), aligned(2), may_alias));

constexpr std::size_t kPanel = 16;   // columns of the result made at once
constexpr std::size_t kDepth = 256;  // a packed panel of this depth stays in the first cache
constexpr std::size_t kTile = 4;     // rows of the result made at once
constexpr std::size_t kStrip = 256;  // rows of a kernel made at once
constexpr std::size_t kTurned = 16;  // rows and columns transposed at once: a line of the cache each

/// out [m x columns] += a [m x k] packed [k x 16], for one panel of at most 16 columns.
MIMOSA_VERSIONS
void addPanel(const float* a, std::size_t strideA, std::size_t m, const float* packed,
              std::size_t k, float* out, std::size_t strideOut, std::size_t columns) {
  for (std::size_t i = 0; i < m; i += kTile) {
    const std::size_t rows = std::min(kTile, m - i);
    const float* a0 = a + i * strideA;
    const float* a1 = a + (i + std::min<std::size_t>(1, rows - 1)) * strideA;
    const float* a2 = a + (i + std::min<std::size_t>(2, rows - 1)) * strideA;
    const float* a3 = a + (i + std::min<std::size_t>(3, rows - 1)) * strideA;
    Float8 s00{}, s01{}, s10{}, s11{}, s20{}, s21{}, s30{}, s31{};
    for (std::size_t p = 0; p < k; ++p) {
      const Float8 b0 = *reinterpret_cast<const Float8*>(packed + p * kPanel);
      const Float8 b1 = *reinterpret_cast<const Float8*>(packed + p * kPanel + 8);
      s00 += a0[p] * b0;
      s01 += a0[p] * b1;
      s10 += a1[p] * b0;
      s11 += a1[p] * b1;
      s20 += a2[p] * b0;
      s21 += a2[p] * b1;
      s30 += a3[p] * b0;
      s31 += a3[p] * b1;
    }
    const Float8 sums[kTile][2] = {{s00, s01}, {s10, s11}, {s20, s21}, {s30, s31}};
    for (std::size_t r = 0; r < rows; ++r) {
      const float* from = reinterpret_cast<const float*>(sums[r]);
      float* to = out + (i + r) * strideOut;
      for (std::size_t c = 0; c < columns; ++c) to[c] += from[c];
    }
  }
}

/// Walks over the result panel by panel. `pack(column, columns, begin, depth, to)` lays a part of
/// b out as [depth x 16], zeros where there is no column.
template <class Pack>
void blocked(const float* a, std::size_t m, std::size_t n, std::size_t k, float* out,
             const Pack& pack) {
  std::fill_n(out, m * n, 0.0F);
  std::vector<float> packed(kPanel * std::min(kDepth, std::max<std::size_t>(k, 1)));
  for (std::size_t begin = 0; begin < k; begin += kDepth) {
    const std::size_t depth = std::min(kDepth, k - begin);
    for (std::size_t column = 0; column < n; column += kPanel) {
      const std::size_t columns = std::min(kPanel, n - column);
      pack(column, columns, begin, depth, packed.data());
      addPanel(a + begin, k, m, packed.data(), depth, out + column, n, columns);
    }
  }
}

/// Sum of its eight numbers.
inline __attribute__((always_inline)) float sumOf(Float8 s) {
  return ((s[0] + s[4]) + (s[1] + s[5])) + ((s[2] + s[6]) + (s[3] + s[7]));
}

inline __attribute__((always_inline)) void load(const float* from, Float8& to) {
  to = *reinterpret_cast<const Float8*>(from);
}

inline __attribute__((always_inline)) void load(const std::int16_t* from, Float8& to) {
  const Int8 whole = __builtin_convertvector(*reinterpret_cast<const Short8*>(from), Int8);
  to = __builtin_convertvector(whole, Float8);
}

/// Two rows at once, from both halves: memory gives more to two streams than to one.
template <class Number>
inline __attribute__((always_inline)) void dotsOfRows(const Number* rows, std::size_t count,
                                                      std::size_t features, const float* x,
                                                      float* out) {
  const std::size_t half = count / 2;
  for (std::size_t i = 0; i < count - half; ++i) {
    const Number* a = rows + (half + i) * features;
    const Number* b = rows + i * features;  // made once more beside the last of an odd number
    Float8 a0{}, a1{}, b0{}, b1{};
    std::size_t k = 0;
    for (; k + 16 <= features; k += 16) {
      Float8 x0, x1, ofA0, ofA1, ofB0, ofB1;
      load(x + k, x0);
      load(x + k + 8, x1);
      load(a + k, ofA0);
      load(a + k + 8, ofA1);
      load(b + k, ofB0);
      load(b + k + 8, ofB1);
      a0 += ofA0 * x0;
      a1 += ofA1 * x1;
      b0 += ofB0 * x0;
      b1 += ofB1 * x1;
    }
    float sumA = sumOf(a0 + a1);
    float sumB = sumOf(b0 + b1);
    for (; k < features; ++k) {
      sumA += static_cast<float>(a[k]) * x[k];
      sumB += static_cast<float>(b[k]) * x[k];
    }
    if (i < half) out[i] = sumB;
    out[half + i] = sumA;
  }
}

}  // namespace

MIMOSA_VERSIONS
float dot(const float* a, const float* b, std::size_t n) {
  Float8 s0{}, s1{}, s2{}, s3{};
  std::size_t i = 0;
  for (; i + 32 <= n; i += 32) {
    s0 += *reinterpret_cast<const Float8*>(a + i) * *reinterpret_cast<const Float8*>(b + i);
    s1 += *reinterpret_cast<const Float8*>(a + i + 8) * *reinterpret_cast<const Float8*>(b + i + 8);
    s2 +=
        *reinterpret_cast<const Float8*>(a + i + 16) * *reinterpret_cast<const Float8*>(b + i + 16);
    s3 +=
        *reinterpret_cast<const Float8*>(a + i + 24) * *reinterpret_cast<const Float8*>(b + i + 24);
  }
  for (; i + 8 <= n; i += 8) {
    s0 += *reinterpret_cast<const Float8*>(a + i) * *reinterpret_cast<const Float8*>(b + i);
  }
  const Float8 s = (s0 + s1) + (s2 + s3);
  float sum = sumOf(s);
  for (; i < n; ++i) sum += a[i] * b[i];
  return sum;
}

MIMOSA_VERSIONS
void addScaled(float* to, float scale, const float* what, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) to[i] += scale * what[i];
}

MIMOSA_VERSIONS
float squaredDistance(const float* a, const float* b, std::size_t n) {
  Float8 s0{}, s1{};
  std::size_t i = 0;
  for (; i + 16 <= n; i += 16) {
    const Float8 d0 =
        *reinterpret_cast<const Float8*>(a + i) - *reinterpret_cast<const Float8*>(b + i);
    const Float8 d1 =
        *reinterpret_cast<const Float8*>(a + i + 8) - *reinterpret_cast<const Float8*>(b + i + 8);
    s0 += d0 * d0;
    s1 += d1 * d1;
  }
  float sum = sumOf(s0 + s1);
  for (; i < n; ++i) sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sum;
}

MIMOSA_VERSIONS
void toDistances(const float* norms, std::size_t count, float* products, float* least) {
  for (std::size_t begin = 0; begin < count; begin += kRun) {
    const std::size_t end = std::min(begin + kRun, count);
    float lowest = norms[begin] - 2 * products[begin];
    std::size_t i = begin;
    if (end - begin == kRun) {
      Float8 low = Float8{} + lowest;
      for (; i < end; i += 8) {
        Float8& at = *reinterpret_cast<Float8*>(products + i);
        at = *reinterpret_cast<const Float8*>(norms + i) - 2 * at;
        low = at < low ? at : low;
      }
      for (int k = 0; k < 8; ++k) lowest = std::min(lowest, low[k]);
    }
    for (; i < end; ++i) {
      products[i] = norms[i] - 2 * products[i];
      lowest = std::min(lowest, products[i]);
    }
    least[begin / kRun] = lowest;
  }
}

MIMOSA_VERSIONS
void toGaussian(const float* norms, std::size_t count, float norm, float gamma, float* products) {
  // e^x = 2^n e^r with |r| <= ln(2) / 2, and e^r by its series up to r^6.
  constexpr float kLog2e = 1.44269504F;
  constexpr float kLn2High = 0.693359375F;  // exact in a few bits, so that n times it is exact
  constexpr float kLn2Low = -2.12194440e-4F;
  constexpr float kSmallest = -87;  // below, 2^n is no normal number
  for (std::size_t i = 0; i < count; i += 8) {
    Float8 b{}, product{};
    const std::size_t size = std::min<std::size_t>(8, count - i);
    std::memcpy(&b, norms + i, size * sizeof(float));
    std::memcpy(&product, products + i, size * sizeof(float));
    const Float8 distance = norm + b - 2 * product;
    Float8 x = -gamma * (distance > Float8{} ? distance : Float8{});
    const Float8 least = Float8{} + kSmallest;
    x = x > least ? x : least;
    const Int8 n = __builtin_convertvector(x * kLog2e - 0.5F, Int8);
    const Float8 whole = __builtin_convertvector(n, Float8);
    const Float8 r = x - whole * kLn2High - whole * kLn2Low;
    const Float8 series =
        1 + r * (1 + r * (0.5F + r * (1 / 6.0F + r * (1 / 24.0F + r * (1 / 120.0F + r / 720)))));
    const Int8 bits = (n + 127) << 23;
    Float8 power;
    std::memcpy(&power, &bits, sizeof power);
    const Float8 value = series * power;
    std::memcpy(products + i, &value, size * sizeof(float));
  }
}

MIMOSA_VERSIONS
void rowDots(const float* rows, std::size_t count, std::size_t features, const float* x,
             float* out) {
  dotsOfRows(rows, count, features, x, out);
}

MIMOSA_VERSIONS
HalfRows halved(const float* rows, std::size_t count, std::size_t features) {
  constexpr float kMostSteps = 32767;
  HalfRows made{.steps = std::vector<std::int16_t>(count * features),
                .size = std::vector<float>(count)};
  for (std::size_t i = 0; i < count; ++i) {
    const float* row = rows + i * features;
    float largest = 0;
    for (std::size_t k = 0; k < features; ++k) largest = std::max(largest, std::abs(row[k]));
    if (largest == 0) continue;
    made.size[i] = largest / kMostSteps;
    std::int16_t* steps = made.steps.data() + i * features;
    for (std::size_t k = 0; k < features; ++k) {
      const float value = row[k] / largest * kMostSteps;
      steps[k] = static_cast<std::int16_t>(static_cast<int>(value + (value < 0 ? -0.5F : 0.5F)));
    }
  }
  return made;
}

MIMOSA_VERSIONS
void rowDots(const HalfRows& rows, std::size_t features, const float* x, float* out) {
  dotsOfRows(rows.steps.data(), rows.size.size(), features, x, out);
  for (std::size_t i = 0; i < rows.size.size(); ++i) out[i] *= rows.size[i];
}

void productTransposed(const float* a, std::size_t m, const float* b, std::size_t n, std::size_t k,
                       float* out) {
  blocked(a, m, n, k, out,
          [=](std::size_t column, std::size_t columns, std::size_t begin, std::size_t depth,
              float* to) {
            if (columns < kPanel) std::fill_n(to, depth * kPanel, 0.0F);
            for (std::size_t c = 0; c < columns; ++c) {
              const float* from = b + (column + c) * k + begin;
              for (std::size_t p = 0; p < depth; ++p) to[p * kPanel + c] = from[p];
            }
          });
}

void product(const float* a, std::size_t m, const float* b, std::size_t n, std::size_t k,
             float* out) {
  blocked(a, m, n, k, out,
          [=](std::size_t column, std::size_t columns, std::size_t begin, std::size_t depth,
              float* to) {
            if (columns < kPanel) std::fill_n(to, depth * kPanel, 0.0F);
            for (std::size_t p = 0; p < depth; ++p) {
              std::memcpy(to + p * kPanel, b + (begin + p) * n + column, columns * sizeof(float));
            }
          });
}

void transpose(const float* rows, std::size_t count, std::size_t width, float* out) {
  for (std::size_t top = 0; top < count; top += kTurned) {
    const std::size_t bottom = std::min(count, top + kTurned);
    for (std::size_t left = 0; left < width; left += kTurned) {
      const std::size_t right = std::min(width, left + kTurned);
      for (std::size_t f = left; f < right; ++f) {
        for (std::size_t i = top; i < bottom; ++i) out[f * count + i] = rows[i * width + f];
      }
    }
  }
}

void gaussianKernel(const float* rows, const float* norms, std::size_t count, std::size_t features,
                    float gamma, float* out) {
  std::vector<float> strip(kStrip * count);
  for (std::size_t begin = 0; begin < count; begin += kStrip) {
    const std::size_t end = std::min(begin + kStrip, count);
    productTransposed(rows + begin * features, end - begin, rows, end, features, strip.data());
    for (std::size_t i = begin; i < end; ++i) {
      float* own = strip.data() + (i - begin) * end;
      toGaussian(norms, end, norms[i], gamma, own);
      std::copy_n(own, end, out + i * count);
    }
    for (std::size_t j = 0; j < begin; ++j) {
      for (std::size_t i = begin; i < end; ++i) out[j * count + i] = strip[(i - begin) * end + j];
    }
  }
}

std::vector<float> squaredNorms(const float* rows, std::size_t count, std::size_t features) {
  std::vector<float> norms(count);
  for (std::size_t i = 0; i < count; ++i) {
    norms[i] = dot(rows + i * features, rows + i * features, features);
  }
  return norms;
}

}  // namespace learners
