#include "ui/pages/label_page.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/label_table.h"
#include "ui/pages/label_facts.h"
#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kFrameMs = 16;

QString originText(const learners::Demonstration& d) {
  using learners::Origin;
  switch (d.origin) {
    case Origin::Correction:
      return LabelPage::tr("you, as a correction");
    case Origin::Missed:
      return LabelPage::tr("you, after it was missed");
    case Origin::Background:
      return LabelPage::tr("listening to the room");
    case Origin::Import:
      return LabelPage::tr("an import");
    default:
      return d.author.empty() ? LabelPage::tr("you") : QString::fromStdString(d.author);
  }
}

}  // namespace

LabelPage::LabelPage(const Theme& theme, Feed feed, QWidget* parent)
    : Page(parent), theme_(theme), feed_(std::move(feed)) {
  build();
  frame_.setInterval(kFrameMs);
  connect(&frame_, &QTimer::timeout, this, &LabelPage::advance);
}

void LabelPage::build() {
  auto* column = tightLayout<QVBoxLayout>(this, 12, {24, 16, 24, 16});
  auto* head = tightLayout<QHBoxLayout>(nullptr, 8);
  which_ = new QComboBox(this);
  which_->setAccessibleName(tr("What is shown"));
  which_->setToolTip(tr("Which recordings the timeline shows (Ctrl+PageUp, Ctrl+PageDown)"));
  which_->setMinimumHeight(size::kButton);
  which_->setMinimumWidth(160);
  which_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  about_ = new ElidedLabel({}, "secondary", this);
  left_ = new ElidedLabel({}, "secondary", this);
  left_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  next_ = makeButton(tr("Next proposal (Tab)"), tr("Goes to the next stretch that the model or a broken rule proposes"),
                     "accent", this);
  split_ = makeButton(tr("Split (X)"), tr("Cuts the chosen label at the cursor"), "", this);
  join_ =
      makeButton(tr("Join (J)"), tr("Joins the chosen label with the next of its kind"), "", this);
  alike_ = makeButton(tr("Find similar"), tr("Finds stretches like the chosen one (Ctrl+Shift+A)"),
                      "", this);
  head->addWidget(which_);
  head->addWidget(about_, 1);
  head->addWidget(left_, 1);
  for (QPushButton* button : {next_, split_, join_, alike_}) {
    head->addWidget(button);
  }
  column->addLayout(head);

  similarBar_ = makeFrame("card", this);
  auto* bar = tightLayout<QHBoxLayout>(similarBar_, 8, {14, 8, 10, 8});
  similarText_ = makeText({}, "", similarBar_);
  similarText_->setWordWrap(true);
  bar->addWidget(similarText_, 1);
  similarFew_ = makeButton(tr("Label these 3 (Enter)"),
                           tr("Labels the stretches that differ most from each other"), "accent",
                           similarBar_);
  similarAll_ =
      makeButton(tr("Label all (Shift+Enter)"), tr("Labels every stretch found"), "", similarBar_);
  auto* leave = makeButton(tr("Not now (Esc)"), tr("Forgets what was found"), "quiet", similarBar_);
  bar->addWidget(similarFew_);
  bar->addWidget(similarAll_);
  bar->addWidget(leave);
  similarBar_->hide();
  column->addWidget(similarBar_);

  auto* card = makeFrame("card", this);
  auto* inside = tightLayout<QVBoxLayout>(card, 0, {1, 1, 1, 1});
  view_ = new TimelineView(theme_, feed_, card);
  inside->addWidget(view_, 1);
  empty_ = makeFrame("", card);
  auto* words = tightLayout<QVBoxLayout>(empty_, 12, {24, 24, 24, 24});
  emptyText_ = makeText({}, "card-title", empty_);
  emptyText_->setAlignment(Qt::AlignCenter);
  emptyText_->setWordWrap(true);
  words->addStretch(1);
  words->addWidget(emptyText_);
  words->addStretch(1);
  inside->addWidget(empty_, 1);
  column->addWidget(card, 1);

  table_ = new LabelTable(theme_, this);
  facts_ = new LabelFacts(theme_, *table_, this);
  facts_->hide();

  connect(which_, &QComboBox::activated, this, &LabelPage::choose);
  connect(next_, &QPushButton::clicked, this, [this] { nextProposalFrom(scene_.cursor); });
  connect(split_, &QPushButton::clicked, this, &LabelPage::splitHere);
  connect(join_, &QPushButton::clicked, this, &LabelPage::join);
  connect(alike_, &QPushButton::clicked, this, &LabelPage::findSimilar);
  connect(similarFew_, &QPushButton::clicked, this, [this] { labelSimilar(false); });
  connect(similarAll_, &QPushButton::clicked, this, [this] { labelSimilar(true); });
  connect(leave, &QPushButton::clicked, this, &LabelPage::leaveSimilar);
  connect(view_, &TimelineView::cursorWanted, this, [this](base::Time t) {
    scene_.mark.reset();
    markFrom_.reset();
    chooseProposal(std::nullopt);
    select(0);
    moveCursor(t);
  });
  connect(view_, &TimelineView::rangeWanted, this, &LabelPage::setRange);
  connect(view_, &TimelineView::marked, this, [this](const base::TimeSpan& span) {
    markFrom_.reset();
    scene_.mark = span;
    scene_.proposal.reset();
    select(0);
    redraw();
  });
  connect(view_, &TimelineView::exampleChosen, this, &LabelPage::select);
  connect(view_, &TimelineView::proposalChosen, this,
          [this](std::size_t index) { chooseProposal(index); });
  connect(view_, &TimelineView::revised, this, &LabelPage::revise);
  connect(table_, &LabelTable::revised, this, &LabelPage::revise);
  connect(facts_, &LabelFacts::chosen, this, &LabelPage::select);
  connect(facts_, &LabelFacts::trimWanted, this, &LabelPage::trim);
}

QWidget* LabelPage::facts() { return facts_; }

void LabelPage::hideEvent(QHideEvent* event) {
  play(false);
  Page::hideEvent(event);
}

void LabelPage::showSnapshot(const app::SnapshotPtr& snapshot) {
  const bool same = snapshot == snapshot_;
  snapshot_ = snapshot;
  if (!same || !scene_.snapshot) {
    update();
  }
}

void LabelPage::tick(base::Time) {
  if (!snapshot_ || !feed_.library.revision) {
    return;
  }
  const std::uint64_t now = feed_.library.revision();
  if (std::exchange(revision_, now) != now) {
    update();
    view_->readAgain();
  } else if (scene_.live) {
    update();
  }
}

void LabelPage::showSelection(const Selection& selection) {
  const std::int64_t id = selection.kind == Selection::Kind::Example ? selection.id : 0;
  if (id != scene_.selected) {
    scene_.selected = id;
    redraw();
  }
}

void LabelPage::chooseAgain() {
  const app::LibraryContentsPtr contents =
      feed_.library.contents ? feed_.library.contents() : std::make_shared<app::LibraryContents>();
  const bool live = std::any_of(snapshot_->sources.begin(), snapshot_->sources.end(),
                                [](const app::SourceView& s) { return s.counts.blocks > 0; });
  auto choices = timelineChoices(*contents, feed_.now(), live);
  const auto names = [](const std::vector<TimelineChoice>& of) {
    QStringList all;
    for (const TimelineChoice& c : of) {
      all << c.name;
    }
    return all;
  };
  const std::optional<TimelineChoice> before =
      choice_ >= 0 && choice_ < std::ssize(choices_)
          ? std::optional(choices_[static_cast<std::size_t>(choice_)])
          : std::nullopt;
  const bool renamed = names(choices) != names(choices_);
  choices_ = std::move(choices);
  choice_ = choices_.empty() ? -1 : 0;
  for (std::size_t i = 0; before && i < choices_.size(); ++i) {
    const bool sameOne = before->live
                             ? choices_[i].live
                             : !choices_[i].live && choices_[i].whole.overlaps(before->whole);
    if (sameOne) {
      choice_ = static_cast<int>(i);
      break;
    }
  }
  if (renamed) {
    const QSignalBlocker quiet(which_);
    which_->clear();
    which_->addItems(names(choices_));
  }
  which_->setCurrentIndex(choice_);
  which_->setVisible(choice_ >= 0);
  scene_.contents = contents;
  const bool firstTime = !before && choice_ >= 0;
  if (choice_ >= 0) {
    const TimelineChoice& now = choices_[static_cast<std::size_t>(choice_)];
    const bool another =
        firstTime || before->live != now.live || !before->whole.overlaps(now.whole);
    scene_.live = now.live;
    if (another) {
      scene_.range = {};
      scene_.range.setWhole(now.whole);
      scene_.cursor = now.whole.begin;
    } else if (now.live && !scene_.range.showsAll()) {
      const base::TimeSpan shown = scene_.range.shown();
      scene_.range.setWhole(now.whole);
      scene_.range.show(shown);
    } else {
      scene_.range.setWhole(now.whole);
    }
  }
}

void LabelPage::choose(int index) {
  if (index < 0 || index >= std::ssize(choices_) || !snapshot_) {
    return;
  }
  play(false);
  leaveSimilar();
  select(0);
  choice_ = index;
  const TimelineChoice& now = choices_[static_cast<std::size_t>(index)];
  scene_.range = {};
  scene_.range.setWhole(now.whole);
  scene_.live = now.live;
  scene_.cursor = now.whole.begin;
  scene_.mark.reset();
  scene_.proposal.reset();
  update();
  Q_EMIT editingDone();
}

void LabelPage::update() {
  chooseAgain();
  scene_.snapshot = snapshot_;
  const base::TimeSpan whole = scene_.range.whole();
  scene_.tracks = timelineTracks(*scene_.contents, *snapshot_);
  scene_.said.clear();
  std::vector<base::TimeSpan> spans;
  for (const learners::Demonstration& d : examplesOf(*snapshot_)) {
    if (d.span.overlaps(whole)) {
      scene_.said.push_back(d);
      spans.push_back(d.span);
    }
  }
  scene_.lanes = lanesOf(spans);
  if (choice_ >= 0 && feed_.library.events && !scene_.live) {
    if (auto events = feed_.library.events(whole)) {
      scene_.events = *std::move(events);
    }
  } else {
    scene_.events.clear();
  }
  heard_ = choice_ >= 0 && feed_.library.heard ? feed_.library.heard(whole) : app::Heard{};
  scene_.heard = heard_.spans;
  if (scene_.live) {  // what was answered while it happened
    for (const app::RibbonSpan& span : feed_.heard(whole)) {
      const auto cards = std::ssize(snapshot_->cards);
      const learners::LabelId label =
          span.label >= 0 && span.label < cards
              ? snapshot_->cards[static_cast<std::size_t>(span.label)].label.id
              : 0;
      const bool known = std::any_of(heard_.spans.begin(), heard_.spans.end(),
                                     [&](const auto& h) { return h.span.overlaps(span.span); });
      if (!known) {
        scene_.heard.push_back({.span = span.span,
                                .label = label,
                                .certainty = span.certainty,
                                .state = span.state,
                                .belowLimit = span.belowLimit,
                                .imputed = span.imputed});
      }
    }
    std::sort(scene_.heard.begin(), scene_.heard.end(),
              [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  }
  const bool hadOne = scene_.proposal && *scene_.proposal < scene_.proposals.size();
  const Proposal atHand = hadOne ? scene_.proposals[*scene_.proposal] : Proposal{};
  if (similar_ && feed_.library.similar) {
    similar_->answer = feed_.library.similar();
  }
  if (similar_ && similar_->answer) {
    scene_.proposals = proposalsFrom(*similar_->answer, similar_->label, snapshot_->cards,
                                     scene_.contents->rejected);
  } else {
    scene_.proposals = proposalsFrom(scene_.heard, snapshot_->cards, scene_.contents->rejected);
  }
  if (!similar_) {
    addBroken();
  }
  scene_.proposal.reset();
  for (std::size_t i = 0; hadOne && i < scene_.proposals.size(); ++i) {
    if (scene_.proposals[i].span == atHand.span && scene_.proposals[i].label == atHand.label) {
      scene_.proposal = i;
    }
  }
  const bool gone = std::none_of(scene_.said.begin(), scene_.said.end(),
                                 [&](const auto& d) { return d.id == scene_.selected; });
  if (scene_.selected != 0 && gone) {
    scene_.selected = 0;
  }
  table_->show(snapshot_, scene_.said, scene_.heard);
  redraw();
}

void LabelPage::redraw() {
  const bool any = choice_ >= 0;
  view_->setVisible(any);
  empty_->setVisible(!any);
  if (!any) {
    emptyText_->setText(
        tr("Nothing is recorded yet.\nHold a number on Teach and it appears here, "
           "with everything the sensors sent."));
  }
  view_->show(scene_);
  showWords();
}

void LabelPage::showWords() {
  const auto n = static_cast<int>(scene_.proposals.size());
  const bool any = choice_ >= 0;
  about_->setText(any ? tr("%1 · %2 · %3")
                            .arg(words::duration(scene_.range.whole().length()),
                                 tr("%n track(s)", nullptr, static_cast<int>(scene_.tracks.size())),
                                 tr("%n label(s)", nullptr, static_cast<int>(scene_.said.size())))
                      : QString());
  QString left;
  if (isPlaying()) {
    left = tr("Playing. Hold a number to label; Space stops.");
  } else if (markFrom_) {
    left = tr("Marking. Enter ends it.");
  } else if (scene_.mark) {
    left = tr("%1 marked. A number labels it.").arg(words::duration(scene_.mark->length()));
  } else if (scene_.proposal && *scene_.proposal < scene_.proposals.size() &&
             !scene_.proposals[*scene_.proposal].reason.empty()) {
    left = QString::fromStdString(scene_.proposals[*scene_.proposal].reason);
  } else if (any && !heard_.complete) {
    left = tr("Listening to it…");
  } else if (n > 0) {
    left = tr("%n left, about %1", nullptr, n)
               .arg(words::duration(pace_.forThe(static_cast<std::size_t>(n))));
  } else if (any && snapshot_->model.version > 0) {
    left = tr("All done. 0 doubtful events here.");
  }
  left_->setText(left);
  left_->setToolTip(left);
  next_->setEnabled(n > 0);
  const bool chosen = scene_.selected != 0;
  split_->setEnabled(chosen);
  join_->setEnabled(chosen);
  alike_->setEnabled(chosen);

  LabelFacts::Facts facts;
  for (const learners::Demonstration& d : scene_.said) {
    if (d.id != scene_.selected) {
      continue;
    }
    const app::LabelCard* card = words::findCard(*snapshot_, d.label);
    facts.name = card != nullptr ? QString::fromStdString(card->label.name) : tr("Label");
    facts.rows.emplace_back(facts.name, words::duration(d.span.length()));
    facts.rows.emplace_back(tr("From"), originText(d));
    QString said = tr("nothing yet");
    base::Duration most{0};
    for (const app::HeardSpan& h : scene_.heard) {
      const base::Duration part = base::intersection(h.span, d.span).length();
      const app::LabelCard* of = words::findCard(*snapshot_, h.label);
      if (part > most && of != nullptr) {
        most = part;
        said =
            tr("%1, %2").arg(QString::fromStdString(of->label.name), words::percent(h.certainty));
      }
    }
    facts.rows.emplace_back(tr("Model said"), said);
    facts.rows.emplace_back(tr("Used"),
                            d.enabled ? tr("yes, D leaves it out") : tr("no, D uses it"));
    for (const app::StoredRecording& stored : scene_.contents->recordings) {
      if (stored.recording.id == d.recording && stored.recording.gapped) {
        facts.rows.emplace_back(tr("Watch out"), tr("samples are missing in it"));
      }
    }
  }
  facts_->show(facts);
  facts_->choose(scene_.selected);

  similarBar_->setVisible(similar_.has_value());
  if (similar_) {
    const bool ready = similar_->answer.has_value();
    const app::LabelCard* card = words::findCard(*snapshot_, similar_->label);
    const QString name = card != nullptr ? QString::fromStdString(card->label.name) : QString();
    similarFew_->setVisible(ready && n > 3);
    similarAll_->setVisible(ready && n > 0);
    similarAll_->setText(n > 3 ? tr("Label all %1 (Shift+Enter)").arg(n)
                               : tr("Label all %1 (Enter)").arg(n));
    similarText_->setText(
        !ready   ? tr("Looking for stretches like this %1…").arg(name)
        : n == 0 ? tr("Nothing else here is like this %1.").arg(name)
        : n > 3  ? tr("%n stretches are like this %1. They are nearly the same; 3 of them teach as "
                       "much as all.",
                      nullptr, n)
                      .arg(name)
                : tr("%n stretch(es) are like this %1.", nullptr, n).arg(name));
  }
}

void LabelPage::setRange(const TimelineRange& range) {
  scene_.range = range;
  redraw();
}

void LabelPage::moveCursor(base::Time t) {
  const base::TimeSpan whole = scene_.range.whole();
  scene_.cursor = std::clamp(t, whole.begin, whole.end);
  if (markFrom_) {
    scene_.mark =
        base::TimeSpan{std::min(*markFrom_, scene_.cursor), std::max(*markFrom_, scene_.cursor)};
  }
  const base::TimeSpan before = scene_.range.shown();
  scene_.range.reveal(scene_.cursor);
  if (scene_.range.shown() == before && isVisible()) {
    view_->moveCursor(scene_.cursor, scene_.mark);
  } else {
    redraw();
  }
}

void LabelPage::play(bool on) {
  if (on == isPlaying()) {
    return;
  }
  if (on) {
    playingSince_ = feed_.now();
    playingFrom_ = scene_.cursor;
    scene_.proposal.reset();
    frame_.start();
  } else {
    playingSince_.reset();
    frame_.stop();
  }
  if (snapshot_) {
    redraw();
  }
}

void LabelPage::advance() {
  if (!isPlaying()) {
    return;
  }
  const base::Time t = playingFrom_ + (feed_.now() - *playingSince_);
  if (scene_.holding != 0 && scene_.mark) {
    scene_.mark->end = std::max(scene_.mark->begin, t - kReaction);
  }
  if (t >= scene_.range.whole().end) {
    moveCursor(scene_.range.whole().end);
    play(false);
    return;
  }
  moveCursor(t);
}

void LabelPage::select(std::int64_t example) {
  if (scene_.selected == example) {
    return;
  }
  scene_.selected = example;
  if (example != 0) {
    scene_.proposal.reset();
    scene_.mark.reset();
    markFrom_.reset();
    for (const learners::Demonstration& d : scene_.said) {
      if (d.id == example && !d.span.contains(scene_.cursor)) {
        scene_.cursor = d.span.begin;
        scene_.range.reveal(d.span);
      }
    }
    Q_EMIT selected({.kind = Selection::Kind::Example, .id = example});
  } else {
    Q_EMIT selected({});
  }
  redraw();
}

void LabelPage::chooseProposal(std::optional<std::size_t> index) {
  scene_.proposal = index;
  if (index && *index < scene_.proposals.size()) {
    select(0);
    scene_.proposal = index;
    scene_.mark.reset();
    markFrom_.reset();
    const base::TimeSpan span = scene_.proposals[*index].span;
    scene_.cursor = span.begin;
    scene_.range.reveal(span);
  }
  redraw();
}

void LabelPage::revise(const intent::ReviseExamples& revision) {
  if (!revision.placed.empty() || !revision.replaced.empty()) {
    Q_EMIT wanted(revision);
  }
}

void LabelPage::decided() { pace_.decided(feed_.now()); }

}  // namespace ui
