#pragma once
// TopicChannel: one value of somebody else's MQTT messages as a channel of numbers: which topic,
// where in the message, and how it is read. Words become numbers by their place in a list that is
// kept, so that a word means the same number after every start.

#include <optional>
#include <string>
#include <vector>

#include "hubs/payload.h"
#include "sensors/local_kind.h"

namespace hubs {

/// The kind of local source that is one topic's value.
inline constexpr const char* kTopicKind = "mqtt";
/// Names the broker the project itself uses, wherever that is.
inline constexpr const char* kProjectBroker = "project://";

struct TopicChannel {
  std::string broker = kProjectBroker;  ///< or its address, "mqtt://host:1883"
  std::string topic;
  std::string pointer;  ///< RFC 6901; "" is the whole message
  std::string name;     ///< for people: "hall motion occupancy"
  LeafKind as = LeafKind::Number;
  std::vector<std::string> words;  ///< Word: at most 32; others are one number more
  std::string unit;
  double min = 0;  ///< expected range; min == max where unknown
  double max = 0;
  friend bool operator==(const TopicChannel&, const TopicChannel&) = default;
};

inline constexpr std::size_t kMostWords = 32;

/// The number `leaf` is for this channel; nothing where it is none.
std::optional<float> valueOf(const Leaf& leaf, const TopicChannel& channel);

/// As a project keeps it, and back. Errors: InvalidArgument for what is no channel of a topic.
sensors::LocalSource localSourceOf(const TopicChannel& channel);
base::Result<TopicChannel> topicChannelOf(const sensors::LocalSource& source);

/// What a person would probably want of a value that was just seen: how it is read, unit, range and
/// a name from topic and keys. `words`: those heard there so far; on or off is said only where each
/// of them says so ("off" beside "heat" is a mode).
TopicChannel guessChannel(const std::string& broker, const std::string& topic, const Leaf& leaf,
                          const std::vector<std::string>& words = {});

}  // namespace hubs
