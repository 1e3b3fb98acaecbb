// What NodeDirectory does with each message of a node. All of it runs on the bus thread.

#include <algorithm>

#include "hubs/blob_descriptor.h"
#include "hubs/codec.h"
#include "hubs/jpeg_header.h"
#include "hubs/node_directory_impl.h"

namespace hubs {

namespace {

constexpr std::size_t kShownBytes = 64;

}  // namespace

KnownNode* NodeDirectory::Impl::heard(const std::string& id, bool isControl) {
  if (!nodes.contains(id) && nodes.size() >= kMostKnownNodes) return nullptr;
  KnownNode& node = nodes[id];
  const base::Time now = clock.now();
  node.device.id = id;
  node.device.lastHeard = now;
  node.heard = true;
  if (isControl && !node.control.take(1, now)) {
    ++node.badMessages;
    node.lastComplaint = "sends too many messages";
    return nullptr;
  }
  return &node;
}

void NodeDirectory::Impl::complain(const std::string& id, const std::string& what) {
  {
    std::lock_guard lock(mutex);
    if (!nodes.contains(id) && nodes.size() >= kMostKnownNodes) return;
    KnownNode& node = nodes[id];
    node.device.id = id;
    node.heard = true;
    ++node.badMessages;
    node.lastComplaint = what;
  }
  tellChange();
}

void NodeDirectory::Impl::complain(const std::string& id, const std::string& what,
                                   const Message& message) {
  const auto shown =
      std::span(message.payload).first(std::min(message.payload.size(), kShownBytes));
  complain(id, what + " (begins with " + toHex(shown) + ")");
}

void NodeDirectory::Impl::takeStatus(const LinkStatus& status) {
  std::vector<std::string> toSend;
  {
    std::lock_guard lock(mutex);
    const bool up = status.state == LinkState::Online;
    if (up && !linkUp) {
      for (auto& [id, node] : nodes) {
        ++node.epoch;
        toSend.push_back(id);
      }
    }
    linkUp = up;
  }
  if (status.state == LinkState::Online) {
    leases.linkUp();
  } else {
    leases.linkDown();
  }
  for (const std::string& id : toSend) sendDesiredIfNewer(id);
  tellChange();
}

void NodeDirectory::Impl::takeState(const std::string& id, const Message& message) {
  const std::string_view text = message.text();
  if (text != "online" && text != "offline") {
    if (!text.empty()) complain(id, "state is neither online nor offline", message);
    return;
  }
  const bool online = text == "online";
  About about;
  {
    std::lock_guard lock(mutex);
    KnownNode* node = heard(id);
    if (!node) return;
    node->device.online = online;
    // Said again without an offline between: the node has restarted or reconnected.
    if (online) ++node->epoch;
    about = node->device.about;
  }
  if (online) {
    leases.begin(id, leasable(about));
    sendDesiredIfNewer(id);
  } else {
    leases.end(id);
    streams.interrupt(id);
  }
  tellChange();
}

std::vector<std::string> NodeDirectory::Impl::leasable(const About& about) {
  std::vector<std::string> ids;
  const auto& ops = about.ops;
  if (!ops.empty() && std::find(ops.begin(), ops.end(), "lease") == ops.end()) return ids;
  for (const StreamAbout& stream : about.streams) {
    if (stream.kind != sensors::SourceKind::Picture) ids.push_back(stream.id);
  }
  return ids;
}

void NodeDirectory::Impl::takeAbout(const std::string& id, const Message& message) {
  if (message.payload.empty()) return;
  const auto json = parseJson(message.payload);
  if (!json) return complain(id, "about: " + json.error().message, message);
  std::vector<std::string> complaints;
  auto about = parseAbout(*json, &complaints);
  if (!about) return complain(id, about.error().message, message);
  std::map<std::string, base::ParamValue> reported;
  bool online = false;
  {
    std::lock_guard lock(mutex);
    KnownNode* node = heard(id);
    if (!node) return;
    node->device.about = *about;
    online = node->device.online;
    reported = node->config.reported();
  }
  for (const std::string& complaint : complaints) complain(id, "about: " + complaint);
  streams.declare(id, *about, reported);
  if (online) leases.begin(id, leasable(*about));
  tellChange();
}

void NodeDirectory::Impl::takeReported(const std::string& id, const Message& message) {
  if (message.payload.empty()) return;
  const auto json = parseJson(message.payload);
  if (!json) return complain(id, "config/reported: " + json.error().message, message);
  base::Result<void> taken;
  About about;
  std::map<std::string, base::ParamValue> reported;
  {
    std::lock_guard lock(mutex);
    KnownNode* node = heard(id);
    if (!node) return;
    taken = node->config.takeReported(*json, clock.now());
    about = node->device.about;
    reported = node->config.reported();
  }
  if (!taken) return complain(id, taken.error().message, message);
  if (!about.streams.empty()) streams.declare(id, about, reported);
  sendDesiredIfNewer(id);
  tellChange();
}

void NodeDirectory::Impl::takeDesired(const std::string& id, const Message& message) {
  if (message.payload.empty()) return;
  const auto json = parseJson(message.payload);
  if (!json) return complain(id, "config/desired: " + json.error().message, message);
  std::lock_guard lock(mutex);
  if (!nodes.contains(id) && nodes.size() >= kMostKnownNodes) return;
  KnownNode& node = nodes[id];
  const std::int64_t version = integerField(*json, "ver");
  if (version <= node.config.version()) return;
  node.config.restore(version, node.config.desired());
  // Whoever asked last has the say, until somebody here asks again.
  if (textField(*json, "by") != benchId) node.oursToSend = false;
}

void NodeDirectory::Impl::takeThumbnail(const std::string& id, const Message& message) {
  if (message.payload.empty()) return;
  if (const auto jpeg = checkThumbnail(message.payload); !jpeg) {
    return complain(id, jpeg.error().message, message);
  }
  {
    std::lock_guard lock(mutex);
    KnownNode* node = heard(id);
    if (!node) return;
    node->thumbnail = std::make_shared<const base::Bytes>(message.payload);
    node->thumbnailTime = node->device.lastHeard;
  }
  tellChange();
}

void NodeDirectory::Impl::takeThumbnailMeta(const std::string& id, const Message& message) {
  if (message.payload.empty()) return;
  const auto json = parseJson(message.payload);
  if (!json) return complain(id, "thumb/meta: " + json.error().message, message);
  {
    std::lock_guard lock(mutex);
    if (!heard(id)) return;
  }
  if (message.retain == Retain::Yes) return;  // an old value is not live
  if (const auto taken = streams.takeMotion(id, *json); !taken) {
    complain(id, taken.error().message);
  }
}

void NodeDirectory::Impl::takeEvent(const std::string& id, const Message& message) {
  const auto json = parseJson(message.payload);
  if (!json) return complain(id, "event: " + json.error().message, message);
  std::lock_guard lock(mutex);
  heard(id);
}

void NodeDirectory::Impl::takeSamples(const std::string& id, const Message& message) {
  if (message.retain == Retain::Yes) return;  // an old block is not live
  const std::string stream = message.topic.substr(message.topic.rfind('/') + 1);
  if (!streams.knows(id, stream)) return;  // not announced: nobody knows what it means
  {
    std::lock_guard lock(mutex);
    if (!heard(id, false)) return;
  }
  const auto taken = streams.takeBlock(id, stream, message.payload);
  if (taken) return;
  if (taken.error().code == base::ErrorCode::Corrupt) {
    complain(id, taken.error().message, message);
  } else {
    complain(id, taken.error().message);
  }
}

}  // namespace hubs
