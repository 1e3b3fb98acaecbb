#include "sensors/quality.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace sensors {

namespace {

using std::chrono::seconds;

constexpr double kAbsurd = 1e30;
constexpr double kBeyondRange = 0.05;   ///< of the range: overshoot that is none
constexpr double kAtEnd = 0.001;        ///< of the range
constexpr std::size_t kEndRows = 8;     ///< in a row
constexpr std::size_t kFrozenRows = 40;
constexpr base::Duration kFrozen = seconds(3);
constexpr base::Duration kFrozenSound = seconds(30);  ///< a quiet line may be digital silence
constexpr double kRateTolerance = 0.1;
constexpr double kDelayMemory = 50;  ///< blocks
constexpr double kFloodFactor = 5;
constexpr double kSlowRows = 10;  ///< rows a second where none are declared
constexpr base::Duration kSecond = seconds(1);
constexpr std::size_t kSeconds = 5;  ///< compared with the norm at once
constexpr double kFactorTolerance = 0.12;
constexpr double kClearly = 4;    ///< deviations: where a mean stands for a scale
constexpr double kGravity = 0.8;  ///< of the whole length, on one axis

/// Factors between units people and drivers mix up, larger than 1.
constexpr std::array kFactors = {9.80665, 1000.0, 100.0, 10.0, 60.0, 3.6, 57.29578, 1024.0, 32768.0};

bool isEven(const SourceInfo& info) { return info.rate > 0 && info.kind != SourceKind::Slow; }

bool isValue(const Samples& samples, std::size_t row, std::size_t channel) {
  const float value = samples.at(row, channel);
  return !samples.isMissing(row, channel) && std::isfinite(value) &&
         std::abs(static_cast<double>(value)) < kAbsurd;
}

/// The three axes that measure acceleration together: equal units, and the first three channels.
bool hasAxes(const SourceInfo& info) {
  if (info.kind != SourceKind::Motion || info.channels.size() < 3) return false;
  const std::string& unit = info.channels[0].unit;
  const bool isAcceleration = unit == "g" || unit == "m/s2" || unit == "m/s^2" || unit == "m/s²";
  return isAcceleration && info.channels[1].unit == unit && info.channels[2].unit == unit;
}

double lengthOf(const std::vector<SourceNorm::Level>& levels) {
  return std::sqrt(levels[0].mean * levels[0].mean + levels[1].mean * levels[1].mean +
                   levels[2].mean * levels[2].mean);
}

/// How strong the three axes are together, however the sensor lies or moves.
double strengthOf(const std::vector<SourceNorm::Level>& levels) {
  double squares = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    squares += levels[axis].mean * levels[axis].mean + levels[axis].deviation * levels[axis].deviation;
  }
  return std::sqrt(squares);
}

/// The axis that carries most of gravity; -1 where none clearly does.
int gravityAxisOf(const std::vector<SourceNorm::Level>& levels) {
  const double length = lengthOf(levels);
  for (int axis = 0; axis < 3; ++axis) {
    const double share = std::abs(levels[static_cast<std::size_t>(axis)].mean) / length;
    if (length > 0 && share > kGravity) return axis;
  }
  return -1;
}

/// The factor `ratio` is near, or nothing.
std::optional<double> knownFactor(double ratio) {
  for (const double factor : kFactors) {
    for (const double candidate : {factor, 1 / factor}) {
      if (std::abs(ratio / candidate - 1) < kFactorTolerance) return candidate;
    }
  }
  return std::nullopt;
}

}  // namespace

SourceNorm normOf(const std::vector<BlockPtr>& blocks) {
  SourceNorm norm;
  if (blocks.empty()) return norm;
  norm.info = *blocks.back()->source;
  const std::size_t channels = norm.info.channels.size();
  std::vector<double> sums(channels), squares(channels);
  std::vector<std::size_t> counts(channels);
  std::vector<ChannelNoise> noise(channels);
  for (const BlockPtr& block : blocks) {
    const Samples* samples = block->samples();
    if (!samples || samples->channels != channels) continue;
    for (std::size_t row = 0; row < samples->rows; ++row) {
      for (std::size_t c = 0; c < channels; ++c) {
        if (!isValue(*samples, row, c)) continue;
        const double value = samples->at(row, c);
        sums[c] += value;
        squares[c] += value * value;
        ++counts[c];
        noise[c].add(samples->at(row, c));
      }
    }
  }
  constexpr std::size_t kLeast = 20;
  if (channels == 0 || *std::min_element(counts.begin(), counts.end()) < kLeast) return norm;
  for (std::size_t c = 0; c < channels; ++c) {
    const auto n = static_cast<double>(counts[c]);
    const double mean = sums[c] / n;
    norm.channels.push_back({mean, std::sqrt(std::max(0.0, squares[c] / n - mean * mean)),
                             noise[c].restlessness()});
  }
  if (hasAxes(norm.info)) {
    const int axis = gravityAxisOf(norm.channels);
    // Only where it lay still enough: on a wrist every axis carries gravity in turn.
    const bool isSteady =
        axis >= 0 && norm.channels[static_cast<std::size_t>(axis)].deviation * kClearly <
                         std::abs(norm.channels[static_cast<std::size_t>(axis)].mean);
    norm.gravityAxis = isSteady ? axis : -1;
  }
  return norm;
}

void Quality::setNorm(SourceNorm norm) {
  norm_ = std::move(norm);
  seconds_.clear();
}

Finding& Quality::note(Fault fault, const std::string& channel, base::Time time) {
  const auto known = std::find_if(findings_.begin(), findings_.end(), [&](const Finding& f) {
    return f.fault == fault && f.channel == channel;
  });
  if (known != findings_.end() && time - known->last <= kRemembered) {
    known->last = std::max(known->last, time);
    return *known;
  }
  if (known != findings_.end()) findings_.erase(known);
  findings_.push_back({.fault = fault, .channel = channel, .since = time, .last = time});
  return findings_.back();
}

void Quality::add(const Block& block, base::Time arrival) {
  const SourceInfo& info = *block.source;
  watchShape(info, block.start);
  watchDelay(block, arrival);
  const Samples* samples = block.samples();
  if (!samples || samples->rows == 0) return;
  watchFlood(block, arrival);
  watchRate(block);
  if (channels_.size() != samples->channels) {
    channels_.assign(samples->channels, {});
    seconds_.clear();
    secondBegan_ = block.start;
  }
  for (std::size_t c = 0; c < std::min(samples->channels, info.channels.size()); ++c) {
    watchChannel(block, c);
  }
  if (block.end() - secondBegan_ >= kSecond) closeSecond(block.end());
}

SourceQuality Quality::report(base::Time now) const {
  SourceQuality made{.jitter = base::fromSeconds(jitter_)};
  std::copy_if(findings_.begin(), findings_.end(), std::back_inserter(made.findings),
               [&](const Finding& f) { return now - f.last <= kRemembered; });
  std::stable_sort(made.findings.begin(), made.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.last < b.last; });
  return made;
}

void Quality::watchDelay(const Block& block, base::Time arrival) {
  const double delay = base::toSeconds(arrival - block.end());
  const double mean = meanDelay_.value_or(delay);
  meanDelay_ = mean + (delay - mean) / kDelayMemory;
  jitter_ += (std::abs(delay - mean) - jitter_) / kDelayMemory;
}

void Quality::watchShape(const SourceInfo& info, base::Time time) {
  const SourceInfo& taught = norm_ ? norm_->info : declared_;
  if (info.channels == taught.channels || taught.id.empty()) return;
  std::string detail;
  const auto add = [&](const std::string& text) { detail += (detail.empty() ? "" : ", ") + text; };
  const auto find = [](const std::vector<Channel>& in, const std::string& id) {
    return std::find_if(in.begin(), in.end(), [&](const Channel& c) { return c.id == id; });
  };
  for (const Channel& was : taught.channels) {
    const auto is = find(info.channels, was.id);
    if (is == info.channels.end()) {
      add(was.id + " is gone");
    } else if (is->unit != was.unit) {
      add(was.id + " is in \"" + is->unit + "\", it was in \"" + was.unit + "\"");
    }
  }
  for (const Channel& is : info.channels) {
    if (find(taught.channels, is.id) == taught.channels.end()) add(is.id + " is new");
  }
  if (detail.empty()) return;  // another declared range means nothing by itself
  Finding& finding = note(Fault::OtherShape, {}, time);
  finding.detail = detail;
  ++finding.count;
}

void Quality::watchRate(const Block& block) {
  const SourceInfo& taught = norm_ ? norm_->info : declared_;
  if (!isEven(taught) || block.step.count() <= 0) return;
  const double rate = 1e9 / static_cast<double>(block.step.count());
  if (std::abs(rate / taught.rate - 1) < kRateTolerance) return;
  Finding& finding = note(Fault::OtherRate, {}, block.start);
  finding.value = rate;
  finding.expected = taught.rate;
  ++finding.count;
}

void Quality::watchFlood(const Block& block, base::Time arrival) {
  const double declared = declared_.rate > 0 ? declared_.rate : kSlowRows;
  const base::Duration passed = arrival - floodBegan_;
  if (passed >= kSecond) {
    const double rate = static_cast<double>(floodRows_) / base::toSeconds(passed);
    if (floodBegan_.ns > 0 && rate > kFloodFactor * declared) {
      Finding& finding = note(Fault::Flood, {}, block.start);
      finding.value = rate;
      finding.expected = declared;
      finding.count += floodRows_;
    }
    floodBegan_ = arrival;
    floodRows_ = 0;
  }
  floodRows_ += block.rows();
}

bool Quality::hasNoise(std::size_t channel) const {
  const bool isTaught = norm_ && channel < norm_->channels.size();
  const double taught = isTaught ? norm_->channels[channel].restlessness : 0;
  return std::max(taught, channels_[channel].noise.restlessness()) >= ChannelNoise::kRestless;
}

void Quality::watchChannel(const Block& block, std::size_t channel) {
  const Samples& samples = *block.samples();
  const Channel& about = block.source->channels[channel];
  const double range = about.max - about.min;
  const bool even = isEven(*block.source);
  const bool isSound = block.source->kind == SourceKind::Audio;
  const base::Duration patience = isSound ? kFrozenSound : kFrozen;
  Watch& watch = channels_[channel];
  for (std::size_t row = 0; row < samples.rows; ++row) {
    const base::Time time = block.timeOf(row);
    if (!isValue(samples, row, channel)) {
      ++note(Fault::NotFinite, about.id, time).count;
      continue;
    }
    const float value = samples.at(row, channel);
    const double x = value;
    if (range > 0 && (x < about.min - kBeyondRange * range || x > about.max + kBeyondRange * range)) {
      Finding& finding = note(Fault::OutOfRange, about.id, time);
      finding.value = x;
      ++finding.count;
    }
    const bool isLow = range > 0 && x <= about.min + kAtEnd * range;
    const bool isHigh = range > 0 && x >= about.max - kAtEnd * range;
    // Where there is no less than nothing, nothing is a place to rest, and so is all for a switch.
    const bool isAtEnd = about.min < 0 ? isLow || isHigh : isHigh && hasNoise(channel);
    watch.atEnd = isAtEnd ? watch.atEnd + 1 : 0;
    if (even && watch.atEnd >= kEndRows) {
      Finding& finding = note(Fault::Saturated, about.id, time);
      finding.value = x;
      if (watch.atEnd == kEndRows) ++finding.count;
    }
    if (!watch.isKnown || value != watch.last) {
      watch.last = value;
      watch.isKnown = true;
      watch.same = time;
      watch.sameRows = 0;
    }
    ++watch.sameRows;
    watch.noise.add(value);
    const bool isLong = even && watch.sameRows >= kFrozenRows && time - watch.same >= patience;
    // No microphone is without noise; other channels may rest.
    if (isLong && (isSound || (hasNoise(channel) && !watch.noise.rests(about)))) {
      Finding& finding = note(Fault::Frozen, about.id, time);
      finding.since = std::min(finding.since, watch.same);
      finding.value = x;
      finding.count = watch.sameRows;
    }
    watch.sum += x;
    watch.squares += x * x;
    ++watch.n;
  }
}

void Quality::closeSecond(base::Time time) {
  std::vector<SourceNorm::Level> levels;
  bool isWhole = true;
  for (Watch& watch : channels_) {
    const double n = static_cast<double>(watch.n);
    const double mean = watch.n > 0 ? watch.sum / n : 0;
    isWhole = isWhole && watch.n > 0;
    levels.push_back(
        {mean, watch.n > 0 ? std::sqrt(std::max(0.0, watch.squares / n - mean * mean)) : 0, 0});
    watch.sum = watch.squares = 0;
    watch.n = 0;
  }
  secondBegan_ = time;
  if (!isWhole) return;
  seconds_.push_back(std::move(levels));
  if (seconds_.size() > kSeconds) seconds_.pop_front();
  if (seconds_.size() < kSeconds || !norm_ || norm_->channels.size() != channels_.size()) return;
  watchScale(time);
  watchGravity(time);
}

void Quality::watchScale(base::Time time) {
  // The factor every one of the last seconds agrees on.
  const auto factorOf = [&](const auto& ratioOf) {
    std::optional<double> factor = knownFactor(ratioOf(seconds_.front()));
    for (const auto& second : seconds_) {
      if (knownFactor(ratioOf(second)) != factor) return std::optional<double>();
    }
    return factor;
  };
  const auto say = [&](std::size_t channel, double factor) {
    Finding& finding = note(Fault::OtherUnit, norm_->info.channels[channel].id, time);
    finding.value = factor;
    finding.expected = 1;
    ++finding.count;
  };
  if (hasAxes(norm_->info)) {
    const double usual = strengthOf(norm_->channels);
    if (usual <= 0) return;
    const auto factor = factorOf([&](const auto& second) { return strengthOf(second) / usual; });
    for (std::size_t c = 0; factor && c < 3; ++c) say(c, *factor);
    return;
  }
  for (std::size_t c = 0; c < norm_->channels.size(); ++c) {
    const SourceNorm::Level& usual = norm_->channels[c];
    if (std::abs(usual.mean) < kClearly * usual.deviation || usual.mean == 0) continue;
    const auto factor = factorOf([&](const auto& second) { return second[c].mean / usual.mean; });
    if (factor) say(c, *factor);
  }
}

void Quality::watchGravity(base::Time time) {
  if (norm_->gravityAxis < 0) return;
  std::optional<int> axis;
  for (const auto& second : seconds_) {
    const int now = gravityAxisOf(second);
    if (now < 0 || (axis && now != *axis)) return;
    axis = now;
  }
  if (!axis || *axis == norm_->gravityAxis) return;
  const auto name = [&](int a) { return norm_->info.channels[static_cast<std::size_t>(a)].id; };
  Finding& finding = note(Fault::Turned, name(*axis), time);
  finding.detail = name(norm_->gravityAxis);
  ++finding.count;
}

}  // namespace sensors
