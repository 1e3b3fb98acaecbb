#include "ui/views/word_layout.h"

#include <QWidget>
#include <algorithm>

namespace ui {

WordLayout::WordLayout(QWidget* parent, int lineHeight, int gap)
    : QLayout(parent), lineHeight_(lineHeight) {
  setContentsMargins(0, 0, 0, 0);
  setSpacing(gap);
}

WordLayout::~WordLayout() {
  for (QLayoutItem* item : items_) {
    delete item;
  }
}

QLayoutItem* WordLayout::itemAt(int index) const {
  return index >= 0 && index < count() ? items_[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* WordLayout::takeAt(int index) {
  QLayoutItem* item = itemAt(index);
  if (item != nullptr) {
    items_.erase(items_.begin() + index);
    atPrevious_.erase(item);
  }
  return item;
}

void WordLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  place(rect, true);
}

int WordLayout::place(const QRect& rect, bool move) const {
  int x = rect.x();
  int y = rect.y();
  for (std::size_t i = 0; i < items_.size(); ++i) {
    QLayoutItem* item = items_[i];
    if (item->isEmpty()) {
      continue;
    }
    const QSize wanted = item->sizeHint();
    const int wide = std::min(wanted.width(), std::max(rect.width(), 1));
    int together = wide;  // with what stays at it
    for (std::size_t j = i + 1; j < items_.size() && atPrevious_.count(items_[j]) != 0; ++j) {
      together += atPrevious_.at(items_[j]) + items_[j]->sizeHint().width();
    }
    if (const auto stays = atPrevious_.find(item); stays != atPrevious_.end()) {
      x = std::max(rect.x(), x - spacing() + stays->second);
    } else if (x > rect.x() && x + together > rect.x() + rect.width()) {
      x = rect.x();
      y += lineHeight_;
    }
    if (move) {
      const int high = std::min(wanted.height(), lineHeight_);
      item->setGeometry({x, y + (lineHeight_ - high) / 2, wide, high});
    }
    x += wide + spacing();
  }
  return y - rect.y() + lineHeight_;
}

}  // namespace ui
