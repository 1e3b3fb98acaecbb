#include "app/rule_trial.h"

#include <algorithm>

#include "app/automation_sentence.h"
#include "app/label_limits.h"
#include "app/rule_desk.h"
#include "app/steadier.h"

namespace app {

namespace {

constexpr std::size_t kShown = 200;

/// One recording's answers, as the task would have given them.
base::Result<std::vector<HeardAnswer>> hearAgain(const Recording& recording, const TrialInput& input) {
  auto frames = input.builder.frames(input.settings, recording);
  if (!frames) return frames.error();
  std::vector<HeardAnswer> heard;
  Steadier steadier;
  steadier.set(input.settings.steadiness);
  const auto limits = limitsInForce(input.ensemble->labels(), input.ensemble->content().limits,
                                    input.settings.limits);
  for (const sensors::FramePtr& frame : *frames) {
    if (frame->layout->hash() != input.ensemble->schema()) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         "the model was trained with other sensors than the recordings have"};
    }
    learners::Prediction prediction = input.ensemble->predict(*frame);
    steadier.apply(prediction, *input.ensemble, input.settings.window.hop);
    applyLimits(limits, prediction);
    heard.push_back(heardOf(prediction, input.ensemble->labels(), limits));
  }
  return heard;
}

/// Levels of the rule's sources over one recording.
class RecordedLevels {
 public:
  RecordedLevels(const AutomationRule& rule, const Recording& recording, const ProjectStore& store) {
    for (const LevelCondition& condition : rule.also) {
      auto blocks = store.readBlocks(recording.id, condition.source, recording.span);
      blocks_.emplace_back(condition.source,
                           blocks ? *std::move(blocks) : std::vector<sensors::BlockPtr>());
    }
  }
  Levels at(base::Time time) const {
    Levels levels;
    for (const auto& [source, blocks] : blocks_) {
      levels.push_back({.source = source, .value = levelAt(blocks, time)});
    }
    return levels;
  }

 private:
  std::vector<std::pair<std::string, std::vector<sensors::BlockPtr>>> blocks_;
};

void replay(const AutomationRule& rule, const Recording& recording, const std::vector<HeardAnswer>& heard,
            const TrialInput& input, TrialView& view) {
  const RecordedLevels levels(rule, recording, input.store);
  Automation automation(rule, input.settings.window.hop);
  for (const HeardAnswer& h : heard) {
    for (const Decision& decision : automation.decide(h, levels.at(h.span.end))) {
      ++view.total;
      if (view.decisions.size() >= kShown) continue;
      view.decisions.push_back({.at = decision.at,
                                .text = whyText(decision, *input.words),
                                .action = decision.why == Decision::Why::Warn
                                              ? "warn"
                                              : actionText(decision.action, *input.words)});
    }
  }
}

base::Result<std::vector<Recording>> recordingsToTry(const TrialInput& input) {
  auto all = input.store.recordings();
  if (!all) return all;
  std::erase_if(*all, [](const Recording& r) { return r.span.isEmpty(); });
  std::sort(all->begin(), all->end(),
            [](const auto& a, const auto& b) { return a.span.begin < b.span.begin; });
  if (all->empty()) return all;
  const base::Time first = all->back().span.end - input.reach;
  std::erase_if(*all, [&](const Recording& r) { return r.span.begin < first; });
  return all;
}

std::vector<LabelStretch> saidIn(const TrialInput& input, const base::TimeSpan& span) {
  std::vector<LabelStretch> said;
  if (const auto examples = input.store.demonstrations()) {
    for (const learners::Demonstration& d : *examples) {
      if (!d.span.overlaps(span)) continue;
      said.push_back({.label = d.label, .span = d.span, .by = LabelStretch::By::Person});
    }
  }
  return said;
}

}  // namespace

TrialView tryRule(const Rule& rule, const TrialInput& input, std::stop_token stop) {
  TrialView view{.state = TrialView::State::Failed,
                 .text = plainText(sentenceOf(rule, *input.words))};
  if (!input.ensemble) {
    view.trouble = "There is no model yet: nothing could be heard in the recordings.";
    return view;
  }
  const auto recordings = recordingsToTry(input);
  if (!recordings) {
    view.trouble = recordings.error().message;
    return view;
  }
  StretchList stretches;
  std::string trouble;
  for (const Recording& recording : *recordings) {
    if (stop.stop_requested()) return view;
    const auto heard = hearAgain(recording, input);
    if (!heard) {
      trouble = heard.error().message;
      continue;
    }
    ++view.recordings;
    view.covered += recording.span.length();
    if (const auto* automation = std::get_if<AutomationRule>(&rule)) {
      replay(*automation, recording, *heard, input, view);
    } else {
      for (const HeardAnswer& h : *heard) stretches.add(h, input.settings.window.hop);
    }
  }
  if (view.recordings == 0) {
    view.trouble = recordings->empty() ? "There are no recordings yet to try it on."
                                       : "No recording could be heard again: " + trouble + ".";
    return view;
  }
  if (const auto* assertion = std::get_if<Assertion>(&rule)) {
    auto all = stretches.all();
    const auto said =
        saidIn(input, {recordings->front().span.begin, recordings->back().span.end});
    all.insert(all.end(), said.begin(), said.end());
    view.violations = violations(*assertion, std::move(all), *input.words);
    view.total = view.violations.size();
    if (view.violations.size() > kShown) view.violations.resize(kShown);
  }
  view.state = TrialView::State::Done;
  return view;
}

}  // namespace app
