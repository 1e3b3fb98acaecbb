#pragma once
// Chart: what all charts have in common. A chart draws one plain value; its marks (cells, bars,
// points) can be reached by arrow keys, say what they are and open the examples behind them. It
// copies itself as a picture, as SVG and as a table.

#include <QWidget>
#include <cstdint>
#include <vector>

#include "ui/theme.h"

class QMimeData;

namespace ui {

/// Words round a chart.
struct ChartWords {
  QString title;   ///< states the finding
  QString note;    ///< n, and what the figures come from
  QString across;  ///< horizontal axis with its unit; may be empty
  QString up;      ///< vertical axis with its unit; may be empty
  friend bool operator==(const ChartWords&, const ChartWords&) = default;
};

/// The table twin of a chart: one row per mark, in the same order.
struct ChartTable {
  QStringList columns;
  std::vector<QStringList> rows;
};
/// As RFC 4180 has it, with a header line.
QString toCsv(const ChartTable& table);

using ExampleIds = std::vector<std::int64_t>;

/// What is behind one mark.
struct Behind {
  QString what;         ///< "Blender taken for Kettle"
  ExampleIds examples;  ///< demonstrations, each once
  friend bool operator==(const Behind&, const Behind&) = default;
};

class Chart : public QWidget {
  Q_OBJECT

 public:
  explicit Chart(const Theme& theme, QWidget* parent = nullptr);

  virtual ChartWords words() const = 0;
  virtual ChartTable table() const = 0;
  virtual std::size_t marks() const = 0;
  virtual QString describe(std::size_t mark) const = 0;
  virtual Behind behind(std::size_t mark) const = 0;

  /// -1: none.
  int cursor() const { return cursor_; }
  void setCursorMark(int mark);
  /// Opens the examples behind a mark.
  void open(std::size_t mark);

  /// As it looks, with its title and note, on the theme's surface.
  QImage picture(const QSize& size, double ratio = 2) const;
  QByteArray svg(const QSize& size) const;
  /// Picture, SVG, and the table as text and CSV.
  QMimeData* copy() const;

  QSize sizeHint() const override { return {380, 220}; }
  QSize minimumSizeHint() const override { return {240, 160}; }

 Q_SIGNALS:
  void opened(const ui::Behind& behind);
  void copied();

 protected:
  /// Draws into `area` and returns the box of each mark, in order.
  virtual std::vector<QRectF> paint(QPainter& painter, const QRectF& area) const = 0;
  /// A mark that is no place to open examples at. True: what it is for was done.
  virtual bool ownOpen(std::size_t) { return false; }
  /// A key the chart has a use of its own for. True: it was ours.
  virtual bool ownKey(QKeyEvent*) { return false; }
  /// What keys do in it, for who cannot see it.
  virtual QString enterDoes() const;
  /// To be called when the value has changed.
  void valueChanged();
  const Theme& theme() const { return theme_; }
  const std::vector<QRectF>& boxes() const { return boxes_; }
  int markAt(const QPointF& at) const;

  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void drawWhole(QPainter& painter, const QSizeF& size) const;
  void announce();

  const Theme& theme_;
  int cursor_ = -1;
  std::vector<QRectF> boxes_;
};

/// The mark that lies nearest in the direction of an arrow key, or `from` where none does. Marks in
/// line with `from` come before those off it.
int nextMark(const std::vector<QRectF>& boxes, int from, int key);

/// The pen lines and texts charts draw their axes with.
namespace chart {
/// Round steps (1, 2, 5 x 10^k) that part [low, high] into at most `most` stretches.
std::vector<double> ticks(double low, double high, int most);
/// `share` of the way from the surface to `colour`.
QColor tinted(const QColor& surface, const QColor& colour, double share);
/// Diagonal lines over a shape, for what must not rest on colour alone.
void hatch(QPainter& painter, const QRectF& rect, const QColor& colour, double step = 5);
}  // namespace chart

}  // namespace ui

Q_DECLARE_METATYPE(ui::Behind)
