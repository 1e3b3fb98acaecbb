#include "sensors/windower.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "sensors/even_grid.h"

namespace sensors {

namespace {

/// How long a picture shows what is there where nobody says how often they come.
constexpr base::Duration kUsualReach = std::chrono::seconds(1);
constexpr base::Duration kLongestUnchanged = std::chrono::hours(1);
/// Beyond it, adding a window's length could overflow.
constexpr base::Time kEndOfTime{INT64_MAX / 2};

bool isPresent(const Samples& samples, std::size_t row, std::size_t channel) {
  return !samples.isMissing(row, channel) && std::isfinite(samples.at(row, channel));
}

}  // namespace

Windower::Windower(SourceInfoPtr source, WindowSpec spec, base::Duration holdLimit,
                   const FillChoice& fill)
    : source_(std::move(source)),
      spec_(spec),
      holdLimit_(holdLimit),
      manner_(Manner::Held),
      rowsPerWindow_(0),
      fill_(fillPerChannel(*source_, fill)),
      held_(source_->channels.size()) {
  assert(spec_.length.count() > 0 && spec_.hop.count() > 0);
  const double rows = base::toSeconds(spec_.length) * source_->rate;
  if (source_->kind == SourceKind::Picture) {
    manner_ = Manner::Pictures;
  } else if (source_->channels.empty()) {
    manner_ = Manner::None;
  } else if (source_->kind == SourceKind::Features && rows < 1.5) {
    manner_ = Manner::RowByRow;
  } else if (source_->kind != SourceKind::Slow && source_->rate > 0) {
    manner_ = Manner::Even;
    rowsPerWindow_ = static_cast<std::size_t>(std::max(1.0, std::round(rows)));
    halfPeriod_ = base::fromSeconds(0.5 / source_->rate);
    fills_ = std::any_of(fill_.begin(), fill_.end(), [](Fill f) { return f != Fill::Missing; });
  }
}

std::vector<Window> Windower::push(const BlockPtr& block) {
  if (manner_ == Manner::Pictures) {
    if (!block->image()) return {};
    if (!nextBegin_) nextBegin_ = firstBegin(block->start);
    addPicture(block);
    watermark_ = std::max(watermark_, block->start);
    return collect(watermark_ - spec_.length);
  }
  const Samples* samples = block->samples();
  if (manner_ == Manner::None || !samples || samples->rows == 0 ||
      samples->channels != source_->channels.size()) {
    return {};
  }
  if (manner_ == Manner::RowByRow) {
    return giveRows(block);
  }
  if (!nextBegin_) {
    nextBegin_ = firstBegin(block->start);
  }
  const base::Time newest = block->timeOf(samples->rows - 1);
  if (manner_ == Manner::Held) {
    addHeld(block);
    // Not the block's end: the next change may come before one step has passed.
    watermark_ = std::max(watermark_, newest);
    return collect(watermark_ - spec_.length);
  }
  addEven(block);
  watermark_ = std::max(watermark_, block->end());
  const auto beforeLast = static_cast<double>(rowsPerWindow_) - 1.5;
  const base::Time hasLastRow = newest - base::fromSeconds(beforeLast / source_->rate);
  return collect(std::max(hasLastRow, watermark_ - kLateness - spec_.length));
}

std::vector<Window> Windower::advance(base::Time watermark) {
  watermark_ = std::max(watermark_, std::min(watermark, kEndOfTime));
  const bool waits = manner_ == Manner::Even || manner_ == Manner::Pictures;
  const base::Duration lateness = waits ? kLateness : base::Duration(0);
  return collect(watermark_ - lateness - spec_.length);
}

std::vector<Window> Windower::finish(base::Time end) {
  return collect(std::min(end, kEndOfTime) - spec_.length);
}

std::vector<Window> Windower::giveRows(const BlockPtr& block) {
  const Samples& from = *block->samples();
  std::vector<Window> windows;
  for (std::size_t row = 0; row < from.rows; ++row) {
    const base::Time begin = base::floorTo(block->timeOf(row), spec_.hop);
    if (nextBegin_ && begin < *nextBegin_) {
      ++lateRows_;
      continue;
    }
    nextBegin_ = begin + spec_.hop;
    Window& window = windows.emplace_back();
    window.span = {begin, begin + spec_.length};
    window.source = source_;
    window.rate = source_->rate;
    window.samples = {.rows = 1, .channels = from.channels, .values = {}, .missing = {}};
    std::size_t present = 0;
    for (std::size_t c = 0; c < from.channels; ++c) {
      const bool isThere = isPresent(from, row, c);
      window.samples.values.push_back(isThere ? from.at(row, c) : 0);
      window.samples.missing.push_back(isThere ? 0 : 1);
      present += isThere ? 1 : 0;
    }
    window.coverage = present > 0 ? 1 : 0;
    if (present == from.channels) {
      window.samples.missing.clear();
    }
  }
  return windows;
}

void Windower::addEven(const BlockPtr& block) {
  std::size_t late = 0;
  while (late < block->rows() && isLate(block->timeOf(late) + halfPeriod_)) {
    ++late;
  }
  lateRows_ += late;
  if (late == block->rows()) {
    return;
  }
  const auto after =
      std::upper_bound(blocks_.begin(), blocks_.end(), block->start,
                       [](base::Time t, const BlockPtr& other) { return t < other->start; });
  blocks_.insert(after, block);
}

void Windower::addPicture(const BlockPtr& block) {
  if (isLate(block->start)) {
    ++lateRows_;
    return;
  }
  const auto after =
      std::upper_bound(blocks_.begin(), blocks_.end(), block->start,
                       [](base::Time t, const BlockPtr& other) { return t < other->start; });
  blocks_.insert(after, block);
}

base::Duration Windower::pictureReach() const {
  return source_->rate > 0 ? base::fromSeconds(1.5 / source_->rate) : kUsualReach;
}

void Windower::addHeld(const BlockPtr& block) {
  for (std::size_t i = 0; i < block->rows(); ++i) {
    Row row{.time = block->timeOf(i), .block = block, .index = i};
    lateRows_ += isLate(row.time) ? 1 : 0;
    if (row.time < *nextBegin_) {
      hold(row);  // too late for its windows, yet it holds from now on
      continue;
    }
    const auto after =
        std::upper_bound(rows_.begin(), rows_.end(), row.time,
                         [](base::Time t, const Row& other) { return t < other.time; });
    rows_.insert(after, std::move(row));
  }
}

bool Windower::isLate(base::Time t) const {
  return t < *nextBegin_ && t < *nextBegin_ - spec_.hop + spec_.length;
}

base::Time Windower::firstBegin(base::Time t) const {
  return base::floorTo(t - spec_.length, spec_.hop) + spec_.hop;
}

std::vector<Window> Windower::collect(base::Time lastBegin) {
  std::vector<Window> windows;
  while (nextBegin_ && *nextBegin_ <= lastBegin) {
    const base::TimeSpan span{*nextBegin_, *nextBegin_ + spec_.length};
    auto window = manner_ == Manner::Even       ? cutEven(span)
                  : manner_ == Manner::Pictures ? cutPictures(span)
                                                : cutHeld(span);
    if (window) {
      windows.push_back(*std::move(window));
    }
    moveTo(*nextBegin_ + spec_.hop);
    skipSilence(lastBegin);
  }
  return windows;
}

/// Goes straight to the next window with anything in it, so that a long pause costs nothing.
void Windower::skipSilence(base::Time lastBegin) {
  for (std::size_t c = 0; manner_ == Manner::Held && c < held_.size(); ++c) {
    if (isHeldAt(c, *nextBegin_)) return;
  }
  base::Time target = base::floorTo(lastBegin, spec_.hop) + spec_.hop;
  if (manner_ == Manner::Pictures) {
    for (const BlockPtr& block : blocks_) {
      if (block->start + pictureReach() < *nextBegin_) continue;
      target = std::min(target, std::max(*nextBegin_, firstBegin(block->start)));
      break;
    }
    if (target > *nextBegin_) moveTo(target);
    return;
  }
  if (manner_ == Manner::Even && !blocks_.empty()) {
    target = std::min(target, firstBegin(blocks_.front()->start));
  } else if (!rows_.empty()) {
    target = std::min(target, firstBegin(rows_.front().time));
  }
  if (target > *nextBegin_) {
    moveTo(target);
  }
}

void Windower::moveTo(base::Time begin) {
  nextBegin_ = begin;
  if (manner_ == Manner::Pictures) {  // the last two before it may still be needed
    while (blocks_.size() > 2 && blocks_[2]->start < begin) blocks_.pop_front();
    return;
  }
  if (fills_) rememberUntil(begin);
  while (!blocks_.empty() &&
         blocks_.front()->timeOf(blocks_.front()->rows() - 1) + halfPeriod_ < begin) {
    blocks_.pop_front();
  }
  while (!rows_.empty() && rows_.front().time < begin) {
    hold(rows_.front());
    rows_.pop_front();
  }
}

void Windower::hold(const Row& row) {
  const Samples& samples = *row.block->samples();
  for (std::size_t c = 0; c < held_.size(); ++c) {
    HeldValue& held = held_[c];
    if (!isPresent(samples, row.index, c) || (held.isKnown && row.time < held.since)) {
      continue;
    }
    const float value = samples.at(row.index, c);
    if (held.isKnown && held.value != value) {
      lastChange_ = std::max(lastChange_.value_or(row.time), row.time);
    }
    held = {.value = value, .since = row.time, .isKnown = true};
  }
}

bool Windower::isHeldAt(std::size_t channel, base::Time t) const {
  const HeldValue& held = held_[channel];
  return fill_[channel] != Fill::Missing && held.isKnown && t - held.since <= holdLimit_;
}

void Windower::rememberUntil(base::Time begin) {
  for (const BlockPtr& block : blocks_) {
    const Samples& samples = *block->samples();
    for (std::size_t row = 0; row < samples.rows; ++row) {
      const base::Time time = block->timeOf(row);
      if (time >= begin) break;
      for (std::size_t c = 0; c < held_.size(); ++c) {
        const bool isNewer = !held_[c].isKnown || time > held_[c].since;
        if (isNewer && isPresent(samples, row, c)) {
          held_[c] = {.value = samples.at(row, c), .since = time, .isKnown = true};
        }
      }
    }
  }
}

std::optional<Window> Windower::cutEven(const base::TimeSpan& span) const {
  EvenGrid grid(span.begin, source_->rate, rowsPerWindow_, source_->channels.size());
  for (const BlockPtr& block : blocks_) {
    if (block->start > span.end) {
      break;
    }
    grid.add(*block);
  }
  Window window;
  window.span = span;
  window.source = source_;
  window.rate = source_->rate;
  window.coverage = grid.finish();
  window.samples = grid.take();
  if (window.coverage < kLeastCoverage) {
    return std::nullopt;
  }
  if (fills_) {
    std::vector<std::optional<float>> before(held_.size());
    for (std::size_t c = 0; c < held_.size(); ++c) {
      const bool isFresh = held_[c].isKnown && span.begin - held_[c].since <= spec_.length;
      if (isFresh) before[c] = held_[c].value;
    }
    fillGaps(window.samples, fill_, before);
  }
  return window;
}

std::optional<Window> Windower::cutPictures(const base::TimeSpan& span) const {
  Window window;
  window.span = span;
  window.source = source_;
  std::size_t first = 0;
  while (first < blocks_.size() && blocks_[first]->start < span.begin) ++first;
  std::size_t end = first;
  while (end < blocks_.size() && blocks_[end]->start < span.end) ++end;
  if (first == end) {  // the former one may still hold
    if (first == 0 || blocks_[first - 1]->start + pictureReach() < span.begin) return {};
    --first;
  }
  window.pictures.assign(blocks_.begin() + static_cast<std::ptrdiff_t>(first),
                         blocks_.begin() + static_cast<std::ptrdiff_t>(end));
  if (first > 0 &&
      window.pictures.front()->start - blocks_[first - 1]->start <= 2 * pictureReach()) {
    window.former = blocks_[first - 1];
  }
  const double expected = base::toSeconds(span.length()) * source_->rate;
  window.coverage =
      expected > 1 ? std::min(1.0, static_cast<double>(window.pictures.size()) / expected) : 1;
  return window;
}

std::optional<Window> Windower::cutHeld(const base::TimeSpan& span) const {
  const std::size_t channels = held_.size();
  Window window;
  Samples& samples = window.samples;
  samples.channels = channels;
  const auto append = [&](base::Duration offset, const auto& present, const auto& value) {
    bool isAny = false;
    for (std::size_t c = 0; c < channels; ++c) {
      const bool isThere = present(c);
      isAny = isAny || isThere;
      samples.values.push_back(isThere ? value(c) : 0);
      samples.missing.push_back(isThere ? 0 : 1);
    }
    if (!isAny) {
      samples.values.resize(samples.rows * channels);
      samples.missing.resize(samples.rows * channels);
      return;
    }
    window.offsets.push_back(offset);
    ++samples.rows;
  };

  append(
      base::Duration(0), [&](std::size_t c) { return isHeldAt(c, span.begin); },
      [&](std::size_t c) { return held_[c].value; });
  std::vector<HeldValue> current = held_;
  std::optional<base::Time> lastChange = lastChange_;
  for (const Row& row : rows_) {
    if (row.time >= span.end) {
      break;
    }
    const Samples& from = *row.block->samples();
    append(
        row.time - span.begin, [&](std::size_t c) { return isPresent(from, row.index, c); },
        [&](std::size_t c) { return from.at(row.index, c); });
    bool isChange = false;
    for (std::size_t c = 0; c < channels; ++c) {
      if (!isPresent(from, row.index, c)) continue;
      const float value = from.at(row.index, c);
      isChange = isChange || (current[c].isKnown && current[c].value != value);
      current[c] = {.value = value, .since = row.time, .isKnown = true};
    }
    window.changes += isChange ? 1 : 0;
    if (isChange) lastChange = row.time;
  }
  if (samples.rows == 0) {
    return std::nullopt;
  }
  if (std::find(samples.missing.begin(), samples.missing.end(), 1) == samples.missing.end()) {
    samples.missing.clear();
  }
  window.span = span;
  window.source = source_;
  window.sinceChange =
      lastChange ? std::min(kLongestUnchanged, span.end - *lastChange) : kLongestUnchanged;
  window.coverage = 1 - base::toSeconds(window.offsets.front()) / base::toSeconds(span.length());
  return window;
}

}  // namespace sensors
