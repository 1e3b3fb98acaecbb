#pragma once
// RegionEdit: what a person does to the part of a picture that is looked at, by mouse or key, until
// it is taken: drawn anew, moved, made larger or smaller. In whole percents, as it is kept.

#include <QPointF>
#include <QRect>
#include <QString>
#include <optional>

#include "sensors/window.h"

namespace ui {

/// GUI thread. A value. Points are shares of the picture, [0, 1] from its upper left corner.
class RegionEdit {
 public:
  enum class Key {
    Left,
    Right,
    Up,
    Down,  ///< moves
    Narrower,
    Wider,
    Lower,
    Higher,  ///< the right and the lower edge
    Whole,   ///< all of the picture
    Leave,
  };
  enum class Grip { Draw, Move, LeftTop, RightTop, LeftBottom, RightBottom };
  static constexpr int kStep = 1;   ///< percent a key moves
  static constexpr int kLeast = 2;  ///< percent: no part is narrower or lower

  /// What is in force from now on. What was changed and not yet taken stays.
  void setInForce(const sensors::Region& region);
  void press(Key key);
  /// What the mouse would take hold of at `at`; corners reach as far as `reach`.
  Grip gripAt(const QPointF& at, const QPointF& reach) const;
  void begin(const QPointF& at, const QPointF& reach);
  void dragTo(const QPointF& at);
  /// The mouse was released; false where nothing was drawn.
  bool endDrag();
  bool isDragging() const { return grip_.has_value(); }
  /// Takes what was changed: the region to ask for, nothing where it is as in force.
  std::optional<sensors::Region> take();
  void leave();

  /// What was changed, asked for or is in force, in percent.
  QRect shown() const;
  bool isChanged() const { return changed_.has_value(); }
  /// "left 30 %, top 0 %, width 70 %, height 100 %", or that it is all of the picture.
  QString text() const;

 private:
  static constexpr int kPatience = 3;  ///< snapshots until what was asked for is no longer believed

  QRect inForce_{0, 0, 100, 100};
  std::optional<QRect> changed_;
  std::optional<QRect> asked_;
  int patience_ = 0;
  std::optional<Grip> grip_;
  QPointF pressedAt_;
  QRect pressedOn_;
  bool wasMoved_ = false;
};

}  // namespace ui
