#include "ui/pages/check_page.h"

#include <QComboBox>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QKeyEvent>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/pages/check_examples.h"
#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

using app::CheckPart;
using Phase = app::CheckView::Phase;

constexpr int kWide = 940;
constexpr int kMiddle = 620;
constexpr int kCardHeight = 316;

}  // namespace

CheckPage::CheckPage(const Theme& theme, Feed feed, QWidget* parent)
    : Page(parent), theme_(theme), feed_(std::move(feed)), drawing_(new QTimer(this)) {
  auto* column = tightLayout<QVBoxLayout>(this, 12, {24, 14, 12, 0});
  buildHead(column);
  auto* middle = new QWidget(this);
  middle_ = new QStackedLayout(middle);
  column->addWidget(middle, 1);

  empty_ = new QWidget(middle);
  auto* words = tightLayout<QVBoxLayout>(empty_, 16);
  words->addStretch(2);
  emptyText_ = makeText({}, "welcome", empty_);
  emptyText_->setWordWrap(true);
  emptyText_->setAlignment(Qt::AlignCenter);
  emptyText_->setFixedWidth(560);
  words->addWidget(emptyText_, 0, Qt::AlignHCenter);
  emptyButton_ = makeButton({}, {}, "accent", empty_);
  words->addWidget(emptyButton_, 0, Qt::AlignHCenter);
  words->addStretch(3);
  connect(emptyButton_, &QPushButton::clicked, this, [this] {
    if (view_.phase == Phase::NoModel || view_.phase == Phase::NoTestData) {
      Q_EMIT pageWanted(PageId::Teach);
    } else if (feed_.check.resume) {
      feed_.check.resume();
    }
  });

  scroll_ = new QScrollArea(middle);
  scroll_->setWidgetResizable(true);
  scroll_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll_->setFocusPolicy(Qt::NoFocus);
  scroll_->viewport()->setAutoFillBackground(false);
  host_ = new QWidget(scroll_);
  host_->setAutoFillBackground(false);
  grid_ = tightLayout<QGridLayout>(host_, 12, {0, 0, 12, 16});
  scroll_->setWidget(host_);
  host_->setAutoFillBackground(false);
  middle_->addWidget(empty_);
  middle_->addWidget(scroll_);
  examples_ = new CheckExamples(theme, this);
  examples_->hide();
  connect(examples_, &CheckExamples::wanted, this, &Page::wanted);
  connect(examples_, &CheckExamples::chosen, this, [this](std::int64_t id) {
    Q_EMIT selected({.kind = Selection::Kind::Example, .id = id, .name = {}});
  });
  drawing_->setInterval(0);
  connect(drawing_, &QTimer::timeout, this, &CheckPage::drawNext);
  buildCards();
  arrange();
  showView({});
}

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
  compare_ = makeButton(tr("Compare"), tr("Sets the model before beside this one"), "", head);
  compare_->setCheckable(true);
  row->addWidget(compare_);
  export_ = makeButton(tr("Export"), tr("Saves every chart as SVG and CSV in a folder"), "", head);
  row->addWidget(export_);
  column->addWidget(head);
  connect(stop_, &QPushButton::clicked, this, [this] {
    const bool going = view_.phase == Phase::Working;
    const auto& call = going ? feed_.check.stop : feed_.check.resume;
    if (call) call();
  });
  connect(compare_, &QPushButton::toggled, this, &CheckPage::redraw);
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
  auto* box = new QComboBox(host_);
  box->setAccessibleName(name);
  box->setToolTip(tip);
  box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
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

const app::CheckReport* CheckPage::former() const {
  return compare_->isChecked() ? view_.former.get() : nullptr;
}

void CheckPage::buildScores() {
  confusion_ = new MatrixChart(theme_);
  auto* card = place(confusion_, tr("What is taken for what"), CheckPart::Scores, 6,
                     [this](const app::CheckReport& report) {
                       confusion_->show(check::confusion(report, former()));
                     });
  auto* turn = makeButton(tr("Turn (T)"), tr("Changes rows and columns"), "quiet", card);
  connect(turn, &QPushButton::clicked, this,
          [this] { confusion_->setTransposed(!confusion_->isTransposed()); });
  card->addControl(turn);

  perLabel_ = new BarsChart(theme_);
  card = place(perLabel_, tr("Recall per label"), CheckPart::Scores, 6,
               [this](const app::CheckReport& report) {
                 perLabel_->show(check::perLabel(report,
                                                 precision_->isChecked() ? check::Measure::Precision
                                                                         : check::Measure::Recall,
                                                 former()));
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
          reliability_->show(
              check::reliability(report, limit_ < 0 ? check::limitOf(report, -1) : limit_));
        });
  map_ = new ScatterChart(theme_);
  card = place(map_, tr("Map of what was heard"), CheckPart::Map, 4,
               [this](const app::CheckReport& report) {
                 map_->show(check::map(report, static_cast<app::CheckMap::Kind>(
                                                   mapKind_->currentIndex())));
               });
  mapKind_ = choice(tr("How the map is made"),
                    tr("Components keep distances; neighbours make clear groups, and take longer"));
  mapKind_->addItems({tr("Components"), tr("Kernel"), tr("Neighbours")});
  connect(mapKind_, &QComboBox::currentIndexChanged, this, [this](int kind) {
    const bool there = view_.report && std::any_of(view_.report->maps.begin(), view_.report->maps.end(),
                                                   [&](const auto& map) {
                                                     return static_cast<int>(map.kind) == kind;
                                                   });
    if (!there && view_.report && feed_.check.ask) feed_.check.ask(CheckPart::PrettyMap);
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
                       const int label = coverageOf_->currentIndex() - 1;
                       coverage_->show(check::coverage(
                           report, label, limit_ < 0 ? check::limitOf(report, label) : limit_));
                     });
  coverageOf_ = choice(tr("Whose answers"), tr("All answers, or those that say one label"));
  connect(coverageOf_, &QComboBox::currentIndexChanged, this, [this] {
    limit_ = -1;
    redraw();
  });
  card->addControl(coverageOf_);
  for (LinesChart* chart : {coverage_, reliability_}) {
    connect(chart, &LinesChart::limitMoved, this, [this, chart](double limit) {
      limit_ = limit;
      if (!view_.report) return;
      for (const Place& one : places_) {
        if (one.card->chart() == coverage_ || one.card->chart() == reliability_) drawPlace(one);
      }
    });
  }
  const auto bars = [this](const QString& name, CheckPart part,
                           BarsValue (*make)(const app::CheckReport&)) {
    auto* chart = new BarsChart(theme_);
    place(chart, name, part, 4,
          [chart, make](const app::CheckReport& report) { chart->show(make(report)); });
  };
  bars(tr("Honest and random split"), CheckPart::Leaks, check::honesty);
  bars(tr("Labels that look wrong"), CheckPart::Labels, check::suspicious);
  auto* timeline = new RibbonsChart(theme_);
  place(timeline, tr("What was heard when"), CheckPart::Scores, 12,
        [timeline](const app::CheckReport& report) { timeline->show(check::timeline(report)); });
  bars(tr("Who is served worse"), CheckPart::Scores, check::weakGroups);
  bars(tr("Where time goes"), CheckPart::Stages, check::stages);
  bars(tr("What has changed"), CheckPart::Drift, check::drift);
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

QWidget* CheckPage::facts() { return examples_; }

void CheckPage::showEvent(QShowEvent* event) {
  Page::showEvent(event);
  if (feed_.check.watch) feed_.check.watch(true);
}

void CheckPage::hideEvent(QHideEvent* event) {
  Page::hideEvent(event);
  if (feed_.check.watch) feed_.check.watch(false);
}

void CheckPage::showSnapshot(const app::SnapshotPtr& snapshot) {
  snapshot_ = snapshot;
  if (feed_.check.view) showView(feed_.check.view());
  examples_->show(snapshot, view_.report);
}

void CheckPage::tick(base::Time) {
  if (feed_.check.view) showView(feed_.check.view());
}

void CheckPage::showView(const app::CheckView& view) {
  const bool other = view.report != view_.report || view.former != view_.former;
  const bool asked = view.phase != view_.phase || view.doing != view_.doing;
  view_ = view;
  showHead(view);
  const bool charts = view.report != nullptr || view.phase == Phase::Working ||
                      view.phase == Phase::Stopped;
  if (!charts) {
    switch (view.phase) {
      case Phase::NoTestData:
        emptyText_->setText(tr("No honest score yet: every recording was used for learning. Record "
                               "one more of each and I will keep it for testing."));
        emptyButton_->setText(tr("Record test examples"));
        emptyButton_->setToolTip(tr("Goes to Teach"));
        break;
      case Phase::Failed:
        emptyText_->setText(QString::fromStdString(view.trouble));
        emptyButton_->setText(tr("Try again"));
        emptyButton_->setToolTip(tr("Checks the model anew"));
        break;
      default:
        emptyText_->setText(
            tr("I can show the signal, but I have not learnt anything yet."));
        emptyButton_->setText(tr("Go to Teach"));
        emptyButton_->setToolTip(tr("Where examples are recorded"));
        break;
    }
    emptyButton_->setAccessibleName(emptyButton_->text());
    emptyText_->ensurePolished();
    emptyText_->setMinimumHeight(emptyText_->heightForWidth(emptyText_->width()));
  }
  middle_->setCurrentWidget(charts ? static_cast<QWidget*>(scroll_) : empty_);
  if (other) {
    limit_ = -1;
    fillChoices();
    examples_->show(snapshot_ ? snapshot_ : std::make_shared<const app::Snapshot>(), view.report);
  }
  if (other || asked) redraw();
}

void CheckPage::showHead(const app::CheckView& view) {
  const bool working = view.phase == Phase::Working;
  if (view.report) {
    setTextIfNew(title_, check::heading(*view.report));
    QString text = check::subheading(*view.report);
    if (view.outdated) text = tr("examples or model have changed since; ") + text;
    setTextIfNew(subtitle_, text);
  } else {
    setTextIfNew(title_, tr("How good is the model?"));
    setTextIfNew(subtitle_, working ? tr("Each recording is kept back once and asked about by models "
                                         "that do not know it")
                                    : QString());
  }
  doing_->setVisible(working);
  progress_->setVisible(working);
  if (working) {
    setTextIfNew(doing_, tr("Working out %1").arg(QString::fromStdString(view.doing)));
    progress_->setValue(static_cast<int>(1000 * view.progress));
  }
  stop_->setVisible(working || view.phase == Phase::Stopped);
  stop_->setText(working ? tr("Stop") : tr("Go on"));
  stop_->setAccessibleName(stop_->text());
  compare_->setVisible(view.former != nullptr);
  if (view.former) compare_->setText(tr("Compare with %1").arg(view.former->version));
  export_->setVisible(view.report != nullptr);
}

void CheckPage::fillChoices() {
  const auto fill = [](QComboBox* box, const QStringList& items) {
    QStringList now;
    for (int i = 0; i < box->count(); ++i) now << box->itemText(i);
    if (now == items) return;
    const QSignalBlocker quiet(box);
    const int at = box->currentIndex();
    box->clear();
    box->addItems(items);
    box->setCurrentIndex(std::clamp(at, 0, std::max(0, static_cast<int>(items.size()) - 1)));
  };
  QStringList labels{tr("All answers")};
  QStringList kinds;
  if (view_.report) {
    for (int i = 0; i < static_cast<int>(view_.report->labels.size()); ++i) {
      labels << check::nameOf(*view_.report, i);
    }
    std::map<std::string, QString> names;
    if (snapshot_) {
      for (const app::SourceView& source : snapshot_->sources) {
        names[source.info.id] = words::sourceName(*snapshot_, source.info);
      }
    }
    for (const app::WhatIfResult& result : view_.report->whatIf) {
      kinds << check::nameOf(result, names);
    }
  }
  fill(coverageOf_, labels);
  fill(whatIfKind_, kinds);
  whatIfKind_->setVisible(!kinds.isEmpty());
  tryIt_->setVisible(kinds.isEmpty());
  tryIt_->setEnabled(view_.report != nullptr);
}

void CheckPage::redraw() {
  // One chart per turn of the event loop: together they may take longer than a frame.
  toDraw_.clear();
  for (std::size_t i = places_.size(); i-- > 0;) toDraw_.push_back(i);
  drawing_->start();
}

void CheckPage::drawNext() {
  if (toDraw_.empty()) return drawing_->stop();
  const Place& next = places_[toDraw_.back()];
  toDraw_.pop_back();
  drawPlace(next);
}

void CheckPage::drawPlace(const Place& place) {
  const app::CheckReport* report = view_.report.get();
  const auto there = [&] {
    if (!report) return false;
    switch (place.part) {
      case CheckPart::Map:
        return std::any_of(report->maps.begin(), report->maps.end(), [&](const auto& map) {
          return static_cast<int>(map.kind) == mapKind_->currentIndex();
        });
      case CheckPart::Leaks: return report->leaks.has_value();
      case CheckPart::Labels: return !report->suspicious.empty();
      case CheckPart::Curve: return report->curve.has_value();
      case CheckPart::Stages: return !report->stages.empty();
      case CheckPart::Drift: return !report->drift.empty();
      case CheckPart::WhatIf: return !report->whatIf.empty();
      default: return true;
    }
  };
  if (there()) {
    place.draw(*report);
    place.card->showFound();
    // Where there is nothing to draw, the finding says it all.
    if (place.card->chart()->marks() == 0) {
      const QString finding = place.card->chart()->words().title;
      place.card->showWords(finding);
    }
    return;
  }
  CheckPart part = place.part;
  if (part == CheckPart::Map && mapKind_->currentIndex() == 2) part = CheckPart::PrettyMap;
  if (report && report->troubles.contains(part)) {
    return place.card->showWords(QString::fromStdString(report->troubles.at(part)));
  }
  const bool working = view_.phase == Phase::Working;
  if (part == CheckPart::WhatIf && !(working && view_.doing == app::nameOf(part))) {
    return place.card->showWords(
        tr("Hear the test recordings with more noise, from further away, in another room, with less "
           "light or without a sensor, and see what is left, before it happens at home."));
  }
  place.card->showWords(working ? tr("Being worked out…") : tr("Not worked out yet."));
}

void CheckPage::open(const Behind& behind) {
  Q_EMIT factsWanted();
  examples_->open(behind);
  if (!behind.examples.empty()) examples_->takeFocus();
}

bool CheckPage::handleKey(const QKeyEvent& event) {
  if (!examples_->hasFocusWithin() || event.modifiers() & ~Qt::KeypadModifier) return false;
  if (event.key() == Qt::Key_Escape && lastChart_) {
    lastChart_->setFocus(Qt::OtherFocusReason);
    return true;
  }
  const int key = event.key() - Qt::Key_0;
  return key >= 0 && key <= 9 && examples_->relabelByKey(key);
}

bool CheckPage::handleEnter() {
  auto* chart = qobject_cast<Chart*>(focusWidget());
  if (chart && chart->hasFocus()) {
    if (chart->cursor() >= 0) chart->open(static_cast<std::size_t>(chart->cursor()));
    return true;
  }
  return false;
}

void CheckPage::resizeEvent(QResizeEvent* event) {
  Page::resizeEvent(event);
  arrange();
}

void CheckPage::arrange() {
  const int room = width() - 48;
  const int columns = room >= kWide ? 3 : room >= kMiddle ? 2 : 1;
  subtitle_->setVisible(room >= kMiddle);
  if (columns == columns_) return;
  columns_ = columns;
  for (const Place& one : places_) grid_->removeWidget(one.card);
  int row = 0;
  int at = 0;
  for (const Place& one : places_) {
    const int span = columns == 1 || one.share == 12 ? 12 : columns == 2 ? 6 : one.share;
    if (at + span > 12) {
      ++row;
      at = 0;
    }
    grid_->addWidget(one.card, row, at, 1, span);
    at += span;
  }
  for (int i = 0; i < 12; ++i) grid_->setColumnStretch(i, 1);
}

int CheckPage::exportTo(const QString& folder) const {
  int written = 0;
  for (const Place& one : places_) {
    if (!one.card->hasFound()) continue;
    QString name = one.card->name().toLower();
    for (QChar& letter : name) {
      if (!letter.isLetterOrNumber()) letter = QLatin1Char('-');
    }
    const auto write = [&](const QString& ending, const QByteArray& bytes) {
      QFile file(QDir(folder).filePath(name + ending));
      if (file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size()) ++written;
    };
    write(QStringLiteral(".svg"), one.card->chart()->svg({720, 440}));
    write(QStringLiteral(".csv"), toCsv(one.card->chart()->table()).toUtf8());
  }
  return written;
}

void CheckPage::exportAll() {
  const QString folder = QFileDialog::getExistingDirectory(this, tr("Where to save the charts"));
  if (folder.isEmpty()) return;
  const int written = exportTo(folder);
  setTextIfNew(subtitle_, tr("%1 files saved in %2").arg(written).arg(folder));
}

}  // namespace ui
