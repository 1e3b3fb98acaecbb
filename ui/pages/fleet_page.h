#pragma once
// FleetPage: the computers that can serve this project's model, each a cell with the shape and the
// word of its state.

#include <vector>

#include "ui/feed.h"
#include "ui/models/live_fleet.h"
#include "ui/pages/page.h"
#include "ui/theme.h"

class QFrame;
class QLabel;
class QPushButton;

namespace ui {

class FlowLayout;

class FleetPage final : public Page {
  Q_OBJECT

 public:
  FleetPage(const Theme& theme, Feed feed, QWidget* parent = nullptr);

  void showSnapshot(const app::SnapshotPtr& snapshot) override;
  void tick(base::Time) override {}
  bool handleEnter() override;

 private:
  struct Cell {
    QFrame* frame;
    QLabel* symbol;
    QLabel* name;
    QLabel* text;
    QLabel* detail;
  };
  Cell makeCell();

  Feed feed_;
  QLabel* line_;
  QFrame* alone_;
  QLabel* aloneText_;
  QPushButton* add_;
  QWidget* host_;
  FlowLayout* flow_;
  std::vector<Cell> cells_;
};

}  // namespace ui
