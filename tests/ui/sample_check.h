#pragma once
// A made-up check of the made-up house, for looking at the Check page. For tests and pictures only.

#include "app/check_desk.h"
#include "app/map_trail.h"
#include "learners/calibration.h"
#include "tests/ui/sample_snapshot.h"

namespace sample {

/// The house with enough examples to be checked: 48 of four labels.
inline app::Snapshot checked() {
  app::Snapshot s = full();
  s.cards = {card(label(1, "Background", 0), 14, 8, 100), card(label(2, "Kettle", 1), 14, 4, 200),
             card(label(3, "Tap", 2), 12, 3, 300), card(label(4, "Blender", 4), 8, 3, 400)};
  return s;
}

/// What was said of window `w` of example `e` of label number `label`.
inline int saidOf(int label, int e, int w) {
  if (label == 3 && e == 2) return 1;            // one Blender is taken for Kettle throughout
  if (label == 3 && e == 5 && w < 3) return 1;
  if (label == 2 && (e == 3 || e == 7) && w == 0) return 0;
  if (label == 2 && e == 9 && w == 2) return app::CheckedWindow::kNotKnown;
  if (label == 1 && e == 6 && w == 0) return 2;
  if (label == 0 && e == 4 && w > 9) return 2;
  return label;
}

/// How any map of two features could have been made.
inline app::MapProjectionPtr projection() {
  learners::DatasetContent content;
  content.layout.features = {{.name = "a", .unit = "1"}, {.name = "b", .unit = "1"}};
  content.labels = {label(1, "Background", 0), label(2, "Kettle", 1)};
  content.values = {0, 1, 1, 3, 2, 2, 4, 1};
  content.label = {0, 1, 0, 1};
  content.group = content.unit = {1, 2, 3, 4};
  const auto data = *learners::Dataset::make(content);
  const auto scale = learners::Standardizer::fit(*data);
  return std::make_shared<const app::MapProjection>(
      scale,
      *learners::Reduction::fit(*scale.apply(*data),
                                {.kind = learners::ReductionKind::Pca, .components = 2}),
      content.layout.hash());
}

inline app::CheckReport report() {
  const app::Snapshot house = checked();
  app::CheckReport r;
  r.datasetHash = "d";
  r.ensembleHash = "model7";
  r.version = 7;
  r.background = 0;
  r.byRecording = true;
  r.limits = {0.6F, 0.7F, 0.55F, 0.8F};
  learners::Answers answers;
  answers.labels = 4;
  for (const app::LabelCard& c : house.cards) r.labels.push_back(c.label);
  for (int l = 0; l < 4; ++l) {
    int e = 0;
    for (const app::Example& example : house.cards[static_cast<std::size_t>(l)].examples) {
      const auto windows = static_cast<int>(base::toSeconds(example.demonstration.span.length()) * 2) - 1;
      for (int w = 0; w < windows; ++w) {
        const int said = saidOf(l, e, w);
        const double sure = said == l ? 0.72 + 0.27 * std::abs(noise(w + 31 * e, l + 11))
                                      : 0.45 + 0.4 * std::abs(noise(w + 17 * e, l + 5));
        const base::Time begin = example.demonstration.span.begin + fromSeconds(0.5 * w);
        r.windows.push_back({.unit = example.demonstration.id,
                             .group = example.demonstration.recording,
                             .label = l,
                             .said = said,
                             .certainty = static_cast<float>(sure),
                             .novelty = said < 0 ? 0.8F : 0.1F,
                             .span = {begin, begin + fromSeconds(1)}});
        answers.label.push_back(l);
        answers.said.push_back(std::max(said, 0));
        answers.certainty.push_back(static_cast<float>(sure));
        answers.right.push_back(said == l ? 1 : 0);
        answers.unit.push_back(example.demonstration.id);
        answers.group.push_back(example.demonstration.recording);
        answers.row.push_back(answers.row.size());
      }
      ++e;
      ++r.examples;
    }
  }
  r.recordings = 31;
  r.reliability = learners::reliability(answers);
  r.calibrationError = learners::expectedCalibrationError(answers.certainty, answers.right);
  r.answers = std::make_shared<const learners::Answers>(answers);
  r.features = {"kitchen/mic l mel 12 mean"};

  const double centres[4][2] = {{0, 0}, {-3, 1.2}, {0.7, -1.8}, {-0.9, -3}};
  for (const auto kind : {app::CheckMap::Kind::Pca, app::CheckMap::Kind::KernelPca}) {
    app::CheckMap map{.kind = kind, .points = {}, .projection = projection()};
    for (std::size_t i = 0; i < r.windows.size(); ++i) {
      const app::CheckedWindow& w = r.windows[i];
      const double* centre = centres[w.said >= 0 ? w.said : 0];
      const double away = w.said < 0 ? 4 : 0;
      map.points.push_back({.x = static_cast<float>(centre[0] + away + 0.8 * noise(static_cast<double>(i), 3)),
                            .y = static_cast<float>(centre[1] + 0.8 * noise(static_cast<double>(i), 7)),
                            .window = i});
    }
    r.maps.push_back(std::move(map));
  }
  learners::LeakReport leaks;
  leaks.honest = {.value = 0.93, .low = 0.88, .high = 0.96, .n = 273, .clusters = 48};
  leaks.random = {.value = 0.98, .low = 0.95, .high = 0.99, .n = 273, .clusters = 48};
  r.leaks = leaks;
  r.suspicious = {{.unit = 402, .group = 402, .label = 3, .suggested = 1, .suspicion = 0.86},
                  {.unit = 303, .group = 303, .label = 2, .suggested = 0, .suspicion = 0.57},
                  {.unit = 200, .group = 200, .label = 1, .suggested = 1, .suspicion = 0.2}};
  learners::LearningCurve curve;
  for (const auto& [n, at] : {std::pair(2.0, 0.58), {4.0, 0.71}, {6.0, 0.78}, {8.0, 0.82}, {10.0, 0.855}}) {
    curve.points.push_back({.demonstrations = n,
                            .accuracy = at,
                            .low = at - 0.05,
                            .high = at + 0.04,
                            .recall = {0.97, at + 0.1, at - 0.02, at - 0.125}});
  }
  curve.all = {.label = -1, .now = 10, .more = 2, .accuracy = 0.855, .gain = 0.02, .low = 0, .high = 0.05};
  curve.labels = {{.label = 3, .now = 8, .more = 2, .accuracy = 0.85, .gain = 0.04, .low = 0.01, .high = 0.07}};
  r.curve = curve;
  using Kind = app::StageTime::Kind;
  r.stages = {{"", Kind::Prepare, 0.004},       {"", Kind::Gate, 0.002},
              {"Nearest neighbours", Kind::Member, 0.071}, {"Ridge", Kind::Member, 0.003},
              {"Random forest", Kind::Member, 0.024},      {"Linear support vectors", Kind::Member, 0.003},
              {"Curved support vectors", Kind::Member, 0.041}, {"Small network", Kind::Member, 0.012},
              {"Boosted trees", Kind::Member, 0.03},       {"", Kind::Certainty, 0.05}};
  const char* features[] = {"kitchen/mic l mel 12 mean", "kitchen/mic l loudness", "kitchen/imu x deviation",
                            "kitchen/plug power mean", "kitchen/mic l mel 31 mean", "kitchen/imu z spectral peak"};
  double distance = 0.82;
  for (const char* feature : features) {
    r.drift.push_back({.feature = feature, .distance = distance, .limit = 0.66, .units = {213, 311, 407}});
    distance -= 0.13;
  }
  r.partsDone = app::kUsualCheckParts;
  return r;
}

inline app::WhatIfResult whatIfResult(app::WhatIfKind kind, std::vector<double> levels,
                                      const std::string& source = {}) {
  app::WhatIfResult result{.kind = kind, .source = source, .points = {}};
  const double falls[4] = {0.02, 0.09, 0.2, 0.13};
  for (std::size_t i = 0; i <= levels.size(); ++i) {
    app::WhatIfPoint point{.level = i == 0 ? 0 : levels[i - 1], .measured = i == 0};
    point.all = {.value = 0.93 - 0.07 * static_cast<double>(i), .low = 0.5, .high = 1, .n = 273, .clusters = 48};
    for (int l = 0; l < 4; ++l) {
      const double at = std::max(0.05, 0.95 - 0.02 * l - falls[l] * static_cast<double>(i));
      point.recall.push_back({.value = at, .low = at - 0.08, .high = std::min(1.0, at + 0.05), .n = 60, .clusters = 12});
    }
    result.points.push_back(std::move(point));
  }
  return result;
}

/// With the what-if panel filled.
inline app::CheckReport wholeReport() {
  app::CheckReport r = report();
  r.whatIf = {whatIfResult(app::WhatIfKind::Noise, {20, 10, 5, 0}),
              whatIfResult(app::WhatIfKind::Quieter, {6, 12, 18, 24}),
              whatIfResult(app::WhatIfKind::Room, {0.3, 0.6, 1.2, 2.4}),
              whatIfResult(app::WhatIfKind::Lost, {1}, "kitchen/mic")};
  return r;
}

/// Another model, asked about all windows but those of the first example: a few more mistakes.
inline app::CheckRival rival(const app::CheckReport& r) {
  app::CheckRival other{.ensembleHash = "model5", .version = 5, .windows = {}, .of = {}};
  for (std::size_t i = 0; i < r.windows.size(); ++i) {
    app::CheckedWindow window = r.windows[i];
    if (window.unit == r.windows.front().unit) continue;
    if (i % 9 == 0) window.said = (window.label + 1) % 4;
    other.windows.push_back(window);
    other.of.push_back(i);
  }
  return other;
}

/// The last 47 minutes: quiet, a kettle now and then, a while of nothing heard, and away at last.
inline app::MapTrails trails(const app::CheckReport& r) {
  app::MapTrails all;
  for (const app::CheckMap& map : r.maps) {
    app::MapTrail trail{.projection = map.projection, .points = {}};
    for (int i = 0; i < 94; ++i) {
      if (i > 40 && i < 52) continue;
      const bool kettle = i % 23 < 4;
      const double away = i > 84 ? 0.35 * (i - 84) : 0;
      trail.points.push_back(
          {.time = kNow - fromSeconds(30 * (94 - i)),
           .x = static_cast<float>((kettle ? -3 : 0) + away + 0.4 * noise(i, 3)),
           .y = static_cast<float>((kettle ? 1.2 : 0) + 0.5 * away + 0.4 * noise(i, 7)),
           .label = away > 1.5 ? ""
                    : kettle   ? "Kettle"
                               : "Background",
           .joined = i != 0 && i != 52});
    }
    all.push_back(std::move(trail));
  }
  return all;
}

inline app::CheckView checkView(app::CheckView::Phase phase = app::CheckView::Phase::Ready) {
  app::CheckView view{.phase = phase};
  if (phase == app::CheckView::Phase::Ready || phase == app::CheckView::Phase::Working) {
    view.report = std::make_shared<const app::CheckReport>(wholeReport());
  }
  if (phase == app::CheckView::Phase::Working) {
    view.progress = 0.62;
    view.doing = app::CheckPart::Curve;
    auto part = report();
    part.curve.reset();
    part.drift.clear();
    part.stages.clear();
    view.report = std::make_shared<const app::CheckReport>(part);
  }
  return view;
}

inline ui::Feed feedWithCheck(std::optional<app::Answer> latest, const app::CheckView& view) {
  ui::Feed made = feed(std::move(latest));
  made.check = {.view = [view] { return view; },
                .watch = [](bool) {},
                .stop = [] {},
                .resume = [] {},
                .ask = [](app::CheckPart) {}};
  if (view.report) {
    const auto shown = std::make_shared<const app::MapTrails>(trails(*view.report));
    made.check.trails = [shown] { return shown; };
  }
  return made;
}

}  // namespace sample
