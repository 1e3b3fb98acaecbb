#pragma once
// Three axes of one sensor taken together, row by row: what Movement and BodyAxes start from.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sensors/extractors/signal.h"

namespace sensors {

using Vector = std::array<double, 3>;

double length(const Vector& v);
double apart(const Vector& a, const Vector& b);

/// The three axes row by row, and which rows are whole.
struct AxisRows {
  std::vector<Vector> values;
  std::vector<std::uint8_t> isThere;
  std::size_t count = 0;  ///< of whole rows
};

AxisRows rowsOf(std::span<const Signal> axes);

/// Mean of whole rows in [begin, end); false where there are none.
bool meanOf(const AxisRows& rows, std::size_t begin, std::size_t end, Vector& mean);

struct PrincipalAxes {
  Vector power{};                     ///< eigenvalues of the covariance, falling
  std::array<Vector, 3> direction{};  ///< of length 1; either sign
};

/// Of the whole rows about `mean`, by Jacobi rotations.
PrincipalAxes principalAxes(const AxisRows& rows, const Vector& mean);

}  // namespace sensors
