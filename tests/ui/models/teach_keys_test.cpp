#include "ui/models/teach_keys.h"

#include <gtest/gtest.h>

namespace {

using ui::KeyMeaning;
using ui::KeyPlace;
using ui::RecordBy;
using ui::TeachKeys;
using Kind = ui::KeyMeaning::Kind;

/// Plays keys to a TeachKeys at times in milliseconds.
struct Keyboard {
  TeachKeys keys;
  KeyPlace place = KeyPlace::Teach;

  KeyMeaning down(int key, int ms, Qt::KeyboardModifiers with = Qt::NoModifier) {
    return keys.press(key, with, false, place, at(ms));
  }
  KeyMeaning repeat(int key, int ms) {
    return keys.press(key, Qt::NoModifier, true, place, at(ms));
  }
  KeyMeaning up(int key) { return keys.release(key, false); }
  static base::Time at(int ms) { return base::Time{} + std::chrono::milliseconds(100'000 + ms); }
};

TEST(TeachKeys, HoldingANumberRecordsUntilItGoesUp) {
  Keyboard k;

  EXPECT_EQ(k.down(Qt::Key_3, 0), (KeyMeaning{Kind::Start, 3}));
  EXPECT_EQ(k.repeat(Qt::Key_3, 500).kind, Kind::Nothing);
  EXPECT_EQ(k.keys.release(Qt::Key_3, true).kind, Kind::NotMine);  // the repeat's own release
  EXPECT_EQ(k.up(Qt::Key_3).kind, Kind::Stop);
  EXPECT_EQ(k.up(Qt::Key_3).kind, Kind::NotMine);
}

TEST(TeachKeys, ASecondNumberWhileOneIsHeldDoesNothing) {
  Keyboard k;
  k.down(Qt::Key_1, 0);

  EXPECT_EQ(k.down(Qt::Key_2, 100).kind, Kind::Nothing);
  EXPECT_EQ(k.up(Qt::Key_2).kind, Kind::NotMine);
  EXPECT_EQ(k.up(Qt::Key_1).kind, Kind::Stop);
}

TEST(TeachKeys, StickyStartsAndStopsWithTheSameKey) {
  Keyboard k;
  k.keys.setRecordBy(RecordBy::Sticky);

  EXPECT_EQ(k.down(Qt::Key_1, 0), (KeyMeaning{Kind::Start, 1}));
  k.keys.setRecording(true);
  EXPECT_EQ(k.up(Qt::Key_1).kind, Kind::NotMine);
  EXPECT_EQ(k.down(Qt::Key_2, 900).kind, Kind::Nothing);
  EXPECT_EQ(k.down(Qt::Key_1, 3000).kind, Kind::Stop);
}

TEST(TeachKeys, CAndANumberCorrectInsteadOfRecording) {
  Keyboard k;

  EXPECT_EQ(k.down(Qt::Key_C, 0).kind, Kind::Prefix);
  EXPECT_EQ(k.keys.prefix(Keyboard::at(10)), TeachKeys::Prefix::Correct);
  EXPECT_EQ(k.down(Qt::Key_2, 400), (KeyMeaning{Kind::Correct, 2}));
  EXPECT_EQ(k.up(Qt::Key_2).kind, Kind::NotMine);
  EXPECT_EQ(k.keys.prefix(Keyboard::at(500)), TeachKeys::Prefix::None);
}

TEST(TeachKeys, CtrlAltAndANumberRecordTheLabelsFromTheTenthOn) {
  constexpr Qt::KeyboardModifiers kBoth = Qt::ControlModifier | Qt::AltModifier;
  Keyboard k;

  EXPECT_EQ(k.down(Qt::Key_1, 0, kBoth), (KeyMeaning{Kind::Start, 10}));
  EXPECT_EQ(k.up(Qt::Key_1).kind, Kind::Stop);
  k.down(Qt::Key_C, 100);
  EXPECT_EQ(k.down(Qt::Key_9, 200, kBoth), (KeyMeaning{Kind::Correct, 18}));
  k.place = KeyPlace::OtherPage;
  EXPECT_EQ(k.down(Qt::Key_2, 300, kBoth).kind, Kind::NotMine);
}

TEST(TeachKeys, CAndNSayItWasSomethingNew) {
  Keyboard k;
  EXPECT_EQ(k.down(Qt::Key_N, 0).kind, Kind::NotMine) << "a new label, as ever";
  k.down(Qt::Key_C, 100);

  EXPECT_EQ(k.down(Qt::Key_N, 200).kind, Kind::CorrectNew);
  EXPECT_EQ(k.keys.prefix(Keyboard::at(300)), TeachKeys::Prefix::None);
}

TEST(TeachKeys, ArrowsAfterMSayHowFarBack) {
  Keyboard k;
  EXPECT_EQ(k.down(Qt::Key_Left, 0).kind, Kind::NotMine);
  k.down(Qt::Key_M, 100);

  EXPECT_EQ(k.down(Qt::Key_Left, 200).kind, Kind::Prefix);
  EXPECT_EQ(k.repeat(Qt::Key_Left, 300).kind, Kind::Prefix) << "held, it goes on";
  EXPECT_EQ(k.keys.missedFor(), std::chrono::seconds(5));
  for (int i = 0; i < 9; ++i) k.down(Qt::Key_Right, 400 + i);
  EXPECT_EQ(k.keys.missedFor(), TeachKeys::kLeastMissed);
  EXPECT_EQ(k.down(Qt::Key_2, 500), (KeyMeaning{Kind::Missed, 2}));
}

TEST(TeachKeys, ThePrefixesMayBeOtherKeys) {
  Keyboard k;
  k.keys.setPrefixKeys(Qt::Key_V, Qt::Key_U, Qt::Key_N);

  EXPECT_EQ(k.down(Qt::Key_C, 0).kind, Kind::NotMine);
  EXPECT_EQ(k.down(Qt::Key_V, 100).kind, Kind::Prefix);
  EXPECT_EQ(k.down(Qt::Key_1, 200), (KeyMeaning{Kind::Correct, 1}));
}

TEST(TeachKeys, CAndZeroSayItWasNothing) {
  Keyboard k;
  k.down(Qt::Key_C, 0);

  EXPECT_EQ(k.down(Qt::Key_0, 100), (KeyMeaning{Kind::Correct, 0}));
}

TEST(TeachKeys, MAndANumberSayThatOneWasMissed) {
  Keyboard k;
  k.down(Qt::Key_M, 0);

  EXPECT_EQ(k.down(Qt::Key_1, 100), (KeyMeaning{Kind::Missed, 1}));
}

TEST(TeachKeys, NothingCannotBeMissed) {
  Keyboard k;
  k.down(Qt::Key_M, 0);

  EXPECT_EQ(k.down(Qt::Key_0, 100).kind, Kind::Prefix);
  EXPECT_EQ(k.keys.prefix(Keyboard::at(200)), TeachKeys::Prefix::None);
}

TEST(TeachKeys, APrefixIsTakenBackByEscapeByItselfAndByTime) {
  Keyboard k;

  k.down(Qt::Key_C, 0);
  EXPECT_EQ(k.down(Qt::Key_Escape, 100).kind, Kind::Prefix);
  EXPECT_EQ(k.keys.prefix(Keyboard::at(150)), TeachKeys::Prefix::None);
  k.down(Qt::Key_C, 200);
  k.down(Qt::Key_C, 300);
  EXPECT_EQ(k.keys.prefix(Keyboard::at(350)), TeachKeys::Prefix::None);
  k.down(Qt::Key_M, 400);
  EXPECT_EQ(k.down(Qt::Key_1, 400 + 9000), (KeyMeaning{Kind::Start, 1}));
}

TEST(TeachKeys, EscapeStopsAndASecondOneDiscardsOnce) {
  Keyboard k;
  k.down(Qt::Key_1, 0);

  EXPECT_EQ(k.down(Qt::Key_Escape, 1000).kind, Kind::Stop);
  EXPECT_EQ(k.down(Qt::Key_Escape, 1400).kind, Kind::Discard);
  EXPECT_EQ(k.down(Qt::Key_Escape, 1500).kind, Kind::NotMine);
  EXPECT_EQ(k.up(Qt::Key_1).kind, Kind::NotMine);
}

TEST(TeachKeys, ALateSecondEscapeDiscardsNothing) {
  Keyboard k;
  k.down(Qt::Key_1, 0);
  k.down(Qt::Key_Escape, 1000);

  EXPECT_EQ(k.down(Qt::Key_Escape, 2100).kind, Kind::NotMine);
}

TEST(TeachKeys, EscapeAlsoStopsWhatAButtonStarted) {
  Keyboard k;
  k.keys.setRecording(true);

  EXPECT_EQ(k.down(Qt::Key_Escape, 0).kind, Kind::Stop);
}

TEST(TeachKeys, NothingIsMeantInATextField) {
  Keyboard k;
  k.place = KeyPlace::TextField;

  for (const int key : {Qt::Key_1, Qt::Key_0, Qt::Key_C, Qt::Key_M, Qt::Key_Escape}) {
    EXPECT_EQ(k.down(key, 0).kind, Kind::NotMine) << key;
  }
}

TEST(TeachKeys, AKeyHeldWhenATextFieldOpensStillStopsItsRecording) {
  Keyboard k;
  k.down(Qt::Key_1, 0);
  k.place = KeyPlace::TextField;

  EXPECT_EQ(k.up(Qt::Key_1).kind, Kind::Stop);
}

TEST(TeachKeys, OtherPagesDoNotRecordButEscapeStillStops) {
  Keyboard k;
  k.place = KeyPlace::OtherPage;
  k.keys.setRecording(true);

  EXPECT_EQ(k.down(Qt::Key_1, 0).kind, Kind::NotMine);
  EXPECT_EQ(k.down(Qt::Key_Escape, 10).kind, Kind::Stop);
}

TEST(TeachKeys, KeysWithModifiersBelongToShortcuts) {
  Keyboard k;

  EXPECT_EQ(k.down(Qt::Key_1, 0, Qt::ControlModifier).kind, Kind::NotMine);
  EXPECT_EQ(k.down(Qt::Key_C, 0, Qt::ControlModifier).kind, Kind::NotMine);
  EXPECT_EQ(k.down(Qt::Key_1, 0, Qt::KeypadModifier), (KeyMeaning{Kind::Start, 1}));
}

TEST(TeachKeys, LosingTheWindowEndsAHeldRecordingAndLeavesAStickyOne) {
  Keyboard held;
  held.down(Qt::Key_1, 0);
  Keyboard sticky;
  sticky.keys.setRecordBy(RecordBy::Sticky);
  sticky.down(Qt::Key_1, 0);

  EXPECT_EQ(held.keys.focusLost().kind, Kind::Stop);
  EXPECT_EQ(held.up(Qt::Key_1).kind, Kind::NotMine);
  EXPECT_EQ(sticky.keys.focusLost().kind, Kind::NotMine);
  EXPECT_EQ(sticky.down(Qt::Key_1, 500).kind, Kind::Stop);
}

TEST(TeachKeys, AnOldSnapshotDoesNotForgetTheKeyThatIsDown) {
  Keyboard k;
  k.keys.setRecording(true);  // the recording before is still shown
  k.down(Qt::Key_1, 0);
  k.keys.setRecording(false);

  EXPECT_EQ(k.up(Qt::Key_1).kind, Kind::Stop);
}

TEST(TeachKeys, ANumberThatBeganNothingLeavesTheOthersAlive) {
  Keyboard k;
  k.keys.setRecordBy(RecordBy::Sticky);

  k.down(Qt::Key_9, 0);
  k.keys.forgetStart();  // no label has it
  EXPECT_EQ(k.down(Qt::Key_1, 100), (KeyMeaning{Kind::Start, 1}));

  // The session refuses, and says nothing of it.
  EXPECT_EQ(k.down(Qt::Key_2, 1000).kind, Kind::Nothing);
  EXPECT_EQ(k.down(Qt::Key_2, 2200), (KeyMeaning{Kind::Start, 2}));
}

TEST(TeachKeys, ARecordingThatEndedByItselfFreesTheStickyKey) {
  Keyboard k;
  k.keys.setRecordBy(RecordBy::Sticky);
  k.down(Qt::Key_1, 0);
  k.keys.setRecording(true);
  k.keys.setRecording(false);

  EXPECT_EQ(k.down(Qt::Key_2, 100), (KeyMeaning{Kind::Start, 2}));
}

TEST(TeachKeys, ShiftAndANumberMeansThatWas) {
  Keyboard k;

  EXPECT_EQ(k.down(Qt::Key_3, 0, Qt::ShiftModifier), (KeyMeaning{Kind::ThatWas, 3}));
  EXPECT_EQ(k.keys.press(Qt::Key_3, Qt::ShiftModifier, true, k.place, k.at(100)).kind,
            Kind::Nothing);
  EXPECT_EQ(k.up(Qt::Key_3).kind, Kind::NotMine) << "nothing was recorded";
  k.place = KeyPlace::OtherPage;
  EXPECT_EQ(k.down(Qt::Key_1, 200, Qt::ShiftModifier).kind, Kind::ThatWas);
  k.place = KeyPlace::TextField;
  EXPECT_EQ(k.down(Qt::Key_1, 300, Qt::ShiftModifier).kind, Kind::NotMine);
}

TEST(TeachKeys, WhileSomethingIsRecordedNothingElseIsLookedFor) {
  Keyboard k;
  k.down(Qt::Key_1, 0);

  EXPECT_EQ(k.down(Qt::Key_2, 100, Qt::ShiftModifier).kind, Kind::Nothing);
}

}  // namespace
