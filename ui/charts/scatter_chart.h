#pragma once
// ScatterChart: windows in a plane, by colour and shape of their label; rings round what was taken
// for something else or not known; and a trail of what came later, older steps fainter.

#include <QPolygonF>
#include <set>

#include "ui/charts/chart.h"

namespace ui {

struct ScatterValue {
  struct Point {
    float x = 0;
    float y = 0;
    int colour = 0;      ///< Label::colour; 0: the background
    bool wrong = false;  ///< ringed
    bool novel = false;  ///< ringed and dotted
    std::uint32_t label = 0;  ///< index into names
    std::uint32_t said = 0;   ///< index into names, or their number: not known
    std::int64_t example = 0;
    friend bool operator==(const Point&, const Point&) = default;
  };
  /// What came later, in order of time.
  struct Step {
    float x = 0;
    float y = 0;
    double age = 0;       ///< 0 now .. 1 the oldest there are
    bool joined = false;  ///< by a line to the step before
    QString text;         ///< "12 min ago: Kettle"
    friend bool operator==(const Step&, const Step&) = default;
  };
  ChartWords words;
  QStringList names;  ///< of labels
  QString notKnown;
  std::vector<Point> points;
  std::vector<Step> trail;  ///< marks after the points; no examples are behind them
  QString trailName;        ///< for the legend
  friend bool operator==(const ScatterValue&, const ScatterValue&) = default;
};

/// A line drawn round points opens all examples within; Shift and the arrow keys gather points one by
/// one, Enter opens them.
class ScatterChart final : public Chart {
  Q_OBJECT

 public:
  using Chart::Chart;
  void show(ScatterValue value);
  using Chart::show;

  ChartWords words() const override { return value_.words; }
  ChartTable table() const override;
  std::size_t marks() const override { return value_.points.size() + value_.trail.size(); }
  QString describe(std::size_t mark) const override;
  Behind behind(std::size_t mark) const override;

 protected:
  std::vector<QRectF> paint(QPainter& painter, const QRectF& area) const override;
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  bool ownKey(QKeyEvent* event) override;
  bool ownOpen(std::size_t mark) override { return mark >= value_.points.size(); }

 private:
  struct Plane;
  Plane planeFor(const QRectF& plot) const;
  void paintTrail(QPainter& painter, const Plane& plane, std::vector<QRectF>& boxes) const;
  void paintTrailName(QPainter& painter, const QRectF& row) const;
  void gather(int mark);
  Behind behindAll(const std::set<std::size_t>& marks, const QString& what) const;

  ScatterValue value_;
  QPolygonF lasso_;
  std::set<std::size_t> gathered_;  ///< by the keyboard
};

}  // namespace ui
