#include "sensors/capture/wire.h"

#include <cerrno>
#include <cstring>
#include <nlohmann/json.hpp>
#include <type_traits>
#include <unistd.h>

namespace sensors::capture {

namespace {

using nlohmann::json;

constexpr std::size_t kHead = 5;  ///< kind, length
constexpr std::size_t kMostSpecs = 256;

base::Error corrupt(const std::string& what) {
  return {base::ErrorCode::Corrupt, "the camera's process spoke nonsense: " + what};
}

json jsonOf(const base::ParamValue& value) {
  return std::visit([](const auto& v) { return json(v); }, value);
}

std::optional<base::ParamValue> valueFrom(const json& value) {
  if (value.is_boolean()) return base::ParamValue(value.get<bool>());
  if (value.is_number_integer()) return base::ParamValue(value.get<std::int64_t>());
  if (value.is_number()) return base::ParamValue(value.get<double>());
  if (value.is_string()) return base::ParamValue(value.get<std::string>());
  return {};
}

json jsonOf(const std::map<std::string, base::ParamValue>& values) {
  json all = json::object();
  for (const auto& [name, value] : values) all[name] = jsonOf(value);
  return all;
}

std::map<std::string, base::ParamValue> valuesFrom(const json& all) {
  std::map<std::string, base::ParamValue> values;
  for (const auto& [name, value] : all.items()) {
    if (auto read = valueFrom(value)) values[name] = *std::move(read);
  }
  return values;
}

/// Runs `body`, which may throw what nlohmann's accessors throw.
template <class Body>
auto guarded(const Body& body) -> base::Result<std::decay_t<decltype(body())>> {
  try {
    return body();
  } catch (const json::exception& e) {
    return corrupt(e.what());
  }
}

template <class T>
void put(base::Bytes& out, T value) {
  std::uint8_t bytes[sizeof(T)];
  std::memcpy(bytes, &value, sizeof value);
  out.insert(out.end(), bytes, bytes + sizeof value);
}

template <class T>
T get(const base::Bytes& in, std::size_t at) {
  T value;
  std::memcpy(&value, in.data() + at, sizeof value);
  return value;
}

}  // namespace

std::string toJson(const Orders& orders) {
  return json{{"address", orders.address},       {"rate", orders.rate},
              {"longest", orders.shape.longest}, {"square", orders.shape.square},
              {"quality", orders.shape.quality}, {"resolution", orders.resolution},
              {"device", jsonOf(orders.device)}, {"film", orders.film}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<Orders> ordersFrom(const std::string& text) {
  return guarded([&] {
    const json in = json::parse(text);
    Orders orders;
    orders.address = in.at("address").get<std::string>();
    orders.rate = std::clamp(in.at("rate").get<double>(), 0.01, 60.0);
    orders.shape.longest = in.at("longest").get<int>();
    orders.shape.square = in.at("square").get<bool>();
    orders.shape.quality = in.at("quality").get<int>();
    orders.resolution = in.at("resolution").get<std::string>();
    orders.device = valuesFrom(in.at("device"));
    orders.film = in.value("film", false);
    return orders;
  });
}

std::string toJson(const Said& said) {
  json specs = json::array();
  for (const base::ParamSpec& spec : said.specs) {
    json options = json::array();
    for (const auto& option : spec.options) options.push_back(jsonOf(option));
    specs.push_back({{"name", spec.name},
                     {"title", spec.title},
                     {"type", static_cast<int>(spec.type)},
                     {"unit", spec.unit},
                     {"min", spec.min},
                     {"max", spec.max},
                     {"step", spec.step},
                     {"options", options},
                     {"default", jsonOf(spec.defaultValue)},
                     {"help", spec.help}});
  }
  return json{{"width", said.width},
              {"height", said.height},
              {"seconds", said.seconds},
              {"specs", specs},
              {"reported", jsonOf(said.reported)},
              {"refused", said.refused}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<Said> saidFrom(const std::string& text) {
  return guarded([&] {
    const json in = json::parse(text);
    Said said;
    said.width = in.at("width").get<int>();
    said.height = in.at("height").get<int>();
    said.seconds = in.value("seconds", 0.0);
    for (const json& one : in.at("specs")) {
      const int type = one.at("type").get<int>();
      if (type < 0 || type > static_cast<int>(base::ParamType::Text) ||
          said.specs.size() == kMostSpecs) {
        continue;
      }
      base::ParamSpec spec;
      spec.name = one.at("name").get<std::string>();
      spec.title = one.at("title").get<std::string>();
      spec.type = static_cast<base::ParamType>(type);
      spec.unit = one.at("unit").get<std::string>();
      spec.min = one.at("min").get<double>();
      spec.max = one.at("max").get<double>();
      spec.step = one.at("step").get<double>();
      for (const json& option : one.at("options")) {
        if (auto value = valueFrom(option)) spec.options.push_back(*std::move(value));
      }
      if (auto value = valueFrom(one.at("default"))) spec.defaultValue = *std::move(value);
      spec.help = one.at("help").get<std::string>();
      said.specs.push_back(std::move(spec));
    }
    said.reported = valuesFrom(in.at("reported"));
    said.refused = in.at("refused").get<std::map<std::string, std::string>>();
    return said;
  });
}

base::Bytes encode(const Taken& taken) {
  base::Bytes out;
  out.reserve(32 + taken.jpeg.size() + taken.background.size());
  put(out, taken.steadyNs);
  put(out, taken.width);
  put(out, taken.height);
  put(out, taken.wholeBytes);
  put(out, taken.lostBefore);
  put(out, static_cast<std::uint32_t>(taken.jpeg.size()));
  out.insert(out.end(), taken.jpeg.begin(), taken.jpeg.end());
  out.insert(out.end(), taken.background.begin(), taken.background.end());
  return out;
}

base::Result<Taken> takenFrom(const base::Bytes& body) {
  constexpr std::size_t kFixed = 28;
  if (body.size() < kFixed) return corrupt("a picture without a head");
  Taken taken{.steadyNs = get<std::int64_t>(body, 0),
              .width = get<std::uint32_t>(body, 8),
              .height = get<std::uint32_t>(body, 12),
              .wholeBytes = get<std::uint32_t>(body, 16),
              .lostBefore = get<std::uint32_t>(body, 20)};
  const std::size_t jpeg = get<std::uint32_t>(body, 24);
  if (jpeg == 0 || jpeg > body.size() - kFixed) return corrupt("a picture of another length");
  const auto begin = body.begin() + kFixed;
  const auto middle = begin + static_cast<std::ptrdiff_t>(jpeg);
  taken.jpeg.assign(begin, middle);
  taken.background.assign(middle, body.end());
  return taken;
}

base::Result<std::vector<Message>> MessageReader::push(const std::uint8_t* bytes, std::size_t n) {
  if (broken_) return corrupt("before");
  held_.insert(held_.end(), bytes, bytes + n);
  std::vector<Message> messages;
  std::size_t at = 0;
  while (held_.size() - at >= kHead) {
    const std::uint8_t kind = held_[at];
    const std::size_t length = get<std::uint32_t>(held_, at + 1);
    if (kind < 1 || kind > static_cast<std::uint8_t>(Kind::End) || length > kMostBody) {
      broken_ = true;
      held_ = {};
      return corrupt("a message of kind " + std::to_string(kind) + " and " +
                     std::to_string(length) + " bytes");
    }
    if (held_.size() - at - kHead < length) break;
    const auto begin = held_.begin() + static_cast<std::ptrdiff_t>(at + kHead);
    messages.push_back(
        {static_cast<Kind>(kind), {begin, begin + static_cast<std::ptrdiff_t>(length)}});
    at += kHead + length;
  }
  held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(at));
  return messages;
}

bool writeMessage(int fd, Kind kind, const void* body, std::size_t n) {
  base::Bytes out;
  out.reserve(kHead + n);
  put(out, static_cast<std::uint8_t>(kind));
  put(out, static_cast<std::uint32_t>(n));
  const auto* bytes = static_cast<const std::uint8_t*>(body);
  out.insert(out.end(), bytes, bytes + n);
  std::size_t done = 0;
  while (done < out.size()) {
    const ssize_t wrote = ::write(fd, out.data() + done, out.size() - done);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    done += static_cast<std::size_t>(wrote);
  }
  return true;
}

std::string shownAddress(const std::string& address) {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string::npos) return address;
  const std::size_t host = scheme + 3;
  const std::string authority = address.substr(host, address.find_first_of("/?#", host) - host);
  const std::size_t at = authority.rfind('@');
  if (at == std::string::npos) return address;
  return address.substr(0, host) + address.substr(host + at + 1);
}

}  // namespace sensors::capture
