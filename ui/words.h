#pragma once
// Words: numbers and states as a person reads them, and every sentence of the loop. Plain functions
// of plain values, so that two views never word the same thing in two ways.

#include <QString>

#include "app/snapshot.h"

namespace ui::words {

/// The limits of the certainty words, and where the notch of a bar stands before anything is
/// tested.
inline constexpr double kSure = 0.85, kLimit = 0.60;

/// "sure", "fairly sure", "not sure"; `limit`: of its label.
QString certaintyWord(double certainty, double limit = kLimit);
/// Of the label that was answered, by its limit in force.
QString certaintyWord(const app::Answer& answer);
/// "91 %".
QString percent(double share);
/// Points of percent with their sign: "+4", "−3", "±0".
QString signedPoints(double share);
/// "0.8 s", "4 s", "2 min", "1 h 5 min".
QString duration(base::Duration d);
/// "0:07".
QString stopwatch(base::Duration d);
/// "16 104".
QString number(double value);
/// "1 840", "0.03", "21.4": three significant digits at least, never an exponent.
QString reading(double value);
/// "212 GB".
QString bytes(double count);
/// "6 examples".
QString examples(int n);
/// "14:02:11".
QString clock(base::Time t);

/// What the Now panel says, without its bars.
struct Headline {
  enum class Kind { Label, Background, Novel, NoData, NoModel };
  Kind kind = Kind::NoModel;
  QString text;     ///< "Kettle", "nothing happening", "not something I know", "no data from ..."
  int colour = 0;   ///< Label::colour where kind is Label
  QString word;     ///< "sure", or empty where the state is no percentage
  QString figures;  ///< "91 % · for 4 s"
  bool stale = false;
  QString staleText;  ///< "no answer for 3 s"
};
/// Every source in use is silent: an old answer is no answer any more.
bool nothingComes(const app::Snapshot& snapshot);
Headline headline(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer,
                  base::Time now);

/// "6 of 7 models agree", "models disagree: 3 say Tap, average says Kettle", or who else answered.
QString agreement(const app::Answer& answer);
/// "not yet tested", or what the held-out examples said.
QString calibration(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer);
/// "quick model · 5 more are still training", or empty.
QString quickModel(const app::ModelView& model);
/// "No model yet", "Training 40 %", "Model 7 · 12 new examples".
QString modelState(const app::ModelView& model);
/// What is being recorded: "Kettle", "without a label"; empty where nothing is.
QString recordingName(const app::RecordingView& recording);
/// Only pictures come: nothing is heard.
bool onlySees(const app::Snapshot& snapshot);
/// "Kitchen mic is connected but silent. The recording goes on with the other 3."; or empty.
QString silentWhileRecording(const app::Snapshot& snapshot);
/// "Sources 4 of 4": those that send, of those used.
QString sourcesState(const app::Snapshot& snapshot);
/// "Noted: that was Tap. Learning… done, 0.8 s. Old examples: no change (23 of 23)."; empty before
/// the first lesson.
QString lesson(const app::LessonView& lesson);
/// "familiar", "unusual", "new".
QString noveltyWord(double novelty);

struct NextStepWords {
  QString sentence;  ///< rich text: label names are bold
  QString button;    ///< empty: nothing to press
};
/// What the live strip says while it has no row: pictures come without traces.
QString noTraces(const app::Snapshot& snapshot);
NextStepWords nextStep(const app::NextStep& step, const app::Snapshot& snapshot);

/// "m/s²" for "m/s2"; empty for "1".
QString unit(const std::string& symbol);
/// What a source measures, as its device calls it ("Hall motion"); with the device's name only
/// where that says nothing yet.
QString sourceName(const app::Snapshot& snapshot, const sensors::SourceInfo& source);

/// The card of a label, or null.
const app::LabelCard* findCard(const app::Snapshot& snapshot, learners::LabelId label);
/// The card whose key is `key` (0: the background; 10..18: the first labels without a key of their
/// own, in their order), or null.
const app::LabelCard* cardWithKey(const app::Snapshot& snapshot, int key);

}  // namespace ui::words
