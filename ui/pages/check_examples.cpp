#include "ui/pages/check_examples.h"

#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/check_charts.h"
#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {

CheckExamples::CheckExamples(const Theme& theme, LibraryFeed library, QWidget* parent)
    : QFrame(parent), theme_(theme), library_(std::move(library)) {
  setProperty("role", "bar");
  setAccessibleName(tr("Examples behind the chart"));
  auto* column = tightLayout<QVBoxLayout>(this, 8, {16, 14, 16, 16});
  title_ = makeText(tr("Examples"), "section", this);
  title_->setWordWrap(true);
  column->addWidget(title_);
  hint_ = makeText({}, "muted", this);
  hint_->setWordWrap(true);
  hint_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  column->addWidget(hint_, 1);
  list_ = new ExampleList(theme, this);
  column->addWidget(list_, 1);
  sound_ = new SpectrumPair(theme, library_, this);
  column->addWidget(sound_);
  compare_ = makeButton(tr("Keep to compare (K)"),
                        tr("Its sound stays here while you look at others"), "", this);
  connect(compare_, &QPushButton::clicked, this, [this] { keepToCompare(); });
  relabel_ = makeButton(tr("It was…"), tr("Gives the example another label; so do the number keys"),
                        "", this);
  relabel_->setMenu(new QMenu(relabel_));
  use_ = makeButton(tr("Switch off (D)"), tr("Leaves it out of learning without deleting it"), "", this);
  remove_ = makeButton(tr("Remove (Del)"), tr("Removes it; Ctrl+Z brings it back"), "", this);
  for (QPushButton* button : {compare_, relabel_, use_, remove_}) column->addWidget(button);
  connect(relabel_->menu(), &QMenu::aboutToShow, this, &CheckExamples::fillRelabelMenu);
  connect(use_, &QPushButton::clicked, this, [this] {
    const app::Example* example = find(current().value_or(0));
    if (example) {
      Q_EMIT wanted(intent::SetExampleEnabled{example->demonstration.id,
                                              !example->demonstration.enabled});
    }
  });
  connect(remove_, &QPushButton::clicked, this, [this] {
    if (find(current().value_or(0))) Q_EMIT wanted(intent::RemoveExample{*current()});
  });
  connect(list_, &ExampleList::currentExampleChanged, this, [this](std::int64_t id) {
    showButtons();
    Q_EMIT chosen(id);
  });
  showList();
}

void CheckExamples::show(const app::SnapshotPtr& snapshot, const app::CheckReportPtr& report) {
  if (report != report_) saidOf_.clear();
  report_ = report;
  if (snapshot == snapshot_) return;
  snapshot_ = snapshot;
  byId_.clear();
  for (const app::LabelCard& card : snapshot->cards) {
    for (const app::Example& example : card.examples) {
      byId_[example.demonstration.id] = {&card, &example};
    }
  }
  showList();
}

void CheckExamples::open(const Behind& behind) {
  behind_ = behind;
  showList();
}

QString CheckExamples::title() const { return title_->text(); }

bool CheckExamples::hasFocusWithin() const {
  const QWidget* focus = focusWidget();
  return list_->hasFocus() || (focus != nullptr && focus->hasFocus());
}

void CheckExamples::takeFocus() {
  if (list_->isVisibleTo(this)) list_->setFocus(Qt::OtherFocusReason);
}

const app::Example* CheckExamples::find(std::int64_t id) const {
  const auto found = byId_.find(id);
  return found == byId_.end() ? nullptr : found->second.second;
}

const app::LabelCard* CheckExamples::cardOf(std::int64_t id) const {
  const auto found = byId_.find(id);
  return found == byId_.end() ? nullptr : found->second.first;
}

ExampleRow CheckExamples::rowOf(std::int64_t id) const {
  ExampleRow row{.id = id};
  const app::Example* example = find(id);
  if (!example) {
    row.first = tr("No longer there");
    return row;
  }
  const learners::Label& label = cardOf(id)->label;
  row.first = QString::fromStdString(base::dateTimeText(example->demonstration.span.begin)).mid(5, 11) +
              QStringLiteral(" · ") + QString::fromStdString(label.name);
  row.colour = label.background ? 0 : label.colour;
  row.enabled = example->demonstration.enabled;
  row.thumbnail = &example->thumbnail;
  const auto said = saidOf_.find(id);
  row.second = !row.enabled          ? tr("switched off")
               : said == saidOf_.end() ? tr("not asked about")
                                       : said->second;
  return row;
}

void CheckExamples::showList() {
  if (report_ && saidOf_.empty()) {
    // What was said most often of each example, and how sure that was.
    std::map<std::int64_t, std::map<int, std::pair<int, double>>> said;
    for (const app::CheckedWindow& window : report_->windows) {
      auto& [n, certainty] = said[window.unit][window.said];
      ++n;
      certainty += static_cast<double>(window.certainty);
    }
    for (const auto& [unit, answers] : said) {
      const auto most = std::max_element(answers.begin(), answers.end(), [](const auto& a, const auto& b) {
        return a.second.first < b.second.first;
      });
      const QString name = check::nameOf(*report_, most->first);
      saidOf_[unit] = most->first < 0
                          ? name
                          : tr("said %1 %2").arg(name, words::percent(most->second.second / most->second.first));
    }
  }
  std::vector<std::int64_t> there;
  for (const std::int64_t id : behind_.examples) {
    if (!snapshot_ || find(id)) there.push_back(id);
  }
  const auto n = static_cast<int>(there.size());
  const bool any = n > 0;
  setTextIfNew(title_, behind_.what.isEmpty() ? tr("Examples")
                       : n == 1               ? tr("%1 · 1 example").arg(behind_.what)
                                : tr("%1 · %2 examples").arg(behind_.what, words::number(n)));
  setTextIfNew(hint_, behind_.what.isEmpty()
                          ? tr("Choose a cell, a bar or a point: the examples behind it are listed "
                               "here. Tab goes from chart to chart, the arrow keys through one, Enter "
                               "opens it.")
                          : tr("No example is behind this."));
  hint_->setVisible(!any);
  list_->setVisible(any);
  list_->show(std::move(there), [this](std::int64_t id) { return rowOf(id); });
  showButtons();
}

void CheckExamples::showButtons() {
  const app::Example* example = find(current().value_or(0));
  const bool any = example != nullptr && list_->isVisibleTo(this);
  for (QPushButton* button : {relabel_, use_, remove_}) button->setVisible(any);
  if (any) {
    use_->setText(example->demonstration.enabled ? tr("Switch off (D)") : tr("Switch on (D)"));
  }
  showSound();
}

std::optional<SpectrumPair::Part> CheckExamples::soundOf(std::int64_t id) const {
  const app::Example* example = find(id);
  const auto contents = library_.contents ? library_.contents() : nullptr;
  if (!example || !contents) return std::nullopt;
  for (const app::StoredRecording& stored : contents->recordings) {
    if (stored.recording.id != example->demonstration.recording) continue;
    for (const sensors::SourceInfo& source : contents->sources) {
      const bool there = std::find(stored.sources.begin(), stored.sources.end(), source.id) !=
                         stored.sources.end();
      if (there && source.kind == sensors::SourceKind::Audio) {
        return SpectrumPair::Part{rowOf(id).first, source.id, example->demonstration.span};
      }
    }
  }
  return std::nullopt;
}

void CheckExamples::showSound() {
  const std::int64_t now = current().value_or(0);
  const bool any = list_->isVisibleTo(this);
  const auto own = any ? soundOf(now) : std::nullopt;
  const auto kept = any && kept_ && *kept_ != now ? soundOf(*kept_) : std::nullopt;
  sound_->show(kept, own);
  compare_->setVisible(own.has_value() && library_.spectrum);
  compare_->setText(kept_ == now ? tr("Compare no longer (K)") : tr("Keep to compare (K)"));
}

bool CheckExamples::keepToCompare() {
  if (!current() || !soundOf(*current())) return false;
  kept_ = kept_ == current() ? std::nullopt : current();
  showSound();
  return true;
}

void CheckExamples::fillRelabelMenu() {
  QMenu* menu = relabel_->menu();
  menu->clear();
  if (!snapshot_ || !current()) return;
  const app::LabelCard* own = cardOf(*current());
  const auto add = [&](QMenu* to, const std::vector<std::int64_t>& ids) {
    for (const app::LabelCard& card : snapshot_->cards) {
      if (own && card.label.id == own->label.id) continue;
      QString text = QString::fromStdString(card.label.name);
      if (card.label.key >= 0) text += QStringLiteral("\t%1").arg(card.label.key);
      to->addAction(text, this, [this, ids, label = card.label.id] { relabel(ids, label); });
    }
  };
  add(menu, {*current()});
  if (list_->size() > 1) {
    menu->addSeparator();
    add(menu->addMenu(tr("All %1 were…").arg(list_->size())), behind_.examples);
  }
}

void CheckExamples::relabel(const std::vector<std::int64_t>& examples, learners::LabelId label) {
  intent::ReviseExamples revise;
  for (const std::int64_t id : examples) {
    const app::Example* example = find(id);
    if (!example || example->demonstration.label == label) continue;
    learners::Demonstration placed = example->demonstration;
    placed.label = label;
    revise.replaced.push_back(id);
    revise.placed.push_back(placed);
  }
  if (revise.replaced.empty()) return;
  const app::LabelCard* card = words::findCard(*snapshot_, label);
  revise.text = tr("It was %1").arg(card ? QString::fromStdString(card->label.name) : QString());
  Q_EMIT wanted(revise);
}

bool CheckExamples::relabelByKey(int key) {
  const app::LabelCard* card = snapshot_ ? words::cardWithKey(*snapshot_, key) : nullptr;
  if (!card || !current() || !find(*current())) return false;
  relabel({*current()}, card->label.id);
  return true;
}

}  // namespace ui
