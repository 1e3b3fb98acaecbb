#pragma once
// RowList: lines of one height under a heading, as many as fit, of which one can be pressed or
// chosen by key (up, down, Enter). What a line shows is up to who derives from it.

#include <QWidget>

#include "ui/theme.h"

namespace ui {

class RowList : public QWidget {
  Q_OBJECT

 public:
  /// `empty`: what stands there where there is no line.
  RowList(const Theme& theme, QString heading, QString empty, QWidget* parent = nullptr);

 protected:
  static constexpr int kRow = 32, kHead = 24;

  virtual int count() const = 0;
  virtual void paintRow(QPainter& painter, int row, const QRectF& box) const = 0;
  virtual void pick(int row) = 0;
  /// Another line is pointed at, or none.
  virtual void pointed() {}

  const Theme& theme() const { return theme_; }
  const QString& whenEmpty() const { return empty_; }
  int rowsThatFit() const;
  /// Below which line something fits, in the widget's coordinates.
  static int belowRow(int row) { return kHead + (row + 1) * kRow; }
  /// The line under the mouse or chosen by key, or -1.
  int at() const { return at_; }
  void point(int row);
  /// The lines are others now; `stays`: where the chosen one went, or -1. Under the mouse the place
  /// counts, not the line.
  void changed(int stays);

  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  static int rowAt(const QMouseEvent& event);

  const Theme& theme_;
  const QString heading_;
  const QString empty_;
  int at_ = -1;
};

}  // namespace ui
