// What would be left of a model in a worse house.

#include <algorithm>
#include <cmath>

#include "ui/models/check_charts.h"
#include "ui/models/check_charts_parts.h"

namespace ui::check {

QString nameOf(const app::WhatIfResult& result, const std::map<std::string, QString>& sources) {
  switch (result.kind) {
    case app::WhatIfKind::Noise: return tr("More noise");
    case app::WhatIfKind::Quieter: return tr("Further away");
    case app::WhatIfKind::Room: return tr("Another room");
    case app::WhatIfKind::Dark: return tr("Less light");
    case app::WhatIfKind::Blur: return tr("Out of focus");
    case app::WhatIfKind::Dropout: return tr("Lost samples");
    case app::WhatIfKind::Lost: {
      const auto found = sources.find(result.source);
      return tr("Without %1").arg(found == sources.end() ? text(result.source) : found->second);
    }
  }
  return {};
}

LinesValue whatIf(const CheckReport& report, const app::WhatIfResult& result,
                  const std::map<std::string, QString>& sources) {
  LinesValue value;
  value.words.up = tr("recall");
  const auto levelText = [&](const app::WhatIfPoint& p) {
    if (p.measured) return tr("as it was");
    switch (result.kind) {
      case app::WhatIfKind::Noise: return tr("%1 dB").arg(p.level);
      case app::WhatIfKind::Quieter: return tr("−%1 dB").arg(p.level);
      case app::WhatIfKind::Room: return tr("%1 s").arg(p.level);
      case app::WhatIfKind::Dark:
      case app::WhatIfKind::Dropout: return percent(p.level / 100);
      case app::WhatIfKind::Blur: return tr("%1 px").arg(p.level);
      case app::WhatIfKind::Lost: return tr("silent");
    }
    return QString();
  };
  switch (result.kind) {
    case app::WhatIfKind::Noise: value.words.across = tr("examples above the noise"); break;
    case app::WhatIfKind::Quieter: value.words.across = tr("how much quieter it is heard"); break;
    case app::WhatIfKind::Room: value.words.across = tr("how long the room rings on"); break;
    case app::WhatIfKind::Dark: value.words.across = tr("light that is left"); break;
    case app::WhatIfKind::Blur: value.words.across = tr("blur"); break;
    case app::WhatIfKind::Dropout: value.words.across = tr("samples that do not arrive"); break;
    case app::WhatIfKind::Lost: value.words.across = tr("the sensor"); break;
  }
  for (const app::WhatIfPoint& point : result.points) value.steps << levelText(point);
  double most = 0;
  QString finding;
  for (std::size_t label = 0; label < report.labels.size(); ++label) {
    const auto index = static_cast<int>(label);
    LinesValue::Series series{.name = nameOf(report, index), .colour = colourOf(report, index)};
    ExampleIds examples;
    for (const CheckedWindow& w : report.windows) {
      if (w.label == index && std::find(examples.begin(), examples.end(), w.unit) == examples.end()) {
        examples.push_back(w.unit);
      }
    }
    for (std::size_t i = 0; i < result.points.size(); ++i) {
      const learners::Interval& share = result.points[i].recall[label];
      if (share.n == 0) continue;
      series.points.push_back({.x = static_cast<double>(i),
                               .y = share.value,
                               .text = tr("%1, %2: %3 (95 % between %4 and %5, n %6)")
                                           .arg(value.steps[static_cast<qsizetype>(i)], series.name,
                                                percent(share.value), percent(share.low),
                                                percent(share.high))
                                           .arg(share.n),
                               .examples = examples});
      const double lost = series.points.front().y - share.value;
      if (lost > most + 0.01) {
        most = lost;
        finding = tr("%1: %2 falls from %3 to %4")
                      .arg(value.steps[static_cast<qsizetype>(i)], series.name,
                           percent(series.points.front().y), percent(share.value));
      }
    }
    if (!series.points.empty()) value.series.push_back(std::move(series));
  }
  value.words.title = finding.isEmpty() ? tr("%1 would change nothing").arg(nameOf(result, sources))
                                        : finding;
  value.words.note =
      tr("the same test windows, changed and heard again, n %1; ").arg(result.points.front().all.n) +
      source(report);
  value.left = -0.2;
  value.right = static_cast<double>(result.points.size()) - 0.8;
  return value;
}

}  // namespace ui::check
