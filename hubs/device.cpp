#include "hubs/device.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "hubs/codec.h"
#include "hubs/device_config.h"
#include "hubs/topic.h"

namespace hubs {

namespace {

using Json = nlohmann::json;

constexpr std::size_t kMostStreams = 64;
constexpr std::size_t kMostChannels = 64;
constexpr std::size_t kMostOptions = 64;
constexpr std::size_t kMostWords = 64;
constexpr std::size_t kLongestId = 48;
constexpr std::size_t kLongestText = 200;
constexpr double kHighestRate = 1e6;

const Json kNothing;

const Json& member(const Json& object, const char* key) {
  if (!object.is_object()) return kNothing;
  const auto found = object.find(key);
  return found == object.end() ? kNothing : *found;
}

/// Cut to a length a person can bear, never inside a character.
std::string shortText(std::string text) {
  if (text.size() <= kLongestText) return text;
  std::size_t end = kLongestText;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) {
    --end;
  }
  text.resize(end);
  return text;
}

/// Ids as the convention wants them: lower case letters, digits, "_", "-" and ".".
bool isPartId(const std::string& text) { return isId(text, kLongestId, true); }

std::vector<std::string> words(const Json& list) {
  std::vector<std::string> result;
  if (!list.is_array()) return result;
  for (const Json& item : list) {
    if (item.is_string() && result.size() < kMostWords) {
      result.push_back(shortText(item.get<std::string>()));
    }
  }
  return result;
}

/// One after another: what was read, or why not.
struct ChannelAbout {
  sensors::Channel channel;
  double scale = 1;
  double offset = 0;
};

base::Result<ChannelAbout> parseChannel(const Json& json) {
  ChannelAbout about;
  about.channel.id = textField(json, "id");
  if (!isPartId(about.channel.id)) return base::invalid("a channel has no usable id");
  about.channel.unit = shortText(textField(json, "unit"));
  about.scale = numberField(json, "scale", 1);
  about.offset = numberField(json, "offset", 0);
  if (!std::isfinite(about.scale) || about.scale == 0 || !std::isfinite(about.offset)) {
    return base::invalid("channel " + about.channel.id + " has an impossible scale");
  }
  const Json& range = member(json, "range");
  if (range.is_array() && range.size() == 2 && range[0].is_number() && range[1].is_number()) {
    const double low = range[0].get<double>();
    const double high = range[1].get<double>();
    if (std::isfinite(low) && std::isfinite(high) && low < high) {
      about.channel.min = low;
      about.channel.max = high;
    }
  }
  return about;
}

base::Result<StreamAbout> parseStream(const Json& json) {
  StreamAbout stream;
  stream.id = textField(json, "id");
  if (!isPartId(stream.id)) return base::invalid("a stream has no usable id");
  const auto wrong = [&](const std::string& what) {
    return base::invalid("stream " + stream.id + ": " + what);
  };
  stream.name = shortText(textField(json, "name", stream.id));
  stream.kind = sensors::sourceKindFrom(textField(json, "kind"));
  const Json& channels = member(json, "channels");
  if (!channels.is_array() || channels.empty()) return wrong("it has no channels");
  if (channels.size() > kMostChannels) return wrong("it has too many channels");
  std::set<std::string> seen;
  for (const Json& item : channels) {
    const auto channel = parseChannel(item);
    if (!channel) return wrong(channel.error().message);
    if (!seen.insert(channel->channel.id).second) {
      return wrong("channel " + channel->channel.id + " appears twice");
    }
    stream.channels.push_back(channel->channel);
    stream.scale.push_back(channel->scale);
    stream.offset.push_back(channel->offset);
  }
  const Json& rates = member(json, "rates");
  if (rates.is_array() && !rates.empty() && rates[0].is_number()) {
    stream.rate = rates[0].get<double>();
  }
  if (!(stream.rate >= 0 && stream.rate <= kHighestRate)) return wrong("an impossible rate");
  stream.rateParam = textField(json, "rate_param");
  if (!stream.rateParam.empty() && !isPartId(stream.rateParam)) stream.rateParam.clear();
  return stream;
}

std::optional<base::ParamType> paramTypeFrom(const std::string& text) {
  if (text == "bool") return base::ParamType::Bool;
  if (text == "int") return base::ParamType::Int;
  if (text == "float") return base::ParamType::Float;
  if (text == "enum") return base::ParamType::Enum;
  if (text == "text") return base::ParamType::Text;
  return std::nullopt;
}

const char* textOf(base::ParamType type) {
  switch (type) {
    case base::ParamType::Bool:
      return "bool";
    case base::ParamType::Int:
      return "int";
    case base::ParamType::Float:
      return "float";
    case base::ParamType::Enum:
      return "enum";
    case base::ParamType::Text:
      return "text";
  }
  return "";
}

base::ParamValue emptyValue(const base::ParamSpec& spec) {
  switch (spec.type) {
    case base::ParamType::Bool:
      return false;
    case base::ParamType::Int:
      return static_cast<std::int64_t>(spec.min);
    case base::ParamType::Float:
      return spec.min;
    case base::ParamType::Enum:
      return spec.options.front();
    case base::ParamType::Text:
      return std::string();
  }
  return false;
}

base::Result<base::ParamSpec> parseParam(const std::string& name, const Json& json) {
  const auto wrong = [&](const std::string& what) {
    return base::invalid("parameter " + name + ": " + what);
  };
  if (!isPartId(name)) return base::invalid("a parameter has no usable id");
  const auto type = paramTypeFrom(textField(json, "type"));
  if (!type) return wrong("unknown type");
  base::ParamSpec spec{.name = name, .title = shortText(textField(json, "title")), .type = *type};
  spec.unit = shortText(textField(json, "unit"));
  spec.help = shortText(textField(json, "help"));
  spec.apply = textField(json, "apply", "live");
  if (spec.apply != "stream" && spec.apply != "restart") spec.apply = "live";
  const double limit = 9e15;
  spec.min = numberField(json, "min");
  spec.max = numberField(json, "max");
  spec.step = numberField(json, "step");
  if (!(std::abs(spec.min) <= limit && std::abs(spec.max) <= limit && spec.min <= spec.max)) {
    return wrong("an impossible range");
  }
  if (!(spec.step >= 0 && spec.step <= limit)) spec.step = 0;
  if (spec.type == base::ParamType::Enum) {
    const Json& options = member(json, "options");
    if (!options.is_array() || options.empty()) return wrong("it has no options");
    if (options.size() > kMostOptions) return wrong("it has too many options");
    for (const Json& option : options) {
      auto value = paramValueFrom(option);
      if (!value) return wrong("an option is neither text nor number");
      spec.options.push_back(std::move(*value));
    }
  }
  spec.defaultValue = emptyValue(spec);
  if (const auto given = paramValueFrom(member(json, "default"))) {
    const auto fitting = base::checked(spec, *given);
    if (!fitting) return wrong("its default does not fit");
    spec.defaultValue = *fitting;
  }
  return spec;
}

template <class Item>
bool hasId(const std::vector<Item>& items, const std::string& id) {
  return std::any_of(items.begin(), items.end(), [&](const Item& item) { return item.id == id; });
}

Json streamJson(const StreamAbout& stream) {
  Json channels = Json::array();
  for (std::size_t i = 0; i < stream.channels.size(); ++i) {
    const sensors::Channel& channel = stream.channels[i];
    Json json{{"id", channel.id}, {"unit", channel.unit}};
    if (i < stream.scale.size()) json["scale"] = stream.scale[i];
    if (i < stream.offset.size() && stream.offset[i] != 0) json["offset"] = stream.offset[i];
    if (channel.min != channel.max) json["range"] = {channel.min, channel.max};
    channels.push_back(std::move(json));
  }
  Json json{{"id", stream.id},
            {"name", stream.name},
            {"kind", sensors::toText(stream.kind)},
            {"channels", std::move(channels)}};
  if (stream.rate > 0) json["rates"] = Json::array({stream.rate});
  if (!stream.rateParam.empty()) json["rate_param"] = stream.rateParam;
  return json;
}

Json paramJson(const base::ParamSpec& spec) {
  Json json{{"type", textOf(spec.type)}, {"default", toJson(spec.defaultValue)}};
  if (!spec.title.empty()) json["title"] = spec.title;
  if (!spec.unit.empty()) json["unit"] = spec.unit;
  if (!spec.help.empty()) json["help"] = spec.help;
  if (spec.min != spec.max) {
    json["min"] = spec.min;
    json["max"] = spec.max;
  }
  if (spec.step > 0) json["step"] = spec.step;
  if (spec.apply != "live") json["apply"] = spec.apply;
  for (const base::ParamValue& option : spec.options) {
    json["options"].push_back(toJson(option));
  }
  return json;
}

}  // namespace

base::Result<About> parseAbout(const Json& json, std::vector<std::string>* complaints) {
  const auto complain = [&](const std::string& what) {
    if (complaints) complaints->push_back(what);
  };
  if (!json.is_object()) {
    return base::Error{base::ErrorCode::Corrupt, "about: not an object"};
  }
  if (integerField(json, "v") != 1) {
    return base::Error{base::ErrorCode::Corrupt, "about: no version we know"};
  }
  About about;
  about.revision =
      static_cast<int>(std::clamp<std::int64_t>(integerField(json, "rev"), 0, 1 << 30));
  about.name = shortText(textField(json, "name"));
  about.model = shortText(textField(json, "model"));
  about.firmware = shortText(textField(json, "fw"));
  about.room = shortText(textField(json, "room"));
  about.ops = words(member(json, "ops"));
  about.activities = words(member(json, "activities"));
  about.thumbnails = boolField(member(json, "media"), "thumb");

  if (const Json& streams = member(json, "streams"); streams.is_array()) {
    for (const Json& item : streams) {
      if (about.streams.size() == kMostStreams) {
        complain("more than " + std::to_string(kMostStreams) + " streams");
        break;
      }
      auto stream = parseStream(item);
      if (!stream) {
        complain(stream.error().message);
      } else if (hasId(about.streams, stream->id)) {
        complain("stream " + stream->id + " appears twice");
      } else {
        about.streams.push_back(std::move(*stream));
      }
    }
  }
  if (const Json& params = member(json, "params"); params.is_object()) {
    for (const auto& [name, item] : params.items()) {
      if (about.params.size() == kMostParams) {
        complain("more than " + std::to_string(kMostParams) + " parameters");
        break;
      }
      auto param = parseParam(name, item);
      if (param) {
        about.params.push_back(std::move(*param));
      } else {
        complain(param.error().message);
      }
    }
  }
  return about;
}

Json toJson(const About& about) {
  Json json{{"v", 1},           {"rev", about.revision},    {"name", about.name},
            {"ops", about.ops}, {"streams", Json::array()}, {"params", Json::object()}};
  if (!about.model.empty()) json["model"] = about.model;
  if (!about.firmware.empty()) json["fw"] = about.firmware;
  if (!about.room.empty()) json["room"] = about.room;
  if (!about.activities.empty()) json["activities"] = about.activities;
  if (about.thumbnails) json["media"] = {{"thumb", true}};
  for (const StreamAbout& stream : about.streams) {
    json["streams"].push_back(streamJson(stream));
  }
  for (const base::ParamSpec& spec : about.params) {
    json["params"][spec.name] = paramJson(spec);
  }
  return json;
}

}  // namespace hubs
