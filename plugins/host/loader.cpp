#include "plugins/host/loader.h"

#include <algorithm>
#include <cstring>
#include <dlfcn.h>
#include <fstream>
#include <nlohmann/json.hpp>

#include "hubs/codec.h"
#include "plugins/host/guarded.h"
#include "sensors/base/log.h"

namespace plugins {

namespace {

constexpr std::size_t kLongest = 64 * 1024;
constexpr std::size_t kLongestText = 200;
constexpr std::size_t kLongestId = 64;

base::Error corrupt(const std::string& what) { return {base::ErrorCode::Corrupt, what}; }

bool isId(const std::string& id) {
  return !id.empty() && id.size() <= kLongestId && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

/// A name of a file that lies in the plugin's own folder.
bool isFileName(const std::string& name) {
  return !name.empty() && name.size() <= kLongestText && name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos && name.front() != '.';
}

base::Result<std::string> readFile(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text(kLongest + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (in.bad() || text.empty()) return corrupt("its plugin.json cannot be read");
  if (text.size() > kLongest) return corrupt("its plugin.json is too long");
  return text;
}

base::Error sdkDiffers(const std::string& name, int version) {
  return {base::ErrorCode::Unsupported,
          "The plugin " + name + " was made for version " + std::to_string(version) +
              " of the plugin interface; this program has " + std::to_string(kSdkVersion) + "."};
}

/// Adds what `from` has and `to` has not.
void addAll(const std::string& plugin, Registry& from, Registry& to) {
  for (auto& [id, factory] : from.extractors) {
    if (factory) to.extractors.try_emplace(id, guardedExtractor(plugin, std::move(factory)));
  }
  for (auto& [id, learner] : from.learners) {
    if (learner) to.learners.try_emplace(id, guardedLearner(plugin, std::move(learner)));
  }
  for (auto& [id, kind] : from.localKinds) to.localKinds.try_emplace(id, std::move(kind));
}

}  // namespace

base::Result<PluginCard> pluginCardFrom(const std::string& text) {
  if (text.size() > kLongest) return corrupt("its plugin.json is too long");
  const auto json = hubs::parseJson(base::Bytes(text.begin(), text.end()));
  if (!json || !json->is_object()) return corrupt("its plugin.json is no JSON object");
  PluginCard card;
  Manifest& manifest = card.manifest;
  manifest.id = hubs::textField(*json, "id");
  manifest.name = hubs::textField(*json, "name").substr(0, kLongestText);
  manifest.version = hubs::textField(*json, "version").substr(0, kLongestText);
  card.library = hubs::textField(*json, "library");
  card.about = hubs::textField(*json, "about").substr(0, kLongestText);
  const auto sdk = json->find("sdk");
  if (sdk == json->end() || !sdk->is_number_integer()) {
    return corrupt("its plugin.json does not say which version of the interface it is for (sdk)");
  }
  const auto version = sdk->get<std::int64_t>();
  manifest.sdkVersion = static_cast<int>(std::clamp<std::int64_t>(version, 0, 1'000'000));
  if (!isId(manifest.id)) {
    return corrupt("its id must be of small letters, digits, _ and -, at most 64");
  }
  if (manifest.name.empty()) manifest.name = manifest.id;
  if (!isFileName(card.library)) return corrupt("it names no library in its own folder");
  return card;
}

std::vector<FoundPlugin> findPlugins(const std::filesystem::path& folder) {
  std::vector<FoundPlugin> all;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const auto file = entry.path() / "plugin.json";
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(file, ignored)) continue;
    FoundPlugin found{.folder = entry.path()};
    const auto text = readFile(file);
    auto card = text ? pluginCardFrom(*text) : base::Result<PluginCard>(text.error());
    const std::string shown = entry.path().filename().string();
    if (!card) {
      found.trouble = "The plugin in " + shown + " cannot be used: " + card.error().message + ".";
    } else if (card->manifest.sdkVersion != kSdkVersion) {
      found.trouble = sdkDiffers(card->manifest.name, card->manifest.sdkVersion).message;
    }
    if (card) found.card = *std::move(card);
    all.push_back(std::move(found));
  }
  std::sort(all.begin(), all.end(),
            [](const FoundPlugin& a, const FoundPlugin& b) { return a.folder < b.folder; });
  return all;
}

base::Result<void> loadPlugin(FoundPlugin& plugin, Registry& registry) {
  if (!plugin.card || !plugin.trouble.empty()) {
    return base::Error{base::ErrorCode::Unsupported, plugin.trouble};
  }
  const std::string& name = plugin.card->manifest.name;
  const auto file = plugin.folder / plugin.card->library;
  void* library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (!library) {
    const char* why = ::dlerror();
    return base::Error{base::ErrorCode::Io, "The plugin " + name + " cannot be loaded: " +
                                                (why ? why : "nobody says why") + "."};
  }
  using Stamp = const PluginStamp* (*)();
  using Register = void (*)(Registry&, Origins&, const char*);
  const auto stamp = reinterpret_cast<Stamp>(::dlsym(library, "mimosa_plugin_stamp"));
  const auto add = reinterpret_cast<Register>(::dlsym(library, "mimosa_plugin_register"));
  if (!stamp || !add) {
    return base::Error{base::ErrorCode::Unsupported,
                       "The library of " + name + " is no plugin of this program."};
  }
  const PluginStamp* made = stamp();
  if (made->sdkVersion != kSdkVersion) return sdkDiffers(name, made->sdkVersion);
  if (std::strcmp(made->compiler, kCompiler) != 0) {
    return base::Error{base::ErrorCode::Unsupported,
                       "The plugin " + name + " was built with another compiler (" +
                           made->compiler + ") than this program (" + kCompiler + ")."};
  }
  Registry own;
  const std::string folder = plugin.folder.string();
  Origins origins;
  if (auto done = guarded(name, [&] { add(own, origins, folder.c_str()); }); !done) return done;
  addAll(name, own, registry);
  registry.origins.insert(origins.begin(), origins.end());
  plugin.origins = std::move(origins);
  return {};
}

std::vector<FoundPlugin> loadPlugins(const std::filesystem::path& folder, Registry& registry) {
  std::vector<FoundPlugin> all = findPlugins(folder);
  for (FoundPlugin& plugin : all) {
    if (const auto loaded = loadPlugin(plugin, registry); !loaded) {
      plugin.trouble = loaded.error().message;
      base::logWarning(plugin.trouble);
    }
  }
  return all;
}

}  // namespace plugins
