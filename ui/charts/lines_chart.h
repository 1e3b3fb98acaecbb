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
    static constexpr int kAccent = -1;
    static constexpr int kInk = -2;  ///< the colour of text, where labels have theirs
    int colour = kAccent;            ///< or Label::colour
    enum class Kind { Line, Guess, Columns } kind = Kind::Line;  ///< Guess: dashed, its band hatched
    bool marked = true;  ///< points are drawn and can be gone to
    std::vector<Point> points;
    friend bool operator==(const Series&, const Series&) = default;
  };
  struct Limit {
    double x = 0;
    double low = 0;
    double high = 1;
    std::optional<double> was = {};  ///< in force, while another is being tried
    QString text;                    ///< "limit 60 %"
    QString spoken;                  ///< what it means, in words
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

/// The limit is the last mark. There ← and → move it (with Shift: by more), Home and End take it to
/// the ends of the axis; what the page makes of it is the page's.
class LinesChart final : public Chart {
  Q_OBJECT

 public:
  using Chart::Chart;
  void show(LinesValue value);
  using Chart::show;

  ChartWords words() const override { return value_.words; }
  ChartTable table() const override;
  std::size_t marks() const override { return places_.size() + (hasLimit() ? 1 : 0); }
  QString describe(std::size_t mark) const override;
  Behind behind(std::size_t mark) const override;

  /// The keyboard goes to the limit, where there is one.
  void goToLimit();

 Q_SIGNALS:
  /// The limit is being moved.
  void limitMoved(double x);
  /// It was let go, or Enter pressed on it.
  void limitKept();
  /// Esc, or the keyboard went elsewhere: as if it had not been moved.
  void limitLeft();
  /// Backspace: as tested.
  void limitReset();

 protected:
  std::vector<QRectF> paint(QPainter& painter, const QRectF& area) const override;
  /// , and . go to the limit and move it by a hundredth.
  bool ownKey(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool ownOpen(std::size_t mark) override;

 private:
  struct Place {
    std::size_t series;
    std::size_t point;
  };
  struct Frame;
  Frame frameFor(const QRectF& area) const;
  void paintAxes(QPainter& painter, const Frame& frame) const;
  void paintSeries(QPainter& painter, const Frame& frame, const LinesValue::Series& series) const;
  QColor colourOf(const LinesValue::Series& series) const;
  void paintColumns(QPainter& painter, const Frame& frame, const LinesValue::Series& series) const;
  QRectF paintLimit(QPainter& painter, const Frame& frame) const;
  void paintNames(QPainter& painter, const Frame& frame) const;
  QString across(double x) const;
  const LinesValue::Point& point(std::size_t mark) const;
  bool hasLimit() const { return value_.limit.has_value() && !places_.empty(); }
  bool isLimit(std::size_t mark) const { return hasLimit() && mark == places_.size(); }
  bool onLimit() const { return cursor() >= 0 && isLimit(static_cast<std::size_t>(cursor())); }
  void moveLimit(double x);

  LinesValue value_;
  std::vector<Place> places_;
  bool dragging_ = false;  ///< the limit is in hand
  bool pulled_ = false;    ///< and was moved: a click alone changes nothing
  double pressedAt_ = 0;
};

}  // namespace ui
