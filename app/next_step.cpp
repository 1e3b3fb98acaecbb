#include <algorithm>

#include "app/snapshot.h"

namespace app {

namespace {

constexpr double kBackgroundSeconds = 8;
constexpr int kEnoughToTry = 3;

}  // namespace

NextStep nextStep(const Snapshot& snapshot) {
  using Kind = NextStep::Kind;
  if (!snapshot.model.keptAside.empty()) return {Kind::DecideKeptAside};
  const bool anySource = std::any_of(snapshot.sources.begin(), snapshot.sources.end(),
                                     [](const SourceView& s) { return s.counts.blocks > 0; });
  const bool taught = snapshot.model.version > 0;
  if (!anySource && !taught) return {Kind::Connect};

  const LabelCard* background = nullptr;
  std::vector<const LabelCard*> labels;
  for (const LabelCard& card : snapshot.cards) {
    if (card.label.background) {
      background = &card;
    } else {
      labels.push_back(&card);
    }
  }
  if (!background || background->seconds < kBackgroundSeconds) return {Kind::ListenBackground};
  if (labels.empty()) return {Kind::AddLabel};
  for (const LabelCard* card : labels) {
    if (card->enabled == 0)
      return {Kind::RecordFirst, card->label.id, card->label.name, kEnoughToTry};
    if (card->enabled < kEnoughToTry) {
      return {Kind::RecordMore, card->label.id, card->label.name, kEnoughToTry - card->enabled};
    }
  }
  if (labels.size() == 1) return {Kind::AddSecondLabel};
  if (!taught) return {Kind::WaitForModel};
  const auto fewest =
      std::min_element(labels.begin(), labels.end(),
                       [](const auto* a, const auto* b) { return a->enabled < b->enabled; });
  if ((*fewest)->enabled < 2 * kEnoughToTry && snapshot.model.heldOut &&
      snapshot.model.heldOutAccuracy < 0.9) {
    return {Kind::ImproveWeakest, (*fewest)->label.id, (*fewest)->label.name, 2};
  }
  return {Kind::TryIt};
}

}  // namespace app
