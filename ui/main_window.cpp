#include "ui/main_window.h"

#include <QApplication>
#include <QStackedWidget>
#include <algorithm>

#include "ui/held_bar.h"
#include "ui/inspector.h"
#include "ui/live_strip.h"
#include "ui/look_bar.h"
#include "ui/notice_bar.h"
#include "ui/pages/rules_page.h"
#include "ui/pages/teach_page.h"
#include "ui/rail.h"
#include "ui/status_strip.h"
#include "ui/top_bar.h"
#include "ui/views/import_sheet.h"
#include "ui/views/overlays.h"
#include "ui/views/span_popover.h"
#include "ui/views/topic_sheet.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kFrameMs = 33;
constexpr int kSlowTurns = 3;  ///< texts and answers follow every third frame
constexpr int kLeastForInspector = 1180;
constexpr int kAskAfterMs = 700;
constexpr int kStripElsewhere = 124;

}  // namespace

MainWindow::MainWindow(Theme& theme, Feed feed, QWidget* parent)
    : QWidget(parent), theme_(theme), feed_(std::move(feed)) {
  setWindowTitle(tr("Mimosa"));
  setMinimumSize(1024, 700);
  setFocusPolicy(Qt::StrongFocus);
  build();
  makeActions();
  new FocusRing(theme, this);
  frame_ = new RecordFrame(theme, this);
  qApp->installEventFilter(this);
  connect(&timer_, &QTimer::timeout, this, &MainWindow::tick);
  timer_.start(kFrameMs);
  setFocus();
}

MainWindow::~MainWindow() {
  hide();  // pages end what they began while there is a window to say it
  qApp->removeEventFilter(this);
}

void MainWindow::setPreferences(const WindowPreferences& preferences) {
  preferences_ = preferences;
  keys_.setRecordBy(preferences.recordBy);
  keys_.setMissedFor(preferences.missedFor);
  setKeys(preferences.keys);
  actions_.at(ActionId::ToggleSticky)->setChecked(preferences.recordBy == RecordBy::Sticky);
  teach_->setRecordBy(preferences.recordBy);
  arrange();
}

Page* MainWindow::page() const {
  return pages_[static_cast<std::size_t>(std::max(0, stack_->currentIndex()))].second;
}

PageId MainWindow::pageId() const {
  return pages_[static_cast<std::size_t>(std::max(0, stack_->currentIndex()))].first;
}

void MainWindow::showPage(PageId page) {
  for (std::size_t i = 0; i < pages_.size(); ++i) {
    if (pages_[i].first == page) {
      showPageAt(static_cast<int>(i));
    }
  }
}

void MainWindow::showPageAt(int place) {
  if (place == stack_->currentIndex()) {
    return;
  }
  teach_->stopHandsFree();  // nobody sees it count down any more
  stack_->setCurrentIndex(place);
  rail_->setCurrent(place);
  if (wholeScreenFrom_ && pageId() != PageId::Live) {
    wholeScreenFrom_.reset();
    setWindowState(windowState().setFlag(Qt::WindowFullScreen, false));
  }
  inspector_->setPanel(page()->facts());
  arrange();
  setFocus();
  if (snapshot_) {
    showSnapshot(snapshot_);
  }
}

void MainWindow::showSnapshot(const app::SnapshotPtr& snapshot) {
  const base::Time now = feed_.now();
  const app::SnapshotPtr former = snapshot_;  // `snapshot` may be the very same
  snapshot_ = snapshot;
  if (snapshot->recording.free && snapshot->recording.recording != freeRecording_) {
    freeRecording_ = snapshot->recording.recording;
    freeSince_ = snapshot->recording.since;
  }
  if (former && former->recording.free && !snapshot->recording.free) {
    askAboutFree(former->recording, now);
  }
  keys_.setRecording(snapshot->recording.active);
  frame_->setRecording(words::recordingName(snapshot->recording));
  top_->show(*snapshot, now);
  look_->show(*snapshot);
  held_->show(snapshot->held);
  notice_->show(*snapshot, now);
  if (const int bars = barsAbove(); bars != bars_) {
    bars_ = bars;
    arrange();
  }
  status_->show(*snapshot);
  strip_->showSnapshot(snapshot);
  topics_->showSnapshot(snapshot);
  imports_->showSnapshot(snapshot);
  page()->showSnapshot(snapshot);
  inspector_->show(snapshot, feed_.latest(), selection_);
  actions_.at(ActionId::Undo)->setEnabled(snapshot->canUndo);
  actions_.at(ActionId::Redo)->setEnabled(snapshot->canRedo);
  actions_.at(ActionId::NextTask)->setEnabled(snapshot->tasks.size() > 1);
  actions_.at(ActionId::RemoveTask)->setEnabled(snapshot->tasks.size() > 1);
  setWindowTitle(QString::fromStdString(snapshot->projectName) + tr(" – Mimosa"));
  followTour();
}

void MainWindow::tick() {
  if (!isVisible() || isMinimized() || !snapshot_) {
    return;
  }
  strip_->tick();
  if (++turn_ % kSlowTurns != 0) {
    return;
  }
  const base::Time now = feed_.now();
  teach_->setPrefix(keys_.prefix(now), keys_.missedFor());
  page()->tick(now);
  if (snapshot_->recording.active) {
    top_->show(*snapshot_, now);
  }
  inspector_->show(snapshot_, feed_.latest(), selection_);
  followTour();
}

void MainWindow::select(const Selection& selection) {
  selection_ = selection;
  page()->showSelection(selection);
  if (snapshot_) {
    inspector_->show(snapshot_, feed_.latest(), selection_);
  }
}

void MainWindow::askAboutFree(const app::RecordingView& ended, base::Time now) {
  if (!std::exchange(askAfterFree_, false)) {
    return;
  }
  const base::TimeSpan span{freeSince_, now};
  // Its last samples are still on their way.
  QTimer::singleShot(kAskAfterMs, this, [this, span, recording = ended.recording] {
    if (!isActiveWindow() || QApplication::activePopupWidget() != nullptr) {
      return;  // it can be labelled later, on the page Label
    }
    strip_->setMark(span);
    askWhat(span, strip_->mapToGlobal(QPoint(strip_->width() / 2, 0)), recording);
  });
}

void MainWindow::askWhat(const base::TimeSpan& span, const QPoint& at, std::int64_t recording) {
  if (!snapshot_) {
    return;
  }
  auto* popover = new SpanPopover(theme_, *snapshot_, span, recording, this);
  connect(popover, &SpanPopover::wanted, this, &MainWindow::wanted);
  connect(popover, &SpanPopover::closed, strip_, &LiveStrip::clearMark);
  popover->open(at);
}

void MainWindow::setWholeScreen(bool whole) {
  if (whole == wholeScreenFrom_.has_value()) {
    return;
  }
  const PageId former = wholeScreenFrom_.value_or(pageId());
  wholeScreenFrom_ = whole ? std::optional(former) : std::nullopt;
  showPage(whole ? PageId::Live : former);
  setWindowState(windowState().setFlag(Qt::WindowFullScreen, whole));
  arrange();
}

int MainWindow::barsAbove() const {
  const std::initializer_list<const QWidget*> bars = {look_, held_, notice_};
  return static_cast<int>(
      std::count_if(bars.begin(), bars.end(), [](const QWidget* w) { return !w->isHidden(); }));
}

void MainWindow::arrange() {
  const bool whole = wholeScreenFrom_.has_value();
  const std::initializer_list<QWidget*> around = {top_, rail_, strip_, status_};
  std::for_each(around.begin(), around.end(), [whole](QWidget* w) { w->setVisible(!whole); });
  std::for_each(edges_.begin(), edges_.end(), [whole](QWidget* w) { w->setVisible(!whole); });
  const bool inspector =
      !whole && preferences_.inspector.value_or(width() >= kLeastForInspector);
  inspector_->setVisible(inspector);
  inspectorEdge_->setVisible(inspector);
  const int most = height() / 2;
  int strip = preferences_.stripHeight > 0 ? preferences_.stripHeight
              : height() >= 860            ? size::kStrip
              : height() >= 780            ? 210
                                           : 158;
  const bool crowded = preferences_.stripHeight == 0 && height() < 780 && barsAbove() > 0;
  if (pageId() != PageId::Teach || crowded) {
    strip = std::min(strip, kStripElsewhere);
  }
  strip_->setFixedHeight(std::clamp(strip, 96, std::max(96, most)));
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

}  // namespace ui
