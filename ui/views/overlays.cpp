#include "ui/views/overlays.h"

#include <QApplication>
#include <QFocusEvent>
#include <QLineEdit>
#include <QPainter>

namespace ui {

RecordFrame::RecordFrame(const Theme& theme, QWidget* window) : QWidget(window), theme_(theme) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
  window->installEventFilter(this);
  hide();
}

void RecordFrame::setRecording(const QString& label) {
  const bool on = !label.isEmpty();
  if (on == isVisibleTo(parentWidget())) {
    return;
  }
  setAccessibleName(on ? tr("Recording %1").arg(label) : QString());
  setGeometry(parentWidget()->rect());
  setVisible(on);
  raise();
}

bool RecordFrame::eventFilter(QObject* watched, QEvent* event) {
  if (watched == parent() && event->type() == QEvent::Resize) {
    setGeometry(parentWidget()->rect());
  }
  return QWidget::eventFilter(watched, event);
}

void RecordFrame::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QColor colour = theme_.tokens().rec;
  painter.fillRect(0, 0, width(), 3, colour);
  painter.fillRect(0, height() - 3, width(), 3, colour);
  painter.fillRect(0, 0, 3, height(), colour);
  painter.fillRect(width() - 3, 0, 3, height(), colour);
}

FocusRing::FocusRing(const Theme& theme, QWidget* window) : QWidget(window), theme_(theme) {
  setAttribute(Qt::WA_TransparentForMouseEvents);
  setFocusPolicy(Qt::NoFocus);
  hide();
  qApp->installEventFilter(this);
}

bool FocusRing::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::FocusIn: {
      auto* control = qobject_cast<QWidget*>(watched);
      if (control == nullptr || control->window() != window()) {
        break;
      }
      const Qt::FocusReason reason = static_cast<QFocusEvent*>(event)->reason();
      const bool byKey = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ||
                         reason == Qt::ShortcutFocusReason;
      // A text field draws a frame of its own.
      follow(byKey && qobject_cast<QLineEdit*>(control) == nullptr ? control : nullptr);
      break;
    }
    case QEvent::FocusOut:
      if (watched == control_) {
        follow(nullptr);
      }
      break;
    case QEvent::Move:
    case QEvent::Resize:
      // What holds it may be scrolled.
      if (const auto* moved = qobject_cast<QWidget*>(watched);
          control_ != nullptr && moved != nullptr && moved != this &&
          (moved == control_ || moved->isAncestorOf(control_))) {
        place();
      }
      break;
    default:
      break;
  }
  return QWidget::eventFilter(watched, event);
}

void FocusRing::follow(QWidget* control) {
  control_ = control;
  setVisible(control != nullptr);
  if (control != nullptr) {
    place();
    raise();
  }
}

void FocusRing::place() {
  const QPoint at = control_->mapTo(parentWidget(), QPoint(0, 0));
  setGeometry(
      QRect(at, control_->size()).adjusted(-4, -4, 4, 4).intersected(parentWidget()->rect()));
}

void FocusRing::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme_.tokens().accent, 2));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), size::kRadius, size::kRadius);
}

}  // namespace ui
