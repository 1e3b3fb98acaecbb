#pragma once
// ParamSpec describes a setting so that a form, a file and a device can agree on it; Params holds
// values that were checked against such descriptions.

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sensors/base/result.h"

namespace base {

enum class ParamType { Bool, Int, Float, Enum, Text };

/// Bool, Int, Float and Text hold their own kind; an Enum holds the chosen option, a number where
/// all options are numbers.
using ParamValue = std::variant<bool, std::int64_t, double, std::string>;

struct ParamSpec {
  std::string name;   ///< key in files and on the wire, for example "imu.rate"
  std::string title;  ///< for people; the name where empty
  ParamType type = ParamType::Float;
  std::string unit;  ///< SI symbol or empty
  double min = 0;    ///< Int and Float; no limit where min == max
  double max = 0;
  double step = 0;                  ///< 0: any
  std::vector<ParamValue> options;  ///< Enum only
  ParamValue defaultValue;
  std::string help;            ///< one sentence
  std::string apply = "live";  ///< "live", "stream" or "restart": when a change takes effect
};

/// "50", "6.5", "true", "high": as people and plain-text topics write it.
std::string toText(const ParamValue& value);
/// Numbers compare by value, whatever their kind.
bool sameValue(const ParamValue& a, const ParamValue& b);
/// The number behind a value; booleans are 0 and 1, text is 0.
double toNumber(const ParamValue& value);

/// Returns `value` in the kind `spec` asks for.
/// Errors: InvalidArgument with a sentence such as "imu.rate: 70 is not one of 50, 100, 200".
Result<ParamValue> checked(const ParamSpec& spec, const ParamValue& value);
/// Reads what a person typed. Errors: as checked().
Result<ParamValue> parsed(const ParamSpec& spec, std::string_view text);

/// Values by name, each checked against its description.
class Params {
 public:
  Params() = default;
  /// All defaults of `specs`.
  explicit Params(const std::vector<ParamSpec>& specs);

  /// Errors: InvalidArgument if `name` is unknown or the value does not fit.
  Result<void> set(const std::vector<ParamSpec>& specs, std::string_view name,
                   const ParamValue& value);

  double number(std::string_view name, double fallback = 0) const;
  std::int64_t integer(std::string_view name, std::int64_t fallback = 0) const;
  std::string text(std::string_view name) const;
  const std::map<std::string, ParamValue, std::less<>>& values() const { return values_; }
  friend bool operator==(const Params&, const Params&) = default;

 private:
  std::map<std::string, ParamValue, std::less<>> values_;
};

}  // namespace base
