#include <cstdio>
#include <nlohmann/json.hpp>

#include "app/headless/command.h"
#include "app/headless/parts.h"
#include "app/headless/project_dataset.h"
#include "app/headless/session_command.h"

namespace app {
namespace {

using learners::PredictionState;

constexpr std::size_t kAtOnce = 256;

Usage makeServeUsage() {
  Usage usage{.command = "mimosactl serve",
              .summary = "Run a project without a window and print what it hears.",
              .options = sessionOptionsDeclared(),
              .positionals = "[PROJECT]",
              .leastPositionals = 0,
              .mostPositionals = 1,
              .details =
                  "Prints a line each time the answer changes, with --json every answer.\n"
                  "Runs until it is ended (Ctrl+C) or --seconds are over."};
  usage.options.push_back({"json", "", "Print every answer as one JSON object a line."});
  usage.options.push_back({"seconds", "N", "End after so long."});
  usage.options.push_back({"no-worker", "", "Train in no process of this computer."});
  return usage;
}

std::string wordFor(PredictionState state) {
  switch (state) {
    case PredictionState::Known:
      return "known";
    case PredictionState::Background:
      return "background";
    case PredictionState::Novel:
      return "novel";
    case PredictionState::NoData:
      return "no_data";
  }
  return {};
}

std::string labelOf(const Answer& answer) {
  const int label = answer.prediction.label;
  if (label < 0 || label >= static_cast<int>(answer.labels.size())) return {};
  return answer.labels[static_cast<std::size_t>(label)].name;
}

std::string jsonLine(const Answer& answer) {
  const learners::Prediction& prediction = answer.prediction;
  const nlohmann::json line = {{"begin_ns", prediction.span.begin.ns},
                               {"end_ns", prediction.span.end.ns},
                               {"state", wordFor(prediction.state)},
                               {"label", labelOf(answer)},
                               {"certainty", prediction.certainty},
                               {"calibrated", prediction.calibrated},
                               {"disagreement", prediction.disagreement},
                               {"novelty", prediction.novelty},
                               {"gate", prediction.stage == learners::Stage::Gate},
                               {"latency_ms", answer.latencyMs},
                               {"compute_ms", answer.computeMs},
                               {"model", answer.modelVersion}};
  return line.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// Prints the answers of a session, each once.
class Printer {
 public:
  explicit Printer(bool json) : json_(json) {}

  void print(const Session& session) {
    for (const Answer& answer : session.recentAnswers(kAtOnce)) {
      if (answer.prediction.span.end <= last_) continue;
      last_ = answer.prediction.span.end;
      if (json_) {
        std::printf("%s\n", jsonLine(answer).c_str());
      } else {
        printChange(answer);
      }
    }
    std::fflush(stdout);
  }

 private:
  void printChange(const Answer& answer) {
    const std::string now = answer.prediction.state == PredictionState::NoData  ? "no data"
                            : answer.prediction.state == PredictionState::Novel ? "something new"
                                                                                : labelOf(answer);
    if (now == said_) return;
    said_ = now;
    std::printf("%s  %-24s %3.0f %%%s\n", base::clockText(answer.prediction.span.end).c_str(),
                now.c_str(), 100 * static_cast<double>(answer.prediction.certainty),
                answer.prediction.calibrated ? "" : "  (not yet tested)");
  }

  bool json_;
  base::Time last_{INT64_MIN};
  std::string said_;
};

base::Result<void> runServe(const Arguments& arguments) {
  const auto file = projectFile(arguments);
  if (!file) return file.error();
  auto options = sessionOptionsFrom(arguments, *file);
  if (!options) return options.error();
  options->startWorker = !arguments.has("no-worker");
  base::Duration length = std::chrono::hours(24 * 365 * 10);
  if (arguments.has("seconds")) {
    const auto seconds = arguments.number("seconds", 0.1, 1e8);
    if (!seconds) return seconds.error();
    length = base::fromSeconds(*seconds);
  }
  return runUntilSignalled([&](std::stop_token stop) -> base::Result<void> {
    SessionWatch watch;
    auto session = Session::open(*options, allParts());
    if (!session) return session.error();
    (*session)->onChange([&watch] { watch.changed(); });
    letOrSay(**session, arguments);
    if (const auto chosen = chooseTask(**session, watch, stop, arguments); !chosen) return chosen;
    Printer printer(arguments.has("json"));
    watch.waitFor(stop, length, [&] {
      printer.print(**session);
      return false;
    });
    return {};
  });
}

}  // namespace

int serveCommand(const std::vector<std::string>& words) {
  return runWithArguments(makeServeUsage(), words, runServe);
}

}  // namespace app
