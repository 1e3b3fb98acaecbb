#pragma once
// PlacementCard: where learning and answering happen, and how another computer joins in.

#include <QFrame>
#include <vector>

#include "ui/intent.h"
#include "ui/models/worker_rows.h"
#include "ui/theme.h"

class QComboBox;
class QLabel;

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
  void show(Choice& choice, std::vector<PlaceChoice> places, const std::string& chosen);

  QLabel* sentence_;
  Choice train_;
  Choice serve_;
  QLabel* join_;
  QLabel* command_;
};

}  // namespace ui
