#include "ui/views/flow_layout.h"

#include <QWidget>
#include <algorithm>

namespace ui {

FlowLayout::FlowLayout(QWidget* parent, int leastWidth, int mostWidth, int rowHeight, int gap)
    : QLayout(parent), leastWidth_(leastWidth), mostWidth_(mostWidth), rowHeight_(rowHeight) {
  setContentsMargins(0, 0, 0, 0);
  setSpacing(gap);
}

FlowLayout::~FlowLayout() {
  for (QLayoutItem* item : items_) {
    delete item;
  }
}

void FlowLayout::addItem(QLayoutItem* item) { items_.push_back(item); }

QLayoutItem* FlowLayout::itemAt(int index) const {
  return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
  if (index < 0 || index >= count()) {
    return nullptr;
  }
  QLayoutItem* item = items_[static_cast<std::size_t>(index)];
  items_.erase(items_.begin() + index);
  return item;
}

void FlowLayout::moveTo(QWidget* widget, int index) {
  const auto from = std::find_if(items_.begin(), items_.end(),
                                 [widget](QLayoutItem* item) { return item->widget() == widget; });
  if (from == items_.end() || from - items_.begin() == index) {
    return;
  }
  QLayoutItem* item = *from;
  items_.erase(from);
  items_.insert(items_.begin() + std::min(index, count()), item);
  invalidate();
}

void FlowLayout::setItemSize(int leastWidth, int rowHeight) {
  if (leastWidth != leastWidth_ || rowHeight != rowHeight_) {
    leastWidth_ = leastWidth;
    rowHeight_ = rowHeight;
    invalidate();
  }
}

int FlowLayout::columnsIn(int width) const {
  const int fit = std::max(1, (width + spacing()) / (leastWidth_ + spacing()));
  return std::min(fit, std::max(1, count()));
}

int FlowLayout::heightForWidth(int width) const {
  const int columns = columnsIn(width);
  const int rows = std::max(1, (count() + columns - 1) / columns);
  return rows * rowHeight_ + (rows - 1) * spacing();
}

QSize FlowLayout::sizeHint() const {
  return {leastWidth_ * 4,
          heightForWidth(geometry().width() > 0 ? geometry().width() : leastWidth_ * 5)};
}

void FlowLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  const int columns = columnsIn(rect.width());
  const int room = rect.width() - (columns - 1) * spacing();
  const int wide = std::min(mostWidth_, room / columns);
  const int spare = wide < mostWidth_ ? room - wide * columns : 0;
  int column = 0;
  int x = rect.x();
  int y = rect.y();
  for (QLayoutItem* item : items_) {
    const int own = wide + (column < spare ? 1 : 0);
    item->setGeometry({x, y, own, rowHeight_});
    x += own + spacing();
    if (++column == columns) {
      column = 0;
      x = rect.x();
      y += rowHeight_ + spacing();
    }
  }
}

}  // namespace ui
