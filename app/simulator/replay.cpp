#include "app/simulator/replay.h"

#include <algorithm>
#include <cmath>

#include "app/project/importers/csv.h"
#include "app/simulator/demo_home.h"
#include "app/simulator/recording_table.h"

namespace app {
namespace {

constexpr base::Duration kBlock = std::chrono::milliseconds(250);
constexpr char kMotionStream[] = "motion";
constexpr char kValuesStream[] = "values";

/// Plays the rows of a recorded stream or table.
class RowPlayer final : public Player {
 public:
  RowPlayer(RecordingTable table, const ReplayOptions& options, const NodePlace& place,
            std::function<void()> wake)
      : table_(std::move(table)),
        programme_(table_.activities(), options),
        isStream_(options.kind == ReplayOptions::Kind::Stream),
        rate_(table_.rate() * options.speed),
        stream_(isStream_ ? kMotionStream : kValuesStream),
        node_(setup(options), place.bus, place.topics, place.clock, std::move(wake)) {}

  void handleMessages() override { node_.handleMessages(); }

  void playTick(base::Time start) override {
    const base::Time end = start + kHouseTick;
    if (nextRow_ < start) {
      nextRow_ = start;  // it rested or was held up: the next row is now
    }
    std::vector<float> rows;
    const base::Time first = nextRow_;
    for (; nextRow_ < end; nextRow_ += base::fromSeconds(1 / rate_)) {
      const auto index = nextIndex();
      if (!index) {
        break;
      }
      const auto row = table_.row(*index);
      if (isStream_) {
        rows.insert(rows.end(), row.begin(), row.end());
      } else {
        node_.report(stream_, nextRow_, row);
      }
    }
    if (!rows.empty()) {
      node_.append(stream_, first, rows);
    }
    if (isStream_ && nextRow_ < end) {
      node_.finishBlock(stream_);  // nothing plays: no blocks, and none half full
    }
    node_.advance();
    programme_.advance(kHouseTick);
  }

  void skip(std::uint64_t ticks) override {
    if (isStream_) {
      node_.lose(stream_,
                 static_cast<std::uint64_t>(static_cast<double>(ticks) * kTickSeconds * rate_));
    }
  }

 private:
  /// The next row to play, if anything plays.
  std::optional<std::size_t> nextIndex() {
    while (true) {
      const auto playing = programme_.playing();
      if (playing.empty()) {
        return isStream_ ? std::nullopt : table_.nextOfAny();
      }
      const std::string& name = playing.back();  // one body does one thing: the newest act counts
      if (const auto index = table_.next(table_.activity(name).value())) {
        return index;
      }
      programme_.exhausted(name);
      node_.publishEvent("ended", {{"activity", name}});
    }
  }

  NodeSetup setup(const ReplayOptions& options) {
    NodeSetup setup;
    setup.id = !options.node.empty() ? options.node : isStream_ ? "watch" : "room";
    setup.about.revision = 1;
    setup.about.name = isStream_ ? "Recorded watch" : "Recorded room";
    setup.about.model = "replay";
    setup.about.firmware = "1.3.0";
    setup.about.room = isStream_ ? "On a wrist" : "Room";
    setup.about.ops = {"act", "identify", "lease", "restart", "time"};
    setup.about.activities = table_.activities();
    hubs::StreamAbout stream;
    stream.id = stream_;
    stream.name = isStream_ ? "Watch motion" : "Room values";
    stream.kind = isStream_ ? sensors::SourceKind::Motion : sensors::SourceKind::Slow;
    stream.channels = table_.channels();
    stream.rate = rate_;
    setup.about.streams = {stream};
    setup.wires[stream_] = {
        isStream_ ? StreamWire::Form::CborF32 : StreamWire::Form::Json, kBlock, {}};
    setup.command = [this](const std::string&, const nlohmann::json& args) -> CommandAnswer {
      if (const auto done = programme_.act(args); !done) {
        return {.code = codeOf(done.error().code), .message = done.error().message};
      }
      if (!isStream_) {
        nextRow_ = {};  // a slow table shows at once what was acted
      }
      node_.publishEvent("act", args);
      return {.result = {{"active", programme_.acted()}}};
    };
    return setup;
  }

  RecordingTable table_;
  Programme programme_;
  bool isStream_;
  double rate_;
  std::string stream_;
  base::Time nextRow_;
  SimulatedNode node_;
};

}  // namespace

base::Result<std::vector<ScriptLine>> parseScript(const std::string& text) {
  std::vector<ScriptLine> script;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string part = text.substr(at, end - at);
    const std::size_t colon = part.rfind(':');
    const auto seconds = colon == std::string::npos
                             ? std::nullopt
                             : readNumber(std::string_view(part).substr(colon + 1));
    if (!seconds || *seconds <= 0 || *seconds > 1e6 || colon == 0) {
      return base::invalid("script: \"" + part + "\" is not ACTIVITY:SECONDS");
    }
    script.push_back({part.substr(0, colon), base::fromSeconds(*seconds)});
    at = end + 1;
  }
  return script;
}

Programme::Programme(std::vector<std::string> activities, const ReplayOptions& options)
    : activities_(std::move(activities)), idle_(options.idle), script_(options.script) {}

base::Result<void> Programme::act(const nlohmann::json& args) {
  const auto wanted = readAct(args);
  if (!wanted) {
    return wanted.error();
  }
  if (std::find(activities_.begin(), activities_.end(), wanted->activity) == activities_.end()) {
    std::string all;
    for (const std::string& known : activities_) {
      all += (all.empty() ? "" : ", ") + known;
    }
    return base::Error{base::ErrorCode::NotFound,
                       "no activity " + wanted->activity + ": there are " + all};
  }
  script_.clear();
  std::erase(acted_, wanted->activity);
  if (wanted->on) {
    acted_.push_back(wanted->activity);
  }
  return {};
}

void Programme::advance(base::Duration length) {
  while (!script_.empty() && length > base::Duration(0)) {
    const base::Duration step = std::min(length, script_.front().length);
    script_.front().length -= step;
    length -= step;
    if (script_.front().length <= base::Duration(0)) {
      script_.erase(script_.begin());
    }
  }
}

void Programme::exhausted(const std::string& activity) {
  std::erase(acted_, activity);
  if (idle_ == activity) {
    idle_.clear();
  }
  std::erase_if(script_, [&](const ScriptLine& line) { return line.activity == activity; });
}

std::vector<std::string> Programme::playing() const {
  if (!acted_.empty()) return acted_;
  if (!script_.empty()) return {script_.front().activity};
  if (!idle_.empty()) return {idle_};
  return {};
}

base::Result<PlayerMaker> openRowReplay(const ReplayOptions& options, const NodePlace& place) {
  auto table = RecordingTable::load(options.path, options.labelColumn);
  if (!table) {
    return table.error();
  }
  std::vector<std::string> named;
  if (!options.idle.empty()) named.push_back(options.idle);
  for (const ScriptLine& line : options.script) named.push_back(line.activity);
  for (const std::string& name : named) {
    if (!table->activity(name)) {
      return base::Error{base::ErrorCode::NotFound, "the recording holds no activity " + name};
    }
  }
  auto shared = std::make_shared<RecordingTable>(std::move(*table));
  return PlayerMaker(
      [shared, options, place](std::function<void()> wake) -> std::unique_ptr<Player> {
        return std::make_unique<RowPlayer>(std::move(*shared), options, place, std::move(wake));
      });
}

base::Result<PlayerMaker> openReplay(const ReplayOptions& options, const NodePlace& place) {
  return options.kind == ReplayOptions::Kind::Clips ? openClipReplay(options, place)
                                                    : openRowReplay(options, place);
}

}  // namespace app
