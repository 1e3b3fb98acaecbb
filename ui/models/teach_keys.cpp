#include "ui/models/teach_keys.h"

#include <algorithm>

namespace ui {
namespace {

using Kind = KeyMeaning::Kind;

bool isDigit(int key) { return key >= Qt::Key_0 && key <= Qt::Key_9; }
bool isSideways(int key) { return key == Qt::Key_Left || key == Qt::Key_Right; }

}  // namespace

void TeachKeys::setRecording(bool active) {
  if (active_ && !active && heldKey_ < 0) {  // it ended elsewhere: by its length, by the mouse
    number_ = -1;  // a key that is still down ends it by going up, whatever an old snapshot says
  }
  active_ = active;
}

void TeachKeys::setMissedFor(base::Duration length) {
  missedFor_ = std::clamp(length, kLeastMissed, kMostMissed);
}

TeachKeys::Prefix TeachKeys::prefix(base::Time now) const {
  return now - prefixSince_ > kPrefixLife ? Prefix::None : prefix_;
}

bool TeachKeys::claims(int key, Qt::KeyboardModifiers modifiers, base::Time now) const {
  const bool bare = (modifiers & ~Qt::KeypadModifier) == Qt::NoModifier;
  return bare && prefix(now) == Prefix::Correct && key == newLabelKey_;
}

KeyMeaning TeachKeys::press(int key, Qt::KeyboardModifiers modifiers, bool autoRepeat,
                            KeyPlace place, base::Time now) {
  if (place == KeyPlace::TextField) {
    return {};
  }
  const Qt::KeyboardModifiers held = modifiers & ~Qt::KeypadModifier;
  const bool bare = held == Qt::NoModifier;
  const bool past = held == Qt::ShiftModifier && key >= Qt::Key_1 && key <= Qt::Key_9;
  if (past) {
    return autoRepeat || isRecording(now) ? KeyMeaning{Kind::Nothing}
                                          : KeyMeaning{Kind::ThatWas, key - Qt::Key_0};
  }
  const bool further = held == (Qt::ControlModifier | Qt::AltModifier) && key >= Qt::Key_1 &&
                       key <= Qt::Key_9 && place == KeyPlace::Teach;
  if (autoRepeat && !(bare && prefix(now) == Prefix::Missed && isSideways(key))) {
    // a held key: swallowed where the first press was ours
    const bool ours =
        further || (bare && (isDigit(key) || key == correctKey_ || key == missedKey_));
    return {ours ? Kind::Nothing : Kind::NotMine};
  }
  if (further) {
    return pressDigit(9 + key - Qt::Key_0, key, now);
  }
  if (!bare) {
    return {};
  }
  if (key == Qt::Key_Escape) {
    return pressEscape(now);
  }
  if (place != KeyPlace::Teach) {
    return {};
  }
  if (isDigit(key)) {
    return pressDigit(key - Qt::Key_0, key, now);
  }
  if (prefix(now) != Prefix::None) {
    if (const KeyMeaning meaning = pressWhileAsked(key); meaning.kind != Kind::NotMine) {
      prefixSince_ = now;
      return meaning;
    }
  }
  if (key == correctKey_ || key == missedKey_) {
    if (isRecording(now)) {
      return {Kind::Nothing};
    }
    const Prefix asked = key == correctKey_ ? Prefix::Correct : Prefix::Missed;
    prefix_ = prefix(now) == asked ? Prefix::None : asked;  // the same key again takes it back
    prefixSince_ = now;
    return {Kind::Prefix};
  }
  return {};
}

/// After C a new label may be meant; after M the arrows say how far back.
KeyMeaning TeachKeys::pressWhileAsked(int key) {
  if (prefix_ == Prefix::Correct && key == newLabelKey_) {
    prefix_ = Prefix::None;
    return {Kind::CorrectNew};
  }
  if (prefix_ == Prefix::Missed && isSideways(key)) {
    constexpr base::Duration kStep = std::chrono::seconds(1);
    setMissedFor(missedFor_ + (key == Qt::Key_Left ? kStep : -kStep));
    return {Kind::Prefix};
  }
  return {};
}

KeyMeaning TeachKeys::pressDigit(int number, int key, base::Time now) {
  const Prefix asked = prefix(now);
  prefix_ = Prefix::None;
  if (asked == Prefix::Correct) {
    return {Kind::Correct, number};
  }
  if (asked == Prefix::Missed) {
    return number == 0 ? KeyMeaning{Kind::Prefix} : KeyMeaning{Kind::Missed, number};
  }
  if (isRecording(now)) {
    if (by_ == RecordBy::Sticky && number == number_) {
      number_ = -1;
      return {Kind::Stop};
    }
    return {Kind::Nothing};  // one recording at a time
  }
  number_ = number;
  startedAt_ = now;
  heldKey_ = by_ == RecordBy::Hold ? key : -1;
  return {Kind::Start, number};
}

KeyMeaning TeachKeys::pressEscape(base::Time now) {
  if (prefix(now) != Prefix::None) {
    prefix_ = Prefix::None;
    return {Kind::Prefix};
  }
  if (mayDiscard_ && now - stoppedByEscape_ <= kTwice) {
    mayDiscard_ = false;
    return {Kind::Discard};
  }
  if (number_ >= 0 || active_) {
    number_ = -1;
    heldKey_ = -1;
    stoppedByEscape_ = now;
    mayDiscard_ = true;
    return {Kind::Stop};
  }
  return {};
}

/// A key that is down tells by going up; without one the session must have begun in time.
bool TeachKeys::isRecording(base::Time now) const {
  return number_ >= 0 && (heldKey_ >= 0 || active_ || now - startedAt_ <= kBegins);
}

void TeachKeys::forgetStart() {
  number_ = -1;
  heldKey_ = -1;
}

KeyMeaning TeachKeys::release(int key, bool autoRepeat) {
  if (autoRepeat || heldKey_ < 0 || key != heldKey_) {
    return {};
  }
  heldKey_ = -1;
  number_ = -1;
  return {Kind::Stop};
}

KeyMeaning TeachKeys::focusLost() {
  prefix_ = Prefix::None;
  if (heldKey_ < 0) {
    return {};
  }
  heldKey_ = -1;
  number_ = -1;
  return {Kind::Stop};
}

}  // namespace ui
