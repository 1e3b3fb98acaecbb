#include "app/project/edge_impulse.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <openssl/hmac.h>

#include "app/project/importers/csv.h"

namespace app {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kSignatureDigits = 64;
constexpr std::size_t kMostSensors = 256;
constexpr std::size_t kMostValues = 20'000'000;
constexpr int kDeepest = 8;

std::string zeros() { return std::string(kSignatureDigits, '0'); }

std::string hmacOf(std::span<const std::uint8_t> bytes, const std::string& key) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), bytes.data(), bytes.size(), digest,
       &size);
  static const char* const kDigits = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text += {kDigits[digest[i] >> 4], kDigits[digest[i] & 15]};
  }
  return text;
}

base::Bytes encoded(const Json& json, EdgeImpulseEncoding encoding) {
  if (encoding == EdgeImpulseEncoding::Cbor) {
    return Json::to_cbor(json);
  }
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return {text.begin(), text.end()};
}

/// `value` as the shortest number that reads back as it: 9.81 and not 9.8100004.
double shortest(float value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value);
  double number = 0;
  std::from_chars(text, end.ptr, number);
  return number;
}

base::Error badAcquisition(const std::string& name, const std::string& what) {
  return {base::ErrorCode::Corrupt, name + " is no Edge Impulse sample: " + what};
}

/// Refuses what is nested deeper than the format ever is, before it costs anything.
class DepthGuard : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_object(std::size_t) override { return ++depth_ <= kDeepest; }
  bool key(string_t&) override { return true; }
  bool end_object() override { return --depth_ >= 0; }
  bool start_array(std::size_t) override { return ++depth_ <= kDeepest; }
  bool end_array() override { return --depth_ >= 0; }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    return false;
  }

 private:
  int depth_ = 0;
};

base::Result<Json> parsed(const std::string& name, std::span<const std::uint8_t> bytes) {
  const auto first = std::find_if(bytes.begin(), bytes.end(), [](std::uint8_t c) {
    return c != ' ' && c != '\n' && c != '\r' && c != '\t';
  });
  const bool isJson = first != bytes.end() && *first == '{';
  DepthGuard guard;
  const bool fits = Json::sax_parse(bytes.begin(), bytes.end(), &guard,
                                    isJson ? Json::input_format_t::json
                                           : Json::input_format_t::cbor);
  if (!fits) {
    return badAcquisition(name, isJson ? "its JSON is broken" : "it is neither JSON nor CBOR");
  }
  Json json = isJson ? Json::parse(bytes.begin(), bytes.end(), nullptr, false)
                     : Json::from_cbor(bytes.begin(), bytes.end(), true, false);
  if (!json.is_object()) {
    return badAcquisition(name, "it is no object");
  }
  return json;
}

const Json& field(const Json& object, const char* name) {
  static const Json kNothing;
  const auto found = object.is_object() ? object.find(name) : object.end();
  return object.is_object() && found != object.end() ? *found : kNothing;
}

std::string textOf(const Json& value) {
  return value.is_string() ? value.get<std::string>() : std::string();
}

/// The signature is looked up in the file's own bytes: who encodes again may encode differently.
base::Result<Signature> checkSignature(const std::string& name, const Json& json,
                                       std::span<const std::uint8_t> bytes,
                                       const std::string& key) {
  const std::string algorithm = textOf(field(field(json, "protected"), "alg"));
  if (algorithm == "none") {
    if (!key.empty()) {
      return base::Error{base::ErrorCode::Refused,
                         name + " is not signed; leave the key away to take it nevertheless"};
    }
    return Signature::None;
  }
  if (algorithm != "HS256") {
    return base::Error{base::ErrorCode::Unsupported, name + " is signed in an unknown way (" +
                                                         inQuotes(algorithm) +
                                                         "); HS256 and none are known"};
  }
  if (key.empty()) {
    return Signature::Unchecked;
  }
  const std::string signature = textOf(field(json, "signature"));
  base::Bytes unsignedBytes(bytes.begin(), bytes.end());
  const auto at = std::search(unsignedBytes.begin(), unsignedBytes.end(), signature.begin(),
                              signature.end());
  if (signature.size() != kSignatureDigits || at == unsignedBytes.end()) {
    return base::Error{base::ErrorCode::Refused, name + " carries no signature of 64 digits"};
  }
  std::fill_n(at, kSignatureDigits, std::uint8_t{'0'});
  if (hmacOf(unsignedBytes, key) != signature) {
    return base::Error{base::ErrorCode::Refused,
                       name + " was changed after it was signed, or signed with another key"};
  }
  return Signature::Good;
}

base::Result<void> readSensors(const std::string& name, const Json& payload,
                               EdgeImpulseSample& sample) {
  const Json& sensors = field(payload, "sensors");
  if (!sensors.is_array() || sensors.empty() || sensors.size() > kMostSensors) {
    return badAcquisition(name, "payload.sensors must list 1 to 256 sensors");
  }
  for (const Json& sensor : sensors) {
    EdgeImpulseSample::Sensor one{.name = textOf(field(sensor, "name")),
                                  .units = textOf(field(sensor, "units"))};
    if (one.name.empty() || one.name.size() > 200 || one.units.size() > 200) {
      return badAcquisition(name, "a sensor has no name");
    }
    if (one.units == "rgba") {
      return base::Error{base::ErrorCode::Unsupported,
                         name + " refers to a picture; bring the picture itself in instead"};
    }
    sample.sensors.push_back(std::move(one));
  }
  return {};
}

base::Result<void> readValues(const std::string& name, const Json& payload,
                              EdgeImpulseSample& sample) {
  const Json& values = field(payload, "values");
  const std::size_t columns = sample.sensors.size();
  if (!values.is_array() || values.size() > kMostValues / columns) {
    return badAcquisition(name, "payload.values must be a list of at most 20 million numbers");
  }
  sample.values.reserve(values.size() * columns);
  std::size_t row = 0;
  for (const Json& entry : values) {
    ++row;
    const bool plain = columns == 1 && entry.is_number();  // a single sensor needs no lists
    if (!plain && (!entry.is_array() || entry.size() != columns)) {
      return badAcquisition(name, "row " + std::to_string(row) + " of payload.values must hold " +
                                      std::to_string(columns) + " numbers");
    }
    for (std::size_t c = 0; c < columns; ++c) {
      const Json& value = plain ? entry : entry[c];
      const double number = value.is_number() ? value.get<double>() : NAN;
      if (!(std::abs(number) <= static_cast<double>(std::numeric_limits<float>::max()))) {
        return badAcquisition(name,
                              "row " + std::to_string(row) + " holds something that is no number");
      }
      sample.values.push_back(static_cast<float>(number));
    }
  }
  return {};
}

}  // namespace

base::Bytes encodeEdgeImpulse(const EdgeImpulseSample& sample, EdgeImpulseEncoding encoding,
                              const std::string& key) {
  Json sensors = Json::array();
  for (const auto& sensor : sample.sensors) {
    sensors.push_back({{"name", sensor.name}, {"units", sensor.units}});
  }
  Json values = Json::array();
  const std::size_t columns = sample.sensors.size();
  for (std::size_t row = 0; row < sample.rows(); ++row) {
    Json line = Json::array();
    for (std::size_t c = 0; c < columns; ++c) {
      const float value = sample.values[row * columns + c];
      line.push_back(encoding == EdgeImpulseEncoding::Json ? shortest(value) : double{value});
    }
    values.push_back(std::move(line));
  }
  Json json{{"protected", {{"ver", "v1"}, {"alg", key.empty() ? "none" : "HS256"}}},
            {"signature", zeros()},
            {"payload", Json::object()}};
  if (sample.madeAt) {
    json["protected"]["iat"] = *sample.madeAt;
  }
  Json& payload = json["payload"];
  if (!sample.deviceName.empty()) {
    payload["device_name"] = sample.deviceName;
  }
  payload["device_type"] = sample.deviceType;
  payload["interval_ms"] = sample.intervalMs;
  payload["sensors"] = std::move(sensors);
  payload["values"] = std::move(values);
  if (!key.empty()) {
    json["signature"] = hmacOf(encoded(json, encoding), key);
  }
  return encoded(json, encoding);
}

base::Result<DecodedEdgeImpulse> decodeEdgeImpulse(const std::string& name,
                                                   std::span<const std::uint8_t> bytes,
                                                   const std::string& key) {
  const auto json = parsed(name, bytes);
  if (!json) {
    return json.error();
  }
  if (textOf(field(field(*json, "protected"), "ver")) != "v1") {
    return badAcquisition(name, "protected.ver must be v1");
  }
  const auto signature = checkSignature(name, *json, bytes, key);
  if (!signature) {
    return signature.error();
  }
  const Json& payload = field(*json, "payload");
  const Json& interval = field(payload, "interval_ms");
  const Json& madeAt = field(field(*json, "protected"), "iat");
  DecodedEdgeImpulse decoded{.sample = {}, .signature = *signature};
  EdgeImpulseSample& sample = decoded.sample;
  sample.deviceName = textOf(field(payload, "device_name")).substr(0, 200);
  sample.deviceType = textOf(field(payload, "device_type")).substr(0, 200);
  sample.intervalMs = interval.is_number() ? interval.get<double>() : 0;
  if (madeAt.is_number() && std::abs(madeAt.get<double>()) < 1e10) {
    sample.madeAt = static_cast<std::int64_t>(madeAt.get<double>());
  }
  if (!(sample.intervalMs >= 1e-3 && sample.intervalMs <= 1e9)) {
    return badAcquisition(name, "payload.interval_ms must be the time between two rows");
  }
  auto read = readSensors(name, payload, sample);
  if (read) {
    read = readValues(name, payload, sample);
  }
  return read ? base::Result(std::move(decoded)) : base::Result<DecodedEdgeImpulse>(read.error());
}

}  // namespace app
