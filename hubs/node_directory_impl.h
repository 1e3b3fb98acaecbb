#pragma once
// The inside of NodeDirectory: what it keeps of each node, and who does what when a message comes.
// Included by its own files alone.

#include <mutex>
#include <nlohmann/json.hpp>

#include "hubs/node_commands.h"
#include "hubs/node_directory.h"
#include "hubs/node_streams.h"
#include "hubs/stream_leases.h"

namespace hubs {

inline constexpr std::size_t kMostKnownNodes = 2000;
inline constexpr double kControlRate = 50;  ///< messages a second besides samples
inline constexpr double kControlBurst = 500;

/// What people see of a node, and what is needed to keep its settings. Under the mutex.
struct KnownNode {
  Device device;
  DeviceConfig config;
  std::shared_ptr<const base::Bytes> thumbnail;
  base::Time thumbnailTime;
  std::uint64_t badMessages = 0;
  std::string lastComplaint;
  bool heard = false;           ///< else only remembered by the project
  bool oursToSend = false;      ///< somebody here asked for something
  std::uint64_t epoch = 0;      ///< rises when link or node come up
  std::uint64_t sentEpoch = 0;  ///< when config/desired was last published
  TokenBucket control{kControlRate, kControlBurst};
};

struct NodeDirectory::Impl {
  Bus& bus;
  const Topics topics;
  const std::string benchId;
  sensors::SourceTable& sources;
  const base::Clock& clock;
  const std::function<void()> onChange;

  mutable std::mutex mutex;
  std::map<std::string, KnownNode> nodes;
  bool linkUp = false;
  std::mutex desiredMutex;  ///< keeps the order of config/desired documents

  NodeStreams streams;  ///< bus thread only
  NodeCommands commands;
  StreamLeases leases;
  std::vector<SubscriptionPtr> subscriptions;

  Impl(Bus& theBus, Topics theTopics, std::string bench, sensors::SourceTable& table,
       const base::Clock& theClock, std::function<void()> notify);
  ~Impl() { subscriptions.clear(); }

  // ---- bus thread ----
  void tellChange() const {
    if (onChange) onChange();
  }
  /// The node's entry, marked as heard now; null where it sends too much or there are too many.
  KnownNode* heard(const std::string& id, bool isControl = true);
  void complain(const std::string& id, const std::string& what);
  void complain(const std::string& id, const std::string& what, const Message& message);
  void takeStatus(const LinkStatus& status);
  void takeState(const std::string& id, const Message& message);
  static std::vector<std::string> leasable(const About& about);
  void takeAbout(const std::string& id, const Message& message);
  void takeReported(const std::string& id, const Message& message);
  /// Somebody else's wishes, or ours of an earlier run: the next version must be above theirs.
  void takeDesired(const std::string& id, const Message& message);
  void takeThumbnail(const std::string& id, const Message& message);
  void takeThumbnailMeta(const std::string& id, const Message& message);
  void takeEvent(const std::string& id, const Message& message);
  void takeSamples(const std::string& id, const Message& message);

  // ---- any thread ----
  /// Publishes the wanted settings where the node lacks them and was not told since it came up.
  void sendDesiredIfNewer(const std::string& id);
  /// Under desiredMutex.
  void sendDesired(const std::string& id);
  template <class Change>
  base::Result<void> changeDesired(const std::string& id, Change change) {
    {
      std::lock_guard order(desiredMutex);
      {
        std::lock_guard lock(mutex);
        const auto node = nodes.find(id);
        if (node == nodes.end() || !node->second.heard) {
          return base::Error{base::ErrorCode::NotFound, "there is no node called " + id};
        }
        change(node->second.config, clock.now());
        node->second.oursToSend = true;
      }
      sendDesired(id);
    }
    tellChange();
    return {};
  }
  void lease(const std::string& id, const std::string& stream);
};

}  // namespace hubs
