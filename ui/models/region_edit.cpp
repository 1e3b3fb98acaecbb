#include "ui/models/region_edit.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace ui {
namespace {

const QRect kWholePicture(0, 0, 100, 100);
constexpr double kDrawn = 0.02;  ///< share the mouse must move before anything is drawn

int percentOf(double share) {
  return static_cast<int>(std::lround(std::clamp(share, 0.0, 1.0) * 100));
}

/// Never too small and inside the picture: one that was typed or came with a file may be neither.
QRect percentsOf(const sensors::Region& region) {
  constexpr int kLeast = RegionEdit::kLeast;
  const int left = std::min(percentOf(region.left), 100 - kLeast);
  const int top = std::min(percentOf(region.top), 100 - kLeast);
  return {left, top, std::clamp(percentOf(region.width), kLeast, 100 - left),
          std::clamp(percentOf(region.height), kLeast, 100 - top)};
}

/// As large as it is, pushed back into the picture.
QRect inside(QRect part) {
  part.moveLeft(std::clamp(part.left(), 0, 100 - part.width()));
  part.moveTop(std::clamp(part.top(), 0, 100 - part.height()));
  return part;
}

/// Between two corners, however they lie, inside the picture and never too small.
QRect between(const QPoint& a, const QPoint& b) {
  const int left = std::min({a.x(), b.x(), 100 - RegionEdit::kLeast});
  const int top = std::min({a.y(), b.y(), 100 - RegionEdit::kLeast});
  const int right = std::max(std::max(a.x(), b.x()), left + RegionEdit::kLeast);
  const int bottom = std::max(std::max(a.y(), b.y()), top + RegionEdit::kLeast);
  return {left, top, right - left, bottom - top};
}

QPoint percentsAt(const QPointF& at) { return {percentOf(at.x()), percentOf(at.y())}; }

}  // namespace

void RegionEdit::setInForce(const sensors::Region& region) {
  const QRect now = percentsOf(region);
  if (now != inForce_ || (asked_ && (now == *asked_ || --patience_ <= 0))) {
    asked_.reset();
  }
  inForce_ = now;
}

QRect RegionEdit::shown() const { return changed_.value_or(asked_.value_or(inForce_)); }

void RegionEdit::press(Key key) {
  QRect part = shown();
  const auto wide = [&](int by) {
    part.setWidth(std::clamp(part.width() + by, kLeast, 100 - part.left()));
  };
  const auto high = [&](int by) {
    part.setHeight(std::clamp(part.height() + by, kLeast, 100 - part.top()));
  };
  switch (key) {
    case Key::Left:
      part = inside(part.translated(-kStep, 0));
      break;
    case Key::Right:
      part = inside(part.translated(kStep, 0));
      break;
    case Key::Up:
      part = inside(part.translated(0, -kStep));
      break;
    case Key::Down:
      part = inside(part.translated(0, kStep));
      break;
    case Key::Narrower:
      wide(-kStep);
      break;
    case Key::Wider:
      wide(kStep);
      break;
    case Key::Lower:
      high(-kStep);
      break;
    case Key::Higher:
      high(kStep);
      break;
    case Key::Whole:
      part = kWholePicture;
      break;
    case Key::Leave:
      return leave();
  }
  changed_ = part;
}

RegionEdit::Grip RegionEdit::gripAt(const QPointF& at, const QPointF& reach) const {
  const QRect part = shown();
  const double left = part.left() / 100.0;
  const double top = part.top() / 100.0;
  const double right = left + part.width() / 100.0;
  const double bottom = top + part.height() / 100.0;
  const auto near = [&](double x, double y) {
    return std::abs(at.x() - x) <= reach.x() && std::abs(at.y() - y) <= reach.y();
  };
  if (part != kWholePicture) {
    if (near(right, bottom)) return Grip::RightBottom;
    if (near(left, top)) return Grip::LeftTop;
    if (near(right, top)) return Grip::RightTop;
    if (near(left, bottom)) return Grip::LeftBottom;
    if (at.x() > left && at.x() < right && at.y() > top && at.y() < bottom) return Grip::Move;
  }
  return Grip::Draw;
}

void RegionEdit::begin(const QPointF& at, const QPointF& reach) {
  grip_ = gripAt(at, reach);
  pressedAt_ = at;
  pressedOn_ = shown();
  wasMoved_ = false;
}

void RegionEdit::dragTo(const QPointF& at) {
  if (!grip_) {
    return;
  }
  const QPointF moved = at - pressedAt_;
  wasMoved_ = wasMoved_ || std::abs(moved.x()) >= kDrawn || std::abs(moved.y()) >= kDrawn;
  if (!wasMoved_) {
    return;
  }
  const QRect& from = pressedOn_;
  const QPoint right(from.left() + from.width(), 0);
  const QPoint bottom(0, from.top() + from.height());
  const QPoint to = percentsAt(at);
  switch (*grip_) {
    case Grip::Draw:
      changed_ = between(percentsAt(pressedAt_), to);
      break;
    case Grip::Move:
      changed_ = inside(from.translated(static_cast<int>(std::lround(moved.x() * 100)),
                                        static_cast<int>(std::lround(moved.y() * 100))));
      break;
    case Grip::LeftTop:
      changed_ = between(right + bottom, to);
      break;
    case Grip::RightTop:
      changed_ = between({from.left(), bottom.y()}, to);
      break;
    case Grip::LeftBottom:
      changed_ = between({right.x(), from.top()}, to);
      break;
    case Grip::RightBottom:
      changed_ = between(from.topLeft(), to);
      break;
  }
}

bool RegionEdit::endDrag() {
  grip_.reset();
  return wasMoved_;
}

std::optional<sensors::Region> RegionEdit::take() {
  grip_.reset();
  if (!changed_) {
    return std::nullopt;
  }
  const QRect part = *changed_;
  changed_.reset();
  if (part == asked_.value_or(inForce_)) {
    return std::nullopt;
  }
  asked_ = part;
  patience_ = kPatience;
  return sensors::Region{part.left() / 100.0, part.top() / 100.0, part.width() / 100.0,
                         part.height() / 100.0};
}

void RegionEdit::leave() {
  grip_.reset();
  changed_.reset();
}

QString RegionEdit::text() const {
  const QRect part = shown();
  if (part == kWholePicture) {
    return QCoreApplication::translate("RegionEdit", "all of the picture");
  }
  return QCoreApplication::translate("RegionEdit", "left %1 %, top %2 %, width %3 %, height %4 %")
      .arg(part.left())
      .arg(part.top())
      .arg(part.width())
      .arg(part.height());
}

}  // namespace ui
