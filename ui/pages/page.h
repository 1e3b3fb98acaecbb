#pragma once
// Page: what the window asks of each page in its middle.

#include <QKeyEvent>
#include <QWidget>
#include <optional>

#include "app/snapshot.h"
#include "ui/intent.h"

namespace ui {

/// The pages in the order of the rail; Ctrl+1 is Teach. A page that a build lacks leaves no gap in
/// the rail and keeps the keys of the others.
enum class PageId { Teach, Label, Check, Live, House, Rules, Fleet, Past };

/// What the inspector at the right shows.
struct Selection {
  enum class Kind { Answer, Example, Label, Node, Worker };
  Kind kind = Kind::Answer;
  std::int64_t id = 0;  ///< demonstration or label
  std::string name;     ///< node or worker
  friend bool operator==(const Selection&, const Selection&) = default;
};

class Page : public QWidget {
  Q_OBJECT

 public:
  using QWidget::QWidget;

  /// A new snapshot, at most once per turn of the event loop.
  virtual void showSnapshot(const app::SnapshotPtr& snapshot) = 0;
  /// Ten times a second while the page is visible.
  virtual void tick(base::Time now) = 0;
  virtual void showSelection(const Selection&) {}
  /// A key that no text field and no recording wants, before shortcuts see it. True: it was ours.
  virtual bool handleKey(const QKeyEvent&) { return false; }
  /// A key that handleKey() took goes up, or any other. True: it was ours.
  virtual bool handleKeyUp(const QKeyEvent&) { return false; }
  /// Enter where the focus is on nothing that takes it itself. True: it was ours.
  virtual bool handleEnter() { return false; }
  /// What the inspector shows while this page is there, or null for its own facts. Owned by the
  /// page; lives as long as it.
  virtual QWidget* facts() { return nullptr; }

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  void selected(const ui::Selection& selection);
  /// A text field of the page is done: the keyboard goes back to the page.
  void editingDone();
  void pageWanted(ui::PageId page);
  /// What facts() shows has changed and is to be seen.
  void factsWanted();
};

}  // namespace ui
