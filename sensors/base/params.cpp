#include "sensors/base/params.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace base {

namespace {

std::string numberText(double v) {
  char text[40];
  const auto end = std::to_chars(text, text + sizeof text, v).ptr;
  return {text, end};
}

bool isNumeric(const ParamValue& v) { return !std::holds_alternative<std::string>(v); }

std::string optionList(const ParamSpec& spec) {
  std::string list;
  for (const ParamValue& option : spec.options) {
    list += (list.empty() ? "" : ", ") + toText(option);
  }
  return list;
}

Error outOfRange(const ParamSpec& spec, double v) {
  return invalid(spec.name + ": " + numberText(v) + " is not between " + numberText(spec.min) +
                 " and " + numberText(spec.max));
}

Result<double> checkedNumber(const ParamSpec& spec, const ParamValue& value) {
  if (!isNumeric(value) || std::holds_alternative<bool>(value)) {
    return invalid(spec.name + ": \"" + toText(value) + "\" is not a number");
  }
  const double v = toNumber(value);
  if (!std::isfinite(v)) {
    return invalid(spec.name + ": the value is not a finite number");
  }
  if (spec.min != spec.max && (v < spec.min || v > spec.max)) {
    return outOfRange(spec, v);
  }
  return v;
}

}  // namespace

std::string toText(const ParamValue& value) {
  struct Visitor {
    std::string operator()(bool v) const { return v ? "true" : "false"; }
    std::string operator()(std::int64_t v) const { return std::to_string(v); }
    std::string operator()(double v) const { return numberText(v); }
    std::string operator()(const std::string& v) const { return v; }
  };
  return std::visit(Visitor{}, value);
}

double toNumber(const ParamValue& value) {
  struct Visitor {
    double operator()(bool v) const { return v ? 1 : 0; }
    double operator()(std::int64_t v) const { return static_cast<double>(v); }
    double operator()(double v) const { return v; }
    double operator()(const std::string&) const { return 0; }
  };
  return std::visit(Visitor{}, value);
}

bool sameValue(const ParamValue& a, const ParamValue& b) {
  if (isNumeric(a) != isNumeric(b)) {
    return false;
  }
  return isNumeric(a) ? toNumber(a) == toNumber(b)
                      : std::get<std::string>(a) == std::get<std::string>(b);
}

Result<ParamValue> checked(const ParamSpec& spec, const ParamValue& value) {
  switch (spec.type) {
    case ParamType::Bool:
      if (std::holds_alternative<std::string>(value)) {
        return invalid(spec.name + ": \"" + toText(value) + "\" is neither on nor off");
      }
      return ParamValue(toNumber(value) != 0);
    case ParamType::Int: {
      const auto v = checkedNumber(spec, value);
      if (!v) return v.error();
      if (*v != std::floor(*v))
        return invalid(spec.name + ": " + numberText(*v) + " is not a whole number");
      if (std::abs(*v) > 9e15) return invalid(spec.name + ": " + numberText(*v) + " is too large");
      return ParamValue(static_cast<std::int64_t>(*v));
    }
    case ParamType::Float: {
      const auto v = checkedNumber(spec, value);
      if (!v) return v.error();
      return ParamValue(*v);
    }
    case ParamType::Enum: {
      const auto same = [&](const ParamValue& option) { return sameValue(option, value); };
      const auto found = std::find_if(spec.options.begin(), spec.options.end(), same);
      if (found == spec.options.end()) {
        return invalid(spec.name + ": " + toText(value) + " is not one of " + optionList(spec));
      }
      return *found;
    }
    case ParamType::Text:
      return ParamValue(toText(value));
  }
  return invalid(spec.name + " has an unknown type");
}

Result<ParamValue> parsed(const ParamSpec& spec, std::string_view text) {
  if (spec.type == ParamType::Text) {
    return ParamValue(std::string(text));
  }
  if (text == "true" || text == "on" || text == "ON") return checked(spec, true);
  if (text == "false" || text == "off" || text == "OFF") return checked(spec, false);
  double v = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), v);
  if (error == std::errc() && end == text.data() + text.size()) {
    return checked(spec, v);
  }
  return checked(spec, std::string(text));
}

Params::Params(const std::vector<ParamSpec>& specs) {
  for (const ParamSpec& spec : specs) {
    values_[spec.name] = spec.defaultValue;
  }
}

Result<void> Params::set(const std::vector<ParamSpec>& specs, std::string_view name,
                         const ParamValue& value) {
  const auto spec =
      std::find_if(specs.begin(), specs.end(), [&](const ParamSpec& s) { return s.name == name; });
  if (spec == specs.end()) {
    return invalid("there is no setting called " + std::string(name));
  }
  auto fit = checked(*spec, value);
  if (!fit) {
    return fit.error();
  }
  values_[spec->name] = *fit;
  return {};
}

double Params::number(std::string_view name, double fallback) const {
  const auto found = values_.find(name);
  return found == values_.end() ? fallback : toNumber(found->second);
}

std::int64_t Params::integer(std::string_view name, std::int64_t fallback) const {
  return static_cast<std::int64_t>(number(name, static_cast<double>(fallback)));
}

std::string Params::text(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? std::string() : toText(found->second);
}

}  // namespace base
