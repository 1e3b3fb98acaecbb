#pragma once
// Pooling: how the probabilities of several members become one. Eq. 5 adds them; multiplying
// listens more to a member that rules a label out. Which is better is found on held-out rows.

#include <cstdint>
#include <span>
#include <string_view>

namespace learners {

/// A weighted power mean over members, scaled to sum 1 over labels:
///   p_l ~ ( sum_m w_m p_ml^r )^(1/r)
enum class Pooling : std::uint8_t {
  Arithmetic,  ///< r = 1: Eq. 5, the linear opinion pool
  Root,        ///< r = 1/2, between the two
  Geometric,   ///< r -> 0: the logarithmic opinion pool (Genest and Zidek, Combining Probability
               ///< Distributions, Statistical Science 1986); a chance below 1e-4 counts as 1e-4
};
inline constexpr int kPoolings = 3;
/// "arithmetic", "root", "geometric"
std::string_view toText(Pooling pooling);

/// `p` [members x labels] -> out [labels]. Weights sum to 1. Does not allocate.
void pool(Pooling pooling, std::span<const float> p, std::span<const float> weights,
          std::span<float> out);

}  // namespace learners
