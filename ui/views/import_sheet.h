#pragma once
// ImportSheet: from files to recordings, over the window: what was dropped or chosen, what is in
// it, how far it is, how it went. It stays out of the way: closing it ends nothing.

#include <filesystem>
#include <vector>

#include "app/snapshot.h"
#include "ui/import_feed.h"
#include "ui/theme.h"
#include "ui/views/sheet.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class ImportPartCard;
class LoadBar;

class ImportSheet final : public Sheet {
  Q_OBJECT

 public:
  ImportSheet(const Theme& theme, ImportFeed feed, QWidget* window);

  void open();
  /// Opens and looks at what was dropped or chosen.
  void take(const QStringList& paths);
  void showSnapshot(const app::SnapshotPtr& snapshot) { snapshot_ = snapshot; }
  void pull() override;
  bool canTake() const;

 Q_SIGNALS:
  /// The person wants to see what came.
  void recordingsWanted();

 protected:
  void leaving() override;

 private:
  QWidget* makeDrop();
  QWidget* makeFoot();
  void showParts();
  /// The keyboard stays in the sheet also where what had it cannot be pressed any more.
  void holdFocus();
  void choose(bool folder);

  const Theme& theme_;
  ImportFeed feed_;
  app::SnapshotPtr snapshot_;
  app::ImportView view_;
  QFrame* drop_ = nullptr;
  QLabel* dropWords_ = nullptr;
  QPushButton* files_ = nullptr;
  QPushButton* folder_ = nullptr;
  QWidget* partsHost_;
  QVBoxLayout* parts_;
  std::vector<ImportPartCard*> cards_;
  QLabel* notTaken_;
  QLabel* troubles_;
  QLabel* state_ = nullptr;
  LoadBar* bar_ = nullptr;
  QPushButton* stop_ = nullptr;
  QPushButton* start_ = nullptr;
  QPushButton* see_ = nullptr;
};

}  // namespace ui
