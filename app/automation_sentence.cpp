#include "app/automation_sentence.h"

#include <algorithm>

#include "hubs/bus.h"

namespace app {

namespace {

using Slot = Piece::Slot;
using Is = LevelCondition::Is;
using Kind = Action::Kind;
using Needs = AutomationRule::Needs;

constexpr std::size_t kLongestTopic = 200;
constexpr std::size_t kLongestText = 1000;
const std::vector<std::string> kNeeds = {"sure", "at least fairly sure"};
const std::vector<std::string> kIs = {"on", "off", "at least", "at most"};
const std::vector<std::string> kDwells = {"1 s", "2 s", "5 s", "10 s", "30 s", "1 min", "5 min"};
const std::vector<std::string> kStops = {",", ";", "when", "and warn"};

std::string inQuotes(const std::string& text) {
  return text.find('"') == std::string::npos ? "\"" + text + "\"" : "“" + text + "”";
}

template <class Items>
std::vector<std::string> namesOf(const Items& items) {
  std::vector<std::string> names;
  for (const auto& item : items) names.push_back(item.name);
  return names;
}

/// On and off for switches, as a form shows them.
std::string valueWords(const RuleWords::Setting& setting, const std::string& value) {
  if (setting.spec.type == base::ParamType::Text) return inQuotes(value);
  if (setting.spec.type != base::ParamType::Bool) return value;
  return value == "true" ? "on" : "off";
}

std::vector<std::string> valueChoices(const RuleWords::Setting& setting) {
  if (setting.spec.type == base::ParamType::Bool) return {"on", "off"};
  std::vector<std::string> choices;
  for (const base::ParamValue& option : setting.spec.options) {
    choices.push_back(base::toText(option));
  }
  return choices;
}

/// A value that fits the setting: the first choice, or the least number.
std::string someValue(const RuleWords::Setting& setting) {
  const auto choices = valueChoices(setting);
  if (!choices.empty()) return choices.front();
  return numberWords(setting.spec.min);
}

std::vector<std::string> settingChoices(const RuleWords& words) {
  std::vector<std::string> choices;
  for (const RuleWords::Setting& setting : words.settings) {
    choices.push_back(setting.name + " to " + someValue(setting));
  }
  return choices;
}

/// What else could be done, as whole phrases.
std::vector<std::string> actionChoices(const RuleWords& words) {
  std::vector<std::string> choices = {"do nothing", "say \"Look here\"", "send \"on\" to lamp/set"};
  for (const std::string& setting : settingChoices(words)) choices.push_back("set " + setting);
  return choices;
}

void addAction(Sentence& sentence, const Action& action, const RuleWords& words) {
  const std::size_t head = sentence.size();
  const auto begin = [&](const char* text) {
    sentence.push_back({.text = text,
                        .slot = Slot::Choice,
                        .choices = actionChoices(words),
                        .hint = "what to do"});
  };
  switch (action.kind) {
    case Kind::Nothing:
      begin("do nothing");
      break;
    case Kind::Announce:
      begin("say");
      sentence.push_back({.text = " "});
      sentence.push_back(
          {.text = inQuotes(action.value), .slot = Slot::Text, .hint = "what to say"});
      break;
    case Kind::Publish:
      begin("send");
      sentence.push_back({.text = " "});
      sentence.push_back({.text = inQuotes(action.value),
                          .slot = Slot::Text,
                          .choices = {"\"on\"", "\"off\""},
                          .hint = "what to send"});
      sentence.push_back({.text = " to "});
      sentence.push_back({.text = action.target, .slot = Slot::Text, .hint = "MQTT topic"});
      break;
    case Kind::AskParam: {
      begin("set");
      const RuleWords::Setting* setting = words.setting(action.target, action.param);
      sentence.push_back({.text = " "});
      sentence.push_back(
          {.text = setting ? setting->name : action.target + " " + action.param,
           .slot = Slot::Choice,
           .choices = settingChoices(words),
           .hint = "which setting",
           .covers = 3});  // another setting takes other values
      sentence.push_back({.text = " to "});
      const auto choices = setting ? valueChoices(*setting) : std::vector<std::string>();
      sentence.push_back({.text = setting ? valueWords(*setting, action.value) : action.value,
                          .slot = choices.empty() ? Slot::Text : Slot::Choice,
                          .choices = choices,
                          .hint = "its new value"});
      break;
    }
  }
  sentence[head].covers = sentence.size() - head;
}

void addConditions(Sentence& sentence, const AutomationRule& rule, const RuleWords& words) {
  std::vector<std::string> isOn;  // another sensor has another unit
  for (const RuleWords::Source& source : words.sources) isOn.push_back(source.name + " is on");
  for (const LevelCondition& condition : rule.also) {
    const std::size_t head = sentence.size();
    const RuleWords::Source* source = words.source(condition.source);
    sentence.push_back(
        {.text = " and ", .slot = Slot::Extra, .choices = {""}, .hint = "this condition"});
    sentence.push_back({.text = source ? source->name : condition.source,
                        .slot = Slot::Choice,
                        .choices = isOn,
                        .hint = "which sensor"});
    sentence.push_back({.text = " is "});
    const bool measured = condition.is == Is::AtLeast || condition.is == Is::AtMost;
    sentence.push_back({.text = kIs[static_cast<std::size_t>(condition.is)],
                        .slot = Slot::Choice,
                        .choices = {"on", "off", "at least 1", "at most 1"},
                        .hint = "its level"});
    if (measured) {
      sentence.push_back({.text = " "});
      sentence.push_back(
          {.text = numberWords(condition.value), .slot = Slot::Number, .hint = "the limit"});
      if (source && !source->unit.empty()) sentence.push_back({.text = " " + source->unit});
      sentence[head + 3].covers = sentence.size() - head - 3;
    }
    sentence[head].covers = sentence.size() - head;
    sentence[head + 1].covers = sentence.size() - head - 1;
  }
  if (rule.also.size() >= AutomationRule::kMostConditions || isOn.empty()) return;
  Piece more{.slot = Slot::Extra, .hint = "another condition"};
  for (const std::string& condition : isOn) more.choices.push_back(" and " + condition);
  sentence.push_back(std::move(more));
}

std::optional<LevelCondition> readCondition(SentenceReader& reader, const RuleWords& words) {
  LevelCondition condition;
  const auto source = reader.oneOf(namesOf(words.sources));
  if (!source) {
    reader.misread("the name of a sensor", {",", "and", "is"});
    reader.take("is");
    if (!reader.oneOf(kIs)) return std::nullopt;
    reader.number();
    return std::nullopt;
  }
  condition.source = words.sources[*source].id;
  reader.expect("is", "\"is\"");
  const auto is = reader.oneOf(kIs);
  if (!is) {
    reader.misread("on, off, at least or at most", {",", "and"});
    return std::nullopt;
  }
  condition.is = static_cast<Is>(*is);
  if (condition.is == Is::AtLeast || condition.is == Is::AtMost) {
    const auto value = reader.number();
    if (!value) {
      reader.misread("a number", {",", "and"});
      return std::nullopt;
    }
    condition.value = *value;
    const std::string& unit = words.sources[*source].unit;
    if (!unit.empty()) reader.take(unit);
  }
  return condition;
}

std::string textValue(SentenceReader& reader) {
  if (auto text = reader.quoted()) return *std::move(text);
  return reader.word();
}

void checkText(SentenceReader& reader, const std::string& text) {
  if (text.size() > kLongestText) reader.reject("a text of at most 1000 letters");
  if (text.find("”") != std::string::npos) reader.reject("a text without the sign ”");
}

Action readSetting(SentenceReader& reader, const RuleWords& words) {
  Action action{.kind = Kind::AskParam};
  const auto found = reader.oneOf(namesOf(words.settings));
  if (!found) {
    reader.misread("the name of a setting", {"to", ";"});
    if (reader.take("to")) textValue(reader);
    return action;
  }
  const RuleWords::Setting& setting = words.settings[*found];
  action.target = setting.node;
  action.param = setting.spec.name;
  reader.expect("to", "\"to\" and a value");
  std::string typed = textValue(reader);
  if (typed.empty()) {
    reader.missing("the value of " + setting.name);
    return action;
  }
  if (setting.spec.type == base::ParamType::Bool) {
    typed = typed == "on" ? "true" : typed == "off" ? "false" : typed;
  }
  const auto value = base::parsed(setting.spec, typed);
  if (!value) {
    reader.reject(value.error().message);
  } else {
    action.value = base::toText(*value);
  }
  return action;
}

Action readAction(SentenceReader& reader, const RuleWords& words, const std::string& which) {
  Action action;
  if (reader.take("do nothing")) return action;
  if (reader.take("say")) {
    action = {.kind = Kind::Announce, .value = textValue(reader)};
    if (action.value.empty()) reader.missing("what to say");
    checkText(reader, action.value);
  } else if (reader.take("send")) {
    action = {.kind = Kind::Publish, .value = textValue(reader)};
    checkText(reader, action.value);
    if (reader.expect("to", "\"to\" and a topic")) {
      action.target = reader.word();
      if (action.target.empty()) {
        reader.missing("the topic to send to");
      } else if (const auto refusal = refusalOf(action.target)) {
        reader.reject(*refusal);
      }
    }
  } else if (reader.take("set")) {
    action = readSetting(reader, words);
  } else {
    reader.misread(which + ": do nothing, say, send or set", {";", "when", "and warn"});
  }
  return action;
}

}  // namespace

std::optional<std::string> refusalOf(const std::string& topic) {
  if (topic.size() > kLongestTopic) return "a topic of at most 200 letters";
  if (!hubs::isValidTopic(topic)) return "a topic without + and #";
  if (topic.front() == '$') return "a topic that is not the broker's own";
  if (topic.find_first_of(" \t\n\r,;") != std::string::npos) return "a topic without blanks";
  if (topic == "mimosa" || topic.starts_with("mimosa/")) {
    return "a topic outside of mimosa/: those are for Mimosa's own devices, use \"set\"";
  }
  return std::nullopt;
}

Sentence sentenceOf(const AutomationRule& rule, const RuleWords& words) {
  Sentence s;
  const learners::Label* label = words.label(rule.label);
  s.push_back({.text = "When "});
  s.push_back({.text = label ? label->name : "a label that is gone",
               .slot = Slot::Choice,
               .choices = namesOf(words.labels),
               .hint = "which label"});
  s.push_back({.text = " is "});
  s.push_back({.text = kNeeds[static_cast<std::size_t>(rule.needs)],
               .slot = Slot::Choice,
               .choices = kNeeds,
               .hint = "how sure"});
  s.push_back({.text = " for "});
  s.push_back({.text = durationWords(rule.dwell),
               .slot = Slot::Duration,
               .choices = kDwells,
               .hint = "for how long"});
  addConditions(s, rule, words);
  s.push_back({.text = ", "});
  addAction(s, rule.then, words);
  s.push_back({.text = "; when not sure "});
  addAction(s, rule.unsure, words);
  s.push_back({.text = "; when no data "});
  addAction(s, rule.noData, words);
  if (rule.warnAfter) {
    s.push_back({.text = " and warn after ",
                 .slot = Slot::Extra,
                 .choices = {""},
                 .hint = "the warning",
                 .covers = 2});
    s.push_back({.text = durationWords(*rule.warnAfter),
                 .slot = Slot::Duration,
                 .choices = {"10 s", "1 min", "5 min", "1 h"},
                 .hint = "after how long to warn"});
  } else {
    s.push_back(
        {.slot = Slot::Extra, .choices = {" and warn after 1 min"}, .hint = "a warning"});
  }
  s.push_back({.text = "."});
  return s;
}

Read<AutomationRule> readAutomation(std::string_view text, const RuleWords& words) {
  SentenceReader reader(text);
  AutomationRule rule;
  reader.expect("when", "\"When\" and a label");
  if (const auto label = reader.oneOf(namesOf(words.labels))) {
    rule.label = words.labels[*label].id;
  } else {
    reader.misread("the name of a label", {"is", "for", ",", ";"});
  }
  reader.expect("is", "\"is\"");
  if (const auto needs = reader.oneOf(kNeeds)) {
    rule.needs = static_cast<Needs>(*needs);
  } else {
    reader.misread("sure or at least fairly sure", {"for", "and", ",", ";"});
  }
  if (reader.take("for")) {
    if (const auto dwell = reader.duration()) {
      rule.dwell = *dwell;
    } else {
      reader.misread("a time, such as 5 s", {"and", ",", ";"});
    }
  } else {
    reader.missing("for how long: \"for 5 s\"");
  }
  while (reader.take("and")) {
    const auto condition = readCondition(reader, words);
    if (condition) rule.also.push_back(*condition);
    if (rule.also.size() > AutomationRule::kMostConditions) {
      reader.missing("fewer conditions: four at most");
      break;
    }
  }
  reader.take(",");
  rule.then = readAction(reader, words, "what to do");
  reader.take(";");
  if (reader.expect("when not sure", "what to do when not sure")) {
    reader.take(",");
    rule.unsure = readAction(reader, words, "what to do when not sure");
  }
  reader.take(";");
  if (reader.expect("when no data", "what to do when no data")) {
    reader.take(",");
    rule.noData = readAction(reader, words, "what to do when no data");
  }
  if (reader.take("and warn after")) {
    if (const auto after = reader.duration()) {
      rule.warnAfter = *after;
    } else {
      reader.misread("a time, such as 1 min", {"."});
    }
  }
  reader.finish();
  Read<AutomationRule> read{.notUnderstood = reader.notUnderstood(),
                            .missing = reader.missingParts()};
  if (reader.allUnderstood()) read.value = std::move(rule);
  return read;
}

std::string actionText(const Action& action, const RuleWords& words) {
  Sentence sentence;
  addAction(sentence, action, words);
  return plainText(sentence);
}

std::optional<AutomationRule> exampleAutomation(const RuleWords& words) {
  const auto first = std::find_if(words.labels.begin(), words.labels.end(),
                                  [](const learners::Label& l) { return !l.background; });
  if (first == words.labels.end()) return std::nullopt;
  return AutomationRule{
      .label = first->id,
      .then = {.kind = Kind::Announce, .value = first->name + " is on"},
      .warnAfter = std::chrono::minutes(1)};
}

}  // namespace app
