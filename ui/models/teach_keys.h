#pragma once
// TeachKeys: from keys to what they mean while teaching: hold a number to record, Shift and a
// number for "that was", C or M and a number to correct, Esc to stop, Esc Esc to discard. Plain
// values in and out; no widget, no timer.

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
    NotMine,  ///< the key goes on to whoever has the focus
    Nothing,  ///< taken, and nothing follows
    Start,    ///< record label `number` (0: the background)
    Stop,     ///< end the recording and keep it
    Discard,  ///< throw away the recording that was just stopped
    Prefix,   ///< C or M was pressed or taken back: see prefix()
    Correct,  ///< the last answer was label `number` (0: nothing)
    Missed,   ///< label `number` was missed
    ThatWas,  ///< label `number` happened a while ago
  };
  Kind kind = Kind::NotMine;
  int number = -1;
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

  void setRecordBy(RecordBy by) { by_ = by; }
  RecordBy recordBy() const { return by_; }
  /// What the session says: a recording may also have been started or ended elsewhere.
  void setRecording(bool active);

  KeyMeaning press(int key, Qt::KeyboardModifiers modifiers, bool autoRepeat, KeyPlace place,
                   base::Time now);
  KeyMeaning release(int key, bool autoRepeat);
  /// The window lost the keyboard: nobody will tell us of a key that goes up now.
  KeyMeaning focusLost();

  Prefix prefix(base::Time now) const;
  /// Since Esc last stopped a recording.
  base::Duration sinceStop(base::Time now) const { return now - stoppedByEscape_; }
  /// The number that records now, or -1.
  int recordingNumber() const { return number_; }

 private:
  KeyMeaning pressDigit(int number, base::Time now);
  KeyMeaning pressEscape(base::Time now);

  RecordBy by_ = RecordBy::Hold;
  Prefix prefix_ = Prefix::None;
  base::Time prefixSince_;
  int number_ = -1;          ///< started by us and not yet stopped
  int heldKey_ = -1;         ///< the digit whose release ends it; -1 with Sticky
  bool active_ = false;      ///< as the session says
  bool mayDiscard_ = false;  ///< Esc stopped a recording and no second one came yet
  base::Time stoppedByEscape_;
};

}  // namespace ui
