// export-model and compare: models as files, and two of them side by side.
#include <algorithm>
#include <set>

#include "app/headless/command.h"
#include "app/headless/model_card.h"
#include "app/headless/parts.h"
#include "app/headless/printed.h"
#include "app/headless/project_dataset.h"
#include "app/headless/score_report.h"
#include "app/training/files.h"
#include "app/training/model_bundle.h"
#include "hubs/bus.h"
#include "hubs/codec.h"
#include "plugins/host/built_in.h"

namespace app {
namespace {

using nlohmann::json;

base::Result<std::unique_ptr<ProjectStore>> openForReading(const std::string& file) {
  std::error_code failed;
  if (!std::filesystem::exists(file, failed)) {
    return base::Error{base::ErrorCode::NotFound, "there is no project " + file};
  }
  return ProjectStore::open(file, OpenMode::ReadOnly);
}

base::Result<learners::EnsemblePtr> ensembleOf(const ProjectStore& store,
                                               const DeploymentRow& row) {
  const auto bytes = store.blob(row.ensembleHash);
  if (!bytes) return bytes.error();
  return learners::Ensemble::decode(*bytes, plugins::builtIn().learners);
}

base::Result<json> cardOf(const ProjectStore& store, TaskId task, int version) {
  const auto row = deploymentOf(store, task, version);
  if (!row) return row.error();
  const auto ensemble = ensembleOf(store, *row);
  if (!ensemble) return ensemble.error();
  return makeCard(store, *row, **ensemble);
}

/// The card of a bundle, whose ensemble is read too, so that a file that shows can also serve.
base::Result<json> cardOf(const std::string& file) {
  const auto bytes = readWhole(file);
  if (!bytes) return bytes.error();
  const auto bundle = decodeBundle(*bytes);
  if (!bundle) return base::Error{bundle.error().code, file + ": " + bundle.error().message};
  const auto ensemble = learners::Ensemble::decode(bundle->ensemble, plugins::builtIn().learners);
  if (!ensemble) return ensemble.error();
  auto card = hubs::parseJson(hubs::toBytes(bundle->card), {.bytes = 16U << 20, .keys = 1'000'000});
  if (!card) return card.error();
  if (hubs::textField(*card, "ensemble_hash") != (*ensemble)->hash()) {
    return base::Error{base::ErrorCode::Corrupt, file + ": the card belongs to another model"};
  }
  return card;
}

/// The copies a deployed model learnt from too.
Copies copiesOf(const DeploymentRow& row) {
  const auto report =
      hubs::parseJson(hubs::toBytes(row.reportJson), {.bytes = 64U << 20, .keys = 4'000'000});
  if (!report || !report->is_object()) return {};
  const json copies = report->value("copies", json::object());
  const auto number =
      std::clamp<std::int64_t>(hubs::integerField(copies, "number"), 0, kMostCopies);
  return {.number = static_cast<int>(number),
          .seed = static_cast<std::uint64_t>(hubs::integerField(copies, "seed", 1))};
}

/// The rows a deployed model learnt from. Errors: InvalidArgument where they cannot be had any
/// more.
base::Result<learners::DatasetPtr> dataOf(const ProjectStore& store, const DeploymentRow& row,
                                          const Arguments& arguments) {
  const plugins::Registry registry = allParts();
  const auto built = buildDataset(store, registry, arguments);
  if (!built) return built.error();
  auto data = augmented(built->data, *built, store, registry, copiesOf(row));
  if (!data) return data.error();
  if ((*data)->hash() != row.datasetHash) {
    return base::invalid("the examples have changed since model " + std::to_string(row.version) +
                         "; train it again or export without data");
  }
  return data;
}

base::Result<void> exportTo(const Arguments& arguments) {
  const auto file = projectFile(arguments);
  if (!file) return file.error();
  if (!arguments.has("to")) return base::invalid("name a file to write with --to");
  const auto store = openForReading(*file);
  if (!store) return store.error();
  std::optional<int> version;
  if (arguments.has("model")) {
    const auto wanted = arguments.integer("model", 1, 1'000'000);
    if (!wanted) return wanted.error();
    version = static_cast<int>(*wanted);
  }
  const auto task = taskAsked(**store, arguments);
  if (!task) return task.error();
  const auto row = deploymentOf(**store, task->id, version);
  if (!row) return row.error();
  const auto ensemble = ensembleOf(**store, *row);
  if (!ensemble) return ensemble.error();
  const auto card = makeCard(**store, *row, **ensemble);
  if (!card) return card.error();
  ModelBundle bundle{.card = card->dump(1, ' ', false, json::error_handler_t::replace),
                     .ensemble = (*ensemble)->encode(),
                     .dataset = {}};
  if (arguments.has("with-data")) {
    const auto data = dataOf(**store, *row, arguments);
    if (!data) return data.error();
    bundle.dataset = (*data)->encode();
  }
  if (const auto done = writeWhole(arguments.text("to"), encodeBundle(bundle)); !done) {
    return done.error();
  }
  print(Report{.json = *card, .text = cardText(*card)}, arguments);
  return {};
}

base::Result<void> runExport(const Arguments& arguments) {
  if (!arguments.has("show")) return exportTo(arguments);
  const auto card = cardOf(arguments.text("show"));
  if (!card) return card.error();
  print(Report{.json = *card, .text = cardText(*card)}, arguments);
  return {};
}

/// Leaves examples that the other was asked about too.
std::vector<learners::UnitOutcome> common(const std::vector<learners::UnitOutcome>& from,
                                          const std::vector<learners::UnitOutcome>& other) {
  std::set<std::pair<std::int64_t, std::string>> known;
  for (const learners::UnitOutcome& one : other) known.insert({one.unit, one.label});
  std::vector<learners::UnitOutcome> kept;
  for (const learners::UnitOutcome& one : from) {
    if (known.contains({one.unit, one.label})) kept.push_back(one);
  }
  return kept;
}

Report toReport(const learners::PairedComparison& made, const std::string& a,
                const std::string& b) {
  Report report{.json = toJson(made), .text = {}};
  add(report.text, "%.100s recognised %.1f %% of %zu examples it had not seen, %.100s %.1f %%\n",
      a.c_str(), 100 * made.accuracyA, made.units, b.c_str(), 100 * made.accuracyB);
  add(report.text, "difference %+.1f points (95 %% between %+.1f and %+.1f): %s\n",
      100 * made.difference, 100 * made.low, 100 * made.high,
      made.differ() ? "not by chance" : "may be chance");
  add(report.text, "only the first recognised %zu, only the second %zu (chance %.3f)\n", made.onlyA,
      made.onlyB, made.chance);
  return report;
}

base::Result<void> runCompare(const Arguments& arguments) {
  std::vector<json> cards;
  std::unique_ptr<ProjectStore> store;
  TaskId task = kFirstTask;
  if (arguments.has("project")) {
    auto opened = openForReading(arguments.text("project"));
    if (!opened) return opened.error();
    store = std::move(*opened);
    const auto asked = taskAsked(*store, arguments);
    if (!asked) return asked.error();
    task = asked->id;
  } else if (arguments.has("task")) {
    return base::invalid("--task needs --project");
  }
  for (const std::string& name : arguments.positionals()) {
    auto card = store ? cardOf(*store, task, std::atoi(name.c_str())) : cardOf(name);
    if (!card) return card.error();
    cards.push_back(std::move(*card));
  }
  auto a = outcomesOf(cards[0]);
  auto b = outcomesOf(cards[1]);
  if (arguments.has("common")) {
    const auto all = a;
    a = common(a, b);
    b = common(b, all);
  } else if (hubs::textField(cards[0], "test_hash") != hubs::textField(cards[1], "test_hash")) {
    return base::invalid(
        "the two models were tested on other recordings, so they cannot be compared; --common "
        "compares what both were tested on");
  }
  const auto made = learners::comparePaired(a, b);
  if (!made) return made.error();
  print(toReport(*made, arguments.positionals()[0], arguments.positionals()[1]), arguments);
  return {};
}

const Option kJson = {"json", "", "Print one JSON object instead of text."};

}  // namespace

int exportModelCommand(const std::vector<std::string>& words) {
  return runWithArguments(
      {.command = "mimosactl export-model",
       .summary = "Write a project's model with its card into one file, or show such a file.",
       .options = {{"project", "FILE", "The project."},
                   taskOption(),
                   {"to", "FILE", "The file to write."},
                   {"model", "VERSION", "A former model in place of the newest."},
                   {"with-data", "", "Put the rows it learnt from into the file."},
                   {"show", "FILE", "Read a file and show its card."},
                   kJson},
       .positionals = "[PROJECT]",
       .leastPositionals = 0,
       .mostPositionals = 1},
      words, runExport);
}

int compareCommand(const std::vector<std::string>& words) {
  return runWithArguments(
      {.command = "mimosactl compare",
       .summary = "Compare two models on the examples both were tested on and had not seen.",
       .options = {{"project", "FILE", "A and B are versions of this project's model."},
                   taskOption(),
                   {"common", "", "Leave out examples that one of them was not tested on."},
                   kJson},
       .positionals = "A B",
       .leastPositionals = 2,
       .mostPositionals = 2,
       .details = "A and B are files that export-model wrote, or versions with --project."},
      words, runCompare);
}

}  // namespace app
