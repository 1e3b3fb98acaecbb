#include "app/task.h"

#include <algorithm>

#include "sensors/base/log.h"

namespace app {

namespace {

constexpr std::size_t kLatencies = 512;
constexpr int kMostUnderWay = 4;

double millisecondsOf(base::Duration d) { return base::toSeconds(d) * 1e3; }

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

}  // namespace

/// Held while a remote reply is taken in, so that the task cannot go away under it.
struct Task::Guard {
  std::mutex mutex;
  Task* task = nullptr;
};

/// What one call of watch() started.
struct Task::Watch {
  std::vector<std::shared_ptr<sensors::FrameFeed>> feeds;
  std::shared_ptr<sensors::Reader<sensors::Frame>> reader;
  std::unique_ptr<sensors::FrameJoiner> joiner;
};

Task::Task(sensors::FrameHub& hub, const base::Clock& clock,
           std::function<void(const Answer&)> onAnswer)
    : hub_(hub),
      clock_(clock),
      onAnswer_(std::move(onAnswer)),
      serving_(std::make_shared<const Serving>()),
      guard_(std::make_shared<Guard>()) {
  guard_->task = this;
}

Task::~Task() {
  thread_ = {};
  std::lock_guard lock(guard_->mutex);
  guard_->task = nullptr;
}

std::vector<std::string> Task::watch(const std::vector<sensors::FrameSpec>& specs,
                                     base::Duration hop) {
  thread_ = {};  // stops and joins what was watched before
  auto watch = std::make_shared<Watch>();
  std::vector<std::string> missing;
  std::vector<sensors::FrameLayoutPtr> layouts;
  watch->reader = std::make_shared<sensors::Reader<sensors::Frame>>(4 * specs.size() + 4);
  for (const sensors::FrameSpec& spec : specs) {
    auto feed = hub_.acquire(spec);
    if (!feed) {
      missing.push_back(spec.source);
      base::logWarning("not watched: " + feed.error().message);
      continue;
    }
    (*feed)->attach(watch->reader);
    layouts.push_back((*feed)->layout());
    watch->feeds.push_back(*feed);
  }
  {
    std::lock_guard lock(mutex_);
    hop_ = hop;
  }
  if (watch->feeds.empty()) return missing;
  watch->joiner = std::make_unique<sensors::FrameJoiner>(
      layouts, sensors::Windower::kLateness + hop / 2, sensors::FrameJoiner::Absent::DoNotWait);
  thread_ = std::jthread([this, watch](std::stop_token stop) { run(stop, watch); });
  return missing;
}

void Task::serve(Serving serving) {
  std::lock_guard lock(mutex_);
  serving_ = std::make_shared<const Serving>(std::move(serving));
}

void Task::onSeen(
    std::function<void(const sensors::FramePtr&, const std::string& label)> listener) {
  onSeen_ = std::move(listener);
}

void Task::setSteadiness(float steadiness) {
  std::lock_guard lock(mutex_);
  steadier_.set(steadiness);
}

void Task::setLimits(const OwnLimits& limits) {
  std::lock_guard lock(mutex_);
  ownLimits_ = limits;
}

void Task::run(std::stop_token stop, const std::shared_ptr<Watch>& watch) {
  const auto partOf = [&](const sensors::Frame& frame) {
    for (std::size_t i = 0; i < watch->feeds.size(); ++i) {
      if (watch->feeds[i]->layout() == frame.layout) return i;
    }
    return watch->feeds.size();
  };
  while (!stop.stop_requested()) {
    std::vector<sensors::FramePtr> joined;
    if (const auto frame = watch->reader->nextWithin(stop, std::chrono::milliseconds(100))) {
      const std::size_t part = partOf(**frame);
      if (part < watch->feeds.size()) joined = watch->joiner->push(part, *frame);
    } else {
      joined = watch->joiner->advance(clock_.now());
    }
    if (joined.empty()) continue;
    std::shared_ptr<const Serving> serving;
    {
      std::lock_guard lock(mutex_);
      serving = serving_;
      skipped_ += joined.size() - 1;
    }
    // The newest state of the house wins.
    if (serving->ensemble) answerFrame(joined.back(), serving);
  }
}

void Task::answerFrame(const sensors::FramePtr& frame,
                       const std::shared_ptr<const Serving>& serving) {
  if (frame->layout->hash() != serving->ensemble->schema()) {
    return;  // the sources changed since it was trained; the next training takes them up
  }
  const base::Time begin = clock_.now();
  if (!serving->ask) {
    learners::Prediction prediction = serving->ensemble->predict(*frame);
    tellSeen(frame, prediction, *serving);
    keep(std::move(prediction), *serving, frame->newestArrival,
         millisecondsOf(clock_.now() - begin));
    return;
  }
  {
    std::lock_guard lock(mutex_);
    if (underWay_ >= kMostUnderWay) {
      ++skipped_;
      return;
    }
    ++underWay_;
  }
  const auto guard = guard_;
  serving->ask(*frame, [guard, serving, frame, begin](base::Result<learners::Prediction> reply) {
    std::lock_guard alive(guard->mutex);
    if (!guard->task) return;
    Task& task = *guard->task;
    {
      std::lock_guard lock(task.mutex_);
      --task.underWay_;
      if (serving != task.serving_) return;
    }
    learners::Prediction prediction;
    if (reply) {
      prediction = *std::move(reply);
    } else {
      prediction.state = learners::PredictionState::NoData;
    }
    prediction.span = frame->span;
    task.tellSeen(frame, prediction, *serving);
    task.keep(std::move(prediction), *serving, frame->newestArrival,
              millisecondsOf(task.clock_.now() - begin));
  });
}

void Task::tellSeen(const sensors::FramePtr& frame, const learners::Prediction& prediction,
                    const Serving& serving) {
  if (!onSeen_) return;
  const auto& labels = serving.ensemble->labels();
  const auto label = static_cast<std::size_t>(prediction.label);
  const bool isKnown = prediction.label >= 0 && label < labels.size() &&
                       prediction.state != learners::PredictionState::Novel;
  onSeen_(frame, isKnown ? labels[label].name : std::string());
}

void Task::keep(learners::Prediction prediction, const Serving& serving, base::Time arrival,
                double computeMs) {
  const base::Time now = clock_.now();
  Answer answer{.task = serving.task,
                .prediction = std::move(prediction),
                .labels = serving.ensemble->labels(),
                .memberTitles = serving.memberTitles,
                .since = now,
                .answered = now,
                .latencyMs = arrival.ns > 0 ? millisecondsOf(now - arrival) : 0,
                .computeMs = computeMs,
                .modelVersion = serving.version,
                .servedOn = serving.place};
  answer.since = answer.prediction.span.begin;
  {
    std::lock_guard lock(mutex_);
    const bool isLate =
        !answers_.empty() && answer.prediction.span.end <= answers_.back().prediction.span.end;
    if (isLate) return;  // a remote reply that another has overtaken
    steadier_.apply(answer.prediction, *serving.ensemble, hop_);
    answer.limits = limitsInForce(answer.labels, serving.ensemble->content().limits, ownLimits_);
    applyLimits(answer.limits, answer.prediction);
    if (!answers_.empty()) {
      const Answer& last = answers_.back();
      const bool same = last.prediction.state == answer.prediction.state &&
                        last.prediction.label == answer.prediction.label &&
                        answer.prediction.span.begin - last.prediction.span.end < 3 * hop_;
      if (same) answer.since = last.since;
    }
    answers_.push_back(answer);
    while (answers_.front().prediction.span.end < now - kRemember) answers_.pop_front();
    if (answer.latencyMs > 0) latencies_.push_back(answer.latencyMs);
    if (latencies_.size() > kLatencies) latencies_.pop_front();
  }
  onAnswer_(answer);
}

std::optional<Answer> Task::latest() const {
  std::lock_guard lock(mutex_);
  if (answers_.empty() || !serving_->ensemble) return std::nullopt;
  Answer answer = answers_.back();
  answer.stale = clock_.now() - answer.prediction.span.end > 2 * hop_ + std::chrono::seconds(1);
  return answer;
}

std::vector<Answer> Task::recent(std::size_t n) const {
  std::lock_guard lock(mutex_);
  const auto begin = answers_.end() - static_cast<std::ptrdiff_t>(std::min(n, answers_.size()));
  return {begin, answers_.end()};
}

std::vector<Answer> Task::between(const base::TimeSpan& span) const {
  std::lock_guard lock(mutex_);
  std::vector<Answer> found;
  std::copy_if(answers_.begin(), answers_.end(), std::back_inserter(found),
               [&](const Answer& a) { return a.prediction.span.overlaps(span); });
  return found;
}

LatencyView Task::latency() const {
  std::lock_guard lock(mutex_);
  const std::vector<double> values(latencies_.begin(), latencies_.end());
  return {.p50Ms = percentile(values, 0.5), .p95Ms = percentile(values, 0.95), .n = values.size()};
}

std::uint64_t Task::skipped() const {
  std::lock_guard lock(mutex_);
  return skipped_;
}

}  // namespace app
