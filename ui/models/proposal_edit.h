#pragma once
// ProposalEdit: a proposed span under a person's keys: arrows move it, Shift and Ctrl move one end,
// up and down go through the other candidates. Plain values in and out; no widget.

#include <Qt>

#include "app/event_question.h"

namespace ui {

class ProposalEdit {
 public:
  enum class Result { NotMine, Changed, Accepted, Dropped };
  static constexpr base::Duration kStep = std::chrono::milliseconds(100);
  static constexpr base::Duration kShortest = std::chrono::milliseconds(200);

  /// `newest`: nothing ends after it.
  ProposalEdit(app::EventProposal proposal, base::Time newest);

  Result press(int key, Qt::KeyboardModifiers modifiers);
  const base::TimeSpan& span() const { return span_; }
  const app::EventProposal& proposal() const { return proposal_; }
  /// Which candidate, from 0.
  std::size_t place() const { return place_; }

 private:
  Result go(std::size_t place);
  Result move(base::Duration begin, base::Duration end);

  app::EventProposal proposal_;
  base::Time newest_;
  std::size_t place_ = 0;
  base::TimeSpan span_;
};

}  // namespace ui
