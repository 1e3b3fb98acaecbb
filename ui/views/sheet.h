#pragma once
// Sheet: something that is done over the window, with its own keys: bare letters do nothing behind
// it, Enter presses the button that has the keyboard, Esc leaves.

#include <QFrame>
#include <QTimer>

namespace ui {

class Sheet : public QFrame {
  Q_OBJECT

 public:
  /// Hidden to begin with. `name`: to a screen reader.
  Sheet(const QString& name, QWidget* window);
  /// Looks at how things are by now; ten times a second while it is open.
  virtual void pull() {}
  /// Hides it and says so; nothing where it is hidden.
  void leave();

 Q_SIGNALS:
  void closed();

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  /// Shows it over everything else.
  void appear();
  /// In the middle of the page and the strip, at most so large; what is around them can be read.
  void place(const QSize& most);
  /// What is to end as it is left.
  virtual void leaving() {}

 private:
  QTimer timer_;
};

}  // namespace ui
