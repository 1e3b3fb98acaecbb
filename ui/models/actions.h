#pragma once
// Actions: the one table of everything a person can do by key: its name, its keys, what it does.
// The window makes QActions from it, the command search and the key list show it.

#include <QCoreApplication>
#include <QKeySequence>
#include <QString>
#include <span>

namespace ui {

enum class ActionId {
  NextStep,
  NewLabel,
  NextTask,
  NewTask,
  RenameTask,
  RemoveTask,
  Record,
  RecordFurther,
  RecordFree,
  RecordFive,
  StopRecording,
  DiscardRecording,
  Correct,
  CorrectNew,
  Missed,
  ThatWas,
  Undo,
  Redo,
  RenameLabel,
  NewRule,
  DisableExample,
  RemoveExample,
  PauseTraining,
  TrainNow,
  Why,
  Limits,
  MarkSpan,
  BackInTime,
  BackToNow,
  PageTeach,
  PageLabel,
  PageCheck,
  PageLive,
  PageHouse,
  PageRules,
  PageFleet,
  PagePast,
  Topics,
  Import,
  Tour,
  Commands,
  Help,
  Keys,
  WholeScreen,
  ToggleInspector,
  ToggleTheme,
  ToggleSticky,
};

/// Who listens for the keys.
enum class KeyOwner {
  Shortcut,  ///< a QAction of the window
  Keyboard,  ///< the window's key filter: held keys, Enter
  Prefix,    ///< the same: one plain key, then another
  Widget,    ///< the widget that has the focus
};

struct ActionSpec {
  ActionId id;
  const char* name;
  const char* keys;   ///< portable text; several sequences separated by "; "
  const char* shown;  ///< as the key list writes it; empty: as `keys`
  const char* tip;
  KeyOwner owner = KeyOwner::Shortcut;
};

std::span<const ActionSpec> actionTable();
const ActionSpec& actionSpec(ActionId id);

inline QString nameOf(const ActionSpec& spec) {
  return QCoreApplication::translate("actions", spec.name);
}
inline QString tipOf(const ActionSpec& spec) {
  return QCoreApplication::translate("actions", spec.tip);
}
/// The keys as people read them: "hold 1–9", "Ctrl+Z".
QString keysText(const ActionSpec& spec);

}  // namespace ui
