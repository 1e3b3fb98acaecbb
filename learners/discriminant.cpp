#include "learners/discriminant.h"

#include <algorithm>
#include <cmath>

#include "learners/cholesky.h"
#include "learners/matrix.h"

namespace learners {
namespace {

constexpr double kLeastVariance = 1e-6;
constexpr double kSameDirection = 1e-6;  // of a label's own spread: means in line with others'

struct Means {
  std::vector<std::size_t> label;  ///< [used] labels with rows
  std::vector<double> mean;        ///< [used x features]
  std::vector<double> middle;      ///< [features], of all rows
};

Means meansOf(const Dataset& data, std::span<const std::size_t> rows) {
  const std::size_t d = data.features();
  std::vector<double> sum(data.labelCount() * d);
  std::vector<std::size_t> count(data.labelCount());
  Means means;
  means.middle.resize(d);
  for (const std::size_t i : rows) {
    const auto row = data.row(i);
    ++count[data.label(i)];
    for (std::size_t f = 0; f < d; ++f) {
      sum[data.label(i) * d + f] += row[f];
      means.middle[f] += row[f] / static_cast<double>(rows.size());
    }
  }
  for (std::size_t c = 0; c < count.size(); ++c) {
    if (count[c] == 0) continue;
    means.label.push_back(c);
    for (std::size_t f = 0; f < d; ++f) {
      means.mean.push_back(sum[c * d + f] / static_cast<double>(count[c]));
    }
  }
  return means;
}

/// Covariance within labels [d x d], or its diagonal [d] where d is large.
std::vector<double> withinLabels(const Dataset& data, std::span<const std::size_t> rows,
                                 const Means& means, bool diagonal) {
  const std::size_t d = data.features();
  std::vector<std::size_t> place(data.labelCount());
  for (std::size_t u = 0; u < means.label.size(); ++u) place[means.label[u]] = u;
  // Transposed, so that the product of it with itself runs along rows.
  std::vector<float> centred(d * rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto row = data.row(rows[i]);
    const double* mean = means.mean.data() + place[data.label(rows[i])] * d;
    for (std::size_t f = 0; f < d; ++f) {
      centred[f * rows.size() + i] = static_cast<float>(row[f] - mean[f]);
    }
  }
  const auto n = static_cast<double>(rows.size());
  if (diagonal) {
    std::vector<double> variance(d);
    for (std::size_t f = 0; f < d; ++f) {
      const float* line = centred.data() + f * rows.size();
      variance[f] = static_cast<double>(dot(line, line, rows.size())) / n;
    }
    return variance;
  }
  std::vector<float> product(d * d);
  productTransposed(centred.data(), d, centred.data(), d, rows.size(), product.data());
  std::vector<double> covariance(product.begin(), product.end());
  for (double& value : covariance) value /= n;
  return covariance;
}

}  // namespace

std::vector<float> discriminantDirections(const Dataset& data, std::span<const std::size_t> rows,
                                          double shrinkage) {
  const std::size_t d = data.features();
  const Means means = meansOf(data, rows);
  const std::size_t used = means.label.size();
  if (used < 2) return {};
  const bool diagonal = d > kMostForCovariance;
  std::vector<double> within = withinLabels(data, rows, means, diagonal);
  double trace = 0;
  for (std::size_t f = 0; f < d; ++f) trace += within[diagonal ? f : f * d + f];
  const double level = std::max(trace / static_cast<double>(d), kLeastVariance);
  for (double& value : within) value *= 1 - shrinkage;

  // B = S^-1 (mean - middle) of each label, [features x used].
  std::vector<double> b(d * used);
  for (std::size_t u = 0; u < used; ++u) {
    for (std::size_t f = 0; f < d; ++f) b[f * used + u] = means.mean[u * d + f] - means.middle[f];
  }
  const std::vector<double> centre = b;
  if (diagonal) {
    for (std::size_t f = 0; f < d; ++f) {
      for (std::size_t u = 0; u < used; ++u) b[f * used + u] /= within[f] + shrinkage * level;
    }
  } else {
    const auto factor = Cholesky::of(within, d, shrinkage * level + 1e-9 * level);
    if (!factor) return {};
    factor->solve(b);
  }

  // With G = M S^-1 M^T = R R^T the directions R^-1 B^T have unit spread and are uncorrelated
  // within labels. Labels whose mean lies in line with others' add none.
  std::vector<std::vector<double>> directions;
  for (std::size_t u = 0; u < used; ++u) {
    std::vector<double> direction(d);
    for (std::size_t f = 0; f < d; ++f) direction[f] = b[f * used + u];
    double own = 0;
    for (std::size_t f = 0; f < d; ++f) own += centre[f * used + u] * direction[f];
    const double before = own;
    for (const auto& other : directions) {
      // other^T S direction = other^T (mean - middle).
      double shared = 0;
      for (std::size_t f = 0; f < d; ++f) shared += other[f] * centre[f * used + u];
      for (std::size_t f = 0; f < d; ++f) direction[f] -= shared * other[f];
      own -= shared * shared;
    }
    if (!(own > kSameDirection * before) || !(before > 0)) continue;
    for (double& value : direction) value /= std::sqrt(own);
    directions.push_back(std::move(direction));
  }
  std::vector<float> out;
  for (const auto& direction : directions) {
    for (const double value : direction) out.push_back(static_cast<float>(value));
  }
  return out;
}

}  // namespace learners
