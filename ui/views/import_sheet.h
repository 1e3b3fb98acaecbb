#pragma once
// ImportSheet: from files to recordings, over the window: what was dropped or chosen, what is in
// it, how far it is, how it went. It stays out of the way: closing it ends nothing.

#include <QFrame>
#include <QTimer>
#include <filesystem>
#include <vector>

#include "app/snapshot.h"
#include "ui/import_feed.h"
#include "ui/theme.h"

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace ui {

class ImportPartCard;
class LoadBar;

class ImportSheet final : public QFrame {
  Q_OBJECT

 public:
  ImportSheet(const Theme& theme, ImportFeed feed, QWidget* window);

  void open();
  /// Opens and looks at what was dropped or chosen.
  void take(const QStringList& paths);
  void showSnapshot(const app::SnapshotPtr& snapshot) { snapshot_ = snapshot; }
  /// How it is by now; ten times a second while it is open.
  void pull();
  bool canTake() const;

 Q_SIGNALS:
  void closed();
  /// The person wants to see what came.
  void recordingsWanted();

 protected:
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QWidget* makeDrop();
  QWidget* makeFoot();
  void place();
  void showParts();
  /// The keyboard stays in the sheet also where what had it cannot be pressed any more.
  void holdFocus();
  void choose(bool folder);
  void leave();

  const Theme& theme_;
  ImportFeed feed_;
  app::SnapshotPtr snapshot_;
  app::ImportView view_;
  QTimer timer_;
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
