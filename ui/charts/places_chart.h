#pragma once
// PlacesChart: which computer did what, over time: a row for each computer, in it a lane for each
// task; what is answered is a wide block, what is learnt a thin hatched one above it. Now is the
// right edge.

#include "ui/charts/chart.h"

namespace ui {

struct PlacesValue {
  enum class Look { Answers, Learns, Nobody };
  struct Block {
    double begin = 0;  ///< seconds from the left edge
    double end = 0;
    int row = 0;
    int lane = 0;  ///< of the row
    Look look = Look::Answers;
    int colour = -1;          ///< of the task, as Label::colour; -1: the accent
    QString name;             ///< of the task
    QStringList cells;        ///< in the table, without the words
    QString text;             ///< in words
    std::size_t stretch = 0;  ///< its place in the record
    std::int64_t key = 0;     ///< stays the same while the chart moves on
    friend bool operator==(const Block&, const Block&) = default;
  };
  struct Row {
    QString name;
    int lanes = 1;
    friend bool operator==(const Row&, const Row&) = default;
  };
  ChartWords words;
  QStringList columns;  ///< of the table, without the words
  std::vector<Row> rows;
  std::vector<Block> blocks;                      ///< these are the marks, by begin
  std::vector<std::pair<double, QString>> times;  ///< ticks
  double length = 0;                              ///< seconds
  friend bool operator==(const PlacesValue&, const PlacesValue&) = default;
};

class PlacesChart final : public Chart {
  Q_OBJECT

 public:
  using Chart::Chart;
  /// The mark under the cursor stays under it.
  void show(PlacesValue value);
  using Chart::show;
  const PlacesValue& value() const { return value_; }

  ChartWords words() const override { return value_.words; }
  ChartTable table() const override;
  std::size_t marks() const override { return value_.blocks.size(); }
  QString describe(std::size_t mark) const override { return value_.blocks[mark].text; }
  Behind behind(std::size_t mark) const override { return {value_.blocks[mark].text, {}}; }
  QSize sizeHint() const override { return {640, heightNeeded()}; }
  QSize minimumSizeHint() const override { return {240, heightNeeded()}; }

 Q_SIGNALS:
  /// + and -: a shorter or a longer time is wanted.
  void zoomed(int steps);

 protected:
  std::vector<QRectF> paint(QPainter& painter, const QRectF& area) const override;
  bool ownKey(QKeyEvent* event) override;
  QString enterDoes() const override;

 private:
  int heightNeeded() const;
  void paintBlock(QPainter& painter, const PlacesValue::Block& block, const QRectF& box) const;

  PlacesValue value_;
};

}  // namespace ui
