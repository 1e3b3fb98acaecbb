#pragma once
// PlacesCard: which computer did what over time, and beside it why the chosen stretch was there.

#include <QWidget>

#include "app/snapshot.h"
#include "ui/theme.h"

class QComboBox;
class QFrame;
class QGridLayout;
class QLabel;

namespace ui {

class ChartCard;
class PlacesChart;
class RowTable;

class PlacesCard final : public QWidget {
  Q_OBJECT

 public:
  explicit PlacesCard(const Theme& theme, QWidget* parent = nullptr);
  void show(const app::SnapshotPtr& snapshot, base::Time now);
  using QWidget::show;
  PlacesChart* chart() const { return chart_; }

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  void buildReasons();
  void arrange();
  void redraw();
  void showReasons();
  void zoom(int steps);

  const Theme& theme_;
  app::SnapshotPtr snapshot_;
  base::Time now_;
  std::int64_t chosen_ = 0;  ///< key of the stretch a person chose; 0: none
  QGridLayout* grid_;
  PlacesChart* chart_;
  ChartCard* card_;
  QComboBox* window_;
  QFrame* reasons_;
  QLabel* title_;
  QLabel* when_;
  QLabel* sentence_;
  QLabel* rule_;
  RowTable* rows_;
};

}  // namespace ui
