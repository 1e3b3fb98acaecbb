#include "app/traces.h"

#include <algorithm>
#include <limits>

namespace app {

namespace {

using std::chrono::milliseconds;

base::Duration binFor(const sensors::SourceInfo& info) {
  if (info.kind == sensors::SourceKind::Audio) return milliseconds(2);
  return info.rate >= 50 ? milliseconds(10) : milliseconds(50);
}

bool isHeld(const sensors::SourceInfo& info) { return info.kind == sensors::SourceKind::Slow; }

int liveliness(sensors::SourceKind kind) {
  switch (kind) {
    case sensors::SourceKind::Audio:
      return 3;
    case sensors::SourceKind::Motion:
      return 2;
    case sensors::SourceKind::Slow:
      return 1;
    default:
      return 0;
  }
}

/// How much a channel moves within `blocks`, in its own unit.
double movement(const std::vector<sensors::BlockPtr>& blocks, std::size_t channel) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const auto& block : blocks) {
    const sensors::Samples* samples = block->samples();
    for (std::size_t row = 0; samples && row < samples->rows; ++row) {
      if (samples->isMissing(row, channel)) continue;
      low = std::min<double>(low, samples->at(row, channel));
      high = std::max<double>(high, samples->at(row, channel));
    }
  }
  return high < low ? 0 : high - low;
}

}  // namespace

struct Traces::Trace {
  Trace(std::shared_ptr<sensors::SourceStream> stream, sensors::Tape& tape,
        std::optional<sensors::Quality> known)
      : source(std::move(stream)),
        info(source->info()),
        blocks(source->subscribe(100)),
        quality(known ? *std::move(known) : sensors::Quality(*info)) {
    for (std::size_t i = 0; i < info->channels.size(); ++i) {
      envelopes.emplace_back(binFor(*info), kKeep);
    }
    thread = std::jthread([this, &tape](std::stop_token stop) {
      while (const auto block = blocks->next(stop)) {
        tape.append(*block);
        const base::Time arrival = source->counts().lastArrival;
        std::lock_guard lock(mutex);
        quality.add(**block, arrival);
        const std::size_t n = (*block)->samples() ? (*block)->samples()->channels : 0;
        for (std::size_t i = 0; i < std::min(n, envelopes.size()); ++i) {
          envelopes[i].add(**block, i);
        }
      }
    });
  }

  std::shared_ptr<sensors::SourceStream> source;
  sensors::SourceInfoPtr info;
  std::shared_ptr<sensors::Reader<sensors::Block>> blocks;
  mutable std::mutex mutex;
  std::vector<sensors::Envelope> envelopes;
  sensors::Quality quality;
  std::jthread thread;
};

Traces::Traces(sensors::Tape& tape) : tape_(tape) {}
Traces::~Traces() = default;

void Traces::follow(const std::shared_ptr<sensors::SourceStream>& source) {
  const auto info = source->info();
  if (info->kind == sensors::SourceKind::Features) return;
  std::shared_ptr<Trace> former;  // joined outside the lock
  std::lock_guard lock(mutex_);
  auto& trace = traces_[info->id];
  if (trace && trace->info->channels == info->channels) return;  // a new rate changes no envelope
  std::optional<sensors::Quality> quality;  // what was taught outlives a change of channels
  if (trace) {
    std::lock_guard inner(trace->mutex);
    quality = trace->quality;
  }
  former = std::exchange(trace, std::make_shared<Trace>(source, tape_, std::move(quality)));
}

std::shared_ptr<Traces::Trace> Traces::find(const std::string& source) const {
  std::lock_guard lock(mutex_);
  const auto found = traces_.find(source);
  return found == traces_.end() ? nullptr : found->second;
}

sensors::SourceQuality Traces::quality(const std::string& source, base::Time now) const {
  const auto trace = find(source);
  if (!trace) return {};
  std::lock_guard lock(trace->mutex);
  return trace->quality.report(now);
}

bool Traces::hasNorm(const std::string& source) const {
  const auto trace = find(source);
  if (!trace) return false;
  std::lock_guard lock(trace->mutex);
  return trace->quality.hasNorm();
}

void Traces::setNorm(const std::string& source, sensors::SourceNorm norm) {
  const auto trace = find(source);
  if (!trace) return;
  std::lock_guard lock(trace->mutex);
  trace->quality.setNorm(std::move(norm));
}

std::vector<sensors::EnvelopeColumn> Traces::columns(const std::string& source, std::size_t channel,
                                                     const base::TimeSpan& span,
                                                     std::size_t n) const {
  const std::shared_ptr<Trace> trace = find(source);
  if (!trace) return {};
  std::lock_guard lock(trace->mutex);
  if (channel >= trace->envelopes.size()) return {};
  const sensors::Envelope& envelope = trace->envelopes[channel];
  return isHeld(*trace->info) ? envelope.heldColumns(span, n, std::chrono::seconds(90))
                              : envelope.columns(span, n);
}

std::vector<sensors::EnvelopeColumn> liveliest(
    const std::vector<std::vector<sensors::BlockPtr>>& bySource, const base::TimeSpan& span,
    std::size_t n, std::string& channel) {
  const std::vector<sensors::BlockPtr>* best = nullptr;
  std::size_t bestChannel = 0;
  std::pair<int, double> bestScore{-1, -1};
  for (const auto& blocks : bySource) {
    if (blocks.empty() || !blocks.front()->samples()) continue;
    const sensors::SourceInfo& info = *blocks.front()->source;
    for (std::size_t c = 0; c < info.channels.size(); ++c) {
      const double range = info.channels[c].max - info.channels[c].min;
      const double moved = movement(blocks, c) / (range > 0 ? range : 1);
      const std::pair score{liveliness(info.kind), moved};
      if (score > bestScore) {
        bestScore = score;
        best = &blocks;
        bestChannel = c;
      }
    }
  }
  if (!best) return {};
  const sensors::SourceInfo& info = *best->front()->source;
  channel = info.id + " " + info.channels[bestChannel].id;
  sensors::Envelope envelope(binFor(info), span.length() + std::chrono::seconds(10));
  for (const auto& block : *best) envelope.add(*block, bestChannel);
  return isHeld(info) ? envelope.heldColumns(span, n, span.length()) : envelope.columns(span, n);
}

}  // namespace app
