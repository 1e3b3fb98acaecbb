#include "learners/smoother.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <map>

#include "learners/schema_bytes.h"

namespace learners {
namespace {

constexpr double kUnseen = 0.5;  // times that any label was seen to follow any other, to begin with
constexpr float kLeastShare = 1e-6F;
constexpr base::Duration kApart = std::chrono::minutes(1);  // rows so far apart are no neighbours

/// Measured rows of each recording in order of time.
std::map<std::int64_t, std::vector<std::size_t>> inOrder(const Dataset& data) {
  const DatasetContent& content = data.content();
  std::map<std::int64_t, std::vector<std::size_t>> recordings;
  for (std::size_t i = 0; i < data.rows(); ++i) {
    if (!data.isCopy(i)) recordings[content.group[i]].push_back(i);
  }
  if (content.span.empty()) return recordings;
  for (auto& [name, rows] : recordings) {
    std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) {
      return content.span[a].begin < content.span[b].begin;
    });
  }
  return recordings;
}

}  // namespace

Transitions Transitions::byDwell(std::size_t labels, base::Duration dwell, base::Duration hop) {
  assert(labels > 0 && hop.count() > 0);
  Transitions made;
  made.labels_ = labels;
  made.prior_.assign(labels, 1 / static_cast<float>(labels));
  const float even = 1 / static_cast<float>(labels);
  const auto leaves = static_cast<float>(base::toSeconds(hop) / base::toSeconds(dwell));
  const float stays = labels < 2 ? 1 : std::max(even, 1 - leaves);
  const float other = labels < 2 ? 0 : (1 - stays) / static_cast<float>(labels - 1);
  made.chance_.assign(labels * labels, other);
  for (std::size_t c = 0; c < labels; ++c) made.chance_[c * labels + c] = stays;
  return made;
}

Transitions Transitions::learnt(const Dataset& data) {
  const std::size_t labels = data.labelCount();
  std::vector<double> count(labels * labels, kUnseen);
  const auto& span = data.content().span;
  for (const auto& [name, rows] : inOrder(data)) {
    for (std::size_t i = 1; i < rows.size(); ++i) {
      const bool apart = !span.empty() && span[rows[i]].begin - span[rows[i - 1]].end > kApart;
      if (!apart) count[data.label(rows[i - 1]) * labels + data.label(rows[i])] += 1;
    }
  }
  Transitions made;
  made.labels_ = labels;
  made.chance_.resize(labels * labels);
  for (std::size_t from = 0; from < labels; ++from) {
    double sum = 0;
    for (std::size_t to = 0; to < labels; ++to) sum += count[from * labels + to];
    for (std::size_t to = 0; to < labels; ++to) {
      made.chance_[from * labels + to] = static_cast<float>(count[from * labels + to] / sum);
    }
  }
  const auto rows = data.countPerLabel();
  const auto all = static_cast<double>(data.rows() + labels);
  for (const std::size_t n : rows) {
    made.prior_.push_back(static_cast<float>(static_cast<double>(n + 1) / all));
  }
  return made;
}

void Transitions::save(ByteWriter& out) const {
  out.put(static_cast<std::uint32_t>(labels_));
  out.putArray(chance_);
  out.putArray(prior_);
}

Transitions Transitions::load(ByteReader& in) {
  Transitions made;
  made.labels_ = in.get<std::uint32_t>();
  if (made.labels_ == 0 || made.labels_ > kMostLabels) in.fail();
  made.chance_ = in.getArray<float>(made.labels_ * made.labels_);
  made.prior_ = in.getArray<float>(made.labels_);
  const auto chance = [](float value) { return value >= 0 && value <= 1; };
  const auto some = [](float value) { return value > 0 && value <= 1; };
  const bool fits = in.ok() && std::all_of(made.chance_.begin(), made.chance_.end(), chance) &&
                    std::all_of(made.prior_.begin(), made.prior_.end(), some);
  if (!fits) {
    in.fail();
    return {};
  }
  return made;
}

void Smoother::apply(base::TimeSpan span, std::span<float> p) {
  const std::size_t labels = transitions_.labels();
  assert(p.size() == labels);
  const float steady = std::clamp(options_.steadiness, 0.0F, 1.0F);
  const bool follows = !belief_.empty() && span.end >= last_ && span.end - last_ <= options_.gap;
  if (!follows) {
    belief_.assign(p.begin(), p.end());
    last_ = span.end;
    return;
  }
  expected_.assign(labels, 0);
  for (std::size_t from = 0; from < labels; ++from) {
    for (std::size_t to = 0; to < labels; ++to) {
      const float step =
          steady * transitions_.chance(from, to) + (1 - steady) * transitions_.prior()[to];
      expected_[to] += belief_[from] * step;
    }
  }
  // A window that shares most of its samples with the one before says little that is new.
  const double length = base::toSeconds(span.end - span.begin);
  const double fresh = length > 0 ? base::toSeconds(span.end - last_) / length : 1;
  const float evidence = 1 - steady * (1 - static_cast<float>(std::clamp(fresh, 0.0, 1.0)));
  float sum = 0;
  for (std::size_t c = 0; c < labels; ++c) {
    const float likelihood = std::max(p[c], kLeastShare) / transitions_.prior()[c];
    p[c] = std::max(expected_[c], kLeastShare) * std::pow(likelihood, evidence);
    sum += p[c];
  }
  for (float& value : p) value /= sum;
  belief_.assign(p.begin(), p.end());
  last_ = span.end;
}

double flickerPerMinute(std::span<const int> said, std::span<const base::TimeSpan> span) {
  assert(said.size() == span.size());
  std::size_t changes = 0;
  double seconds = 0;
  for (std::size_t i = 1; i < said.size(); ++i) {
    if (said[i] != said[i - 1]) ++changes;
    seconds += std::max(0.0, base::toSeconds(span[i].end - span[i - 1].end));
  }
  return seconds > 0 ? 60 * static_cast<double>(changes) / seconds : 0;
}

}  // namespace learners
