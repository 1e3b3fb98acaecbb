#include "ui/views/sheet.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPushButton>
#include <algorithm>

#include "ui/theme.h"

namespace ui {
namespace {

constexpr int kPullMs = 100;

}  // namespace

Sheet::Sheet(const QString& name, QWidget* window) : QFrame(window) {
  setProperty("role", "popover");
  setAccessibleName(name);
  timer_.setInterval(kPullMs);
  connect(&timer_, &QTimer::timeout, this, &Sheet::pull);
  hide();
}

void Sheet::appear() {
  show();
  raise();
  timer_.start();
  pull();
}

bool Sheet::event(QEvent* event) {
  if (event->type() == QEvent::ShortcutOverride) {
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool plain = (key->modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) == 0;
    const bool ends = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter ||
                      key->key() == Qt::Key_Escape;  // fields listen for these
    if (plain && !ends) {
      event->accept();  // bare letters do nothing in the window while this is open; Ctrl+Z does
      return true;
    }
  }
  return QFrame::event(event);
}

void Sheet::keyPressEvent(QKeyEvent* event) {
  event->accept();
  if (event->key() == Qt::Key_Escape) {
    leave();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    if (auto* button = qobject_cast<QPushButton*>(QApplication::focusWidget())) {
      button->click();
    }
  }
}

void Sheet::place(const QSize& most) {
  const QRect room = parentWidget()->rect().adjusted(size::kRail, size::kTopBar, 0, -size::kStatus);
  QRect rect(0, 0, std::min(most.width(), room.width() - 2 * size::kGap3),
             std::min(most.height(), room.height() - 2 * size::kGap3));
  rect.moveCenter(room.center());
  setGeometry(rect);
}

void Sheet::leave() {
  if (isVisible()) {
    timer_.stop();
    leaving();
    hide();
    Q_EMIT closed();
  }
}

}  // namespace ui
