#include "ui/models/adaptation_chart.h"

#include <set>

#include "ui/models/check_charts_parts.h"
#include "ui/models/past_rows.h"

namespace ui::check {
namespace {

constexpr std::size_t kMostModels = 24;

/// Ids of the examples that came as "that was ..." or "you missed ...".
std::set<std::int64_t> correctionsOf(const app::Snapshot& snapshot) {
  std::set<std::int64_t> ids;
  for (const app::LabelCard& card : snapshot.cards) {
    for (const app::Example& example : card.examples) {
      const learners::Origin origin = example.demonstration.origin;
      if (origin == learners::Origin::Correction || origin == learners::Origin::Missed) {
        ids.insert(example.demonstration.id);
      }
    }
  }
  return ids;
}

QString learntText(std::size_t fresh, std::size_t corrections) {
  const QString more = fresh == 1 ? tr("1 new example") : tr("%1 new examples").arg(fresh);
  return corrections == 0 ? more
                          : tr("%1, of them corrections: %2").arg(more).arg(corrections);
}

QString findingOf(const std::vector<LinesValue::Point>& points) {
  if (points.empty()) return tr("No model has an honest score yet");
  const double first = points.front().y;
  const double last = points.back().y;
  if (points.size() == 1) return tr("One model so far, %1 right").arg(percent(last));
  const QString over = tr("%1 models").arg(points.size());
  const long change = std::lround(100 * (last - first));
  return change > 0   ? tr("From %1 right to %2 over %3").arg(percent(first), percent(last), over)
         : change < 0 ? tr("Fell from %1 right to %2 over %3").arg(percent(first), percent(last), over)
                      : tr("%1 right, as %2 ago").arg(percent(last), over);
}

}  // namespace

LinesValue adaptation(const app::LibraryContents& contents, const app::Snapshot& snapshot) {
  const std::set<std::int64_t> corrections = correctionsOf(snapshot);
  LinesValue::Series series{.points = {}};
  QStringList steps;
  std::set<std::int64_t> known;
  for (const auto& model : contents.models) {
    LinesValue::Point point;
    std::size_t corrected = 0;
    std::set<std::int64_t> now;
    for (const app::LearntExample& learnt : model->learnt) {
      now.insert(learnt.id);
      if (known.contains(learnt.id)) continue;
      point.examples.push_back(learnt.id);
      corrected += corrections.contains(learnt.id) ? 1 : 0;
    }
    known = std::move(now);
    if (model->hash.empty() || !model->heldOut) continue;
    point.y = model->accuracy;
    point.text = tr("model %1, since %2: %3 right; %4")
                     .arg(QString::number(model->version), pastTime(model->since, {}),
                          percent(model->accuracy), learntText(point.examples.size(), corrected));
    series.points.push_back(std::move(point));
    steps << (corrected == 0 ? QString::number(model->version)
                             : tr("%1 +%2").arg(model->version).arg(corrected));
  }
  if (series.points.size() > kMostModels) {
    const auto old = static_cast<std::ptrdiff_t>(series.points.size() - kMostModels);
    series.points.erase(series.points.begin(), series.points.begin() + old);
    steps = steps.mid(old);
  }
  double lowest = 1;
  for (std::size_t i = 0; i < series.points.size(); ++i) {
    series.points[i].x = static_cast<double>(i);
    lowest = std::min(lowest, series.points[i].y);
  }
  LinesValue value;
  value.words = {.title = findingOf(series.points),
                 .note = tr("on examples kept back, when each began to serve; +2: learnt two "
                            "corrections"),
                 .across = tr("model"),
                 .up = tr("share right")};
  value.steps = steps;
  value.right = std::max(1.0, static_cast<double>(series.points.size()) - 1);
  value.bottom = lowest < 0.5 ? 0 : 0.5;
  value.series = {std::move(series)};
  return value;
}

}  // namespace ui::check
