#include "ui/models/actions.h"

#include <cassert>

namespace ui {
namespace {

#define TEXT(text) QT_TRANSLATE_NOOP("actions", text)

constexpr ActionSpec kActions[] = {
    {ActionId::NextStep, TEXT("Do the next step"), "Return; Enter", "Enter",
     TEXT("Presses the button of the next-step line"), KeyOwner::Keyboard},
    {ActionId::NewLabel, TEXT("New label"), "N", "", TEXT("Adds something to recognise")},
    {ActionId::NextTask, TEXT("Next task"), "Ctrl+Tab", "",
     TEXT("Brings the next task to the front: what you show and correct is for it")},
    {ActionId::NewTask, TEXT("New task"), "Ctrl+Shift+N", "",
     TEXT("Recognises something else beside this, with labels of its own, from the same sources")},
    {ActionId::RenameTask, TEXT("Rename the task"), "Ctrl+F2", "",
     TEXT("Gives the task in front another name")},
    {ActionId::RemoveTask, TEXT("Remove the task"), "Ctrl+Shift+Del", "",
     TEXT("Removes the task in front with its labels; can be undone")},
    {ActionId::Record, TEXT("Record a label"), "1; 2; 3; 4; 5; 6; 7; 8; 9; 0", "hold 1–9",
     TEXT("Records that label as long as the key is held; 0 records nothing happening"),
     KeyOwner::Keyboard},
    {ActionId::RecordFurther, TEXT("Record a label from the tenth on"),
     "Ctrl+Alt+1; Ctrl+Alt+2; Ctrl+Alt+3; Ctrl+Alt+4; Ctrl+Alt+5; Ctrl+Alt+6; Ctrl+Alt+7; "
     "Ctrl+Alt+8; Ctrl+Alt+9",
     "hold Ctrl+Alt+1–9", TEXT("As a number key, for labels 10 to 18"), KeyOwner::Keyboard},
    {ActionId::RecordFree, TEXT("Record without a label"), "R", "",
     TEXT("Records until R again, hands free; what it was is said meanwhile or later")},
    {ActionId::RecordFive, TEXT("Record five with a countdown"), "Shift+R", "",
     TEXT("Counts down and records the label five times, hands free")},
    {ActionId::StopRecording, TEXT("Stop recording and keep it"), "Esc", "",
     TEXT("Ends the recording; what was recorded is kept"), KeyOwner::Keyboard},
    {ActionId::DiscardRecording, TEXT("Discard the recording"), "Esc, Esc", "Esc Esc",
     TEXT("Throws the recording away; can be undone"), KeyOwner::Keyboard},
    {ActionId::Correct, TEXT("Correct the last answer"), "C", "C, then 1–9 or 0",
     TEXT("The last answer was that label, or nothing"), KeyOwner::Prefix},
    {ActionId::CorrectNew, TEXT("Correct to a new label"), "C, N", "C, then N",
     TEXT("The last answer was something that has no label yet: type its name"),
     KeyOwner::Keyboard},
    {ActionId::Missed, TEXT("You missed one"), "M", "M, then 1–9",
     TEXT("That label happened in the last seconds and was not heard; ← → say how many"),
     KeyOwner::Prefix},
    {ActionId::ThatWas, TEXT("That was…"),
     "Shift+1; Shift+2; Shift+3; Shift+4; Shift+5; Shift+6; Shift+7; Shift+8; Shift+9", "Shift+1–9",
     TEXT("Finds when that label happened in the last ten minutes; Enter keeps the proposal"),
     KeyOwner::Keyboard},
    {ActionId::Undo, TEXT("Undo"), "Ctrl+Z", "", TEXT("Takes back the last change, also training")},
    {ActionId::Redo, TEXT("Redo"), "Ctrl+Shift+Z; Ctrl+Y", "Ctrl+Shift+Z",
     TEXT("Does again what was taken back")},
    {ActionId::RenameLabel, TEXT("Rename the label"), "F2", "",
     TEXT("Gives the selected label another name")},
    {ActionId::NewRule, TEXT("New rule"), "A", "",
     TEXT("Begins a rule in plain words on the page Rules")},
    {ActionId::DisableExample, TEXT("Switch the example off or on"), "D", "",
     TEXT("Leaves the selected example out of learning without deleting it")},
    {ActionId::RemoveExample, TEXT("Remove the example"), "Del", "",
     TEXT("Removes the selected example; can be undone")},
    {ActionId::PauseTraining, TEXT("Pause or resume training"), "P", "",
     TEXT("While paused, examples are kept and nothing is learnt from them")},
    {ActionId::TrainNow, TEXT("Train now"), "Ctrl+T", "", TEXT("Learns from all examples again")},
    {ActionId::Why, TEXT("Why this answer"), "W", "",
     TEXT("Shows the facts behind the last answer at the right")},
    {ActionId::Limits, TEXT("From where on it is sure"), "L", "",
     TEXT("On the bars: ↑ ↓ choose a label, ← → move its limit, Backspace makes it as tested; on "
          "Check: in the chart that shows what comes of it")},
    {ActionId::MarkSpan, TEXT("Mark a span in the live strip"), "Shift+Left; Shift+Right",
     "Shift+← →, Enter", TEXT("In the live strip: marks a stretch of the past to give it a label"),
     KeyOwner::Widget},
    {ActionId::BackInTime, TEXT("Go back in time"), "Left; Right", "← →",
     TEXT("In the live strip: moves through the last ten minutes"), KeyOwner::Widget},
    {ActionId::BackToNow, TEXT("Back to now"), "Ctrl+End", "",
     TEXT("The live strip follows the present again")},
    {ActionId::PageTeach, TEXT("Page Teach"), "Ctrl+1", "", TEXT("Show, train, see, correct")},
    {ActionId::PageLabel, TEXT("Page Label"), "Ctrl+2", "",
     TEXT("Says what was when, on a timeline")},
    {ActionId::PageCheck, TEXT("Page Check"), "Ctrl+3", "", TEXT("How good the model is, and why")},
    {ActionId::PageLive, TEXT("Page Live"), "Ctrl+4", "", TEXT("One word, readable from afar")},
    {ActionId::PageHouse, TEXT("Page House"), "Ctrl+5", "", TEXT("Devices, sources, settings")},
    {ActionId::PageRules, TEXT("Page Rules"), "Ctrl+6", "",
     TEXT("What answers lead to, and what never happens")},
    {ActionId::PageFleet, TEXT("Page Fleet"), "Ctrl+7", "",
     TEXT("Which computers serve the model")},
    {ActionId::PagePast, TEXT("Page Past"), "Ctrl+8", "",
     TEXT("Everything that was done, and where models come from")},
    {ActionId::Topics, TEXT("Find values of your devices"), "Ctrl+B", "",
     TEXT("Finds brokers and their topics; a value of your home's devices becomes a channel")},
    {ActionId::Import, TEXT("Bring in recordings"), "Ctrl+Shift+I", "",
     TEXT("Films, sounds, tables, pictures and folders become recordings of this project")},
    {ActionId::Tour, TEXT("Guided tour"), "Shift+F1", "",
     TEXT("Two minutes from nothing to a first answer; Esc leaves it at any time")},
    {ActionId::Commands, TEXT("Search all commands"), "Ctrl+K", "",
     TEXT("Finds everything the program can do by its name")},
    {ActionId::WholeScreen, TEXT("Live on the whole screen"), "F11", "",
     TEXT("Shows what is heard and nothing else; F11 or Esc goes back")},
    {ActionId::Help, TEXT("Help"), "F1", "", TEXT("Explains this page, and everything else")},
    {ActionId::Keys, TEXT("All keys"), "Ctrl+/", "", TEXT("Lists all keys, and changes them")},
    {ActionId::ToggleInspector, TEXT("Show or hide the facts at the right"), "Ctrl+I", "",
     TEXT("Shows or hides the panel with the facts of what is selected")},
    {ActionId::ToggleTheme, TEXT("Light or dark"), "Ctrl+Shift+D", "",
     TEXT("Switches between the light and the dark theme")},
    {ActionId::ToggleSticky, TEXT("Record without holding the key"), "Ctrl+Shift+H", "",
     TEXT("Press a number once to start and once more to stop")},
};

#undef TEXT

}  // namespace

std::span<const ActionSpec> actionTable() { return kActions; }

const ActionSpec& actionSpec(ActionId id) {
  for (const ActionSpec& spec : kActions) {
    if (spec.id == id) {
      return spec;
    }
  }
  assert(false);
  return kActions[0];
}

QString keysText(const ActionSpec& spec) {
  return *spec.shown != '\0' ? QCoreApplication::translate("actions", spec.shown)
                             : QString::fromUtf8(spec.keys);
}

}  // namespace ui
