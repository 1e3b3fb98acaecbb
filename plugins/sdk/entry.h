#pragma once
// The border a plugin library is loaded across: a stamp in plain C that is read first, and one
// function that lists what the plugin brings. Included by plugins and by the loader.

#include "plugins/sdk/plugin.h"

namespace plugins {

/// Raised with every change of a header a plugin may include. Host and plugin must agree on it, and
/// on the compiler, since what crosses the border is C++.
inline constexpr int kSdkVersion = 2;
inline constexpr const char* kCompiler = __VERSION__;

/// May be read however the library was built.
struct PluginStamp {
  int sdkVersion;
  const char* compiler;
};

}  // namespace plugins

// A plugin library exports these two, and nothing else. The second is given a registry of the
// plugin's own and its folder, and may throw.
//   extern "C" MIMOSA_PLUGIN_EXPORT const plugins::PluginStamp* mimosa_plugin_stamp();
//   extern "C" MIMOSA_PLUGIN_EXPORT void mimosa_plugin_register(
//       plugins::Registry& registry, plugins::Origins& origins, const char* folder);
#define MIMOSA_PLUGIN_EXPORT __attribute__((visibility("default")))
