#include "ui/models/check_charts.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "learners/interval.h"
#include "ui/words.h"

namespace ui::check {
namespace {

using app::CheckedWindow;
using words::percent;

QString tr(const char* text) { return QCoreApplication::translate("check", text); }
QString text(const std::string& name) { return QString::fromStdString(name); }

/// Examples of the windows that fit, each once, those with most such windows first.
template <class Fits>
ExampleIds examplesWhere(const CheckReport& report, const Fits& fits) {
  std::map<std::int64_t, int> counts;
  for (const CheckedWindow& window : report.windows) {
    if (fits(window)) ++counts[window.unit];
  }
  ExampleIds ids;
  for (const auto& [id, n] : counts) ids.push_back(id);
  std::stable_sort(ids.begin(), ids.end(), [&](auto a, auto b) { return counts[a] > counts[b]; });
  return ids;
}

template <class Fits>
learners::Interval shareWhere(const CheckReport& report, const Fits& fits) {
  std::vector<std::uint8_t> right;
  std::vector<std::int64_t> unit;
  for (const CheckedWindow& window : report.windows) {
    if (!fits(window)) continue;
    right.push_back(window.right() ? 1 : 0);
    unit.push_back(window.unit);
  }
  return learners::clusteredInterval(right, unit);
}

QString points(double share) { return QString::number(std::lround(100 * share)); }

}  // namespace

QString nameOf(const CheckReport& report, int label) {
  if (label == CheckedWindow::kNotKnown) return tr("not known");
  if (label == CheckedWindow::kNoData) return tr("no data");
  if (label == report.background) return tr("nothing");
  return text(report.labels[static_cast<std::size_t>(label)].name);
}

int colourOf(const CheckReport& report, int label) {
  if (label < 0 || label == report.background) return 0;
  return report.labels[static_cast<std::size_t>(label)].colour;
}

QString heading(const CheckReport& report) { return tr("How good is model %1?").arg(report.version); }

QString subheading(const CheckReport& report) {
  const QString kept = report.byRecording
                           ? tr("%1 windows of %2 recordings, none of them used for learning")
                           : tr("%1 windows of %2 recordings; too few recordings, so examples were "
                                "kept back one by one");
  return kept.arg(words::number(static_cast<double>(report.windows.size())),
                  words::number(static_cast<double>(report.recordings)));
}

QString source(const CheckReport& report) {
  return tr("computed from %1 examples in %2 recordings, not used for training")
      .arg(words::number(static_cast<double>(report.examples)),
           words::number(static_cast<double>(report.recordings)));
}

MatrixValue confusion(const CheckReport& report, const CheckReport* former) {
  const auto labels = static_cast<int>(report.labels.size());
  MatrixValue value;
  std::vector<int> order;  // the background last, as what is left when nothing else is said
  for (int i = 0; i < labels; ++i) {
    if (i != report.background) order.push_back(i);
  }
  if (report.background >= 0) order.push_back(report.background);
  std::vector<int> said = order;
  for (const int special : {CheckedWindow::kNotKnown, CheckedWindow::kNoData}) {
    if (std::any_of(report.windows.begin(), report.windows.end(),
                    [&](const auto& w) { return w.said == special; })) {
      said.push_back(special);
    } else if (special == CheckedWindow::kNotKnown) {
      said.push_back(special);  // always there: that nothing was unknown says something too
    }
  }
  for (const int i : order) value.was << nameOf(report, i);
  for (const int i : said) value.said << nameOf(report, i);
  const auto sameLabels = [&] {
    return former && std::equal(former->labels.begin(), former->labels.end(),
                                report.labels.begin(), report.labels.end(),
                                [](const auto& a, const auto& b) { return a.id == b.id; });
  };
  value.compared = sameLabels();
  const auto counts = [](const CheckReport& of) {
    std::map<std::pair<int, int>, std::size_t> cells;
    std::map<int, std::size_t> rows;
    for (const CheckedWindow& window : of.windows) {
      ++cells[{window.label, window.said}];
      ++rows[window.label];
    }
    return std::pair(cells, rows);
  };
  auto [cells, rows] = counts(report);
  auto [cellsBefore, rowsBefore] =
      value.compared ? counts(*former) : decltype(counts(report))();
  std::map<std::pair<int, int>, std::map<std::int64_t, int>> behind;
  for (const CheckedWindow& window : report.windows) ++behind[{window.label, window.said}][window.unit];
  const auto share = [](std::size_t part, std::size_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
  };
  for (const int was : order) {
    for (const int heard : said) {
      MatrixValue::Cell cell{.count = cells[{was, heard}],
                             .share = share(cells[{was, heard}], rows[was]),
                             .right = was == heard};
      if (value.compared) {
        cell.more = cell.share - share(cellsBefore[{was, heard}], rowsBefore[was]);
      }
      const auto& units = behind[{was, heard}];
      for (const auto& [id, n] : units) cell.examples.push_back(id);
      std::stable_sort(cell.examples.begin(), cell.examples.end(),
                       [&](auto a, auto b) { return units.at(a) > units.at(b); });
      cell.what = was == heard                           ? tr("%1 answered right").arg(nameOf(report, was))
                  : heard == CheckedWindow::kNotKnown ? tr("%1 not known").arg(nameOf(report, was))
                  : heard == CheckedWindow::kNoData   ? tr("%1 without data").arg(nameOf(report, was))
                                                      : tr("%1 taken for %2").arg(nameOf(report, was), nameOf(report, heard));
      value.cells.push_back(std::move(cell));
    }
  }
  value.words.note = source(report);
  const int worst = worstCell(value);
  if (worst < 0) {
    value.words.title = tr("Every answer was right");
  } else {
    const auto columns = static_cast<int>(said.size());
    const int was = order[static_cast<std::size_t>(worst / columns)];
    const MatrixValue::Cell& cell = value.cells[static_cast<std::size_t>(worst)];
    const int heard = said[static_cast<std::size_t>(worst % columns)];
    value.words.title =
        heard < 0 ? tr("%1 is not known %2 times in %3")
                        .arg(nameOf(report, was))
                        .arg(cell.count)
                        .arg(rows[was])
                  : tr("%1 is taken for %2 %3 times in %4")
                        .arg(nameOf(report, was), nameOf(report, heard))
                        .arg(cell.count)
                        .arg(rows[was]);
  }
  return value;
}

int worstCell(const MatrixValue& value) {
  int worst = -1;
  for (std::size_t i = 0; i < value.cells.size(); ++i) {
    const MatrixValue::Cell& cell = value.cells[i];
    if (cell.right || cell.count == 0) continue;
    if (worst < 0 || cell.share > value.cells[static_cast<std::size_t>(worst)].share) {
      worst = static_cast<int>(i);
    }
  }
  return worst;
}

BarsValue perLabel(const CheckReport& report, Measure measure, const CheckReport* former) {
  BarsValue value;
  value.measure = measure == Measure::Recall ? tr("recall") : tr("precision");
  for (int label = 0; label < static_cast<int>(report.labels.size()); ++label) {
    const auto concerns = [&](const CheckedWindow& w) {
      return measure == Measure::Recall ? w.label == label : w.said == label;
    };
    const learners::Interval share = shareWhere(report, concerns);
    BarsValue::Bar bar{.name = nameOf(report, label),
                       .colour = colourOf(report, label),
                       .value = share.value,
                       .examples = examplesWhere(report, [&](const CheckedWindow& w) {
                         return concerns(w) && !w.right();
                       })};
    if (share.n == 0) {
      bar.text = measure == Measure::Recall ? tr("not asked") : tr("never said");
      bar.hollow = true;
    } else {
      bar.interval = std::pair(share.low, share.high);
      bar.text = tr("%1 · n %2").arg(percent(share.value)).arg(share.n);
    }
    const auto& id = report.labels[static_cast<std::size_t>(label)].id;
    for (std::size_t other = 0; former && other < former->labels.size(); ++other) {
      if (former->labels[other].id != id) continue;
      const learners::Interval before = shareWhere(*former, [&](const CheckedWindow& w) {
        return (measure == Measure::Recall ? w.label : w.said) == static_cast<int>(other);
      });
      if (before.n == 0 || share.n == 0) continue;
      bar.limit = before.value;
      bar.text = tr("%1 · was %2").arg(percent(share.value), percent(before.value));
    }
    value.bars.push_back(std::move(bar));
  }
  std::stable_sort(value.bars.begin(), value.bars.end(), [](const auto& a, const auto& b) {
    return std::pair(a.hollow, a.value) < std::pair(b.hollow, b.value);
  });
  value.words.note = tr("95 % intervals; windows of one example count together. ") + source(report);
  if (former) {
    value.words.note = tr("ticks: model %1, on what it was tested with; ").arg(former->version) + value.words.note;
  }
  if (value.bars.empty() || value.bars.front().hollow) {
    value.words.title = tr("No label was asked about");
  } else if (const BarsValue::Bar& weakest = value.bars.front(); measure == Measure::Recall) {
    value.words.title = weakest.value >= 0.995
                            ? tr("Every label is recognised")
                            : tr("%1 is recognised least: %2 of the time")
                                  .arg(weakest.name, percent(weakest.value));
  } else {
    value.words.title = weakest.value >= 0.995 ? tr("What it says is so")
                                               : tr("When it says %1, it is so %2 of the time")
                                                     .arg(weakest.name, percent(weakest.value));
  }
  return value;
}

BarsValue honesty(const CheckReport& report) {
  BarsValue value;
  value.measure = tr("share right");
  value.words.note = tr("nearest neighbours on both splits; ") + source(report);
  if (!report.leaks) return value;
  const learners::LeakReport& leaks = *report.leaks;
  const auto bar = [&](const QString& name, const learners::Interval& share, bool hollow) {
    value.bars.push_back({.name = name,
                          .value = share.value,
                          .interval = std::pair(share.low, share.high),
                          .text = tr("%1 · n %2").arg(percent(share.value)).arg(share.n),
                          .hollow = hollow});
  };
  bar(tr("recordings kept whole"), leaks.honest, false);
  bar(tr("windows split at random"), leaks.random, true);
  ExampleIds copies;
  for (const learners::LeakPair& pair : leaks.pairs) {
    for (const std::int64_t unit : {pair.unitA, pair.unitB}) {
      if (std::find(copies.begin(), copies.end(), unit) == copies.end()) copies.push_back(unit);
    }
  }
  if (!copies.empty()) {
    bar(tr("without copies"), leaks.withoutCopies, false);
    value.bars.back().examples = copies;
  }
  const int gap = static_cast<int>(std::lround(100 * leaks.flattery()));
  if (gap <= 0) {
    value.words.title = tr("A random split would claim no more: nothing leaks");
  } else {
    value.words.title =
        tr("A random split would claim %1: %2 points of that are leak").arg(percent(leaks.random.value)).arg(gap);
  }
  return value;
}

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

double limitOf(const CheckReport& report, int label) {
  if (report.limits.empty()) return words::kLimit;
  if (label >= 0 && label < static_cast<int>(report.limits.size())) {
    return std::min(1.0, static_cast<double>(report.limits[static_cast<std::size_t>(label)]));
  }
  double sum = 0;
  for (const float limit : report.limits) sum += std::min(1.0, static_cast<double>(limit));
  return sum / static_cast<double>(report.limits.size());
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
