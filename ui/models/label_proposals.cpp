#include "ui/models/label_proposals.h"

#include <algorithm>

namespace ui {
namespace {

constexpr double kMostly = 0.5;
constexpr std::size_t kRemembered = 9;
constexpr base::Duration kFirstGuess = std::chrono::seconds(8);
constexpr base::Duration kBreak = std::chrono::minutes(1);  ///< longer was a pause, not a decision

double shareOf(const base::TimeSpan& part, const base::TimeSpan& whole) {
  return whole.isEmpty() ? 0
                         : base::toSeconds(base::intersection(part, whole).length()) /
                               base::toSeconds(whole.length());
}

bool isRejected(const base::TimeSpan& span, learners::LabelId label,
                const std::vector<app::LibraryContents::Rejection>& rejected) {
  return std::any_of(rejected.begin(), rejected.end(), [&](const auto& r) {
    return r.label == label && shareOf(r.span, span) >= kMostly;
  });
}

}  // namespace

double coveredShare(const base::TimeSpan& span, learners::LabelId label,
                    const std::vector<app::LabelCard>& cards) {
  std::vector<base::TimeSpan> parts;
  for (const app::LabelCard& card : cards) {
    if (label != 0 ? card.label.id != label : card.label.background) {
      continue;
    }
    for (const app::Example& example : card.examples) {
      const base::TimeSpan part = base::intersection(example.demonstration.span, span);
      if (!part.isEmpty()) {
        parts.push_back(part);
      }
    }
  }
  std::sort(parts.begin(), parts.end(),
            [](const auto& a, const auto& b) { return a.begin < b.begin; });
  base::Duration covered{0};
  base::Time until = span.begin;
  for (const base::TimeSpan& part : parts) {
    const base::Time begin = std::max(part.begin, until);
    if (part.end > begin) {
      covered += part.end - begin;
      until = part.end;
    }
  }
  return span.isEmpty() ? 0 : base::toSeconds(covered) / base::toSeconds(span.length());
}

std::vector<Proposal> proposalsFrom(const std::vector<app::HeardSpan>& heard,
                                    const std::vector<app::LabelCard>& cards,
                                    const std::vector<app::LibraryContents::Rejection>& rejected,
                                    base::Duration least) {
  std::vector<Proposal> proposals;
  const auto isBackground = [&](learners::LabelId id) {
    return std::any_of(cards.begin(), cards.end(), [&](const app::LabelCard& c) {
      return c.label.id == id && c.label.background;
    });
  };
  const auto exists = [&](learners::LabelId id) {
    return std::any_of(cards.begin(), cards.end(),
                       [&](const app::LabelCard& c) { return c.label.id == id; });
  };
  for (const app::HeardSpan& h : heard) {
    if (h.state != learners::PredictionState::Known || isBackground(h.label) || !exists(h.label) ||
        h.span.length() < least || coveredShare(h.span, h.label, cards) >= kMostly ||
        isRejected(h.span, h.label, rejected)) {
      continue;
    }
    const bool other = coveredShare(h.span, 0, cards) >= kMostly;
    // A doubtful answer against what a person said is no news.
    if (other && h.belowLimit) {
      continue;
    }
    proposals.push_back({.span = h.span,
                         .recording = h.recording,
                         .label = h.label,
                         .certainty = h.certainty,
                         .doubtful = h.belowLimit,
                         .why = other ? Proposal::Why::Disagrees : Proposal::Why::NotLabelled});
  }
  return proposals;
}

std::vector<Proposal> proposalsFrom(const app::SimilarAnswer& similar, learners::LabelId label,
                                    const std::vector<app::LabelCard>& cards,
                                    const std::vector<app::LibraryContents::Rejection>& rejected) {
  std::vector<Proposal> proposals;
  for (const app::SimilarSpan& s : similar.spans) {
    if (coveredShare(s.span, 0, cards) < kMostly && !isRejected(s.span, label, rejected)) {
      proposals.push_back({.span = s.span,
                           .recording = s.recording,
                           .label = label,
                           .certainty = 1 / (1 + s.distance),
                           .doubtful = false,
                           .why = Proposal::Why::Similar});
    }
  }
  std::sort(proposals.begin(), proposals.end(),
            [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  return proposals;
}

std::vector<Proposal> proposalsFrom(const app::RulesView& rules, const base::TimeSpan& whole,
                                    const std::vector<app::LabelCard>& cards,
                                    const std::vector<app::LibraryContents::Rejection>& rejected) {
  std::vector<Proposal> proposals;
  for (const app::RuleView& rule : rules.rules) {
    const auto* assertion = rule.rule ? std::get_if<app::Assertion>(&*rule.rule) : nullptr;
    if (assertion == nullptr || !rule.enabled) {
      continue;
    }
    for (const app::Violation& violation : rule.violations) {
      const app::Proposal& would = violation.proposal;
      const bool exists =
          std::any_of(cards.begin(), cards.end(),
                      [&](const app::LabelCard& c) { return c.label.id == would.label; });
      if (!exists || would.span.isEmpty() || !would.span.overlaps(whole) ||
          isRejected(would.span, would.label, rejected)) {
        continue;
      }
      Proposal proposal{.span = would.span,
                        .label = would.label,
                        .why = Proposal::Why::Broken,
                        .reason = would.reason};
      if (assertion->kind != app::Assertion::Kind::Before) {
        proposal.insteadOf =
            would.label == assertion->label ? assertion->other : assertion->label;
      }
      // Said already: the assertion is looked at again within a second.
      if (coveredShare(proposal.span, proposal.label, cards) >= kMostly &&
          coveredShare(proposal.span, proposal.insteadOf, cards) == 0) {
        continue;
      }
      proposals.push_back(std::move(proposal));
    }
  }
  std::stable_sort(proposals.begin(), proposals.end(),
                   [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  return proposals;
}

std::optional<std::size_t> nextProposal(const std::vector<Proposal>& proposals, base::Time from) {
  if (proposals.empty()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < proposals.size(); ++i) {
    if (proposals[i].span.begin > from) {
      return i;
    }
  }
  return 0;
}

void ProposalPace::decided(base::Time at) {
  if (last_ && at - *last_ < kBreak) {
    takes_.push_back(at - *last_);
    if (takes_.size() > kRemembered) {
      takes_.erase(takes_.begin());
    }
  }
  last_ = at;
}

base::Duration ProposalPace::forThe(std::size_t left) const {
  base::Duration one = kFirstGuess;
  if (!takes_.empty()) {
    std::vector<base::Duration> sorted = takes_;
    std::sort(sorted.begin(), sorted.end());
    one = sorted[sorted.size() / 2];
  }
  return one * static_cast<std::int64_t>(left);
}

}  // namespace ui
