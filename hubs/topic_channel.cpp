#include "hubs/topic_channel.h"

#include <algorithm>
#include <array>

#include "hubs/bus.h"

namespace hubs {

namespace {

struct Meaning {
  std::string_view word;  ///< last word of the key
  std::string_view unit;
  double min = 0;
  double max = 0;
};

// Keys as Zigbee2MQTT, Tasmota, ESPHome, Shelly and Home Assistant use them, in the units they send.
constexpr std::array<Meaning, 27> kMeanings{{
    {"temperature", "°C"},     {"humidity", "%", 0, 100}, {"moisture", "%", 0, 100},
    {"battery", "%", 0, 100},  {"brightness", "1"},       {"linkquality", "1", 0, 255},
    {"power", "W"},            {"apower", "W"},           {"energy", "kWh"},
    {"voltage", "V"},          {"current", "A"},          {"illuminance", "lx"},
    {"illuminance_lux", "lx"}, {"lux", "lx"},             {"pressure", "hPa"},
    {"co2", "ppm"},            {"eco2", "ppm"},           {"voc", "ppb"},
    {"pm25", "µg/m³"},         {"pm10", "µg/m³"},         {"rssi", "dBm"},
    {"dbfs", "dB"},            {"position", "%", 0, 100}, {"dewpoint", "°C"},
    {"frequency", "Hz"},       {"score", "1", 0, 1},      {"distance", "m"},
}};

/// Parts of topics that say what is done and not what it is about.
constexpr std::array<std::string_view, 11> kIdleWords{
    "state", "stat", "tele", "sensor", "value", "zigbee2mqtt", "homeassistant", "homie",
    "result", "events", "rpc"};

std::string lower(std::string_view text) {
  std::string all(text);
  for (char& c : all) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return all;
}

std::string plainWords(std::string_view part) {
  std::string all(part);
  std::replace(all.begin(), all.end(), '_', ' ');
  return all;
}

/// "hall motion occupancy" from "zigbee2mqtt/hall_motion" and "/occupancy".
std::string nameFrom(const std::string& topic, const std::string& pointer) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= topic.size();) {
    const std::size_t end = std::min(topic.find('/', begin), topic.size());
    const std::string part = topic.substr(begin, end - begin);
    const bool idle =
        std::find(kIdleWords.begin(), kIdleWords.end(), lower(part)) != kIdleWords.end();
    if (!part.empty() && !idle) parts.push_back(plainWords(part));
    begin = end + 1;
  }
  if (parts.size() > 2) parts.erase(parts.begin(), parts.end() - 2);
  auto keys = pointerKeys(pointer).value_or(std::vector<std::string>{});
  if (keys.size() > 2) keys.erase(keys.begin(), keys.end() - 2);
  for (const std::string& key : keys) {
    const bool known = std::find(parts.begin(), parts.end(), plainWords(key)) != parts.end();
    if (!known) parts.push_back(plainWords(key));
  }
  std::string name;
  for (const std::string& part : parts) name += (name.empty() ? "" : " ") + part;
  return name.empty() ? topic : name;
}

std::string textParam(const sensors::LocalSource& source, const char* key) {
  const auto found = source.params.find(key);
  const auto* text =
      found == source.params.end() ? nullptr : std::get_if<std::string>(&found->second);
  return text ? *text : std::string();
}

double numberParam(const sensors::LocalSource& source, const char* key) {
  const auto found = source.params.find(key);
  return found == source.params.end() ? 0 : base::toNumber(found->second);
}

}  // namespace

std::optional<float> valueOf(const Leaf& leaf, const TopicChannel& channel) {
  const bool isNumeric = leaf.kind == LeafKind::Number || leaf.kind == LeafKind::Switch;
  if (channel.as != LeafKind::Word) {
    return isNumeric ? std::optional(static_cast<float>(leaf.number)) : std::nullopt;
  }
  if (leaf.kind == LeafKind::Empty) return std::nullopt;
  const auto found = std::find(channel.words.begin(), channel.words.end(), leaf.text);
  return static_cast<float>(found - channel.words.begin());
}

sensors::LocalSource localSourceOf(const TopicChannel& channel) {
  sensors::LocalSource source{.kind = kTopicKind,
                              .device = channel.broker + " " + channel.topic + "#" + channel.pointer,
                              .name = channel.name};
  std::string words;
  for (const std::string& word : channel.words) words += (words.empty() ? "" : "\n") + word;
  source.params["as"] = std::string(channel.as == LeafKind::Word     ? "word"
                                    : channel.as == LeafKind::Switch ? "switch"
                                                                     : "number");
  if (!words.empty()) source.params["words"] = words;
  if (!channel.unit.empty()) source.params["unit"] = channel.unit;
  if (channel.min != channel.max) {
    source.params["min"] = channel.min;
    source.params["max"] = channel.max;
  }
  source.id = sensors::localId(source.kind, source.device);
  return source;
}

base::Result<TopicChannel> topicChannelOf(const sensors::LocalSource& source) {
  const std::size_t space = source.device.find(' ');
  const std::size_t hash = source.device.find('#', space == std::string::npos ? 0 : space);
  if (source.kind != kTopicKind || space == std::string::npos || hash == std::string::npos) {
    return base::invalid(source.name + " names no topic of a broker.");
  }
  TopicChannel channel{.broker = source.device.substr(0, space),
                       .topic = source.device.substr(space + 1, hash - space - 1),
                       .pointer = source.device.substr(hash + 1),
                       .name = source.name,
                       .unit = textParam(source, "unit"),
                       .min = numberParam(source, "min"),
                       .max = numberParam(source, "max")};
  if (!isValidTopic(channel.topic) || !pointerKeys(channel.pointer)) {
    return base::invalid(source.name + " names no topic of a broker.");
  }
  const std::string as = textParam(source, "as");
  channel.as = as == "word"     ? LeafKind::Word
               : as == "switch" ? LeafKind::Switch
                                : LeafKind::Number;
  const std::string words = textParam(source, "words");
  for (std::size_t begin = 0; !words.empty() && begin <= words.size();) {
    const std::size_t end = std::min(words.find('\n', begin), words.size());
    if (channel.words.size() < kMostWords) {
      channel.words.push_back(words.substr(begin, end - begin));
    }
    begin = end + 1;
  }
  return channel;
}

TopicChannel guessChannel(const std::string& broker, const std::string& topic, const Leaf& leaf,
                          const std::vector<std::string>& words) {
  TopicChannel channel{.broker = broker,
                       .topic = topic,
                       .pointer = leaf.pointer,
                       .name = nameFrom(topic, leaf.pointer),
                       .as = leaf.kind,
                       .unit = leaf.unit};
  const bool isMode = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return readText(word).kind == LeafKind::Word;
  });
  if (leaf.kind == LeafKind::Switch && !isMode) {
    channel.max = 1;
    return channel;
  }
  if (leaf.kind != LeafKind::Number) {
    channel.as = LeafKind::Word;
    for (const std::string& word : words) {
      if (channel.words.size() < kMostWords) channel.words.push_back(word);
    }
    const bool isKnown =
        std::find(channel.words.begin(), channel.words.end(), leaf.text) != channel.words.end();
    const bool isSaid = leaf.kind == LeafKind::Word || leaf.kind == LeafKind::Switch;
    if (!isKnown && isSaid && channel.words.size() < kMostWords) {
      channel.words.push_back(leaf.text);
    }
    channel.max = static_cast<double>(channel.words.size());
    return channel;
  }
  const auto keys = pointerKeys(leaf.pointer).value_or(std::vector<std::string>{});
  const std::string last = lower(keys.empty() ? topic.substr(topic.rfind('/') + 1) : keys.back());
  for (const Meaning& meaning : kMeanings) {
    const bool ends = last == meaning.word || (last.size() > meaning.word.size() &&
                                               last.ends_with("_" + std::string(meaning.word)));
    if (!ends || (!channel.unit.empty() && channel.unit != meaning.unit)) continue;
    channel.unit = meaning.unit;
    channel.min = meaning.min;
    channel.max = meaning.max;
    break;
  }
  if (channel.unit == "%" && channel.min == channel.max) channel.max = 100;
  return channel;
}

}  // namespace hubs
