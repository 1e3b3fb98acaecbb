#pragma once
// HeldBar: what a project from elsewhere would do on this computer, and the choice to let it. After
// "Not now" it is one thin line, so that nobody wonders why a camera stays dark.

#include <QFrame>

#include "app/snapshot.h"
#include "ui/intent.h"
#include "ui/theme.h"

class QLabel;
class QPushButton;
class QScrollArea;

namespace ui {

class HeldBar final : public QFrame {
  Q_OBJECT

 public:
  explicit HeldBar(const Theme& theme, QWidget* parent = nullptr);
  void show(const app::Held& held);
  using QFrame::show;

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void arrange();

  const Theme& theme_;
  QLabel* icon_;
  QScrollArea* scroll_;  ///< of the sentence: a file from elsewhere can make it any length
  QLabel* text_;
  QPushButton* let_;
  QPushButton* notNow_;
  QPushButton* open_;
  QString whole_, brief_;
  QString putAway_;  ///< the sentence a person answered with "Not now"
};

}  // namespace ui
