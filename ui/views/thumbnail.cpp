#include "ui/views/thumbnail.h"

#include <QBuffer>
#include <QImageReader>
#include <QPainter>
#include <algorithm>

namespace ui {

namespace {

struct Extent {
  double low = 0;
  double high = 0;
  bool any = false;
};

Extent extentOf(std::span<const sensors::EnvelopeColumn> columns) {
  Extent e;
  for (const sensors::EnvelopeColumn& column : columns) {
    if (!column.isEmpty()) {
      e.low = e.any ? std::min(e.low, static_cast<double>(column.min)) : column.min;
      e.high = e.any ? std::max(e.high, static_cast<double>(column.max)) : column.max;
      e.any = true;
    }
  }
  if (e.low < 0 && e.high > 0) {  // a swinging signal stands around its zero line
    e.high = std::max(e.high, -e.low);
    e.low = -e.high;
  }
  return e;
}

}  // namespace

double thumbnailRange(std::span<const sensors::EnvelopeColumn> columns) {
  const Extent e = extentOf(columns);
  return e.high - e.low;
}

void paintThumbnail(QPainter& painter, const QRectF& rect,
                    std::span<const sensors::EnvelopeColumn> columns, const QColor& colour,
                    double range) {
  constexpr double kMostShrink = 6;
  const Extent e = extentOf(columns);
  if (!e.any) {
    return;
  }
  const double own = e.high - e.low > 1e-9 ? e.high - e.low : 1;
  range = std::clamp(range, own, own * kMostShrink);
  const double middle = (e.high + e.low) / 2;
  const double step = rect.width() / static_cast<double>(columns.size());
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].isEmpty()) {
      continue;
    }
    double top = rect.center().y() - (columns[i].max - middle) / range * rect.height();
    double bottom = rect.center().y() - (columns[i].min - middle) / range * rect.height();
    if (bottom - top < 1) {
      const double y = (top + bottom) / 2;
      top = std::clamp(y - 0.5, rect.top(), rect.bottom() - 1);
      bottom = top + 1;
    }
    painter.drawRect(QRectF(rect.left() + static_cast<double>(i) * step, top,
                            std::max(1.0, step + 0.3), bottom - top));
  }
  painter.restore();
}

QImage decodedThumbnail(const base::Bytes& jpeg, int most) {
  constexpr std::size_t kMostBytes = 4'000'000;
  constexpr int kMostEdge = 4096;
  if (jpeg.empty() || jpeg.size() > kMostBytes) {
    return {};
  }
  QByteArray bytes = QByteArray::fromRawData(reinterpret_cast<const char*>(jpeg.data()),
                                             static_cast<qsizetype>(jpeg.size()));
  QBuffer buffer(&bytes);
  QImageReader reader(&buffer, QByteArrayLiteral("jpeg"));
  const QSize size = reader.size();
  if (!size.isValid() || size.isEmpty() || size.width() > kMostEdge || size.height() > kMostEdge) {
    return {};
  }
  if (size.width() > most || size.height() > most) {
    reader.setScaledSize(size.scaled(most, most, Qt::KeepAspectRatio).expandedTo({1, 1}));
  }
  return reader.read();
}

Thumbnail::Thumbnail(const Theme& theme, QWidget* parent) : QWidget(parent), theme_(theme) {
  setMinimumSize(40, 28);
  connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Thumbnail::show(std::vector<sensors::EnvelopeColumn> columns, int colour) {
  columns_ = std::move(columns);
  colour_ = colour;
  update();
}

void Thumbnail::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme_.tokens().sunk);
  painter.drawRoundedRect(rect(), size::kSmallRadius, size::kSmallRadius);
  paintThumbnail(painter, QRectF(rect()).adjusted(3, 4, -3, -4), columns_,
                 theme_.labelColour(colour_));
}

}  // namespace ui
