#include "ui/pages/past_page.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kRowHeight = 36;
constexpr std::size_t kMostSteps = 2000;
constexpr std::size_t kMostRecordings = 500;
constexpr std::size_t kMostTrail = 50;

enum Role { Left = Qt::UserRole, Right, Faint, Strong, Index };

/// A row of a list: words at the left, a time or a number at the right.
class TwoSides final : public QStyledItemDelegate {
 public:
  TwoSides(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), theme_(theme) {}

  QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override {
    return {120, kRowHeight};
  }
  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override {
    const Tokens& t = theme_.tokens();
    painter->save();
    const bool chosen = option.state & QStyle::State_Selected;
    if (chosen) {
      QColor band = t.accent;
      band.setAlphaF(0.14F);
      painter->fillRect(option.rect, band);
    }
    painter->setPen(t.grid);
    painter->drawLine(option.rect.bottomLeft(), option.rect.bottomRight());
    const QRectF box = QRectF(option.rect).adjusted(10, 0, -10, 0);
    const QString right = index.data(Right).toString();
    const bool faint = index.data(Faint).toBool();
    painter->setFont(theme_.font(Theme::Text::Secondary));
    const double wide = figuresWidth(QFontMetricsF(painter->font()), right);
    painter->setPen(t.text2);
    drawFigures(*painter, box, right, Qt::AlignRight);
    QFont font = theme_.font(Theme::Text::Body, index.data(Strong).toBool() ? 600 : 400);
    font.setStrikeOut(faint);
    painter->setFont(font);
    painter->setPen(faint ? t.text2 : t.text);
    const QString left = QFontMetricsF(font).elidedText(index.data(Left).toString(), Qt::ElideRight,
                                                        box.width() - wide - 12);
    painter->drawText(box, Qt::AlignVCenter | Qt::TextSingleLine, left);
    painter->restore();
  }

 private:
  const Theme& theme_;
};

QListWidget* makeList(const Theme& theme, const QString& name, const QString& tip,
                      QWidget* parent) {
  auto* list = new QListWidget(parent);
  list->setItemDelegate(new TwoSides(theme, list));
  list->setAccessibleName(name);
  list->setToolTip(tip);
  list->setFrameShape(QFrame::NoFrame);
  list->setUniformItemSizes(true);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  return list;
}

struct ListRow {
  QString left;
  QString right;
  bool faint = false;
  bool strong = false;
  PastTarget target;
};

PastTarget targetOf(const QListWidgetItem* item) {
  return {.kind = static_cast<PastTarget::Kind>(item->data(Index).toInt()),
          .id = item->data(Index + 1).toLongLong(),
          .hash = item->data(Index + 2).toString().toStdString()};
}

/// Fills a list without losing where it is scrolled to; what was chosen stays chosen, wherever it
/// is now.
void fill(QListWidget* list, const std::vector<ListRow>& rows) {
  const QSignalBlocker quiet(list);
  const PastTarget chosen =
      list->currentItem() != nullptr ? targetOf(list->currentItem()) : PastTarget{};
  while (list->count() > std::ssize(rows)) {
    delete list->takeItem(list->count() - 1);
  }
  while (list->count() < std::ssize(rows)) {
    list->addItem(new QListWidgetItem);
  }
  for (int i = 0; i < list->count(); ++i) {
    const ListRow& row = rows[static_cast<std::size_t>(i)];
    QListWidgetItem* item = list->item(i);
    item->setData(Left, row.left);
    item->setData(Right, row.right);
    item->setData(Faint, row.faint);
    item->setData(Strong, row.strong);
    item->setData(Index, static_cast<int>(row.target.kind));
    item->setData(Index + 1, static_cast<qlonglong>(row.target.id));
    item->setData(Index + 2, QString::fromStdString(row.target.hash));
    item->setData(Qt::AccessibleTextRole,
                  row.right.isEmpty() ? row.left : row.left + QStringLiteral(", ") + row.right);
    const bool leads = row.target.kind != PastTarget::Kind::None;
    item->setFlags(leads ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemIsEnabled);
  }
  if (list->currentItem() != nullptr && !(targetOf(list->currentItem()) == chosen)) {
    list->setCurrentItem(nullptr);
    list->clearSelection();
    for (int i = 0; i < list->count() && chosen.kind != PastTarget::Kind::None; ++i) {
      if (targetOf(list->item(i)) == chosen) {
        list->setCurrentItem(list->item(i));
      }
    }
  }
}

/// `list` takes all the room there is; where it is hidden, what stands above it stays at the top.
void fill(QVBoxLayout* column, QWidget* list) {
  column->addWidget(list, 1000);
  column->addStretch(1);
}

}  // namespace

PastFactsPanel::PastFactsPanel(const Theme& theme, QWidget* parent) : QWidget(parent) {
  auto* column = tightLayout<QVBoxLayout>(this, 8, {16, 16, 16, 16});
  back_ = makeButton(tr("Back"), tr("To what was looked at before"), "quiet", this);
  title_ = makeText({}, "card-title", this);
  title_->setWordWrap(true);
  sentence_ = makeText({}, "secondary", this);
  sentence_->setWordWrap(true);
  rows_ = makeList(theme, tr("Facts and where they lead"),
                   tr("A row in bold leads on: Enter or a click follows it"), this);
  action_ = makeButton({}, tr("Can be undone"), "accent", this);
  column->addWidget(back_, 0, Qt::AlignLeft);
  column->addWidget(title_);
  column->addWidget(sentence_);
  fill(column, rows_);
  column->addWidget(action_);
  const auto follow = [this](const QListWidgetItem* item) {
    const PastTarget target = targetOf(item);
    if (target.kind != PastTarget::Kind::None) {
      Q_EMIT followed(target);
    }
  };
  connect(rows_, &QListWidget::itemClicked, this, follow);
  connect(rows_, &QListWidget::itemActivated, this, follow);
  connect(back_, &QPushButton::clicked, this, &PastFactsPanel::backWanted);
  connect(action_, &QPushButton::clicked, this, [this] {
    if (facts_.intent) {
      Q_EMIT wanted(*facts_.intent);
    }
  });
}

void PastFactsPanel::show(const PastFacts& facts, bool canGoBack) {
  facts_ = facts;
  const bool any = !facts.title.isEmpty();
  back_->setVisible(canGoBack);
  setTextIfNew(title_, any ? facts.title : tr("Where things come from"));
  setTextIfNew(sentence_, any ? facts.sentence
                              : tr("Choose a step, a model or a recording. Here is then what it "
                                   "came from and what came of it."));
  std::vector<ListRow> rows;
  for (const PastFacts::Row& row : facts.rows) {
    rows.push_back(
        {row.what, row.value, false, row.target.kind != PastTarget::Kind::None, row.target});
  }
  fill(rows_, rows);
  rows_->setVisible(any);
  action_->setVisible(!facts.action.isEmpty());
  action_->setText(facts.action);
  action_->setAccessibleName(facts.action);
}

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
  search_->setToolTip(tr("Shows the steps that hold all these words"));
  search_->setMinimumHeight(size::kButton);
  head->addWidget(search_, 1);
  page->addLayout(head);

  auto* middle = tightLayout<QHBoxLayout>(nullptr, 12);
  const auto card = [this](const QString& title, QVBoxLayout** inside) {
    auto* frame = makeFrame("card", this);
    *inside = tightLayout<QVBoxLayout>(frame, 4, {6, 12, 6, 6});
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
  steps_ = makeList(theme_, tr("What was done"), tr("Enter goes back to the chosen step"), left);
  fill(inside, steps_);
  middle->addWidget(left, 3);

  auto* right = tightLayout<QVBoxLayout>(nullptr, 12);
  QFrame* models = card(tr("Models"), &inside);
  noModels_ = note(tr("No model has served yet."), inside);
  models_ = makeList(theme_, tr("Models"), tr("Enter lets the chosen model serve again"), models);
  fill(inside, models_);
  right->addWidget(models, 3);
  QFrame* recordings = card(tr("Recordings"), &inside);
  recordings_ = makeList(theme_, tr("Recordings"), tr("What was recorded, and what learnt from it"),
                         recordings);
  fill(inside, recordings_);
  right->addWidget(recordings, 3);
  QFrame* errors = card(tr("What went wrong"), &inside);
  noErrors_ = note(tr("Nothing went wrong since this project was opened."), inside);
  errors_ = makeList(theme_, tr("What went wrong"), tr("Newest first"), errors);
  errors_->setFocusPolicy(Qt::StrongFocus);
  fill(inside, errors_);
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
  for (QListWidget* list : {steps_, models_, recordings_}) {
    connect(list, &QListWidget::currentItemChanged, this, [this, list](const QListWidgetItem* now) {
      if (now == nullptr || !list->isVisible()) {
        return;
      }
      for (QListWidget* other : {steps_, models_, recordings_}) {
        if (other != list) {
          const QSignalBlocker quiet(other);
          other->setCurrentItem(nullptr);
          other->clearSelection();
        }
      }
      trail_.clear();
      follow(targetOf(now));
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
  auto steps = pastSteps(contents_->commands, search_->text());
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
  std::vector<ListRow> rows;
  for (const PastStep& step : steps) {
    rows.push_back({step.current ? tr("%1 – you are here").arg(step.text) : step.text,
                    pastTime(step.time, now),
                    step.undone,
                    step.current,
                    {.kind = PastTarget::Kind::Step, .id = step.id}});
  }
  fill(steps_, rows);

  rows.clear();
  for (const ServedModel& model : servedModels(*contents_)) {
    rows.push_back({model.to ? model.name : tr("%1 – serves now").arg(model.name),
                    model.to
                        ? tr("%1 to %2").arg(pastTime(model.from, now), words::clock(*model.to))
                        : tr("since %1").arg(pastTime(model.from, now)),
                    false,
                    !model.to,
                    {.kind = PastTarget::Kind::Model, .hash = model.hash}});
  }
  fill(models_, rows);
  noModels_->setVisible(rows.empty());
  models_->setVisible(!rows.empty());

  rows.clear();
  for (auto stored = contents_->recordings.rbegin();
       stored != contents_->recordings.rend() && rows.size() < kMostRecordings; ++stored) {
    const app::Recording& recording = stored->recording;
    rows.push_back({recording.name.empty() ? pastTime(recording.span.begin, now)
                                           : QString::fromStdString(recording.name),
                    words::duration(recording.span.length()),
                    false,
                    false,
                    {.kind = PastTarget::Kind::Recording, .id = recording.id}});
  }
  fill(recordings_, rows);

  rows.clear();
  for (auto notice = snapshot_->notices.rbegin(); notice != snapshot_->notices.rend(); ++notice) {
    if (notice->kind != app::NoticeView::Kind::Info) {
      const QString times = notice->count > 1 ? tr("%1 times, ").arg(notice->count) : QString();
      rows.push_back({QString::fromStdString(notice->text), times + words::clock(notice->time)});
    }
  }
  fill(errors_, rows);
  for (int i = 0; i < errors_->count(); ++i) {
    errors_->item(i)->setToolTip(errors_->item(i)->data(Left).toString());
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

void PastPage::act() {
  if (trail_.empty()) {
    return;
  }
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
  return false;
}

bool PastPage::handleEnter() {
  const QWidget* focus = QApplication::focusWidget();
  if (snapshot_ && contents_ && (focus == steps_ || focus == models_)) {
    act();
    return true;
  }
  return false;
}

}  // namespace ui
