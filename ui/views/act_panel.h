#pragma once
// ActPanel: "Act in this house": a toggle for each thing that nodes can do on request (a simulated
// house boils its kettle). Hidden where no node can. A toggle tells what was pressed here; it is
// forgotten when its node goes away.

#include <QFrame>
#include <string>
#include <vector>

#include "hubs/node_directory.h"
#include "ui/intent.h"
#include "ui/theme.h"

class QPushButton;
class QScrollArea;

namespace ui {

class ActPanel final : public QFrame {
  Q_OBJECT

 public:
  explicit ActPanel(const Theme& theme, QWidget* parent = nullptr);

  /// Returns whether other toggles stand there than before.
  bool show(const std::vector<hubs::NodeView>& nodes);
  using QFrame::show;
  bool isEmpty() const { return toggles_.empty(); }
  /// Room for all toggles where they need at most two rows, else for two.
  int heightForWidth(int width) const override;

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);

 protected:
  void resizeEvent(QResizeEvent* event) override;

 private:
  struct Toggle {
    std::string node;
    std::string activity;
    QPushButton* button = nullptr;
  };
  /// Puts the toggles in rows within `width`; returns the height they need.
  int place(int width, bool move) const;

  std::vector<Toggle> toggles_;
  QWidget* title_;
  QScrollArea* scroll_;
  QWidget* host_;
};

}  // namespace ui
