#include "ui/models/check_charts.h"

#include <algorithm>
#include <cmath>

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
