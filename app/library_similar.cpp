#include "app/library_similar.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace app {

namespace {

using Row = std::vector<float>;

constexpr float kAlike = 0.5F;  // of the usual distance

struct Scale {
  Row mean, deviation;
};

Scale scaleOf(const std::vector<RecordingOfFrames>& all) {
  std::vector<double> sum, squares, n;
  for (const RecordingOfFrames& part : all) {
    for (const sensors::FramePtr& frame : part.frames) {
      const std::size_t count = frame->values.size();
      sum.resize(count);
      squares.resize(count);
      n.resize(count);
      for (std::size_t f = 0; f < count; ++f) {
        if (!frame->missing.empty() && frame->missing[f]) continue;
        const double v = frame->values[f];
        sum[f] += v;
        squares[f] += v * v;
        n[f] += 1;
      }
    }
  }
  Scale scale;
  for (std::size_t f = 0; f < sum.size(); ++f) {
    const double mean = n[f] > 0 ? sum[f] / n[f] : 0;
    const double variance = n[f] > 0 ? squares[f] / n[f] - mean * mean : 0;
    scale.mean.push_back(static_cast<float>(mean));
    scale.deviation.push_back(static_cast<float>(std::sqrt(std::max(0.0, variance))));
  }
  return scale;
}

/// The standardised mean of frames [first, first + count).
Row meanRow(const RecordingOfFrames& part, std::size_t first, std::size_t count,
            const Scale& scale) {
  Row row(scale.mean.size(), 0);
  for (std::size_t i = first; i < first + count; ++i) {
    const sensors::Frame& frame = *part.frames[i];
    for (std::size_t f = 0; f < row.size(); ++f) {
      const bool missing = !frame.missing.empty() && frame.missing[f];
      if (missing || scale.deviation[f] <= 1e-9F) continue;
      row[f] += (frame.values[f] - scale.mean[f]) / scale.deviation[f];
    }
  }
  for (float& value : row) value /= static_cast<float>(count);
  return row;
}

float distance(const Row& a, const Row& b) {
  double sum = 0;
  for (std::size_t f = 0; f < a.size(); ++f) sum += (a[f] - b[f]) * (a[f] - b[f]);
  return a.empty() ? 0 : static_cast<float>(std::sqrt(sum / static_cast<double>(a.size())));
}

struct Candidate {
  SimilarSpan found;
  std::size_t part = 0;
  std::size_t first = 0;
};

/// Marks those that differ most: the nearest first, then always the farthest from all marked.
void markTelling(std::vector<SimilarSpan>& spans, const std::vector<Row>& rows, std::size_t count) {
  if (spans.empty()) return;
  std::vector<float> nearest(spans.size(), std::numeric_limits<float>::infinity());
  std::size_t next = 0;
  for (std::size_t k = 0; k < std::min(count, spans.size()); ++k) {
    spans[next].telling = true;
    for (std::size_t i = 0; i < spans.size(); ++i) {
      nearest[i] = std::min(nearest[i], distance(rows[i], rows[next]));
    }
    next = static_cast<std::size_t>(std::max_element(nearest.begin(), nearest.end()) -
                                    nearest.begin());
  }
}

}  // namespace

std::vector<SimilarSpan> similarSpans(const std::vector<RecordingOfFrames>& all,
                                      const base::TimeSpan& span, std::int64_t recording,
                                      std::size_t most, std::size_t telling) {
  const Scale scale = scaleOf(all);
  const RecordingOfFrames* home = nullptr;
  std::size_t first = 0, count = 0;
  for (const RecordingOfFrames& part : all) {
    if (part.recording != recording) continue;
    home = &part;
    for (std::size_t i = 0; i < part.frames.size(); ++i) {
      const base::TimeSpan& at = part.frames[i]->span;
      const base::Time middle = at.begin + at.length() / 2;
      if (!span.contains(middle)) continue;
      if (count == 0) first = i;
      ++count;
    }
  }
  if (home == nullptr || count == 0) return {};
  const Row wanted = meanRow(*home, first, count, scale);

  std::vector<Candidate> candidates;
  std::vector<float> distances;
  const std::size_t step = std::max<std::size_t>(1, count / 4);
  for (std::size_t p = 0; p < all.size(); ++p) {
    for (std::size_t i = 0; i + count <= all[p].frames.size(); i += step) {
      const float far = distance(meanRow(all[p], i, count, scale), wanted);
      distances.push_back(far);
      const base::TimeSpan reach{all[p].frames[i]->span.begin,
                                 all[p].frames[i + count - 1]->span.end};
      const base::Time begin = reach.begin + (reach.length() - span.length()) / 2;
      candidates.push_back(
          {{.span = {begin, begin + span.length()}, .recording = all[p].recording, .distance = far},
           p,
           i});
    }
  }
  if (candidates.empty()) return {};
  const auto half = distances.begin() + std::ssize(distances) / 2;
  std::nth_element(distances.begin(), half, distances.end());
  const float limit = kAlike * *half;
  std::sort(candidates.begin(), candidates.end(),
            [](const auto& a, const auto& b) { return a.found.distance < b.found.distance; });

  std::vector<SimilarSpan> found;
  std::vector<Row> rows;
  for (const Candidate& candidate : candidates) {
    if (candidate.found.distance > limit || found.size() >= most) break;
    const auto meets = [&](const SimilarSpan& other) {
      return other.recording == candidate.found.recording &&
             other.span.overlaps(candidate.found.span);
    };
    const bool itself =
        candidate.found.recording == recording && candidate.found.span.overlaps(span);
    if (itself || std::any_of(found.begin(), found.end(), meets)) continue;
    found.push_back(candidate.found);
    rows.push_back(meanRow(all[candidate.part], candidate.first, count, scale));
  }
  markTelling(found, rows, telling);
  return found;
}

}  // namespace app
