#include <charconv>
#include <cstdio>

#include "app/headless/arguments.h"
#include "app/headless/command.h"
#include "app/project/forget.h"

namespace app {
namespace {

const Usage& forgetUsage() {
  static const Usage kUsage{
      .command = "mimosactl forget",
      .summary = "Forget recordings for good: samples, envelopes, examples and answers of them.",
      .options = {{"project", "FILE", "The project; it must not be open elsewhere."},
                  {"dry-run", "", "Only say what would be forgotten."}},
      .positionals = "NUMBER...",
      .leastPositionals = 1,
      .mostPositionals = 4096,
      .details = "Models that learnt from a recording stay; they are listed. Train anew to be rid of\n"
                 "what they learnt: mimosactl train --project FILE"};
  return kUsage;
}

base::Result<void> forgetOne(ProjectStore& store, const std::string& text, bool dryRun) {
  std::int64_t id = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), id);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) {
    return base::invalid("\"" + text + "\" is no number of a recording");
  }
  const auto report = forgetRecording(store, id);
  if (!report) return report.error();
  if (dryRun) {
    if (auto back = restoreRecording(store, id); !back) return back;
  }
  std::printf("recording %s: %zu examples", text.c_str(), report->examples);
  for (const LearntModel& model : report->models) {
    std::printf("\n  Model %d (%s) learnt from it", model.version,
                model.modelHash.substr(0, 12).c_str());
  }
  std::printf("\n");
  return {};
}

base::Result<void> runForget(const Arguments& arguments) {
  if (!arguments.has("project")) return base::invalid("say which project with --project FILE");
  auto store = ProjectStore::open(arguments.text("project"));
  if (!store) return store.error();
  const bool dryRun = arguments.has("dry-run");
  auto done = (*store)->inTransaction([&]() -> base::Result<void> {
    for (const std::string& text : arguments.positionals()) {
      if (auto forgotten = forgetOne(**store, text, dryRun); !forgotten) return forgotten;
    }
    return {};
  });
  if (!done || dryRun) return done;
  const auto emptied = emptyBin(**store);
  return emptied ? base::Result<void>() : base::Result<void>(emptied.error());
}

}  // namespace

int forgetCommand(const std::vector<std::string>& words) {
  return runWithArguments(forgetUsage(), words, runForget);
}

}  // namespace app
