#pragma once
// NodeStreams: declares the streams of all nodes in the source table and publishes what they send.
// Only for NodeDirectory.

#include <map>
#include <memory>
#include <string>

#include "hubs/bus.h"
#include "hubs/stream_feed.h"
#include "sensors/source.h"

namespace hubs {

/// Bus thread only.
class NodeStreams {
 public:
  NodeStreams(sensors::SourceTable& sources, const base::Clock& clock)
      : sources_(sources), clock_(clock) {}

  /// Brings the source table in line with what the node says of itself and of its settings.
  void declare(const std::string& node, About about,
               const std::map<std::string, base::ParamValue>& reported);
  /// The node went away: what comes next starts anew.
  void interrupt(const std::string& node);

  bool knows(const std::string& node, const std::string& stream) const;
  /// A sample block of a known stream. Errors: Corrupt; Unavailable where it floods.
  base::Result<void> takeBlock(const std::string& node, const std::string& stream,
                               const base::Bytes& bytes);
  /// The motion a camera saw, from `thumb/meta`; becomes the source "<node>/view". Errors: as
  /// above.
  base::Result<void> takeMotion(const std::string& node, const nlohmann::json& meta);

 private:
  struct Feed {
    StreamFeed feed;
    std::shared_ptr<sensors::SourceStream> source;
    double nominalRate = 0;
  };

  Feed* find(const std::string& node, const std::string& stream);
  void declareStream(const std::string& node, const About& about, const StreamAbout& stream,
                     double nominal);
  base::Result<void> publish(Feed& feed, const SampleBlock& block);

  sensors::SourceTable& sources_;
  const base::Clock& clock_;
  std::map<std::string, std::map<std::string, Feed>> feeds_;
};

}  // namespace hubs
