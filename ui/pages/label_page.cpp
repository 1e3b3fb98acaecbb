#include "ui/pages/label_page.h"

#include <QComboBox>
#include <QPushButton>
#include <algorithm>

#include "ui/pages/label_facts.h"
#include "ui/views/basics.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr int kFrameMs = 16;

}  // namespace

LabelPage::LabelPage(const Theme& theme, Feed feed, QWidget* parent)
    : Page(parent), theme_(theme), feed_(std::move(feed)) {
  build();
  frame_.setInterval(kFrameMs);
  connect(&frame_, &QTimer::timeout, this, &LabelPage::advance);
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
  for (QPushButton* button : {next_, split_, join_, alike_}) {
    button->setVisible(any);
  }
  view_->show(scene_);
  showWords();
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
