#pragma once
// BarsChart: one bar per row, with its interval and its n: recall per label, time per stage, drift
// per feature.

#include <optional>

#include "ui/charts/chart.h"

namespace ui {

struct BarsValue {
  struct Bar {
    QString name;
    int colour = -1;  ///< Label::colour, drawn with its shape; -1: the accent, no shape
    double value = 0;
    std::optional<std::pair<double, double>> interval;
    std::optional<double> limit;  ///< a tick across the bar
    QString text;                 ///< "85 % · n 34"
    ExampleIds examples;
    bool hollow = false;  ///< outlined and hatched: guessed, or within what chance does
    friend bool operator==(const Bar&, const Bar&) = default;
  };
  ChartWords words;
  QString measure;  ///< "recall": heads the value column of the table
  std::vector<Bar> bars;
  double most = 1;  ///< value of a full bar
  friend bool operator==(const BarsValue&, const BarsValue&) = default;
};

class BarsChart final : public Chart {
  Q_OBJECT

 public:
  using Chart::Chart;
  void show(BarsValue value);
  using Chart::show;

  ChartWords words() const override { return value_.words; }
  ChartTable table() const override;
  std::size_t marks() const override { return value_.bars.size(); }
  QString describe(std::size_t mark) const override;
  Behind behind(std::size_t mark) const override;
  QSize sizeHint() const override;

 protected:
  std::vector<QRectF> paint(QPainter& painter, const QRectF& area) const override;

 private:
  BarsValue value_;
};

}  // namespace ui
