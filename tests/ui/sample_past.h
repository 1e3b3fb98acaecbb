#pragma once
// A made-up week of teaching for looking at page Past: what was done, which models served, what was
// recorded and what went wrong. For tests and pictures only.

#include "tests/ui/sample_snapshot.h"

namespace sample {

inline constexpr double kHour = 3600;
inline constexpr double kDay = 24 * kHour;

/// full(), with examples in recordings of their own and a few troubles.
inline app::Snapshot pastSnapshot() {
  app::Snapshot s = full();
  s.model.hash = "model7";
  const auto trouble = [&](app::NoticeView::Kind kind, const char* text, double ago, int count) {
    s.notices.push_back({.kind = kind,
                         .text = text,
                         .time = kNow - fromSeconds(ago),
                         .count = count,
                         .id = 100 + static_cast<std::int64_t>(s.notices.size())});
  };
  using Kind = app::NoticeView::Kind;
  trouble(Kind::Warning,
          "The hub stopped answering. What this computer senses itself goes on; I keep trying.",
          2 * kHour, 3);
  trouble(Kind::Error, "Hall camera keeps exposure at 1/60 s (asked 1/15). Nothing was changed.",
          0.4 * kHour, 1);
  return s;
}

inline std::vector<app::CommandRow> pastCommands() {
  struct Step {
    const char* text;
    double ago;
    bool undone = false;
  };
  const Step steps[] = {
      {"Label Background added", 3 * kDay + 900},
      {"Label Kettle added", 3 * kDay + 840},
      {"Kettle recorded", 3 * kDay + 800},
      {"Kettle recorded", 3 * kDay + 770},
      {"Kettle recorded", 3 * kDay + 735},
      {"Label Tap added", 3 * kDay + 700},
      {"Tap recorded", 3 * kDay + 660},
      {"Tap recorded", 3 * kDay + 630},
      {"Tap recorded", 3 * kDay + 590},
      {"Window set to 2 s", kDay + 5 * kHour},
      {"Label Blender added", kDay + 4 * kHour},
      {"Blender recorded", kDay + 4 * kHour - 40},
      {"Blender recorded", kDay + 4 * kHour - 80},
      {"Blender recorded", kDay + 4 * kHour - 130},
      {"Correction: that was Tap", kDay + 2 * kHour},
      {"exposure set to 15", kDay + kHour},
      {"When Kettle is sure for 5 s, say “Tea!”", 3 * kHour},
      {"Recording of 2026-11-18 19:04:40 forgotten", 2.2 * kHour},
      {"Kettle recorded", 0.5 * kHour},
      {"Blender, from 14:02:11, moved by 0.1 s", 900},
      {"Correction: that was Tap", 70},
      {"Tap renamed to Kitchen tap that drips", 40, true},
      {"Training paused", 20, true},
  };
  std::vector<app::CommandRow> rows;
  for (const Step& step : steps) {
    rows.push_back({.id = static_cast<std::int64_t>(rows.size()) + 1,
                    .kind = "add_examples",
                    .text = step.text,
                    .time = kNow - fromSeconds(step.ago),
                    .undone = step.undone});
  }
  return rows;
}

/// `snapshot`: whose examples lie in the recordings.
inline app::LibraryContents pastContents(const app::Snapshot& snapshot = pastSnapshot()) {
  app::LibraryContents all;
  all.commands = pastCommands();
  for (const app::SourceView& view : sources()) {
    all.sources.push_back(view.info);
  }
  double examples = 0;
  for (const app::LabelCard& card : snapshot.cards) {
    examples += static_cast<double>(card.examples.size());
  }
  std::vector<app::LearntExample> learnt;
  for (const app::LabelCard& card : snapshot.cards) {
    for (const app::Example& example : card.examples) {
      const learners::Demonstration& d = example.demonstration;
      learnt.push_back({.id = d.id, .label = d.label, .span = d.span});
      // Recordings spread over the days, each around its example.
      const double ago =
          3 * kDay - static_cast<double>(all.recordings.size()) * 2.9 * kDay / examples + 400;
      const base::Time begin = kNow - fromSeconds(ago);
      all.recordings.push_back({{.id = d.recording,
                                 .span = {begin, begin + d.span.length() + fromSeconds(1.2)},
                                 .gapped = d.id == 302},
                                {"kitchen/mic", "kitchen/plug", "kitchen/imu"}});
    }
  }
  all.recordings[4].recording.name = "blender-and-tap.wav";
  const double since[] = {3 * kDay + 600,         3 * kDay + 580, kDay + 4 * kHour - 150,
                          kDay + 2 * kHour - 3,   2.2 * kHour,    0.5 * kHour - 8,
                          70};
  for (int version = 1; version <= 7; ++version) {
    const std::size_t n = std::min(learnt.size(), 6 + static_cast<std::size_t>(version) * 2);
    all.models.push_back(std::make_shared<const app::ModelLineage>(
        app::ModelLineage{.version = version,
                          .hash = "model" + std::to_string(version),
                          .worker = version == 5 ? "attic" : "this computer",
                          .since = kNow - fromSeconds(since[version - 1]),
                          .heldOut = version > 1,
                          .accuracy = 0.7 + 0.033 * version,
                          .learnt = {learnt.begin(),
                                     learnt.begin() + static_cast<std::ptrdiff_t>(n)}}));
  }
  all.mistakes = {{.example = 204,
                   .label = 3,
                   .span = {kNow - fromSeconds(76), kNow - fromSeconds(72)},
                   .said = "Kettle",
                   .version = 6,
                   .certainty = 0.71F},
                  {.example = 301,
                   .label = 3,
                   .span = {kNow - fromSeconds(kDay + 2 * kHour), kNow - fromSeconds(kDay + 2 * kHour - 4)},
                   .version = 3}};
  return all;
}

inline ui::LibraryFeed pastLibrary(const app::Snapshot& snapshot = pastSnapshot()) {
  const auto contents = std::make_shared<const app::LibraryContents>(pastContents(snapshot));
  return {.contents = [contents] { return contents; },
          .revision = [] { return std::uint64_t{1}; },
          .spectrum =
              [](const std::string&, const base::TimeSpan& span, std::size_t n) {
                app::StoredSpectrum spectrum;
                const double pitch = static_cast<double>(span.begin.ns / 1'000'000'000 % 17) + 6;
                for (std::size_t x = 0; x < n; ++x) {
                  spectrum.known.push_back(1);
                  for (std::size_t b = 0; b < app::StoredSpectrum::kBands; ++b) {
                    const double near =
                        std::exp(-std::pow((static_cast<double>(b) - pitch) / 4, 2));
                    const double swell = 0.5 + 0.5 * std::sin(static_cast<double>(x) / 20);
                    spectrum.levels.push_back(static_cast<std::uint8_t>(
                        200 * near * swell +
                        40 * std::abs(noise(static_cast<double>(x * 40 + b), 3))));
                  }
                }
                return spectrum;
              },
          .asOf =
              [](base::Time time) {
                const app::Snapshot s = pastSnapshot();
                app::PastState state{.time = time, .modelVersion = 3};
                for (std::size_t i = 0; i < 3; ++i) {
                  state.labels.push_back(s.cards[i].label);
                  for (const app::Example& e : s.cards[i].examples) {
                    state.examples.push_back(e.demonstration);
                  }
                }
                return std::optional(state);
              }};
}

}  // namespace sample
