#pragma once
// Thumbnail: the little picture of one example: its envelope in the label's colour on a sunk well.

#include <QWidget>
#include <span>

#include "sensors/envelope.h"
#include "ui/theme.h"

namespace ui {

/// Draws `columns` into `rect`, scaled to their own range. Empty columns stay empty.
void paintThumbnail(QPainter& painter, const QRectF& rect,
                    std::span<const sensors::EnvelopeColumn> columns, const QColor& colour);

class Thumbnail final : public QWidget {
  Q_OBJECT

 public:
  explicit Thumbnail(const Theme& theme, QWidget* parent = nullptr);
  void show(std::vector<sensors::EnvelopeColumn> columns, int colour);

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  const Theme& theme_;
  std::vector<sensors::EnvelopeColumn> columns_;
  int colour_ = 0;
};

}  // namespace ui
