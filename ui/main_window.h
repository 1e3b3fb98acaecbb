#pragma once
// MainWindow: top bar, rail, pages, inspector, live strip and status, and who gets which key. It
// shows snapshots and emits intents; it knows no Session.

#include <QAction>
#include <QTimer>
#include <QWidget>
#include <map>
#include <optional>
#include <vector>

#include "ui/feed.h"
#include "ui/models/actions.h"
#include "ui/models/key_map.h"
#include "ui/models/teach_keys.h"
#include "ui/models/tour.h"
#include "ui/pages/now_panel.h"
#include "ui/pages/page.h"
#include "ui/theme.h"

class QFrame;
class QStackedWidget;

namespace ui {

class CommandSearch;
class FocusRing;
class HeldBar;
class HousePage;
class ImportSheet;
class Inspector;
class HelpSheet;
class LiveStrip;
class LookBar;
class NoticeBar;
class Rail;
class RulesPage;
class RecordFrame;
class Sheet;
class StatusStrip;
class TeachPage;
class TopBar;
class Tour;
class TopicSheet;

/// What the window remembers from one start to the next.
struct WindowPreferences {
  RecordBy recordBy = RecordBy::Hold;
  std::optional<bool> inspector;  ///< none: where there is room
  int stripHeight = 0;            ///< 0: as the window's height allows
  base::Duration missedFor = std::chrono::seconds(3);  ///< how far back "you missed one" reaches
  KeyMap keys;
  bool tourSeen = false;  ///< the guided tour was left or finished
};

/// GUI thread. `theme` must outlive it.
class MainWindow final : public QWidget {
  Q_OBJECT

 public:
  MainWindow(Theme& theme, Feed feed, QWidget* parent = nullptr);
  ~MainWindow() override;

  void showSnapshot(const app::SnapshotPtr& snapshot);
  void setPreferences(const WindowPreferences& preferences);
  const WindowPreferences& preferences() const { return preferences_; }
  /// Does nothing where the window has no such page.
  void showPage(PageId page);
  /// Begins the guided tour at the first step that is not done yet.
  void startTour();
  QSize sizeHint() const override { return {1440, 900}; }

 Q_SIGNALS:
  void wanted(const ui::Intent& intent);
  /// The person wants another project, broker or the simulated house.
  void otherStartWanted();
  /// The person goes on in this project.
  void projectWanted(const QString& file);
  /// Something was decided that should not be asked again after a crash.
  void preferencesChanged();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  void showPageAt(int place);
  void arrange();
  int barsAbove() const;
  /// The page Live on the whole screen, and back to where the person was.
  void setWholeScreen(bool whole);
  void tick();
  void followTour();
  QWidget* tourAnchor(TourAnchor anchor) const;
  void select(const Selection& selection);
  void offerLabels(const base::TimeSpan& span, const QPoint& at) { askWhat(span, at, 0); }
  /// `recording`: the one that holds the span already; 0: the last ten minutes hold it.
  void askWhat(const base::TimeSpan& span, const QPoint& at, std::int64_t recording);
  /// What has just been recorded without a label is asked about.
  void askAboutFree(const app::RecordingView& ended, base::Time now);
  /// Starts a recording without a label, or ends it and asks what it was.
  void recordFree();
  Page* page() const;
  PageId pageId() const;

  // main_window_build.cpp: what it is made of.
  void build();
  /// Pages are added in the order of PageId.
  void addPage(PageId id, const QString& icon, const QString& name, Page* page);

  // main_window_import.cpp: files that are dropped.
  void makeImports();

  // main_window_actions.cpp: what it can be told to do.
  void makeActions();
  void openHelp();
  void setKeys(const KeyMap& keys);
  void addAction(ActionId id, std::function<void()> run);

  // main_window_keys.cpp: the keyboard.
  bool handleKey(QKeyEvent* event, bool down);
  bool handleEnter();
  Sheet* openSheet() const;
  KeyPlace keyPlace() const;
  void carry(const KeyMeaning& meaning);
  void pressKey(const QString& key);
  void pressCode(int key);
  std::optional<learners::LabelId> labelWithKey(int number) const;
  std::optional<std::int64_t> exampleAtHand() const;
  void stopRecording();
  void discardRecording();
  std::vector<QAction*> commands();

  Theme& theme_;
  Feed feed_;
  app::SnapshotPtr snapshot_;
  WindowPreferences preferences_;
  TeachKeys keys_;
  PrefixKeyNames prefixNames_;
  std::int64_t freeRecording_ = 0;  ///< without a label
  base::Time freeSince_;
  bool askAfterFree_ = false;  ///< when the recording without a label has ended
  Selection selection_;
  std::map<ActionId, QAction*> actions_;
  std::vector<QAction*> labelActions_;
  TopBar* top_ = nullptr;
  Rail* rail_ = nullptr;
  LookBar* look_ = nullptr;
  HeldBar* held_ = nullptr;
  NoticeBar* notice_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  TeachPage* teach_ = nullptr;
  HousePage* house_ = nullptr;
  RulesPage* rules_ = nullptr;
  std::vector<std::pair<PageId, Page*>> pages_;  ///< as the rail shows them
  Inspector* inspector_ = nullptr;
  QFrame* inspectorEdge_ = nullptr;
  LiveStrip* strip_ = nullptr;
  StatusStrip* status_ = nullptr;
  int bars_ = 0;  ///< above the page: messages, what is only looked at, what is held back
  std::vector<QWidget*> edges_;  ///< of what is hidden on the whole screen
  std::optional<PageId> wholeScreenFrom_;
  RecordFrame* frame_ = nullptr;
  CommandSearch* search_ = nullptr;
  HelpSheet* sheet_ = nullptr;
  TopicSheet* topics_ = nullptr;
  ImportSheet* imports_ = nullptr;
  Tour* tour_ = nullptr;
  QTimer timer_;
  int turn_ = 0;
};

}  // namespace ui
