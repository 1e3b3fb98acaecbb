#pragma once
// Coverage: how many answers are left, and how many of those are right, when unsure ones are kept
// back; and the limit of certainty that keeps a promise. The selective classification of El-Yaniv
// and Wiener, On the Foundations of Noise-free Selective Classification, JMLR 11 (2010).

#include <cstdint>
#include <span>
#include <vector>

namespace learners {

/// What is left when answers with less certainty than `limit` are kept back.
struct CoveragePoint {
  float limit = 0;
  double coverage = 0;  ///< share of all answers that are given, [0, 1]
  double accuracy = 0;  ///< share of those given that are right, [0, 1]
  std::size_t given = 0;
};

/// A limit above every certainty: no answer of that label can keep the promise.
inline constexpr float kNeverSure = 2;

/// From few sure answers to all of them: coverage rises from point to point, and the last point
/// gives every answer. `certainty`, `right` [rows]. Rows of equal certainty are one point; of more
/// than `most` points those nearest to even steps of coverage are kept, with the last.
std::vector<CoveragePoint> coverageCurve(std::span<const float> certainty,
                                         std::span<const std::uint8_t> right,
                                         std::size_t most = 101);

/// The lowest limit for which answers at or above it are right at least as often as
/// `targetAccuracy`; kNeverSure where there is none.
float limitFor(double targetAccuracy, std::span<const float> certainty,
               std::span<const std::uint8_t> right);

/// As limitFor(), for each label by itself. `said` [rows] is the label of each answer. A label that
/// was said less than `least` times takes the limit of all labels together. [labels]
std::vector<float> limitsFor(double targetAccuracy, std::span<const float> certainty,
                             std::span<const std::uint8_t> right, std::span<const int> said,
                             std::size_t labels, std::size_t least = 20);

}  // namespace learners
