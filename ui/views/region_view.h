#pragma once
// RegionView: what a camera sees, with the part of it that is looked at. The part is drawn, moved
// and resized with the mouse or with keys, and asked for in one step: at the end of a drag, by
// Enter, or when the keyboard goes elsewhere.

#include <QImage>
#include <QWidget>
#include <memory>

#include "ui/models/region_edit.h"
#include "ui/theme.h"

namespace sensors {
struct Image;
}

namespace ui {

class RegionView final : public QWidget {
  Q_OBJECT

 public:
  explicit RegionView(const Theme& theme, QWidget* parent = nullptr);
  /// Of the camera called `name`.
  void show(const QString& name, const sensors::Region& inForce);
  using QWidget::show;
  /// Null where none has come yet.
  void setPicture(const std::shared_ptr<const sensors::Image>& picture);
  /// Takes all of the picture.
  void takeWhole();
  /// Asks for what was changed. False where nothing was.
  bool take();
  /// A person is changing it.
  bool isBusy() const { return edit_.isChanged() || edit_.isDragging(); }
  QRect part() const { return edit_.shown(); }
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {200, kHeight}; }

 Q_SIGNALS:
  void regionWanted(const sensors::Region& region);

 protected:
  bool event(QEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;

 private:
  static constexpr int kHeight = 200;
  /// Where the picture stands.
  QRectF box() const;
  QPointF shareAt(const QPointF& at) const;
  QPointF reach() const;
  void changed();
  void paintPart(QPainter& painter, const QRectF& box) const;
  void paintEmpty(QPainter& painter, const QRectF& box) const;

  const Theme& theme_;
  QString name_;
  std::shared_ptr<const sensors::Image> encoded_;
  QImage picture_;
  RegionEdit edit_;
};

}  // namespace ui
