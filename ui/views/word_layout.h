#pragma once
// WordLayout: widgets of any width one after another, as words of a text: the next line begins where
// one does not fit. All lines are equally high.

#include <QLayout>
#include <map>
#include <vector>

namespace ui {

class WordLayout final : public QLayout {
 public:
  WordLayout(QWidget* parent, int lineHeight, int gap);
  ~WordLayout() override;

  /// The item added last stays at the one before it, `gap` away: no new line between.
  void keepLastAtPrevious(int gap = 0) { atPrevious_[items_.back()] = gap; }
  void addItem(QLayoutItem* item) override { items_.push_back(item); }
  int count() const override { return static_cast<int>(items_.size()); }
  QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  Qt::Orientations expandingDirections() const override { return {}; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override { return place({0, 0, width, 0}, false); }
  QSize sizeHint() const override { return {400, heightForWidth(400)}; }
  QSize minimumSize() const override { return {120, lineHeight_}; }
  void setGeometry(const QRect& rect) override;

 private:
  /// Returns the height used.
  int place(const QRect& rect, bool move) const;

  int lineHeight_;
  std::vector<QLayoutItem*> items_;
  std::map<const QLayoutItem*, int> atPrevious_;  ///< and how far away
};

}  // namespace ui
