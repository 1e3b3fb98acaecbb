#pragma once
// LivePage: what the house does now, for a tablet on the wall: one word at least 12 mm high with
// its mark, how sure it is, since when. Works without colour and without the rest of the window.

#include "ui/feed.h"
#include "ui/models/live_face.h"
#include "ui/pages/page.h"
#include "ui/theme.h"
#include "ui/words.h"

class QLabel;
class QPushButton;

namespace ui {

/// Draws one headline as large as fits, with nothing below 5 mm.
class LiveFace final : public QWidget {
  Q_OBJECT

 public:
  explicit LiveFace(const Theme& theme, QWidget* parent = nullptr);
  void show(const words::Headline& headline);
  using QWidget::show;
  /// Height of the capitals of the word as drawn now, in millimetres of this screen.
  double capitalsMillimetres() const;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Measures;
  Measures measure() const;
  void paintMark(QPainter& painter, const QRectF& box) const;

  const Theme& theme_;
  words::Headline headline_;
};

class HappeningView;

class LivePage final : public Page {
  Q_OBJECT

 public:
  LivePage(const Theme& theme, Feed feed, QWidget* parent = nullptr);

  void showSnapshot(const app::SnapshotPtr& snapshot) override;
  void tick(base::Time now) override;
  bool handleEnter() override;

 Q_SIGNALS:
  /// The person wants to see what happened then.
  void momentWanted(const base::TimeSpan& span);

 private:
  Feed feed_;
  app::SnapshotPtr snapshot_;
  LiveSpeech speech_;
  LiveFace* face_;
  HappeningView* happened_;
  QWidget* empty_;
  QPushButton* teach_;
  QLabel* others_;  ///< what the tasks beside this one answer
  QLabel* foot_;
};

}  // namespace ui
