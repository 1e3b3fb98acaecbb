#pragma once
// Label proposals: what the model heard and the person did not say, and what of it was already
// decided. Plain values.

#include <optional>
#include <vector>

#include "app/library.h"
#include "app/rules_view.h"
#include "app/snapshot.h"

namespace ui {

/// "It was this label": drawn dashed until a person accepts it, rejects it or says another label.
struct Proposal {
  enum class Why { NotLabelled, Disagrees, Similar, Broken };
  base::TimeSpan span;
  std::int64_t recording = 0;
  learners::LabelId label = 0;
  float certainty = 0;
  bool doubtful = false;  ///< the model is below its limit
  Why why = Why::NotLabelled;
  learners::LabelId insteadOf = 0;  ///< Broken: what accepting takes out there; 0: nothing
  std::string reason = {};          ///< Broken: "Kettle lasted 12 min, from 14:02:11"
  friend bool operator==(const Proposal&, const Proposal&) = default;
};

/// Proposals of `heard`, oldest first: known labels but the background that lasted `least` and of
/// which a person did not say the same for half of the time. What was rejected with the same label
/// for half of the time is left out.
std::vector<Proposal> proposalsFrom(const std::vector<app::HeardSpan>& heard,
                                    const std::vector<app::LabelCard>& cards,
                                    const std::vector<app::LibraryContents::Rejection>& rejected,
                                    base::Duration least = std::chrono::milliseconds(400));
/// Proposals from stretches alike, without those labelled since.
std::vector<Proposal> proposalsFrom(const app::SimilarAnswer& similar, learners::LabelId label,
                                    const std::vector<app::LabelCard>& cards,
                                    const std::vector<app::LibraryContents::Rejection>& rejected);

/// What would make broken assertions true within `whole`, oldest first, without what was said or
/// rejected since.
std::vector<Proposal> proposalsFrom(const app::RulesView& rules, const base::TimeSpan& whole,
                                    const std::vector<app::LabelCard>& cards,
                                    const std::vector<app::LibraryContents::Rejection>& rejected);

/// The proposal after `from`, the first one again after the last. Nothing where there is none.
std::optional<std::size_t> nextProposal(const std::vector<Proposal>& proposals, base::Time from);

/// How long a person takes for what is left: the median of the last decisions, 8 s before any.
class ProposalPace {
 public:
  void decided(base::Time at);
  base::Duration forThe(std::size_t left) const;

 private:
  std::optional<base::Time> last_;
  std::vector<base::Duration> takes_;
};

/// The share of `span` that examples of `label` (0: of any but the background) cover, [0, 1].
double coveredShare(const base::TimeSpan& span, learners::LabelId label,
                    const std::vector<app::LabelCard>& cards);

}  // namespace ui
