#pragma once
// CheckCharts: what a check found, as the values charts draw and in the words a person reads. Plain
// functions of a report; every title states the finding.

#include "app/check.h"
#include "app/label_limits.h"
#include "ui/charts/bars_chart.h"
#include "ui/charts/lines_chart.h"
#include "ui/charts/matrix_chart.h"
#include "ui/charts/ribbons_chart.h"
#include "ui/charts/scatter_chart.h"

namespace ui::check {

using app::CheckReport;

/// A label's name; "nothing" for the background, "not known", "no data".
QString nameOf(const CheckReport& report, int label);
/// Colour by Label::colour; 0 for the background and for what is not known.
int colourOf(const CheckReport& report, int label);

/// "How good is model 7?"
QString heading(const CheckReport& report);
/// "273 windows of 31 recordings, none of them used for learning".
QString subheading(const CheckReport& report);
/// "computed from 212 examples in 31 recordings, not used for training".
QString source(const CheckReport& report);

/// Of `former`, the differences in shares are shown where it has the same labels.
MatrixValue confusion(const CheckReport& report, const CheckReport* former = nullptr);
/// The worst confusion: its mark in confusion(), or -1 where nothing was confused.
int worstCell(const MatrixValue& value);

enum class Measure { Recall, Precision };
/// Weakest first. Of `former`, what it was is ticked and the difference said.
BarsValue perLabel(const CheckReport& report, Measure measure,
                   const CheckReport* former = nullptr);
/// By recording and by a random split; no bars before both are known.
BarsValue honesty(const CheckReport& report);
LinesValue reliability(const CheckReport& report, double limit);
/// Of all answers, those given, and how many of them are right, by the limit of certainty. `label`:
/// index of those answers that say it; -1: all.
LinesValue coverage(const CheckReport& report, int label, double limit);
/// Limit in force of `label`, a person's `own` before the tested one; -1: their mean.
double limitOf(const CheckReport& report, int label, const app::OwnLimits& own = {});
ScatterValue map(const CheckReport& report, app::CheckMap::Kind kind);
/// How recall grew with examples and what two more of each label will bring.
LinesValue learningCurve(const CheckReport& report);
BarsValue suspicious(const CheckReport& report);
/// Recordings served worse, and kinds within labels nobody has named.
BarsValue weakGroups(const CheckReport& report);
RibbonsValue timeline(const CheckReport& report);
BarsValue stages(const CheckReport& report);
BarsValue drift(const CheckReport& report);

QString nameOf(const app::WhatIfResult& result, const std::map<std::string, QString>& sources);
LinesValue whatIf(const CheckReport& report, const app::WhatIfResult& result,
                  const std::map<std::string, QString>& sources);

}  // namespace ui::check
