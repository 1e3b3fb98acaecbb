#pragma once
// LookBar: says that a project is only looked at and why, and offers a copy to go on in.

#include <QFrame>

#include "app/snapshot.h"
#include "ui/intent.h"
#include "ui/theme.h"

class QLabel;
class QPushButton;

namespace ui {

class LookBar final : public QFrame {
  Q_OBJECT

 public:
  explicit LookBar(const Theme& theme, QWidget* parent = nullptr);
  void show(const app::Snapshot& snapshot);
  using QFrame::show;

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  /// The copy is there; the person goes on in it.
  void copyReady(const QString& file);

 private:
  void askForName();

  const Theme& theme_;
  QLabel* icon_;
  QLabel* text_;
  QPushButton* save_;
  QString project_;
  QString awaited_;       ///< the copy that was asked for here, or empty
  bool isTried_ = false;  ///< and was neither made nor refused yet
  base::Time asked_;      ///< when the newest message was said by then
  base::Time newest_;     ///< when the newest message was said
};

}  // namespace ui
