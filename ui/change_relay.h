#pragma once
// ChangeRelay: brings "something changed" from any thread to the GUI thread.

#include <QMetaObject>
#include <QObject>
#include <atomic>

namespace ui {

/// At most one signal per turn of the event loop, however often notify() was called. Listeners then
/// read the newest snapshot; nothing is carried along. Must outlive every thread that calls
/// notify().
class ChangeRelay final : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  /// Thread-safe and cheap: thousands of calls a second become one signal per turn.
  void notify() {
    if (!pending_.exchange(true)) {
      QMetaObject::invokeMethod(this, &ChangeRelay::relay, Qt::QueuedConnection);
    }
  }

 Q_SIGNALS:
  void changed();

 private:
  void relay() {
    pending_ = false;
    Q_EMIT changed();
  }

  std::atomic<bool> pending_ = false;
};

}  // namespace ui
