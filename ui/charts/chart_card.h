#pragma once
// ChartCard: a chart with its finding above and its n below, a table twin, and what it copies.

#include <QFrame>
#include <QTableView>

#include "ui/charts/chart.h"

class QAction;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace ui {

class ChartCard final : public QFrame {
  Q_OBJECT

 public:
  /// The card owns the chart. `name` is what it is called before it has found anything.
  ChartCard(const Theme& theme, Chart* chart, const QString& name, QWidget* parent = nullptr);

  Chart* chart() const { return chart_; }
  const QString& name() const { return name_; }
  /// Takes title, note and table from the chart anew.
  void showFound();
  /// Nothing is found yet, or cannot be: says so in place of the chart.
  void showWords(const QString& words);
  bool hasFound() const { return found_; }
  /// A control beside the title; becomes ours.
  void addControl(QWidget* control);
  /// What Tab goes through, in the order people read.
  std::vector<QWidget*> tabChain() const;
  bool showsTable() const;
  void setShowsTable(bool shows);

 protected:
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  void fillTable();
  void copyPicture();
  void copySvg();
  void copyTable();

  Chart* chart_;
  QString name_;
  bool found_ = false;
  QLabel* title_;
  QLabel* note_;
  QLabel* words_;
  QHBoxLayout* head_;
  QAction* twin_;
  QPushButton* more_;
  QStackedLayout* stack_;
  QTableView* table_;
  std::vector<QWidget*> controls_;
};

}  // namespace ui
