#pragma once
// Loader: finds plugins, shows who they are without running them, and loads those a person wants.
// A loaded library is never unloaded. What a plugin throws ends in a sentence, and the part that
// threw is out of use until the program starts again.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "plugins/sdk/entry.h"

namespace plugins {

/// What a plugin.json says, which is read without running any code of the plugin.
struct PluginCard {
  Manifest manifest;
  std::string library;  ///< file name within its folder: "onnx_embedding.so"
  std::string about;    ///< one sentence for people: what it adds
};

/// Reads a plugin.json. Unknown keys are skipped. Errors: Corrupt with what is wrong; at most 64
/// kB.
base::Result<PluginCard> pluginCardFrom(const std::string& json);

struct FoundPlugin {
  std::filesystem::path folder;
  std::optional<PluginCard> card;  ///< none where it cannot be read
  std::string trouble;             ///< why it cannot be used, or empty
  Origins origins;                 ///< once loaded: of the networks it brought
};

/// Every folder in `folder` that has a plugin.json, by name; runs nothing. Empty where there is
/// no such folder.
std::vector<FoundPlugin> findPlugins(const std::filesystem::path& folder);

/// Loads one, adds what it brings to `registry` and notes its origins. Nothing is added where it
/// fails. Errors: as in FoundPlugin::trouble; Unsupported for another SDK or compiler; Io where the
/// library cannot be loaded; Internal with what it threw.
base::Result<void> loadPlugin(FoundPlugin& plugin, Registry& registry);

/// Loads all of `folder`; what could not be loaded comes back with its trouble.
std::vector<FoundPlugin> loadPlugins(const std::filesystem::path& folder, Registry& registry);

}  // namespace plugins
