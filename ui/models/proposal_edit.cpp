#include "ui/models/proposal_edit.h"

#include <algorithm>

namespace ui {

ProposalEdit::ProposalEdit(app::EventProposal proposal, base::Time newest)
    : proposal_(std::move(proposal)), newest_(newest) {
  go(0);
}

ProposalEdit::Result ProposalEdit::press(int key, Qt::KeyboardModifiers modifiers) {
  const bool shift = modifiers.testFlag(Qt::ShiftModifier);
  const bool control = modifiers.testFlag(Qt::ControlModifier);
  constexpr base::Duration kStay{0};
  switch (key) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
      const base::Duration by = key == Qt::Key_Left ? -kStep : kStep;
      return move(control ? kStay : by, shift ? kStay : by);
    }
    case Qt::Key_Down:
      return go(std::min(place_ + 1, proposal_.spans.size() - 1));
    case Qt::Key_Up:
      return go(place_ > 0 ? place_ - 1 : 0);
    case Qt::Key_Return:
    case Qt::Key_Enter:
      return Result::Accepted;
    case Qt::Key_Escape:
      return Result::Dropped;
    default:
      return Result::NotMine;
  }
}

ProposalEdit::Result ProposalEdit::go(std::size_t place) {
  place_ = place;
  span_ = proposal_.spans.at(place);
  return Result::Changed;
}

ProposalEdit::Result ProposalEdit::move(base::Duration begin, base::Duration end) {
  const base::TimeSpan moved{span_.begin + begin, span_.end + end};
  if (moved.length() >= kShortest && moved.end <= newest_) span_ = moved;
  return Result::Changed;
}

}  // namespace ui
