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
  if (!snapshot_) {
    return false;
  }
  if (choice_ < 0) {
    Q_EMIT pageWanted(PageId::Teach);  // there is nothing to label yet
    return true;
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
  const app::LabelCard* card = words::cardWithKey(*snapshot_, furtherLabels ? 9 + digit : digit);
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

}  // namespace ui
