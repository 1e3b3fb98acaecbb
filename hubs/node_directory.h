#pragma once
// NodeDirectory: all nodes of the site that follow our convention. It listens to what they
// announce, leases their streams, turns sample blocks into Blocks of the SourceTable, and carries
// settings.

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hubs/bus.h"
#include "hubs/device.h"
#include "hubs/device_config.h"
#include "hubs/topic.h"
#include "sensors/source.h"

namespace hubs {

/// One node as people see it. A plain value.
struct NodeView {
  Device device;
  std::map<std::string, ParamStatus> params;
  std::int64_t desiredVersion = 0;
  std::map<std::string, base::ParamValue> desired;
  std::shared_ptr<const base::Bytes> thumbnail;  ///< newest JPEG, or null
  base::Time thumbnailTime;
  std::uint64_t badMessages = 0;
  std::string lastComplaint;
};

/// Thread-safe. `onChange` is called from any thread after something a person could see changed.
class NodeDirectory {
 public:
  NodeDirectory(Bus& bus, Topics topics, std::string benchId, sensors::SourceTable& sources,
                const base::Clock& clock, std::function<void()> onChange);
  ~NodeDirectory();

  std::vector<NodeView> nodes() const;

  /// Asks the node for a parameter's value. Returns at once; watch NodeView::params.
  /// Errors: NotFound for an unknown node.
  base::Result<void> ask(const std::string& node, const std::string& param,
                         const base::ParamValue& value);
  /// Asks no longer for it.
  base::Result<void> forget(const std::string& node, const std::string& param);
  /// What a project remembered of a node, before or after the node was heard.
  void restore(const std::string& node, std::int64_t version,
               std::map<std::string, base::ParamValue> desired);

  using Reply = std::function<void(base::Result<std::string>)>;  ///< the result's JSON text
  /// Sends cmd {op, args}; `reply` comes on the bus thread or, after `patience`, with Timeout.
  void command(const std::string& node, const std::string& op, const std::string& argsJson,
               Reply reply = {}, base::Duration patience = std::chrono::seconds(5));

  /// Leases are renewed by themselves at half time, as long as this object lives.
  static constexpr int kLeaseSeconds = 30;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hubs
