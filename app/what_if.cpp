#include "app/what_if.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>

#include "learners/numbers.h"
#include "sensors/augmentation.h"

namespace app {
namespace {

using learners::Dataset;
using learners::DatasetPtr;
using sensors::SourceKind;
using sensors::Window;

constexpr std::uint64_t kFolded = 0x9E3779B97F4A7C15ULL;

std::uint64_t seedFor(const Window& window, std::uint64_t seed) {
  return learners::seedOf(seed ^ std::hash<std::string>{}(window.source->id) * kFolded,
                          static_cast<std::uint64_t>(window.span.begin.ns));
}

bool isSignal(SourceKind kind) { return kind == SourceKind::Audio || kind == SourceKind::Motion; }

/// What is heard or felt of the demonstrations of each source: deviations of their windows from
/// their means, root mean square. Added noise is measured against it, so that the quiet windows of a
/// noisy house are not quiet. Thread-safe.
class Loudness {
 public:
  void add(const Window& window) {
    const sensors::Samples& s = window.samples;
    std::vector<double> squares(s.channels);
    for (std::size_t c = 0; c < s.channels; ++c) {
      double sum = 0;
      double sumSquares = 0;
      double n = 0;
      for (std::size_t row = 0; row < s.rows; ++row) {
        if (s.isMissing(row, c)) continue;
        const double value = s.at(row, c);
        sum += value;
        sumSquares += value * value;
        ++n;
      }
      squares[c] = n > 0 ? std::max(0.0, sumSquares / n - sum / n * sum / n) : 0;
    }
    const std::lock_guard lock(mutex_);
    Sum& total = sums_[window.source->id];
    total.squares.resize(s.channels);
    for (std::size_t c = 0; c < s.channels; ++c) total.squares[c] += squares[c];
    ++total.windows;
  }
  double of(const std::string& source, std::size_t channel) const {
    const auto found = sums_.find(source);
    if (found == sums_.end() || found->second.windows == 0) return 0;
    return std::sqrt(found->second.squares[channel] / found->second.windows);
  }

 private:
  struct Sum {
    std::vector<double> squares;
    double windows = 0;
  };
  std::mutex mutex_;
  std::map<std::string, Sum> sums_;
};

void keepRange(const sensors::SourceInfo& source, sensors::Samples& samples) {
  for (std::size_t i = 0; i < samples.values.size(); ++i) {
    const sensors::Channel& channel = source.channels[i % samples.channels];
    if (!(channel.min < channel.max)) continue;
    samples.values[i] = std::clamp(samples.values[i], static_cast<float>(channel.min),
                                   static_cast<float>(channel.max));
  }
}

Window noisy(const Window& window, const Loudness& loudness, double snr, std::uint64_t seed) {
  if (!isSignal(window.source->kind)) return window;
  Window made = window;
  const auto colour = window.source->kind == SourceKind::Audio ? sensors::NoiseColour::Pink
                                                               : sensors::NoiseColour::White;
  for (std::size_t c = 0; c < made.samples.channels; ++c) {
    const auto scale =
        static_cast<float>(loudness.of(window.source->id, c) * std::pow(10, -snr / 20));
    const auto values = sensors::noise(colour, made.samples.rows, learners::seedOf(seed, c));
    for (std::size_t row = 0; row < made.samples.rows; ++row) {
      if (!made.samples.isMissing(row, c)) {
        made.samples.values[row * made.samples.channels + c] += scale * values[row];
      }
    }
  }
  keepRange(*window.source, made.samples);
  return made;
}

Window quieter(const Window& window, double decibels) {
  if (window.source->kind != SourceKind::Audio) return window;
  Window made = window;
  const auto factor = static_cast<float>(std::pow(10, -decibels / 20));
  for (float& value : made.samples.values) value *= factor;
  return made;
}

/// Up to `most` demonstrations that can be asked about, labels in turn.
std::set<std::int64_t> someUnits(const learners::Exam& exam, const Dataset& data,
                                 std::size_t most) {
  std::map<int, std::vector<std::int64_t>> byLabel;
  std::set<std::int64_t> seen;
  for (const std::size_t row : exam.rows()) {
    const std::int64_t unit = data.content().unit[row];
    if (seen.insert(unit).second) byLabel[data.label(row)].push_back(unit);
  }
  std::set<std::int64_t> chosen;
  for (std::size_t turn = 0; chosen.size() < most; ++turn) {
    const std::size_t before = chosen.size();
    for (const auto& [label, units] : byLabel) {
      if (turn < units.size() && chosen.size() < most) chosen.insert(units[turn]);
    }
    if (chosen.size() == before) break;
  }
  return chosen;
}

/// Everything one run needs.
class Trial {
 public:
  Trial(DatasetBuilder& builder, const TaskSettings& settings, const learners::Exam& exam,
        const Dataset& data, const learners::TrainingContext& context, const WhatIfOptions& options)
      : builder_(builder),
        settings_(settings),
        exam_(exam),
        data_(data),
        context_(context),
        options_(options),
        units_(someUnits(exam, data, options.mostUnits)),
        only_(data.rows(), 0) {
    for (std::size_t row = 0; row < data.rows(); ++row) {
      if (!units_.contains(data.content().unit[row])) continue;
      only_[row] = 1;
      rowOf_[{data.content().unit[row], data.content().span[row].begin.ns}] = row;
    }
  }

  bool anyUnits() const { return !units_.empty(); }

  /// Hears the chosen windows once, for `loudness`.
  base::Result<void> listen(Loudness& loudness) {
    const auto heard = build([&](const Window& window) {
      loudness.add(window);
      return window;
    });
    if (!heard) return heard.error();
    return {};
  }

  base::Result<WhatIfPoint> with(double level, const WindowChange& change) {
    const auto changed = build(change);
    if (!changed) return changed.error();
    learners::DatasetContent content = data_.content();
    content.missing.resize(content.values.size(), 0);
    const std::size_t width = data_.features();
    const auto& from = (*changed)->content();
    for (std::size_t i = 0; i < from.label.size(); ++i) {
      const auto found = rowOf_.find({from.unit[i], from.span[i].begin.ns});
      if (found == rowOf_.end()) continue;
      const auto to = static_cast<std::ptrdiff_t>(found->second * width);
      const auto row = (*changed)->row(i);
      std::copy(row.begin(), row.end(), content.values.begin() + to);
      const auto missing = (*changed)->missing(i);
      if (missing.empty()) {
        std::fill_n(content.missing.begin() + to, width, std::uint8_t{0});
      } else {
        std::copy(missing.begin(), missing.end(), content.missing.begin() + to);
      }
    }
    return ask(level, std::move(content));
  }

  base::Result<WhatIfPoint> withoutSource(const std::string& source) {
    learners::DatasetContent content = data_.content();
    content.missing.resize(content.values.size(), 0);
    for (const auto& part : content.layout.parts) {
      if (part.source != source) continue;
      for (std::size_t row = 0; row < data_.rows(); ++row) {
        const std::size_t begin = row * data_.features() + part.begin;
        std::fill_n(content.missing.begin() + static_cast<std::ptrdiff_t>(begin), part.count,
                    std::uint8_t{1});
        std::fill_n(content.values.begin() + static_cast<std::ptrdiff_t>(begin), part.count, 0.0F);
      }
    }
    return ask(1, std::move(content));
  }

  base::Result<WhatIfPoint> asMeasured() {
    auto point = ask(0, data_.content());
    if (point) point->measured = true;
    return point;
  }

 private:
  base::Result<DatasetPtr> build(const WindowChange& change) {
    return builder_.build(settings_, {.stop = context_.stop, .change = change, .only = units_});
  }

  base::Result<WhatIfPoint> ask(double level, learners::DatasetContent content) {
    const auto changed = Dataset::make(std::move(content));
    if (!changed) return changed.error();
    if (context_.stop.stop_requested()) {
      return base::Error{base::ErrorCode::Cancelled, "The check was stopped."};
    }
    const auto said = learners::askExam(exam_, **changed, only_);
    const learners::Answers& a = said.answers;
    WhatIfPoint point{.level = level};
    std::vector<std::uint8_t> right(a.rows());
    for (std::size_t i = 0; i < a.rows(); ++i) {
      const bool known = said.state[i] == learners::PredictionState::Known ||
                         said.state[i] == learners::PredictionState::Background;
      right[i] = known && a.right[i] != 0 ? 1 : 0;
    }
    point.all = learners::clusteredInterval(right, a.unit);
    for (std::size_t label = 0; label < data_.labelCount(); ++label) {
      std::vector<std::uint8_t> own;
      std::vector<std::int64_t> unit;
      for (std::size_t i = 0; i < a.rows(); ++i) {
        if (a.label[i] != static_cast<int>(label)) continue;
        own.push_back(right[i]);
        unit.push_back(a.unit[i]);
      }
      point.recall.push_back(learners::clusteredInterval(own, unit));
    }
    return point;
  }

  DatasetBuilder& builder_;
  const TaskSettings& settings_;
  const learners::Exam& exam_;
  const Dataset& data_;
  const learners::TrainingContext& context_;
  const WhatIfOptions& options_;
  std::set<std::int64_t> units_;
  std::vector<std::uint8_t> only_;  ///< [rows]
  std::map<std::pair<std::int64_t, std::int64_t>, std::size_t> rowOf_;  ///< by unit and begin
};

struct Plan {
  WhatIfKind kind;
  std::vector<double> levels;
  WindowChange (*change)(double level, const Loudness& loudness, std::uint64_t seed);
};

std::vector<Plan> plansFor(const std::vector<sensors::SourceInfo>& used) {
  const auto any = [&](auto fits) { return std::any_of(used.begin(), used.end(), fits); };
  std::vector<Plan> plans;
  if (any([](const auto& s) { return isSignal(s.kind); })) {
    plans.push_back({WhatIfKind::Noise, {20, 10, 5, 0},
                     [](double level, const Loudness& loudness, std::uint64_t seed) -> WindowChange {
                       return [=, &loudness](const Window& window) {
                         return noisy(window, loudness, level, seedFor(window, seed));
                       };
                     }});
  }
  if (any([](const auto& s) { return s.kind == SourceKind::Audio; })) {
    plans.push_back({WhatIfKind::Quieter, {6, 12, 18, 24},
                     [](double level, const Loudness&, std::uint64_t) -> WindowChange {
                       return [=](const Window& window) { return quieter(window, level); };
                     }});
    plans.push_back({WhatIfKind::Room, {0.3, 0.6, 1.2, 2.4},
                     [](double level, const Loudness&, std::uint64_t) -> WindowChange {
                       return [=](const Window& window) { return inRoom(window, level); };
                     }});
  }
  if (any([](const auto& s) { return s.kind == SourceKind::Picture || sensors::isPixelGrid(s); })) {
    plans.push_back({WhatIfKind::Dark, {50, 25, 10, 5},
                     [](double level, const Loudness&, std::uint64_t) -> WindowChange {
                       return [=](const Window& window) { return inTheDark(window, level / 100); };
                     }});
    plans.push_back({WhatIfKind::Blur, {1, 2, 3, 4},
                     [](double level, const Loudness&, std::uint64_t) -> WindowChange {
                       return [=](const Window& window) { return blurred(window, level); };
                     }});
  }
  plans.push_back({WhatIfKind::Dropout, {5, 10, 20, 40},
                   [](double level, const Loudness&, std::uint64_t seed) -> WindowChange {
                     return [=](const Window& window) {
                       return withDropout(window, level / 100, seedFor(window, seed));
                     };
                   }});
  return plans;
}

}  // namespace

base::Result<std::vector<WhatIfResult>> whatIf(DatasetBuilder& builder,
                                               const TaskSettings& settings,
                                               const std::vector<sensors::SourceInfo>& sources,
                                               const learners::Exam& exam, const Dataset& data,
                                               const learners::TrainingContext& context,
                                               const WhatIfOptions& options) {
  if (data.content().span.empty()) {
    return base::invalid("The examples say nothing about when they were recorded.");
  }
  Trial trial(builder, settings, exam, data, context, options);
  if (!trial.anyUnits()) return base::invalid("No example was kept for testing.");
  std::vector<sensors::SourceInfo> used;
  for (const auto& part : data.content().layout.parts) {
    for (const auto& source : sources) {
      if (source.id == part.source) used.push_back(source);
    }
  }
  const auto plans = plansFor(used);
  double steps = 2 + static_cast<double>(used.size());
  for (const Plan& plan : plans) steps += static_cast<double>(plan.levels.size());
  double done = 0;
  const auto step = [&] {
    if (context.progress) context.progress(++done / steps);
  };

  Loudness loudness;
  if (const auto heard = trial.listen(loudness); !heard) return heard.error();
  step();
  const auto measured = trial.asMeasured();
  if (!measured) return measured.error();
  step();
  std::vector<WhatIfResult> results;
  for (const Plan& plan : plans) {
    WhatIfResult result{.kind = plan.kind, .source = {}, .points = {*measured}};
    for (const double level : plan.levels) {
      auto point = trial.with(level, plan.change(level, loudness, options.seed));
      if (!point) return point.error();
      result.points.push_back(std::move(*point));
      step();
    }
    results.push_back(std::move(result));
  }
  for (const auto& source : used) {
    if (used.size() < 2) break;  // without its only source a model says nothing at all
    auto point = trial.withoutSource(source.id);
    if (!point) return point.error();
    results.push_back(
        {.kind = WhatIfKind::Lost, .source = source.id, .points = {*measured, std::move(*point)}});
    step();
  }
  return results;
}

}  // namespace app
