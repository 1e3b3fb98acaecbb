#pragma once
// Session: an open project and everything running in it; all the window ever talks to.
// Commands return at once and are carried out in order on the session's own thread; what they did
// is seen in the next snapshot. A label or example that a snapshot shows is on disk.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/event_question.h"
#include "app/extractor_menu.h"
#include "app/happenings.h"
#include "app/library.h"
#include "app/rules_view.h"
#include "app/map_trail.h"
#include "app/skew_watch.h"
#include "app/snapshot.h"
#include "hubs/mqtt_bus.h"
#include "plugins/sdk/plugin.h"
#include "sensors/quality.h"

namespace app {

class CheckDesk;
class ImportDesk;
class TopicDesk;

struct SessionOptions {
  std::filesystem::path project;
  std::optional<hubs::MqttOptions> broker;  ///< none: a private broker of our own
  std::string site = "home";
  std::filesystem::path programs;          ///< where mimosa-worker and mimosactl lie
  std::filesystem::path workFolder;        ///< blobs of the bench and of the local worker
  std::filesystem::path settingsFolder;    ///< of this computer; empty: this user's usual one
  bool madeHere = false;                   ///< this program made the project a moment ago
  bool startWorker = true;                 ///< a mimosa-worker on this computer
  bool startDemoHome = false;              ///< mimosactl simulate as a child
  std::vector<std::string> demoArguments;  ///< further arguments for it
  std::uint64_t seed = 1;
  /// To look at only: nothing is changed, captured or sent. A sentence that says why; empty: not so.
  std::string lookOnly;
  std::stop_token stopOpening = {};  ///< ends the copy that is looked at, where one is needed
};

/// Thread-safe. Destroying it ends everything: sources, tasks, children, store, in that order.
class Session {
 public:
  /// On any thread; to look may take as long as a copy of the project.
  /// Errors: as ProjectStore::open and PrivateBroker::open; Cancelled.
  static base::Result<std::unique_ptr<Session>> open(SessionOptions options,
                                                     plugins::Registry registry);
  ~Session();

  SnapshotPtr snapshot() const;
  /// Called from any thread, often; must be cheap. Set once.
  void onChange(std::function<void()> listener);

  /// Of the task in front.
  std::optional<Answer> latest() const;
  std::optional<Answer> latest(TaskId task) const;
  /// Recent answers, newest last, at most `n`.
  std::vector<Answer> recentAnswers(std::size_t n) const;
  std::vector<RibbonSpan> heard(const base::TimeSpan& span) const;
  std::vector<RibbonSpan> said(const base::TimeSpan& span) const;
  /// What happened in `span`, up to ten minutes back, and what goes on: what several tasks heard of
  /// one thing is one.
  std::vector<Happening> happenings(const base::TimeSpan& span) const;
  /// `n` pixel columns of a channel of a live source. Empty where unknown.
  std::vector<sensors::EnvelopeColumn> columns(const std::string& source, std::size_t channel,
                                               const base::TimeSpan& span, std::size_t n) const;
  /// The newest picture of a live camera; null where none has come.
  std::shared_ptr<const sensors::Image> picture(const std::string& source) const;
  /// What is wrong with a source's numbers, and how unevenly they come.
  sensors::SourceQuality quality(const std::string& source) const;
  base::Time now() const;

  // Tasks. What a person does is about the one in front; all of them answer.
  void bringToFront(TaskId task);
  /// Another thing to recognise, set like the one in front, and in front from now on.
  void addTask(const std::string& name);
  void renameTask(TaskId task, const std::string& name);
  /// The last one stays. Undo brings it back with its labels and its model.
  void removeTask(TaskId task);

  // The loop.
  void addLabel(const std::string& name);
  void renameLabel(learners::LabelId id, const std::string& name);
  void removeLabel(learners::LabelId id);
  /// Recording begins one second before the call. With `length` it ends by itself.
  void startRecording(learners::LabelId label, base::Duration length = base::Duration{0});
  /// Records without a label, until it is stopped; labels may be said in it meanwhile or later.
  void startFreeRecording();
  void stopRecording();
  void discardRecording();
  /// `length` of background, hands-free.
  void listenToBackground(base::Duration length);
  /// Labels a stretch of the past: "that was".
  void labelSpan(learners::LabelId label, const base::TimeSpan& span);
  /// Replaces examples by others in one undoable step; as Teaching::revise.
  void reviseExamples(const std::vector<std::int64_t>& replaced,
                      const std::vector<learners::Demonstration>& placed, const std::string& text);
  /// What was proposed there did not happen.
  void rejectProposal(learners::LabelId label, const base::TimeSpan& span);
  /// `label` happened some time in the last ten minutes: looks for it and makes a proposal.
  void thatWas(learners::LabelId label);
  /// The newest proposal.
  EventProposal eventProposal() const;
  void setExampleEnabled(std::int64_t demonstration, bool enabled);
  void removeExample(std::int64_t demonstration);
  /// The last answer was `label`; the background's id says "it was nothing".
  void correct(learners::LabelId label);
  /// The answer at `pressed` was something that has no label yet; one called `name` is made.
  void correctToNew(const std::string& name, base::Time pressed);
  /// `label` happened in the last `length` and was not heard.
  void missed(learners::LabelId label, base::Duration length = std::chrono::seconds(3));
  void undo();
  void redo();
  /// Takes back all later steps of the undo list, or does again all up to this one.
  void goToStep(std::int64_t command);
  /// A recording is forgotten with all that was said in it; undo brings it back until the project
  /// is closed.
  void forgetRecording(std::int64_t recording);
  /// A model that served before serves again.
  void goBackToModel(const std::string& ensembleHash);
  void trainNow();
  void setTrainingPaused(bool paused);
  /// Decides about a model that was kept aside.
  void useKeptAside(bool use);

  // The house.
  void askParam(const std::string& node, const std::string& param, const base::ParamValue& value);
  /// As askParam, for 30 s: then the former value comes back by itself, unless keepTrial() came
  /// first; also where the program ends meanwhile.
  void tryParam(const std::string& node, const std::string& param, const base::ParamValue& value);
  void keepTrial(const std::string& node, const std::string& param);
  void endTrial(const std::string& node, const std::string& param);
  void act(const std::string& node, const std::string& activity, bool on);
  /// Adds a device of this computer; `id` and a free name are given to it.
  void addLocal(const sensors::LocalSource& source);
  /// Gives the local source of the same id another name or other settings.
  void changeLocal(const sensors::LocalSource& source);
  void removeLocal(const std::string& id);
  /// Looks for devices of a kind that could be added, until told otherwise; empty: stops.
  void lookFor(const std::string& kind);
  LocalSearch localSearch() const;
  void setSourceUsed(const std::string& source, bool used);
  void setWindow(const sensors::WindowSpec& window);
  /// What stands where a channel of a source has no number; empty: each of its channels.
  void setFill(const std::string& source, const std::string& channel, sensors::Fill fill);
  /// Features of a source, as sensors::ExtractorChoice; empty: the usual ones. What the source cannot
  /// do is refused with a notice.
  void setExtractor(const std::string& source, const std::string& extractor);
  /// Whether a source is learnt from where its numbers look wrong.
  void setLearnFlagged(const std::string& source, bool learn);
  /// What a source could be turned into; empty while that is being found out.
  std::vector<ExtractorOption> extractors(const std::string& source) const;
  /// Now against what the model in service learnt from; never null.
  std::shared_ptr<const SkewView> skew() const;
  /// Where the last hour falls on the maps of the check, while somebody looks at them; never null.
  std::shared_ptr<const MapTrails> trails() const;
  /// Sets a former model of the task in front beside the one that is checked; empty: none.
  void compareCheck(const std::string& ensembleHash);
  void setMemberPolicy(learners::MemberPolicy policy);
  void setSteadiness(float steadiness);     ///< 0 quick .. 1 steady
  /// From which certainty on an answer of `label`, or of kEveryLabel, is sure enough; none: as
  /// tested.
  void setLimit(learners::LabelId label, std::optional<float> certainty);
  /// Worker id; kHere: this computer; empty: where the policy in force says, else this computer.
  void trainOn(const std::string& worker);
  void serveOn(const std::string& worker);

  // Rules.
  std::shared_ptr<const RulesView> rules() const;
  /// Keeps the rule that `sentence` says, in place of rule `id` or, with 0, as a new one. What is
  /// not understood is not kept, and a notice says so.
  void putRule(std::int64_t id, const std::string& sentence);
  void setRuleEnabled(std::int64_t id, bool enabled);
  void removeRule(std::int64_t id);
  /// Rules that did not come to be on this computer are held back: they decide and send nothing.
  void letRulesAct();
  /// No rule sends anything any more, until letRulesAct() or until it is typed anew.
  void holdRulesBack();
  /// A project from elsewhere may do here what Snapshot::held says, from now on.
  void letProject();
  /// Finds out what the rule would have done over the last day of recordings: RulesView::trial.
  void tryRule(std::int64_t id);

  void dismissNotice(std::int64_t id);
  void setProjectName(const std::string& name);
  /// Writes all of the project into a new file, which nobody has open then; a notice says how it went.
  void saveCopy(const std::filesystem::path& file);

  /// What the project keeps, to look at. Lives as long as the session.
  Library& library();
  /// The check of the model in service; thread-safe, lives as long as the session.
  CheckDesk& check() const;
  /// Recordings from files; thread-safe, lives as long as the session.
  ImportDesk& imports() const;
  /// Brokers and their topics; thread-safe, lives as long as the session.
  TopicDesk& topics() const;

  /// Waits until all commands posted so far were carried out; for tests and command lines.
  void settle();
  /// The broker in use, for children and other computers.
  hubs::MqttOptions broker() const;

 private:
  struct Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace app
