#include "sensors/extractors/axes.h"

#include <algorithm>
#include <cmath>

namespace sensors {

double length(const Vector& v) { return std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]); }

double apart(const Vector& a, const Vector& b) {
  return length({a[0] - b[0], a[1] - b[1], a[2] - b[2]});
}

AxisRows rowsOf(std::span<const Signal> axes) {
  AxisRows rows;
  rows.values.resize(axes[0].values.size());
  rows.isThere.assign(rows.values.size(), 1);
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    for (std::size_t a = 0; a < 3; ++a) {
      rows.values[i][a] = axes[a].values[i];
      if (!axes[a].missing.empty() && axes[a].missing[i]) rows.isThere[i] = 0;
    }
    rows.count += rows.isThere[i];
  }
  return rows;
}

bool meanOf(const AxisRows& rows, std::size_t begin, std::size_t end, Vector& mean) {
  mean = {};
  double n = 0;
  for (std::size_t i = begin; i < end; ++i) {
    if (!rows.isThere[i]) continue;
    for (std::size_t a = 0; a < 3; ++a) mean[a] += rows.values[i][a];
    n += 1;
  }
  for (double& value : mean) value /= std::max(n, 1.0);
  return n > 0;
}

PrincipalAxes principalAxes(const AxisRows& rows, const Vector& mean) {
  using Matrix = std::array<Vector, 3>;
  Matrix c{};
  for (std::size_t i = 0; i < rows.values.size(); ++i) {
    if (!rows.isThere[i]) continue;
    for (std::size_t a = 0; a < 3; ++a) {
      for (std::size_t b = 0; b < 3; ++b) {
        c[a][b] += (rows.values[i][a] - mean[a]) * (rows.values[i][b] - mean[b]) /
                   static_cast<double>(rows.count);
      }
    }
  }
  Matrix v{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};  // columns are directions
  constexpr std::pair<std::size_t, std::size_t> kPlanes[] = {{0, 1}, {0, 2}, {1, 2}};
  for (int sweep = 0; sweep < 8; ++sweep) {
    for (const auto& [p, q] : kPlanes) {
      if (std::abs(c[p][q]) < 1e-300) continue;
      const double angle = 0.5 * std::atan2(2 * c[p][q], c[p][p] - c[q][q]);
      const double cosine = std::cos(angle);
      const double sine = std::sin(angle);
      for (std::size_t k = 0; k < 3; ++k) {
        const double kp = c[k][p];
        c[k][p] = cosine * kp + sine * c[k][q];
        c[k][q] = cosine * c[k][q] - sine * kp;
        const double vp = v[k][p];
        v[k][p] = cosine * vp + sine * v[k][q];
        v[k][q] = cosine * v[k][q] - sine * vp;
      }
      for (std::size_t k = 0; k < 3; ++k) {
        const double pk = c[p][k];
        c[p][k] = cosine * pk + sine * c[q][k];
        c[q][k] = cosine * c[q][k] - sine * pk;
      }
    }
  }
  std::array<std::size_t, 3> order{0, 1, 2};
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return c[a][a] > c[b][b]; });
  PrincipalAxes made;
  for (std::size_t a = 0; a < 3; ++a) {
    made.power[a] = std::max(0.0, c[order[a]][order[a]]);
    for (std::size_t k = 0; k < 3; ++k) made.direction[a][k] = v[k][order[a]];
  }
  return made;
}

}  // namespace sensors
