#pragma once
// Lessons: turns what was taught about one task into the model that serves it. Decides when to train, runs the job,
// holds the result against the former model on old examples, puts it in service or keeps it aside,
// and goes back to the very same model when an edit is undone. A correction does not wait for a
// training: the model that serves is adapted, and everything is trained anew when that is worth it.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "app/before_after.h"
#include "app/dataset_builder.h"
#include "app/director.h"
#include "app/project/store.h"
#include "app/snapshot.h"
#include "app/teaching.h"
#include "app/training/adaptation_job.h"
#include "app/training/trainer.h"
#include "plugins/sdk/plugin.h"

namespace app {

/// All members belong to the session's thread; training runs elsewhere and reports back to it.
class Lessons {
 public:
  /// What Lessons needs of the session.
  struct Outside {
    std::function<Trainer*()> trainer;  ///< where the task trains now
    /// Who is to train is expected any moment: a job waits until lookForTrainer(). May be empty.
    std::function<bool()> awaitsTrainer = {};
    /// An ensemble takes over, with the frames it was trained on; version 0: a quick one until the
    /// whole is there; null: nobody serves.
    std::function<void(const learners::EnsemblePtr&, int version,
                       const std::vector<sensors::FrameSpec>& frames)>
        serve;
    /// Learns one correction, blocking, on a thread of Lessons. Empty: corrections are trained.
    std::function<base::Result<learners::Adapted>(const AdaptationJob&, std::stop_token)> adapt;
    /// After a correction was learnt nothing is trained for so long: more may come.
    base::Duration quiet = std::chrono::seconds(10);
    plugins::Origins origins = {};  ///< of networks that make features: kept with each model
    std::function<void()> changed;
    std::function<void(NoticeView::Kind, const std::string&)> notice;
  };

  Lessons(ProjectStore& store, Teaching& teaching, DatasetBuilder& builder, Director& director,
          const learners::LearnerMap& learners, const base::Clock& clock, std::uint64_t seed,
          Outside outside);
  ~Lessons();

  /// Serves what served last. Call once after opening.
  void resume();
  /// The task was removed: stops what runs and serves nobody, until resume().
  void rest();
  /// Something that is learnt from was said or taken away; trains if it is time.
  void taught();
  /// A label is not learnt from fewer examples; background is.
  static constexpr int kExamplesToStart = learners::kFewestToAdapt;

  /// A correction was said: learns at once, whatever is running. `command`: its edit.
  void corrected(const std::string& what, std::int64_t command, base::Time pressed,
                 std::vector<learners::Demonstration> old);
  /// An edit was taken back or done again: serves the model of that state, trains where there is
  /// none.
  void restored();
  void trainNow();
  void setPaused(bool paused);
  void useKeptAside(bool use);
  /// A model that served before serves again, until something else is learnt. Errors: NotFound.
  base::Result<void> goBackTo(const std::string& ensembleHash);
  /// The task looks at other sources or windows now.
  void taskChanged();
  /// To be called now and then: a job that waited for its trainer starts when that is there or is
  /// not expected any longer.
  void lookForTrainer();

  /// Where something is being learnt now.
  enum class LearnsAt { Nowhere, Here, Trainer };
  LearnsAt learnsAt() const {
    return !running_                  ? LearnsAt::Nowhere
           : running_->adapts         ? LearnsAt::Here
           : running_->place.empty()  ? LearnsAt::Nowhere  // its rows are still being made
                                      : LearnsAt::Trainer;
  }
  ModelView model() const;
  const LessonView& lesson() const { return lesson_; }
  learners::EnsemblePtr serving() const { return serving_; }
  const std::string& servingHash() const { return servingHash_; }

 private:
  /// An example as a model learnt it; examples can be edited afterwards.
  struct Learnt {
    std::int64_t id = 0;
    learners::LabelId label = 0;
    base::TimeSpan span;
    friend bool operator==(const Learnt&, const Learnt&) = default;
    friend auto operator<=>(const Learnt& a, const Learnt& b) {
      return std::tie(a.id, a.label, a.span.begin.ns, a.span.end.ns) <=>
             std::tie(b.id, b.label, b.span.begin.ns, b.span.end.ns);
    }
  };
  struct Deployed {
    DeploymentRow row;
    std::string fingerprint;
    learners::EnsembleReport report;
    std::vector<sensors::FrameSpec> frames;
    std::vector<Learnt> learnt;  ///< by id; empty where an older program kept none
    int adapted = 0;             ///< of these, by adapting
    std::string recipe;          ///< JSON; equal recipes can be adapted to each other
  };
  /// A model before it is in service.
  struct Made {
    learners::TrainedEnsemble trained;
    std::string fingerprint;
    std::vector<sensors::FrameSpec> frames;
    std::vector<Learnt> learnt;
    int adapted = 0;
    std::string recipe;
    std::string place = {};  ///< where it learnt, for people
  };
  struct Running {
    enum class Why { Taught, Correction, Refresh };
    Why why = Why::Taught;
    std::string what;  ///< of a correction
    std::int64_t command = 0;
    base::Time pressed;
    std::vector<learners::Demonstration> old;
    bool adapts = false;
    std::string fingerprint;
    std::vector<sensors::FrameSpec> frames;  ///< what its rows are made of
    std::vector<Learnt> learnt;
    learners::EnsembleRecipe recipe;
    std::string place;  ///< of the trainer that has it
    double progress = 0;
    std::stop_source stop;
    bool cancelled() const { return stop.stop_requested(); }
  };
  using RunningPtr = std::shared_ptr<Running>;
  struct Aside {
    Made made;
    std::string sentence;
  };

  bool mayTrain() const;
  bool enoughToTrain() const;
  std::vector<Learnt> learnable() const;
  /// Why what was said since `old` cannot be learnt yet: a sentence, or empty.
  std::string tooFewOf(const std::vector<learners::Demonstration>& old) const;
  bool canAdapt(const Running& running) const;
  void start(Running running);
  void startJob(const RunningPtr& running, const learners::DatasetPtr& data);
  void startAdapting(const RunningPtr& running, const learners::DatasetPtr& data);
  void adapted(const RunningPtr& running, const base::Result<learners::Adapted>& result,
               const learners::DatasetPtr& data);
  void finished(const RunningPtr& running, const base::Result<learners::TrainedEnsemble>& result);
  void decide(const RunningPtr& running, Made made, const Comparison& held);
  void failed(const RunningPtr& running, const base::Error& error);
  void refreshLater();
  void stopRunning();

  // In lessons_serving.cpp.
  void putInService(const Made& made);
  void serveDeployed(const Deployed& deployed);
  void serveAgain(Deployed former);
  void serveNobody();
  /// The task of `teaching` as it is set now. Errors: as the store.
  base::Result<TaskSettings> settings() const { return store_.task(teaching_.task()); }
  /// What served this task.
  std::vector<DeploymentRow> deployments() const;
  std::optional<Deployed> readDeployment(const DeploymentRow& row) const;
  std::optional<Deployed> formerFor(const std::string& fingerprint) const;
  learners::EnsemblePtr load(const std::string& hash) const;

  ProjectStore& store_;
  Teaching& teaching_;
  DatasetBuilder& builder_;
  Director& director_;
  const learners::LearnerMap& learners_;
  const base::Clock& clock_;
  std::uint64_t seed_;
  Outside outside_;

  std::string key_ = "main";  ///< of the task, for trainers
  bool paused_ = false;
  std::string triedFingerprint_;  ///< what the last training was about, whatever came of it
  RunningPtr running_;
  learners::DatasetPtr waiting_;  ///< of `running_`, which waits for its trainer
  bool again_ = false;  ///< something was said while it ran
  learners::EnsemblePtr serving_;
  std::string servingHash_;
  std::optional<Deployed> current_;
  std::optional<Aside> aside_;
  std::string trouble_;
  LessonView lesson_;
  std::int64_t refreshSerial_ = 0;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  ///< late callbacks see that it is gone
  std::unique_ptr<Director> jobs_;  // last: building datasets must not hold up the session
};

}  // namespace app
