#pragma once
// TeachKeys: from keys to what they mean while teaching: hold a number to record (with Ctrl and Alt
// the labels from the tenth on), Shift and a number for "that was", C or M and a number to correct,
// Esc to stop, Esc Esc to discard. Plain values in and out; no widget, no timer.

#include <Qt>

#include "sensors/base/time.h"

namespace ui {

/// Where the keyboard focus is; numbers are labels only on the Teach page and never in a text
/// field.
enum class KeyPlace { Teach, OtherPage, TextField };
/// Hold: the recording lasts as long as the key is down. Sticky: press to start, press to stop.
enum class RecordBy { Hold, Sticky };

struct KeyMeaning {
  enum class Kind {
    NotMine,     ///< the key goes on to whoever has the focus
    Nothing,     ///< taken, and nothing follows
    Start,       ///< record label `number` (0: the background)
    Stop,        ///< end the recording and keep it
    Discard,     ///< throw away the recording that was just stopped
    Prefix,      ///< C or M was pressed, taken back or given another length: see prefix()
    Correct,     ///< the last answer was label `number` (0: nothing)
    CorrectNew,  ///< the last answer was something that has no label yet
    Missed,      ///< label `number` was missed in the last missedFor()
    ThatWas,     ///< label `number` happened a while ago
  };
  Kind kind = Kind::NotMine;
  int number = -1;  ///< 0..9 of the label's key, 10..18 further labels
  friend bool operator==(const KeyMeaning&, const KeyMeaning&) = default;
};

/// One thread at a time. Each key event goes in once, in time order.
class TeachKeys {
 public:
  enum class Prefix { None, Correct, Missed };
  /// Two Esc closer than this are one "discard".
  static constexpr base::Duration kTwice = std::chrono::milliseconds(1000);
  /// A prefix nobody follows up is forgotten after this.
  static constexpr base::Duration kPrefixLife = std::chrono::seconds(8);

  /// A recording that the session has not begun by then, it never will.
  static constexpr base::Duration kBegins = std::chrono::seconds(2);

  /// So long a time M can mean.
  static constexpr base::Duration kLeastMissed = std::chrono::seconds(1),
                                  kMostMissed = std::chrono::seconds(60);

  void setRecordBy(RecordBy by) { by_ = by; }
  /// The keys of "it was", "you missed" and "a new label", which people may change.
  void setPrefixKeys(int correct, int missed, int newLabel) {
    correctKey_ = correct;
    missedKey_ = missed;
    newLabelKey_ = newLabel;
  }
  /// How far back M reaches; arrows after M change it.
  base::Duration missedFor() const { return missedFor_; }
  void setMissedFor(base::Duration length);
  RecordBy recordBy() const { return by_; }
  /// What the session says: a recording may also have been started or ended elsewhere.
  void setRecording(bool active);

  /// The key means something here now that it does not mean elsewhere: no shortcut may take it.
  bool claims(int key, Qt::KeyboardModifiers modifiers, base::Time now) const;

  KeyMeaning press(int key, Qt::KeyboardModifiers modifiers, bool autoRepeat, KeyPlace place,
                   base::Time now);
  KeyMeaning release(int key, bool autoRepeat);
  /// The number that was pressed last stands for no label: nothing began.
  void forgetStart();
  /// The window lost the keyboard: nobody will tell us of a key that goes up now.
  KeyMeaning focusLost();

  Prefix prefix(base::Time now) const;
  /// Since Esc last stopped a recording.
  base::Duration sinceStop(base::Time now) const { return now - stoppedByEscape_; }
  /// The number that records now, or -1.
  int recordingNumber() const { return number_; }

 private:
  bool isRecording(base::Time now) const;
  KeyMeaning pressDigit(int number, int key, base::Time now);
  KeyMeaning pressWhileAsked(int key);
  KeyMeaning pressEscape(base::Time now);

  RecordBy by_ = RecordBy::Hold;
  int correctKey_ = Qt::Key_C, missedKey_ = Qt::Key_M, newLabelKey_ = Qt::Key_N;
  base::Duration missedFor_ = std::chrono::seconds(3);
  Prefix prefix_ = Prefix::None;
  base::Time prefixSince_;
  int number_ = -1;          ///< started by us and not yet stopped
  base::Time startedAt_;     ///< when
  int heldKey_ = -1;         ///< the digit whose release ends it; -1 with Sticky
  bool active_ = false;      ///< as the session says
  bool mayDiscard_ = false;  ///< Esc stopped a recording and no second one came yet
  base::Time stoppedByEscape_;
};

}  // namespace ui
