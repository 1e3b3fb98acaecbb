// Replay of a folder of sound clips: meta.csv (filename, category) and audio/.

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "app/project/importers/audio_file.h"
#include "app/project/importers/csv.h"
#include "app/project/importers/file_text.h"
#include "app/project/importers/resampler.h"
#include "app/simulator/demo_home.h"
#include "app/simulator/replay.h"
#include "sensors/base/log.h"

namespace app {
namespace {

constexpr char kStream[] = "microphone";
constexpr float kSilence = 1e-4F;                // -80 dB: padding at a clip's ends is cut below it
constexpr double kFloorDecibels = -72;           // of the room between and under the clips
constexpr std::size_t kFade = kSoundRate / 100;  // 10 ms at a clip's ends

/// The clips of one category in the order of the list.
struct Category {
  std::string name;
  std::vector<std::filesystem::path> files;
  std::size_t next = 0;
};

/// A clip at kSoundRate without its silent ends. Errors: as readAudio.
base::Result<std::vector<float>> readClip(const std::filesystem::path& file) {
  const auto sound = readAudio(file);
  if (!sound) return sound.error();
  std::vector<float> samples = resampled(sound->samples, sound->rate, kSoundRate);
  const auto isLoud = [](float x) { return std::abs(x) > kSilence; };
  const auto last = std::find_if(samples.rbegin(), samples.rend(), isLoud).base();
  samples.erase(last, samples.end());
  samples.erase(samples.begin(), std::find_if(samples.begin(), samples.end(), isLoud));
  const std::size_t fade = std::min(kFade, samples.size() / 2);
  for (std::size_t i = 0; i < fade; ++i) {
    const float gain = static_cast<float>(i) / static_cast<float>(fade);
    samples[i] *= gain;
    samples[samples.size() - 1 - i] *= gain;
  }
  return samples;
}

/// Plays clips of the acted categories, each category its next one, together where several are on.
class ClipPlayer final : public Player {
 public:
  ClipPlayer(std::vector<Category> categories, const ReplayOptions& options, const NodePlace& place,
             std::function<void()> wake)
      : categories_(std::move(categories)),
        programme_(names(categories_), options),
        floor_(options.seed, Biquad::highPass(60)),
        node_(setup(options), place.bus, place.topics, place.clock, std::move(wake)) {}

  static std::vector<std::string> names(const std::vector<Category>& categories) {
    std::vector<std::string> names;
    for (const Category& category : categories) names.push_back(category.name);
    return names;
  }

  void handleMessages() override { node_.handleMessages(); }

  void playTick(base::Time start) override {
    std::array<float, kTickSound> sound;
    const float level = fromDecibels(kFloorDecibels);
    for (float& sample : sound) {
      sample = level * floor_.next();
    }
    const auto playing = programme_.playing();
    std::erase_if(running_, [&](const auto& entry) {
      return std::find(playing.begin(), playing.end(), entry.first) == playing.end();
    });
    for (const std::string& name : playing) {
      mix(name, sound);
    }
    for (float& sample : sound) {
      sample = std::clamp(sample, -1.0F, 1.0F);
    }
    node_.append(kStream, start, sound);
    node_.advance();
    programme_.advance(kHouseTick);
  }

  void skip(std::uint64_t ticks) override { node_.lose(kStream, ticks * kTickSound); }

 private:
  struct Running {
    std::vector<float> samples;
    std::size_t at = 0;
  };

  void mix(const std::string& name, std::span<float> sound) {
    Running& clip = running_[name];
    std::size_t filled = 0;
    while (filled < sound.size()) {
      if (clip.at == clip.samples.size() && !load(name, clip)) {
        running_.erase(name);
        programme_.exhausted(name);
        node_.publishEvent("ended", {{"activity", name}});
        return;
      }
      const std::size_t count = std::min(sound.size() - filled, clip.samples.size() - clip.at);
      for (std::size_t i = 0; i < count; ++i) {
        sound[filled + i] += clip.samples[clip.at + i];
      }
      filled += count;
      clip.at += count;
    }
  }

  /// The category's next clip that can be read. False where there is none left.
  bool load(const std::string& name, Running& clip) {
    const auto category = std::find_if(categories_.begin(), categories_.end(),
                                       [&](const Category& c) { return c.name == name; });
    while (category->next < category->files.size()) {
      auto samples = readClip(category->files[category->next++]);
      if (samples && !samples->empty()) {
        clip = {std::move(*samples), 0};
        return true;
      }
      base::logWarning(samples ? "a clip of " + name + " is silent" : samples.error().message);
    }
    return false;
  }

  NodeSetup setup(const ReplayOptions& options) {
    NodeSetup setup;
    setup.id = options.node.empty() ? "sounds" : options.node;
    setup.about.revision = 1;
    setup.about.name = "Recorded sounds";
    setup.about.model = "replay";
    setup.about.firmware = "1.3.0";
    setup.about.room = "Room";
    setup.about.ops = {"act", "identify", "lease", "restart", "time"};
    setup.about.activities = names(categories_);
    hubs::StreamAbout stream;
    stream.id = kStream;
    stream.name = "Microphone";
    stream.kind = sensors::SourceKind::Audio;
    stream.channels = {{"l", "1", -1, 1}};
    stream.scale = {1.0 / 32767};
    stream.offset = {0};
    stream.rate = kSoundRate;
    setup.about.streams = {stream};
    setup.wires[kStream] = {StreamWire::Form::CborI16, kHouseTick, {}};
    setup.command = [this](const std::string&, const nlohmann::json& args) -> CommandAnswer {
      if (const auto done = programme_.act(args); !done) {
        return {.code = codeOf(done.error().code), .message = done.error().message};
      }
      node_.publishEvent("act", args);
      return {.result = {{"active", programme_.acted()}}};
    };
    return setup;
  }

  std::vector<Category> categories_;
  Programme programme_;
  ShapedNoise floor_;
  std::map<std::string, Running> running_;
  SimulatedNode node_;
};

}  // namespace

base::Result<PlayerMaker> openClipReplay(const ReplayOptions& options, const NodePlace& place) {
  if (options.speed != 1) {
    return base::invalid("sound clips play at speed 1 only");
  }
  const std::filesystem::path list = options.path / "meta.csv";
  const auto text = readFileText(list);
  if (!text) return text.error();
  auto reader = CsvReader::open(list.string(), *text);
  if (!reader) return reader.error();
  const auto file = reader->requireColumn("filename");
  if (!file) return file.error();
  const auto category = reader->requireColumn(
      options.labelColumn.empty() ? std::string_view("category") : options.labelColumn);
  if (!category) return category.error();
  std::vector<Category> categories;
  while (true) {
    const auto row = reader->next();
    if (!row) return row.error();
    if (!*row) break;
    const std::string name((**row)[*category]);
    const std::filesystem::path clip = std::string((**row)[*file]);
    if (clip.is_absolute() || clip.has_parent_path()) {
      return reader->errorHere("a clip must lie in the folder audio");
    }
    auto found = std::find_if(categories.begin(), categories.end(),
                              [&](const Category& c) { return c.name == name; });
    if (found == categories.end()) {
      found = categories.insert(categories.end(), Category{name, {}, 0});
    }
    found->files.push_back(options.path / "audio" / clip);
  }
  auto shared = std::make_shared<std::vector<Category>>(std::move(categories));
  const std::vector<std::string> known = ClipPlayer::names(*shared);
  std::vector<std::string> named;
  if (!options.idle.empty()) named.push_back(options.idle);
  for (const ScriptLine& line : options.script) named.push_back(line.activity);
  for (const std::string& name : named) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return base::Error{base::ErrorCode::NotFound, "the folder holds no category " + name};
    }
  }
  return PlayerMaker(
      [shared, options, place](std::function<void()> wake) -> std::unique_ptr<Player> {
        return std::make_unique<ClipPlayer>(std::move(*shared), options, place, std::move(wake));
      });
}

}  // namespace app
