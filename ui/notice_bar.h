#pragma once
// NoticeBar: the newest message a person has to read, and how many more there are. Warnings and
// errors stay until they are put away; the rest goes by itself.

#include <QFrame>

#include "app/snapshot.h"
#include "ui/intent.h"
#include "ui/theme.h"

class QLabel;
class QPushButton;

namespace ui {

class NoticeBar final : public QFrame {
  Q_OBJECT

 public:
  static constexpr base::Duration kInfoLife = std::chrono::seconds(8);

  explicit NoticeBar(const Theme& theme, QWidget* parent = nullptr);
  void show(const app::Snapshot& snapshot, base::Time now);
  using QFrame::show;

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);

 private:
  const Theme& theme_;
  QLabel* icon_;
  QLabel* text_;
  QLabel* more_;
  QPushButton* close_;
  std::int64_t shown_ = -1;
};

}  // namespace ui
