#pragma once
// Payload: what one MQTT message of somebody else's device holds, taken apart into values that can
// become a channel. Formats are not announced on the wire, so this reads what is there: JSON is
// unfolded, "21.5 °C", "ON" and "detected" are understood, pictures and bytes are named and left.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sensors/base/hash.h"

namespace hubs {

enum class LeafKind {
  Number,  ///< also numbers in quotes and numbers with a unit behind them
  Switch,  ///< true, "ON", "closed", "detected": 1 or 0
  Word,    ///< a short text
  Text,    ///< a text too long to be a value, for example a date or an address
  Empty,   ///< null, or nothing
};

/// One value inside a message.
struct Leaf {
  std::string pointer;  ///< RFC 6901: "/climate/temperature"; "" is the whole message
  LeafKind kind = LeafKind::Empty;
  double number = 0;  ///< Number and Switch; always finite
  std::string text;   ///< as it came, cleaned and cut to 120 bytes
  std::string unit;   ///< where the value brought one along
};

enum class PayloadKind {
  Json,     ///< an object or a list
  Plain,    ///< one value: a number, a word
  Picture,  ///< JPEG or PNG
  Bytes,    ///< not text
  Broken,   ///< begins like JSON and is none, or is larger than the limits
  Empty,    ///< clears a retained topic
};

struct Payload {
  PayloadKind kind = PayloadKind::Empty;
  std::vector<Leaf> leaves;     ///< in the message's order, lists element by element
  std::size_t leavesLeft = 0;   ///< beyond the limit, not in `leaves`
  std::string trouble;          ///< Broken: why, for people
};

struct PayloadLimits {
  std::size_t bytes = 256 * 1024;
  std::size_t depth = 32;
  std::size_t leaves = 200;
};

/// Never fails: what cannot be read is Broken and says why.
Payload readPayload(std::span<const std::uint8_t> bytes, const PayloadLimits& limits = {});

/// The value at `pointer`. Nothing where this message has none there, or cannot be read.
std::optional<Leaf> leafAt(std::span<const std::uint8_t> bytes, std::string_view pointer,
                           const PayloadLimits& limits = {});

/// What a text says: a number, a switch, a word. `pointer` stays empty.
Leaf readText(std::string_view text);

/// "climate › temperature"; empty for the whole message.
std::string pointerForPeople(std::string_view pointer);
/// Keys from the outside in. Nothing where `pointer` is not well formed.
std::optional<std::vector<std::string>> pointerKeys(std::string_view pointer);

}  // namespace hubs
