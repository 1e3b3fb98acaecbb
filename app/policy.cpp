#include "app/policy.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <tuple>

namespace app {

namespace {

using Kind = PolicyClause::Kind;
using Compare = PolicyClause::Compare;

constexpr double kFarAway = 1e6;  ///< distance of a condition that no number says

std::optional<double> factOf(Kind kind, const DeviceFacts& device) {
  switch (kind) {
    case Kind::AnswersMs:
      return device.answerMs;
    case Kind::Cores:
      return device.cores;
    case Kind::MemoryGb:
      return device.memoryGb;
    case Kind::LoadPercent:
      return device.load ? std::optional(*device.load * 100) : std::nullopt;
    default:
      return std::nullopt;
  }
}

std::string factText(Kind kind, double value, const DeviceFacts& device) {
  const double rounded = std::round(value * 10) / 10;
  switch (kind) {
    case Kind::AnswersMs:
      return numberWords(rounded) + (device.answerIsWayOnly ? " ms for the way alone" : " ms");
    case Kind::Cores:
      return numberWords(rounded) + (rounded == 1 ? " core" : " cores");
    case Kind::MemoryGb:
      return numberWords(rounded) + " GB";
    default:
      return numberWords(std::round(value)) + " %";
  }
}

bool compares(Compare compare, double fact, double wanted) {
  switch (compare) {
    case Compare::AtMost:
      return fact <= wanted;
    case Compare::AtLeast:
      return fact >= wanted;
    case Compare::Exactly:
      return fact == wanted;
  }
  return false;
}

Verdict fails(std::string why, double distance) {
  return {.meets = false, .failed = std::move(why), .distance = distance};
}

/// A clause that is met or not, with its contrary.
Verdict judgeSimple(const PolicyClause& clause, const DeviceFacts& device, bool wanted) {
  const std::string text = (wanted ? "" : "not ") + clauseText(clause);
  const auto verdict = [&](std::optional<bool> fact) {
    if (!fact) return fails(text + ": it does not say", kFarAway);
    return *fact == wanted ? Verdict{.meets = true} : fails(text, kFarAway);
  };
  switch (clause.kind) {
    case Kind::Always:
      return verdict(true);
    case Kind::HasGpu:
      return verdict(device.gpu);
    case Kind::InHouse:
      return verdict(device.inHouse);
    case Kind::IsDevice:
      return verdict(device.name == clause.device);
    default:
      break;
  }
  const auto fact = factOf(clause.kind, device);
  if (!fact) return fails(text + ": not yet measured", kFarAway);
  if (compares(clause.compare, *fact, clause.value) == wanted) return {.meets = true};
  const double scale = std::max({std::abs(clause.value), std::abs(*fact), 1e-9});
  return fails(text + ": " + factText(clause.kind, *fact, device),
               std::max(std::abs(*fact - clause.value) / scale, 1e-9));
}

Verdict judged(const PolicyClause& clause, const DeviceFacts& device, bool wanted) {
  if (clause.kind == Kind::Not) return judged(clause.parts.at(0), device, !wanted);
  if (clause.kind != Kind::And && clause.kind != Kind::Or) {
    return judgeSimple(clause, device, wanted);
  }
  // De Morgan: not (a and b) is (not a) or (not b).
  const bool all = (clause.kind == Kind::And) == wanted;
  Verdict result{.meets = all};
  std::optional<Verdict> nearest;
  for (const PolicyClause& part : clause.parts) {
    const Verdict v = judged(part, device, wanted);
    if (all && !v.meets) {
      result.meets = false;
      if (result.failed.empty()) result.failed = v.failed;
      result.distance += v.distance;
    } else if (!all) {
      if (v.meets) return {.meets = true};
      if (!nearest || v.distance < nearest->distance) nearest = v;
    }
  }
  return !all && nearest ? *nearest : result;
}

struct Preference {
  double value = 0;  ///< smaller is better
  std::string reason;
};

Preference preferenceOf(Policy::Prefer prefer, const DeviceFacts& device) {
  constexpr double kUnknown = std::numeric_limits<double>::max();
  const auto of = [&](Kind kind, double sign, const char* what) -> Preference {
    const auto fact = factOf(kind, device);
    if (!fact) return {kUnknown, std::string(what) + " unknown"};
    return {sign * *fact, std::string(what) + " " + factText(kind, *fact, device)};
  };
  switch (prefer) {
    case Policy::Prefer::LeastBusy:
      return of(Kind::LoadPercent, 1, "load");
    case Policy::Prefer::FastestAnswer:
      return of(Kind::AnswersMs, 1, "answers in");
    case Policy::Prefer::MostCores:
      return of(Kind::Cores, -1, "has");
    case Policy::Prefer::FewestCores:
      return of(Kind::Cores, 1, "has");
    case Policy::Prefer::MostMemory:
      return of(Kind::MemoryGb, -1, "memory");
    case Policy::Prefer::LeastMemory:
      return of(Kind::MemoryGb, 1, "memory");
  }
  return {};
}

std::string nobodyFits(const std::vector<Ranked>& ranked) {
  if (ranked.empty()) return "No device is known.";
  const auto online =
      std::find_if(ranked.begin(), ranked.end(), [](const Ranked& r) { return r.device.online; });
  if (online == ranked.end()) return "No device is online.";
  return "No device can do this. " + online->device.name + " comes closest; it fails at \"" +
         online->verdict.failed + "\".";
}

}  // namespace

Verdict judge(const PolicyClause& clause, const DeviceFacts& device) {
  return judged(clause, device, true);
}

PolicyChoice choose(const Policy& policy, const std::vector<DeviceFacts>& devices) {
  PolicyChoice choice;
  for (const DeviceFacts& device : devices) {
    Ranked ranked{.device = device,
                  .verdict = judge(policy.where, device),
                  .reason = preferenceOf(policy.prefer, device).reason};
    if (!device.online) ranked.verdict = fails("is offline", 2 * kFarAway);
    choice.ranked.push_back(std::move(ranked));
  }
  std::sort(choice.ranked.begin(), choice.ranked.end(), [&](const Ranked& a, const Ranked& b) {
    const auto key = [&](const Ranked& r) {
      return std::make_tuple(!r.verdict.meets, r.verdict.meets ? 0.0 : r.verdict.distance,
                             preferenceOf(policy.prefer, r.device).value,
                             r.device.load.value_or(2), r.device.name);
    };
    return key(a) < key(b);
  });
  const auto pick = [&](const Ranked& r) {
    choice.device = r.device.id;
    choice.reason = r.device.name + ": " + r.reason;
  };
  if (!choice.ranked.empty() && choice.ranked.front().verdict.meets) {
    pick(choice.ranked.front());
    return choice;
  }
  choice.reason = nobodyFits(choice.ranked);
  const bool anyOnline = !choice.ranked.empty() && choice.ranked.front().device.online;
  if (policy.otherwise == Policy::Otherwise::BestEffort && anyOnline) {
    // Best effort: the most available resources, whatever the conditions were.
    const auto best = std::min_element(
        choice.ranked.begin(), choice.ranked.end(), [](const Ranked& a, const Ranked& b) {
          const auto key = [](const Ranked& r) {
            const double free = r.device.cores.value_or(0) * (1 - std::min(1.0, r.device.load.value_or(1)));
            return std::make_tuple(!r.device.online, -free, r.device.name);
          };
          return key(a) < key(b);
        });
    pick(*best);
    choice.bestEffort = true;
  }
  return choice;
}

namespace {

/// Alternatives of simple conditions, each negated or not: the clause without and, or, not around
/// or. At most 256; more are not looked into.
struct Literal {
  const PolicyClause* clause;
  bool wanted;
};
using Alternatives = std::vector<std::vector<Literal>>;

std::optional<Alternatives> alternativesOf(const PolicyClause& clause, bool wanted) {
  constexpr std::size_t kMost = 256;
  if (clause.kind == Kind::Not) return alternativesOf(clause.parts.at(0), !wanted);
  if (clause.kind != Kind::And && clause.kind != Kind::Or) {
    return Alternatives{{{&clause, wanted}}};
  }
  const bool all = (clause.kind == Kind::And) == wanted;
  Alternatives result;
  if (all) result.emplace_back();
  for (const PolicyClause& part : clause.parts) {
    const auto inner = alternativesOf(part, wanted);
    if (!inner) return std::nullopt;
    if (!all) {
      result.insert(result.end(), inner->begin(), inner->end());
    } else {
      Alternatives product;
      for (const auto& left : result) {
        for (const auto& right : *inner) {
          product.push_back(left);
          product.back().insert(product.back().end(), right.begin(), right.end());
        }
      }
      result = std::move(product);
    }
    if (result.size() > kMost) return std::nullopt;
  }
  return result;
}

std::string literalText(const Literal& literal) {
  return (literal.wanted ? "" : "not ") + clauseText(*literal.clause);
}

/// Do two conditions exclude each other, whatever the device?
bool exclude(const Literal& a, const Literal& b) {
  const PolicyClause& x = *a.clause;
  const PolicyClause& y = *b.clause;
  if (x == y) return a.wanted != b.wanted;
  if (x.kind != y.kind) return false;
  if (x.kind == Kind::IsDevice) return a.wanted && b.wanted;
  if (!a.wanted || !b.wanted) return false;
  const auto reach = [](const PolicyClause& c) {
    constexpr double kAll = std::numeric_limits<double>::max();
    return std::pair(c.compare == Compare::AtMost ? -kAll : c.value,
                     c.compare == Compare::AtLeast ? kAll : c.value);
  };
  const auto [lowX, highX] = reach(x);
  const auto [lowY, highY] = reach(y);
  return std::max(lowX, lowY) > std::min(highX, highY);
}

}  // namespace

std::optional<std::string> conflictOf(const PolicyClause& clause) {
  const auto alternatives = alternativesOf(clause, true);
  if (!alternatives) return std::nullopt;
  std::optional<std::string> first;
  for (const auto& literals : *alternatives) {
    std::optional<std::string> conflict;
    for (std::size_t i = 0; i < literals.size() && !conflict; ++i) {
      if (literals[i].clause->kind == Kind::Always && !literals[i].wanted) {
        conflict = "Nothing is no device at all.";
      }
      for (std::size_t k = i + 1; k < literals.size() && !conflict; ++k) {
        if (exclude(literals[i], literals[k])) {
          conflict = "No device can both be one that " + literalText(literals[i]) +
                     " and one that " + literalText(literals[k]) + ".";
        }
      }
    }
    if (!conflict) return std::nullopt;
    if (!first) first = conflict;
  }
  return first;
}

}  // namespace app
