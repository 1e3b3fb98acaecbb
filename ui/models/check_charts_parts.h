#pragma once
// What the charts of a check have in common: their words and how windows are counted. Private to
// check_charts.

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "app/check.h"
#include "learners/interval.h"
#include "ui/charts/chart.h"
#include "ui/words.h"

namespace ui::check {

using app::CheckedWindow;
using app::CheckReport;
using words::percent;

inline QString tr(const char* text) { return QCoreApplication::translate("check", text); }
inline QString text(const std::string& name) { return QString::fromStdString(name); }

/// Examples of the windows that fit, each once, those with most such windows first.
template <class Fits>
ExampleIds examplesWhere(const std::vector<CheckedWindow>& windows, const Fits& fits) {
  std::map<std::int64_t, int> counts;
  for (const CheckedWindow& window : windows) {
    if (fits(window)) ++counts[window.unit];
  }
  ExampleIds ids;
  for (const auto& [id, n] : counts) ids.push_back(id);
  std::stable_sort(ids.begin(), ids.end(), [&](auto a, auto b) { return counts[a] > counts[b]; });
  return ids;
}
template <class Fits>
ExampleIds examplesWhere(const CheckReport& report, const Fits& fits) {
  return examplesWhere(report.windows, fits);
}

/// Of the windows that fit, the share that was answered right.
template <class Fits>
learners::Interval shareWhere(const std::vector<CheckedWindow>& windows, const Fits& fits) {
  std::vector<std::uint8_t> right;
  std::vector<std::int64_t> unit;
  for (const CheckedWindow& window : windows) {
    if (!fits(window)) continue;
    right.push_back(window.right() ? 1 : 0);
    unit.push_back(window.unit);
  }
  return learners::clusteredInterval(right, unit);
}

/// "12": in hundredths.
inline QString points(double share) { return QString::number(std::lround(100 * share)); }

}  // namespace ui::check
