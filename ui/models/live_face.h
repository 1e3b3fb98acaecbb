#pragma once
// LiveFace: how large the answer on the wall is written, and when a screen reader says it. Plain
// values; the Live page draws them.

#include <QString>
#include <QStringList>
#include <functional>

#include "sensors/base/time.h"

namespace ui {

/// Logical pixels that are `millimetres` high on a screen of `dotsPerInch`. A screen that does not
/// know its size (below 50 or above 500) counts as 96.
double pixelsOf(double millimetres, double dotsPerInch);

/// A text in lines that fit, all in one size.
struct FittedText {
  QStringList lines;
  double scale = 1;  ///< of the least size
};

/// Fits `text` into `width`: on one line as large as `mostScale` allows, else broken at words at the
/// least size; below that only where a single word is wider than `width`. `widthOf` measures at the
/// least size (scale 1).
FittedText fitText(const QString& text, double width, double mostScale,
                   const std::function<double(const QString&)>& widthOf);

/// Says each new text once, and never two within three seconds: what changes meanwhile is said when
/// they are over, if it still holds.
class LiveSpeech {
 public:
  static constexpr base::Duration kPause = std::chrono::seconds(3);

  /// True where `text` is to be said now. Call often.
  bool due(const QString& text, base::Time now);

 private:
  QString said_;
  base::Time at_;
  bool any_ = false;
};

}  // namespace ui
