#include "ui/session_bridge.h"

#include "app/check_desk.h"

namespace ui {
namespace {

/// One call of the session per kind of intent.
class Carrier {
 public:
  explicit Carrier(app::Session& session) : session_(session) {}

  void operator()(const intent::AddTask& i) { session_.addTask(i.name.toStdString()); }
  void operator()(const intent::RenameTask& i) {
    session_.renameTask(i.task, i.name.toStdString());
  }
  void operator()(const intent::RemoveTask& i) { session_.removeTask(i.task); }
  void operator()(const intent::BringToFront& i) { session_.bringToFront(i.task); }
  void operator()(const intent::AddLabel& i) { session_.addLabel(i.name.toStdString()); }
  void operator()(const intent::RenameLabel& i) {
    session_.renameLabel(i.label, i.name.toStdString());
  }
  void operator()(const intent::RemoveLabel& i) { session_.removeLabel(i.label); }
  void operator()(const intent::StartRecording& i) { session_.startRecording(i.label, i.length); }
  void operator()(const intent::RecordFree&) { session_.startFreeRecording(); }
  void operator()(const intent::StopRecording&) { session_.stopRecording(); }
  void operator()(const intent::DiscardRecording&) { session_.discardRecording(); }
  void operator()(const intent::ListenToBackground& i) { session_.listenToBackground(i.length); }
  void operator()(const intent::LabelSpan& i) { session_.labelSpan(i.label, i.span); }
  void operator()(const intent::ReviseExamples& i) {
    session_.reviseExamples(i.replaced, i.placed, i.text.toStdString());
  }
  void operator()(const intent::GoToStep& i) { session_.goToStep(i.command); }
  void operator()(const intent::ForgetRecording& i) { session_.forgetRecording(i.recording); }
  void operator()(const intent::GoBackToModel& i) { session_.goBackToModel(i.ensembleHash); }
  void operator()(const intent::RejectProposal& i) { session_.rejectProposal(i.label, i.span); }
  void operator()(const intent::SetExampleEnabled& i) {
    session_.setExampleEnabled(i.demonstration, i.enabled);
  }
  void operator()(const intent::RemoveExample& i) { session_.removeExample(i.demonstration); }
  void operator()(const intent::ThatWas& i) { session_.thatWas(i.label); }
  void operator()(const intent::Correct& i) { session_.correct(i.label); }
  void operator()(const intent::CorrectToNew& i) {
    session_.correctToNew(i.name.toStdString(), i.pressed);
  }
  void operator()(const intent::Missed& i) { session_.missed(i.label, i.length); }
  void operator()(const intent::Undo&) { session_.undo(); }
  void operator()(const intent::Redo&) { session_.redo(); }
  void operator()(const intent::TrainNow&) { session_.trainNow(); }
  void operator()(const intent::SetTrainingPaused& i) { session_.setTrainingPaused(i.paused); }
  void operator()(const intent::UseKeptAside& i) { session_.useKeptAside(i.use); }
  void operator()(const intent::SetProjectName& i) {
    session_.setProjectName(i.name.toStdString());
  }
  void operator()(const intent::DismissNotice& i) { session_.dismissNotice(i.id); }
  void operator()(const intent::AskParam& i) { session_.askParam(i.node, i.param, i.value); }
  void operator()(const intent::TryParam& i) { session_.tryParam(i.node, i.param, i.value); }
  void operator()(const intent::KeepTrial& i) { session_.keepTrial(i.node, i.param); }
  void operator()(const intent::EndTrial& i) { session_.endTrial(i.node, i.param); }
  void operator()(const intent::Act& i) { session_.act(i.node, i.activity, i.on); }
  void operator()(const intent::AddLocal& i) { session_.addLocal(i.source); }
  void operator()(const intent::ChangeLocal& i) { session_.changeLocal(i.source); }
  void operator()(const intent::RemoveLocal& i) { session_.removeLocal(i.id); }
  void operator()(const intent::LookFor& i) { session_.lookFor(i.kind); }
  void operator()(const intent::SetSourceUsed& i) { session_.setSourceUsed(i.source, i.used); }
  void operator()(const intent::SetMemberPolicy& i) { session_.setMemberPolicy(i.policy); }
  void operator()(const intent::SetSteadiness& i) { session_.setSteadiness(i.steadiness); }
  void operator()(const intent::SetLimit& i) { session_.setLimit(i.label, i.certainty); }
  void operator()(const intent::TrainOn& i) { session_.trainOn(i.worker); }
  void operator()(const intent::SetFill& i) { session_.setFill(i.source, i.channel, i.fill); }
  void operator()(const intent::SetExtractor& i) { session_.setExtractor(i.source, i.extractor); }
  void operator()(const intent::SetLearnFlagged& i) { session_.setLearnFlagged(i.source, i.learn); }
  void operator()(const intent::SaveCopy& i) { session_.saveCopy(i.file); }
  void operator()(const intent::LetProject&) { session_.letProject(); }
  void operator()(const intent::ServeOn& i) { session_.serveOn(i.worker); }

 private:
  app::Session& session_;
};

}  // namespace

LibraryFeed feedOf(app::Library& of) {
  app::Library* library = &of;
  return {
      .contents = [library] { return library->contents(); },
      .revision = [library] { return library->revision(); },
      .columns = [library](const std::string& source, std::size_t channel,
                           const base::TimeSpan& span,
                           std::size_t n) { return library->columns(source, channel, span, n); },
      .spectrum = [library](const std::string& source, const base::TimeSpan& span,
                            std::size_t n) { return library->spectrum(source, span, n); },
      .picture = [library](const std::string& source, base::Time t,
                           base::Duration within) { return library->picture(source, t, within); },
      .events = [library](const base::TimeSpan& sitting) { return library->events(sitting); },
      .heard = [library](const base::TimeSpan& span) { return library->heard(span); },
      .findSimilar = [library](const base::TimeSpan& span, std::int64_t recording,
                               const base::TimeSpan& within) {
        library->findSimilar(span, recording, within);
      },
      .similar = [library] { return library->similar(); },
      .asOf = [library](base::Time time) { return library->asOf(time); },
  };
}

SessionBridge::SessionBridge(app::Session& session, QObject* parent)
    : QObject(parent), session_(session) {
  connect(&relay_, &ChangeRelay::changed, this, &SessionBridge::changed);
  session_.onChange([this] { relay_.notify(); });
}

Feed SessionBridge::feed() const {
  app::Session* session = &session_;
  return {
      .now = [session] { return session->now(); },
      .columns = [session](const std::string& source, std::size_t channel,
                           const base::TimeSpan& span,
                           std::size_t n) { return session->columns(source, channel, span, n); },
      .heard = [session](const base::TimeSpan& span) { return session->heard(span); },
      .said = [session](const base::TimeSpan& span) { return session->said(span); },
      .latest = [session] { return session->latest(); },
      .eventProposal = [session] { return session->eventProposal(); },
      .quality = [session](const std::string& source) { return session->quality(source); },
      .rules = {.view = [session] { return session->rules(); },
                .put = [session](std::int64_t rule,
                                 const std::string& text) { session->putRule(rule, text); },
                .setEnabled = [session](std::int64_t rule,
                                        bool on) { session->setRuleEnabled(rule, on); },
                .remove = [session](std::int64_t rule) { session->removeRule(rule); },
                .tryOut = [session](std::int64_t rule) { session->tryRule(rule); },
                .letAct = [session] { session->letRulesAct(); },
                .holdBack = [session] { session->holdRulesBack(); }},
      .localSearch = [session] { return session->localSearch(); },
      .extractors = [session](const std::string& source) { return session->extractors(source); },
      .skew = [session] { return session->skew(); },
      .picture = [session](const std::string& source) { return session->picture(source); },
      .topics = {.view = [session] { return session->topics().view(); },
                 .look = [session] { session->topics().lookForBrokers(); },
                 .listenWith =
                     [session](const app::BrokerLogin& login, const std::string& filter) {
                       session->topics().listenWith(login, filter);
                     },
                 .listenTo =
                     [session](const std::string& broker, const std::string& filter) {
                       session->topics().listenTo(broker, filter);
                     },
                 .leave = [session] { session->topics().leave(); },
                 .changedSince =
                     [session](std::uint64_t revision, std::size_t most) {
                       return session->topics().changedSince(revision, most);
                     }},
      .imports = {.view = [session] { return session->imports().view(); },
                  .look = [session](std::vector<std::filesystem::path> paths) {
                    session->imports().look(std::move(paths));
                  },
                  .choose = [session](std::size_t part, const app::ImportPart& chosen) {
                    session->imports().choose(part, chosen);
                  },
                  .start = [session] { session->imports().start(); },
                  .stop = [session] { session->imports().stop(); },
                  .clear = [session] { session->imports().clear(); },
                  .watch = [session](bool watching) { session->imports().watch(watching); }},
      .library = feedOf(session->library()),
      .happenings =
          [session](const base::TimeSpan& span) { return session->happenings(span); },
      .latestOf = [session](app::TaskId task) { return session->latest(task); },
      .check = {.view = [session] { return session->check().view(); },
                .watch = [session](bool watching) { session->check().watch(watching); },
                .stop = [session] { session->check().stop(); },
                .resume = [session] { session->check().resume(); },
                .ask = [session](app::CheckPart part) { session->check().ask(part); },
                .compare = [session](const std::string& hash) { session->compareCheck(hash); },
                .trails = [session] { return session->trails(); }},
  };
}

void SessionBridge::carryOut(const Intent& intent) { std::visit(Carrier(session_), intent); }

}  // namespace ui
