#pragma once
// CheckCharts: what a check found, as the values charts draw and in the words a person reads. Plain
// functions of a report; every title states the finding.

#include "app/check.h"
#include "app/label_limits.h"
#include "app/map_trail.h"
#include "ui/charts/bars_chart.h"
#include "ui/charts/lines_chart.h"
#include "ui/charts/matrix_chart.h"
#include "ui/charts/ribbons_chart.h"
#include "ui/charts/scatter_chart.h"
#include "ui/models/limit_edit.h"

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

/// With `rival` both models, on the windows both were asked about alone.
MatrixValue confusion(const CheckReport& report, const app::CheckRival* rival = nullptr);
/// The worst confusion: its mark in confusion(), or -1 where nothing was confused.
int worstCell(const MatrixValue& value);

enum class Measure { Recall, Precision };
/// Weakest first. `rival` is ticked, on the windows both were asked about.
BarsValue perLabel(const CheckReport& report, Measure measure,
                   const app::CheckRival* rival = nullptr);
/// Recall of one label by the day it was recorded on, the newest days.
BarsValue byDay(const CheckReport& report, int label);
/// By recording and by a random split; no bars before both are known.
BarsValue honesty(const CheckReport& report);
/// Which limit a chart shows, and where a person is moving it to.
struct LimitShown {
  int label = -1;                    ///< index of the label whose limit it is; -1: those of all
  app::OwnLimits own = {};           ///< a person's
  std::optional<double> tried = {};  ///< while it is being moved
};
/// What comes of a limit: of the answers that say its label, or of all.
struct LimitMeaning {
  std::size_t given = 0;    ///< answers that are sure enough
  std::size_t answers = 0;  ///< all of them
  std::size_t right = 0;    ///< of those given
  std::size_t alarms = 0;   ///< runs of windows in which nothing happened and something was given
  base::Duration quiet{0};  ///< how long nothing happened
};
LimitMeaning meaningOf(const CheckReport& report, const LimitShown& limit);
/// Limit in force of `label`, a person's `own` before the tested one; -1: their mean.
double limitOf(const CheckReport& report, int label, const app::OwnLimits& own = {});
/// Limits that can be moved: that of every label together, then each label's in its order.
std::vector<LimitRow> limitRows(const CheckReport& report, const app::OwnLimits& own);
LinesValue reliability(const CheckReport& report, const LimitShown& limit);
/// Of all answers, those given, and how many of them are right, by the limit of certainty.
LinesValue coverage(const CheckReport& report, const LimitShown& limit);
/// With where the windows since then fell, where `trails` has this map.
ScatterValue map(const CheckReport& report, app::CheckMap::Kind kind,
                 const app::MapTrails& trails = {}, base::Time now = {});
/// How recall grew with examples and what two more of each label will bring.
LinesValue learningCurve(const CheckReport& report);
BarsValue suspicious(const CheckReport& report);
/// Recordings served worse, and kinds within labels nobody has named.
BarsValue weakGroups(const CheckReport& report);
RibbonsValue timeline(const CheckReport& report);
BarsValue stages(const CheckReport& report);
BarsValue drift(const CheckReport& report);

/// How a part is called while it is made: "the learning curve".
QString nameOf(app::CheckPart part);
/// Why a part is not there, as the core says it, in the language of the window.
QString trouble(const std::string& said);

QString nameOf(const app::WhatIfResult& result, const std::map<std::string, QString>& sources);
LinesValue whatIf(const CheckReport& report, const app::WhatIfResult& result,
                  const std::map<std::string, QString>& sources);

}  // namespace ui::check
