// What the main window is made of, and who hears whom.

#include <QHBoxLayout>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/held_bar.h"
#include "ui/inspector.h"
#include "ui/live_strip.h"
#include "ui/look_bar.h"
#include "ui/main_window.h"
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
#include "ui/tour.h"
#include "ui/views/basics.h"
#include "ui/views/command_search.h"
#include "ui/views/help_sheet.h"
#include "ui/views/topic_sheet.h"

namespace ui {
namespace {

QFrame* edge(QWidget* parent, bool upright) {
  auto* line = makeFrame("edge", parent);
  upright ? line->setFixedWidth(1) : line->setFixedHeight(1);
  return line;
}

}  // namespace

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
  look_ = new LookBar(theme_, this);
  held_ = new HeldBar(theme_, this);
  notice_ = new NoticeBar(theme_, this);
  stack_ = new QStackedWidget(this);
  work->addWidget(look_);
  work->addWidget(held_);
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
  topics_ = new TopicSheet(theme_, feed_.topics, feed_.now, this);
  makeImports();

  teach_ = new TeachPage(theme_, feed_, this);
  addPage(PageId::Teach, QStringLiteral("teach"), tr("Teach"), teach_);
  auto* labelling = new LabelPage(theme_, feed_, this);
  addPage(PageId::Label, QStringLiteral("label"), tr("Label"), labelling);
  addPage(PageId::Check, QStringLiteral("check"), tr("Check"), new CheckPage(theme_, feed_, this));
  auto* live = new LivePage(theme_, feed_, this);
  addPage(PageId::Live, QStringLiteral("live"), tr("Live"), live);
  connect(live, &LivePage::momentWanted, this, [this, labelling](const base::TimeSpan& span) {
    showPage(PageId::Label);
    labelling->showMoment(span);
  });
  house_ = new HousePage(theme_, feed_, this);
  addPage(PageId::House, QStringLiteral("house"), tr("House"), house_);
  rules_ = new RulesPage(theme_, feed_, this);
  addPage(PageId::Rules, QStringLiteral("rules"), tr("Rules"), rules_);
  connect(rules_, &RulesPage::brokenWanted, this, [this, labelling](const base::TimeSpan& span) {
    showPage(PageId::Label);
    labelling->showMoment(span);
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
  connect(look_, &LookBar::wanted, this, &MainWindow::wanted);
  connect(look_, &LookBar::copyReady, this, &MainWindow::projectWanted);
  connect(held_, &HeldBar::wanted, this, &MainWindow::wanted);
  connect(notice_, &NoticeBar::wanted, this, &MainWindow::wanted);
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
  const auto inSight = [this] {
    std::vector<QRect> all;
    if (!strip_->isVisible()) return all;
    for (const QRect& one : strip_->telling()) {
      all.push_back(one.translated(strip_->mapTo(this, QPoint(0, 0))));
    }
    return all;
  };
  tour_ = new Tour(
      theme_, [this](TourAnchor anchor) { return tourAnchor(anchor); }, inSight, this);
  connect(tour_, &Tour::ended, this, [this] {
    preferences_.tourSeen = true;
    Q_EMIT preferencesChanged();
    setFocus();
  });
  connect(topics_, &TopicSheet::wanted, this, &MainWindow::wanted);
  connect(topics_, &TopicSheet::closed, this, [this] { setFocus(); });
  connect(house_, &HousePage::topicsWanted, this,
          [this] { actions_.at(ActionId::Topics)->trigger(); });
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

}  // namespace ui
