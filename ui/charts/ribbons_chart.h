#pragma once
// RibbonsChart: what it was above what was said, recording after recording, wrapped into lines;
// mismatches carry a triangle.

#include "ui/charts/chart.h"

namespace ui {

struct RibbonsValue {
  struct Span {
    double begin = 0;  ///< seconds from the chart's begin; recordings follow each other
    double end = 0;
    int colour = 0;
    QString name;
    enum class Look { Solid, NotKnown, NoData } look = Look::Solid;
    bool wrong = false;
    QString text;
    ExampleIds examples;
    friend bool operator==(const Span&, const Span&) = default;
  };
  ChartWords words;
  std::vector<Span> was;
  std::vector<Span> said;       ///< these are the marks
  std::vector<double> borders;  ///< where a recording ends and another begins
  double length = 0;            ///< seconds
  friend bool operator==(const RibbonsValue&, const RibbonsValue&) = default;
};

class RibbonsChart final : public Chart {
  Q_OBJECT

 public:
  using Chart::Chart;
  void show(RibbonsValue value);
  using Chart::show;

  ChartWords words() const override { return value_.words; }
  ChartTable table() const override;
  std::size_t marks() const override { return value_.said.size(); }
  QString describe(std::size_t mark) const override { return value_.said[mark].text; }
  Behind behind(std::size_t mark) const override;
  QSize sizeHint() const override { return {640, 190}; }

 protected:
  std::vector<QRectF> paint(QPainter& painter, const QRectF& area) const override;

 private:
  RibbonsValue value_;
};

}  // namespace ui
