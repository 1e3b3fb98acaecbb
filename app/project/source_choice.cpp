#include "app/project/source_choice.h"

#include <nlohmann/json.hpp>

namespace app {

using nlohmann::json;

json toJson(const sensors::FillChoice& fill) {
  json all = json::object();
  for (const auto& [channel, how] : fill) all[channel] = sensors::toText(how);
  return all;
}

sensors::FillChoice fillChoiceFrom(const json& from) {
  sensors::FillChoice fill;
  if (!from.is_object()) return fill;
  for (const auto& [channel, word] : from.items()) {
    const auto how = word.is_string() ? sensors::fillFrom(word.get<std::string>()) : std::nullopt;
    if (how) fill[channel] = *how;
  }
  return fill;
}

json toJson(const std::map<std::string, SourceChoice>& choices) {
  json all = json::object();
  for (const auto& [source, choice] : choices) {
    if (choice.isUsual()) continue;
    all[source] = {{"extractor", choice.extractor},
                   {"fill", toJson(choice.fill)},
                   {"learn_flagged", choice.learnFlagged}};
  }
  return all;
}

std::map<std::string, SourceChoice> sourceChoicesFrom(const json& from) {
  std::map<std::string, SourceChoice> choices;
  if (!from.is_object()) return choices;
  for (const auto& [source, one] : from.items()) {
    if (!one.is_object()) continue;
    SourceChoice choice;
    if (const auto e = one.find("extractor"); e != one.end() && e->is_string()) {
      choice.extractor = e->get<std::string>();
    }
    if (const auto f = one.find("fill"); f != one.end()) choice.fill = fillChoiceFrom(*f);
    if (const auto l = one.find("learn_flagged"); l != one.end() && l->is_boolean()) {
      choice.learnFlagged = l->get<bool>();
    }
    if (!choice.isUsual()) choices[source] = std::move(choice);
  }
  return choices;
}

}  // namespace app
