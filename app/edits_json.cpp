// Edits as the project keeps them.

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/edits.h"
#include "app/local_sources.h"
#include "app/project/source_choice.h"
#include "hubs/bus.h"
#include "hubs/codec.h"
#include "hubs/device_config.h"

namespace app {

namespace {

using nlohmann::json;

json labelJson(const learners::Label& l) {
  return {{"id", l.id},
          {"name", l.name},
          {"colour", l.colour},
          {"key", l.key},
          {"background", l.background},
          {"task", l.task}};
}

learners::Label labelFrom(const json& j) {
  return {.id = hubs::integerField(j, "id"),
          .name = hubs::textField(j, "name"),
          .colour = static_cast<int>(hubs::integerField(j, "colour")),
          .key = static_cast<int>(hubs::integerField(j, "key")),
          .background = hubs::boolField(j, "background"),
          .task = hubs::integerField(j, "task", kFirstTask)};
}

json exampleJson(const learners::Demonstration& d) {
  return {
      {"id", d.id},           {"label", d.label},         {"begin", d.span.begin.ns},
      {"end", d.span.end.ns}, {"recording", d.recording}, {"origin", static_cast<int>(d.origin)},
      {"enabled", d.enabled}, {"author", d.author},       {"model", d.modelHash}};
}

learners::Demonstration exampleFrom(const json& j) {
  return {.id = hubs::integerField(j, "id"),
          .label = hubs::integerField(j, "label"),
          .span = {{hubs::integerField(j, "begin")}, {hubs::integerField(j, "end")}},
          .recording = hubs::integerField(j, "recording"),
          .origin = static_cast<learners::Origin>(hubs::integerField(j, "origin")),
          .enabled = hubs::boolField(j, "enabled", true),
          .author = hubs::textField(j, "author"),
          .modelHash = hubs::textField(j, "model")};
}

json examplesJson(const std::vector<learners::Demonstration>& examples) {
  json list = json::array();
  for (const auto& example : examples) list.push_back(exampleJson(example));
  return list;
}

std::vector<learners::Demonstration> examplesFrom(const json& j) {
  std::vector<learners::Demonstration> examples;
  if (j.is_array()) {
    for (const json& item : j) {
      if (item.is_object()) examples.push_back(exampleFrom(item));
    }
  }
  return examples;
}

json taskJson(const TaskSettings& t) {
  json frames = json::array();
  for (const auto& f : t.frames) {
    frames.push_back({{"source", f.source},
                      {"extractor", f.extractor},
                      {"length", f.window.length.count()},
                      {"hop", f.window.hop.count()}});
    if (!f.fill.empty()) frames.back()["fill"] = app::toJson(f.fill);
  }
  json limits = json::array();
  for (const auto& [label, certainty] : t.limits) {
    limits.push_back({{"label", label}, {"certainty", certainty}});
  }
  json all = {{"frames", frames},
          {"length", t.window.length.count()},
          {"hop", t.window.hop.count()},
          {"learners", t.learners},
          {"fastest_only", t.policy == learners::MemberPolicy::LowLatency},
          {"steadiness", t.steadiness},
          {"train_on", t.trainOn},
          {"serve_on", t.serveOn},
          {"paused", t.trainingPaused}};
  if (!t.choices.empty()) all["choices"] = app::toJson(t.choices);
  if (!limits.empty()) all["limits"] = limits;
  // What is as in a project with one task is left out: names of states stay what they were.
  if (t.id != kFirstTask) all["id"] = t.id;
  if (t.key != TaskSettings{}.key) all["key"] = t.key;
  if (!t.name.empty()) all["name"] = t.name;
  return all;
}

json tasksJson(const std::vector<TaskSettings>& tasks) {
  json list = json::array();
  for (const TaskSettings& task : tasks) list.push_back(taskJson(task));
  return list;
}

sensors::WindowSpec windowFrom(const json& j) {
  const sensors::WindowSpec fallback;
  return {base::Duration(hubs::integerField(j, "length", fallback.length.count())),
          base::Duration(hubs::integerField(j, "hop", fallback.hop.count()))};
}

TaskSettings taskFrom(const json& j) {
  TaskSettings t;
  t.id = hubs::integerField(j, "id", t.id);
  t.key = hubs::textField(j, "key", t.key);
  t.name = hubs::textField(j, "name");
  t.window = windowFrom(j);
  t.policy = hubs::boolField(j, "fastest_only") ? learners::MemberPolicy::LowLatency
                                                : learners::MemberPolicy::BestEffort;
  if (const auto found = j.find("steadiness"); found != j.end() && found->is_number()) {
    t.steadiness = std::clamp(found->get<float>(), 0.0F, 1.0F);
  }
  t.trainOn = hubs::textField(j, "train_on");
  t.serveOn = hubs::textField(j, "serve_on");
  t.trainingPaused = hubs::boolField(j, "paused");
  if (const auto found = j.find("choices"); found != j.end()) t.choices = sourceChoicesFrom(*found);
  if (const auto found = j.find("learners"); found != j.end() && found->is_array()) {
    t.learners.clear();
    for (const json& l : *found) {
      if (l.is_string()) t.learners.push_back(l.get<std::string>());
    }
  }
  if (const auto found = j.find("limits"); found != j.end() && found->is_array()) {
    for (const json& l : *found) {
      const learners::LabelId label = hubs::integerField(l, "label");
      if (label == 0) continue;
      t.limits[label] =
          std::clamp(static_cast<float>(hubs::numberField(l, "certainty")), 0.0F, 1.0F);
    }
  }
  if (const auto found = j.find("frames"); found != j.end() && found->is_array()) {
    for (const json& f : *found) {
      if (!f.is_object()) continue;
      t.frames.push_back(
          {hubs::textField(f, "source"), hubs::textField(f, "extractor"), windowFrom(f)});
      if (const auto fill = f.find("fill"); fill != f.end()) {
        t.frames.back().fill = fillChoiceFrom(*fill);
      }
    }
  }
  return t;
}

/// `when`: "before" or "after". Files of before kept one task.
std::vector<TaskSettings> tasksFrom(const json& j, const std::string& when) {
  std::vector<TaskSettings> tasks;
  if (const auto found = j.find("tasks_" + when); found != j.end() && found->is_array()) {
    for (const json& task : *found) {
      if (task.is_object()) tasks.push_back(taskFrom(task));
    }
  } else if (const auto one = j.find("task_" + when); one != j.end() && one->is_object()) {
    tasks.push_back(taskFrom(*one));
  }
  return tasks;
}

/// An edit may hold the examples of a whole import: what could not be read could not be undone.
constexpr hubs::CodecLimits kEditLimits{.bytes = 256U << 20, .keys = 16'000'000};

base::Result<json> parseObject(const std::string& text) {
  auto parsed = hubs::parseJson(hubs::toBytes(text), kEditLimits);
  if (!parsed) return parsed.error();
  if (!parsed->is_object())
    return base::Error{base::ErrorCode::Corrupt, "a kept command is not an object"};
  return *parsed;
}

json ruleJson(const std::optional<RuleRow>& r) {
  if (!r) return json();
  return {{"id", r->id},
          {"kind", r->kind},
          {"text", r->text},
          {"json", r->json},
          {"enabled", r->enabled}};
}

std::optional<RuleRow> ruleRowFrom(const json& j) {
  if (!j.is_object()) return std::nullopt;
  return RuleRow{.id = hubs::integerField(j, "id"),
                 .kind = hubs::textField(j, "kind"),
                 .text = hubs::textField(j, "text"),
                 .json = hubs::textField(j, "json"),
                 .enabled = hubs::boolField(j, "enabled", true)};
}

BringIn bringInFrom(const json& j) {
  BringIn edit{.examples = examplesFrom(j.contains("examples") ? j.at("examples") : json()),
               .tasksBefore = tasksFrom(j, "before"),
               .tasksAfter = tasksFrom(j, "after")};
  for (const char* const list : {"recordings", "labels"}) {
    const auto found = j.find(list);
    if (found == j.end() || !found->is_array()) continue;
    for (const json& item : *found) {
      if (!item.is_object()) continue;
      if (item.contains("recording")) {
        edit.recordings.push_back(hubs::integerField(item, "recording"));
      } else {
        edit.labels.push_back(labelFrom(item));
      }
    }
  }
  return edit;
}

struct ToJson {
  json operator()(const AddLabel& e) const { return {{"label", labelJson(e.label)}}; }
  json operator()(const RenameLabel& e) const {
    return {{"label", e.label}, {"before", e.before}, {"after", e.after}};
  }
  json operator()(const RemoveLabel& e) const {
    return {{"label", labelJson(e.label)}, {"examples", examplesJson(e.examples)}};
  }
  json operator()(const AddExamples& e) const { return {{"examples", examplesJson(e.examples)}}; }
  json operator()(const RemoveExample& e) const { return {{"example", exampleJson(e.example)}}; }
  json operator()(const EnableExample& e) const {
    return {{"example", e.example}, {"enabled", e.enabled}};
  }
  json operator()(const ChangeTask& e) const {
    return {{"before", taskJson(e.before)}, {"after", taskJson(e.after)}};
  }
  json operator()(const AskParam& e) const {
    return {{"node", e.node},
            {"param", e.param},
            {"before", e.before ? hubs::toJson(*e.before) : json()},
            {"after", hubs::toJson(e.after)}};
  }
  json operator()(const ChangeRule& e) const {
    return {{"before", ruleJson(e.before)}, {"after", ruleJson(e.after)}};
  }
  json operator()(const ChangeLocal& e) const {
    return {{"before", toJson(e.before)},
            {"after", toJson(e.after)},
            {"tasks_before", tasksJson(e.tasksBefore)},
            {"tasks_after", tasksJson(e.tasksAfter)}};
  }
  json operator()(const ReviseExamples& e) const {
    return {{"before", examplesJson(e.before)}, {"after", examplesJson(e.after)}};
  }
  json operator()(const RejectProposal& e) const {
    return {{"label", e.label}, {"begin", e.span.begin.ns}, {"end", e.span.end.ns}};
  }
  json operator()(const ServeModel& e) const {
    return {{"before", e.before}, {"after", e.after}, {"task", e.task}};
  }
  json operator()(const ForgetRecording& e) const { return {{"recording", e.recording}}; }
  json operator()(const AddTask& e) const { return {{"task", taskJson(e.task)}}; }
  json operator()(const RemoveTask& e) const { return {{"task", taskJson(e.task)}}; }
  json operator()(const KeepRecording& e) const { return {{"recording", e.recording}}; }
  json operator()(const BringIn& e) const {
    json recordings = json::array();
    for (const std::int64_t id : e.recordings) recordings.push_back({{"recording", id}});
    json labels = json::array();
    for (const learners::Label& label : e.labels) labels.push_back(labelJson(label));
    return {{"recordings", recordings},
            {"labels", labels},
            {"examples", examplesJson(e.examples)},
            {"tasks_before", tasksJson(e.tasksBefore)},
            {"tasks_after", tasksJson(e.tasksAfter)}};
  }
};

constexpr const char* kKinds[] = {
    "add_label",       "rename_label",  "remove_label", "add_examples",     "remove_example",
    "enable_example",  "change_task",   "ask_param",    "change_local",     "revise_examples",
    "reject_proposal", "serve_model",   "change_rule",  "forget_recording", "add_task",
    "remove_task",     "keep_recording", "bring_in"};

}  // namespace

std::string kindOf(const EditValue& value) { return kKinds[value.index()]; }

std::string toJson(const EditValue& value) { return std::visit(ToJson{}, value).dump(); }

base::Result<EditValue> editFrom(const std::string& kind, const std::string& text) {
  const auto parsed = parseObject(text);
  if (!parsed) return parsed.error();
  const json& j = *parsed;
  const auto part = [&](const char* key) { return j.contains(key) ? j.at(key) : json(); };
  if (kind == "add_label") return EditValue(AddLabel{labelFrom(part("label"))});
  if (kind == "rename_label") {
    return EditValue(RenameLabel{hubs::integerField(j, "label"), hubs::textField(j, "before"),
                                 hubs::textField(j, "after")});
  }
  if (kind == "remove_label") {
    return EditValue(RemoveLabel{labelFrom(part("label")), examplesFrom(part("examples"))});
  }
  if (kind == "add_examples") return EditValue(AddExamples{examplesFrom(part("examples"))});
  if (kind == "remove_example") return EditValue(RemoveExample{exampleFrom(part("example"))});
  if (kind == "enable_example") {
    return EditValue(
        EnableExample{hubs::integerField(j, "example"), hubs::boolField(j, "enabled")});
  }
  if (kind == "change_task")
    return EditValue(ChangeTask{taskFrom(part("before")), taskFrom(part("after"))});
  if (kind == "ask_param") {
    const auto after = hubs::paramValueFrom(part("after"));
    if (!after) return base::Error{base::ErrorCode::Corrupt, "a kept setting has no value"};
    return EditValue(AskParam{hubs::textField(j, "node"), hubs::textField(j, "param"),
                              hubs::paramValueFrom(part("before")), *after});
  }
  if (kind == "change_local") {
    auto before = localSourcesFrom(hubs::textField(j, "before"));
    auto after = localSourcesFrom(hubs::textField(j, "after"));
    if (!before || !after) return before ? after.error() : before.error();
    return EditValue(ChangeLocal{*std::move(before), *std::move(after),
                                 tasksFrom(j, "before"), tasksFrom(j, "after")});
  }
  if (kind == "revise_examples") {
    return EditValue(ReviseExamples{examplesFrom(part("before")), examplesFrom(part("after"))});
  }
  if (kind == "keep_recording") {
    return EditValue(KeepRecording{hubs::integerField(j, "recording")});
  }
  if (kind == "bring_in") return EditValue(bringInFrom(j));
  if (kind == "forget_recording") {
    return EditValue(ForgetRecording{hubs::integerField(j, "recording")});
  }
  if (kind == "serve_model") {
    return EditValue(ServeModel{hubs::textField(j, "before"), hubs::textField(j, "after"),
                                hubs::integerField(j, "task", kFirstTask)});
  }
  if (kind == "reject_proposal") {
    return EditValue(
        RejectProposal{hubs::integerField(j, "label"),
                       {{hubs::integerField(j, "begin")}, {hubs::integerField(j, "end")}}});
  }
  if (kind == "add_task") return EditValue(AddTask{taskFrom(part("task"))});
  if (kind == "remove_task") return EditValue(RemoveTask{taskFrom(part("task"))});
  if (kind == "change_rule") {
    return EditValue(ChangeRule{ruleRowFrom(part("before")), ruleRowFrom(part("after"))});
  }
  return base::Error{base::ErrorCode::Corrupt,
                     "a kept command is of the unknown kind \"" + kind + "\""};
}

std::string toJson(const TaskSettings& settings) { return taskJson(settings).dump(); }

base::Result<TaskSettings> taskSettingsFrom(const std::string& text) {
  const auto parsed = parseObject(text);
  if (!parsed) return parsed.error();
  return taskFrom(*parsed);
}

}  // namespace app
