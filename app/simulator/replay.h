#pragma once
// Replay: recordings of real people and things, played as if their node were here now.
//   stream  a CSV file of even rows (a watch): node "watch", stream "motion"
//   table   a CSV file of slow rows (a room): node "room", stream "values"
//   clips   a folder with meta.csv and audio/: node "sounds", stream "microphone"
// Each node takes "act" with the activities of its recording. What was played once is not played
// again, so later data are always new. At another speed than 1 the rate is multiplied and declared
// so, as with a tape that runs faster.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/simulator/node.h"
#include "app/simulator/player.h"

namespace app {

struct ScriptLine {
  std::string activity;
  base::Duration length{0};
};

struct ReplayOptions {
  enum class Kind { Stream, Table, Clips };
  std::filesystem::path path;
  Kind kind = Kind::Stream;
  std::string node;                     ///< empty: "watch", "room" or "sounds"
  double speed = 1;                     ///< > 0
  std::string idle = {};                ///< played while nothing is acted; empty: a stream pauses,
                                        ///< a table runs on in its order
  std::vector<ScriptLine> script = {};  ///< played from the start, until somebody acts
  std::string labelColumn = {};
  std::uint64_t seed = 1;
};

/// "walking:60,typing:60": activity and seconds. Errors: InvalidArgument naming the part.
base::Result<std::vector<ScriptLine>> parseScript(const std::string& text);

/// Where replayed nodes live. All must outlive them.
struct NodePlace {
  hubs::Bus& bus;
  const hubs::Topics& topics;
  const base::Clock& clock;
};
using PlayerMaker = std::function<std::unique_ptr<Player>(std::function<void()> wake)>;

/// Reads the recording; what comes back makes its player, once.
/// Errors: as RecordingTable::load and readFileText; NotFound where idle or script name an activity
/// that is not in it.
base::Result<PlayerMaker> openReplay(const ReplayOptions& options, const NodePlace& place);

// The two kinds of players behind it.
base::Result<PlayerMaker> openRowReplay(const ReplayOptions& options, const NodePlace& place);
base::Result<PlayerMaker> openClipReplay(const ReplayOptions& options, const NodePlace& place);

/// What a replayed node plays now: the person's acts, else the script, else the idle activity.
/// One thread at a time.
class Programme {
 public:
  Programme(std::vector<std::string> activities, const ReplayOptions& options);

  /// Errors: InvalidArgument, NotFound with the activities there are. Ends the script.
  base::Result<void> act(const nlohmann::json& args);
  /// Advances the script by `length`.
  void advance(base::Duration length);
  /// An activity has no data left: it is over.
  void exhausted(const std::string& activity);

  /// What plays now; several only after several acts.
  std::vector<std::string> playing() const;
  const std::vector<std::string>& acted() const { return acted_; }

 private:
  std::vector<std::string> activities_;
  std::string idle_;
  std::vector<ScriptLine> script_;
  std::vector<std::string> acted_;
};

}  // namespace app
