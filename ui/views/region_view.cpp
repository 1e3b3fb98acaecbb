#include "ui/views/region_view.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include "sensors/block.h"
#include "ui/views/basics.h"
#include "ui/views/thumbnail.h"

namespace ui {
namespace {

constexpr int kDecodedEdge = 480;
constexpr double kGripReach = 9;  ///< px round a corner
constexpr double kGripEdge = 8;
constexpr double kOutside = 0.72;  ///< how far what is not looked at fades

Qt::CursorShape cursorOf(RegionEdit::Grip grip) {
  switch (grip) {
    case RegionEdit::Grip::Move:
      return Qt::SizeAllCursor;
    case RegionEdit::Grip::LeftTop:
    case RegionEdit::Grip::RightBottom:
      return Qt::SizeFDiagCursor;
    case RegionEdit::Grip::RightTop:
    case RegionEdit::Grip::LeftBottom:
      return Qt::SizeBDiagCursor;
    case RegionEdit::Grip::Draw:
      break;
  }
  return Qt::CrossCursor;
}

std::optional<RegionEdit::Key> regionKeyOf(const QKeyEvent& event) {
  using Key = RegionEdit::Key;
  const bool resizes = event.modifiers().testFlag(Qt::ShiftModifier);
  switch (event.key()) {
    case Qt::Key_Left:
      return resizes ? Key::Narrower : Key::Left;
    case Qt::Key_Right:
      return resizes ? Key::Wider : Key::Right;
    case Qt::Key_Up:
      return resizes ? Key::Lower : Key::Up;
    case Qt::Key_Down:
      return resizes ? Key::Higher : Key::Down;
    case Qt::Key_Backspace:
      return Key::Whole;
    case Qt::Key_Escape:
      return Key::Leave;
    default:
      return std::nullopt;
  }
}

}  // namespace

RegionView::RegionView(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
  setToolTip(
      tr("Draw the part that is looked at. Arrow keys move it, with Shift they resize it; "
         "Enter takes it, Backspace takes all of the picture, Esc leaves it as it was"));
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

QSize RegionView::sizeHint() const {
  const QSize seen = picture_.isNull() ? QSize(4, 3) : picture_.size();
  return {std::clamp(seen.width() * kHeight / seen.height(), 150, 380), kHeight};
}

void RegionView::show(const QString& name, const sensors::Region& inForce) {
  if (name_ != name) {
    name_ = name;
    encoded_.reset();
    picture_ = {};
    edit_ = {};
    updateGeometry();
  }
  edit_.setInForce(inForce);
  changed();
}

void RegionView::setPicture(const std::shared_ptr<const sensors::Image>& picture) {
  if (picture == encoded_) {
    return;
  }
  encoded_ = picture;
  const QSize before = sizeHint();
  picture_ = picture ? decodedThumbnail(picture->jpeg, kDecodedEdge) : QImage();
  if (sizeHint() != before) {
    updateGeometry();
  }
  update();
}

QRectF RegionView::box() const {
  const QRectF all = QRectF(rect()).adjusted(1, 1, -1, -1);
  QSizeF fit = picture_.isNull() ? all.size() : QSizeF(picture_.size());
  fit.scale(all.size(), Qt::KeepAspectRatio);
  QRectF box(QPointF(), fit);
  box.moveCenter(all.center());
  return box;
}

QPointF RegionView::shareAt(const QPointF& at) const {
  const QRectF in = box();
  return {(at.x() - in.left()) / in.width(), (at.y() - in.top()) / in.height()};
}

QPointF RegionView::reach() const {
  return {kGripReach / box().width(), kGripReach / box().height()};
}

void RegionView::changed() {
  setAccessibleName(tr("Part of the picture that is looked at: %1").arg(name_));
  const QString value = edit_.text();
  if (value != accessibleDescription()) {
    setAccessibleDescription(value);
    QAccessibleValueChangeEvent event(this, value);
    QAccessible::updateAccessibility(&event);
  }
  update();
}

void RegionView::takeWhole() {
  edit_.press(RegionEdit::Key::Whole);
  take();
}

bool RegionView::take() {
  const bool was = edit_.isChanged();
  if (const auto region = edit_.take()) {
    Q_EMIT regionWanted(*region);
  }
  changed();
  return was;
}

void RegionView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  const Tokens& t = theme_.tokens();
  const QRectF in = box();
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.sunk);
  painter.drawRoundedRect(rect(), size::kSmallRadius, size::kSmallRadius);
  if (!picture_.isNull()) {
    painter.drawImage(in, picture_);
  }
  paintPart(painter, in);
  if (picture_.isNull()) {
    paintEmpty(painter, in);
  }
}

void RegionView::paintEmpty(QPainter& painter, const QRectF& box) const {
  const Tokens& t = theme_.tokens();
  const QString words = encoded_ ? tr("This picture cannot be shown.")
                                 : tr("No picture has come yet. The next one stands here.");
  constexpr int kHow = Qt::AlignCenter | Qt::TextWordWrap;
  painter.setFont(theme_.font(Theme::Text::Secondary));
  const QRectF text = painter.boundingRect(box.adjusted(28, 12, -28, -12), kHow, words);
  painter.setPen(Qt::NoPen);
  painter.setBrush(t.sunk);  // the part's edge does not run through the words
  painter.drawRoundedRect(text.adjusted(-8, -6, 8, 6), size::kSmallRadius, size::kSmallRadius);
  painter.setPen(t.text2);
  painter.drawText(text, kHow, words);
}

void RegionView::paintPart(QPainter& painter, const QRectF& box) const {
  const Tokens& t = theme_.tokens();
  const QRect part = edit_.shown();
  const QRectF edge(box.left() + part.left() / 100.0 * box.width(),
                    box.top() + part.top() / 100.0 * box.height(),
                    part.width() / 100.0 * box.width(), part.height() / 100.0 * box.height());
  if (!picture_.isNull()) {
    QPainterPath outside;
    outside.setFillRule(Qt::OddEvenFill);
    outside.addRect(box);
    outside.addRect(edge);
    painter.fillPath(outside, pale(t.surface, kOutside));
  }
  if (picture_.isNull() && part == QRect(0, 0, 100, 100)) {
    return;  // nothing to see and nothing chosen
  }
  // Light and dark side by side: seen on any picture.
  const QRectF line = edge.adjusted(1, 1, -1, -1);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(t.onAccent, 4, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
  painter.drawRect(line);
  const Qt::PenStyle style = edit_.isChanged() ? Qt::DashLine : Qt::SolidLine;
  painter.setPen(QPen(t.accent, 2, style, Qt::FlatCap, Qt::MiterJoin));
  painter.drawRect(line);
  painter.setPen(QPen(t.onAccent, 1));
  painter.setBrush(t.accent);
  for (const QPointF& corner :
       {line.topLeft(), line.topRight(), line.bottomLeft(), line.bottomRight()}) {
    QRectF grip(0, 0, kGripEdge, kGripEdge);
    grip.moveCenter(corner);
    const QRectF shown = grip.translated(std::max(0.0, box.left() - grip.left()),
                                         std::max(0.0, box.top() - grip.top()));
    painter.drawRect(shown.translated(std::min(0.0, box.right() - shown.right()),
                                      std::min(0.0, box.bottom() - shown.bottom())));
  }
}

bool RegionView::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    if ((key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0 && regionKeyOf(*key)) {
      event->accept();
      return true;
    }
  }
  return QWidget::event(event);
}

void RegionView::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    take();
    return;
  }
  const auto key = regionKeyOf(*event);
  if (!key) {
    QWidget::keyPressEvent(event);
    return;
  }
  edit_.press(*key);
  changed();
}

void RegionView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    QWidget::mousePressEvent(event);
    return;
  }
  edit_.begin(shareAt(event->position()), reach());
}

void RegionView::mouseMoveEvent(QMouseEvent* event) {
  const QPointF at = shareAt(event->position());
  if (!edit_.isDragging()) {
    setCursor(cursorOf(edit_.gripAt(at, reach())));
    return;
  }
  edit_.dragTo(at);
  changed();
}

void RegionView::mouseReleaseEvent(QMouseEvent* event) {
  if (!edit_.isDragging() || event->button() != Qt::LeftButton) {
    QWidget::mouseReleaseEvent(event);
    return;
  }
  if (edit_.endDrag()) {
    take();
  }
}

void RegionView::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  if (event->reason() != Qt::PopupFocusReason && event->reason() != Qt::ActiveWindowFocusReason) {
    take();
  }
}

}  // namespace ui
