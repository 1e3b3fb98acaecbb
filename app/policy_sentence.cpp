// Policies as sentences and back.

#include <algorithm>

#include "app/policy.h"

namespace app {

namespace {

using Kind = PolicyClause::Kind;
using Compare = PolicyClause::Compare;
using Slot = Piece::Slot;

const std::vector<std::string> kPreferences = {"the least busy",  "the fastest answer",
                                               "the most cores",  "the fewest cores",
                                               "the most memory", "the least memory"};
const std::vector<std::string> kOtherwise = {"do not run and tell me", "wait",
                                             "use the best there is"};
const std::vector<std::string> kCompares = {"at most", "at least", "exactly"};
constexpr double kLargest = 1e6;

/// What stands before and behind the number of a measured condition.
std::pair<std::string, std::string> around(const PolicyClause& clause) {
  const std::string& compare = kCompares[static_cast<std::size_t>(clause.compare)];
  switch (clause.kind) {
    case Kind::AnswersMs:
      return {clause.compare == Compare::AtMost ? "answers within" : "answers in " + compare,
              " ms"};
    case Kind::Cores:
      return {"has " + compare, " cores"};
    case Kind::MemoryGb:
      return {"has " + compare, " GB of memory"};
    default:
      return {"is busy " + compare, " %"};
  }
}

bool isMeasured(Kind kind) { return kind >= Kind::AnswersMs; }
bool isComposite(Kind kind) { return kind == Kind::And || kind == Kind::Or; }

std::string plainWords(const PolicyClause& clause) {
  switch (clause.kind) {
    case Kind::HasGpu:
      return "has a GPU";
    case Kind::InHouse:
      return "is in this house";
    case Kind::IsDevice:
      return "is " + clause.device;
    default:
      return "is anywhere";
  }
}

std::vector<std::string> simpleChoices(const std::vector<std::string>& devices) {
  std::vector<std::string> choices = {
      "is anywhere",          "is in this house",           "has a GPU",
      "answers within 40 ms", "has at least 4 cores",       "has at least 4 GB of memory",
      "is busy at most 50 %", "not has a GPU"};
  for (const std::string& device : devices) choices.push_back("is " + device);
  return choices;
}

void addClause(Sentence& s, const PolicyClause& clause, const std::vector<std::string>& devices) {
  const std::size_t head = s.size();
  if (clause.kind == Kind::Not || isComposite(clause.kind)) {
    const auto part = [&](const PolicyClause& inner) {
      const bool brackets = isComposite(inner.kind);
      if (brackets) s.push_back({.text = "("});
      addClause(s, inner, devices);
      if (brackets) s.push_back({.text = ")"});
    };
    if (clause.kind == Kind::Not) {
      s.push_back({.text = "not "});
      part(clause.parts.at(0));
      return;
    }
    for (std::size_t i = 0; i < clause.parts.size(); ++i) {
      const std::size_t joint = s.size();
      if (i > 0) {
        s.push_back({.text = clause.kind == Kind::And ? " and " : " or ",
                     .slot = Slot::Extra,
                     .choices = {""},
                     .hint = "this condition"});
      }
      part(clause.parts[i]);
      if (i > 0) s[joint].covers = s.size() - joint;
    }
    return;
  }
  const bool measured = isMeasured(clause.kind);
  s.push_back({.text = measured ? around(clause).first : plainWords(clause),
               .slot = Slot::Choice,
               .choices = simpleChoices(devices),
               .hint = "which condition"});
  if (measured) {
    s.push_back({.text = " "});
    s.push_back({.text = numberWords(clause.value), .slot = Slot::Number, .hint = "the limit"});
    s.push_back({.text = around(clause).second});
  }
  s[head].covers = s.size() - head;
}

int depthOf(const PolicyClause& clause) {
  int deepest = 0;
  for (const PolicyClause& part : clause.parts) deepest = std::max(deepest, depthOf(part));
  return clause.parts.empty() ? 0 : deepest + 1;
}

/// Recursive descent: or < and < not < one condition. Bracketing is bounded.
class ClauseReader {
 public:
  ClauseReader(SentenceReader& reader, const std::vector<std::string>& devices)
      : reader_(reader), devices_(devices) {}

  PolicyClause any(int depth) {
    return joined(Kind::Or, "or", depth, [&] {
      return joined(Kind::And, "and", depth, [&] { return one(depth); });
    });
  }

 private:
  template <class Part>
  PolicyClause joined(Kind kind, const char* word, int, const Part& part) {
    PolicyClause first = part();
    if (!reader_.take(word)) return first;
    PolicyClause all{.kind = kind};
    all.parts.push_back(std::move(first));
    do {
      all.parts.push_back(part());
    } while (reader_.take(word));
    return all;
  }

  PolicyClause one(int depth) {
    if (depth > 2 * PolicyClause::kDeepest) {
      reader_.misread("fewer brackets", {",", ";"});
      return {};
    }
    if (reader_.take("not")) {
      PolicyClause none{.kind = Kind::Not};
      none.parts.push_back(one(depth + 1));
      return none;
    }
    if (reader_.take("(")) {
      PolicyClause inner = any(depth + 1);
      reader_.expect(")", "a closing bracket");
      return inner;
    }
    return simple();
  }

  PolicyClause simple() {
    if (reader_.take("is anywhere")) return {};
    if (reader_.take("is in this house")) return {.kind = Kind::InHouse};
    if (reader_.take("has a GPU")) return {.kind = Kind::HasGpu};
    if (reader_.take("is busy")) return measured(Kind::LoadPercent);
    if (reader_.take("answers within")) return number({.kind = Kind::AnswersMs});
    if (reader_.take("answers in")) return measured(Kind::AnswersMs);
    if (reader_.take("has")) return measured(Kind::Cores);
    if (reader_.take("is")) {
      if (const auto at = reader_.oneOf(devices_)) {
        return {.kind = Kind::IsDevice, .device = devices_[*at]};
      }
    }
    reader_.misread("a condition, such as \"is in this house\"", kStops);
    return {};
  }

  PolicyClause measured(Kind kind) {
    const auto compare = reader_.oneOf(kCompares);
    if (!compare) {
      reader_.misread("at most, at least or exactly", kStops);
      return {};
    }
    return number({.kind = kind, .compare = static_cast<Compare>(*compare)});
  }

  PolicyClause number(PolicyClause clause) {
    const auto value = reader_.number();
    if (!value || *value < 0 || *value > kLargest) {
      reader_.misread("a number", kStops);
      return {};
    }
    clause.value = *value;
    if (clause.kind == Kind::Cores && reader_.take("GB of memory")) {
      clause.kind = Kind::MemoryGb;
    } else {
      const std::string unit = clause.kind == Kind::AnswersMs ? "ms"
                               : clause.kind == Kind::Cores   ? "cores"
                                                              : "%";
      if (!reader_.take(unit)) reader_.misread("\"" + unit + "\"", kStops);
    }
    return clause;
  }

  inline static const std::vector<std::string> kStops = {"and", "or", ")", ",", ";"};
  SentenceReader& reader_;
  const std::vector<std::string>& devices_;
};

}  // namespace

std::string clauseText(const PolicyClause& clause) {
  Sentence s;
  addClause(s, clause, {});
  return plainText(s);
}

Sentence sentenceOf(const Policy& policy, const std::vector<std::string>& devices) {
  Sentence s;
  s.push_back({.text = "Run on a device that "});
  addClause(s, policy.where, devices);
  Piece more{.slot = Slot::Extra, .hint = "another condition"};
  for (const std::string& choice : simpleChoices(devices)) {
    if (choice != "is anywhere") more.choices.push_back(" and " + choice);
  }
  if (depthOf(policy.where) < PolicyClause::kDeepest) s.push_back(std::move(more));
  s.push_back({.text = ", prefer "});
  s.push_back({.text = kPreferences[static_cast<std::size_t>(policy.prefer)],
               .slot = Slot::Choice,
               .choices = kPreferences,
               .hint = "whom to prefer"});
  s.push_back({.text = "; if none fits, "});
  s.push_back({.text = kOtherwise[static_cast<std::size_t>(policy.otherwise)],
               .slot = Slot::Choice,
               .choices = kOtherwise,
               .hint = "what to do if none fits"});
  s.push_back({.text = "."});
  return s;
}

Read<Policy> readPolicy(std::string_view text, const std::vector<std::string>& devices) {
  SentenceReader reader(text);
  Policy policy;
  reader.expect("run on a device that", "\"Run on a device that\" and a condition");
  policy.where = ClauseReader(reader, devices).any(0);
  reader.take(",");
  if (reader.expect("prefer", "whom to prefer")) {
    if (const auto prefer = reader.oneOf(kPreferences)) {
      policy.prefer = static_cast<Policy::Prefer>(*prefer);
    } else {
      reader.misread("whom to prefer, such as the least busy", {";", "if"});
    }
  }
  reader.take(";");
  if (reader.expect("if none fits", "what to do if none fits")) {
    reader.take(",");
    if (const auto otherwise = reader.oneOf(kOtherwise)) {
      policy.otherwise = static_cast<Policy::Otherwise>(*otherwise);
    } else {
      reader.misread("do not run and tell me, wait, or use the best there is", {"."});
    }
  }
  reader.finish();
  if (depthOf(policy.where) > PolicyClause::kDeepest) {
    reader.missing("fewer levels of and, or, not: three at most");
  }
  Read<Policy> read{.notUnderstood = reader.notUnderstood(), .missing = reader.missingParts()};
  if (reader.allUnderstood()) read.value = std::move(policy);
  return read;
}

}  // namespace app
