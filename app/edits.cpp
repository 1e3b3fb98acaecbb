#include "app/edits.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/local_sources.h"
#include "app/project/rule_list.h"
#include "app/project/forget.h"
#include "hubs/bus.h"
#include "hubs/codec.h"
#include "hubs/device_config.h"
#include "sensors/base/time.h"

namespace app {

namespace {

using nlohmann::json;

json labelJson(const learners::Label& l) {
  return {{"id", l.id},
          {"name", l.name},
          {"colour", l.colour},
          {"key", l.key},
          {"background", l.background}};
}

learners::Label labelFrom(const json& j) {
  return {.id = hubs::integerField(j, "id"),
          .name = hubs::textField(j, "name"),
          .colour = static_cast<int>(hubs::integerField(j, "colour")),
          .key = static_cast<int>(hubs::integerField(j, "key")),
          .background = hubs::boolField(j, "background")};
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
  }
  return {{"frames", frames},
          {"length", t.window.length.count()},
          {"hop", t.window.hop.count()},
          {"learners", t.learners},
          {"fastest_only", t.policy == learners::MemberPolicy::LowLatency},
          {"steadiness", t.steadiness},
          {"train_on", t.trainOn},
          {"serve_on", t.serveOn},
          {"paused", t.trainingPaused}};
}

sensors::WindowSpec windowFrom(const json& j) {
  const sensors::WindowSpec fallback;
  return {base::Duration(hubs::integerField(j, "length", fallback.length.count())),
          base::Duration(hubs::integerField(j, "hop", fallback.hop.count()))};
}

TaskSettings taskFrom(const json& j) {
  TaskSettings t;
  t.window = windowFrom(j);
  t.policy = hubs::boolField(j, "fastest_only") ? learners::MemberPolicy::LowLatency
                                                : learners::MemberPolicy::BestEffort;
  if (const auto found = j.find("steadiness"); found != j.end() && found->is_number()) {
    t.steadiness = std::clamp(found->get<float>(), 0.0F, 1.0F);
  }
  t.trainOn = hubs::textField(j, "train_on");
  t.serveOn = hubs::textField(j, "serve_on");
  t.trainingPaused = hubs::boolField(j, "paused");
  if (const auto found = j.find("learners"); found != j.end() && found->is_array()) {
    t.learners.clear();
    for (const json& l : *found) {
      if (l.is_string()) t.learners.push_back(l.get<std::string>());
    }
  }
  if (const auto found = j.find("frames"); found != j.end() && found->is_array()) {
    for (const json& f : *found) {
      if (!f.is_object()) continue;
      t.frames.push_back(
          {hubs::textField(f, "source"), hubs::textField(f, "extractor"), windowFrom(f)});
    }
  }
  return t;
}

base::Result<json> parseObject(const std::string& text) {
  auto parsed = hubs::parseJson(hubs::toBytes(text));
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
            {"task_before", taskJson(e.taskBefore)},
            {"task_after", taskJson(e.taskAfter)}};
  }
  json operator()(const ReviseExamples& e) const {
    return {{"before", examplesJson(e.before)}, {"after", examplesJson(e.after)}};
  }
  json operator()(const RejectProposal& e) const {
    return {{"label", e.label}, {"begin", e.span.begin.ns}, {"end", e.span.end.ns}};
  }
  json operator()(const ServeModel& e) const { return {{"before", e.before}, {"after", e.after}}; }
  json operator()(const ForgetRecording& e) const { return {{"recording", e.recording}}; }
};

base::Result<void> renameTo(ProjectStore& store, learners::LabelId id, const std::string& name) {
  const auto labels = store.labels();
  if (!labels) return labels.error();
  for (learners::Label label : *labels) {
    if (label.id == id) {
      label.name = name;
      return store.updateLabel(label);
    }
  }
  return base::Error{base::ErrorCode::NotFound, "the label is no longer there"};
}

base::Result<void> enable(ProjectStore& store, std::int64_t id, bool enabled) {
  const auto all = store.demonstrations();
  if (!all) return all.error();
  for (learners::Demonstration example : *all) {
    if (example.id == id) {
      example.enabled = enabled;
      return store.updateDemonstration(example);
    }
  }
  return base::Error{base::ErrorCode::NotFound, "the example is no longer there"};
}

base::Result<void> restoreAll(ProjectStore& store,
                              const std::vector<learners::Demonstration>& examples) {
  for (const auto& example : examples) {
    if (auto done = store.restoreDemonstration(example); !done) return done;
  }
  return {};
}

base::Result<void> setLocal(ProjectStore& store, const std::vector<sensors::LocalSource>& list,
                            const TaskSettings& task) {
  if (auto kept = store.setMeta(kLocalSourcesKey, toJson(list)); !kept) return kept;
  return store.setTask(task);
}

/// Takes the examples from one state to the other.
base::Result<void> exchange(ProjectStore& store, const std::vector<learners::Demonstration>& from,
                            const std::vector<learners::Demonstration>& to) {
  const auto isIn = [](const std::vector<learners::Demonstration>& all, std::int64_t id) {
    return std::any_of(all.begin(), all.end(), [&](const auto& e) { return e.id == id; });
  };
  for (const auto& example : from) {
    if (isIn(to, example.id)) continue;
    if (auto done = store.removeDemonstration(example.id); !done) return done;
  }
  for (const auto& example : to) {
    auto done = isIn(from, example.id) ? store.updateDemonstration(example)
                                       : store.restoreDemonstration(example);
    if (!done) return done;
  }
  return {};
}

/// From one state of a rule to another.
base::Result<void> changeRule(ProjectStore& store, const std::optional<RuleRow>& from,
                              const std::optional<RuleRow>& to) {
  if (to) {
    const auto put = putRule(store, *to);
    return put ? base::Result<void>() : put.error();
  }
  return from ? removeRule(store, from->id) : base::Result<void>();
}

struct Apply {
  ProjectStore& store;
  base::Result<void> operator()(const AddLabel& e) const {
    const auto id = store.addLabel(e.label);
    return id ? base::Result<void>() : id.error();
  }
  base::Result<void> operator()(const RenameLabel& e) const {
    return renameTo(store, e.label, e.after);
  }
  base::Result<void> operator()(const RemoveLabel& e) const {
    return store.removeLabel(e.label.id);
  }
  base::Result<void> operator()(const AddExamples& e) const {
    return restoreAll(store, e.examples);
  }
  base::Result<void> operator()(const RemoveExample& e) const {
    return store.removeDemonstration(e.example.id);
  }
  base::Result<void> operator()(const EnableExample& e) const {
    return enable(store, e.example, e.enabled);
  }
  base::Result<void> operator()(const ChangeTask& e) const { return store.setTask(e.after); }
  base::Result<void> operator()(const AskParam&) const { return {}; }
  base::Result<void> operator()(const ChangeRule& e) const {
    return changeRule(store, e.before, e.after);
  }
  base::Result<void> operator()(const ChangeLocal& e) const {
    return setLocal(store, e.after, e.taskAfter);
  }
  base::Result<void> operator()(const ReviseExamples& e) const {
    return exchange(store, e.before, e.after);
  }
  base::Result<void> operator()(const RejectProposal&) const { return {}; }
  base::Result<void> operator()(const ServeModel&) const { return {}; }
  base::Result<void> operator()(const ForgetRecording& e) const {
    const auto forgotten = forgetRecording(store, e.recording);
    return forgotten ? base::Result<void>() : forgotten.error();
  }
};

struct Revert {
  ProjectStore& store;
  base::Result<void> operator()(const AddLabel& e) const { return store.removeLabel(e.label.id); }
  base::Result<void> operator()(const RenameLabel& e) const {
    return renameTo(store, e.label, e.before);
  }
  base::Result<void> operator()(const RemoveLabel& e) const {
    if (const auto id = store.addLabel(e.label); !id) return id.error();
    return restoreAll(store, e.examples);
  }
  base::Result<void> operator()(const AddExamples& e) const {
    for (const auto& example : e.examples) {
      if (auto done = store.removeDemonstration(example.id); !done) return done;
    }
    return {};
  }
  base::Result<void> operator()(const RemoveExample& e) const {
    return store.restoreDemonstration(e.example);
  }
  base::Result<void> operator()(const EnableExample& e) const {
    return enable(store, e.example, !e.enabled);
  }
  base::Result<void> operator()(const ChangeTask& e) const { return store.setTask(e.before); }
  base::Result<void> operator()(const AskParam&) const { return {}; }
  base::Result<void> operator()(const ChangeRule& e) const {
    return changeRule(store, e.after, e.before);
  }
  base::Result<void> operator()(const ChangeLocal& e) const {
    return setLocal(store, e.before, e.taskBefore);
  }
  base::Result<void> operator()(const ReviseExamples& e) const {
    return exchange(store, e.after, e.before);
  }
  base::Result<void> operator()(const RejectProposal&) const { return {}; }
  base::Result<void> operator()(const ServeModel&) const { return {}; }
  base::Result<void> operator()(const ForgetRecording& e) const {
    return restoreRecording(store, e.recording);
  }
};

constexpr const char* kKinds[] = {"add_label",       "rename_label",    "remove_label",
                                  "add_examples",    "remove_example",  "enable_example",
                                  "change_task",     "ask_param",       "change_local",
                                  "revise_examples", "reject_proposal", "serve_model",
                                  "change_rule",     "forget_recording"};

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
                                 taskFrom(part("task_before")), taskFrom(part("task_after"))});
  }
  if (kind == "revise_examples") {
    return EditValue(ReviseExamples{examplesFrom(part("before")), examplesFrom(part("after"))});
  }
  if (kind == "forget_recording") {
    return EditValue(ForgetRecording{hubs::integerField(j, "recording")});
  }
  if (kind == "serve_model") {
    return EditValue(ServeModel{hubs::textField(j, "before"), hubs::textField(j, "after")});
  }
  if (kind == "reject_proposal") {
    return EditValue(
        RejectProposal{hubs::integerField(j, "label"),
                       {{hubs::integerField(j, "begin")}, {hubs::integerField(j, "end")}}});
  }
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

base::Result<void> apply(ProjectStore& store, const EditValue& value) {
  return std::visit(Apply{store}, value);
}

base::Result<void> revert(ProjectStore& store, const EditValue& value) {
  return std::visit(Revert{store}, value);
}

EditList::EditList(ProjectStore& store) : store_(store) {
  if (const auto rows = store.commands()) {
    for (const CommandRow& row : *rows) {
      (row.undone ? undone_ : done_).push_back(row);
    }
    // What was undone before the newest edit was forgotten by it.
    std::erase_if(undone_, [this](const CommandRow& row) { return row.id < newest(); });
    std::reverse(undone_.begin(), undone_.end());  // the one to redo first is last
  }
}

base::Result<std::int64_t> EditList::perform(const Edit& edit) {
  std::int64_t id = 0;
  const auto done = store_.inTransaction([&]() -> base::Result<void> {
    if (auto applied = apply(store_, edit.value); !applied) return applied;
    const auto kept = keep(edit);
    if (!kept) return kept.error();
    id = *kept;
    return {};
  });
  if (!done) return done.error();
  return id;
}

base::Result<std::int64_t> EditList::keep(const Edit& edit) {
  CommandRow row{.kind = kindOf(edit.value),
                 .text = edit.text,
                 .json = toJson(edit.value),
                 .time = base::SystemClock().now()};
  const auto id = store_.addCommand(row);
  if (!id) return id.error();
  row.id = *id;
  done_.push_back(row);
  undone_.clear();
  return row.id;
}

base::Result<std::optional<Edit>> EditList::undo() {
  if (done_.empty()) return std::optional<Edit>();
  const CommandRow row = done_.back();
  const auto value = editFrom(row.kind, row.json);
  if (!value) return value.error();
  const auto done = store_.inTransaction([&]() -> base::Result<void> {
    if (auto reverted = revert(store_, *value); !reverted) return reverted;
    return store_.setCommandUndone(row.id, true);
  });
  if (!done) return done.error();
  done_.pop_back();
  undone_.push_back(row);
  return std::optional<Edit>(Edit{*value, row.text});
}

base::Result<std::optional<Edit>> EditList::redo() {
  if (undone_.empty()) return std::optional<Edit>();
  const CommandRow row = undone_.back();
  const auto value = editFrom(row.kind, row.json);
  if (!value) return value.error();
  const auto done = store_.inTransaction([&]() -> base::Result<void> {
    if (auto applied = apply(store_, *value); !applied) return applied;
    return store_.setCommandUndone(row.id, false);
  });
  if (!done) return done.error();
  undone_.pop_back();
  done_.push_back(row);
  return std::optional<Edit>(Edit{*value, row.text});
}

}  // namespace app
