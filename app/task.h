#pragma once
// Task: one thing to recognise, running: frames of its sources, joined, answered by the ensemble
// that serves it, here or on a worker. Remembers its answers of the last ten minutes.

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "app/label_limits.h"
#include "app/project/store.h"
#include "app/snapshot.h"
#include "app/steadier.h"
#include "learners/ensemble.h"
#include "sensors/frame_hub.h"
#include "sensors/frame_joiner.h"

namespace app {

/// Who answers. `ask` is empty where the ensemble is asked in this program.
struct Serving {
  using Reply = std::function<void(base::Result<learners::Prediction>)>;
  learners::EnsemblePtr ensemble;  ///< also says labels and schema; null: nobody answers
  TaskId task = kFirstTask;
  int version = 0;
  std::string place;  ///< for people
  std::vector<std::string> memberTitles;
  std::function<void(const sensors::Frame&, Reply)> ask;
};

/// Thread-safe. `onAnswer` is called from the task's thread or the bus thread.
class Task {
 public:
  static constexpr base::Duration kRemember = std::chrono::minutes(10);

  Task(sensors::FrameHub& hub, const base::Clock& clock,
       std::function<void(const Answer&)> onAnswer);
  ~Task();

  /// What to look at; frames start to be computed. Sources that do not exist yet are left out and
  /// named in the result. Replaces what was watched before.
  std::vector<std::string> watch(const std::vector<sensors::FrameSpec>& specs, base::Duration hop);
  /// Takes effect between two frames.
  void serve(Serving serving);
  /// Hears of each frame that was answered, here or elsewhere, and of what was heard in it: empty
  /// where nothing is known. On the task's thread or the bus thread; set once, first.
  void onSeen(std::function<void(const sensors::FramePtr&, const std::string& label)> listener);
  /// A person's own limits of certainty. Next frame on.
  void setLimits(const OwnLimits& limits);
  /// How far neighbouring windows hold each other up: 0 not at all .. 1. Next frame on.
  void setSteadiness(float steadiness);

  std::optional<Answer> latest() const;
  std::vector<Answer> recent(std::size_t n) const;
  /// Answers whose window touches `span`, oldest first.
  std::vector<Answer> between(const base::TimeSpan& span) const;
  LatencyView latency() const;
  /// Frames nobody could answer in time.
  std::uint64_t skipped() const;

 private:
  struct Watch;
  void run(std::stop_token stop, const std::shared_ptr<Watch>& watch);
  void answerFrame(const sensors::FramePtr& frame, const std::shared_ptr<const Serving>& serving);
  void tellSeen(const sensors::FramePtr& frame, const learners::Prediction& prediction,
                const Serving& serving);
  void keep(learners::Prediction prediction, const Serving& serving, base::Time arrival,
            double computeMs);

  sensors::FrameHub& hub_;
  const base::Clock& clock_;
  std::function<void(const Answer&)> onAnswer_;
  std::function<void(const sensors::FramePtr&, const std::string&)> onSeen_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Serving> serving_;
  std::deque<Answer> answers_;
  std::deque<double> latencies_;
  std::uint64_t skipped_ = 0;
  int underWay_ = 0;
  base::Duration hop_ = std::chrono::milliseconds(500);
  Steadier steadier_;
  OwnLimits ownLimits_;
  struct Guard;
  std::shared_ptr<Guard> guard_;  // a late remote reply finds out here that the task is gone
  std::jthread thread_;           // last: joined before anything it uses is gone
};

}  // namespace app
