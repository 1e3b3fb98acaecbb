#pragma once
// FlowLayout: items of equal size side by side, wrapping; as many per row as fit their smallest
// width, then stretched to fill the row.

#include <QLayout>
#include <vector>

namespace ui {

class FlowLayout final : public QLayout {
 public:
  /// Items are at least `leastWidth` and at most `mostWidth` wide; rows are `rowHeight` high.
  FlowLayout(QWidget* parent, int leastWidth, int mostWidth, int rowHeight, int gap);
  ~FlowLayout() override;

  void addItem(QLayoutItem* item) override;
  int count() const override { return static_cast<int>(items_.size()); }
  QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  void setItemSize(int leastWidth, int rowHeight);
  /// Moves `widget`, which must be in the layout, to place `index`.
  void moveTo(QWidget* widget, int index);

  Qt::Orientations expandingDirections() const override { return {}; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  QSize sizeHint() const override;
  QSize minimumSize() const override { return {leastWidth_, rowHeight_}; }
  void setGeometry(const QRect& rect) override;

 private:
  int columnsIn(int width) const;

  int leastWidth_;
  int mostWidth_;
  int rowHeight_;
  std::vector<QLayoutItem*> items_;
};

}  // namespace ui
