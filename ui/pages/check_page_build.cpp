// What the Check page is made of: its head and a card for each chart.

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include "ui/models/adaptation_chart.h"
#include "ui/models/skew_words.h"
#include "ui/pages/check_page.h"
#include "ui/views/basics.h"
#include "ui/views/param_editor.h"
#include "ui/words.h"

namespace ui {
namespace {

using app::CheckPart;
using Phase = app::CheckView::Phase;

constexpr int kCardHeight = 316;

}  // namespace

void CheckPage::buildHead(QLayout* column) {
  auto* head = new QWidget(this);
  auto* row = tightLayout<QHBoxLayout>(head, 8, {0, 0, 12, 0});
  title_ = makeText(tr("How good is the model?"), "page-title", head);
  row->addWidget(title_);
  subtitle_ = new ElidedLabel({}, "secondary", head);
  row->addWidget(subtitle_, 1);
  doing_ = makeText({}, "secondary", head);
  row->addWidget(doing_);
  progress_ = new QProgressBar(head);
  progress_->setTextVisible(false);
  progress_->setRange(0, 1000);
  progress_->setFixedSize(96, 6);
  progress_->setAccessibleName(tr("Progress of the check"));
  row->addWidget(progress_);
  stop_ = makeButton(tr("Stop"), tr("Ends the check; what is found so far stays"), "", head);
  row->addWidget(stop_);
  compare_ = makeChoiceBox(theme_, head);
  compare_->setObjectName(QStringLiteral("compare"));
  compare_->setAccessibleName(tr("Compare with another model"));
  compare_->setToolTip(tr("Sets a former model beside this one, on the same test recordings"));
  row->addWidget(compare_);
  export_ = makeButton(tr("Export"), tr("Saves every chart as SVG and CSV in a folder"), "", head);
  row->addWidget(export_);
  column->addWidget(head);
  connect(stop_, &QPushButton::clicked, this, [this] {
    const bool going = view_.phase == Phase::Working;
    const auto& call = going ? feed_.check.stop : feed_.check.resume;
    if (call) call();
  });
  connect(compare_, &QComboBox::currentIndexChanged, this, [this] {
    feed_.check.compare(chosenRival().toStdString());
    arrange();
    redraw();
  });
  connect(export_, &QPushButton::clicked, this, &CheckPage::exportAll);
}

ChartCard* CheckPage::place(Chart* chart, const QString& name, CheckPart part, int share,
                            std::function<void(const app::CheckReport&)> draw) {
  auto* card = new ChartCard(theme_, chart, name, host_);
  card->setMinimumHeight(kCardHeight);
  places_.push_back({card, part, std::move(draw), share});
  connect(chart, &Chart::opened, this, [this, chart](const Behind& behind) {
    lastChart_ = chart;
    open(behind);
  });
  return card;
}

QComboBox* CheckPage::choice(const QString& name, const QString& tip) {
  QComboBox* box = makeChoiceBox(theme_, host_);
  box->setAccessibleName(name);
  box->setToolTip(tip);
  return box;
}

void CheckPage::buildCards() {
  buildScores();
  buildFurther();
  buildWhatIf();
  QWidget* before = export_;
  for (const Place& one : places_) {
    for (QWidget* next : one.card->tabChain()) {
      setTabOrder(before, next);
      before = next;
    }
  }
}

void CheckPage::buildScores() {
  confusion_ = new MatrixChart(theme_);
  auto* card = place(confusion_, tr("What is taken for what"), CheckPart::Scores, 6,
                     [this](const app::CheckReport& report) {
                       confusion_->show(check::confusion(report, rival()));
                     });
  auto* turn = makeButton(tr("Turn (T)"), tr("Changes rows and columns"), "quiet", card);
  connect(turn, &QPushButton::clicked, this,
          [this] { confusion_->setTransposed(!confusion_->isTransposed()); });
  card->addControl(turn);

  perLabel_ = new BarsChart(theme_);
  card = place(
      perLabel_, tr("Recall per label"), CheckPart::Scores, 6,
      [this](const app::CheckReport& report) {
        perLabel_->show(check::perLabel(
            report, precision_->isChecked() ? check::Measure::Precision : check::Measure::Recall,
            rival()));
      });
  precision_ = makeButton(tr("Precision"),
                          tr("Of what it says, how much is so; else: of what was, how much is said"),
                          "quiet", card);
  precision_->setCheckable(true);
  connect(precision_, &QPushButton::toggled, this, &CheckPage::redraw);
  card->addControl(precision_);

  reliability_ = new LinesChart(theme_);
  place(reliability_, tr("Claimed and true certainty"), CheckPart::Scores, 4,
        [this](const app::CheckReport& report) {
          reliability_->show(check::reliability(report, limit()));
        });
  map_ = new ScatterChart(theme_);
  card = place(
      map_, tr("Map of what was heard"), CheckPart::Map, 4, [this](const app::CheckReport& report) {
        map_->show(check::map(report, static_cast<app::CheckMap::Kind>(mapKind_->currentIndex()),
                              trail_->isChecked() ? *feed_.check.trails() : app::MapTrails(),
                              feed_.now()));
      });
  trail_ = makeIconButton(theme_, QStringLiteral("past"), tr("Trail of the last hour"),
                          tr("Where what was heard in the last hour falls on the map"), card);
  trail_->setCheckable(true);
  trail_->setChecked(true);
  connect(trail_, &QPushButton::toggled, this, &CheckPage::drawMap);
  card->addControl(trail_);
  mapKind_ = choice(tr("How the map is made"),
                    tr("Components keep distances; neighbours make clear groups, and take longer"));
  mapKind_->addItems({tr("Components"), tr("Kernel"), tr("Neighbours")});
  connect(mapKind_, &QComboBox::currentIndexChanged, this, [this](int kind) {
    const bool there = view_.report && std::any_of(view_.report->maps.begin(), view_.report->maps.end(),
                                                   [&](const auto& map) {
                                                     return static_cast<int>(map.kind) == kind;
                                                   });
    // The others are made without being asked for.
    const bool pretty = kind == static_cast<int>(app::CheckMap::Kind::Tsne);
    if (pretty && !there && view_.report && feed_.check.ask) feed_.check.ask(CheckPart::PrettyMap);
    redraw();
  });
  card->addControl(mapKind_);
  auto* curve = new LinesChart(theme_);
  place(curve, tr("Learning curve"), CheckPart::Curve, 4,
        [curve](const app::CheckReport& report) { curve->show(check::learningCurve(report)); });
}

void CheckPage::buildFurther() {
  coverage_ = new LinesChart(theme_);
  auto* card = place(coverage_, tr("Answers given and answers right"), CheckPart::Scores, 4,
                     [this](const app::CheckReport& report) {
                       coverage_->show(check::coverage(report, limit()));
                     });
  coverageOf_ = choice(tr("Whose answers"), tr("All answers, or those that say one label"));
  coverageOf_->setObjectName(QStringLiteral("whose-answers"));
  connect(coverageOf_, &QComboBox::currentIndexChanged, this, [this] {
    showLimits();
    drawLimits();
  });
  card->addControl(coverageOf_);
  for (LinesChart* chart : {coverage_, reliability_}) connectLimit(chart);
  const auto bars = [this](const QString& name, CheckPart part,
                           BarsValue (*make)(const app::CheckReport&), int share = 4) {
    auto* chart = new BarsChart(theme_);
    place(chart, name, part, share,
          [chart, make](const app::CheckReport& report) { chart->show(make(report)); });
  };
  bars(tr("Honest and random split"), CheckPart::Leaks, check::honesty);
  bars(tr("Labels that look wrong"), CheckPart::Labels, check::suspicious);
  auto* timeline = new RibbonsChart(theme_);
  place(timeline, tr("What was heard when"), CheckPart::Scores, 12,
        [timeline](const app::CheckReport& report) { timeline->show(check::timeline(report)); });
  bars(tr("Who is served worse"), CheckPart::Scores, check::weakGroups);
  auto* days = new BarsChart(theme_);
  card =
      place(days, tr("By day"), CheckPart::Scores, 4, [this, days](const app::CheckReport& report) {
        days->show(check::byDay(report, std::max(0, daysOf_->currentIndex())));
      });
  daysOf_ = choice(tr("Of which label"), tr("The label whose days are compared"));
  daysOf_->setObjectName(QStringLiteral("days-of"));
  connect(daysOf_, &QComboBox::currentIndexChanged, this, &CheckPage::redraw);
  card->addControl(daysOf_);
  bars(tr("Where time goes"), CheckPart::Stages, check::stages);
  bars(tr("What has changed"), CheckPart::Drift, check::drift, 6);
  auto* now = new BarsChart(theme_);
  place(now, tr("Now against what was taught"), CheckPart::Scores, 6,
        [this, now](const app::CheckReport&) { now->show(skewBars(*feed_.skew())); });
  auto* better = new LinesChart(theme_);
  place(better, tr("How it got better"), CheckPart::Scores, 12,
        [this, better](const app::CheckReport&) {
          const auto contents = feed_.library.contents
                                    ? feed_.library.contents()
                                    : std::make_shared<const app::LibraryContents>();
          better->show(check::adaptation(*contents, snapshot_ ? *snapshot_ : app::Snapshot()));
        });
}

void CheckPage::buildWhatIf() {
  whatIf_ = new LinesChart(theme_);
  auto* card = place(whatIf_, tr("What if…"), CheckPart::WhatIf, 12,
                     [this](const app::CheckReport& report) {
                       std::map<std::string, QString> names;
                       if (snapshot_) {
                         for (const app::SourceView& source : snapshot_->sources) {
                           names[source.info.id] = words::sourceName(*snapshot_, source.info);
                         }
                       }
                       const auto at = static_cast<std::size_t>(std::max(0, whatIfKind_->currentIndex()));
                       if (at < report.whatIf.size()) {
                         whatIf_->show(check::whatIf(report, report.whatIf[at], names));
                       }
                     });
  whatIfKind_ = choice(tr("What is worse"), tr("In which way the house is worse than it was"));
  connect(whatIfKind_, &QComboBox::activated, this, &CheckPage::redraw);
  card->addControl(whatIfKind_);
  tryIt_ = makeButton(tr("Try it"),
                      tr("Makes the test recordings noisier, duller, patchier, and asks again"), "",
                      card);
  connect(tryIt_, &QPushButton::clicked, this, [this] {
    if (feed_.check.ask) feed_.check.ask(CheckPart::WhatIf);
  });
  card->addControl(tryIt_);
}

}  // namespace ui
