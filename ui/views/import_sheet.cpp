#include "ui/views/import_sheet.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QScrollArea>
#include <QVBoxLayout>

#include "ui/models/import_rows.h"
#include "ui/views/basics.h"
#include "ui/views/import_part_card.h"
#include "ui/views/row_table.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr QSize kImportRoom(820, 620);
using Stage = app::ImportView::Stage;

QString joinedLines(const std::vector<std::string>& sentences) {
  QStringList lines;
  for (const std::string& sentence : sentences) {
    lines << QString::fromStdString(sentence);
  }
  return lines.join(QLatin1Char('\n'));
}

QLabel* makeSentences(const char* role, QWidget* parent) {
  auto* label = makeText({}, role, parent);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->hide();
  return label;
}

}  // namespace

ImportSheet::ImportSheet(const Theme& theme, ImportFeed feed, QWidget* window)
    : Sheet(tr("Bring in recordings"), window), theme_(theme), feed_(std::move(feed)) {
  auto* column = tightLayout<QVBoxLayout>(this, size::kGap3, {24, 20, 24, 20});
  auto* head = tightLayout<QHBoxLayout>(nullptr, size::kGap2);
  head->addWidget(makeText(tr("Bring in recordings"), "page-title", this), 1);
  auto* close = makeButton(tr("Close (Esc)"), tr("Goes back to the window; what runs goes on"),
                           "quiet", this);
  connect(close, &QPushButton::clicked, this, &ImportSheet::leave);
  head->addWidget(close);
  column->addLayout(head);
  column->addWidget(makeDrop());
  QScrollArea* scroll = makeScroll(this);
  auto* body = new QWidget;
  auto* inner = tightLayout<QVBoxLayout>(body, size::kGap2, {2, 2, 8, 2});
  partsHost_ = new QWidget(body);
  parts_ = tightLayout<QVBoxLayout>(partsHost_, size::kGap2);
  inner->addWidget(partsHost_);
  notTaken_ = makeSentences("muted", body);
  inner->addWidget(notTaken_);
  troubles_ = makeSentences("warn", body);
  inner->addWidget(troubles_);
  inner->addStretch(1);
  setScrolled(scroll, body);
  column->addWidget(scroll, 1);
  column->addWidget(makeFoot());
}

QWidget* ImportSheet::makeDrop() {
  drop_ = makeFrame("well", this);
  auto* column = tightLayout<QVBoxLayout>(drop_, size::kGap3, {16, 14, 16, 14});
  dropWords_ = makeText(tr("Drop films, sounds, tables (CSV), Edge Impulse files or folders here. "
                           "Label tracks of Audacity and ELAN come along where they lie beside a "
                           "recording and have its name."),
                        "muted", drop_);
  dropWords_->setWordWrap(true);
  column->addWidget(dropWords_);
  auto* buttons = tightLayout<QHBoxLayout>(nullptr, size::kGap2);
  files_ = makeButton(tr("Choose files…"), tr("Shows your files, to choose some"), "", drop_);
  folder_ =
      makeButton(tr("Choose a folder…"),
                 tr("Takes all that is in it; names of folders in it become labels"), "", drop_);
  connect(files_, &QPushButton::clicked, this, [this] { choose(false); });
  connect(folder_, &QPushButton::clicked, this, [this] { choose(true); });
  buttons->addWidget(files_);
  buttons->addWidget(folder_);
  buttons->addStretch(1);
  column->addLayout(buttons);
  return drop_;
}

QWidget* ImportSheet::makeFoot() {
  auto* foot = new QWidget(this);
  auto* row = tightLayout<QHBoxLayout>(foot, size::kGap3);
  state_ = makeText({}, "muted", foot);
  state_->setTextFormat(Qt::PlainText);
  state_->setWordWrap(true);
  row->addWidget(state_, 1);
  bar_ = new LoadBar(theme_, foot);
  row->addWidget(bar_);
  stop_ =
      makeButton(tr("Stop"), tr("What is whole stays, what is at work leaves nothing"), "", foot);
  connect(stop_, &QPushButton::clicked, this, [this] { feed_.stop(); });
  row->addWidget(stop_);
  see_ = makeButton(tr("Show them"), tr("Opens page Label, where they are"), "", foot);
  connect(see_, &QPushButton::clicked, this, [this] {
    leave();
    Q_EMIT recordingsWanted();
  });
  row->addWidget(see_);
  start_ = makeButton(tr("Bring in"), tr("Makes them recordings of this project; can be undone"),
                      "accent", foot);
  connect(start_, &QPushButton::clicked, this, [this] {
    feed_.start();
    pull();
  });
  row->addWidget(start_);
  return foot;
}

bool ImportSheet::canTake() const { return feed_.view && !(snapshot_ && snapshot_->readOnly); }

void ImportSheet::open() {
  if (!canTake()) {
    return;
  }
  feed_.watch(true);
  appear();
  if (files_->isEnabled()) {
    files_->setFocus(Qt::TabFocusReason);
  }
}

void ImportSheet::holdFocus() {
  const QWidget* focus = QApplication::focusWidget();
  if (!isActiveWindow() || QApplication::activePopupWidget() != nullptr ||  // a list of choices
      (focus != nullptr && isAncestorOf(focus) && focus->isEnabled())) {
    return;
  }
  QPushButton* next = stop_->isVisible() ? stop_ : see_->isVisible() ? see_ : files_;
  next->setFocus(Qt::TabFocusReason);
}

void ImportSheet::take(const QStringList& paths) {
  open();
  std::vector<std::filesystem::path> all;
  for (const QString& path : paths) {
    all.emplace_back(QFile::encodeName(path).toStdString());
  }
  if (isVisible() && !all.empty()) {
    feed_.look(std::move(all));
    pull();
  }
}

void ImportSheet::choose(bool folder) {
  auto* dialog =
      new QFileDialog(this, folder ? tr("Choose a folder") : tr("Choose files"), QDir::homePath());
  dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFiles);
  dialog->setOption(QFileDialog::ShowDirsOnly, folder);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QFileDialog::filesSelected, this, &ImportSheet::take);
  dialog->open();
}

void ImportSheet::pull() {
  place(kImportRoom);
  view_ = feed_.view();
  showParts();
  const bool busy = view_.stage == Stage::Looking || view_.stage == Stage::Working;
  files_->setEnabled(!busy);
  folder_->setEnabled(!busy);
  const QString left = joinedLines(view_.plan.notTaken);
  setTextIfNew(notTaken_, left);
  notTaken_->setVisible(!left.isEmpty());
  const QString troubles = joinedLines(view_.troubles);
  setTextIfNew(troubles_, troubles);
  troubles_->setVisible(view_.stage == Stage::Done && !troubles.isEmpty());
  setTextIfNew(state_, importState(view_));
  bar_->setVisible(view_.stage == Stage::Working);
  bar_->show(view_.share, words::percent(view_.share));
  bar_->setAccessibleName(tr("How far it is: %1").arg(words::percent(view_.share)));
  stop_->setVisible(busy);
  start_->setVisible(view_.stage == Stage::Ready && !view_.plan.parts.empty());
  start_->setEnabled(canStart(view_));
  see_->setVisible(view_.stage == Stage::Done && view_.report.recordings > 0);
  holdFocus();
}

void ImportSheet::showParts() {
  while (cards_.size() > view_.plan.parts.size()) {
    cards_.back()->hide();
    cards_.back()->deleteLater();
    cards_.pop_back();
  }
  while (cards_.size() < view_.plan.parts.size()) {
    const std::size_t at = cards_.size();
    auto* card = new ImportPartCard(theme_, partsHost_);
    connect(card, &ImportPartCard::chosen, this,
            [this, at](const app::ImportPart& part) { feed_.choose(at, part); });
    connect(card, &ImportPartCard::left, this, &ImportSheet::leave);
    parts_->addWidget(card);
    cards_.push_back(card);
  }
  QStringList labels;
  for (std::size_t i = 0; snapshot_ && i < snapshot_->cards.size(); ++i) {
    labels << QString::fromStdString(snapshot_->cards[i].label.name);
  }
  for (std::size_t i = 0; i < cards_.size(); ++i) {
    cards_[i]->show(view_.plan.parts[i], labels);
    cards_[i]->setEnabled(view_.stage == Stage::Ready);
  }
  partsHost_->setVisible(!cards_.empty());
  dropWords_->setVisible(cards_.empty());  // who got so far knows
}

void ImportSheet::leaving() {
  feed_.watch(false);
  if (view_.stage == Stage::Done) {
    feed_.clear();
  }
}

}  // namespace ui
