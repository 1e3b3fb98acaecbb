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
  emptyText_->setFixedWidth(640);
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

  scroll_ = makeScroll(middle);
  host_ = new QWidget(scroll_);
  grid_ = tightLayout<QGridLayout>(host_, 12, {0, 0, 12, 16});
  setScrolled(scroll_, host_);
  middle_->addWidget(empty_);
  middle_->addWidget(scroll_);
  examples_ = new CheckExamples(theme, feed_.library, this);
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
  const bool limits = std::exchange(own_, snapshot->task.limits) != snapshot->task.limits;
  if (feed_.check.view) showView(feed_.check.view());
  if (limits) {  // what a person gave a label is in force at once; nothing is checked anew
    showLimits();
    redraw();
  }
  examples_->show(snapshot, view_.report);
}

void CheckPage::tick(base::Time) {
  if (feed_.check.view) showView(feed_.check.view());
}

void CheckPage::showView(const app::CheckView& view) {
  const bool other = view.report != view_.report;
  const auto skew = feed_.skew();
  const bool laterNow = skew != std::exchange(skew_, skew);
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
        emptyText_->setText(check::trouble(view.trouble));
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
    fillChoices();
    arrange();
    showLimits();
    examples_->show(snapshot_ ? snapshot_ : std::make_shared<const app::Snapshot>(), view.report);
  }
  const auto trails = feed_.check.trails();
  const bool further = trails != std::exchange(trails_, trails);
  if (other || asked || laterNow) {
    redraw();
  } else if (further) {
    drawMap();
  }
}

void CheckPage::showHead(const app::CheckView& view) {
  const bool working = view.phase == Phase::Working;
  if (view.report) {
    setTextIfNew(title_, check::heading(*view.report));
    QString text = check::subheading(*view.report);
    if (view.outdated) text = tr("examples or model have changed since; ") + text;
    const auto trouble = view.report->troubles.find(CheckPart::Rival);
    if (trouble != view.report->troubles.end() && !chosenRival().isEmpty()) {
      text = check::trouble(trouble->second);
    }
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
    setTextIfNew(doing_, tr("Working out %1").arg(check::nameOf(view.doing)));
    progress_->setValue(static_cast<int>(1000 * view.progress));
  }
  stop_->setVisible(working || view.phase == Phase::Stopped);
  stop_->setText(working ? tr("Stop") : tr("Go on"));
  stop_->setAccessibleName(stop_->text());
  fillCompared();
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
  const bool fresh = daysOf_->count() == 0;
  fill(daysOf_, labels.mid(1));
  if (fresh && view_.report && view_.report->background == 0 && daysOf_->count() > 1) {
    const QSignalBlocker quiet(daysOf_);
    daysOf_->setCurrentIndex(1);  // when nothing happened is seldom what is asked
  }
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
    return place.card->showWords(check::trouble(report->troubles.at(part)));
  }
  const bool working = view_.phase == Phase::Working;
  if (part == CheckPart::WhatIf && !(working && view_.doing == part)) {
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
  if (event.key() == Qt::Key_K) return examples_->keepToCompare();
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
  const bool wide = rival() != nullptr;
  if (columns == columns_ && wide == wide_) return;
  columns_ = columns;
  wide_ = wide;
  for (const Place& one : places_) grid_->removeWidget(one.card);
  int row = 0;
  int at = 0;
  for (const Place& one : places_) {
    const bool both = one.card->chart() == confusion_ || one.card->chart() == perLabel_;
    const int share = wide && both ? 12 : one.share;
    const int span = columns == 1 || share == 12 ? 12 : columns == 2 ? 6 : share;
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
