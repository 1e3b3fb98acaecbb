#include "app/assertion.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace app {

namespace {

using Kind = Assertion::Kind;
using Slot = Piece::Slot;

std::vector<std::string> namesOf(const RuleWords& words) {
  std::vector<std::string> names;
  for (const learners::Label& label : words.labels) names.push_back(label.name);
  return names;
}

std::string nameOf(learners::LabelId id, const RuleWords& words) {
  const learners::Label* label = words.label(id);
  return label ? label->name : std::string("a label that is gone");
}

learners::LabelId backgroundOf(const RuleWords& words) {
  for (const learners::Label& label : words.labels) {
    if (label.background) return label.id;
  }
  return 0;
}

/// In time order, with touching stretches of one label and voice made one.
std::vector<LabelStretch> joined(std::vector<LabelStretch> stretches, base::Duration bridge) {
  std::sort(stretches.begin(), stretches.end(), [](const auto& a, const auto& b) {
    return std::tie(a.span.begin, a.label) < std::tie(b.span.begin, b.label);
  });
  std::vector<LabelStretch> all;
  std::map<std::pair<learners::LabelId, LabelStretch::By>, std::size_t> newest;
  for (const LabelStretch& next : stretches) {
    const auto [at, isNew] = newest.try_emplace({next.label, next.by}, all.size());
    if (!isNew && next.span.begin - all[at->second].span.end < bridge) {
      LabelStretch& same = all[at->second];
      same.span.end = std::max(same.span.end, next.span.end);
      same.certainty = std::min(same.certainty, next.certainty);
      continue;
    }
    at->second = all.size();
    all.push_back(next);
  }
  return all;
}

/// Without what the model heard where a person said what it was.
std::vector<LabelStretch> asPersonsSay(const std::vector<LabelStretch>& stretches) {
  std::vector<LabelStretch> said;
  for (const LabelStretch& s : stretches) {
    if (s.by == LabelStretch::By::Person) said.push_back(s);
  }
  std::vector<LabelStretch> all;
  for (const LabelStretch& s : stretches) {
    if (s.by == LabelStretch::By::Person) {
      all.push_back(s);
      continue;
    }
    LabelStretch left = s;
    for (const LabelStretch& p : said) {  // in time order
      if (!p.span.overlaps(left.span)) continue;
      if (p.span.begin > left.span.begin) {
        all.push_back(left);
        all.back().span.end = p.span.begin;
      }
      left.span.begin = std::min(left.span.end, p.span.end);
    }
    if (!left.span.isEmpty()) all.push_back(left);
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.span.begin < b.span.begin;
  });
  return all;
}

Violation broken(const base::TimeSpan& span, std::string text, learners::LabelId instead) {
  return {.span = span,
          .text = text,
          .proposal = {.by = Proposal::By::Assertion,
                       .label = instead,
                       .span = span,
                       .reason = std::move(text)}};
}

std::vector<Violation> tooLong(const Assertion& assertion, const std::vector<LabelStretch>& all,
                               const RuleWords& words) {
  std::vector<Violation> found;
  for (const LabelStretch& s : all) {
    if (s.label != assertion.label || s.span.length() <= assertion.time) continue;
    const auto lasted = std::chrono::round<std::chrono::seconds>(s.span.length());
    found.push_back(broken({s.span.begin + assertion.time, s.span.end},
                           nameOf(s.label, words) + " lasted " + durationWords(lasted) +
                               ", from " + base::clockText(s.span.begin),
                           backgroundOf(words)));
  }
  return found;
}

std::vector<Violation> together(const Assertion& assertion, const std::vector<LabelStretch>& all,
                                const RuleWords& words) {
  std::vector<Violation> found;
  for (const LabelStretch& a : all) {
    if (a.label != assertion.label) continue;
    for (const LabelStretch& b : all) {
      if (b.span.begin >= a.span.end) break;
      if (b.label != assertion.other || !a.span.overlaps(b.span)) continue;
      const base::TimeSpan both = base::intersection(a.span, b.span);
      // A person's word counts more than the model's, then the surer one.
      const bool keepA = a.by == b.by ? a.certainty >= b.certainty
                                      : a.by == LabelStretch::By::Person;
      found.push_back(broken(both,
                             nameOf(a.label, words) + " and " + nameOf(b.label, words) +
                                 " at once at " + base::clockText(both.begin),
                             keepA ? a.label : b.label));
    }
  }
  return found;
}

std::vector<Violation> withoutBefore(const Assertion& assertion,
                                     const std::vector<LabelStretch>& all,
                                     const RuleWords& words) {
  std::vector<Violation> found;
  for (const LabelStretch& s : all) {
    if (s.label != assertion.other) continue;
    const base::TimeSpan before{s.span.begin - assertion.time, s.span.begin};
    if (before.begin < all.front().span.begin) continue;
    const bool came = std::any_of(all.begin(), all.end(), [&](const LabelStretch& other) {
      return other.label == assertion.label && other.span.begin < s.span.begin &&
             other.span.end >= before.begin;
    });
    if (came) continue;
    found.push_back(broken(before,
                           nameOf(s.label, words) + " at " + base::clockText(s.span.begin) +
                               " without " + nameOf(assertion.label, words) + " before it",
                           assertion.label));
  }
  return found;
}

Piece labelSlot(learners::LabelId id, const RuleWords& words) {
  return {.text = nameOf(id, words),
          .slot = Slot::Choice,
          .choices = namesOf(words),
          .hint = "which label"};
}

Piece timeSlot(base::Duration time) {
  return {.text = durationWords(time),
          .slot = Slot::Duration,
          .choices = {"5 s", "1 min", "10 min", "1 h"},
          .hint = "how long"};
}

std::optional<learners::LabelId> readLabel(SentenceReader& reader, const RuleWords& words,
                                           const std::vector<std::string>& stops) {
  if (const auto at = reader.oneOf(namesOf(words))) return words.labels[*at].id;
  reader.misread("the name of a label", stops);
  return std::nullopt;
}

base::Duration readTime(SentenceReader& reader) {
  if (const auto time = reader.duration()) return *time;
  reader.misread("a time, such as 10 min", {"."});
  return base::Duration{0};
}

}  // namespace

std::vector<Violation> violations(const Assertion& assertion, std::vector<LabelStretch> stretches,
                                  const RuleWords& words, base::Duration bridge) {
  const std::vector<LabelStretch> all = asPersonsSay(joined(std::move(stretches), bridge));
  if (all.empty()) return {};
  switch (assertion.kind) {
    case Kind::NeverLonger:
      return tooLong(assertion, all, words);
    case Kind::NeverBoth:
      return together(assertion, all, words);
    case Kind::Before:
      return withoutBefore(assertion, all, words);
  }
  return {};
}

Sentence sentenceOf(const Assertion& assertion, const RuleWords& words) {
  const Piece label = labelSlot(assertion.label, words);
  const Piece other = labelSlot(assertion.other, words);
  switch (assertion.kind) {
    case Kind::NeverLonger:
      return {label, {.text = " never lasts more than "}, timeSlot(assertion.time), {.text = "."}};
    case Kind::NeverBoth:
      return {label, {.text = " and "}, other, {.text = " are never at once."}};
    case Kind::Before:
      return {label,
              {.text = " always comes before "},
              other,
              {.text = ", by at most "},
              timeSlot(assertion.time),
              {.text = "."}};
  }
  return {};
}

Read<Assertion> readAssertion(std::string_view text, const RuleWords& words) {
  SentenceReader reader(text);
  Assertion assertion;
  assertion.label = readLabel(reader, words, {"never", "always", "and"}).value_or(0);
  if (reader.take("never lasts more than")) {
    assertion.kind = Kind::NeverLonger;
    assertion.time = readTime(reader);
  } else if (reader.take("and")) {
    assertion.kind = Kind::NeverBoth;
    assertion.time = base::Duration{0};
    assertion.other = readLabel(reader, words, {"are", "never"}).value_or(0);
    reader.take("are");
    reader.expect("never at once", "\"are never at once\"");
  } else if (reader.take("always comes before") || reader.take("always before")) {
    assertion.kind = Kind::Before;
    assertion.other = readLabel(reader, words, {",", "by"}).value_or(0);
    reader.take(",");
    if (reader.expect("by at most", "\"by at most\" and a time")) assertion.time = readTime(reader);
  } else {
    reader.misread("never lasts more than, and … never at once, or always comes before", {});
  }
  reader.finish();
  Read<Assertion> read{.notUnderstood = reader.notUnderstood(), .missing = reader.missingParts()};
  const bool twice = assertion.kind != Kind::NeverLonger && assertion.label == assertion.other;
  if (reader.allUnderstood() && twice) {
    read.missing.push_back("two different labels");
  } else if (reader.allUnderstood()) {
    read.value = assertion;
  }
  return read;
}

std::optional<Assertion> exampleAssertion(const RuleWords& words) {
  for (const learners::Label& label : words.labels) {
    if (!label.background) return Assertion{.label = label.id};
  }
  return std::nullopt;
}

}  // namespace app
