#include "ui/models/live_face.h"

#include <algorithm>

namespace ui {

double pixelsOf(double millimetres, double dotsPerInch) {
  constexpr double kMillimetresPerInch = 25.4;
  const bool known = dotsPerInch >= 50 && dotsPerInch <= 500;
  return millimetres / kMillimetresPerInch * (known ? dotsPerInch : 96);
}

FittedText fitText(const QString& text, double width, double mostScale,
                   const std::function<double(const QString&)>& widthOf) {
  const double whole = widthOf(text);
  if (whole <= 0 || whole <= width) {
    return {{text}, whole > 0 ? std::clamp(width / whole, 1.0, mostScale) : 1.0};
  }
  FittedText fitted;
  double widest = 0;
  QString line;
  for (const QString& word : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
    const QString longer = line.isEmpty() ? word : line + QLatin1Char(' ') + word;
    if (!line.isEmpty() && widthOf(longer) > width) {
      fitted.lines << line;
      line = word;
    } else {
      line = longer;
    }
    widest = std::max(widest, widthOf(line));
  }
  fitted.lines << line;
  fitted.scale = widest > width ? width / widest : 1.0;
  return fitted;
}

bool LiveSpeech::due(const QString& text, base::Time now) {
  if ((any_ && text == said_) || (any_ && now - at_ < kPause)) {
    return false;
  }
  said_ = text;
  at_ = now;
  any_ = true;
  return true;
}

}  // namespace ui
