#include "app/project/prediction_history.h"

#include <utility>

#include "sensors/base/log.h"

namespace app {

namespace {

constexpr base::Duration kBatch = std::chrono::seconds(1);
constexpr base::Duration kForgetEvery = std::chrono::minutes(10);

}  // namespace

PastPrediction pastOf(const learners::Prediction& prediction,
                      const std::vector<learners::Label>& labels, int version,
                      const std::string& modelHash) {
  PastPrediction past{.task = {},
                      .version = version,
                      .modelHash = modelHash,
                      .span = prediction.span,
                      .state = prediction.state,
                      .stage = prediction.stage,
                      .label = {},
                      .certainty = prediction.certainty,
                      .disagreement = prediction.disagreement,
                      .novelty = prediction.novelty,
                      .belowLimit = prediction.belowLimit,
                      .calibrated = prediction.calibrated,
                      .imputed = prediction.imputed};
  if (prediction.label >= 0 && static_cast<std::size_t>(prediction.label) < labels.size()) {
    past.label = labels[static_cast<std::size_t>(prediction.label)].name;
  }
  return past;
}

PredictionHistory::PredictionHistory(ProjectStore& store, const base::Clock& clock)
    : store_(store), clock_(clock) {
  thread_ = std::jthread([this](std::stop_token stop) { work(stop); });
}

PredictionHistory::~PredictionHistory() = default;

void PredictionHistory::add(PastPrediction prediction) {
  {
    std::lock_guard lock(mutex_);
    if (waiting_.size() >= kCapacity) {
      waiting_.pop_front();
      ++lost_;
    }
    waiting_.push_back(std::move(prediction));
  }
  ready_.notify_one();
}

std::uint64_t PredictionHistory::lost() const {
  std::lock_guard lock(mutex_);
  return lost_;
}

/// False where the disk did not take them: they wait on.
bool PredictionHistory::save() {
  std::vector<PastPrediction> batch;
  {
    std::lock_guard lock(mutex_);
    batch.assign(waiting_.begin(), waiting_.end());
    waiting_.clear();
  }
  if (batch.empty() || store_.appendPredictions(batch)) {
    return true;
  }
  std::lock_guard lock(mutex_);
  waiting_.insert(waiting_.begin(), batch.begin(), batch.end());
  while (waiting_.size() > kCapacity) {
    waiting_.pop_front();
    ++lost_;
  }
  return false;
}

void PredictionHistory::work(std::stop_token stop) {
  base::Time forgotten;
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      ready_.wait(lock, stop, [this] { return !waiting_.empty(); });
      // Those that come within the next second share its transaction.
      ready_.wait_for(lock, stop, kBatch, [] { return false; });
    }
    const bool saved = save();
    if (saved && clock_.now() - forgotten >= kForgetEvery) {
      forgotten = clock_.now();
      if (const auto done = store_.forgetOldPredictions(forgotten); !done) {
        base::logWarning(done.error().message);
      }
    }
  }
  static_cast<void>(save());
}

}  // namespace app
