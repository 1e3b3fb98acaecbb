#include "learners/matrix.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace learners {
namespace {

std::vector<float> noise(std::size_t count, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::vector<float> values(count);
  for (float& value : values) value = uniform(random);
  return values;
}

TEST(Matrix, ProductsAgreeWithThePlainSumAtEverySize) {
  for (const std::size_t m : {1, 2, 3, 4, 5, 9}) {
    for (const std::size_t n : {1, 15, 16, 17, 33}) {
      for (const std::size_t k : {1, 7, 8, 31, 32, 33, 255, 256, 257, 600}) {
        const auto a = noise(m * k, m);
        const auto b = noise(n * k, n + 100);
        std::vector<float> across(k * n);
        for (std::size_t j = 0; j < n; ++j) {
          for (std::size_t p = 0; p < k; ++p) across[p * n + j] = b[j * k + p];
        }
        std::vector<float> transposed(m * n);
        std::vector<float> plain(m * n);
        std::vector<float> dots(n);

        productTransposed(a.data(), m, b.data(), n, k, transposed.data());
        product(a.data(), m, across.data(), n, k, plain.data());
        rowDots(b.data(), n, k, a.data(), dots.data());

        for (std::size_t i = 0; i < m; ++i) {
          for (std::size_t j = 0; j < n; ++j) {
            double sum = 0;
            for (std::size_t p = 0; p < k; ++p) {
              sum += static_cast<double>(a[i * k + p]) * b[j * k + p];
            }
            ASSERT_NEAR(transposed[i * n + j], sum, 1e-4) << m << " " << n << " " << k;
            ASSERT_NEAR(plain[i * n + j], sum, 1e-4) << m << " " << n << " " << k;
            if (i == 0) {
              ASSERT_NEAR(dots[j], sum, 1e-4);
            }
          }
        }
      }
    }
  }
}

TEST(Matrix, ProductsWithHalvedRowsAgreeWithinAStepOfEachValue) {
  for (const std::size_t n : {1, 2, 15, 32}) {
    for (const std::size_t k : {1, 15, 16, 33, 600}) {
      auto rows = noise(n * k, n + k);
      rows[0] = 40;
      const auto x = noise(k, 3);
      std::vector<float> whole(n);
      std::vector<float> half(n);

      rowDots(rows.data(), n, k, x.data(), whole.data());
      rowDots(halved(rows.data(), n, k), k, x.data(), half.data());

      for (std::size_t i = 0; i < n; ++i) {
        const float step = (i == 0 ? 40.0F : 1.0F) / 32767;
        EXPECT_NEAR(half[i], whole[i], step / 2 * static_cast<float>(k) + 1e-4F) << n << " " << k;
      }
    }
  }
}

TEST(Matrix, HalvedRowsOfZerosAndOfHugeValuesStayWhatTheyAre) {
  const std::vector<float> rows = {0, 0, 0, 3e38F, -3e38F, 0};

  const HalfRows half = halved(rows.data(), 2, 3);

  EXPECT_EQ((std::vector<std::int16_t>{0, 0, 0, 32767, -32767, 0}), half.steps);
  EXPECT_EQ(0, half.size[0]);
}

TEST(Matrix, TransposeTurnsRowsIntoColumnsAtEverySize) {
  for (const std::size_t count : {0, 1, 15, 16, 17, 40}) {
    for (const std::size_t width : {1, 16, 33}) {
      const auto rows = noise(count * width, count);
      std::vector<float> columns(rows.size());

      transpose(rows.data(), count, width, columns.data());

      for (std::size_t i = 0; i < rows.size(); ++i) {
        ASSERT_EQ(columns[i % width * count + i / width], rows[i]) << count << " " << width;
      }
    }
  }
}

TEST(Matrix, SquaredDistanceIsThatOfPythagoras) {
  std::vector<float> a(21, 0);
  std::vector<float> b(21, 0);
  b[0] = 3;
  b[20] = 4;

  EXPECT_FLOAT_EQ(squaredDistance(a.data(), b.data(), 21), 25);
}

TEST(Matrix, GaussianIsTheExponentialOfTheDistance) {
  for (const std::size_t count : {1, 8, 13}) {
    std::vector<float> norms;
    std::vector<float> values;
    for (std::size_t i = 0; i < count; ++i) {
      norms.push_back(static_cast<float>(i * i));
      values.push_back(static_cast<float>(2 * i));  // products of 2 and i
    }

    toGaussian(norms.data(), count, 4, 0.7F, values.data());

    for (std::size_t i = 0; i < count; ++i) {
      const double distance = static_cast<double>(i) - 2;
      EXPECT_NEAR(values[i], std::exp(-0.7 * distance * distance), 1e-6);
    }
  }
}

TEST(Matrix, KernelOfManyRowsHoldsEachPairTwice) {
  for (const std::size_t count : {1, 5, 256, 300, 513}) {
    const std::size_t features = 3;
    const auto rows = noise(count * features, count);
    std::vector<float> kernel(count * count);

    gaussianKernel(rows.data(), squaredNorms(rows.data(), count, features).data(), count, features,
                   2, kernel.data());

    for (std::size_t i = 0; i < count; ++i) {
      for (std::size_t j = 0; j < count; ++j) {
        const float distance =
            squaredDistance(rows.data() + i * features, rows.data() + j * features, features);
        ASSERT_NEAR(kernel[i * count + j], std::exp(-2 * distance), 3e-6) << i << " " << j;
        ASSERT_EQ(kernel[i * count + j], kernel[j * count + i]);
      }
    }
  }
}

TEST(Matrix, DistancesComeWithTheLeastOfEachRun) {
  for (const std::size_t count : {1, 31, 32, 33, 64, 100}) {
    const auto norms = noise(count, count);
    const auto dots = noise(count, count + 7);
    auto distances = dots;
    std::vector<float> least((count + kRun - 1) / kRun);

    toDistances(norms.data(), count, distances.data(), least.data());

    std::vector<float> lowest(least.size(), INFINITY);
    for (std::size_t i = 0; i < count; ++i) {
      ASSERT_FLOAT_EQ(distances[i], norms[i] - 2 * dots[i]);
      lowest[i / kRun] = std::min(lowest[i / kRun], distances[i]);
    }
    EXPECT_EQ(least, lowest);
  }
}

}  // namespace
}  // namespace learners
