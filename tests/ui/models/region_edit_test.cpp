#include "ui/models/region_edit.h"

#include <gtest/gtest.h>

#include "ui/models/newest_picture.h"

namespace {

using ui::RegionEdit;
using Grip = RegionEdit::Grip;
using Key = RegionEdit::Key;

const sensors::Region kPart{0.2, 0.3, 0.4, 0.5};
const QPointF kReach{0.03, 0.03};

RegionEdit onPart() {
  RegionEdit edit;
  edit.setInForce(kPart);
  return edit;
}

/// What a drag from `from` to `to` makes.
QRect dragged(RegionEdit edit, const QPointF& from, const QPointF& to) {
  edit.begin(from, kReach);
  edit.dragTo(to);
  EXPECT_TRUE(edit.endDrag());
  return edit.shown();
}

TEST(RegionEdit, DrawsBetweenTwoPointsHoweverTheyLie) {
  EXPECT_EQ(dragged({}, {0.1, 0.2}, {0.6, 0.9}), QRect(10, 20, 50, 70));
  EXPECT_EQ(dragged({}, {0.6, 0.9}, {0.1, 0.2}), QRect(10, 20, 50, 70));
  EXPECT_EQ(dragged({}, {0.5, 0.5}, {1.7, -0.4}), QRect(50, 0, 50, 50)) << "ends at the edge";
  EXPECT_EQ(dragged(onPart(), {0.9, 0.1}, {0.95, 0.2}), QRect(90, 10, 5, 10)) << "beside the part";
}

TEST(RegionEdit, APartIsMovedByItsInsideAndResizedByItsCorners) {
  EXPECT_EQ(dragged(onPart(), {0.4, 0.5}, {0.5, 0.45}), QRect(30, 25, 40, 50));
  EXPECT_EQ(dragged(onPart(), {0.4, 0.5}, {2, 2}), QRect(60, 50, 40, 50)) << "stays inside";
  EXPECT_EQ(dragged(onPart(), {0.6, 0.8}, {0.7, 0.9}), QRect(20, 30, 50, 60));
  EXPECT_EQ(dragged(onPart(), {0.2, 0.3}, {0.1, 0.1}), QRect(10, 10, 50, 70));
  EXPECT_EQ(dragged(onPart(), {0.6, 0.3}, {0.5, 0.4}), QRect(20, 40, 30, 40));
  EXPECT_EQ(dragged(onPart(), {0.2, 0.8}, {0.3, 0.7}), QRect(30, 30, 30, 40));
}

TEST(RegionEdit, TellsWhatTheMouseWouldTakeHoldOf) {
  EXPECT_EQ(onPart().gripAt({0.4, 0.5}, kReach), Grip::Move);
  EXPECT_EQ(onPart().gripAt({0.59, 0.81}, kReach), Grip::RightBottom);
  EXPECT_EQ(onPart().gripAt({0.9, 0.9}, kReach), Grip::Draw);
  EXPECT_EQ(RegionEdit().gripAt({0.5, 0.5}, kReach), Grip::Draw) << "all of the picture: draw";
}

TEST(RegionEdit, AClickDrawsNothing) {
  RegionEdit edit = onPart();
  edit.begin({0.9, 0.9}, kReach);
  edit.dragTo({0.905, 0.9});
  EXPECT_FALSE(edit.endDrag());
  EXPECT_FALSE(edit.take());
}

TEST(RegionEdit, KeysMoveAndResizeAndStayInsideThePicture) {
  const std::pair<Key, QRect> expected[] = {
      {Key::Left, {19, 30, 40, 50}},     {Key::Right, {21, 30, 40, 50}},
      {Key::Up, {20, 29, 40, 50}},       {Key::Down, {20, 31, 40, 50}},
      {Key::Narrower, {20, 30, 39, 50}}, {Key::Wider, {20, 30, 41, 50}},
      {Key::Lower, {20, 30, 40, 49}},    {Key::Higher, {20, 30, 40, 51}},
      {Key::Whole, {0, 0, 100, 100}}};
  for (const auto& [key, part] : expected) {
    RegionEdit edit = onPart();
    edit.press(key);
    EXPECT_EQ(edit.shown(), part);
  }
  for (const Key key : {Key::Left, Key::Right, Key::Up, Key::Down, Key::Narrower, Key::Wider,
                        Key::Lower, Key::Higher}) {
    RegionEdit edit = onPart();
    for (int i = 0; i < 200; ++i) edit.press(key);
    const QRect part = edit.shown();
    EXPECT_TRUE(QRect(0, 0, 100, 100).contains(part));
    EXPECT_GE(std::min(part.width(), part.height()), RegionEdit::kLeast);
  }
}

TEST(RegionEdit, WhatIsTakenIsAskedForOnceAndShownUntilItIsInForce) {
  RegionEdit edit = onPart();
  edit.press(Key::Right);
  const auto asked = edit.take();
  ASSERT_TRUE(asked);
  EXPECT_EQ(*asked, (sensors::Region{0.21, 0.3, 0.4, 0.5}));
  EXPECT_FALSE(edit.take());

  edit.setInForce(kPart);  // a snapshot from before
  EXPECT_EQ(edit.shown(), QRect(21, 30, 40, 50));
  edit.setInForce(*asked);
  edit.setInForce(kPart);  // undone
  EXPECT_EQ(edit.shown(), QRect(20, 30, 40, 50));
}

TEST(RegionEdit, WhatIsRefusedIsNotShownForEver) {
  RegionEdit edit = onPart();
  edit.press(Key::Right);
  edit.take();
  for (int i = 0; i < 5; ++i) edit.setInForce(kPart);
  EXPECT_EQ(edit.shown(), QRect(20, 30, 40, 50));
}

TEST(RegionEdit, APartThatWasTypedTooSmallOrTooFarOutIsStillHandledByKeys) {
  for (const sensors::Region& typed :
       {sensors::Region{0.99, 0.99, 0.01, 0.01}, sensors::Region{0.5, 0.5, 1, 1}}) {
    for (const Key key : {Key::Left, Key::Right, Key::Up, Key::Down, Key::Narrower, Key::Wider,
                          Key::Lower, Key::Higher}) {
      RegionEdit edit;
      edit.setInForce(typed);
      edit.press(key);
      EXPECT_TRUE(QRect(0, 0, 100, 100).contains(edit.shown()));
      EXPECT_GE(std::min(edit.shown().width(), edit.shown().height()), RegionEdit::kLeast);
    }
  }
}

TEST(RegionEdit, MovingItBackAsksForNothing) {
  RegionEdit edit = onPart();
  edit.press(Key::Right);
  edit.press(Key::Left);
  EXPECT_TRUE(edit.isChanged());
  EXPECT_FALSE(edit.take());
  EXPECT_FALSE(edit.isChanged());
}

TEST(RegionEdit, SaysItInWords) {
  EXPECT_EQ(RegionEdit().text(), "all of the picture");
  EXPECT_EQ(onPart().text(), "left 20 %, top 30 %, width 40 %, height 50 %");
}

TEST(NewestPicture, IsTheLiveOneElseOneOfTheLastRecordingWithThatCamera) {
  const auto live = std::make_shared<const sensors::Image>();
  const auto kept = std::make_shared<const sensors::Image>();
  ui::Feed feed;
  EXPECT_EQ(ui::newestPicture(feed, "hall"), nullptr) << "none has come";

  auto contents = std::make_shared<app::LibraryContents>();
  for (const std::int64_t begin : {100, 200, 300}) {
    app::StoredRecording stored;
    stored.recording.span = {{begin}, {begin + 50}};
    stored.sources = {begin == 300 ? "mic" : "hall"};
    contents->recordings.push_back(stored);
  }
  base::Time askedFor;
  feed.library.contents = [&] { return contents; };
  feed.library.picture = [&](const std::string&, base::Time t, base::Duration) {
    askedFor = t;
    return kept;
  };
  EXPECT_EQ(ui::newestPicture(feed, "hall"), kept);
  EXPECT_EQ(askedFor.ns, 200);
  feed.picture = [&](const std::string&) { return live; };
  EXPECT_EQ(ui::newestPicture(feed, "hall"), live);
}

}  // namespace
