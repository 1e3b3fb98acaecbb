#pragma once
// SkewWords: whether now still looks like what a model learnt from, in the words a person reads.

#include <QString>
#include <QStringList>
#include <vector>

#include "app/skew_watch.h"
#include "ui/charts/bars_chart.h"

namespace ui {

/// "3 of 120 features are now unlike what I learnt from."; says also why nothing can be said.
QString skewTitle(const app::SkewView& skew);
/// Of one source, for its row; empty where all is as learnt: "2 features are unlike what I learnt".
QString skewNote(const app::SkewView& skew, const std::string& source);

struct SkewRow {
  QString name;    ///< "Kitchen vibration x mean"
  QString taught;  ///< "0.12 m/s²", "missing in 40 %"
  QString now;
  QString distance;  ///< "83 %": share of now that lies where nothing was learnt
  double share = 0;
};
std::vector<SkewRow> skewRows(const app::SkewView& skew);
/// A bar per feature that differs, the worst first.
BarsValue skewBars(const app::SkewView& skew);

}  // namespace ui
