#pragma once
// MatrixChart: how often each label was taken for which: one hue from light to dark, the count and
// its share of the row in every cell. T changes rows and columns. Two models stand side by side
// with their difference.

#include "ui/charts/chart.h"

namespace ui {

struct MatrixValue {
  struct Cell {
    std::size_t count = 0;
    double share = 0;  ///< of its "it was", [0, 1]
    std::size_t countOther = 0;  ///< of the model compared with, where there is one
    double shareOther = 0;
    ExampleIds examples;
    QString what;        ///< "Blender taken for Kettle"
    bool right = false;  ///< on the diagonal
    double more() const { return share - shareOther; }
    friend bool operator==(const Cell&, const Cell&) = default;
  };
  ChartWords words;
  QStringList was;   ///< rows
  QStringList said;  ///< columns
  std::vector<Cell> cells;  ///< [was x said]
  QString name;             ///< "model 7"; empty where it is alone
  QString other;            ///< the model compared with
  bool compared() const { return !other.isEmpty(); }
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
  void mousePressEvent(QMouseEvent* event) override;

 private:
  /// Two models stand side by side with their difference, where there is room.
  enum class Face { Alone, This, Other, Difference };
  struct Layout {
    double names = 0;  ///< width of the names of rows
    double width = 0;  ///< of one face
    int faces = 1;
  };
  QString corner() const;
  Layout layoutFor(const QRectF& area) const;
  void paintFace(QPainter& painter, const QRectF& area, Face face,
                 std::vector<QRectF>& boxes) const;
  void paintCell(QPainter& painter, const QRectF& box, const MatrixValue::Cell& one,
                 Face face) const;
  const MatrixValue::Cell& cell(std::size_t mark) const;
  const QStringList& rows() const { return transposed_ ? value_.said : value_.was; }
  const QStringList& columns() const { return transposed_ ? value_.was : value_.said; }

  MatrixValue value_;
  bool transposed_ = false;
};

}  // namespace ui
