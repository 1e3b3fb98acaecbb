#pragma once
// TaskDesk: one task of the project and all that works for it in a session: what was taught about
// it, the lessons that come of that, who trains, who answers, and where. Several desks share one
// capture and one FrameHub.

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/lessons.h"
#include "app/placement.h"
#include "app/skew_watch.h"
#include "app/task.h"
#include "app/teaching.h"
#include "app/training/worker_directory.h"

namespace app {

/// Belongs to the session's thread, but for task() and what says otherwise.
class TaskDesk {
 public:
  /// A computer that did not take the model is asked again after so long.
  static constexpr base::Duration kAskAgain = std::chrono::seconds(30);
  /// A first lesson waits so long for the worker of this computer to say hello.
  static constexpr base::Duration kHello = std::chrono::seconds(5);

  /// What a desk needs of the session; all of it outlives the desk.
  struct Outside {
    ProjectStore& store;
    Recorder& recorder;
    sensors::FrameHub& frames;
    DatasetBuilder& builder;
    Director& director;
    WorkerDirectory& workers;
    const learners::LearnerMap& learners;
    const base::Clock& clock;
    std::uint64_t seed = 1;
    bool hasWorker = true;  ///< a worker of this computer trains; else this program does
    decltype(Lessons::Outside::adapt) adapt;
    plugins::Origins origins = {};  ///< of networks that make features
    /// A person let the project use that worker; else this computer does the work.
    std::function<bool(const std::string& worker)> mayWorkOn;
    /// On the task's thread or the bus thread; `model`: hash of the ensemble that answered.
    std::function<void(const TaskDesk&, const Answer&, const std::string& model)> answered;
    std::function<void(const TaskDesk&)> served;  ///< another model serves, or none
    std::function<void()> changed;                ///< from any thread
    std::function<void(NoticeView::Kind, const std::string&)> notice;
    /// The policy in force, or null, and the computers it may choose from.
    std::function<std::pair<const Policy*, std::vector<DeviceFacts>>()> places;
  };

  TaskDesk(TaskId id, const Outside& outside, std::shared_ptr<EditList> edits);
  ~TaskDesk();

  TaskId id() const { return id_; }
  const std::string& key() const { return key_; }  ///< thread-safe
  TaskSettings settings() const;
  Teaching& teaching() { return *teaching_; }
  const Teaching& teaching() const { return *teaching_; }
  Lessons& lessons() { return *lessons_; }
  const Lessons& lessons() const { return *lessons_; }
  Task& task() { return *task_; }  ///< thread-safe
  /// What was answered in this program within the last hour; thread-safe.
  const SeenFrames& seen() const { return seen_; }
  /// What the model in service looks at.
  const std::vector<sensors::FrameSpec>& watched() const { return watched_; }

  /// Begins to work, or does again after rest(): serves what served last.
  void start();
  /// The task was removed: nothing is answered or learnt until start().
  void rest();
  bool isAtWork() const { return atWork_; }

  /// The settings went from one to the other or back; what they say holds from now on.
  void settingsChanged(const TaskSettings& one, const TaskSettings& other);
  /// Looks anew where to learn and to answer; moves where that is elsewhere now.
  void choosePlaces();
  const Place& learningPlace() const { return learningPlacer_.place(); }
  /// Where answers come from in fact; while the computer that was chosen does not take the model,
  /// that is another, or nowhere, and `reason` says so.
  const Place& answeringPlace() const { return instead_ ? *instead_ : answeringPlacer_.place(); }
  /// Whose answers come now; empty: this program's. Thread-safe.
  std::string answeringWorker() const { return answersFrom().value_or(std::string()); }
  /// As answeringWorker(); none: nobody answers. Thread-safe.
  std::optional<std::string> answersFrom() const;
  /// Another computer answers than was chosen, or nobody, because that one does not take the model.
  bool standsIn() const { return instead_.has_value(); }
  /// Who learns just now; empty: this computer; none: nobody.
  std::optional<std::string> learnsAt() const;

  /// Another worker may serve now, or may not any more.
  void serveAnew();
  /// Reads again what was said, after undo or redo of an edit of whichever task. True where that
  /// changed what can be learnt: the model of that state serves.
  bool reload();

 private:
  Trainer* trainer();
  void serve(const learners::EnsemblePtr& ensemble, int version,
             const std::vector<sensors::FrameSpec>& specs);
  void serveHere(const learners::EnsemblePtr& ensemble, int version);
  void serveNobody();
  /// Puts the model on `deployedOn_`; answers come from there once it has it.
  void deploy(const learners::EnsemblePtr& ensemble, int version);
  void notDeployed(const std::string& name, const base::Error& error,
                   const learners::EnsemblePtr& ensemble, int version);
  /// Who answers began anew without the model: it must be given it again.
  bool hasLostModel();
  /// The worker of this computer is to learn and was not heard of yet, but may be soon.
  bool awaitsWorker() const;
  /// The computer that is to learn came back, or the rule found one.
  bool canLearnAgain(const Place& former);
  std::vector<std::string> memberTitles(const learners::Ensemble& ensemble) const;

  const TaskId id_;
  const Outside outside_;
  std::string key_;
  bool atWork_ = false;
  std::vector<sensors::FrameSpec> watched_;
  Placer learningPlacer_, answeringPlacer_;
  std::optional<std::string> deployedOn_;  ///< worker that is to serve; empty: this program
  std::optional<Place> instead_;           ///< where `deployedOn_` does not serve
  std::optional<base::Time> askAgainAt_;
  bool learnerAway_ = false;
  base::Time awaitedUntil_;
  std::string trainerWorker_;  ///< where `trainer_` trains; empty: in this process
  mutable std::mutex mutex_;
  std::string servingHash_;    ///< under the mutex
  std::optional<std::string> servingWorker_;  ///< under the mutex
  SeenFrames seen_;
  std::unique_ptr<Teaching> teaching_;
  std::unique_ptr<Task> task_;
  std::unique_ptr<Trainer> trainer_;
  std::unique_ptr<Lessons> lessons_;
};

}  // namespace app
