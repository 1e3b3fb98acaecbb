#pragma once
// Overlays: thin frames drawn over the whole window: RecordFrame while recording, FocusRing round
// the control that has the keyboard. Neither takes the mouse.

#include <QPointer>
#include <QWidget>

#include "ui/theme.h"

namespace ui {

/// A 3 px frame in the recording colour round its parent.
class RecordFrame final : public QWidget {
  Q_OBJECT

 public:
  RecordFrame(const Theme& theme, QWidget* window);
  /// `label` empty: not recording. The text is for screen readers.
  void setRecording(const QString& label);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
};

/// A 2 px ring, 2 px outside the control that got the keyboard by Tab.
class FocusRing final : public QWidget {
  Q_OBJECT

 public:
  FocusRing(const Theme& theme, QWidget* window);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;

 private:
  void follow(QWidget* control);
  void place();

  const Theme& theme_;
  QPointer<QWidget> control_;
};

}  // namespace ui
