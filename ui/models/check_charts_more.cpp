// The charts of a check that say what to do next: the map, the learning curve, labels to look at
// again, time, and what has changed.

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "ui/models/check_charts.h"
#include "ui/models/check_charts_parts.h"
#include "ui/words.h"

namespace ui::check {
namespace {

constexpr std::size_t kMostListed = 10;
constexpr std::size_t kMostCurves = 5;
constexpr double kSuspicious = 0.5;

/// The last hour's windows, and what they are.
void addTrail(ScatterValue& value, const app::MapTrail& trail, base::Time now) {
  if (trail.points.empty()) return;
  const double oldest = base::toSeconds(app::SeenFrames::kKeep);
  for (const app::TrailPoint& point : trail.points) {
    const base::Duration ago = std::max(base::Duration{0}, now - point.time);
    const QString heard = point.label.empty() ? tr("nothing known") : text(point.label);
    value.trail.push_back({.x = point.x,
                           .y = point.y,
                           .age = std::clamp(base::toSeconds(ago) / oldest, 0.0, 1.0),
                           .joined = point.joined,
                           .text = tr("%1 ago: %2").arg(words::duration(ago), heard)});
  }
  value.trailName = tr("the last %1; the ring is the newest")
                        .arg(words::duration(
                            std::max(base::Duration{0}, now - trail.points.front().time)));
}

}  // namespace

ScatterValue map(const CheckReport& report, app::CheckMap::Kind kind, const app::MapTrails& trails,
                 base::Time now) {
  ScatterValue value;
  value.notKnown = tr("nothing known");
  for (int i = 0; i < static_cast<int>(report.labels.size()); ++i) value.names << nameOf(report, i);
  const auto found = std::find_if(report.maps.begin(), report.maps.end(),
                                  [&](const auto& map) { return map.kind == kind; });
  if (found == report.maps.end()) return value;
  std::size_t novel = 0;
  for (const app::CheckMap::Point& point : found->points) {
    const CheckedWindow& window = report.windows[point.window];
    const bool unknown = window.said == CheckedWindow::kNotKnown;
    novel += unknown ? 1 : 0;
    value.points.push_back({.x = point.x,
                            .y = point.y,
                            .colour = colourOf(report, window.label),
                            .wrong = !window.right() && !unknown,
                            .novel = unknown,
                            .label = static_cast<std::uint32_t>(window.label),
                            .said = window.said < 0
                                        ? static_cast<std::uint32_t>(report.labels.size())
                                        : static_cast<std::uint32_t>(window.said),
                            .example = window.unit});
  }
  value.words.note = tr("n %1 windows; rings: taken for another label, dotted: like nothing known; ")
                         .arg(value.points.size()) +
                     source(report);
  const auto trail = std::find_if(trails.begin(), trails.end(), [&](const app::MapTrail& one) {
    return found->projection && one.projection == found->projection;
  });
  if (trail != trails.end()) addTrail(value, *trail, now);
  switch (kind) {
    case app::CheckMap::Kind::Pca:
      value.words.across = tr("first two principal components, no unit");
      break;
    case app::CheckMap::Kind::KernelPca:
      value.words.across = tr("first two kernel components (cosine), no unit");
      break;
    case app::CheckMap::Kind::Tsne:
      value.words.across = tr("t-SNE: near means alike, far means nothing");
      break;
  }
  const auto hidden = static_cast<int>(report.hidden.size());
  const auto wrong = std::count_if(value.points.begin(), value.points.end(),
                                   [](const auto& p) { return p.wrong; });
  if (hidden > 0) {
    value.words.title = hidden == 1 ? tr("One group nobody has named yet")
                                    : tr("%1 groups nobody has named yet").arg(hidden);
  } else if (novel > 0) {
    value.words.title = novel == 1 ? tr("One window is like nothing known")
                                   : tr("%1 windows are like nothing known").arg(novel);
  } else if (wrong > 0) {
    value.words.title = wrong == 1 ? tr("One window lies with another label")
                                   : tr("%1 windows lie with another label").arg(wrong);
  } else {
    value.words.title = tr("Every window lies with its label");
  }
  return value;
}

namespace {

/// Labels whose recall was asked for at every size, the one that is found least with everything
/// first; not more than can be told apart.
std::vector<int> weakest(const learners::LearningCurve& curve) {
  const auto asked = [](const learners::CurvePoint& p, std::size_t label) {
    return label < p.recall.size() && !std::isnan(p.recall[label]);
  };
  const auto& last = curve.points.back().recall;
  std::vector<int> labels;
  for (std::size_t label = 0; label < last.size(); ++label) {
    const bool all = std::all_of(curve.points.begin(), curve.points.end(),
                                 [&](const auto& p) { return asked(p, label); });
    if (all) labels.push_back(static_cast<int>(label));
  }
  std::stable_sort(labels.begin(), labels.end(), [&](int a, int b) { return last[a] < last[b]; });
  labels.resize(std::min(labels.size(), kMostCurves));
  return labels;
}

LinesValue::Series recallOf(const CheckReport& report, const learners::LearningCurve& curve,
                            int label) {
  LinesValue::Series series{
      .name = nameOf(report, label), .colour = colourOf(report, label), .points = {}};
  for (const learners::CurvePoint& p : curve.points) {
    series.points.push_back({.x = p.demonstrations,
                             .y = p.recall[label],
                             .text = tr("%1 of each label: recall of %2 is %3")
                                         .arg(QString::number(p.demonstrations, 'f', 1))
                                         .arg(series.name, percent(p.recall[label]))});
  }
  return series;
}

}  // namespace

LinesValue learningCurve(const CheckReport& report) {
  LinesValue value;
  value.words = {.note = tr("mean recall of all labels, nearest neighbours, 95 % of trials in the "
                            "band; ") +
                         source(report),
                 .across = tr("examples of each label"),
                 .up = tr("mean recall")};
  if (!report.curve || report.curve->points.empty()) return value;
  const learners::LearningCurve& curve = *report.curve;
  LinesValue::Series tried{.name = tr("tried"), .colour = LinesValue::Series::kInk, .points = {}};
  double least = 1;
  for (const learners::CurvePoint& p : curve.points) {
    least = std::min(least, p.low);
    tried.points.push_back({.x = p.demonstrations,
                            .y = p.accuracy,
                            .interval = std::pair(p.low, p.high),
                            .text = tr("%1 of each label: %2 (%3 to %4)")
                                        .arg(QString::number(p.demonstrations, 'f', 1))
                                        .arg(percent(p.accuracy), percent(p.low), percent(p.high))});
  }
  const learners::CurvePoint& last = curve.points.back();
  LinesValue::Series guess{.name = tr("probably"),
                           .colour = LinesValue::Series::kInk,
                           .kind = LinesValue::Series::Kind::Guess,
                           .points = {{.x = last.demonstrations,
                                       .y = last.accuracy,
                                       .interval = std::pair(last.accuracy, last.accuracy),
                                       .text = tr("now")}}};
  const learners::Forecast& all = curve.all;
  if (all.more > 0) {
    const auto bounded = [](double share) { return std::clamp(share, 0.0, 1.0); };
    guess.points.push_back(
        {.x = last.demonstrations + all.more,
         .y = bounded(last.accuracy + all.gain),
         .interval = std::pair(bounded(last.accuracy + all.low), bounded(last.accuracy + all.high)),
         .text = tr("%1 more of each: %2 points (%3 to %4)")
                     .arg(all.more)
                     .arg(words::signedPoints(all.gain), words::signedPoints(all.low),
                          words::signedPoints(all.high))});
  }
  value.left = tried.points.front().x;
  value.right = last.demonstrations + all.more + 0.5;
  value.bottom = std::max(0.0, std::floor(10 * least) / 10);
  value.series = {std::move(tried), std::move(guess)};
  const std::vector<int> labels = weakest(curve);
  for (const int label : labels) value.series.push_back(recallOf(report, curve, label));
  if (!labels.empty() && labels.size() < report.labels.size()) {
    value.words.note.prepend(tr("%1 labels found least; ").arg(labels.size()));
  }
  for (const auto& series : value.series) {
    for (const auto& point : series.points) {
      value.bottom = std::min(value.bottom, std::floor(10 * point.y) / 10);
    }
  }
  if (!curve.labels.empty()) {
    const learners::Forecast& best = curve.labels.front();
    const auto margin = std::lround(50 * (best.high - best.low));
    value.words.title = std::lround(100 * best.gain) > 0
                            ? tr("%1 more %2 now ≈ %3 points (±%4)")
                                  .arg(best.more)
                                  .arg(nameOf(report, best.label), words::signedPoints(best.gain))
                                  .arg(margin)
                            : tr("More examples would change little now");
  } else {
    value.words.title = tr("%1 of each label: %2 on average")
                            .arg(QString::number(last.demonstrations, 'f', 0))
                            .arg(percent(last.accuracy));
  }
  return value;
}

BarsValue suspicious(const CheckReport& report) {
  BarsValue value;
  value.measure = tr("suspicion");
  value.words.note =
      tr("judged by held-out answers and by the labels of what looks alike; ") + source(report);
  int n = 0;
  for (const learners::SuspiciousUnit& unit : report.suspicious) {
    if (unit.suggested == unit.label || unit.suspicion < kSuspicious) continue;
    ++n;
    if (value.bars.size() == kMostListed) continue;
    value.bars.push_back({.name = nameOf(report, unit.label),
                          .colour = colourOf(report, unit.label),
                          .value = unit.suspicion,
                          .text = tr("rather %1").arg(nameOf(report, unit.suggested)),
                          .examples = {unit.unit}});
  }
  value.words.title = n == 0   ? tr("No label looks wrong")
                      : n == 1 ? tr("One example may carry the wrong label")
                               : tr("%1 examples may carry the wrong label").arg(n);
  return value;
}

BarsValue weakGroups(const CheckReport& report) {
  BarsValue value;
  value.measure = tr("share right");
  value.words.note = source(report);
  for (const learners::HiddenSubgroup& hidden : report.hidden) {
    QString differs;
    if (!hidden.features.empty() && hidden.features.front() < report.features.size()) {
      differs = tr(" · differs in %1").arg(text(report.features[hidden.features.front()]));
    }
    value.bars.push_back({.name = tr("a kind of %1").arg(nameOf(report, hidden.label)),
                          .colour = colourOf(report, hidden.label),
                          .value = hidden.accuracy.value,
                          .interval = std::pair(hidden.accuracy.low, hidden.accuracy.high),
                          .limit = hidden.others,
                          .text = percent(hidden.accuracy.value) + differs,
                          .examples = hidden.units});
  }
  for (const learners::GroupScore& group : report.groups) {
    if (!group.weak || value.bars.size() == kMostListed) continue;
    ExampleIds examples;
    for (const CheckedWindow& window : report.windows) {
      if (window.group == group.group &&
          std::find(examples.begin(), examples.end(), window.unit) == examples.end()) {
        examples.push_back(window.unit);
      }
    }
    value.bars.push_back({.name = tr("recording %1").arg(group.group),
                          .value = group.accuracy.value,
                          .interval = std::pair(group.accuracy.low, group.accuracy.high),
                          .limit = group.others,
                          .text = tr("%1 · others %2")
                                      .arg(percent(group.accuracy.value), percent(group.others)),
                          .examples = examples});
  }
  value.words.title = value.bars.empty() ? tr("No person, day or kind is served worse than others")
                      : !report.hidden.empty()
                          ? tr("Some %1 is missed").arg(nameOf(report, report.hidden.front().label))
                          : tr("%1 is served worse than the others").arg(value.bars.front().name);
  return value;
}

RibbonsValue timeline(const CheckReport& report) {
  RibbonsValue value;
  value.words.across = tr("seconds of tested recordings, one after the other");
  using Span = RibbonsValue::Span;
  std::vector<double> waits;
  int never = 0;
  std::size_t i = 0;
  const auto& windows = report.windows;
  while (i < windows.size()) {
    const std::int64_t unit = windows[i].unit;
    const base::Time begin = windows[i].span.begin;
    const double at = value.length;
    double end = at;
    bool found = false;
    bool wrong = false;
    Span* open = nullptr;
    std::size_t j = i;
    for (; j < windows.size() && windows[j].unit == unit; ++j) {
      const CheckedWindow& w = windows[j];
      // Windows overlap; each speaks for what is new in it.
      const double until = at + base::toSeconds(w.span.end - begin);
      const bool same = open && open->name == nameOf(report, w.said);
      if (same) {
        open->end = until;
      } else {
        value.said.push_back(
            {.begin = end,
             .end = until,
             .colour = colourOf(report, w.said),
             .name = nameOf(report, w.said),
             .look = w.said == CheckedWindow::kNotKnown ? Span::Look::NotKnown
                     : w.said == CheckedWindow::kNoData ? Span::Look::NoData
                                                        : Span::Look::Solid,
             .wrong = !w.right(),
             .text = w.right() ? tr("%1, right").arg(nameOf(report, w.label))
                               : tr("%1, said %2").arg(nameOf(report, w.label), nameOf(report, w.said)),
             .examples = {unit}});
        open = &value.said.back();
      }
      if (w.right() && !found && w.label != report.background) {
        waits.push_back(base::toSeconds(w.span.end - begin));
      }
      found |= w.right();
      wrong |= !w.right();
      end = until;
    }
    if (!found && windows[i].label != report.background) ++never;
    value.was.push_back({.begin = at,
                         .end = end,
                         .colour = colourOf(report, windows[i].label),
                         .name = nameOf(report, windows[i].label),
                         .wrong = wrong,
                         .text = nameOf(report, windows[i].label),
                         .examples = {unit}});
    value.length = end;
    if (j < windows.size()) value.borders.push_back(end);
    i = j;
  }
  value.words.note = tr("triangles: answered otherwise; hatched: not known; dotted: no data; ") +
                     source(report);
  if (waits.empty()) {
    value.words.title = tr("What was heard, beside what it was");
    return value;
  }
  std::nth_element(waits.begin(), waits.begin() + static_cast<std::ptrdiff_t>(waits.size() / 2),
                   waits.end());
  const QString wait = QString::number(waits[waits.size() / 2], 'f', 1);
  value.words.title = never == 0
                          ? tr("Everything was noticed, half of it within %1 s").arg(wait)
                          : tr("%1 of %2 examples were never noticed; the others within %3 s (median)")
                                .arg(never)
                                .arg(static_cast<std::size_t>(never) + waits.size())
                                .arg(wait);
  return value;
}

BarsValue stages(const CheckReport& report) {
  BarsValue value;
  value.measure = tr("milliseconds");
  value.words.note = tr("median of one window on one thread, this computer; features not included");
  double sum = 0;
  const app::StageTime* slowest = nullptr;
  const auto name = [](const app::StageTime& stage) {
    switch (stage.kind) {
      case app::StageTime::Kind::Prepare: return tr("bring to scale");
      case app::StageTime::Kind::Gate: return tr("quick check");
      case app::StageTime::Kind::Member: return text(stage.name);
      case app::StageTime::Kind::Certainty: return tr("certainty and novelty");
    }
    return QString();
  };
  for (const app::StageTime& stage : report.stages) {
    sum += stage.milliseconds;
    if (!slowest || stage.milliseconds > slowest->milliseconds) slowest = &stage;
    value.bars.push_back({.name = name(stage),
                          .value = stage.milliseconds,
                          .text = tr("%1 ms").arg(stage.milliseconds, 0, 'f', 3)});
  }
  if (!slowest || sum <= 0) return value;
  value.most = slowest->milliseconds;
  value.words.title = tr("%1 takes %2 of %3 ms")
                          .arg(name(*slowest), percent(slowest->milliseconds / sum))
                          .arg(sum, 0, 'f', 2);
  return value;
}

BarsValue drift(const CheckReport& report) {
  BarsValue value;
  value.measure = tr("distance");
  int beyond = 0;
  for (const app::FeatureDrift& one : report.drift) {
    beyond += one.distance > one.limit ? 1 : 0;
    value.bars.push_back({.name = text(one.feature),
                          .value = one.distance,
                          .limit = one.limit,
                          .text = QString::number(one.distance, 'f', 2),
                          .examples = one.units,
                          .hollow = one.distance <= one.limit});
  }
  value.words.note = tr("Kolmogorov–Smirnov distance between the last third of each label's examples "
                        "and those before, 0 to 1; tick: more is no chance (95 %, all features)");
  if (value.bars.empty()) return value;
  value.words.title = beyond == 0 ? tr("Nothing has changed beyond chance")
                                  : tr("%1 has changed most since the first examples")
                                        .arg(value.bars.front().name);
  return value;
}

}  // namespace ui::check
