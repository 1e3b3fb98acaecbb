#include "app/training/recipe_json.h"

#include <nlohmann/json.hpp>

#include "hubs/bus.h"
#include "hubs/codec.h"

namespace app {
namespace {

using nlohmann::json;

constexpr int kMostFolds = 100;
constexpr const char* kLowLatency = "low-latency";
constexpr const char* kBestEffort = "best-effort";
constexpr const char* kHeldOut = "held-out";
constexpr const char* kGiven = "given";
constexpr const char* kKept = "kept";
constexpr const char* kDrawnIn = "drawn-in";
constexpr const char* kEven = "even";
constexpr const char* kByLabel = "by-label";

std::optional<base::ParamValue> paramFrom(const json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number()) return value.get<double>();
  if (value.is_string()) return value.get<std::string>();
  return {};
}

base::Result<base::Params> paramsFrom(const std::vector<base::ParamSpec>& specs,
                                      const json& values) {
  base::Params params(specs);
  for (const auto& [name, value] : values.items()) {
    const auto param = paramFrom(value);
    if (!param) return base::invalid("the parameter " + name + " is no plain value");
    const auto set = params.set(specs, name, *param);
    if (!set) return set.error();
  }
  return params;
}

}  // namespace

std::string recipeToJson(const learners::EnsembleRecipe& recipe) {
  json params = json::object();
  for (const auto& [learner, values] : recipe.params) {
    json& of = params[learner] = json::object();
    for (const auto& [name, value] : values.values()) {
      std::visit([&, key = name](const auto& plain) { of[key] = plain; }, value);
    }
  }
  json tails;  // null: to be chosen
  if (recipe.tails) tails = *recipe.tails == learners::Tails::DrawnIn ? kDrawnIn : kKept;
  json emphasis;  // likewise
  if (recipe.emphasis) {
    emphasis = *recipe.emphasis == learners::Emphasis::ByLabel ? kByLabel : kEven;
  }
  return json{
      {"learners", recipe.learners},
      {"params", params},
      {"temperature", recipe.temperature},
      {"promise", recipe.promise},
      {"folds", recipe.folds},
      {"members", recipe.policy == learners::MemberPolicy::LowLatency ? kLowLatency : kBestEffort},
      {"weighting", recipe.weighting == learners::Weighting::HeldOut ? kHeldOut : kGiven},
      {"tails", tails},
      {"emphasis", emphasis},
      {"many_rows", recipe.manyRows},
      {"seed", recipe.seed},
      {"reduction", learners::toText(recipe.reduction.kind)},
      {"components", recipe.reduction.components}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<learners::EnsembleRecipe> recipeFromJson(const std::string& text,
                                                      const learners::LearnerMap& learners) {
  const auto map = hubs::parseJson(hubs::toBytes(text), {.bytes = 64 * 1024, .depth = 8});
  if (!map) return map.error();
  const auto names = map->find("learners");
  if (!map->is_object() || names == map->end() || !names->is_array()) {
    return base::Error{base::ErrorCode::Corrupt, "the recipe names no learners"};
  }
  learners::EnsembleRecipe recipe;
  recipe.learners.clear();
  for (const json& name : *names) {
    if (!name.is_string() || !learners.contains(name.get<std::string>())) {
      return base::Error{base::ErrorCode::NotFound,
                         "the recipe asks for a learner that is not installed: " +
                             (name.is_string() ? name.get<std::string>() : name.dump())};
    }
    recipe.learners.push_back(name.get<std::string>());
  }
  if (const auto params = map->find("params"); params != map->end() && params->is_object()) {
    for (const auto& [name, values] : params->items()) {
      const auto learner = learners.find(name);
      if (learner == learners.end() || !values.is_object()) continue;
      auto checked = paramsFrom(learner->second->paramSpecs(), values);
      if (!checked) return checked.error();
      recipe.params[name] = std::move(*checked);
    }
  }
  recipe.temperature =
      static_cast<float>(hubs::numberField(*map, "temperature", recipe.temperature));
  if (hubs::textField(*map, "members") == kLowLatency) {
    recipe.policy = learners::MemberPolicy::LowLatency;
  }
  if (hubs::textField(*map, "weighting") == kHeldOut) {
    recipe.weighting = learners::Weighting::HeldOut;
  }
  const std::string tails = hubs::textField(*map, "tails");
  if (tails == kKept) recipe.tails = learners::Tails::Kept;
  if (tails == kDrawnIn) recipe.tails = learners::Tails::DrawnIn;
  const std::string emphasis = hubs::textField(*map, "emphasis");
  if (emphasis == kEven) recipe.emphasis = learners::Emphasis::Even;
  if (emphasis == kByLabel) recipe.emphasis = learners::Emphasis::ByLabel;
  recipe.promise = static_cast<float>(hubs::numberField(*map, "promise", recipe.promise));
  recipe.folds = static_cast<int>(hubs::integerField(*map, "folds", recipe.folds));
  recipe.manyRows = static_cast<std::size_t>(
      hubs::integerField(*map, "many_rows", static_cast<std::int64_t>(recipe.manyRows)));
  if (const auto seed = map->find("seed"); seed != map->end() && seed->is_number_integer()) {
    recipe.seed = seed->get<std::uint64_t>();
  }
  if (const auto kind = map->find("reduction"); kind != map->end() && kind->is_string()) {
    const auto known = learners::reductionKindFrom(kind->get<std::string>());
    if (!known) return known.error();
    recipe.reduction.kind = *known;
  }
  const auto components = hubs::integerField(
      *map, "components", static_cast<std::int64_t>(recipe.reduction.components));
  if (components < 1 || components > static_cast<std::int64_t>(learners::kMostComponents)) {
    return base::invalid("the recipe's number of components cannot be");
  }
  recipe.reduction.components = static_cast<std::size_t>(components);
  if (!(recipe.temperature > 0) || recipe.folds < 0 || recipe.folds > kMostFolds) {
    return base::invalid("the recipe's temperature or number of folds cannot be");
  }
  return recipe;
}

}  // namespace app
