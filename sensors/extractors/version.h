#pragma once
// The version of what our extractors give.

namespace sensors {

/// Raised when an extractor we ship gives other features than before. Part of what names a model's
/// lessons, so that a model of other features is trained anew instead of waiting for frames that no
/// longer come.
inline constexpr int kFeaturesVersion = 3;

}  // namespace sensors
