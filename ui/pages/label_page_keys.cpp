// What keys mean on the Label page.

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QKeyEvent>
#include <algorithm>

#include "ui/pages/label_facts.h"
#include "ui/pages/label_page.h"
#include "ui/words.h"

namespace ui {
namespace {

constexpr base::Duration kNudge = std::chrono::milliseconds(10);
constexpr base::Duration kBigNudge = std::chrono::milliseconds(100);

}  // namespace

bool LabelPage::wantsKeys() const {
  const QWidget* focus = QApplication::focusWidget();
  return snapshot_ && choice_ >= 0 &&
         (focus == nullptr || focus == window() || focus == view_ || facts_->isAncestorOf(focus) ||
          (isAncestorOf(focus) && focus != which_));
}

bool LabelPage::handleKey(const QKeyEvent& event) {
  if (!wantsKeys()) {
    return false;
  }
  const int key = event.key();
  const Qt::KeyboardModifiers with = event.modifiers() & ~Qt::KeypadModifier;
  if (with == (Qt::ControlModifier | Qt::AltModifier) && key >= Qt::Key_1 && key <= Qt::Key_9) {
    return number(key, true);
  }
  if (with == Qt::NoModifier && key >= Qt::Key_0 && key <= Qt::Key_9) {
    return event.isAutoRepeat() || number(key, false);
  }
  return handleEditKey(event) || handleMoveKey(event);
}

bool LabelPage::handleKeyUp(const QKeyEvent& event) {
  if (event.isAutoRepeat() || holdingKey_ == 0 || event.key() != holdingKey_) {
    return false;
  }
  holdingKey_ = 0;
  const learners::LabelId label = std::exchange(scene_.holding, 0);
  const std::optional<base::TimeSpan> mark = std::exchange(scene_.mark, std::nullopt);
  const app::LabelCard* card = words::findCard(*snapshot_, label);
  if (card != nullptr && mark && mark->length() > kNudge) {
    revise(markAs(label, *mark, *scene_.contents, QString::fromStdString(card->label.name)));
  }
  redraw();
  return true;
}

bool LabelPage::handleEditKey(const QKeyEvent& event) {
  const Qt::KeyboardModifiers with = event.modifiers() & ~Qt::KeypadModifier;
  if (with == (Qt::ControlModifier | Qt::ShiftModifier) && event.key() == Qt::Key_A) {
    findSimilar();
    return true;
  }
  if (with == Qt::ShiftModifier &&
      (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) && similar_) {
    labelSimilar(true);
    return true;
  }
  const bool inTable = facts_->hasKeyboard();
  if ((with == Qt::AltModifier || with == (Qt::AltModifier | Qt::ShiftModifier)) &&
      (event.key() == Qt::Key_Left || event.key() == Qt::Key_Right)) {
    const base::Duration by = with & Qt::ShiftModifier ? kBigNudge : kNudge;
    nudge(event.key() == Qt::Key_Left ? -by : by);
    return true;
  }
  if (with != Qt::NoModifier) {
    return false;
  }
  switch (event.key()) {
    case Qt::Key_Space:
      if (qobject_cast<const QAbstractButton*>(QApplication::focusWidget()) != nullptr) {
        return false;  // it presses the button
      }
      play(!isPlaying());
      return true;
    case Qt::Key_X:
      splitHere();
      return true;
    case Qt::Key_J:
      join();
      return true;
    case Qt::Key_T:
      trim();
      return true;
    case Qt::Key_S:
      scene_.spectra = !scene_.spectra;
      redraw();
      return true;
    case Qt::Key_Backspace:
      rejectProposal();
      return true;
    case Qt::Key_Tab:
      // Tab goes on as everywhere where there is nothing to decide, and Shift+Tab always.
      if (scene_.proposals.empty() || inTable ||
          (QApplication::focusWidget() != nullptr && QApplication::focusWidget() != window() &&
           QApplication::focusWidget() != view_)) {
        return false;
      }
      nextProposalFrom(scene_.cursor);
      return true;
    case Qt::Key_Escape:
      if (similar_) {
        leaveSimilar();
      } else if (isPlaying()) {
        play(false);
      } else if (scene_.mark || markFrom_ || scene_.proposal || scene_.selected != 0) {
        scene_.mark.reset();
        markFrom_.reset();
        scene_.proposal.reset();
        select(0);
        redraw();
      } else {
        return false;
      }
      return true;
    default:
      return false;
  }
}

bool LabelPage::handleMoveKey(const QKeyEvent& event) {
  const Qt::KeyboardModifiers with = event.modifiers() & ~Qt::KeypadModifier;
  const int key = event.key();
  const base::TimeSpan shown = scene_.range.shown();
  if (with == Qt::ControlModifier) {
    if (key == Qt::Key_0) {
      scene_.range.showAll();
      redraw();
      return true;
    }
    if (key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
      choose(choice_ + (key == Qt::Key_PageUp ? -1 : 1));
      return true;
    }
    return false;
  }
  // Signs need Shift on some keyboards and none on others.
  switch (key) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_Minus:
      scene_.range.zoom(key == Qt::Key_Minus ? 1.6 : 1 / 1.6, scene_.cursor);
      redraw();
      return true;
    case Qt::Key_Comma:
      goToLabel(-1);
      return true;
    case Qt::Key_Period:
      goToLabel(1);
      return true;
    case Qt::Key_BracketLeft:
      goToEvent(-1);
      return true;
    case Qt::Key_BracketRight:
      goToEvent(1);
      return true;
    default:
      break;
  }
  if (facts_->hasKeyboard() || (with != Qt::NoModifier && with != Qt::ShiftModifier)) {
    return false;  // arrows move in the table
  }
  const bool page = with == Qt::ShiftModifier;
  const base::Duration step = page ? shown.length() * 8 / 10 : shown.length() / 100;
  switch (key) {
    case Qt::Key_Left:
      moveCursor(scene_.cursor - step);
      return true;
    case Qt::Key_Right:
      moveCursor(scene_.cursor + step);
      return true;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
      moveCursor(scene_.cursor + shown.length() * (key == Qt::Key_PageUp ? -8 : 8) / 10);
      return true;
    case Qt::Key_Home:
      moveCursor(scene_.range.whole().begin);
      return true;
    case Qt::Key_End:
      moveCursor(scene_.range.whole().end);
      return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
      view_->scrollTracks(key == Qt::Key_Up ? -1 : 1);
      return true;
    default:
      return false;
  }
}

bool LabelPage::handleEnter() {
  if (!snapshot_ || choice_ < 0) {
    return false;
  }
  if (facts_->hasKeyboard()) {
    return facts_->edit();
  }
  if (similar_ && similar_->answer && !scene_.proposals.empty() && !scene_.proposal) {
    labelSimilar(scene_.proposals.size() <= 3);
    return true;
  }
  if (scene_.proposal) {
    acceptProposal(nullptr);
    return true;
  }
  if (!markFrom_) {
    select(0);
    markFrom_ = scene_.cursor;
    scene_.mark = base::TimeSpan{scene_.cursor, scene_.cursor};
  } else {
    markFrom_.reset();
    if (scene_.mark && scene_.mark->isEmpty()) {
      scene_.mark.reset();
    }
  }
  redraw();
  return true;
}

bool LabelPage::number(int key, bool furtherLabels) {
  const int digit = key - Qt::Key_0;
  const app::LabelCard* card = furtherLabels ? nullptr : words::cardWithKey(*snapshot_, digit);
  int further = 9;
  for (const app::LabelCard& one : snapshot_->cards) {
    if (furtherLabels && one.label.key < 0 && !one.label.background && ++further == 9 + digit) {
      card = &one;
    }
  }
  if (card == nullptr) {
    return true;  // a number without a label does nothing, here as on Teach
  }
  if (isPlaying()) {
    if (scene_.holding == 0) {
      const base::Time begin = std::max(scene_.range.whole().begin, scene_.cursor - kReaction);
      holdingKey_ = key;
      scene_.holding = card->label.id;
      scene_.mark = base::TimeSpan{begin, begin};
      markFrom_.reset();
      redraw();
    }
    return true;
  }
  labelAs(*card);
  return true;
}

void LabelPage::labelAs(const app::LabelCard& card) {
  const QString name = QString::fromStdString(card.label.name);
  if (scene_.proposal) {
    acceptProposal(&card);
    return;
  }
  if (scene_.mark && !scene_.mark->isEmpty()) {
    revise(markAs(card.label.id, *scene_.mark, *scene_.contents, name));
    scene_.cursor = scene_.mark->begin;
    scene_.mark.reset();
    markFrom_.reset();
    decided();
    redraw();
    return;
  }
  const auto chosen = std::find_if(scene_.said.begin(), scene_.said.end(),
                                   [&](const auto& d) { return d.id == scene_.selected; });
  if (chosen != scene_.said.end() && chosen->label != card.label.id) {
    revise(relabel(scene_.said, chosen->id, card.label.id, name));
  }
}

void LabelPage::acceptProposal(const app::LabelCard* as) {
  const Proposal proposal = scene_.proposals[*scene_.proposal];
  const app::LabelCard* card = as != nullptr ? as : words::findCard(*snapshot_, proposal.label);
  if (card == nullptr) {
    return;
  }
  const QString name = QString::fromStdString(card->label.name);
  intent::ReviseExamples revision = markAs(card->label.id, proposal.span, *scene_.contents, name);
  if (proposal.why == Proposal::Why::Disagrees) {  // what was said there gives way
    revision.text = tr("It was %1").arg(name);
    for (const learners::Demonstration& d : scene_.said) {
      const base::Duration both = base::intersection(d.span, proposal.span).length();
      if (d.label != card->label.id && both * 2 >= d.span.length()) {
        revision.replaced.push_back(d.id);
      }
    }
  }
  if (proposal.why == Proposal::Why::Broken && proposal.insteadOf != 0) {
    const auto cut = cutOut(scene_.said, proposal.span, proposal.insteadOf);
    revision.replaced = cut.replaced;
    revision.placed.insert(revision.placed.end(), cut.placed.begin(), cut.placed.end());
  }
  revise(revision);
  decided();
  // The next one at once; the decided one leaves the list with the next snapshot.
  scene_.proposals.erase(scene_.proposals.begin() + static_cast<std::ptrdiff_t>(*scene_.proposal));
  scene_.proposal.reset();
  nextProposalFrom(proposal.span.begin);
}

void LabelPage::rejectProposal() {
  if (!scene_.proposal) {
    return;
  }
  const Proposal proposal = scene_.proposals[*scene_.proposal];
  Q_EMIT wanted(intent::RejectProposal{proposal.label, proposal.span});
  decided();
  scene_.proposals.erase(scene_.proposals.begin() + static_cast<std::ptrdiff_t>(*scene_.proposal));
  scene_.proposal.reset();
  nextProposalFrom(proposal.span.begin);
}

void LabelPage::nextProposalFrom(base::Time t) {
  play(false);
  chooseProposal(nextProposal(scene_.proposals, t));
}

void LabelPage::goToEvent(int direction) {
  play(false);
  std::vector<base::TimeSpan> events = scene_.events;
  if (events.empty()) {  // those in sight
    const auto& edges = view_->energyEdges();
    for (std::size_t i = 0; i + 1 < edges.size(); i += 2) {
      events.push_back({edges[i], edges[i + 1]});
    }
  }
  const auto event = nextEvent(events, scene_.said, scene_.cursor, direction);
  if (!event) {
    return;
  }
  select(0);
  scene_.proposal.reset();
  markFrom_.reset();
  scene_.mark = *event;
  scene_.cursor = event->begin;
  scene_.range.reveal(*event);
  redraw();
}

void LabelPage::goToLabel(int direction) {
  play(false);
  if (const auto id = neighbour(scene_.said, scene_.cursor, direction)) {
    for (const learners::Demonstration& d : scene_.said) {
      if (d.id == *id) {
        scene_.cursor = d.span.begin;
        scene_.range.reveal(d.span);
      }
    }
    select(*id);
  }
}

void LabelPage::splitHere() {
  const std::int64_t id =
      scene_.selected != 0 ? scene_.selected : exampleAt(scene_.said, scene_.cursor).value_or(0);
  if (const auto revision = split(scene_.said, id, scene_.cursor)) {
    revise(*revision);
  }
}

void LabelPage::join() {
  if (const auto revision = joinWithNext(scene_.said, scene_.selected)) {
    revise(*revision);
  }
}

void LabelPage::trim() {
  if (scene_.mark) {
    scene_.mark = view_->trimmed(*scene_.mark);
    redraw();
    return;
  }
  for (const learners::Demonstration& d : scene_.said) {
    if (d.id == scene_.selected) {
      const base::TimeSpan to = view_->trimmed(d.span);
      if (to != d.span) {
        revise(setSpan(scene_.said, d.id, to));
      }
      return;
    }
  }
}

void LabelPage::nudge(base::Duration by) {
  if (scene_.mark) {
    scene_.mark = base::TimeSpan{scene_.mark->begin + by, scene_.mark->end + by};
    redraw();
  } else if (scene_.selected != 0) {
    revise(moveBy(scene_.said, scene_.selected, by));
  } else {
    moveCursor(scene_.cursor + by);
  }
}

void LabelPage::findSimilar() {
  for (const learners::Demonstration& d : scene_.said) {
    if (d.id == scene_.selected && feed_.library.findSimilar) {
      similar_ = Similar{.label = d.label, .answer = {}};
      feed_.library.findSimilar(d.span, d.recording, scene_.range.whole());
      update();
    }
  }
}

void LabelPage::labelSimilar(bool all) {
  if (!similar_ || !similar_->answer) {
    return;
  }
  const app::LabelCard* card = words::findCard(*snapshot_, similar_->label);
  intent::ReviseExamples revision;
  for (const app::SimilarSpan& found : similar_->answer->spans) {
    const bool open = std::any_of(scene_.proposals.begin(), scene_.proposals.end(),
                                  [&](const Proposal& p) { return p.span == found.span; });
    if (open && (all || found.telling)) {
      revision.placed.push_back(
          {.label = similar_->label, .span = found.span, .recording = found.recording});
    }
  }
  revision.text =
      tr("%n similar one(s) labelled %1", nullptr, static_cast<int>(revision.placed.size()))
          .arg(card != nullptr ? QString::fromStdString(card->label.name) : QString());
  revise(revision);
  leaveSimilar();
}

void LabelPage::leaveSimilar() {
  if (similar_) {
    similar_.reset();
    update();
  }
}

}  // namespace ui
