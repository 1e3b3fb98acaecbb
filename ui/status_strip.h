#pragma once
// StatusStrip: how fast data come in, what was lost, how long an answer takes, load, disk.

#include <QFrame>

#include "app/snapshot.h"
#include "ui/theme.h"

class QPushButton;

namespace ui {

class FigureLabel;

class StatusStrip final : public QFrame {
  Q_OBJECT

 public:
  explicit StatusStrip(const Theme& theme, QWidget* parent = nullptr);
  void show(const app::Snapshot& snapshot);
  using QFrame::show;

 Q_SIGNALS:
  void helpPressed();

 private:
  FigureLabel* rate_;
  FigureLabel* lost_;
  FigureLabel* answer_;
  FigureLabel* load_;
  FigureLabel* disk_;
};

}  // namespace ui
