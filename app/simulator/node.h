#pragma once
// SimulatedNode: one node's side of our convention, as honest as a real one: state, about,
// settings, commands, leases, sample blocks, latest values.
// It has no thread. Messages wait in its inbox until handleMessages(); the owner's one thread calls
// everything else. MQTT knows one will per connection and all nodes of a process share one, so the
// destructor says "offline"; the process gives the will of its first node to the bus.

#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/simulator/node_settings.h"
#include "app/simulator/stream_flow.h"
#include "hubs/bus.h"
#include "hubs/device.h"
#include "hubs/topic.h"

namespace app {

struct CommandAnswer {
  int code = 200;
  std::string message = {};
  nlohmann::json result = nlohmann::json::object();
};

/// What a node is, and what it does beyond the convention.
struct NodeSetup {
  std::string id;
  hubs::About about;
  std::map<std::string, StreamWire> wires;  ///< by stream id
  NodeSettings::Refusal refusal = {};
  NodeSettings::Applied applied = {};
  /// Operations other than lease, identify, restart and time.
  std::function<CommandAnswer(const std::string& op, const nlohmann::json& args)> command = {};
};

class SimulatedNode {
 public:
  /// How long a restart takes.
  static constexpr base::Duration kRestart = std::chrono::seconds(2);

  /// `wake`: called from any thread when a message waits. `bus` and `clock` must outlive the node.
  SimulatedNode(NodeSetup setup, hubs::Bus& bus, const hubs::Topics& topics,
                const base::Clock& clock, std::function<void()> wake);
  ~SimulatedNode();
  SimulatedNode(const SimulatedNode&) = delete;
  SimulatedNode& operator=(const SimulatedNode&) = delete;

  const std::string& id() const { return setup_.id; }
  /// Does what came since the last call.
  void handleMessages();
  /// Ends leases and restarts that are due, and sends the latest values.
  void advance();

  /// False while it restarts: a node that boots measures nothing.
  bool isUp() const { return !upAgain_.has_value(); }
  bool isLeased(const std::string& stream) const;
  double number(const std::string& param) const { return settings_.number(param); }

  /// Even streams: adds rows [rows x channels] in physical units; full blocks are sent while
  /// leased. `first`: time of the first row.
  void append(const std::string& stream, base::Time first, std::span<const float> rows);
  /// Streams of single readings: one row, sent at once while leased.
  void report(const std::string& stream, base::Time time, std::span<const float> row);
  /// Rows the node could not take itself; the next block says so.
  void lose(const std::string& stream, std::uint64_t rows);
  /// Sends the unfinished block: the next row will not follow the last one evenly.
  void finishBlock(const std::string& stream);
  /// From now on at `rate` rows per second; `about` is announced anew.
  void setRate(const std::string& stream, double rate);

  void publishThumbnail(base::Bytes jpeg, int width, int height, double motion);
  /// `content` gets the time.
  void publishEvent(const std::string& type, nlohmann::json content = nlohmann::json::object());

 private:
  struct Inbox;
  void announce();
  void publishState(const char* state);
  void publishAbout();
  void publishReported();
  void handle(const hubs::Message& message);
  void handleCommand(const hubs::Message& message);
  CommandAnswer carryOut(const std::string& op, const nlohmann::json& args);
  CommandAnswer lease(const nlohmann::json& args);
  void send(const std::string& stream, std::optional<base::Bytes> block, std::uint64_t rows);
  NodeStamp stamp() const;
  void publishRetained(std::string_view rest, base::Bytes payload);
  hubs::Message message(std::string_view rest, base::Bytes payload) const;
  double seconds() const;

  NodeSetup setup_;
  hubs::Bus& bus_;
  hubs::Topics topics_;
  const base::Clock& clock_;
  NodeSettings settings_;
  std::map<std::string, StreamFlow> flows_;
  std::uint32_t boot_ = 0;
  std::uint64_t thumbnails_ = 0;
  std::optional<base::Time> upAgain_;  // while it restarts
  std::shared_ptr<Inbox> inbox_;
  std::vector<hubs::SubscriptionPtr> subscriptions_;
};

}  // namespace app
