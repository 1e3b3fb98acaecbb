#include "learners/reduction.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

#include "learners/eigen.h"
#include "learners/tsne.h"
#include "tests/support/blobs.h"

namespace learners {
namespace {

/// Rows whose features spread less and less, so that components are told apart.
DatasetPtr slopingRows(std::size_t rows, std::size_t features) {
  auto content = support::blobContent({.labels = 2,
                                       .features = static_cast<int>(features),
                                       .groups = 1,
                                       .rowsPerGroup = static_cast<int>(rows / 2),
                                       .distance = 1});
  for (std::size_t i = 0; i < content.values.size(); ++i) {
    content.values[i] *= static_cast<float>(std::pow(0.7, static_cast<double>(i % features)));
    content.values[i] += i % features == 0 ? 0.5F : 0;
  }
  return support::made(std::move(content));
}

std::vector<double> kernelOf(const Dataset& data, bool isCosine) {
  const std::size_t n = data.rows();
  std::vector<double> kernel(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      double ab = 0, aa = 0, bb = 0, apart = 0;
      for (std::size_t f = 0; f < data.features(); ++f) {
        const double a = data.row(i)[f];
        const double b = data.row(j)[f];
        ab += a * b;
        aa += a * a;
        bb += b * b;
        apart += (a - b) * (a - b);
      }
      kernel[i * n + j] = isCosine ? ab / std::sqrt(aa * bb)
                                   : std::exp(-apart / static_cast<double>(data.features()));
    }
  }
  return kernel;
}

/// Textbook kernel PCA: eigenvectors of the doubly centred kernel, times the root of their value.
/// [components x n]
std::vector<double> kernelPca(std::vector<double> kernel, std::size_t n, std::size_t components) {
  std::vector<double> mean(n);
  double all = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) mean[i] += kernel[i * n + j] / static_cast<double>(n);
    all += mean[i] / static_cast<double>(n);
  }
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) kernel[i * n + j] += all - mean[i] - mean[j];
  }
  const auto eigen = symmetricEigen(kernel, n);
  std::vector<double> scores;
  for (std::size_t c = 0; c < components; ++c) {
    for (std::size_t i = 0; i < n; ++i) {
      scores.push_back(std::sqrt(eigen.values[c]) * eigen.vectors[c * n + i]);
    }
  }
  return scores;
}

/// That component c of `reduction` is `scores` up to its sign.
void expectSameComponents(const Reduction& reduction, const Dataset& data,
                          const std::vector<double>& scores, std::size_t components) {
  const auto reduced = reduction.apply(data);
  ASSERT_GE(reduction.components(), components);
  for (std::size_t c = 0; c < components; ++c) {
    double along = 0;
    for (std::size_t i = 0; i < data.rows(); ++i) {
      along += reduced->row(i)[c] * scores[c * data.rows() + i];
    }
    const double sign = along < 0 ? -1 : 1;
    for (std::size_t i = 0; i < data.rows(); ++i) {
      ASSERT_NEAR(sign * reduced->row(i)[c] / reduction.scale(), scores[c * data.rows() + i], 2e-3)
          << "component " << c << " of row " << i;
    }
  }
}

TEST(Eigen, FindsWhatIsKnownOfASmallMatrix) {
  // Values 3 and 1 with vectors (1, 1) and (1, -1).
  const auto eigen = symmetricEigen({2, 1, 1, 2}, 2);

  EXPECT_NEAR(eigen.values[0], 3, 1e-12);
  EXPECT_NEAR(eigen.values[1], 1, 1e-12);
  EXPECT_NEAR(std::abs(eigen.vectors[0]), std::sqrt(0.5), 1e-12);
  EXPECT_NEAR(eigen.vectors[0], eigen.vectors[1], 1e-12);
  EXPECT_NEAR(eigen.vectors[2], -eigen.vectors[3], 1e-12);
}

TEST(Eigen, LeadingOnesAreThoseOfTheWholeMatrix) {
  constexpr std::size_t n = 60;
  std::mt19937_64 random(3);
  std::normal_distribution<double> noise;
  std::vector<double> matrix(n * n);
  for (int k = 0; k < 40; ++k) {
    std::vector<double> x(n);
    for (double& value : x) value = noise(random) * std::pow(0.8, k);
    for (std::size_t i = 0; i < n * n; ++i) matrix[i] += x[i / n] * x[i % n];
  }
  const auto whole = symmetricEigen(matrix, n);

  const auto leading = leadingEigen(
      [&](std::span<const float> vectors, std::size_t count, std::span<float> out) {
        for (std::size_t i = 0; i < count * n; ++i) {
          double sum = 0;
          for (std::size_t j = 0; j < n; ++j) sum += matrix[i % n * n + j] * vectors[i / n * n + j];
          out[i] = static_cast<float>(sum);
        }
      },
      n, 5, 1);

  for (std::size_t v = 0; v < 5; ++v) {
    EXPECT_NEAR(leading.values[v], whole.values[v], 1e-4 * whole.values[0]);
    double along = 0;
    for (std::size_t i = 0; i < n; ++i)
      along += leading.vectors[v * n + i] * whole.vectors[v * n + i];
    EXPECT_NEAR(std::abs(along), 1, 1e-3);
  }
}

TEST(Reduction, PcaFindsTheDirectionRowsLieAlong) {
  // Points (t, 2t, 0) for t = -1, 0, 1: one component, of length sqrt(5) t.
  auto content = support::blobContent({.labels = 1, .features = 3, .groups = 1, .rowsPerGroup = 3});
  content.values = {-1, -2, 0, 0, 0, 0, 1, 2, 0};
  const auto data = support::made(std::move(content));

  const auto reduction = Reduction::fit(*data, {.kind = ReductionKind::Pca, .components = 3});

  ASSERT_TRUE(reduction.ok());
  ASSERT_EQ(reduction->components(), 1);
  std::vector<float> out(1);
  reduction->apply(data->row(2), out);
  EXPECT_NEAR(std::abs(out[0]) / reduction->scale(), std::sqrt(5.0), 1e-4);
  reduction->apply(data->row(1), out);
  EXPECT_NEAR(out[0], 0, 1e-5);
}

TEST(Reduction, CosineKernelPcaEqualsTheKernelForm) {
  const auto data = slopingRows(80, 8);

  const auto reduction =
      Reduction::fit(*data, {.kind = ReductionKind::KpcaCosine, .components = 4});

  ASSERT_TRUE(reduction.ok());
  expectSameComponents(*reduction, *data, kernelPca(kernelOf(*data, true), data->rows(), 4), 4);
}

TEST(Reduction, RbfKernelPcaEqualsTheKernelFormWhereAllRowsAreLandmarks) {
  const auto data = slopingRows(60, 4);

  const auto reduction =
      Reduction::fit(*data, {.kind = ReductionKind::KpcaRbf, .components = 30, .landmarks = 60});

  ASSERT_TRUE(reduction.ok());
  expectSameComponents(*reduction, *data, kernelPca(kernelOf(*data, false), data->rows(), 3), 3);
}

TEST(Reduction, KeepsMoreFeaturesThanRowsApart) {
  // Wider than the covariance that is held as a matrix.
  const auto data = support::blobs({.labels = 2, .features = 2100, .groups = 2, .distance = 60});

  const auto reduction = Reduction::fit(*data, {.kind = ReductionKind::Pca, .components = 1});

  ASSERT_TRUE(reduction.ok());
  const auto reduced = reduction->apply(*data);
  for (std::size_t i = 0; i < data->rows(); ++i) {
    EXPECT_EQ(reduced->row(i)[0] > 0,
              (reduced->row(0)[0] > 0) == (data->label(i) == data->label(0)));
  }
}

TEST(Reduction, GivesComponentsOfUnitMeanVarianceAndTheSameInBatches) {
  const auto data = support::blobs({.labels = 3, .features = 12, .groups = 4, .rowsPerGroup = 30});
  for (const auto kind : {ReductionKind::Pca, ReductionKind::KpcaCosine, ReductionKind::KpcaRbf}) {
    const auto reduction = Reduction::fit(*data, {.kind = kind, .components = 5});
    ASSERT_TRUE(reduction.ok());
    const auto reduced = reduction->apply(*data);
    std::vector<float> one(reduction->components());
    double squares = 0;
    for (std::size_t i = 0; i < data->rows(); ++i) {
      reduction->apply(data->row(i), one);
      for (std::size_t c = 0; c < one.size(); ++c) {
        EXPECT_NEAR(one[c], reduced->row(i)[c], 1e-4);
        squares += one[c] * one[c];
      }
    }
    EXPECT_NEAR(squares / static_cast<double>(data->rows() * one.size()), 1, 1e-3);
  }
}

TEST(Reduction, EqualSeedsGiveEqualBytesThatLoadAgain) {
  const auto data = support::blobs({.labels = 3, .features = 12, .rowsPerGroup = 20});
  for (const auto kind : {ReductionKind::Pca, ReductionKind::KpcaCosine, ReductionKind::KpcaRbf}) {
    const ReductionRecipe recipe{.kind = kind, .components = 5, .landmarks = 40};
    ByteWriter first;
    ByteWriter second;
    Reduction::fit(*data, recipe)->save(first);
    Reduction::fit(*data, recipe)->save(second);
    EXPECT_EQ(first.bytes(), second.bytes());

    ByteReader in(first.bytes());
    const auto again = Reduction::load(in);
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(in.atEnd());
    ByteWriter third;
    again->save(third);
    EXPECT_EQ(first.bytes(), third.bytes());
  }
}

TEST(Reduction, DamagedBytesNeverCrash) {
  const auto data = support::blobs({.labels = 2, .features = 5});
  std::mt19937_64 random(5);
  int opened = 0;
  for (const auto kind : {ReductionKind::KpcaCosine, ReductionKind::KpcaRbf}) {
    ByteWriter out;
    Reduction::fit(*data, {.kind = kind, .components = 3, .landmarks = 9})->save(out);
    for (int i = 0; i < 2000; ++i) {
      auto damaged = out.bytes();
      if (i % 4 == 0) damaged.resize(random() % damaged.size());
      for (std::uint64_t k = 0; i % 4 != 0 && k <= random() % 4; ++k) {
        damaged[random() % damaged.size()] = static_cast<std::uint8_t>(random());
      }
      ByteReader in(damaged);
      const auto loaded = Reduction::load(in);
      if (i % 4 == 0) {
        ASSERT_FALSE(loaded.ok());
      }
      if (!loaded.ok()) continue;
      ++opened;
      const std::vector<float> row(loaded->features(), 1e30F);
      std::vector<float> said(loaded->components());
      loaded->apply(row, said);
      for (const float value : said) EXPECT_TRUE(std::isfinite(value));
    }
  }
  EXPECT_GT(opened, 500);
}

TEST(Reduction, RefusesWhatNoModelCanUse) {
  auto content = support::blobContent({.labels = 2});
  std::fill(content.values.begin(), content.values.end(), 1.0F);
  const auto level = support::made(std::move(content));

  EXPECT_EQ(reductionKindFrom("kpca_rbf").value(), ReductionKind::KpcaRbf);
  EXPECT_NE(reductionKindFrom("tsne").error().message.find("pictures"), std::string::npos);
  EXPECT_NE(reductionKindFrom("magic").error().message.find("kpca_cosine"), std::string::npos);
  EXPECT_FALSE(Reduction::fit(*level, {.kind = ReductionKind::Pca}).ok());
  EXPECT_FALSE(Reduction::fit(*level, {}).ok());
}

TEST(Tsne, KeepsCloudsTogetherAndApart) {
  const auto data = support::blobs(
      {.labels = 3, .features = 10, .groups = 2, .rowsPerGroup = 20, .distance = 12});

  const auto points = tsne(*data, {.perplexity = 10, .iterations = 300});

  ASSERT_TRUE(points.ok());
  int ownNearest = 0;
  for (std::size_t i = 0; i < data->rows(); ++i) {
    std::size_t nearest = i;
    float least = INFINITY;
    for (std::size_t j = 0; j < data->rows(); ++j) {
      const float distance =
          std::hypot((*points)[i][0] - (*points)[j][0], (*points)[i][1] - (*points)[j][1]);
      if (j != i && distance < least) {
        least = distance;
        nearest = j;
      }
    }
    ownNearest += data->label(nearest) == data->label(i) ? 1 : 0;
  }
  EXPECT_GE(ownNearest, 118);  // of 120
  EXPECT_EQ(*points, *tsne(*data, {.perplexity = 10, .iterations = 300}));
}

TEST(Tsne, RefusesTooFewAndTooManyRowsAndStops) {
  std::stop_source stop;
  stop.request_stop();

  EXPECT_FALSE(tsne(*support::blobs({.labels = 1, .groups = 1, .rowsPerGroup = 3})).ok());
  EXPECT_FALSE(tsne(*support::blobs({.labels = 1, .groups = 1, .rowsPerGroup = 2001})).ok());
  EXPECT_EQ(tsne(*support::blobs(), {.stop = stop.get_token()}).error().code,
            base::ErrorCode::Cancelled);
}

}  // namespace
}  // namespace learners
