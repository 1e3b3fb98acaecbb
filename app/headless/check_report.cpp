// The reports of single checks.
#include <algorithm>
#include <cmath>

#include "app/headless/printed.h"
#include "app/headless/score_report.h"

namespace app {
namespace {

using nlohmann::json;

constexpr std::size_t kMostPrinted = 10;
constexpr std::size_t kMostKept = 100;

json toJson(const learners::Forecast& forecast, const std::string& label) {
  return {{"label", label},        {"now", forecast.now},
          {"more", forecast.more}, {"accuracy", forecast.accuracy},
          {"gain", forecast.gain}, {"low", forecast.low},
          {"high", forecast.high}};
}

void addForecast(std::string& text, const learners::Forecast& forecast, const std::string& label) {
  add(text, "  %.0f more %-24.60s %+5.1f points (%+.1f to %+.1f), of %.0f now\n", forecast.more,
      label.c_str(), 100 * forecast.gain, 100 * forecast.low, 100 * forecast.high, forecast.now);
}

/// Labels that were not tested are left out.
json recallByName(const learners::CurvePoint& point, const std::vector<learners::Label>& labels) {
  json made = json::object();
  for (std::size_t i = 0; i < std::min(point.recall.size(), labels.size()); ++i) {
    if (!std::isnan(point.recall[i])) made[labels[i].name] = point.recall[i];
  }
  return made;
}

}  // namespace

Report toReport(const learners::LeakReport& leaks, const ExampleNames& names) {
  Report report;
  json pairs = json::array();
  for (const learners::LeakPair& pair : leaks.pairs) {
    if (pairs.size() == kMostKept) break;
    pairs.push_back({{"a", names.toJson(pair.unitA)},
                     {"b", names.toJson(pair.unitB)},
                     {"copies", pair.copies},
                     {"rows", pair.rows},
                     {"distance", pair.distance}});
  }
  report.json["leaks"] = {{"honest_accuracy", leaks.honest.value},
                          {"honest_interval", toJson(leaks.honest)},
                          {"random_accuracy", leaks.random.value},
                          {"accuracy_without_copies", leaks.withoutCopies.value},
                          {"near_duplicates", leaks.nearDuplicates},
                          {"compared_rows", leaks.comparedRows},
                          {"pairs", std::move(pairs)}};
  add(report.text,
      "nearest neighbours, recordings kept whole: %.1f %% right (95 %% between %.1f and %.1f %%)\n"
      "nearest neighbours, rows split at random:  %.1f %% right: %.1f points too good\n",
      100 * leaks.honest.value, 100 * leaks.honest.low, 100 * leaks.honest.high,
      100 * leaks.random.value, 100 * leaks.flattery());
  if (leaks.pairs.empty()) {
    add(report.text, "no copies across the split among %zu rows\n", leaks.comparedRows);
    return report;
  }
  add(report.text,
      "%zu of %zu rows have a copy on the other side of the split; without them %.1f %% right\n",
      leaks.nearDuplicates, leaks.comparedRows, 100 * leaks.withoutCopies.value);
  for (std::size_t i = 0; i < std::min(leaks.pairs.size(), kMostPrinted); ++i) {
    const learners::LeakPair& pair = leaks.pairs[i];
    add(report.text, "  %.150s and %.150s: %zu of %zu rows\n", names.example(pair.unitA).c_str(),
        names.example(pair.unitB).c_str(), pair.copies, pair.rows);
  }
  if (leaks.pairs.size() > kMostPrinted) {
    add(report.text, "  and %zu more pairs\n", leaks.pairs.size() - kMostPrinted);
  }
  return report;
}

Report toReport(const learners::LearningCurve& curve, const std::vector<learners::Label>& labels) {
  Report report;
  json points = json::array();
  report.text = "examples of each label   mean recall   95 % of trials between\n";
  for (const learners::CurvePoint& point : curve.points) {
    points.push_back({{"examples", point.demonstrations},
                      {"accuracy", point.accuracy},
                      {"low", point.low},
                      {"high", point.high},
                      {"recall", recallByName(point, labels)}});
    add(report.text, "  %21.1f %11.1f %%   %5.1f and %5.1f %%\n", point.demonstrations,
        100 * point.accuracy, 100 * point.low, 100 * point.high);
  }
  add(report.text, "what more would bring (95 %% of cases between):\n");
  addForecast(report.text, curve.all, "of each label");
  json forecasts = json::array();
  for (const learners::Forecast& forecast : curve.labels) {
    forecasts.push_back(toJson(forecast, labels[forecast.label].name));
    addForecast(report.text, forecast, labels[forecast.label].name);
  }
  report.json["learning_curve"] = {
      {"points", std::move(points)},
      {"law", {{"a", curve.law.a}, {"b", curve.law.b}, {"c", curve.law.c}}},
      {"all", toJson(curve.all, "")},
      {"labels", std::move(forecasts)}};
  return report;
}

Report toReport(const std::vector<learners::SuspiciousUnit>& list,
                const std::vector<learners::Label>& labels, const ExampleNames& names) {
  Report report;
  report.json["checked_examples"] = list.size();
  report.json["suspicious"] = json::array();
  add(report.text, "examples to look at again, of %zu:\n", list.size());
  for (std::size_t i = 0; i < std::min(list.size(), kMostKept); ++i) {
    const learners::SuspiciousUnit& one = list[i];
    json entry = names.toJson(one.unit);
    entry["suggested"] = labels[one.suggested].name;
    entry["suspicion"] = one.suspicion;
    entry["self_confidence"] = one.selfConfidence;
    entry["margin"] = one.margin;
    entry["neighbours"] = one.neighbours;
    report.json["suspicious"].push_back(std::move(entry));
    if (i >= kMostPrinted) continue;
    add(report.text, "  %.2f %.150s: held out it was %s (%.0f %% for its label)\n", one.suspicion,
        names.example(one.unit).c_str(),
        one.suggested == one.label ? "recognised" : labels[one.suggested].name.c_str(),
        100 * one.selfConfidence);
  }
  return report;
}

json toJson(const learners::PairedComparison& comparison) {
  return {{"examples", comparison.units},
          {"accuracy_a", comparison.accuracyA},
          {"accuracy_b", comparison.accuracyB},
          {"difference", comparison.difference},
          {"low", comparison.low},
          {"high", comparison.high},
          {"only_a", comparison.onlyA},
          {"only_b", comparison.onlyB},
          {"chance", comparison.chance},
          {"differ", comparison.differ()}};
}

Report toReport(const std::vector<learners::PersonalScore>& scores, const ExampleNames& names) {
  Report report;
  report.json["personal"] = json::array();
  report.text = "group                    by others   and itself   difference (95 % between)\n";
  for (const learners::PersonalScore& score : scores) {
    const learners::PairedComparison& made = score.comparison;
    report.json["personal"].push_back(
        {{"group", names.group(score.group)}, {"comparison", toJson(made)}});
    add(report.text, "%-24.60s %7.1f %% %10.1f %%   %+5.1f (%+.1f to %+.1f)%s\n",
        names.group(score.group).c_str(), 100 * made.accuracyA, 100 * made.accuracyB,
        100 * made.difference, 100 * made.low, 100 * made.high,
        made.differ() ? "" : ", may be chance");
  }
  if (scores.empty()) {
    report.text = "no group has two examples of two labels, so none can be learnt from itself\n";
  }
  return report;
}

Report toReport(const learners::Preview& preview) {
  Report report;
  report.json["preview"] = {{"accuracy", preview.accuracy},
                            {"low", preview.low},
                            {"high", preview.high},
                            {"rows", preview.rows},
                            {"examples", preview.demonstrations}};
  add(report.text,
      "a look at %zu examples: %.1f %% right; the whole will be between %.1f and %.1f %%\n",
      preview.demonstrations, 100 * preview.accuracy, 100 * preview.low, 100 * preview.high);
  return report;
}

Report toReport(const std::vector<WindowScore>& scores) {
  Report report;
  report.json["window_lengths"] = json::array();
  report.text = "window     recognised (95 % between)\n";
  for (const WindowScore& score : scores) {
    if (!score.error.empty()) {
      report.json["window_lengths"].push_back({{"seconds", score.seconds}, {"error", score.error}});
      add(report.text, "%7.3g s  %s\n", score.seconds, score.error.c_str());
      continue;
    }
    const learners::Interval& made = score.accuracy;
    report.json["window_lengths"].push_back({{"seconds", score.seconds},
                                             {"accuracy", made.value},
                                             {"low", made.low},
                                             {"high", made.high},
                                             {"windows", made.n}});
    add(report.text, "%7.3g s  %5.1f %% (%.1f to %.1f) of %zu windows\n", score.seconds,
        100 * made.value, 100 * made.low, 100 * made.high, made.n);
  }
  report.text += "A long window sees more, and answers as much later.\n";
  return report;
}

}  // namespace app
