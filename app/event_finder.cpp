#include "app/event_finder.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace app {
namespace {

constexpr std::size_t kKnot = 50;       // steps between two looks at the background
constexpr std::size_t kReach = 1200;    // steps of background to each side
constexpr float kLeastDecibels = 1.0F;  // a background is never known better than this
constexpr float kLeastShare = 0.1F;     // nor than this share of what a level can do
constexpr float kMost = 8;              // deviations; beyond, more says no more
constexpr std::size_t kSecond = 10;     // steps
constexpr float kLeastWeight = 0.01F;   // of a number that wanders
constexpr float kChance = 0.8F;         // mean deviation that says nothing
constexpr std::size_t kFlank = 30;      // steps of neighbourhood
constexpr double kSame = 0.2;           // overlap from which two stretches are one event
constexpr std::size_t kMostDims = 64;
constexpr std::size_t kCoarse = 2;     // steps
constexpr std::size_t kLongest = 600;  // steps
constexpr float kLeastSum = 8;         // below this nothing happened
constexpr double kUnknownUsual = 6;    // seconds
constexpr double kLeastPause = 1;      // seconds between parts of one event
constexpr double kMostPause = 5;
constexpr float kLeastPart = 0.02F;  // of the strongest part
constexpr double kForgotten = 60;    // seconds: at this age it is half as likely meant
constexpr double kSaidAlready = 0.05;
constexpr double kUnfinished = 0.4;  // begins before or goes on after what is remembered
constexpr std::size_t kMostFound = 16;

float medianOf(std::vector<float>& values) {
  if (values.empty()) return 0;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// How much a step of `residual` says: less where it wanders, so that neighbours say the same.
/// For white noise the median change within a second is sqrt(2) median deviations.
float weightOf(const ActivityTrack& track, const std::vector<float>& residual, float deviation) {
  std::vector<float> changes;
  for (std::size_t s = kSecond; s < residual.size(); ++s) {
    if (track.known[s] != 0 && track.known[s - kSecond] != 0) {
      changes.push_back(std::abs(residual[s] - residual[s - kSecond]));
    }
  }
  const float ratio = medianOf(changes) / (1.4142F * deviation);
  return std::clamp(ratio * ratio, kLeastWeight, 1.F);
}

struct Deviations {
  std::vector<float> sizes;  ///< [steps], of the number from its background; 0 where unknown
  float weight = 1;          ///< how much a step says
};

Deviations deviations(const ActivityTrack& track, std::size_t dim) {
  const std::size_t steps = track.steps();
  std::vector<float> residual(steps), around, sizes;
  float lowest = 0, highest = 0, median = 0;
  bool any = false;
  for (std::size_t s = 0; s < steps; ++s) {
    if (s % kKnot == 0) {
      around.clear();
      for (std::size_t i = s > kReach ? s - kReach : 0; i < std::min(steps, s + kKnot + kReach);
           ++i) {
        if (track.known[i] != 0) around.push_back(track.at(i, dim));
      }
      median = medianOf(around);
    }
    if (track.known[s] == 0) continue;
    const float value = track.at(s, dim);
    lowest = any ? std::min(lowest, value) : value;
    highest = any ? std::max(highest, value) : value;
    any = true;
    residual[s] = value - median;
    sizes.push_back(std::abs(residual[s]));
  }
  const bool loudness = dim < track.rising;
  const float least = loudness ? kLeastDecibels : kLeastShare * (highest - lowest);
  const float deviation = medianOf(sizes);
  const float scale = std::max({1.4826F * deviation, least, 1e-9F});
  const bool wanders = 1.4826F * deviation >= least && deviation > 0;
  const float weight = wanders ? weightOf(track, residual, deviation) : 1.F;
  for (float& value : residual) {
    value = std::clamp(value / scale, loudness ? 0.F : -kMost, kMost);
  }
  return {std::move(residual), weight};
}

/// Sums of deviations from the beginning, all numbers of a step side by side.
class Sums {
 public:
  explicit Sums(const std::vector<ActivityTrack>& tracks) {
    for (const ActivityTrack& track : tracks) steps_ = std::max(steps_, track.steps());
    std::vector<Deviations> all;
    for (const ActivityTrack& track : tracks) {
      if (track.steps() != steps_) continue;
      for (std::size_t dim = 0; dim < track.dims && all.size() < kMostDims; ++dim) {
        all.push_back(deviations(track, dim));
      }
    }
    dims_ = all.size();
    for (const Deviations& one : all) weights_.push_back(one.weight);
    sums_.assign((steps_ + 1) * dims_, 0);
    for (std::size_t s = 0; s < steps_; ++s) {
      for (std::size_t d = 0; d < dims_; ++d) {
        sums_[(s + 1) * dims_ + d] = sums_[s * dims_ + d] + all[d].sizes[s];
      }
    }
  }

  std::size_t steps() const { return steps_; }
  /// n sum_d weight_d max(0, c_d - chance)^2: how much [begin, end) stands out. c_d is by how much
  /// its mean leaves the background and both neighbourhoods, all on the same side. Beyond what is
  /// remembered is background.
  float over(std::size_t begin, std::size_t end) const {
    const float n = static_cast<float>(end - begin);
    const std::size_t left = begin - std::min(begin, kFlank);
    const std::size_t right = std::min(steps_, end + kFlank);
    const float* at[] = {&sums_[left * dims_], &sums_[begin * dims_], &sums_[end * dims_],
                         &sums_[right * dims_]};
    const float before = 1 / static_cast<float>(std::max<std::size_t>(1, begin - left));
    const float after = 1 / static_cast<float>(std::max<std::size_t>(1, right - end));
    float sum = 0;
    for (std::size_t d = 0; d < dims_; ++d) {
      const float mean = (at[2][d] - at[1][d]) / n;
      const float fromLeft = mean - (at[1][d] - at[0][d]) * before;
      const float fromRight = mean - (at[3][d] - at[2][d]) * after;
      const bool up = mean > 0 && fromLeft > 0 && fromRight > 0;
      const bool down = mean < 0 && fromLeft < 0 && fromRight < 0;
      const float contrast =
          up || down ? std::min({std::abs(mean), std::abs(fromLeft), std::abs(fromRight)}) : 0;
      const float more = std::max(0.F, contrast - kChance);
      sum += weights_[d] * more * more;
    }
    return n * sum;
  }

 private:
  std::size_t steps_ = 0;
  std::size_t dims_ = 0;
  std::vector<float> weights_;  ///< [dims]
  std::vector<float> sums_;     ///< [steps + 1 x dims]
};

/// Mean share of the label in what was heard during `span`, or nothing where nothing was.
std::optional<double> shareIn(const std::vector<HeardShare>& heard, const base::TimeSpan& span) {
  double sum = 0, weight = 0;
  for (const HeardShare& one : heard) {
    const double inside = base::toSeconds(base::intersection(one.span, span).length());
    if (inside <= 0) continue;
    sum += inside * one.share;
    weight += inside;
  }
  return weight > 0 ? std::optional(sum / weight) : std::nullopt;
}

/// How likely a stretch is meant, for what it is besides strong.
double priorOf(const EventQuestion& question, const base::TimeSpan& span) {
  const double age = base::toSeconds(question.span.end - span.end);
  const double usual = question.usual.count() > 0 ? base::toSeconds(question.usual) : kUnknownUsual;
  const double ratio = std::log(base::toSeconds(span.length()) / usual);
  double prior = (0.1 + std::exp(-ratio * ratio / 2)) / (1 + std::max(0.0, age) / kForgotten);
  if (span.begin <= question.span.begin || span.end >= question.span.end) prior *= kUnfinished;
  if (const auto share = shareIn(question.heard, span)) prior *= 0.05 + *share;
  for (const base::TimeSpan& said : question.said) {
    const double shared = base::toSeconds(base::intersection(said, span).length());
    if (shared > 0.5 * base::toSeconds(span.length())) prior *= kSaidAlready;
  }
  return prior;
}

struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
  float strength = 0;
};

base::TimeSpan spanOf(const EventQuestion& question, std::size_t begin, std::size_t end) {
  return {question.span.begin + kActivityStep * static_cast<std::int64_t>(begin),
          question.span.begin + kActivityStep * static_cast<std::int64_t>(end)};
}

/// Shared part of what both cover.
double overlapOf(const Stretch& a, const Stretch& b) {
  const std::size_t begin = std::max(a.begin, b.begin), end = std::min(a.end, b.end);
  if (end <= begin) return 0;
  const auto shared = static_cast<double>(end - begin);
  return shared / (static_cast<double>(a.end - a.begin + b.end - b.begin) - shared);
}

/// The best end for each begin, strongest first.
std::vector<Stretch> stretches(const Sums& sums) {
  std::vector<Stretch> all;
  for (std::size_t begin = 0; begin + kCoarse <= sums.steps(); begin += kCoarse) {
    Stretch best{.strength = kLeastSum};
    const std::size_t last = std::min(sums.steps(), begin + kLongest);
    for (std::size_t end = begin + kCoarse; end <= last; end += kCoarse) {
      const float strength = sums.over(begin, end);
      if (strength > best.strength) best = {begin, end, strength};
    }
    if (best.end > 0) all.push_back(best);
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& a, const auto& b) { return a.strength > b.strength; });
  return all;
}

/// Joins what is apart by a pause only, but not a whisper to a bang.
std::vector<Stretch> joined(std::vector<Stretch> apart, std::size_t pause) {
  std::sort(apart.begin(), apart.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  std::vector<Stretch> whole;
  for (const Stretch& part : apart) {
    if (!whole.empty()) {
      Stretch& last = whole.back();
      const bool near = part.begin - std::min(part.begin, last.end) <= pause &&
                        part.end > last.end && (part.begin + kCoarse >= last.end);
      const bool alike = std::min(part.strength, last.strength) >=
                         kLeastPart * std::max(part.strength, last.strength);
      if (near && alike) {
        last.end = std::max(last.end, part.end);
        last.strength += part.strength;
        continue;
      }
    }
    whole.push_back(part);
  }
  return whole;
}

/// Moves both ends by single steps to where most of the event is inside.
Stretch refined(const Stretch& coarse, const Sums& sums) {
  Stretch best = coarse;
  float most = 0;
  for (std::size_t begin = coarse.begin - std::min(coarse.begin, kCoarse - 1);
       begin < std::min(coarse.end, coarse.begin + kCoarse); ++begin) {
    for (std::size_t end = std::max(begin + 1, coarse.end - (kCoarse - 1));
         end < std::min(sums.steps() + 1, coarse.end + kCoarse); ++end) {
      const float strength = sums.over(begin, end);
      if (strength <= most) continue;
      most = strength;
      best.begin = begin;
      best.end = end;
    }
  }
  return best;
}

}  // namespace

std::vector<FoundEvent> findEvents(const EventQuestion& question) {
  const Sums sums(question.tracks);
  std::vector<Stretch> apart;
  for (const Stretch& coarse : stretches(sums)) {
    const bool taken = std::any_of(apart.begin(), apart.end(), [&](const Stretch& other) {
      return overlapOf(coarse, other) > kSame;
    });
    if (!taken) apart.push_back(refined(coarse, sums));
  }
  const double usual = question.usual.count() > 0 ? base::toSeconds(question.usual) : kUnknownUsual;
  const auto pause = static_cast<std::size_t>(std::clamp(usual / 3, kLeastPause, kMostPause) /
                                              base::toSeconds(kActivityStep));
  std::vector<FoundEvent> found;
  for (const Stretch& whole : joined(std::move(apart), pause)) {
    const base::TimeSpan span = spanOf(question, whole.begin, whole.end);
    found.push_back({span, std::sqrt(whole.strength) * priorOf(question, span)});
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  if (found.size() > kMostFound) found.resize(kMostFound);
  return found;
}

}  // namespace app
