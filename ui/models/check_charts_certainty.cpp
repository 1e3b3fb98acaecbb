// The charts of a check about certainty: whether it is kept to, and what a limit costs.

#include <algorithm>
#include <cmath>
#include <map>

#include "ui/models/check_charts.h"
#include "ui/models/check_charts_parts.h"

namespace ui::check {
namespace {

constexpr double kAxisFrom = 0.4;  ///< below, no answer of a few labels lies
/// From so much nothing on it can be said how often a day would ring.
constexpr base::Duration kTellsOfADay = std::chrono::minutes(10);

/// [labels]: from which certainty on answers that say them are given.
std::vector<double> limitsTried(const CheckReport& report, const LimitShown& limit) {
  std::vector<double> limits;
  for (int i = 0; i < static_cast<int>(report.labels.size()); ++i) {
    const auto at = static_cast<std::size_t>(i);
    const bool moved = limit.tried && (limit.label < 0 || limit.label == i);
    const bool never = !limit.own.contains(report.labels[at].id) && at < report.limits.size() &&
                       report.limits[at] > 1;
    limits.push_back(moved   ? *limit.tried
                     : never ? static_cast<double>(report.limits[at])
                             : limitOf(report, i, limit.own));
  }
  return limits;
}

double limitFor(const std::vector<double>& limits, const LimitShown& limit,
                const CheckedWindow& window) {
  const auto said = static_cast<std::size_t>(window.said);
  if (window.said >= 0 && said < limits.size()) return limits[said];
  return limit.tried && limit.label < 0 ? *limit.tried : words::kLimit;
}

/// As app::applyLimits() has it.
bool isGiven(const CheckedWindow& window, double limit) {
  return window.byGate || window.certainty >= static_cast<float>(limit);
}

bool concerns(const LimitShown& limit, const CheckedWindow& window) {
  return window.said != CheckedWindow::kNoData && (limit.label < 0 || window.said == limit.label);
}

/// "60 %", or "55–80 %" where all labels are meant and theirs differ.
QString inForce(const CheckReport& report, const LimitShown& limit) {
  if (limit.label >= 0 || report.labels.empty()) {
    return percent(limitOf(report, limit.label, limit.own));
  }
  double low = 1;
  double high = 0;
  for (int i = 0; i < static_cast<int>(report.labels.size()); ++i) {
    low = std::min(low, limitOf(report, i, limit.own));
    high = std::max(high, limitOf(report, i, limit.own));
  }
  return points(low) == points(high) ? percent(low)
                                     : QStringLiteral("%1–%2").arg(points(low), percent(high));
}

double axisFrom(const CheckReport& report, const LimitShown& limit) {
  const double least =
      std::min({kAxisFrom, limitOf(report, limit.label, limit.own), limit.tried.value_or(1)});
  return std::floor(10 * least + 1e-9) / 10;
}

double shareOf(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// "3 false alarms in 2 h of nothing"; with what a day would bring where there is enough of it.
/// Empty where nothing was never shown. Events that come by chance: Byar's bounds of their number.
QString alarmsOf(const LimitMeaning& meaning) {
  if (meaning.quiet <= base::Duration{0}) return {};
  const QString quiet = words::duration(meaning.quiet);
  const QString text =
      meaning.alarms == 1
          ? tr("1 false alarm in %1 of nothing").arg(quiet)
          : tr("%2 false alarms in %1 of nothing").arg(quiet, QString::number(meaning.alarms));
  if (meaning.quiet < kTellsOfADay) return text;
  const auto bound = [](double n, double z) {
    const double root = 1 - 1 / (9 * n) + z / (3 * std::sqrt(n));
    return n * root * root * root;
  };
  const auto n = static_cast<double>(meaning.alarms);
  const double days = base::toSeconds(meaning.quiet) / 86'400;
  const double low = meaning.alarms == 0 ? 0 : bound(n, -learners::kZ95) / days;
  const double high = bound(n + 1, learners::kZ95) / days;
  return tr("%1: %2 a day (%3 to %4)")
      .arg(text, words::number(n / days), words::number(low), words::number(high));
}

/// The mark in both charts. `whose`: says which label it belongs to.
LinesValue::Limit limitMark(const CheckReport& report, const LimitShown& limit, bool whose) {
  const double before = limitOf(report, limit.label, limit.own);
  const LimitMeaning meaning = meaningOf(report, limit);
  const QString name = limit.label < 0 ? tr("all labels") : nameOf(report, limit.label);
  const QString at = limit.tried ? percent(*limit.tried) : inForce(report, limit);
  LinesValue::Limit mark{.x = limit.tried.value_or(before),
                         .low = axisFrom(report, limit),
                         .high = 1,
                         .text = whose && limit.label >= 0 ? tr("limit of %1: %2").arg(name, at)
                                                           : tr("limit %1").arg(at)};
  const QString then = tr("%1 given, %2 right")
                           .arg(percent(shareOf(meaning.given, meaning.answers)),
                                percent(shareOf(meaning.right, meaning.given)));
  const QString alarms = alarmsOf(meaning);
  const QString means = alarms.isEmpty() ? then : then + QStringLiteral(", ") + alarms;
  if (limit.tried) {
    mark.was = before;
    mark.spoken = tr("%1: %2; instead of %3. Enter keeps it, Esc does not. Limit of %4.")
                      .arg(at, means, inForce(report, limit), name);
  } else {
    mark.spoken = tr("Limit of %1, %2: %3. ← → move it.").arg(name, at, means);
  }
  return mark;
}

}  // namespace

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

std::vector<LimitRow> limitRows(const CheckReport& report, const app::OwnLimits& own) {
  std::vector<LimitRow> rows = {{.label = app::kEveryLabel, .limit = limitOf(report, -1, own)}};
  for (int i = 0; i < static_cast<int>(report.labels.size()); ++i) {
    const learners::LabelId id = report.labels[static_cast<std::size_t>(i)].id;
    rows.push_back({.label = id, .limit = limitOf(report, i, own), .own = own.contains(id)});
    rows.front().own |= rows.back().own;
    rows.front().even = rows.front().even && rows.back().own == rows[1].own &&
                        std::abs(rows.back().limit - rows[1].limit) < 1e-6;
  }
  return rows;
}

LimitMeaning meaningOf(const CheckReport& report, const LimitShown& limit) {
  const std::vector<double> limits = limitsTried(report, limit);
  LimitMeaning meaning;
  std::map<std::int64_t, base::TimeSpan> quiet;
  std::int64_t ringing = -1;
  for (const CheckedWindow& w : report.windows) {
    const bool given = isGiven(w, limitFor(limits, limit, w));
    if (concerns(limit, w)) {
      ++meaning.answers;
      meaning.given += given ? 1 : 0;
      meaning.right += given && w.right() ? 1 : 0;
    }
    if (w.label != report.background || report.background < 0) continue;
    const auto [found, added] = quiet.try_emplace(w.unit, w.span);
    if (!added) found->second.end = w.span.end;
    const bool alarm = given && w.said >= 0 && !w.right() && concerns(limit, w);
    meaning.alarms += alarm && ringing != w.unit ? 1 : 0;
    ringing = alarm ? w.unit : -1;
  }
  for (const auto& [unit, span] : quiet) meaning.quiet += span.length();
  return meaning;
}

LinesValue reliability(const CheckReport& report, const LimitShown& limit) {
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
  value.limit = limitMark(report, limit, true);
  value.left = value.limit->low = std::min(lowest, value.limit->low);
  value.diagonal = true;
  value.percentAcross = true;
  return value;
}

LinesValue coverage(const CheckReport& report, const LimitShown& limit) {
  std::vector<const CheckedWindow*> rows;
  for (const CheckedWindow& w : report.windows) {
    if (concerns(limit, w)) rows.push_back(&w);
  }
  LinesValue value;
  value.words = {.note = source(report),
                 .across = tr("limit of certainty"),
                 .up = tr("share of answers")};
  value.limit = limitMark(report, limit, false);
  value.left = value.limit->low;
  value.percentAcross = true;
  LinesValue::Series given{.name = tr("given"), .points = {}};
  LinesValue::Series right{.name = tr("of those, right"), .colour = 3, .points = {}};
  constexpr int kSteps = 20;
  for (int i = 0; i <= kSteps; ++i) {
    const double at = value.left + (1 - value.left) * i / kSteps;
    std::size_t n = 0;
    std::size_t good = 0;
    ExampleIds wrong;
    for (const CheckedWindow* row : rows) {
      if (!isGiven(*row, at)) continue;
      ++n;
      good += row->right() ? 1 : 0;
      if (!row->right() && std::find(wrong.begin(), wrong.end(), row->unit) == wrong.end()) {
        wrong.push_back(row->unit);
      }
    }
    const double share = shareOf(n, rows.size());
    given.points.push_back(
        {.x = at,
         .y = share,
         .text =
             tr("at %1, %2 of answers are given (n %3)").arg(percent(at), percent(share)).arg(n),
         .examples = wrong});
    if (n == 0) continue;
    right.points.push_back({.x = at,
                            .y = shareOf(good, n),
                            .text = tr("at %1, %2 of the answers given are right")
                                        .arg(percent(at), percent(shareOf(good, n))),
                            .examples = wrong});
  }
  value.series = {std::move(given), std::move(right)};
  const LimitMeaning meaning = meaningOf(report, limit);
  if (const QString alarms = alarmsOf(meaning); !alarms.isEmpty()) {
    value.words.note = alarms + QStringLiteral("; ") + value.words.note;
  }
  value.words.title = tr("At %1, %2 of answers are given and %3 of those are right")
                          .arg(limit.tried ? percent(*limit.tried) : inForce(report, limit),
                               percent(shareOf(meaning.given, meaning.answers)),
                               percent(shareOf(meaning.right, meaning.given)));
  return value;
}

}  // namespace ui::check
