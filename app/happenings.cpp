#include "app/happenings.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace app {

namespace {

constexpr double kLeast = 0.01;  ///< certainties are kept from 0 and 1, whose odds are endless
constexpr double kMost = 0.99;

double logOdds(double certainty) {
  const double p = std::clamp(certainty, kLeast, kMost);
  return std::log(p / (1 - p));
}

base::Time median(std::vector<base::Time> times) {
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

bool canJoin(const Happening& happening, const Sighting& sighting, const HappeningRules& rules) {
  const bool isSeen = std::any_of(happening.views.begin(), happening.views.end(),
                                  [&](const Sighting& v) { return v.source == sighting.source; });
  return !isSeen &&
         sighting.span.begin - happening.views.front().span.begin <= 2 * rules.clockError;
}

void conclude(Happening& happening) {
  std::vector<base::Time> begins;
  std::vector<base::Time> ends;
  std::map<std::string, double> odds;
  for (const Sighting& view : happening.views) {
    begins.push_back(view.span.begin);
    ends.push_back(view.span.end);
    odds[view.label] += logOdds(view.certainty);
  }
  happening.span.begin = median(std::move(begins));
  happening.span.end = std::max(happening.span.begin, median(std::move(ends)));
  const auto likeliest = std::max_element(
      odds.begin(), odds.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  happening.label = likeliest->first;
  happening.certainty = std::min(kMost, 1 / (1 + std::exp(-likeliest->second)));
}

}  // namespace

std::vector<Happening> happeningsOf(std::vector<Sighting> sightings, const HappeningRules& rules) {
  std::stable_sort(sightings.begin(), sightings.end(), [](const Sighting& a, const Sighting& b) {
    return a.span.begin < b.span.begin;
  });
  std::vector<Happening> all;
  for (Sighting& sighting : sightings) {
    const auto open = std::find_if(all.begin(), all.end(), [&](const Happening& happening) {
      return canJoin(happening, sighting, rules);
    });
    if (open != all.end()) {
      open->views.push_back(std::move(sighting));
    } else {
      all.push_back({.span = {}, .label = {}, .certainty = 0, .views = {std::move(sighting)}});
    }
  }
  for (Happening& happening : all) conclude(happening);
  std::stable_sort(all.begin(), all.end(), [](const Happening& a, const Happening& b) {
    return a.span.begin < b.span.begin;
  });
  return all;
}

}  // namespace app
