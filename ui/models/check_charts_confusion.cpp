// What is taken for what, and how well each label does: of one model, or of two on the same
// windows.

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "ui/models/check_charts.h"
#include "ui/models/check_charts_parts.h"

namespace ui::check {
namespace {

using Windows = std::vector<CheckedWindow>;

/// The windows of the model that is checked: all, or those the other one was asked about as well.
Windows askedOf(const CheckReport& report, const app::CheckRival* rival) {
  if (!rival) return report.windows;
  Windows windows;
  for (const std::size_t at : rival->of) windows.push_back(report.windows[at]);
  return windows;
}

/// How often each label was taken for each.
struct Counts {
  std::map<std::pair<int, int>, std::size_t> cells;
  std::map<int, std::size_t> rows;
  std::size_t wrong = 0;

  explicit Counts(const Windows& windows) {
    for (const CheckedWindow& window : windows) {
      ++cells[{window.label, window.said}];
      ++rows[window.label];
      wrong += window.right() ? 0 : 1;
    }
  }
  std::size_t count(int was, int said) const {
    const auto found = cells.find({was, said});
    return found == cells.end() ? 0 : found->second;
  }
  double share(int was, int said) const {
    const auto row = rows.find(was);
    if (row == rows.end() || row->second == 0) return 0;
    return static_cast<double>(count(was, said)) / static_cast<double>(row->second);
  }
};

QString confusedAs(const CheckReport& report, int was, int said) {
  const QString name = nameOf(report, was);
  if (was == said) return tr("%1 answered right").arg(name);
  if (said == CheckedWindow::kNotKnown) return tr("%1 not known").arg(name);
  if (said == CheckedWindow::kNoData) return tr("%1 without data").arg(name);
  return tr("%1 taken for %2").arg(name, nameOf(report, said));
}

/// "both asked about the same 273 windows of 31 recordings, from which neither had learnt".
QString sameWindows(const Windows& windows) {
  std::set<std::int64_t> groups;
  for (const CheckedWindow& window : windows) groups.insert(window.group);
  return tr("both asked about the same %1 windows of %2 recordings, from which neither had learnt")
      .arg(words::number(static_cast<double>(windows.size())),
           words::number(static_cast<double>(groups.size())));
}

QString worstOf(const CheckReport& report, const MatrixValue& value, const std::vector<int>& order,
                const std::vector<int>& said, const Counts& counts) {
  const int worst = worstCell(value);
  if (worst < 0) return tr("Every answer was right");
  const auto columns = static_cast<int>(said.size());
  const int was = order[static_cast<std::size_t>(worst / columns)];
  const int heard = said[static_cast<std::size_t>(worst % columns)];
  const std::size_t n = value.cells[static_cast<std::size_t>(worst)].count;
  const std::size_t all = counts.rows.at(was);
  return heard < 0 ? tr("%1 is not known %2 times in %3").arg(nameOf(report, was)).arg(n).arg(all)
                   : tr("%1 is taken for %2 %3 times in %4")
                         .arg(nameOf(report, was), nameOf(report, heard))
                         .arg(n)
                         .arg(all);
}

}  // namespace

MatrixValue confusion(const CheckReport& report, const app::CheckRival* rival) {
  const Windows windows = askedOf(report, rival);
  const Windows others = rival ? rival->windows : Windows();
  const auto labels = static_cast<int>(report.labels.size());
  MatrixValue value;
  std::vector<int> order;  // the background last, as what is left when nothing else is said
  for (int i = 0; i < labels; ++i) {
    if (i != report.background) order.push_back(i);
  }
  if (report.background >= 0) order.push_back(report.background);
  std::vector<int> said = order;
  said.push_back(CheckedWindow::kNotKnown);  // also where it never was: that says something too
  const auto lost = [](const CheckedWindow& w) { return w.said == CheckedWindow::kNoData; };
  if (std::any_of(windows.begin(), windows.end(), lost) ||
      std::any_of(others.begin(), others.end(), lost)) {
    said.push_back(CheckedWindow::kNoData);
  }
  for (const int i : order) value.was << nameOf(report, i);
  for (const int i : said) value.said << nameOf(report, i);
  const Counts counts(windows);
  const Counts other(others);
  std::map<std::pair<int, int>, std::map<std::int64_t, int>> behind;
  for (const CheckedWindow& window : windows) ++behind[{window.label, window.said}][window.unit];
  for (const int was : order) {
    for (const int heard : said) {
      MatrixValue::Cell cell{.count = counts.count(was, heard),
                             .share = counts.share(was, heard),
                             .countOther = other.count(was, heard),
                             .shareOther = other.share(was, heard),
                             .what = confusedAs(report, was, heard),
                             .right = was == heard};
      const auto& units = behind[{was, heard}];
      for (const auto& [id, n] : units) cell.examples.push_back(id);
      std::stable_sort(cell.examples.begin(), cell.examples.end(),
                       [&](auto a, auto b) { return units.at(a) > units.at(b); });
      value.cells.push_back(std::move(cell));
    }
  }
  if (!rival) {
    value.words = {.title = worstOf(report, value, order, said, counts), .note = source(report)};
    return value;
  }
  value.name = tr("model %1").arg(report.version);
  value.other = tr("model %1").arg(rival->version);
  value.words.title = tr("Model %1 errs %2 times in %3, model %4 %5 times")
                          .arg(report.version)
                          .arg(counts.wrong)
                          .arg(windows.size())
                          .arg(rival->version)
                          .arg(other.wrong);
  value.words.note = sameWindows(windows);
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

BarsValue byDay(const CheckReport& report, int label) {
  constexpr std::size_t kMostDays = 10;
  BarsValue value;
  value.measure = tr("recall");
  value.words.note = tr("95 % intervals; windows of one example count together; ") + source(report);
  const QString name = nameOf(report, label);
  Windows asked;
  std::vector<std::string> dayOfAsked;  // a day costs more to say than to compare
  std::set<std::string> days;
  for (const CheckedWindow& w : report.windows) {
    if (w.label != label) continue;
    asked.push_back(w);
    dayOfAsked.push_back(base::dateTimeText(w.span.begin).substr(0, 10));
    days.insert(dayOfAsked.back());
  }
  const auto dayOf = [&](const CheckedWindow& w) -> const std::string& {
    return dayOfAsked[static_cast<std::size_t>(&w - asked.data())];
  };
  QString worst;
  double least = 1;
  for (auto day = days.rbegin(); day != days.rend() && value.bars.size() < kMostDays; ++day) {
    const auto thatDay = [&](const CheckedWindow& w) { return dayOf(w) == *day; };
    const auto others = [&](const CheckedWindow& w) { return dayOf(w) != *day; };
    const learners::Interval share = shareWhere(asked, thatDay);
    const learners::Interval rest = shareWhere(asked, others);
    const QString shown = QString::fromStdString(*day);
    value.bars.push_back({.name = shown,
                          .colour = colourOf(report, label),
                          .value = share.value,
                          .interval = std::pair(share.low, share.high),
                          .text = tr("%1 · n %2").arg(percent(share.value)).arg(share.n),
                          .examples = examplesWhere(asked, thatDay)});
    if (rest.n > 0 && share.high < rest.low && share.value < least) {
      least = share.value;
      worst = tr("%1 is recognised less on %2: %3 of the time, on other days %4")
                  .arg(name, shown, percent(share.value), percent(rest.value));
    }
  }
  value.words.title =
      value.bars.empty()       ? tr("%1 was not asked about").arg(name)
      : value.bars.size() == 1 ? tr("%1 was recorded on one day only").arg(name)
      : worst.isEmpty()
          ? tr("%1 is recognised alike on all days, as far as chance lets one see").arg(name)
          : worst;
  return value;
}

BarsValue perLabel(const CheckReport& report, Measure measure, const app::CheckRival* rival) {
  const Windows windows = askedOf(report, rival);
  BarsValue value;
  value.measure = measure == Measure::Recall ? tr("recall") : tr("precision");
  for (int label = 0; label < static_cast<int>(report.labels.size()); ++label) {
    const auto concerns = [&](const CheckedWindow& w) {
      return measure == Measure::Recall ? w.label == label : w.said == label;
    };
    const learners::Interval share = shareWhere(windows, concerns);
    BarsValue::Bar bar{.name = nameOf(report, label),
                       .colour = colourOf(report, label),
                       .value = share.value,
                       .examples = examplesWhere(windows, [&](const CheckedWindow& w) {
                         return concerns(w) && !w.right();
                       })};
    if (share.n == 0) {
      bar.text = measure == Measure::Recall ? tr("not asked") : tr("never said");
      bar.hollow = true;
    } else {
      bar.interval = std::pair(share.low, share.high);
      bar.text = tr("%1 · n %2").arg(percent(share.value)).arg(share.n);
    }
    const learners::Interval other =
        rival ? shareWhere(rival->windows, concerns) : learners::Interval();
    if (other.n > 0 && share.n > 0) {
      bar.limit = other.value;
      bar.text = tr("%1 · model %2: %3")
                     .arg(percent(share.value))
                     .arg(rival->version)
                     .arg(percent(other.value));
    }
    value.bars.push_back(std::move(bar));
  }
  std::stable_sort(value.bars.begin(), value.bars.end(), [](const auto& a, const auto& b) {
    return std::pair(a.hollow, a.value) < std::pair(b.hollow, b.value);
  });
  value.words.note =
      tr("95 % intervals; windows of one example count together; ") +
      (rival ? tr("ticks: model %1; ").arg(rival->version) + sameWindows(windows) : source(report));
  if (value.bars.empty() || value.bars.front().hollow) {
    value.words.title = tr("No label was asked about");
  } else if (const BarsValue::Bar& weakest = value.bars.front(); measure == Measure::Recall) {
    value.words.title = weakest.value >= 0.995 ? tr("Every label is recognised")
                                               : tr("%1 is recognised least: %2 of the time")
                                                     .arg(weakest.name, percent(weakest.value));
  } else {
    value.words.title = weakest.value >= 0.995 ? tr("What it says is so")
                                               : tr("When it says %1, it is so %2 of the time")
                                                     .arg(weakest.name, percent(weakest.value));
  }
  return value;
}

}  // namespace ui::check
