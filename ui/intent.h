#pragma once
// Intent: what a person asked for, as a value. Widgets emit intents and know no Session; only the
// SessionBridge carries them out. A test reads what a widget emitted and needs no Session either.

#include <QMetaType>
#include <QString>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "learners/demonstration.h"
#include "learners/label.h"
#include "learners/member_policy.h"
#include "sensors/base/params.h"
#include "sensors/base/time.h"
#include "sensors/local_kind.h"

namespace ui {

namespace intent {

/// Another thing to recognise; it comes to the front.
struct AddTask {
  QString name;
};
struct RenameTask {
  std::int64_t task;
  QString name;
};
struct RemoveTask {
  std::int64_t task;
};
/// What a person does from now on is about this task.
struct BringToFront {
  std::int64_t task;
};
struct AddLabel {
  QString name;
};
struct RenameLabel {
  learners::LabelId label;
  QString name;
};
struct RemoveLabel {
  learners::LabelId label;
};
/// With `length` the recording ends by itself.
struct StartRecording {
  learners::LabelId label;
  base::Duration length{0};
};
/// Without a label, until it is stopped.
struct RecordFree {};
struct StopRecording {};
/// The running recording, or the one that was just stopped.
struct DiscardRecording {};
struct ListenToBackground {
  base::Duration length;
};
struct LabelSpan {
  learners::LabelId label;
  base::TimeSpan span;
};
/// Examples replaced by others in one step; as app::Session::reviseExamples.
struct ReviseExamples {
  std::vector<std::int64_t> replaced;
  std::vector<learners::Demonstration> placed;
  QString text;  ///< for the undo list
};
struct RejectProposal {
  learners::LabelId label;
  base::TimeSpan span;
};
/// To one step of the undo list, back or forward.
struct GoToStep {
  std::int64_t command;
};
struct ForgetRecording {
  std::int64_t recording;
};
/// A model that served before serves again.
struct GoBackToModel {
  std::string ensembleHash;
};
struct SetExampleEnabled {
  std::int64_t demonstration;
  bool enabled;
};
struct RemoveExample {
  std::int64_t demonstration;
};
/// `label` happened some time in the last ten minutes: propose when.
struct ThatWas {
  learners::LabelId label;
};
/// The last answer was `label`.
struct Correct {
  learners::LabelId label;
};
/// The answer at `pressed` was something that has no label yet, called `name`.
struct CorrectToNew {
  QString name;
  base::Time pressed;
};
struct Missed {
  learners::LabelId label;
  base::Duration length = std::chrono::seconds(3);
};
struct Undo {};
struct Redo {};
struct TrainNow {};
struct SetTrainingPaused {
  bool paused;
};
struct UseKeptAside {
  bool use;
};
struct SetProjectName {
  QString name;
};
struct DismissNotice {
  std::int64_t id;
};
struct AskParam {
  std::string node;
  std::string param;
  base::ParamValue value;
};
/// As AskParam for 30 s, then back by itself unless it was kept.
struct TryParam {
  std::string node;
  std::string param;
  base::ParamValue value;
};
struct KeepTrial {
  std::string node;
  std::string param;
};
struct EndTrial {
  std::string node;
  std::string param;
};
struct Act {
  std::string node;
  std::string activity;
  bool on;
};
/// A device of this computer; its id is given to it.
struct AddLocal {
  sensors::LocalSource source;
};
struct ChangeLocal {
  sensors::LocalSource source;
};
struct RemoveLocal {
  std::string id;
};
/// Looks for devices of a kind until told otherwise; empty: stops.
struct LookFor {
  std::string kind;
};
struct SetSourceUsed {
  std::string source;
  bool used;
};
struct SetFill {
  std::string source;
  std::string channel;
  sensors::Fill fill;
};
/// `extractor` empty: the usual one.
struct SetExtractor {
  std::string source;
  std::string extractor;
};
struct SetLearnFlagged {
  std::string source;
  bool learn;
};
/// All of the project into a new file.
struct SaveCopy {
  std::string file;
};
struct SetMemberPolicy {
  learners::MemberPolicy policy;
};
struct SetSteadiness {
  float steadiness;  ///< 0 quick .. 1 steady
};
/// From which certainty on an answer of `label`, or of app::kEveryLabel, is sure enough; none: as
/// tested.
struct SetLimit {
  learners::LabelId label;
  std::optional<float> certainty;
};
/// `worker`: as app::TaskSettings::trainOn.
struct TrainOn {
  std::string worker;
};
/// What app::Snapshot::held says may be done on this computer from now on.
struct LetProject {};
/// `worker`: as app::TaskSettings::serveOn.
struct ServeOn {
  std::string worker;
};

}  // namespace intent

using Intent =
    std::variant<intent::AddLabel, intent::RenameLabel, intent::RemoveLabel, intent::StartRecording,
                 intent::StopRecording, intent::DiscardRecording, intent::ListenToBackground,
                 intent::LabelSpan, intent::ThatWas, intent::SetExampleEnabled,
                 intent::RemoveExample, intent::Correct, intent::Missed, intent::Undo, intent::Redo,
                 intent::TrainNow, intent::SetTrainingPaused, intent::UseKeptAside,
                 intent::SetProjectName, intent::DismissNotice, intent::AskParam, intent::Act,
                 intent::SetSourceUsed, intent::SetMemberPolicy, intent::SetSteadiness,
                 intent::TrainOn, intent::ServeOn, intent::AddLocal, intent::ChangeLocal,
                 intent::RemoveLocal, intent::LookFor, intent::ReviseExamples,
                 intent::RejectProposal, intent::GoToStep, intent::GoBackToModel,
                 intent::ForgetRecording, intent::LetProject, intent::SetFill,
                 intent::SetExtractor, intent::SetLearnFlagged, intent::SaveCopy, intent::AddTask,
                 intent::RenameTask, intent::RemoveTask, intent::BringToFront,
                 intent::SetLimit, intent::CorrectToNew, intent::RecordFree,
                 intent::TryParam, intent::KeepTrial, intent::EndTrial>;

}  // namespace ui

Q_DECLARE_METATYPE(ui::Intent)
