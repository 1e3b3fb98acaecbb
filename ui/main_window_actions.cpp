// What the main window can be told to do: every action with its keys.

#include "ui/inspector.h"
#include "ui/live_strip.h"
#include "ui/main_window.h"
#include "ui/next_step_bar.h"
#include "ui/pages/check_page.h"
#include "ui/pages/label_card.h"
#include "ui/pages/now_panel.h"
#include "ui/pages/rules_page.h"
#include "ui/pages/teach_page.h"
#include "ui/rail.h"
#include "ui/status_strip.h"
#include "ui/top_bar.h"
#include "ui/tour.h"
#include "ui/views/act_panel.h"
#include "ui/views/command_search.h"
#include "ui/views/help_sheet.h"
#include "ui/views/import_sheet.h"
#include "ui/views/task_switch.h"
#include "ui/views/topic_sheet.h"
#include "ui/words.h"

namespace ui {

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
  addAction(ActionId::NextTask, [this] {
    const auto next = snapshot_ ? taskAfterFront(*snapshot_) : std::nullopt;
    if (next) {
      Q_EMIT wanted(intent::BringToFront{*next});
    }
  });
  addAction(ActionId::NewTask, [this] { top_->tasks().startNew(); });
  addAction(ActionId::RenameTask, [this] { top_->tasks().startRename(); });
  addAction(ActionId::RemoveTask, [this] {
    if (snapshot_) {
      Q_EMIT wanted(intent::RemoveTask{snapshot_->task.id});
    }
  });
  top_->tasks().setActions({actions_.at(ActionId::NewTask), actions_.at(ActionId::RenameTask),
                            actions_.at(ActionId::RemoveTask)});
  top_->tasks().setRows([this] {
    return snapshot_ ? taskRows(*snapshot_, feed_.latestOf) : std::vector<TaskRow>();
  });
  addAction(ActionId::RecordFree, [this] { recordFree(); });
  addAction(ActionId::RecordFive, [this] {
    showPage(PageId::Teach);
    teach_->startHandsFree();
  });
  addAction(ActionId::StopRecording, [this] { stopRecording(); });
  addAction(ActionId::Correct,
            [this] { pressCode(preferences_.keys.plainKey(ActionId::Correct)); });
  addAction(ActionId::CorrectNew, [this] {
    showPage(PageId::Teach);
    teach_->startNewLabel(feed_.now());
  });
  addAction(ActionId::Missed, [this] { pressCode(preferences_.keys.plainKey(ActionId::Missed)); });
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
  addAction(ActionId::Limits, [this] {
    auto* check = qobject_cast<CheckPage*>(page());
    if (check != nullptr && check->editLimits()) {
      return;
    }
    showPage(PageId::Teach);
    teach_->editLimits();
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
  addAction(ActionId::Tour, [this] { startTour(); });
  addAction(ActionId::Topics, [this] { topics_->open(); });
  addAction(ActionId::Import, [this] { imports_->open(); });
  addAction(ActionId::Commands, [this] {
    sheet_->leave();
    search_->open(commands());
  });
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
    if (actionSpec(id).owner == KeyOwner::Shortcut) {
      action->setShortcuts(keys.keys(id));
    }
  }
  keys_.setPrefixKeys(keys.plainKey(ActionId::Correct), keys.plainKey(ActionId::Missed),
                      keys.plainKey(ActionId::NewLabel));
  prefixNames_ = {
      .correct = keys.keys(ActionId::Correct).value(0).toString(QKeySequence::NativeText),
      .missed = keys.keys(ActionId::Missed).value(0).toString(QKeySequence::NativeText),
      .newLabel = keys.keys(ActionId::NewLabel).value(0).toString(QKeySequence::NativeText)};
  teach_->setKeyNames(prefixNames_);
}

void MainWindow::startTour() {
  showPage(PageId::Teach);
  tour_->start();
  followTour();
}

void MainWindow::followTour() {
  if (snapshot_ && tour_->isRunning()) {
    const bool covered =
        openSheet() != nullptr || search_->isVisible() || wholeScreenFrom_.has_value();
    tour_->follow(*snapshot_, feed_.latest(), preferences_.keys, pageId() == PageId::Teach,
                  covered);
  }
}

QWidget* MainWindow::tourAnchor(TourAnchor anchor) const {
  const auto cards = teach_->findChildren<LabelCard*>();
  const auto taught = [&](auto begin, auto end) -> QWidget* {
    const auto found = std::find_if(begin, end, [this](const LabelCard* card) {
      const app::LabelCard* shown = words::findCard(*snapshot_, card->label());
      return card->isVisible() && shown != nullptr && !shown->label.background;
    });
    return found == end ? static_cast<QWidget*>(teach_->findChild<NewLabelCard*>()) : *found;
  };
  switch (anchor) {
    case TourAnchor::NextStep:
      return teach_->findChild<NextStepBar*>();
    case TourAnchor::NewLabel:
      return teach_->findChild<NewLabelCard*>();
    case TourAnchor::FirstCard:
      return taught(cards.begin(), cards.end());
    case TourAnchor::LastCard:
      return taught(cards.rbegin(), cards.rend());
    case TourAnchor::Now:
    case TourAnchor::Lesson:
      return teach_->findChild<NowPanel*>();
    case TourAnchor::Rail:
      return rail_;
    case TourAnchor::Help:
      return status_;
    case TourAnchor::Act:
      return teach_->findChild<ActPanel*>();
  }
  return nullptr;
}

void MainWindow::openHelp() {
  static constexpr const char* kTopics[] = {"teach", "label", "check", "live",
                                            "house", "rules", "fleet", "past"};
  sheet_->open(QLatin1String(kTopics[static_cast<int>(pageId())]), preferences_.keys);
}

}  // namespace ui
