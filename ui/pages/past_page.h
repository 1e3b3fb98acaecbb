#pragma once
// PastPage: everything that was done, newest first and searchable; which model served from when to
// when; what went wrong. The facts at the right lead from each thing to what it came from and to
// what came of it.

#include "ui/models/past_rows.h"
#include "ui/feed.h"
#include "ui/pages/page.h"
#include "ui/theme.h"

class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace ui {

class PastFactsPanel;

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
  void lookAt(const QListWidget* list);
  void act(const QListWidget* list);

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
  QLabel* noRecordings_;
  QLabel* noErrors_;
  PastFactsPanel* panel_;
};

}  // namespace ui
