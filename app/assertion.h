#pragma once
// Assertion: what never happens in this house, watched over what was heard and said. A broken
// assertion becomes a proposal for the labels.
//   Kettle never lasts more than 10 min.
//   Kettle and Sleeping are never at once.
//   Door always comes before Walking, by at most 1 min.

#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "app/proposal.h"
#include "app/rule_words.h"
#include "app/sentence.h"

namespace app {

struct Assertion {
  enum class Kind {
    NeverLonger,  ///< `label` than `time`
    NeverBoth,    ///< `label` and `other`
    Before,       ///< `label` at most `time` before each `other`
  };
  Kind kind = Kind::NeverLonger;
  learners::LabelId label = 0;
  learners::LabelId other = 0;
  base::Duration time = std::chrono::minutes(10);
  friend bool operator==(const Assertion&, const Assertion&) = default;
};

/// A stretch during which a label held without a break, as somebody says.
struct LabelStretch {
  enum class By { Model, Person };
  learners::LabelId label = 0;
  base::TimeSpan span;
  By by = By::Model;
  float certainty = 1;  ///< [0, 1]; a person's is 1
};

struct Violation {
  base::TimeSpan span;  ///< that breaks the assertion
  std::string text;     ///< "Kettle lasted 12 min, from 14:02:11"
  Proposal proposal;    ///< what would make it true
  friend bool operator==(const Violation&, const Violation&) = default;
};

/// Everything in `stretches` that breaks the assertion, in time order. Stretches may come in any
/// order; those of one label and one voice that touch, or are less than `bridge` apart, count as
/// one; where a person said what it was, the model's word does not count. Nothing is known before the first stretch: what would have to come before one that begins
/// less than Assertion::time after it is not missed.
std::vector<Violation> violations(const Assertion& assertion, std::vector<LabelStretch> stretches,
                                  const RuleWords& words,
                                  base::Duration bridge = std::chrono::seconds(2));

Sentence sentenceOf(const Assertion& assertion, const RuleWords& words);
Read<Assertion> readAssertion(std::string_view text, const RuleWords& words);
/// "<first label> never lasts more than 10 min"; nothing without a label besides the background.
std::optional<Assertion> exampleAssertion(const RuleWords& words);

}  // namespace app
