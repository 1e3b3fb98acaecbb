#pragma once
// Thumbnail: the little picture of one example: its envelope in the label's colour on a sunk well.

#include <QImage>
#include <QWidget>
#include <span>

#include "sensors/envelope.h"
#include "ui/theme.h"

namespace ui {

/// How far `columns` move: from lowest to highest, around zero where they swing. 0 where empty.
double thumbnailRange(std::span<const sensors::EnvelopeColumn> columns);
/// Draws `columns` into `rect`. `range`: what fills the height, so that examples of one channel can
/// be compared; never less than their own range, never more than six times it. Empty columns stay
/// empty.
void paintThumbnail(QPainter& painter, const QRectF& rect,
                    std::span<const sensors::EnvelopeColumn> columns, const QColor& colour,
                    double range = 0);

/// The picture that `jpeg` is, made no larger than `most` pixels on a side. Null where it is no
/// picture, larger than 4 MB or more than 4096 pixels wide or high.
QImage decodedThumbnail(const base::Bytes& jpeg, int most);

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
