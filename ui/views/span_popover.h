#pragma once
// SpanPopover: asks which label a marked span had: a button per label, its number as key.

#include <QFrame>

#include "app/snapshot.h"
#include "ui/intent.h"
#include "ui/theme.h"

namespace ui {

/// Deletes itself when it closes.
class SpanPopover final : public QFrame {
  Q_OBJECT

 public:
  /// `recording`: the one that holds the span already; 0: the last ten minutes hold it.
  SpanPopover(const Theme& theme, const app::Snapshot& snapshot, const base::TimeSpan& span,
              std::int64_t recording, QWidget* parent);
  /// Shows it above `at` (global), inside the parent window.
  void open(const QPoint& at);

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void closeEvent(QCloseEvent* event) override;

 private:
  void choose(learners::LabelId label);

  base::TimeSpan span_;
  std::int64_t recording_;
  std::vector<std::pair<int, learners::LabelId>> keys_;
};

}  // namespace ui
