#include "ui/models/skew_words.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/words.h"

namespace ui {
namespace {

QString tr(const char* text) { return QCoreApplication::translate("skew", text); }

QString amount(double value, const std::string& unit) {
  const QString symbol = words::unit(unit);
  const QString number = words::reading(value);
  return symbol.isEmpty() ? number : number + QChar(0x202F) + symbol;
}

/// The median, and that much is missing where it is much.
QString side(double median, double missing, const std::string& unit) {
  if (missing >= 0.995) {
    return tr("missing");
  }
  const QString text = amount(median, unit);
  return missing < 0.05 ? text
                        : tr("%1, missing in %2 %").arg(text).arg(qRound(100 * missing));
}

}  // namespace

QString skewTitle(const app::SkewView& skew) {
  using State = app::SkewView::State;
  switch (skew.state) {
    case State::Nothing:
      return tr("There is nothing to compare with now yet.");
    case State::TooFew:
      return tr("I compare once I have listened for five minutes.");
    case State::Ready:
      break;
  }
  if (skew.differing == 0) {
    return tr("What comes now is like what I learnt from.");
  }
  return skew.differing == 1
             ? tr("1 of %1 features is now unlike what I learnt from.").arg(skew.features)
             : tr("%1 of %2 features are now unlike what I learnt from.")
                   .arg(skew.differing)
                   .arg(skew.features);
}

QString skewNote(const app::SkewView& skew, const std::string& source) {
  const auto n = std::count_if(skew.worst.begin(), skew.worst.end(),
                               [&](const app::SkewedFeature& f) { return f.source == source; });
  if (n == 0) {
    return {};
  }
  const auto worst = std::find_if(skew.worst.begin(), skew.worst.end(),
                                  [&](const auto& f) { return f.source == source; });
  const QString name = QString::fromStdString(worst->name.starts_with(source + " ")
                                                  ? worst->name.substr(source.size() + 1)
                                                  : worst->name);
  return tr("Unlike what I learnt from: %1 was %2, it is %3.")
      .arg(name, side(worst->taught, worst->taughtMissing, worst->unit),
           side(worst->now, worst->nowMissing, worst->unit));
}

std::vector<SkewRow> skewRows(const app::SkewView& skew) {
  std::vector<SkewRow> rows;
  for (const app::SkewedFeature& f : skew.worst) {
    rows.push_back({.name = QString::fromStdString(f.name),
                    .taught = side(f.taught, f.taughtMissing, f.unit),
                    .now = side(f.now, f.nowMissing, f.unit),
                    .distance = QStringLiteral("%1 %").arg(qRound(100 * f.distance)),
                    .share = f.distance});
  }
  return rows;
}

BarsValue skewBars(const app::SkewView& skew) {
  BarsValue value;
  value.measure = tr("distance");
  value.words.title = skewTitle(skew);
  for (const SkewRow& row : skewRows(skew)) {
    value.bars.push_back({.name = row.name,
                          .value = row.share,
                          .limit = app::SkewView::kClearly,
                          .text = QStringLiteral("%1 → %2").arg(row.taught, row.now)});
  }
  if (skew.state == app::SkewView::State::Ready) {
    value.words.note = tr("Kolmogorov–Smirnov distance between the last %1 and %2 rows of examples, "
                          "whose labels count as often as they were heard; tick: from here on it is "
                          "listed. Medians, then and now.")
                           .arg(words::duration(skew.span.length()))
                           .arg(skew.taughtRows);
  }
  return value;
}

}  // namespace ui
