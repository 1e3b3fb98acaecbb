// The charts of a check about certainty: whether it is kept to, and what a limit costs.

#include <algorithm>
#include <cmath>
#include <map>

#include "ui/models/check_charts.h"
#include "ui/models/check_charts_parts.h"

namespace ui::check {

LinesValue reliability(const CheckReport& report, double limit) {
  LinesValue value;
  value.words = {.note = tr("off by %1 points on average; ").arg(points(report.calibrationError)) +
                         source(report),
                 .across = tr("certainty it claimed"),
                 .up = tr("share that was right")};
  LinesValue::Series columns{.kind = LinesValue::Series::Kind::Columns};
  double lowest = 1;
  const learners::ReliabilityBin* told = nullptr;
  for (const learners::ReliabilityBin& bin : report.reliability) {
    lowest = std::min(lowest, bin.low);
    columns.points.push_back(
        {.x = (bin.low + bin.high) / 2,
         .y = bin.accuracy.value,
         .interval = std::pair(bin.accuracy.low, bin.accuracy.high),
         .text = tr("of answers shown as %1, %2 were right (n %3)")
                     .arg(percent(bin.certainty), percent(bin.accuracy.value))
                     .arg(bin.accuracy.n),
         .examples = examplesWhere(report, [&](const CheckedWindow& w) {
           return !w.right() && static_cast<double>(w.certainty) > bin.low &&
                  static_cast<double>(w.certainty) <= bin.high;
         })});
    // The most frequent answers that claim something less than everything.
    if (bin.certainty < 0.95 && (!told || bin.accuracy.n > told->accuracy.n)) told = &bin;
  }
  if (!told && !report.reliability.empty()) told = &report.reliability.back();
  if (told) {
    value.words.title = tr("Of answers shown as %1, %2 were right")
                            .arg(percent(told->certainty), percent(told->accuracy.value));
  }
  value.series = {std::move(columns)};
  value.left = std::min(lowest, 0.4);
  value.diagonal = true;
  value.percentAcross = true;
  value.limit = LinesValue::Limit{.x = limit, .low = value.left, .high = 1,
                                  .text = tr("limit %1").arg(percent(limit))};
  return value;
}

double limitOf(const CheckReport& report, int label, const app::OwnLimits& own) {
  if (label < 0) {
    double sum = 0;
    const auto n = static_cast<int>(report.labels.size());
    for (int i = 0; i < n; ++i) sum += limitOf(report, i, own);
    return n > 0 ? sum / n : words::kLimit;
  }
  const auto at = static_cast<std::size_t>(label);
  if (at < report.labels.size()) {
    const auto found = own.find(report.labels[at].id);
    if (found != own.end()) return static_cast<double>(found->second);
  }
  if (at >= report.limits.size()) return words::kLimit;
  return std::clamp(static_cast<double>(report.limits[at]), words::kLimit, 1.0);
}

LinesValue coverage(const CheckReport& report, int label, double limit) {
  struct Row {
    double certainty;
    bool right;
    std::int64_t unit;
  };
  std::vector<Row> rows;
  for (const CheckedWindow& w : report.windows) {
    if (w.said == CheckedWindow::kNoData || (label >= 0 && w.said != label)) continue;
    rows.push_back({static_cast<double>(w.certainty), w.right(), w.unit});
  }
  LinesValue value;
  value.words = {.note = source(report),
                 .across = tr("limit of certainty"),
                 .up = tr("share of answers")};
  LinesValue::Series given{.name = tr("given"), .points = {}};
  given.colour = -1;
  LinesValue::Series right{.name = tr("of those, right"), .points = {}};
  right.colour = 3;
  double givenAt = 0;
  double rightAt = 0;
  constexpr int kSteps = 20;
  for (int i = 0; i <= kSteps; ++i) {
    const double at = 0.4 + 0.6 * i / kSteps;
    double n = 0;
    double good = 0;
    ExampleIds wrong;
    for (const Row& row : rows) {
      if (row.certainty < at) continue;
      ++n;
      good += row.right ? 1 : 0;
      if (!row.right && std::find(wrong.begin(), wrong.end(), row.unit) == wrong.end()) {
        wrong.push_back(row.unit);
      }
    }
    const double share = rows.empty() ? 0 : n / static_cast<double>(rows.size());
    given.points.push_back({.x = at,
                            .y = share,
                            .text = tr("at %1, %2 of answers are given (n %3)")
                                        .arg(percent(at), percent(share))
                                        .arg(static_cast<int>(n)),
                            .examples = wrong});
    if (n > 0) {
      right.points.push_back({.x = at,
                              .y = good / n,
                              .text = tr("at %1, %2 of the answers given are right")
                                          .arg(percent(at), percent(good / n)),
                              .examples = wrong});
    }
  }
  double n = 0;
  double good = 0;
  for (const Row& row : rows) {
    if (row.certainty < limit) continue;
    ++n;
    good += row.right ? 1 : 0;
  }
  givenAt = rows.empty() ? 0 : n / static_cast<double>(rows.size());
  rightAt = n > 0 ? good / n : 0;
  // False alarms: runs of windows in which nothing happened and something was said.
  std::map<std::int64_t, std::pair<base::Time, base::Time>> quiet;
  int alarms = 0;
  std::int64_t ringing = -1;
  for (const CheckedWindow& w : report.windows) {
    if (w.label != report.background || report.background < 0) continue;
    auto [found, added] = quiet.try_emplace(w.unit, w.span.begin, w.span.end);
    if (!added) found->second.second = w.span.end;
    const bool alarm = w.said >= 0 && w.said != w.label && (label < 0 || w.said == label) &&
                       static_cast<double>(w.certainty) >= limit;
    if (alarm && ringing != w.unit) ++alarms;
    ringing = alarm ? w.unit : -1;
  }
  double hours = 0;
  for (const auto& [unit, span] : quiet) hours += base::toSeconds(span.second - span.first) / 3600;
  if (hours > 0) {
    value.words.note =
        (alarms == 1 ? tr("1 false alarm in %1 of nothing; ")
                     : tr("%2 false alarms in %1 of nothing; ").arg(QStringLiteral("%1")).arg(alarms))
            .arg(words::duration(base::fromSeconds(3600 * hours))) +
        value.words.note;
  }
  value.words.title = tr("At %1, %2 of answers are given and %3 of those are right")
                          .arg(percent(limit), percent(givenAt), percent(rightAt));
  value.series = {std::move(given), std::move(right)};
  value.left = 0.4;
  value.percentAcross = true;
  value.limit = LinesValue::Limit{.x = limit, .low = 0.4, .high = 1,
                                  .text = tr("limit %1").arg(percent(limit))};
  return value;
}

}  // namespace ui::check
