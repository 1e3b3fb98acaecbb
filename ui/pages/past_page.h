#pragma once
// PastPage: everything that was done, newest first and searchable; which model served from when to
// when; what went wrong. The facts at the right lead from each thing to what it came from and to
// what came of it.

#include "ui/models/past_rows.h"
#include "ui/feed.h"
#include "ui/pages/page.h"
#include "ui/theme.h"

class QLineEdit;
class QListWidget;
class QListWidgetItem;
class QPushButton;
class QVBoxLayout;

namespace ui {

/// The facts of one thing, with a button for what can be done with it.
class PastFactsPanel final : public QWidget {
  Q_OBJECT

 public:
  explicit PastFactsPanel(const Theme& theme, QWidget* parent = nullptr);
  void show(const PastFacts& facts, bool canGoBack);
  using QWidget::show;

 Q_SIGNALS:
  void followed(const ui::PastTarget& target);
  void backWanted();
  void wanted(const ui::Intent& intent);

 private:
  QLabel* title_;
  QLabel* sentence_;
  QListWidget* rows_;
  QPushButton* action_;
  QPushButton* back_;
  PastFacts facts_;
};

class PastPage final : public Page {
  Q_OBJECT

 public:
  PastPage(const Theme& theme, Feed feed, QWidget* parent = nullptr);

  void showSnapshot(const app::SnapshotPtr& snapshot) override;
  void tick(base::Time now) override;
  bool handleKey(const QKeyEvent& event) override;
  bool handleEnter() override;
  QWidget* facts() override;

 private:
  void build();
  void update();
  void follow(const PastTarget& target);
  void showFacts();
  void act();

  const Theme& theme_;
  Feed feed_;
  app::SnapshotPtr snapshot_;
  app::LibraryContentsPtr contents_;
  std::vector<PastTarget> trail_;  ///< what was looked at, the last one now

  QLineEdit* search_;
  QLabel* hint_;
  QPushButton* meant_;
  QListWidget* steps_;
  QListWidget* models_;
  QListWidget* recordings_;
  QListWidget* errors_;
  QLabel* noModels_;
  QLabel* noErrors_;
  PastFactsPanel* panel_;
};

}  // namespace ui
