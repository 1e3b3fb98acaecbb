#pragma once
// A made-up morning of recordings for looking at the Label page: kettle, tap and blender in turn,
// one hole in the data, a model that missed some of it. For tests and pictures only.

#include "tests/ui/sample_house.h"

namespace sample {

struct Happening {
  double begin;  ///< seconds before now
  double length;
  int what;  ///< index of a card of full()
};

/// Oldest first.
inline std::vector<Happening> morning() {
  std::vector<Happening> all;
  const double lengths[] = {38, 12, 21, 44, 9, 17};
  const int whats[] = {1, 2, 3, 1, 2, 2};
  double at = 2870;
  for (int i = 0; at > 130; ++i) {
    all.push_back({at, lengths[i % 6], whats[i % 6]});
    at -= lengths[i % 6] + 35 + 25 * std::abs(noise(i, 7));
  }
  return all;
}

inline const base::TimeSpan kMorning{kNow - fromSeconds(2880), kNow - fromSeconds(100)};
inline const base::TimeSpan kHole{kNow - fromSeconds(1460), kNow - fromSeconds(1442)};

inline double morningSignal(const std::string& source, double ago, double t) {
  int now = 0;
  double since = 0;
  for (const Happening& h : morning()) {
    if (ago <= h.begin && ago > h.begin - h.length) {
      now = h.what;
      since = h.begin - ago;
    }
  }
  if (source == "kitchen/mic") {
    const double loud = now == 1   ? std::min(0.8, 0.1 + since / 30)
                        : now == 2 ? 0.4
                        : now == 3 ? 0.9
                                   : 0.03;
    return noise(t, 1) * loud * (0.8 + 0.2 * noise(t / 7, 2));
  }
  if (source == "kitchen/plug") {
    return now == 1   ? 1840 + 12 * noise(t, 3)
           : now == 3 ? 420 + 30 * noise(t, 3)
                      : 2.1 + 0.4 * noise(t, 4);
  }
  if (source == "kitchen/imu") {
    return 9.81 + (now == 3   ? 1.5 * noise(t, 5)
                   : now == 1 ? 0.3 * noise(t, 6)
                              : 0.04 * noise(t, 6));
  }
  return std::fmod(std::floor(t / 61) * 7, 5) < 1 && std::fmod(t, 61) < 20 ? 1 : 0;
}

inline std::vector<sensors::EnvelopeColumn> morningColumns(const std::string& source,
                                                           const base::TimeSpan& span,
                                                           std::size_t n) {
  std::vector<sensors::EnvelopeColumn> columns(n);
  const double begin = base::toSeconds(span.begin - kNow);
  const double step = base::toSeconds(span.length()) / static_cast<double>(n);
  for (std::size_t i = 0; i < n; ++i) {
    const base::Time at = span.begin + fromSeconds(static_cast<double>(i) * step);
    if (!kMorning.contains(at) || (source == "kitchen/plug" && kHole.contains(at))) {
      continue;
    }
    sensors::EnvelopeColumn c{1e9F, -1e9F};
    for (int k = 0; k < 4; ++k) {
      const double t = begin + static_cast<double>(i) * step + step * k / 4;
      const auto v = static_cast<float>(morningSignal(source, -t, t + 5000));
      const bool sound = source == "kitchen/mic";
      c.min = std::min(c.min, sound ? -std::abs(v) : v);
      c.max = std::max(c.max, sound ? std::abs(v) : v);
    }
    columns[i] = c;
  }
  return columns;
}

/// full(), with labels on most of the morning.
inline app::Snapshot morningSnapshot() {
  app::Snapshot s = full();
  for (app::LabelCard& c : s.cards) {
    c.examples.clear();
  }
  std::int64_t id = 1;
  for (const Happening& h : morning()) {
    if (id % 4 != 0) {
      app::Example e;
      e.demonstration = {
          .id = id,
          .label = s.cards[static_cast<std::size_t>(h.what)].label.id,
          .span = {kNow - fromSeconds(h.begin), kNow - fromSeconds(h.begin - h.length)},
          .recording = 1};
      s.cards[static_cast<std::size_t>(h.what)].examples.push_back(e);
    }
    ++id;
  }
  for (app::SourceView& view : s.sources) {
    view.counts.blocks = 0;  // nothing live: the morning alone
  }
  return s;
}

inline ui::LibraryFeed morningLibrary() {
  auto contents = std::make_shared<app::LibraryContents>();
  for (const app::SourceView& view : sources()) {
    contents->sources.push_back(view.info);
  }
  contents->recordings = {{{.id = 1, .span = kMorning, .gapped = false}, {}}};
  contents->sittings = {kMorning};
  contents->covered = {kMorning};
  const app::Snapshot full = sample::full();
  app::Heard heard;
  std::vector<base::TimeSpan> events;
  int i = 0;
  for (const Happening& h : morning()) {
    const base::TimeSpan span{kNow - fromSeconds(h.begin), kNow - fromSeconds(h.begin - h.length)};
    events.push_back(span);
    ++i;
    heard.spans.push_back(
        {.span = {span.begin + fromSeconds(0.7), span.end + fromSeconds(0.4)},
         .recording = 1,
         .label = full.cards[static_cast<std::size_t>(h.what)].label.id,
         .certainty = i % 7 == 3 ? 0.54F : 0.9F - 0.02F * static_cast<float>(i % 9),
         .belowLimit = i % 7 == 3});
  }
  return {
      .contents = [contents] { return contents; },
      .revision = [] { return std::uint64_t{1}; },
      .columns =
          [](const std::string& source, std::size_t, const base::TimeSpan& span, std::size_t n) {
            return app::StoredColumns{morningColumns(source, span, n), true};
          },
      .spectrum =
          [](const std::string& source, const base::TimeSpan& span, std::size_t n) {
            app::StoredSpectrum spectrum;
            const auto columns = morningColumns(source, span, n);
            for (std::size_t x = 0; x < n; ++x) {
              spectrum.known.push_back(1);
              for (std::size_t b = 0; b < app::StoredSpectrum::kBands; ++b) {
                const double near = std::exp(-std::pow((static_cast<double>(b) - 11) / 6, 2));
                const double level = std::abs(columns[x].max) * near +
                                     0.08 * std::abs(noise(static_cast<double>(x * 40 + b), 3));
                spectrum.levels.push_back(
                    static_cast<std::uint8_t>(255 * std::clamp(level, 0.0, 1.0)));
              }
            }
            return spectrum;
          },
      .picture = [](const std::string&, base::Time,
                    base::Duration) { return std::shared_ptr<const sensors::Image>(); },
      .events = [events](const base::TimeSpan&) { return std::optional(events); },
      .heard = [heard](const base::TimeSpan&) { return heard; },
      .findSimilar = [](const base::TimeSpan&, std::int64_t, const base::TimeSpan&) {},
      .similar =
          [] {
            app::SimilarAnswer answer;
            for (const Happening& h : morning()) {
              answer.spans.push_back(
                  {.span = {kNow - fromSeconds(h.begin), kNow - fromSeconds(h.begin - h.length)},
                   .recording = 1,
                   .distance = 0.2F,
                   .telling = answer.spans.size() < 3});
            }
            return std::optional(answer);
          }};
}

}  // namespace sample
