#pragma once
// How choices about sources stand in a project's JSON.

#include <nlohmann/json_fwd.hpp>

#include "app/project/store.h"

namespace app {

nlohmann::json toJson(const sensors::FillChoice& fill);
/// What cannot be read is left out.
sensors::FillChoice fillChoiceFrom(const nlohmann::json& json);
nlohmann::json toJson(const std::map<std::string, SourceChoice>& choices);
std::map<std::string, SourceChoice> sourceChoicesFrom(const nlohmann::json& json);

}  // namespace app
