#pragma once
// Inspector: the facts of what is selected, at the right of every page: the last answer, an
// example, a label. Never modal.

#include <QFrame>
#include <optional>

#include "app/snapshot.h"
#include "ui/intent.h"
#include "ui/pages/page.h"
#include "ui/theme.h"

class QScrollArea;
class QVBoxLayout;

namespace ui {

class FactList;

class Inspector final : public QFrame {
  Q_OBJECT

 public:
  explicit Inspector(const Theme& theme, QWidget* parent = nullptr);

  void show(const app::SnapshotPtr& snapshot, const std::optional<app::Answer>& answer,
            const Selection& selection);
  using QFrame::show;
  /// Puts a page's own facts in place of ours; null gives the place back. Not owned.
  void setPanel(QWidget* panel);

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  void selected(const ui::Selection& selection);
  void renameWanted(learners::LabelId label);

 private:
  void begin(const QString& key);
  void showAnswer(const app::Snapshot& snapshot, const std::optional<app::Answer>& answer);
  void showExample(const app::LabelCard& card, const app::Example& example);
  void showLabel(const app::LabelCard& card);

  const Theme& theme_;
  QScrollArea* scroll_;
  QWidget* body_;
  QVBoxLayout* column_;
  QString shown_;  ///< what the body was built for; built anew only where it differs
  FactList* facts_ = nullptr;
  FactList* members_ = nullptr;
  QWidget* panel_ = nullptr;
};

/// Names and values in rows, a thin line under each.
class FactList final : public QWidget {
  Q_OBJECT

 public:
  struct Fact {
    QString name;
    QString value;
    friend bool operator==(const Fact&, const Fact&) = default;
  };

  explicit FactList(const Theme& theme, QWidget* parent = nullptr);
  void show(std::vector<Fact> facts);
  using QWidget::show;
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override { return {120, sizeHint().height()}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  static constexpr int kRow = 30;
  const Theme& theme_;
  std::vector<Fact> facts_;
};

}  // namespace ui
