#pragma once
// WhatIf: what would be left of a model's answers in a noisier, darker, more echoing house, or with
// a sensor gone: the windows it was tested on are made so, features are computed anew, and the exam
// is sat again.

#include "app/dataset_builder.h"
#include "learners/exam.h"
#include "learners/interval.h"

namespace app {

enum class WhatIfKind {
  Noise,    ///< level: signal to noise ratio in dB
  Quieter,  ///< level: dB below what was recorded
  Room,     ///< level: reverberation time in seconds
  Dark,     ///< pictures; level: percent of the light that is left
  Blur,     ///< pictures; level: deviation of the blur in pixels
  Dropout,  ///< level: percent of the samples that do not arrive
  Lost,     ///< level: 1 = the source is silent
};

/// One condition, and how well it went.
struct WhatIfPoint {
  double level = 0;
  bool measured = false;  ///< as it was recorded, nothing changed
  learners::Interval all;                 ///< share of windows answered right, by demonstrations
  std::vector<learners::Interval> recall;  ///< [labels]; n = 0 where a label was not asked about
};

/// One way in which a house can differ, from as it was recorded to worst.
struct WhatIfResult {
  WhatIfKind kind = WhatIfKind::Noise;
  std::string source;  ///< Lost: which; else empty: all that it can happen to
  std::vector<WhatIfPoint> points;
};

struct WhatIfOptions {
  std::size_t mostUnits = 120;  ///< demonstrations asked about, labels alike
  std::uint64_t seed = 1;
};

/// `data` is what `exam` was prepared with, built by `builder` from `settings`. Kinds that no source
/// can suffer are left out. Equal input gives equal output. Errors: as DatasetBuilder; Cancelled.
base::Result<std::vector<WhatIfResult>> whatIf(DatasetBuilder& builder,
                                               const TaskSettings& settings,
                                               const std::vector<sensors::SourceInfo>& sources,
                                               const learners::Exam& exam,
                                               const learners::Dataset& data,
                                               const learners::TrainingContext& context,
                                               const WhatIfOptions& options = {});

/// Sound as it arrives in a room with that reverberation time (-60 dB), by four parallel comb and
/// two all-pass filters (Schroeder, Natural Sounding Artificial Reverberation, JAES 10, 1962), half
/// direct and half reverberant, of equal power. Other windows come back as they are. Thread-safe.
sensors::Window inRoom(const sensors::Window& window, double seconds);

/// A picture with `share` of its light, [0.001, 1]. A camera's as sensors::changed() makes it darker; a
/// small one of numbers darker, and with the noise of a sensor that has less to
/// go by (a thousandth of full range times one over the square root of the light). Other windows
/// come back as they are. Thread-safe.
sensors::Window inTheDark(const sensors::Window& window, double share);
/// A picture out of focus by a Gaussian of `deviation` pixels; small ones by three box blurs, which
/// are close to it. Other windows come back as they are.
sensors::Window blurred(const sensors::Window& window, double deviation);

/// `window` with bursts of samples missing: stretches of a hundredth of the window or 20 ms, the
/// longer, are dropped with chance `share`. Equal arguments give equal values. Thread-safe.
sensors::Window withDropout(const sensors::Window& window, double share, std::uint64_t seed);

}  // namespace app
