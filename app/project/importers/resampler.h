#pragma once
// Resampling of a whole recording by a rational factor, with a windowed-sinc filter.

#include <span>
#include <vector>

namespace app {

/// `input` at rate `from` as it would have been sampled at rate `to`; sample 0 stays where it is.
/// [round up(n x to / from)]. Both rates > 0, their ratio within 1/64 .. 64.
///   y(m) = sum_k x(k) h(m from/to - k),  h(t) = c sinc(c t) w(t / T),
/// with c = 0.95 min(1, to/from), w the Kaiser window of beta 9 (stop band below -90 dB) and
/// T = 24 / min(1, to/from) input samples. One filter per fractional position; ratios that need
/// more than 1024 of them are rounded to the nearest that does not (an error below 1e-6).
std::vector<float> resampled(std::span<const float> input, double from, double to);

}  // namespace app
