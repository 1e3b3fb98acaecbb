#pragma once
// CheckDesk: keeps the check of the model in service up to date while somebody looks at it. Works
// on a thread of its own, one part after another; what is there already is shown meanwhile.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>

#include "app/check.h"
#include "app/check_rival.h"

namespace app {

/// What the Check page shows.
struct CheckView {
  enum class Phase {
    NoModel,     ///< nothing was learnt yet
    NoTestData,  ///< every recording was used for learning
    Working,
    Ready,
    Stopped,  ///< by the person
    Failed,
  };
  Phase phase = Phase::NoModel;
  double progress = 0;    ///< of all that is under way, [0, 1]
  CheckPart doing = CheckPart::Scores;
  std::string trouble;    ///< Failed
  CheckReportPtr report;  ///< the newest there is; also while a newer one is made
  bool outdated = false;  ///< the report is about an earlier model or other examples
};

/// What is to be checked; equal names mean equal checks.
struct CheckSubject {
  learners::EnsemblePtr ensemble;  ///< null: no model
  int version = 0;
  TaskSettings settings;  ///< with the frames the model looks at
  std::string name;       ///< of model, examples and task together
};

/// Thread-safe.
class CheckDesk {
 public:
  /// `changed` is called from the desk's thread, at most about ten times a second.
  CheckDesk(const ProjectStore& store, DatasetBuilder& builder, const learners::LearnerMap& learners,
            std::uint64_t seed, std::function<void()> changed);
  ~CheckDesk();

  /// A check under way of something else is given up; a report about another task goes at once.
  void setSubject(CheckSubject subject);
  /// Checks are made only while somebody watches; one under way is finished.
  void watch(bool watching);
  bool isWatched() const;
  /// Ends what is under way, or takes it up again.
  void stop();
  void resume();
  /// A part that is not made without being asked for.
  void ask(CheckPart part);
  /// Sets another model beside the one in service, from now on; nothing: none. One that is being
  /// asked is given up.
  void compareWith(std::optional<FormerModel> former);

  CheckView view() const;

 private:
  void run(std::stop_token stop);
  bool hasWork() const;
  void openParts();
  void work(const CheckSubject& subject, std::stop_token stop);
  base::Result<void> makeParts(const CheckSubject& subject, std::stop_token stop);
  base::Result<void> begin(const CheckSubject& subject, std::stop_token stop);
  base::Result<void> makeWhatIf(const CheckSubject& subject, const learners::TrainingContext& how);
  base::Result<void> makeRival(const CheckInput& input, const learners::TrainingContext& how);
  void publish(std::shared_ptr<CheckReport> report);
  void progressed(double done);

  const ProjectStore& store_;
  DatasetBuilder& builder_;
  const learners::LearnerMap& learners_;
  const std::uint64_t seed_;
  const std::function<void()> changed_;

  // Of the desk's thread.
  learners::DatasetPtr data_;
  std::optional<learners::Exam> exam_;
  std::string examName_;  ///< the subject both belong to
  std::shared_ptr<CheckReport> draft_;
  std::chrono::steady_clock::time_point toldAt_;

  mutable std::mutex mutex_;  ///< of what follows
  std::condition_variable_any wake_;
  CheckSubject subject_;
  std::optional<FormerModel> former_;
  bool watching_ = false;
  bool stopped_ = false;
  std::set<CheckPart> open_;  ///< parts still to be made for the subject
  std::stop_source job_;
  CheckView view_;
  std::string reportName_;
  std::jthread thread_;  // last: joined before anything it uses is gone
};

}  // namespace app
