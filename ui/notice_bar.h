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
  /// Identities of what is shown that are no notice's own.
  static constexpr std::int64_t kNothing = -1, kRecovery = -2;
  static constexpr base::Duration kInfoLife = std::chrono::seconds(8);

  explicit NoticeBar(const Theme& theme, QWidget* parent = nullptr);
  void show(const app::Snapshot& snapshot, base::Time now);
  using QFrame::show;

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);

 private:
  void putAway();

  const Theme& theme_;
  QLabel* icon_;
  QLabel* text_;
  QLabel* more_;
  QPushButton* close_;
  std::int64_t shown_ = kNothing;
  bool recoveryRead_ = false;
};

}  // namespace ui
