// What broken assertions propose, on the page Label.

#include <QComboBox>
#include <algorithm>

#include "ui/pages/label_page.h"

namespace ui {

void LabelPage::addBroken() {
  const auto rules = feed_.rules.view ? feed_.rules.view() : nullptr;
  if (!rules || choice_ < 0) {
    return;
  }
  const auto broken = proposalsFrom(*rules, scene_.range.whole(), snapshot_->cards,
                                    scene_.contents->rejected);
  scene_.proposals.insert(scene_.proposals.end(), broken.begin(), broken.end());
  std::stable_sort(scene_.proposals.begin(), scene_.proposals.end(),
                   [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
}

void LabelPage::showMoment(const base::TimeSpan& span) {
  // Where most of it is; what is recorded before what only came by.
  int best = -1;
  base::Duration most{0};
  for (int i = static_cast<int>(choices_.size()) - 1; i >= 0; --i) {
    const auto part =
        base::intersection(choices_[static_cast<std::size_t>(i)].whole, span).length();
    if (part > most) {
      most = part;
      best = i;
    }
  }
  if (best < 0) {
    return;
  }
  choose(best);
  which_->setCurrentIndex(best);
  for (std::size_t i = 0; i < scene_.proposals.size(); ++i) {
    const Proposal& proposal = scene_.proposals[i];
    if (proposal.why == Proposal::Why::Broken && proposal.span == span) {
      return chooseProposal(i);
    }
  }
  moveCursor(span.begin);
}

}  // namespace ui
