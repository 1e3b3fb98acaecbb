#pragma once
// A made-up house for looking at the window: snapshots, answers and signals in every state a person
// can meet. For tests and pictures only.

#include <cmath>
#include <numbers>

#include "app/snapshot.h"
#include "ui/feed.h"

namespace sample {

using base::fromSeconds;

inline constexpr base::Time kNow{1'795'000'000'000'000'000};

inline double noise(double t, int seed) {
  const double x = std::sin(t * 12.9898 + seed * 78.233) * 43758.5453;
  return (x - std::floor(x)) * 2 - 1;
}

/// What the kettle does at `ago` seconds before now: 0 quiet, 1 tap, 2 kettle.
inline int happening(double ago) {
  if (ago > 6 && ago < 29) {
    return 2;
  }
  return ago > 42 && ago < 48 ? 1 : 0;
}

inline double signalAt(const std::string& source, double ago, double t) {
  const int now = happening(ago);
  if (source == "kitchen/mic") {
    return noise(t, 1) * (now == 2 ? 0.8 : now == 1 ? 0.45 : 0.03) * (0.8 + 0.2 * noise(t / 7, 2));
  }
  if (source == "kitchen/plug") {
    return now == 2 ? 1840 + 12 * noise(t, 3) : 2.1 + 0.4 * noise(t, 4);
  }
  if (source == "kitchen/imu") {
    return 9.81 + (now == 2 ? 0.5 * std::sin(t * 9) + 0.2 * noise(t, 5) : 0.03 * noise(t, 5));
  }
  return std::fmod(std::floor(t / 3.1) * 7, 5) < 1 && std::fmod(t, 3.1) < 1.2 ? 1 : 0;
}

inline std::vector<sensors::EnvelopeColumn> columnsOf(const std::string& source, std::size_t,
                                                      const base::TimeSpan& span, std::size_t n) {
  std::vector<sensors::EnvelopeColumn> columns(n);
  const double begin = base::toSeconds(span.begin - kNow);
  const double step = base::toSeconds(span.length()) / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double t = begin + static_cast<double>(i) * step;
    if (source == "hall/motion" && -t > 33 && -t < 38) {
      continue;  // the hub was away
    }
    sensors::EnvelopeColumn c{1e9F, -1e9F};
    for (int k = 0; k < 4; ++k) {
      const double tk = t + step * k / 4;
      const auto v = static_cast<float>(signalAt(source, -t, tk + 1000));
      c.min = std::min(c.min, v);
      c.max = std::max(c.max, v);
      if (source == "kitchen/mic") {
        c.min = std::min(c.min, -v);
        c.max = std::max(c.max, -v);
      }
    }
    columns[i] = c;
  }
  return columns;
}

inline learners::Label label(learners::LabelId id, const char* name, int colour) {
  return {.id = id,
          .name = name,
          .colour = colour,
          .key = static_cast<int>(id) - 1,
          .background = id == 1};
}

inline app::Example example(std::int64_t id, learners::LabelId labelId, double ago, double length) {
  app::Example e;
  e.demonstration.id = id;
  e.demonstration.label = labelId;
  e.demonstration.span = {kNow - fromSeconds(ago), kNow - fromSeconds(ago - length)};
  e.demonstration.recording = id;
  e.demonstration.origin = labelId == 1 ? learners::Origin::Background : learners::Origin::Person;
  e.thumbnailChannel = "kitchen/mic l";
  for (int i = 0; i < 48; ++i) {
    const double rise = labelId == 1   ? 0.03
                        : labelId == 2 ? std::min(1.0, i / 20.0) * (i < 42 ? 1 : 0.15)
                        : labelId == 3 ? (i > 8 && i < 38 ? 0.6 : 0.08)
                                       : std::abs(std::sin(i / 6.0));
    const auto v =
        static_cast<float>(rise * (0.6 + 0.4 * std::abs(noise(i, static_cast<int>(id)))));
    e.thumbnail.push_back({-v, v});
  }
  return e;
}

inline app::LabelCard card(const learners::Label& of, int n, double length, std::int64_t firstId) {
  app::LabelCard c{.label = of, .examples = {}};
  for (int i = 0; i < n; ++i) {
    c.examples.push_back(example(firstId + i, of.id, 300 - 20.0 * i, length));
  }
  c.enabled = n;
  c.seconds = n * length;
  return c;
}

inline app::SourceView source(const char* id, const char* name, sensors::SourceKind kind,
                              std::vector<sensors::Channel> channels, double rate) {
  app::SourceView v;
  v.info = {.id = id, .name = name, .kind = kind, .channels = std::move(channels), .rate = rate};
  v.counts.blocks = 1000;
  v.rowsPerSecond = rate;
  return v;
}

inline std::vector<app::SourceView> sources() {
  using Kind = sensors::SourceKind;
  return {source("kitchen/mic", "Kitchen mic", Kind::Audio, {{"l", "1", -1, 1}}, 16000),
          source("kitchen/plug", "Plug power", Kind::Slow, {{"power", "W", 0, 3680}}, 1),
          source("kitchen/imu", "Counter", Kind::Motion,
                 {{"x", "m/s²", -20, 20}, {"y", "m/s²", -20, 20}, {"z", "m/s²", -20, 20}}, 100),
          source("hall/motion", "Hall motion", Kind::Slow, {{"motion", "", 0, 1}}, 0)};
}

/// The house of the visual reference: three labels, model 7, Kettle boiling.
inline app::Snapshot full() {
  app::Snapshot s;
  s.projectName = "Our kitchen";
  s.savedAt = kNow - fromSeconds(3);
  s.link.state = hubs::LinkState::Online;
  s.brokerText = "private broker";
  s.cards = {card(label(1, "Background", 0), 3, 16, 100), card(label(2, "Kettle", 1), 6, 4, 200),
             card(label(3, "Tap", 2), 5, 3, 300), card(label(4, "Blender", 4), 3, 3, 400)};
  s.cards[2].examples[3].demonstration.enabled = false;
  s.cards[2].enabled = 4;
  s.model = {.phase = app::ModelPhase::Ready,
             .version = 7,
             .hash = "ab",
             .members = 7,
             .membersWanted = 7,
             .newExamples = 12,
             .learntFrom = 14,
             .heldOut = true,
             .heldOutAccuracy = 0.93,
             .trainedAt = kNow - fromSeconds(70),
             .trainedOn = "this computer",
             .trouble = {},
             .keptAside = {}};
  s.lesson = {.stage = app::LessonView::Stage::Done,
              .what = "that was Tap",
              .seconds = 0.8,
              .oldRightBefore = 23,
              .oldRightAfter = 23,
              .oldTotal = 23,
              .comparable = true,
              .trouble = {},
              .command = 5};
  s.sources = sources();
  s.latency = {.p50Ms = 0.3, .p95Ms = 0.5, .n = 200};
  s.readingsPerSecond = 16104;
  s.processorShare = 0.12;
  s.diskFree = 212'000'000'000;
  s.bytesPerSecond = 40000;
  s.canUndo = true;
  return s;
}

inline app::Answer answer(const app::Snapshot& s, std::vector<float> probabilities, int top) {
  app::Answer a;
  for (const app::LabelCard& c : s.cards) {
    a.labels.push_back(c.label);
  }
  a.prediction.span = {kNow - fromSeconds(1.2), kNow - fromSeconds(0.2)};
  a.prediction.state = learners::PredictionState::Known;
  a.prediction.label = top;
  a.prediction.voted = top;
  a.prediction.probabilities = std::move(probabilities);
  a.prediction.certainty = a.prediction.probabilities[static_cast<std::size_t>(top)];
  a.prediction.calibrated = true;
  a.prediction.novelty = 0.04F;
  a.prediction.memberLabel = {top, top, top, top, top, top, (top + 1) % 4};
  a.prediction.disagreement = 0.11F;
  a.memberTitles = {"Logistic regression", "Nearest examples", "Support vectors",
                    "Boosted trees",       "Random forest",    "Ridge",
                    "Small network"};
  a.since = kNow - fromSeconds(4);
  a.latencyMs = 0.3;
  a.computeMs = 0.2;
  a.modelVersion = 7;
  a.servedOn = "this program";
  return a;
}

inline std::vector<app::RibbonSpan> heard() {
  using State = learners::PredictionState;
  const auto span = [](double from, double to, int labelIndex, float sure, State state) {
    return app::RibbonSpan{.span = {kNow - fromSeconds(from), kNow - fromSeconds(to)},
                           .label = labelIndex,
                           .text = {},
                           .certainty = sure,
                           .state = state,
                           .imputed = false};
  };
  return {span(412, 398, 3, 0.88F, State::Known),     span(300, 281, 1, 0.97F, State::Known),
          span(190, 186, -1, 0.5F, State::Novel),     span(120, 114, 2, 0.66F, State::Known),
          span(75, 47, 0, 0.9F, State::Background),   span(47, 41.5, 2, 0.74F, State::Known),
          span(41.5, 38, 0, 0.9F, State::Background), span(38, 35, -1, 0, State::NoData),
          span(35, 31, -1, 0.6F, State::Novel),       span(31, 28, 2, 0.48F, State::Known),
          span(28, 5, 1, 0.91F, State::Known),        span(5, 0, 0, 0.9F, State::Background)};
}

inline std::vector<app::RibbonSpan> said() {
  return {{.span = {kNow - fromSeconds(30.5), kNow - fromSeconds(5.5)},
           .label = 1,
           .text = "Kettle",
           .certainty = 1,
           .state = learners::PredictionState::Known,
           .imputed = false}};
}

inline ui::Feed feed(std::optional<app::Answer> latest) {
  return {.now = [] { return kNow; },
          .columns = columnsOf,
          .heard = [](const base::TimeSpan&) { return heard(); },
          .said = [](const base::TimeSpan&) { return said(); },
          .latest = [latest] { return latest; }};
}

}  // namespace sample
