#pragma once
// LinesChart: one or more curves over a number or over named steps, with bands and forecasts, or
// columns with what they should be; and one limit that can be dragged.

#include <optional>

#include "ui/charts/chart.h"

namespace ui {

struct LinesValue {
  struct Point {
    double x = 0;
    double y = 0;
    std::optional<std::pair<double, double>> interval;  ///< of y
    QString text;
    ExampleIds examples;
    friend bool operator==(const Point&, const Point&) = default;
  };
  struct Series {
    QString name;
    int colour = -1;  ///< Label::colour; -1: the accent
    enum class Kind { Line, Guess, Columns } kind = Kind::Line;  ///< Guess: dashed, its band hatched
    bool marked = true;  ///< points are drawn and can be gone to
    std::vector<Point> points;
    friend bool operator==(const Series&, const Series&) = default;
  };
  struct Limit {
    double x = 0;
    double low = 0;
    double high = 1;
    QString text;  ///< "limit 60 %"
    friend bool operator==(const Limit&, const Limit&) = default;
  };
  ChartWords words;
  std::vector<Series> series;
  double left = 0, right = 1, bottom = 0, top = 1;
  QStringList steps;  ///< names of x = 0, 1, ...; empty: numbers
  bool percentAcross = false;
  bool percentUp = true;
  bool diagonal = false;  ///< where claimed and true are the same
  std::optional<Limit> limit;
  friend bool operator==(const LinesValue&, const LinesValue&) = default;
};

class LinesChart final : public Chart {
  Q_OBJECT

 public:
  using Chart::Chart;
  void show(LinesValue value);
  using Chart::show;

  ChartWords words() const override { return value_.words; }
  ChartTable table() const override;
  std::size_t marks() const override { return places_.size(); }
  QString describe(std::size_t mark) const override;
  Behind behind(std::size_t mark) const override;

 Q_SIGNALS:
  /// The limit is being moved; and was let go.
  void limitMoved(double x);
  void limitSet(double x);

 protected:
  std::vector<QRectF> paint(QPainter& painter, const QRectF& area) const override;
  /// , and . move the limit by a hundredth.
  bool ownKey(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  struct Place {
    std::size_t series;
    std::size_t point;
  };
  struct Frame;
  Frame frameFor(const QRectF& area) const;
  void paintAxes(QPainter& painter, const Frame& frame) const;
  void paintSeries(QPainter& painter, const Frame& frame, const LinesValue::Series& series) const;
  void paintColumns(QPainter& painter, const Frame& frame, const LinesValue::Series& series) const;
  void paintLimit(QPainter& painter, const Frame& frame) const;
  void paintNames(QPainter& painter, const Frame& frame) const;
  QString across(double x) const;
  const LinesValue::Point& point(std::size_t mark) const;
  void moveLimit(double x);

  LinesValue value_;
  std::vector<Place> places_;
  bool dragging_ = false;
};

}  // namespace ui
