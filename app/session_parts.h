#pragma once
// The parts a Session is made of, in start order; destroyed in reverse. Private to
// app/session*.cpp.

#include <atomic>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include "app/announcer.h"
#include "app/check_desk.h"
#include "app/children.h"
#include "app/dataset_builder.h"
#include "app/director.h"
#include "app/event_question.h"
#include "app/extractor_menu.h"
#include "app/flag_filter.h"
#include "app/flag_keeper.h"
#include "app/happening_list.h"
#include "app/import_desk.h"
#include "app/lessons.h"
#include "app/library.h"
#include "app/local_sources.h"
#include "app/place_record.h"
#include "app/placement.h"
#include "app/project/look_only.h"
#include "app/project/prediction_history.h"
#include "app/project/recorder.h"
#include "app/project/store.h"
#include "app/rule_desk.h"
#include "app/session.h"
#include "app/setting_trial.h"
#include "app/skew_watch.h"
#include "app/task_desk.h"
#include "app/topic_desk.h"
#include "app/traces.h"
#include "app/training/worker_directory.h"
#include "app/trust.h"
#include "hubs/broker_links.h"
#include "hubs/node_directory.h"
#include "hubs/private_broker.h"
#include "sensors/frame_hub.h"
#include "sensors/tape.h"

namespace app {

struct Session::Impl {
  SessionOptions options;
  plugins::Registry registry;
  base::SystemClock clock;
  hubs::Topics topics;
  std::string benchId;

  std::optional<LookedAt> look;  ///< of a project that is only looked at: its folder
  std::unique_ptr<ProjectStore> store;
  std::unique_ptr<hubs::BlobStore> blobs;
  std::unique_ptr<hubs::PrivateBroker> privateBroker;
  hubs::MqttOptions brokerOptions;
  std::unique_ptr<hubs::Bus> bus;

  sensors::SourceTable sources;
  sensors::Tape tape;
  std::unique_ptr<Traces> traces;
  std::unique_ptr<sensors::FrameHub> frames;
  std::unique_ptr<Recorder> recorder;
  std::shared_ptr<EditList> edits;
  FlagKeeper flags;
  std::unique_ptr<DatasetBuilder> builder;
  std::unique_ptr<Director> director;
  std::unique_ptr<Library> library;
  std::unique_ptr<WorkerDirectory> workers;
  std::unique_ptr<Announcer> announcer;
  std::unique_ptr<PredictionHistory> history;
  HappeningList happenings;
  std::unique_ptr<Trust> trust;
  std::unique_ptr<RuleDesk> desk;
  std::map<TaskId, std::unique_ptr<TaskDesk>> taskDesks;  ///< of removed tasks too: undo is quick
  std::unique_ptr<CheckDesk> check;
  std::unique_ptr<Director> past;  ///< looks through the tape
  std::unique_ptr<ExtractorMenu> menu;
  std::unique_ptr<hubs::NodeDirectory> nodes;
  std::unique_ptr<BrokerBook> brokers;
  std::unique_ptr<hubs::BrokerLinks> links;
  std::unique_ptr<TopicDesk> topicDesk;
  std::unique_ptr<ImportDesk> imports;
  std::unique_ptr<LocalSources> locals;
  hubs::SubscriptionPtr linkWatch;
  std::vector<std::unique_ptr<Child>> children;

  // Of the session's thread.
  std::deque<NoticeView> notices;
  std::int64_t nextNotice = 1;
  std::map<std::string, std::pair<base::Time, std::uint64_t>> rateBase;
  std::map<std::string, double> rates;
  base::Time ratesAt;
  std::uint64_t readingsBase = 0;
  double readingsPerSecond = 0;
  double processorBase = 0;
  double processorShare = 0;
  std::map<std::int64_t, std::pair<base::TimeSpan, Example>> thumbnails;
  bool snapshotDue = false;
  base::Time flagsHeardAt, flagsSavedAt, skewAt, trailsAt;
  FlagFilter flagFilter;
  TaskId checkedTask = 0;  ///< of what the page Check shows
  bool skewRunning = false, trailsRunning = false;
  std::stop_source skewStop;
  std::string skewFingerprint;         ///< what `skewTaught` was built of
  learners::DatasetPtr skewTaught;     ///< of the thread `past`
  std::size_t normExamples = 0;  ///< examples there were when norms were last learnt
  base::Time librarySavedAt;  ///< what the library was last told of
  base::Time rulesCheckedAt;
  std::string trustId;  ///< of this project, for `trust`
  Trust::HeldRules heldRules;
  Held held;  ///< all but rules
  std::vector<DecisionRow> decisions;  ///< not yet in the file
  SettingTrials trials;
  AnswerTimes answerTimes;
  std::optional<Policy> policy;  ///< in force
  std::int64_t policyRule = 0;
  std::string policyText;  ///< its sentence
  PlaceRecord places;
  base::Time placesSavedAt;
  bool placesToSave = false;  ///< something began or ended since
  std::optional<base::Time> nobodySince;  ///< when the policy last found nobody to answer
  bool nobodyTold = false;
  TrialView trial;
  bool trialRunning = false;
  std::optional<std::pair<Rule, std::int64_t>> trialWaiting;
  std::jthread trialThread;
  std::string savedCopy;
  bool copyRunning = false;
  std::jthread copying;
  std::int64_t recordingSerial = 0;
  // Of the task in front, which what a person does is about.
  Teaching* teaching = nullptr;
  Lessons* lessons = nullptr;

  mutable std::mutex mutex;  ///< of what follows
  SnapshotPtr snapshot = std::make_shared<Snapshot>();
  std::function<void()> listener;
  /// Never null once open, and never gone before the session; written on the session's thread.
  TaskDesk* front = nullptr;
  std::shared_ptr<const RulesView> rulesShown = std::make_shared<RulesView>();
  EventProposal eventProposal;
  std::shared_ptr<const SkewView> skewShown = std::make_shared<SkewView>();
  TaskId skewTask = 0;  ///< which `skewShown` is about
  std::shared_ptr<const MapTrails> trailsShown = std::make_shared<MapTrails>();

  ~Impl();

  bool looksOnly() const { return !options.lookOnly.empty(); }
  base::Result<void> open();
  base::Result<void> openStore();
  void saveCopy(const std::filesystem::path& file);
  void startChildren();
  void changed();        ///< any thread: a new snapshot is due soon
  void buildSnapshot();  ///< session's thread
  void chooseCheck();    ///< session's thread
  void tick();
  void measure();
  /// What devices said that are away holds no more.
  void followAway();
  void notice(NoticeView::Kind kind, const std::string& text);
  void report(const base::Result<void>& result);

  void sourceDeclared(const std::shared_ptr<sensors::SourceStream>& stream);
  /// How corrections are learnt on this computer.
  decltype(Lessons::Outside::adapt) adapter() const;
  /// Of the task in front.
  TaskSettings taskSettings() const;
  void changeTask(const std::function<void(TaskSettings&)>& change, const std::string& text);
  /// The settings went from one to the other or back; what they say holds from now on.
  void taskChanged(const TaskSettings& one, const TaskSettings& other);

  // Tasks, in session_tasks.cpp.
  TaskDesk::Outside deskOutside();
  void openTasks();
  TaskDesk& makeDesk(TaskId id);
  /// Any thread; null where there is none. Lives as long as the session.
  TaskDesk* taskDesk(TaskId id) const;
  /// Any thread: who answers in front.
  Task& frontTask() const;
  std::vector<TaskDesk*> desksAtWork() const;
  /// Of whose label it is; the one in front where nobody knows it.
  TaskDesk& deskOf(learners::LabelId label);
  void setFront(TaskDesk& desk);
  /// Desks for what the project has now; tasks that came are in front.
  void followTasks();
  void modelServes(const TaskDesk& desk);
  void addTask(const std::string& name);
  void renameTask(TaskId id, const std::string& name);
  void removeTask(TaskId id);

  std::vector<sensors::LocalSource> localList() const;
  void changeChoice(const std::string& source, const std::function<void(SourceChoice&)>& change,
                    const std::string& text);
  /// Hears what is wrong with sources now, and keeps it.
  void watchFlags();
  /// Compares now with what was learnt from, once in a while.
  void watchSkew();
  /// Puts the last hour on the maps of the check, while somebody looks at them.
  void watchTrails();
  /// How many enabled examples of `source` touch a stretch in which it was flagged.
  int flaggedExamples(const std::string& source, const TaskSettings& settings) const;
  /// Learns how each source was when something was taught with it; cheap where nothing is new.
  void learnNorms();
  /// The list becomes `after`, and the task looks at what is on it; an edit of its own.
  void changeLocals(std::vector<sensors::LocalSource> after, const std::string& text);
  /// Any thread: channels of `broker` log in anew.
  void loginChanged(const std::string& broker);

  void startRecording(learners::LabelId label, base::Duration length);
  void stopRecording();
  void finishRecording();
  void correct(learners::LabelId label, base::Time pressed);
  std::optional<Answer> answerAt(base::Time pressed) const;
  void missed(learners::LabelId label, base::Duration length, base::Time pressed);
  void learnFrom(learners::LabelId label, const base::TimeSpan& span, learners::Origin origin,
                 base::Time pressed);
  void thatWas(learners::LabelId label);
  void undone(const base::Result<std::optional<Edit>>& edit, bool forward);

  // What the project may do here unasked, in session_trust.cpp.
  std::atomic<bool> mayTell = false;  ///< at the broker, what is heard
  void allow(const std::vector<Deed>& deeds);
  void trustLocals(const std::vector<sensors::LocalSource>& before,
                   const std::vector<sensors::LocalSource>& after);
  void trustLocalsAgain(const std::vector<sensors::LocalSource>& before,
                        const std::vector<sensors::LocalSource>& after);
  void trustSwitch(const RuleRow& before, const RuleRow& after);
  void trustRuleAgain(const std::optional<RuleRow>& before, const std::optional<RuleRow>& after);
  void followLocals();
  void restoreSettings();
  void rememberDevice(const std::string& node);
  void askAgain(const AskParam& edit, bool forward);
  bool mayWorkOn(const std::string& worker) const;
  /// That tasks are to be trained or served on, besides this computer.
  std::set<std::string> workersOfTasks() const;
  void reviewHeld();
  /// What is held, rules too.
  Held heldNow() const;
  void letProject();

  // Recordings from files, in session_import.cpp.
  ImportDesk::Outside importOutside();
  void importEnded(const ImportView& view);
  base::Result<void> keepFromFiles(TaskId task, const ImportedRecordings& imported,
                                   const std::string& text);

  // Settings on trial, in session_trials.cpp.
  base::Result<void> endFormerTrials(std::map<std::string, ProjectStore::DeviceSettings>& settings);
  void saveTrials();
  void sendBack(const SettingTrial& trial);
  void tickTrials();
  void endTrial(const std::string& node, const std::string& param);

  // Where the task learns and answers, in session_placement.cpp.
  void choosePlaces();
  void readPolicy(const std::vector<RuleRow>& rows);
  std::vector<DeviceFacts> devicesNow() const;
  PlacementView placementView() const;
  PlaceStretches placesNow() const;
  void explainPlace(PlaceStretch& stretch) const;
  /// Keeps who learns and answers now, and why.
  void followPlaces();
  base::Result<void> savePlacesNow();

  // Rules, in session_rules.cpp.
  RuleDesk::Outside ruleOutside();
  base::Result<void> actOnRule(const Action& action);
  std::shared_ptr<const RuleWords> ruleWordsNow() const;
  std::vector<learners::Label> labelsOfAllTasks() const;
  std::vector<LabelStretch> saidStretches() const;
  void reloadRules();
  void tickRules();
  /// Renews `rulesShown`.
  void showRules(const Snapshot& made);
  void changeRule(std::optional<RuleRow> before, std::optional<RuleRow> after,
                  const std::string& text);
  std::optional<RuleRow> ruleRow(std::int64_t id);
  /// Of all rules; then they are loaded anew.
  void changeTrust(bool mayAct);
  void startTrial(const Rule& rule, std::int64_t id);

  // Snapshot parts, in snapshot_builder.cpp.
  std::vector<LabelCard> cards();
  Example example(const learners::Demonstration& demonstration);
  std::vector<SourceView> sourceViews();
};

}  // namespace app
