#include "app/headless/model_card.h"

#include <algorithm>
#include <set>

#include "app/headless/printed.h"
#include "app/headless/score_report.h"
#include "app/training/trainer.h"
#include "hubs/bus.h"
#include "hubs/codec.h"
#include "learners/subgroups.h"

namespace app {
namespace {

using nlohmann::json;

/// A field of an object as an object or a list; an empty one where it is not there.
const json& part(const json& object, const char* key) {
  static const json kNone = json::array();
  if (!object.is_object()) return kNone;
  const auto found = object.find(key);
  return found != object.end() && found->is_structured() ? *found : kNone;
}

base::Result<json> reportOf(const DeploymentRow& row) {
  return hubs::parseJson(hubs::toBytes(row.reportJson), {.bytes = 64U << 20, .keys = 4'000'000});
}

json schemaOf(const learners::Ensemble& ensemble, const json& report) {
  json features = json::array();
  for (const sensors::Feature& feature : ensemble.content().layout.features) {
    features.push_back({{"name", feature.name}, {"unit", feature.unit}});
  }
  json schema = {{"hash", ensemble.schema()}, {"features", std::move(features)}};
  const auto task = hubs::parseJson(hubs::toBytes(hubs::textField(report, "task")),
                                    {.bytes = 4U << 20, .keys = 100'000});
  if (task && task->is_object() && task->contains("frames")) schema["frames"] = (*task)["frames"];
  if (!part(report, "networks").empty()) schema["networks"] = part(report, "networks");
  return schema;
}

/// Held-out examples as answers of one row each, so that they can be scored like any others.
struct Tested {
  learners::Answers answers;
  json list = json::array();
  std::string hash;
};

base::Result<Tested> testedOf(const learners::EnsembleReport& report,
                              const learners::Ensemble& ensemble, const ProjectStore& store,
                              const ExampleNames& names) {
  const auto examples = store.demonstrations();
  if (!examples) return examples.error();
  const auto recordings = store.recordings();
  if (!recordings) return recordings.error();
  std::map<std::int64_t, const learners::Demonstration*> byId;
  for (const learners::Demonstration& one : *examples) byId[one.id] = &one;
  std::map<std::string, std::int64_t> groups;
  Tested made;
  base::Hasher hasher;
  for (const learners::UnitScore& unit : report.units) {
    const auto label = static_cast<std::size_t>(unit.label);
    if (unit.label < 0 || label >= ensemble.labels().size()) continue;
    const std::string& name = ensemble.labels()[label].name;
    const auto found = byId.find(unit.unit);
    made.list.push_back({{"example", unit.unit}, {"label", name}, {"right", unit.right}});
    hasher.addValue(unit.unit).add(name).addValue('\0');
    std::int64_t group = -1;  // of examples that were removed since
    if (found != byId.end()) {
      const std::string groupName = names.group(found->second->recording);
      group = groups.emplace(groupName, found->second->recording).first->second;
      hasher.addValue(found->second->span.begin.ns).addValue(found->second->span.end.ns);
    }
    made.answers.label.push_back(unit.label);
    made.answers.right.push_back(unit.right ? 1 : 0);
    made.answers.unit.push_back(unit.unit);
    made.answers.group.push_back(group);
  }
  made.hash = hasher.finish();
  return made;
}

json metricsOf(const Tested& tested, const learners::EnsembleReport& report,
               const learners::Ensemble& ensemble) {
  json perLabel = json::object();
  for (std::size_t c = 0; c < ensemble.labels().size(); ++c) {
    std::vector<std::uint8_t> right;
    std::vector<std::int64_t> unit;
    for (std::size_t i = 0; i < tested.answers.rows(); ++i) {
      if (tested.answers.label[i] != static_cast<int>(c)) continue;
      right.push_back(tested.answers.right[i]);
      unit.push_back(tested.answers.unit[i]);
    }
    perLabel[ensemble.labels()[c].name] = toJson(learners::clusteredInterval(right, unit));
  }
  return {{"held_out", report.heldOut},
          {"accuracy", report.accuracy},
          {"examples", toJson(learners::accuracyInterval(tested.answers))},
          {"per_label", std::move(perLabel)}};
}

json groupsOf(const Tested& tested, const ExampleNames& names) {
  json list = json::array();
  for (const learners::GroupScore& score : learners::scoreGroups(tested.answers)) {
    if (score.group < 0) continue;
    list.push_back({{"group", names.group(score.group)},
                    {"accuracy", toJson(score.accuracy)},
                    {"weak", score.weak}});
  }
  return list;
}

base::Result<json> dataOf(const ProjectStore& store, TaskId task, const json& report,
                          const ExampleNames& names) {
  const auto examples = store.demonstrations();
  if (!examples) return examples.error();
  const auto labels = store.labels();
  if (!labels) return labels.error();
  std::set<learners::LabelId> own;
  for (const learners::Label& label : *labels) {
    if (label.task == task) own.insert(label.id);
  }
  std::set<std::int64_t> recordings;
  std::set<std::string> groups;
  double seconds = 0;
  for (const learners::Demonstration& one : *examples) {
    if (!one.enabled || !own.contains(one.label)) continue;
    recordings.insert(one.recording);
    groups.insert(names.group(one.recording));
    seconds += base::toSeconds(one.span.length());
  }
  return json{{"examples", hubs::integerField(report, "examples")},
              {"recordings", recordings.size()},
              {"groups", groups.size()},
              {"seconds", seconds}};
}

}  // namespace

base::Result<DeploymentRow> deploymentOf(const ProjectStore& store, TaskId task,
                                         std::optional<int> version) {
  auto rows = store.deployments();
  if (!rows) return rows.error();
  std::erase_if(*rows, [&](const DeploymentRow& row) { return row.task != task; });
  if (rows->empty()) {
    return base::Error{base::ErrorCode::NotFound,
                       "the task has no model yet; mimosactl train makes one"};
  }
  if (!version) return rows->back();
  for (DeploymentRow& row : *rows) {
    if (row.version == *version) return std::move(row);
  }
  return base::Error{base::ErrorCode::NotFound, "there is no model " + std::to_string(*version)};
}

base::Result<json> makeCard(const ProjectStore& store, const DeploymentRow& row,
                            const learners::Ensemble& ensemble) {
  const auto whole = reportOf(row);
  if (!whole) return whole.error();
  const auto report = reportFromJson(part(*whole, "report").dump());
  if (!report) return report.error();
  const auto names = ExampleNames::read(store);
  if (!names) return names.error();
  const auto tested = testedOf(*report, ensemble, store, *names);
  if (!tested) return tested.error();
  auto data = dataOf(store, row.task, *whole, *names);
  if (!data) return data.error();

  const learners::EnsembleContent& content = ensemble.content();
  json labels = json::array();
  for (const learners::Label& label : content.labels) {
    labels.push_back({{"name", label.name}, {"background", label.background}});
  }
  json members = json::array();
  for (const learners::EnsembleMember& member : content.members) {
    members.push_back({{"learner", std::string(member.model->kind())},
                       {"held_out_accuracy", member.accuracy},
                       {"weight", member.weight}});
  }
  json limits = {{"novel_above", 0.5},
                 {"temperature", content.calibration.temperature()},
                 {"certainty", content.limits}};
  if (content.gate) limits["gate"] = content.gate->threshold();
  return json{{"format", 1},
              {"model", row.version},
              {"ensemble_hash", row.ensembleHash},
              {"dataset_hash", row.datasetHash},
              {"schema", schemaOf(ensemble, *whole)},
              {"labels", std::move(labels)},
              {"members", std::move(members)},
              {"limits", std::move(limits)},
              {"data", std::move(*data)},
              {"metrics", metricsOf(*tested, *report, ensemble)},
              {"groups", groupsOf(*tested, *names)},
              {"tested", tested->list},
              {"test_hash", tested->hash}};
}

std::string cardText(const json& card) {
  std::string text;
  add(text, "Model %lld, ensemble %.12s, data %.12s\n",
      static_cast<long long>(hubs::integerField(card, "model")),
      hubs::textField(card, "ensemble_hash").c_str(),
      hubs::textField(card, "dataset_hash").c_str());
  std::string labels;
  for (const json& label : part(card, "labels")) {
    labels += (labels.empty() ? "" : ", ") + hubs::textField(label, "name") +
              (hubs::boolField(label, "background") ? " (nothing happens)" : "");
  }
  add(text, "It tells apart: %.800s\n", labels.c_str());
  const json& data = part(card, "data");
  add(text, "It learnt from %lld examples in %lld recordings of %lld groups, %.0f s in all\n",
      static_cast<long long>(hubs::integerField(data, "examples")),
      static_cast<long long>(hubs::integerField(data, "recordings")),
      static_cast<long long>(hubs::integerField(data, "groups")),
      hubs::numberField(data, "seconds"));
  add(text, "It needs %zu features (schema %.12s)\n", part(part(card, "schema"), "features").size(),
      hubs::textField(part(card, "schema"), "hash").c_str());
  for (const json& network : part(part(card, "schema"), "networks")) {
    add(text, "Features of %.60s come from the network %.60s, licence %.60s, hash %.64s\n",
        hubs::textField(network, "source").c_str(), hubs::textField(network, "name").c_str(),
        hubs::textField(network, "licence").c_str(), hubs::textField(network, "sha256").c_str());
  }
  for (const json& member : part(card, "members")) {
    add(text, "  %-16.40s weight %4.1f %%, %.1f %% right held out\n",
        hubs::textField(member, "learner").c_str(), 100 * hubs::numberField(member, "weight"),
        100 * hubs::numberField(member, "held_out_accuracy"));
  }
  const json& metrics = part(card, "metrics");
  if (hubs::boolField(metrics, "held_out")) {
    const json& examples = part(metrics, "examples");
    add(text, "On examples it had not seen: %.1f %% recognised (95 %% between %.1f and %.1f %%)\n",
        100 * hubs::numberField(examples, "value"), 100 * hubs::numberField(examples, "low"),
        100 * hubs::numberField(examples, "high"));
  } else {
    text += "Not tested yet: each label needs examples from two recordings\n";
  }
  const json& perLabel = part(metrics, "per_label");
  if (perLabel.is_object()) {
    for (const auto& [name, interval] : perLabel.items()) {
      add(text, "  %-24.60s %5.1f %% of %lld\n", name.c_str(),
          100 * hubs::numberField(interval, "value"),
          static_cast<long long>(hubs::integerField(interval, "n")));
    }
  }
  bool weak = false;
  for (const json& group : part(card, "groups")) {
    if (!hubs::boolField(group, "weak")) continue;
    weak = true;
    add(text, "It serves %.60s worse: %.1f %%\n", hubs::textField(group, "group").c_str(),
        100 * hubs::numberField(part(group, "accuracy"), "value"));
  }
  if (!weak) text += "No group is known to be served worse\n";
  return text;
}

std::vector<learners::UnitOutcome> outcomesOf(const json& card) {
  std::vector<learners::UnitOutcome> made;
  for (const json& one : part(card, "tested")) {
    if (!one.is_object()) continue;
    made.push_back({.unit = hubs::integerField(one, "example"),
                    .label = hubs::textField(one, "label"),
                    .right = hubs::boolField(one, "right")});
  }
  return made;
}

}  // namespace app
