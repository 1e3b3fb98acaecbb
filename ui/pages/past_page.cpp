#include "ui/pages/past_page.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/pages/past_facts_panel.h"
#include "ui/views/basics.h"
#include "ui/views/past_list.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr std::size_t kMostSteps = 2000;
constexpr std::size_t kMostRecordings = 500;
constexpr std::size_t kMostTrail = 50;

}  // namespace

PastPage::PastPage(const Theme& theme, Feed feed, QWidget* parent)
    : Page(parent), theme_(theme), feed_(std::move(feed)) {
  build();
}

void PastPage::build() {
  auto* page = tightLayout<QVBoxLayout>(this, 12, {24, 16, 24, 16});
  auto* head = tightLayout<QHBoxLayout>(nullptr, 12);
  head->addWidget(makeText(tr("Past"), "page-title", this));
  search_ = new QLineEdit(this);
  search_->setPlaceholderText(tr("Search what was done (/)"));
  search_->setAccessibleName(tr("Search what was done"));
  search_->setToolTip(tr("Shows the steps that hold all these words: “kettle yesterday”"));
  search_->setMinimumHeight(size::kButton);
  head->addWidget(search_, 1);
  page->addLayout(head);

  auto* middle = tightLayout<QHBoxLayout>(nullptr, 12);
  const auto card = [this](const QString& title, QVBoxLayout** inside) {
    auto* frame = makeFrame("card", this);
    *inside = tightLayout<QVBoxLayout>(frame, 8, {6, 12, 6, 6});
    auto* heading = makeText(title, "section", frame);
    heading->setContentsMargins(10, 0, 0, 0);
    (*inside)->addWidget(heading);
    return frame;
  };
  const auto note = [](const QString& text, QVBoxLayout* inside) {
    auto* label = makeText(text, "secondary");
    label->setWordWrap(true);
    label->setContentsMargins(10, 4, 10, 8);
    label->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    inside->addWidget(label);
    return label;
  };
  QVBoxLayout* inside = nullptr;
  QFrame* left = card(tr("What was done"), &inside);
  hint_ = note({}, inside);
  meant_ = makeButton({}, tr("Searches for this instead"), "", left);
  inside->addWidget(meant_, 0, Qt::AlignLeft);
  steps_ = makePastList(theme_, tr("What was done"), tr("Enter goes back to the chosen step, → to its facts"), left);
  addToFill(inside, steps_);
  middle->addWidget(left, 3);

  auto* right = tightLayout<QVBoxLayout>(nullptr, 12);
  QFrame* models = card(tr("Models"), &inside);
  noModels_ = note(tr("No model has served yet."), inside);
  models_ = makePastList(theme_, tr("Models"), tr("Enter lets the chosen model serve again, → leads to its facts"), models);
  addToFill(inside, models_);
  right->addWidget(models, 3);
  QFrame* recordings = card(tr("Recordings"), &inside);
  noRecordings_ = note(tr("Nothing is recorded yet. Hold a label's number on the page Teach while it "
                          "happens."),
                       inside);
  recordings_ = makePastList(theme_, tr("Recordings"),
                             tr("Enter shows what learnt from the chosen one, and can forget it"),
                             recordings);
  addToFill(inside, recordings_);
  right->addWidget(recordings, 3);
  QFrame* errors = card(tr("What went wrong"), &inside);
  noErrors_ = note(tr("Nothing went wrong that I know of. What you correct is listed here, too."), inside);
  errors_ = makePastList(theme_, tr("What went wrong"), tr("Newest first"), errors);
  errors_->setFocusPolicy(Qt::StrongFocus);
  addToFill(inside, errors_);
  right->addWidget(errors, 2);
  middle->addLayout(right, 2);
  page->addLayout(middle, 1);

  panel_ = new PastFactsPanel(theme_, this);
  panel_->hide();
  connect(search_, &QLineEdit::textChanged, this, [this] { update(); });
  onEnterAndEscape(search_, this, [this](bool keep) {
    if (!keep) {
      search_->clear();
    }
    Q_EMIT editingDone();
  });
  connect(meant_, &QPushButton::clicked, this, [this] { search_->setText(meant_->text()); });
  for (QListWidget* list : {steps_, models_, recordings_, errors_}) {
    connect(list, &QListWidget::currentItemChanged, this, [this, list](const QListWidgetItem* now) {
      if (now == nullptr || !list->isVisible()) {
        return;
      }
      for (QListWidget* other : {steps_, models_, recordings_, errors_}) {
        if (other != list) {
          const QSignalBlocker quiet(other);
          other->setCurrentItem(nullptr);
          other->clearSelection();
        }
      }
      trail_.clear();
      follow(targetOf(now));
      Q_EMIT factsWanted();
    });
  }
  connect(panel_, &PastFactsPanel::followed, this, &PastPage::follow);
  connect(panel_, &PastFactsPanel::wanted, this, &Page::wanted);
  connect(panel_, &PastFactsPanel::backWanted, this, [this] {
    if (trail_.size() > 1) {
      trail_.pop_back();
      showFacts();
    }
  });
}

QWidget* PastPage::facts() { return panel_; }

void PastPage::showSnapshot(const app::SnapshotPtr& snapshot) {
  if (snapshot != snapshot_) {
    snapshot_ = snapshot;
    update();
  }
}

void PastPage::tick(base::Time) {
  if (snapshot_ && feed_.library.contents && feed_.library.contents() != contents_) {
    update();
  } else if (!trail_.empty() && trail_.back().kind == PastTarget::Kind::Moment) {
    showFacts();  // it may have been read by now
  }
}

void PastPage::update() {
  if (!snapshot_) {
    return;
  }
  contents_ =
      feed_.library.contents ? feed_.library.contents() : std::make_shared<app::LibraryContents>();
  const base::Time now = feed_.now();
  auto steps = pastSteps(contents_->commands, search_->text(), now);
  const bool searching = !search_->text().trimmed().isEmpty();
  QString hint;
  QString meant;
  if (steps.empty() && searching) {
    hint = tr("Nothing called “%1”.").arg(search_->text().trimmed());
    meant = didYouMean(contents_->commands, search_->text());
    if (!meant.isEmpty()) {
      hint += QLatin1Char(' ') + tr("Did you mean %1?").arg(meant);
    }
  } else if (steps.empty()) {
    hint =
        tr("Nothing was done yet. Everything you say or change appears here, and any of it can "
           "be taken back.");
  } else if (steps.size() > kMostSteps) {
    hint = tr("The newest %1 of %2. Search finds the others.").arg(kMostSteps).arg(steps.size());
    steps.resize(kMostSteps);
  }
  setTextIfNew(hint_, hint);
  hint_->setVisible(!hint.isEmpty());
  meant_->setText(meant);
  meant_->setAccessibleName(tr("Search for %1").arg(meant));
  meant_->setVisible(!meant.isEmpty());
  std::vector<PastListRow> rows;
  for (const PastStep& step : steps) {
    rows.push_back({step.current ? tr("%1 – you are here").arg(step.text) : step.text,
                    pastTime(step.time, now),
                    step.undone,
                    step.current,
                    {.kind = PastTarget::Kind::Step, .id = step.id}});
  }
  fillPastList(steps_, rows);

  rows.clear();
  for (const ServedModel& model : servedModels(*contents_)) {
    rows.push_back({tr("%1 · %2").arg(model.name, model.score),
                    model.to ? pastSpan(model.from, *model.to, now)
                             : tr("serves since %1").arg(pastTime(model.from, now)),
                    false,
                    !model.to,
                    {.kind = PastTarget::Kind::Model, .hash = model.hash}});
  }
  fillPastList(models_, rows);
  noModels_->setVisible(rows.empty());
  models_->setVisible(!rows.empty());

  rows.clear();
  for (auto stored = contents_->recordings.rbegin();
       stored != contents_->recordings.rend() && rows.size() < kMostRecordings; ++stored) {
    const app::Recording& recording = stored->recording;
    const QString name = recording.name.empty() ? pastTime(recording.span.begin, now)
                                                : QString::fromStdString(recording.name);
    const QString said = saidIn(recording.id, *snapshot_);
    rows.push_back({said.isEmpty() ? name : tr("%1 · %2").arg(name, said),
                    words::duration(recording.span.length()),
                    false,
                    false,
                    {.kind = PastTarget::Kind::Recording, .id = recording.id}});
  }
  fillPastList(recordings_, rows);
  noRecordings_->setVisible(rows.empty());
  recordings_->setVisible(!rows.empty());

  rows.clear();
  for (const PastTrouble& trouble : pastTroubles(*contents_, *snapshot_)) {
    const QString times = trouble.count > 1 ? tr("%1 times, ").arg(trouble.count) : QString();
    rows.push_back(
        {trouble.text, times + pastTime(trouble.time, now), false, false, trouble.target});
  }
  fillPastList(errors_, rows);
  for (int i = 0; i < errors_->count(); ++i) {
    errors_->item(i)->setToolTip(rows[static_cast<std::size_t>(i)].left);
  }
  noErrors_->setVisible(rows.empty());
  errors_->setVisible(!rows.empty());
  showFacts();
}

void PastPage::follow(const PastTarget& target) {
  if (trail_.empty() || !(trail_.back() == target)) {
    trail_.push_back(target);
    if (trail_.size() > kMostTrail) {
      trail_.erase(trail_.begin());
    }
  }
  showFacts();
}

void PastPage::showFacts() {
  if (snapshot_ && contents_) {
    PastFacts facts;
    if (!trail_.empty() && trail_.back().kind == PastTarget::Kind::Moment) {
      const base::Time moment{trail_.back().id};
      facts = pastFacts(moment, feed_.library.asOf ? feed_.library.asOf(moment) : std::nullopt);
    } else if (!trail_.empty()) {
      facts = pastFacts(trail_.back(), *contents_, *snapshot_);
    }
    panel_->show(facts, trail_.size() > 1);
  }
}

/// The facts are about what is chosen in a list again, wherever they had led to.
void PastPage::lookAt(const QListWidget* list) {
  trail_ = {targetOf(list->currentItem())};
  showFacts();
}

/// Does what Enter means for the row that is chosen in a list, never for what was followed from it.
void PastPage::act(const QListWidget* list) {
  if (list->currentItem() == nullptr) {
    return;
  }
  lookAt(list);
  const PastFacts facts = pastFacts(trail_.back(), *contents_, *snapshot_);
  if (facts.intent) {
    Q_EMIT wanted(*facts.intent);
  }
}

bool PastPage::handleKey(const QKeyEvent& event) {
  if (event.key() == Qt::Key_Slash) {
    search_->setFocus();
    search_->selectAll();
    return true;
  }
  if (event.modifiers() != Qt::NoModifier) {
    return false;
  }
  const QWidget* focus = QApplication::focusWidget();
  const auto lists = {steps_, models_, recordings_, errors_};
  const auto chosen = std::find_if(lists.begin(), lists.end(), [](const QListWidget* list) {
    return list->currentItem() != nullptr;
  });
  const bool back = event.key() == Qt::Key_Left || event.key() == Qt::Key_Escape;
  if (chosen == lists.end() || (event.key() != Qt::Key_Right && !back)) {
    return false;
  }
  if (back && panel_->isAncestorOf(focus)) {
    lookAt(*chosen);
    (*chosen)->setFocus(Qt::BacktabFocusReason);
    return true;
  }
  if (!back && focus == *chosen) {
    Q_EMIT factsWanted();
    panel_->takeFocus(PastFactsPanel::First::Rows);
    return true;
  }
  return false;
}

bool PastPage::handleEnter() {
  const QWidget* focus = QApplication::focusWidget();
  if (snapshot_ && contents_ && (focus == steps_ || focus == models_)) {
    act(focus == steps_ ? steps_ : models_);
    return true;
  }
  if (focus == recordings_ && recordings_->currentItem() != nullptr) {
    lookAt(recordings_);
    Q_EMIT factsWanted();
    panel_->takeFocus(PastFactsPanel::First::Action);
    return true;
  }
  return false;
}

}  // namespace ui
