#include "sensors/gap_fill.h"

#include <algorithm>

namespace sensors {

namespace {

bool isEven(const SourceInfo& source) {
  return source.rate > 0 && source.kind != SourceKind::Slow;
}

}  // namespace

Fill usualFill(const SourceInfo& source) { return isEven(source) ? Fill::Missing : Fill::Hold; }

std::vector<Fill> fillsOf(const SourceInfo& source) {
  if (source.kind == SourceKind::Picture || source.kind == SourceKind::Features) return {};
  if (isEven(source)) return {Fill::Missing, Fill::Hold, Fill::Interpolate};
  return {Fill::Hold, Fill::Missing};
}

std::vector<Fill> fillPerChannel(const SourceInfo& source, const FillChoice& choice) {
  const std::vector<Fill> possible = fillsOf(source);
  std::vector<Fill> all;
  for (const Channel& channel : source.channels) {
    const auto chosen = choice.find(channel.id);
    const bool isPossible =
        chosen != choice.end() &&
        std::find(possible.begin(), possible.end(), chosen->second) != possible.end();
    all.push_back(isPossible ? chosen->second : usualFill(source));
  }
  return all;
}

std::size_t fillGaps(Samples& samples, const std::vector<Fill>& fill,
                     const std::vector<std::optional<float>>& before) {
  std::size_t filled = 0;
  if (samples.missing.empty()) return filled;
  const std::size_t channels = samples.channels;
  for (std::size_t c = 0; c < std::min(channels, fill.size()); ++c) {
    if (fill[c] == Fill::Missing) continue;
    std::optional<float> last = c < before.size() ? before[c] : std::nullopt;
    std::size_t lastRow = 0;
    bool isInside = false;  // `last` stands in a row of the window, so a line can begin there
    for (std::size_t row = 0; row < samples.rows;) {
      if (!samples.isMissing(row, c)) {
        last = samples.at(row, c);
        lastRow = row++;
        isInside = true;
        continue;
      }
      std::size_t end = row;
      while (end < samples.rows && samples.isMissing(end, c)) ++end;
      const bool isLine = fill[c] == Fill::Interpolate && isInside && end < samples.rows;
      for (; row < end; ++row) {
        if (!last) continue;
        float value = *last;
        if (isLine) {
          const double share =
              static_cast<double>(row - lastRow) / static_cast<double>(end - lastRow);
          value += static_cast<float>(share * (static_cast<double>(samples.at(end, c)) - *last));
        }
        samples.values[row * channels + c] = value;
        samples.missing[row * channels + c] = 0;
        ++filled;
      }
    }
  }
  if (std::find(samples.missing.begin(), samples.missing.end(), 1) == samples.missing.end()) {
    samples.missing.clear();
  }
  return filled;
}

std::string toText(Fill fill) {
  switch (fill) {
    case Fill::Hold:
      return "hold";
    case Fill::Interpolate:
      return "interpolate";
    case Fill::Missing:
      break;
  }
  return "missing";
}

std::optional<Fill> fillFrom(const std::string& text) {
  for (const Fill fill : {Fill::Missing, Fill::Hold, Fill::Interpolate}) {
    if (toText(fill) == text) return fill;
  }
  return std::nullopt;
}

std::string toText(const FillChoice& choice) {
  std::string text;
  for (const auto& [channel, fill] : choice) {
    text += (text.empty() ? "" : ",") + channel + "=" + toText(fill);
  }
  return text;
}

}  // namespace sensors
