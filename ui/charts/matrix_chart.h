#pragma once
// MatrixChart: how often each label was taken for which: one hue from light to dark, the count and
// its share of the row in every cell. T changes rows and columns.

#include "ui/charts/chart.h"

namespace ui {

struct MatrixValue {
  struct Cell {
    std::size_t count = 0;
    double share = 0;  ///< of its "it was", [0, 1]
    double more = 0;   ///< share less that of the model compared with; where compared
    ExampleIds examples;
    QString what;        ///< "Blender taken for Kettle"
    bool right = false;  ///< on the diagonal
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  ChartWords words;
  QStringList was;   ///< rows
  QStringList said;  ///< columns
  std::vector<Cell> cells;  ///< [was x said]
  bool compared = false;
  friend bool operator==(const MatrixValue&, const MatrixValue&) = default;
};

class MatrixChart final : public Chart {
  Q_OBJECT

 public:
  using Chart::Chart;
  void show(MatrixValue value);
  using Chart::show;
  bool isTransposed() const { return transposed_; }
  void setTransposed(bool transposed);
  /// Rows and columns as shown: marks go row by row.
  std::size_t markOf(std::size_t was, std::size_t said) const;

  ChartWords words() const override { return value_.words; }
  ChartTable table() const override;
  std::size_t marks() const override { return value_.cells.size(); }
  QString describe(std::size_t mark) const override;
  Behind behind(std::size_t mark) const override;
  QSize sizeHint() const override;

 protected:
  std::vector<QRectF> paint(QPainter& painter, const QRectF& area) const override;
  bool ownKey(QKeyEvent* event) override;

 private:
  const MatrixValue::Cell& cell(std::size_t mark) const;
  const QStringList& rows() const { return transposed_ ? value_.said : value_.was; }
  const QStringList& columns() const { return transposed_ ? value_.was : value_.said; }

  MatrixValue value_;
  bool transposed_ = false;
};

}  // namespace ui
