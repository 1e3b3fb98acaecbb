#include "app/library_events.h"

#include <algorithm>
#include <cmath>

namespace app {

namespace {

float middle(std::vector<float>& values) {
  const auto half = values.begin() + std::ssize(values) / 2;
  std::nth_element(values.begin(), half, values.end());
  return *half;
}

bool isActive(const std::vector<std::vector<float>>& activity, std::size_t column) {
  return std::any_of(activity.begin(), activity.end(), [&](const std::vector<float>& channel) {
    return column < channel.size() && channel[column] > 0;
  });
}

}  // namespace

std::vector<float> activityOf(std::span<const sensors::EnvelopeColumn> columns) {
  std::vector<float> activity(columns.size(), 0);
  std::vector<float> widths, middles;
  for (const auto& column : columns) {
    if (column.isEmpty()) continue;
    widths.push_back(column.max - column.min);
    middles.push_back((column.max + column.min) / 2);
  }
  if (widths.size() < 3) return activity;
  const float usualWidth = middle(widths);
  const float usual = middle(middles);
  float most = 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].isEmpty()) continue;
    const float away = 2 * std::abs((columns[i].max + columns[i].min) / 2 - usual);
    activity[i] = std::max(columns[i].max - columns[i].min, away);
    most = std::max(most, activity[i]);
  }
  const float least = std::max(0.2F * most, 3 * usualWidth);
  for (float& value : activity) value = most > 0 && value > least ? value / most : 0;
  return activity;
}

std::vector<base::TimeSpan> eventsIn(const std::vector<std::vector<float>>& activity,
                                     const base::TimeSpan& span, base::Duration bridge,
                                     base::Duration least) {
  std::vector<base::TimeSpan> events;
  std::size_t n = 0;
  for (const auto& channel : activity) n = std::max(n, channel.size());
  const double column =
      n == 0 ? 0 : static_cast<double>(span.length().count()) / static_cast<double>(n);
  const auto timeOf = [&](std::size_t i) {
    return span.begin +
           base::Duration(static_cast<std::int64_t>(column * static_cast<double>(i) + 0.5));
  };
  for (std::size_t i = 0; i < n; ++i) {
    if (!isActive(activity, i)) continue;
    const base::TimeSpan here{timeOf(i), timeOf(i + 1)};
    if (!events.empty() && here.begin - events.back().end < bridge) {
      events.back().end = here.end;
    } else {
      events.push_back(here);
    }
  }
  std::erase_if(events, [&](const base::TimeSpan& e) { return e.length() < least; });
  return events;
}

base::TimeSpan trimmedTo(const base::TimeSpan& span,
                         const std::vector<std::vector<float>>& activity,
                         const base::TimeSpan& around) {
  const auto found = eventsIn(activity, around, base::Duration{0}, base::Duration{0});
  base::TimeSpan trimmed{span.end, span.begin};
  for (const base::TimeSpan& event : found) {
    const base::TimeSpan part = base::intersection(event, span);
    if (part.isEmpty()) continue;
    trimmed.begin = std::min(trimmed.begin, part.begin);
    trimmed.end = std::max(trimmed.end, part.end);
  }
  return trimmed.isEmpty() ? span : trimmed;
}

}  // namespace app
