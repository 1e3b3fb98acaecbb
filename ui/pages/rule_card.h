#pragma once
// RuleCard: one rule: its sentence with slots at the left, at the right what it does now, and below
// what it would have done over the recordings.

#include <QFrame>
#include <vector>

#include "ui/rules_feed.h"
#include "ui/theme.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace ui {

class ElidedLabel;
class SentenceView;

class RuleCard final : public QFrame {
  Q_OBJECT

 public:
  RuleCard(const Theme& theme, const RulesFeed& feed, QWidget* parent = nullptr);

  void show(const app::RulesView& rules, const app::RuleView& rule);
  using QFrame::show;
  /// What Tab reaches in it, in the order people read.
  std::vector<QWidget*> controls() const;

 Q_SIGNALS:
  /// The person wants to see what broke an assertion; where the first of it is proposed.
  void labelsWanted(const base::TimeSpan& span);
  /// Its controls are new ones.
  void rebuilt();

 private:
  const RulesFeed& feed_;  // the page's
  std::int64_t id_ = 0;
  std::shared_ptr<const app::RuleWords> words_;
  SentenceView* sentence_;
  QCheckBox* on_;
  QLabel* state_;
  QLabel* last_;
  QPushButton* try_;
  QPushButton* labels_;
  QPushButton* remove_;
  QFrame* trial_;
  QLabel* summary_;
  QLabel* lines_;
  base::TimeSpan firstBroken_;
};

}  // namespace ui
