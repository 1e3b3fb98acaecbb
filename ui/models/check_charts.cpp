#include "ui/models/check_charts.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "ui/models/check_charts_parts.h"

namespace ui::check {

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
  value.words.note = tr("95 % intervals; windows of one example count together; ") + source(report);
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

}  // namespace ui::check
