#include "app/headless/score_report.h"

#include <algorithm>
#include <cmath>

#include "app/headless/printed.h"
#include "learners/coverage.h"
#include "learners/reliability.h"
#include "learners/subgroups.h"

namespace app {
namespace {

using learners::Answers;
using learners::Dataset;
using nlohmann::json;

constexpr std::size_t kMostKept = 100;

Report reportReliability(const Answers& answers) {
  Report report;
  report.json["reliability"] = json::array();
  report.text = "\n  says      is right   95 % between       rows\n";
  for (const learners::ReliabilityBin& bin : learners::reliability(answers)) {
    report.json["reliability"].push_back({{"low", bin.low},
                                          {"high", bin.high},
                                          {"certainty", bin.certainty},
                                          {"accuracy", toJson(bin.accuracy)},
                                          {"n", bin.accuracy.n}});
    add(report.text, "  %5.1f %%  %6.1f %%   %5.1f and %5.1f %%  %7zu\n", 100 * bin.certainty,
        100 * bin.accuracy.value, 100 * bin.accuracy.low, 100 * bin.accuracy.high, bin.accuracy.n);
  }
  return report;
}

Report reportCoverage(const Answers& answers) {
  Report report;
  report.json["coverage"] = json::array();
  const auto curve = learners::coverageCurve(answers.certainty, answers.right);
  for (const learners::CoveragePoint& point : curve) {
    report.json["coverage"].push_back({{"limit", point.limit},
                                       {"coverage", point.coverage},
                                       {"accuracy", point.accuracy},
                                       {"n", point.given}});
  }
  report.text = "\n";
  for (const double target : {0.9, 0.95, 0.99}) {
    const auto last = std::find_if(curve.rbegin(), curve.rend(),
                                   [&](const auto& point) { return point.accuracy >= target; });
    if (last == curve.rend()) {
      add(report.text, "right in %.0f %% of answers: at no certainty\n", 100 * target);
    } else {
      add(report.text, "right in %.0f %% of answers: %.1f %% of all, from certainty %.2f\n",
          100 * target, 100 * last->coverage, static_cast<double>(last->limit));
    }
  }
  return report;
}

Report reportGroups(const Answers& answers, const ExampleNames& names) {
  Report report;
  report.json["groups"] = json::array();
  const auto groups = learners::scoreGroups(answers);
  for (const learners::GroupScore& score : groups) {
    if (report.json["groups"].size() == kMostKept) break;
    report.json["groups"].push_back({{"group", names.group(score.group)},
                                     {"accuracy", toJson(score.accuracy)},
                                     {"others", score.others},
                                     {"weak", score.weak}});
    if (!score.weak) continue;
    add(report.text, "%s is served worse: %.1f %% right, others %.1f %%\n",
        names.group(score.group).c_str(), 100 * score.accuracy.value, 100 * score.others);
  }
  if (groups.size() > 1 && report.text.empty()) {
    const learners::GroupScore& worst = groups.front();
    add(report.text, "no group stands out; the worst of %zu is %s: %.1f %% of %zu rows\n",
        groups.size(), names.group(worst.group).c_str(), 100 * worst.accuracy.value,
        worst.accuracy.n);
  }
  return report;
}

Report reportHidden(const Answers& answers, const Dataset& data, const ExampleNames& names,
                    std::uint64_t seed) {
  Report report;
  report.json["hidden_groups"] = json::array();
  const auto& content = data.content();
  for (const learners::HiddenSubgroup& one : learners::hiddenSubgroups(data, answers, seed)) {
    const std::string& label = content.labels[one.label].name;
    json entry = {
        {"label", label},          {"accuracy", toJson(one.accuracy)}, {"others", one.others},
        {"rows", one.rows.size()}, {"features", json::array()},        {"examples", json::array()}};
    std::string said = "no label";
    if (one.saidInstead >= 0) {
      said = content.labels[one.saidInstead].name;
      entry["said_instead"] = said;
    }
    for (const std::size_t f : one.features) {
      entry["features"].push_back(content.layout.features[f].name);
    }
    for (const std::int64_t unit : one.units) {
      if (entry["examples"].size() == kMostKept) break;
      entry["examples"].push_back(names.toJson(unit));
    }
    add(report.text,
        "some %.60s is missed: %.1f %% of %zu rows right, the rest %.1f %%; taken for %.60s; "
        "differs in %.100s; such as %.150s\n",
        label.c_str(), 100 * one.accuracy.value, one.rows.size(), 100 * one.others, said.c_str(),
        content.layout.features[one.features.front()].name.c_str(),
        names.example(one.units.front()).c_str());
    report.json["hidden_groups"].push_back(std::move(entry));
  }
  return report;
}

}  // namespace

void print(const Report& report, const Arguments& arguments) {
  const std::string text =
      arguments.has("json") ? report.json.dump(1, ' ', false, json::error_handler_t::replace) + "\n"
                            : report.text;
  std::fputs(text.c_str(), stdout);
}

json toJson(const learners::Interval& interval) {
  return {{"value", interval.value},       {"low", interval.low},
          {"high", interval.high},         {"n", interval.n},
          {"examples", interval.clusters}, {"effective_n", interval.effectiveN}};
}

Report explainScore(const Answers& answers, const Dataset& data, const ExampleNames& names,
                    std::uint64_t seed) {
  Report report;
  const learners::Interval accuracy = learners::accuracyInterval(answers);
  report.json["accuracy_interval"] = toJson(accuracy);
  add(report.text,
      "\n%.2f %% right; by chance of which %zu examples were asked about, 95 %% between %.1f and "
      "%.1f %%\n",
      100 * accuracy.value, accuracy.clusters, 100 * accuracy.low, 100 * accuracy.high);
  report.add(reportReliability(answers));
  report.add(reportCoverage(answers));
  report.add(reportGroups(answers, names));
  report.add(reportHidden(answers, data, names, seed));
  return report;
}

}  // namespace app
