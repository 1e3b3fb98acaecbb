#pragma once
// StripPlot: the traces of the live strip, one under the other on one time axis, on QCustomPlot
// with two points per pixel column and 1 px pens. It knows columns, not time.

#include <span>
#include <vector>

#include "ui/models/tracks.h"
#include "ui/theme.h"
#include "ui/views/plot_library.h"

namespace ui {

class StripPlot final : public QCustomPlot {
  Q_OBJECT

 public:
  StripPlot(const Theme& theme, QWidget* parent);

  /// Makes one row per entry; true: sound, drawn as a solid envelope.
  void setTracks(const std::vector<bool>& audio);
  /// What stands there while there is no row.
  void setNothing(const QString& text) {
    nothing_ = text;
    update();
  }
  /// One column per device pixel of the plot's width.
  void setColumns(std::size_t track, std::span<const sensors::EnvelopeColumn> columns,
                  const TrackRange& range, std::vector<Gap> gaps);
  /// Columns where data were lost.
  void setLosses(std::size_t track, std::vector<double> columns);
  /// The marked stretch in columns; begin == end: none.
  void setMark(double begin, double end);
  /// Draws at once: called by the strip's own clock only.
  void draw() { replot(QCustomPlot::rpImmediateRefresh); }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  struct Row {
    QCPAxisRect* rect = nullptr;
    QCPGraph* graph = nullptr;
    bool audio = false;
    std::vector<Gap> gaps;
    std::vector<double> losses;
  };
  void applyTheme();

  const Theme& theme_;
  std::vector<Row> rows_;
  QString nothing_;
  double markBegin_ = 0;
  double markEnd_ = 0;
  double columns_ = 1;
};

}  // namespace ui
