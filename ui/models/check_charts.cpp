#include "ui/models/check_charts.h"

#include <QRegularExpression>
#include <algorithm>
#include <cmath>

#include "ui/models/check_charts_parts.h"

namespace ui::check {
namespace {

/// What the core says of a part that is not there; "%1": a number.
constexpr const char* kTroubles[] = {
    QT_TRANSLATE_NOOP("check",
                      "No honest score yet: every recording was used for learning. Record one "
                      "more of each and I will keep it for testing."),
    QT_TRANSLATE_NOOP("check", "Of what model %1 had learnt too little is left to compare it."),
    QT_TRANSLATE_NOOP("check",
                      "The model in service looks at other features than today's examples."),
    QT_TRANSLATE_NOOP("check", "The examples have no times."),
    QT_TRANSLATE_NOOP("check", "Too few examples to tell earlier from later ones: ten are enough."),
    QT_TRANSLATE_NOOP("check", "The examples say nothing about when they were recorded."),
    QT_TRANSLATE_NOOP("check", "No example was kept for testing."),
    QT_TRANSLATE_NOOP("check", "no split leaves two labels to learn from"),
    QT_TRANSLATE_NOOP("check", "no label has two examples to grow by"),
    QT_TRANSLATE_NOOP("check", "all rows are equal, so there is nothing to reduce")};

}  // namespace

QString trouble(const std::string& said) {
  const QString plain = text(said);
  static const QRegularExpression figures(QStringLiteral("\\d+"));
  const QString number = figures.match(plain).captured();
  const auto filled = [&](QString sentence) {
    return sentence.replace(QLatin1String("%1"), number);
  };
  for (const char* known : kTroubles) {
    if (filled(QString::fromUtf8(known)) == plain) return filled(tr(known));
  }
  return plain;
}

QString nameOf(app::CheckPart part) {
  using app::CheckPart;
  switch (part) {
    case CheckPart::Scores:
      return tr("the answers");
    case CheckPart::Map:
      return tr("the map");
    case CheckPart::Leaks:
      return tr("the random split");
    case CheckPart::Labels:
      return tr("labels that look wrong");
    case CheckPart::Curve:
      return tr("the learning curve");
    case CheckPart::Stages:
      return tr("where time goes");
    case CheckPart::Drift:
      return tr("what has changed");
    case CheckPart::PrettyMap:
      return tr("the map by neighbours");
    case CheckPart::WhatIf:
      return tr("other houses");
    case CheckPart::Rival:
      return tr("another model's answers");
  }
  return {};
}

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
