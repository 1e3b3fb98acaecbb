#include "ui/main_window.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/inspector.h"
#include "ui/live_strip.h"
#include "ui/models/rule_rows.h"
#include "ui/notice_bar.h"
#include "ui/pages/check_page.h"
#include "ui/pages/fleet_page.h"
#include "ui/pages/house_page.h"
#include "ui/pages/label_page.h"
#include "ui/pages/live_page.h"
#include "ui/pages/past_page.h"
#include "ui/pages/rules_page.h"
#include "ui/pages/teach_page.h"
#include "ui/rail.h"
#include "ui/status_strip.h"
#include "ui/top_bar.h"
#include "ui/views/basics.h"
#include "ui/views/command_search.h"
#include "ui/views/help_sheet.h"
#include "ui/views/overlays.h"
#include "ui/views/span_popover.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kFrameMs = 33;
constexpr int kSlowTurns = 3;  ///< texts and answers follow every third frame
constexpr int kLeastForInspector = 1180;
constexpr int kStripElsewhere = 124;

QFrame* edge(QWidget* parent, bool upright) {
  auto* line = makeFrame("edge", parent);
  upright ? line->setFixedWidth(1) : line->setFixedHeight(1);
  return line;
}

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

MainWindow::~MainWindow() { qApp->removeEventFilter(this); }

void MainWindow::build() {
  auto* column = tightLayout<QVBoxLayout>(this);
  top_ = new TopBar(theme_, this);
  edges_ = {edge(this, false), edge(this, true), edge(this, false)};
  column->addWidget(top_);
  column->addWidget(edges_[0]);

  auto* middle = tightLayout<QHBoxLayout>(nullptr);
  rail_ = new Rail(theme_, this);
  middle->addWidget(rail_);
  middle->addWidget(edges_[1]);
  auto* work = tightLayout<QVBoxLayout>(nullptr);
  notice_ = new NoticeBar(theme_, this);
  stack_ = new QStackedWidget(this);
  work->addWidget(notice_);
  work->addWidget(stack_, 1);
  middle->addLayout(work, 1);
  inspectorEdge_ = edge(this, true);
  inspector_ = new Inspector(theme_, this);
  middle->addWidget(inspectorEdge_);
  middle->addWidget(inspector_);
  column->addLayout(middle, 1);

  strip_ = new LiveStrip(theme_, feed_, 8, this);
  column->addWidget(strip_);
  column->addWidget(edges_[2]);
  status_ = new StatusStrip(theme_, this);
  column->addWidget(status_);
  search_ = new CommandSearch(this);
  sheet_ = new HelpSheet(theme_, this);

  teach_ = new TeachPage(theme_, feed_, this);
  addPage(PageId::Teach, QStringLiteral("teach"), tr("Teach"), teach_);
  auto* labelling = new LabelPage(theme_, feed_, this);
  addPage(PageId::Label, QStringLiteral("label"), tr("Label"), labelling);
  addPage(PageId::Check, QStringLiteral("check"), tr("Check"), new CheckPage(theme_, feed_, this));
  addPage(PageId::Live, QStringLiteral("live"), tr("Live"), new LivePage(theme_, feed_, this));
  house_ = new HousePage(theme_, feed_, this);
  addPage(PageId::House, QStringLiteral("house"), tr("House"), house_);
  rules_ = new RulesPage(theme_, feed_, this);
  addPage(PageId::Rules, QStringLiteral("rules"), tr("Rules"), rules_);
  connect(rules_, &RulesPage::brokenWanted, this, [this, labelling](const base::TimeSpan& span) {
    showPage(PageId::Label);
    labelling->showBroken(span);
  });
  addPage(PageId::Fleet, QStringLiteral("fleet"), tr("Fleet"), new FleetPage(theme_, feed_, this));
  addPage(PageId::Past, QStringLiteral("past"), tr("Past"), new PastPage(theme_, feed_, this));
  connect(teach_, &TeachPage::keyClicked, this, &MainWindow::pressKey);
  connect(teach_, &TeachPage::spanPicked, this,
          [this](const base::TimeSpan& span, const QPoint& at) {
            strip_->setMark(span);
            offerLabels(span, at);
          });
  connect(teach_, &TeachPage::recordWanted, this, [this](learners::LabelId label) {
    Q_EMIT wanted(intent::StartRecording{label, base::Duration{0}});
  });
  connect(teach_, &TeachPage::stopWanted, this, &MainWindow::stopRecording);

  connect(teach_, &TeachPage::otherStartWanted, this, &MainWindow::otherStartWanted);
  connect(rail_, &Rail::pageWanted, this, &MainWindow::showPageAt);
  connect(top_, &TopBar::wanted, this, &MainWindow::wanted);
  connect(top_, &TopBar::editingDone, this, [this] { setFocus(); });
  connect(top_, &TopBar::sourcesPressed, this, [this] { showPage(PageId::House); });
  connect(top_, &TopBar::modelPressed, this, [this] { actions_.at(ActionId::Why)->trigger(); });
  connect(top_, &TopBar::commandsPressed, this,
          [this] { actions_.at(ActionId::Commands)->trigger(); });
  connect(top_, &TopBar::themePressed, this,
          [this] { actions_.at(ActionId::ToggleTheme)->trigger(); });
  connect(top_, &TopBar::inspectorPressed, this,
          [this] { actions_.at(ActionId::ToggleInspector)->trigger(); });
  connect(notice_, &NoticeBar::wanted, this, &MainWindow::wanted);
  connect(notice_, &NoticeBar::rulesMayAct, this, [this] { feed_.rules.letAct(); });
  connect(inspector_, &Inspector::wanted, this, &MainWindow::wanted);
  connect(inspector_, &Inspector::selected, this, &MainWindow::select);
  connect(inspector_, &Inspector::renameWanted, this, [this] { teach_->startRename(); });
  connect(strip_, &LiveStrip::spanMarked, this, &MainWindow::offerLabels);
  connect(strip_, &LiveStrip::proposalAccepted, this,
          [this](learners::LabelId label, const base::TimeSpan& span) {
            Q_EMIT wanted(intent::LabelSpan{label, span});
          });
  connect(strip_, &LiveStrip::proposalClosed, this, [this] { setFocus(); });
  connect(strip_, &LiveStrip::heightWanted, this, [this](int height) {
    preferences_.stripHeight = height;
    arrange();
  });
  connect(status_, &StatusStrip::helpPressed, this, [this] { openHelp(); });
  connect(search_, &CommandSearch::closed, this, [this] { setFocus(); });
  connect(sheet_, &HelpSheet::closed, this, [this] { setFocus(); });
  connect(sheet_, &HelpSheet::keysChanged, this, &MainWindow::setKeys);
}

void MainWindow::addPage(PageId id, const QString& icon, const QString& name, Page* page) {
  rail_->addPage(icon, name, tr("Ctrl+%1").arg(static_cast<int>(id) + 1));
  stack_->addWidget(page);
  pages_.emplace_back(id, page);
  connect(page, &Page::wanted, this, &MainWindow::wanted);
  connect(page, &Page::selected, this, &MainWindow::select);
  connect(page, &Page::editingDone, this, [this] { setFocus(); });
  connect(page, &Page::pageWanted, this, &MainWindow::showPage);
  connect(page, &Page::factsWanted, this, [this] {
    preferences_.inspector = true;
    arrange();
  });
}

void MainWindow::addAction(ActionId id, std::function<void()> run) {
  const ActionSpec& spec = actionSpec(id);
  auto* action = new QAction(nameOf(spec), this);
  action->setToolTip(tipOf(spec));
  connect(action, &QAction::triggered, this, std::move(run));
  QWidget::addAction(action);
  actions_[id] = action;
}

void MainWindow::makeActions() {
  const auto send = [this](Intent intent) { return [this, intent] { Q_EMIT wanted(intent); }; };
  addAction(ActionId::NextStep, [this] { teach_->pressNextStep(); });
  addAction(ActionId::NewLabel, [this] {
    showPage(PageId::Teach);
    teach_->startNewLabel();
  });
  addAction(ActionId::RecordFive, [this] {
    showPage(PageId::Teach);
    teach_->startHandsFree();
  });
  addAction(ActionId::StopRecording, [this] { stopRecording(); });
  addAction(ActionId::Correct, [this] { pressKey(QStringLiteral("C")); });
  addAction(ActionId::Missed, [this] { pressKey(QStringLiteral("M")); });
  addAction(ActionId::Undo, send(intent::Undo{}));
  addAction(ActionId::Redo, send(intent::Redo{}));
  addAction(ActionId::RenameLabel, [this] {
    showPage(PageId::Teach);
    teach_->startRename();
  });
  addAction(ActionId::DisableExample, [this] {
    if (const auto id = exampleAtHand()) {
      bool on = true;
      for (const app::LabelCard& card : snapshot_->cards) {
        for (const app::Example& e : card.examples) {
          on = e.demonstration.id == *id ? e.demonstration.enabled : on;
        }
      }
      Q_EMIT wanted(intent::SetExampleEnabled{*id, !on});
    }
  });
  addAction(ActionId::RemoveExample, [this] {
    if (const auto id = exampleAtHand()) {
      Q_EMIT wanted(intent::RemoveExample{*id});
      select({});
    }
  });
  addAction(ActionId::PauseTraining, [this] {
    Q_EMIT wanted(intent::SetTrainingPaused{snapshot_ == nullptr ||
                                            snapshot_->model.phase != app::ModelPhase::Paused});
  });
  addAction(ActionId::TrainNow, send(intent::TrainNow{}));
  addAction(ActionId::Why, [this] {
    select({});
    preferences_.inspector = true;
    arrange();
  });
  addAction(ActionId::BackToNow, [this] { strip_->backToNow(); });
  addAction(ActionId::PageTeach, [this] { showPage(PageId::Teach); });
  addAction(ActionId::PageLabel, [this] { showPage(PageId::Label); });
  addAction(ActionId::PageCheck, [this] { showPage(PageId::Check); });
  addAction(ActionId::PageLive, [this] { showPage(PageId::Live); });
  addAction(ActionId::PageHouse, [this] { showPage(PageId::House); });
  addAction(ActionId::PagePast, [this] { showPage(PageId::Past); });
  addAction(ActionId::PageRules, [this] { showPage(PageId::Rules); });
  addAction(ActionId::PageFleet, [this] { showPage(PageId::Fleet); });
  addAction(ActionId::NewRule, [this] {
    showPage(PageId::Rules);
    rules_->startTyping();
  });
  addAction(ActionId::Commands, [this] { search_->open(commands()); });
  addAction(ActionId::WholeScreen, [this] { setWholeScreen(!wholeScreenFrom_.has_value()); });
  addAction(ActionId::Help, [this] { openHelp(); });
  addAction(ActionId::Keys,
            [this] { sheet_->open(QStringLiteral("keys"), preferences_.keys); });
  addAction(ActionId::ToggleInspector, [this] {
    preferences_.inspector = !inspector_->isVisibleTo(this);
    arrange();
  });
  addAction(ActionId::ToggleTheme, [this] {
    theme_.setKind(theme_.kind() == ThemeKind::Light ? ThemeKind::Dark : ThemeKind::Light);
  });
  addAction(ActionId::ToggleSticky, [this] {
    preferences_.recordBy =
        preferences_.recordBy == RecordBy::Hold ? RecordBy::Sticky : RecordBy::Hold;
    setPreferences(preferences_);
  });
  actions_.at(ActionId::ToggleSticky)->setCheckable(true);
  setKeys(preferences_.keys);
}

void MainWindow::setKeys(const KeyMap& keys) {
  preferences_.keys = keys;
  for (const auto& [id, action] : actions_) {
    action->setProperty("keys", keys.text(id));
    if (KeyMap::isChangeable(id)) {
      action->setShortcuts(keys.keys(id));
    }
  }
}

void MainWindow::openHelp() {
  static constexpr const char* kTopics[] = {"teach", "label", "check", "live",
                                            "house", "rules", "fleet", "past"};
  sheet_->open(QLatin1String(kTopics[static_cast<int>(pageId())]), preferences_.keys);
}

void MainWindow::setPreferences(const WindowPreferences& preferences) {
  preferences_ = preferences;
  keys_.setRecordBy(preferences.recordBy);
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
  snapshot_ = snapshot;
  const base::Time now = feed_.now();
  keys_.setRecording(snapshot->recording.active);
  frame_->setRecording(snapshot->recording.active
                           ? QString::fromStdString(snapshot->recording.labelName)
                           : QString());
  top_->show(*snapshot, now);
  const auto rules = feed_.rules.view ? feed_.rules.view() : nullptr;
  const bool seen = page() == rules_;  // it says so itself
  notice_->show(*snapshot, now, rules && !seen ? heldNotice(*rules) : QString());
  status_->show(*snapshot);
  strip_->showSnapshot(snapshot);
  page()->showSnapshot(snapshot);
  inspector_->show(snapshot, feed_.latest(), selection_);
  actions_.at(ActionId::Undo)->setEnabled(snapshot->canUndo);
  actions_.at(ActionId::Redo)->setEnabled(snapshot->canRedo);
  setWindowTitle(QString::fromStdString(snapshot->projectName) + tr(" – Mimosa"));
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
  teach_->setPrefix(keys_.prefix(now));
  page()->tick(now);
  if (snapshot_->recording.active) {
    top_->show(*snapshot_, now);
  }
  inspector_->show(snapshot_, feed_.latest(), selection_);
}

void MainWindow::select(const Selection& selection) {
  selection_ = selection;
  page()->showSelection(selection);
  if (snapshot_) {
    inspector_->show(snapshot_, feed_.latest(), selection_);
  }
}

void MainWindow::offerLabels(const base::TimeSpan& span, const QPoint& at) {
  if (!snapshot_) {
    return;
  }
  auto* popover = new SpanPopover(theme_, *snapshot_, span, this);
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
  if (pageId() != PageId::Teach) {
    strip = std::min(strip, kStripElsewhere);
  }
  strip_->setFixedHeight(std::clamp(strip, 96, std::max(96, most)));
}

void MainWindow::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

}  // namespace ui
