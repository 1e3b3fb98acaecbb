#pragma once
// Lessons: turns what was taught into the model that serves. Decides when to train, runs the job,
// holds the result against the former model on old examples, puts it in service or keeps it aside,
// and goes back to the very same model when an edit is undone.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/dataset_builder.h"
#include "app/director.h"
#include "app/project/store.h"
#include "app/snapshot.h"
#include "app/teaching.h"
#include "app/training/trainer.h"

namespace app {

/// How two held-out reports answer the same old examples.
struct Comparison {
  int total = 0;
  int before = 0;  ///< right by the former model
  int after = 0;   ///< right by the new one
  bool comparable = false;
  std::string worstLabel;  ///< the label that lost most, where worse
  int lost = 0;            ///< its examples that were right before and no longer are
};
Comparison compare(const learners::EnsembleReport& before, const learners::EnsembleReport& after,
                   const std::vector<learners::Demonstration>& old);
/// A new model is worse where it loses more than one old example and more than 2 of 100: below that
/// held-out answers differ by chance alone.
bool isWorse(const Comparison& comparison);

/// All members belong to the session's thread; training runs elsewhere and reports back to it.
class Lessons {
 public:
  /// What Lessons needs of the session.
  struct Outside {
    std::function<Trainer*()> trainer;  ///< where the task trains now
    /// An ensemble takes over, with the frames it was trained on; version 0: a quick one until the
    /// whole is there; null: nobody serves.
    std::function<void(const learners::EnsemblePtr&, int version,
                       const std::vector<sensors::FrameSpec>& frames)>
        serve;
    std::function<void()> changed;
    std::function<void(NoticeView::Kind, const std::string&)> notice;
  };

  Lessons(ProjectStore& store, Teaching& teaching, DatasetBuilder& builder, Director& director,
          const learners::LearnerMap& learners, const base::Clock& clock, std::uint64_t seed,
          Outside outside);
  ~Lessons();

  /// Serves what served last. Call once after opening.
  void resume();
  /// Something that is learnt from was said or taken away; trains if it is time.
  void taught();
  /// A correction was said: learns at once, whatever is running. `command`: its edit.
  void corrected(const std::string& what, std::int64_t command, base::Time pressed,
                 std::vector<learners::Demonstration> old);
  /// An edit was taken back or done again: serves the model of that state, trains where there is
  /// none.
  void restored();
  void trainNow();
  void setPaused(bool paused);
  void useKeptAside(bool use);
  /// The task looks at other sources or windows now.
  void taskChanged();

  ModelView model() const;
  const LessonView& lesson() const { return lesson_; }
  learners::EnsemblePtr serving() const { return serving_; }
  const std::string& servingHash() const { return servingHash_; }

 private:
  struct Deployed {
    DeploymentRow row;
    std::string fingerprint;
    learners::EnsembleReport report;
    int examples = 0;
    std::vector<sensors::FrameSpec> frames;
  };
  struct Running {
    std::string fingerprint;
    std::string what;  ///< of a correction, else empty
    std::int64_t command = 0;
    base::Time pressed;
    std::vector<learners::Demonstration> old;
    std::vector<sensors::FrameSpec> frames;  ///< what its rows are made of
    double progress = 0;
    bool cancelled = false;
  };
  struct Aside {
    learners::TrainedEnsemble trained;
    std::string fingerprint;
    std::vector<sensors::FrameSpec> frames;
    std::string sentence;
  };

  bool mayTrain() const;
  bool enoughToTrain() const;
  void start(Running running);
  void startJob(const std::shared_ptr<Running>& running, const learners::DatasetPtr& data);
  void finished(const std::shared_ptr<Running>& running,
                base::Result<learners::TrainedEnsemble> result);
  void failed(const std::shared_ptr<Running>& running, const base::Error& error);
  void putInService(const learners::TrainedEnsemble& trained, const std::string& fingerprint,
                    const std::vector<sensors::FrameSpec>& frames);
  void serveDeployed(const Deployed& deployed);
  void serveNobody();
  void stopRunning();
  std::optional<Deployed> readDeployment(const DeploymentRow& row) const;
  learners::EnsemblePtr load(const std::string& hash) const;

  ProjectStore& store_;
  Teaching& teaching_;
  DatasetBuilder& builder_;
  Director& director_;
  const learners::LearnerMap& learners_;
  const base::Clock& clock_;
  std::uint64_t seed_;
  Outside outside_;

  bool paused_ = false;
  std::string triedFingerprint_;  ///< what the last training was about, whatever came of it
  std::shared_ptr<Running> running_;
  bool again_ = false;  ///< something was said while it ran
  learners::EnsemblePtr serving_;
  std::string servingHash_;
  std::optional<Deployed> current_;
  std::optional<Aside> aside_;
  std::string trouble_;
  LessonView lesson_;
  std::shared_ptr<int> alive_ = std::make_shared<int>(0);  ///< late callbacks see that it is gone
  std::unique_ptr<Director> jobs_;  // last: building datasets must not hold up the session
};

}  // namespace app
