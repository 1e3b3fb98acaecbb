#pragma once
// PlacementCard: where learning and answering happen, and how another computer joins in.

#include <QFrame>
#include <vector>

#include "ui/intent.h"
#include "ui/models/worker_rows.h"
#include "ui/theme.h"

class QComboBox;
class QGridLayout;
class QLabel;
class QSlider;

namespace ui {

class PlacementCard final : public QFrame {
  Q_OBJECT

 public:
  explicit PlacementCard(const Theme& theme, QWidget* parent = nullptr);
  void show(const app::Snapshot& snapshot);
  using QFrame::show;

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);

 private:
  struct Choice {
    QComboBox* box = nullptr;
    std::vector<PlaceChoice> places;
  };
  static constexpr int kSteadySteps = 4;
  void buildAnswering(const Theme& theme, QGridLayout& grid);
  void askSteadiness(int step);
  void show(Choice& choice, std::vector<PlaceChoice> places, const std::string& chosen);

  QLabel* sentence_;
  QLabel* why_;
  QComboBox* members_;
  QSlider* steadiness_;
  QLabel* steadyWords_;
  Choice train_;
  Choice serve_;
  QLabel* join_;
  QLabel* command_;
};

}  // namespace ui
