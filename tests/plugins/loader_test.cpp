#include "plugins/host/loader.h"

#include <cmath>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "plugins/host/built_in.h"

namespace {

namespace fs = std::filesystem;
using plugins::findPlugins;
using plugins::loadPlugins;
using plugins::pluginCardFrom;
using plugins::Registry;

/// A folder of plugins, removed at the end.
class Plugins {
 public:
  Plugins() {
    std::string pattern = (fs::temp_directory_path() / "mimosa-plugins-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Plugins() { fs::remove_all(path_); }
  void add(const std::string& folder, const std::string& json, const std::string& library = {}) {
    fs::create_directories(path_ / folder);
    std::ofstream(path_ / folder / "plugin.json") << json;
    if (!library.empty()) fs::copy_file(library, path_ / folder / fs::path(library).filename());
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string manifest(const std::string& library, int sdk = plugins::kSdkVersion) {
  return R"({"id": "test", "name": "Test parts", "version": "2", "sdk": )" + std::to_string(sdk) +
         R"(, "library": ")" + library + R"("})";
}

const sensors::SourceInfo kSource{.id = "n/s",
                                  .name = "S",
                                  .kind = sensors::SourceKind::Motion,
                                  .channels = {{"x", "1"}},
                                  .rate = 10};

TEST(PluginManifest, SaysWhoAPluginIs) {
  const auto read = pluginCardFrom(manifest("part.so"));

  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(read->manifest.id, "test");
  EXPECT_EQ(read->manifest.name, "Test parts");
  EXPECT_EQ(read->library, "part.so");
}

TEST(PluginManifest, RefusesWhatIsNone) {
  for (const char* bad : {
           "",
           "[]",
           "{",
           "{}",
           R"({"id": "a", "sdk": 1})",
           R"({"id": "A b", "sdk": 1, "library": "x.so"})",
           R"({"id": "a", "sdk": "1", "library": "x.so"})",
           R"({"id": "a", "sdk": 1, "library": "../../evil.so"})",
           R"({"id": "a", "sdk": 1, "library": ""})",
           R"({"id": 5, "sdk": 1, "library": "x.so"})",
       }) {
    EXPECT_EQ(pluginCardFrom(bad).error().code, base::ErrorCode::Corrupt) << bad;
  }
  EXPECT_FALSE(pluginCardFrom(std::string(70'000, ' ')).ok());
}

TEST(PluginLoader, ListsPluginsWithoutRunningThem) {
  Plugins folder;
  folder.add("a", manifest("not_there.so"));
  folder.add("b", "no json");
  folder.add("c", manifest("x.so", 99));
  fs::create_directories(folder.path() / "empty");

  const auto found = findPlugins(folder.path());

  ASSERT_EQ(found.size(), 3U);
  EXPECT_TRUE(found[0].trouble.empty());
  EXPECT_EQ(found[0].card->manifest.name, "Test parts");
  EXPECT_EQ(found[1].trouble, "The plugin in b cannot be used: its plugin.json is no JSON object.");
  EXPECT_EQ(found[2].trouble,
            "The plugin Test parts was made for version 99 of the plugin interface; this program "
            "has 2.");
  EXPECT_TRUE(findPlugins(folder.path() / "nowhere").empty());
}

TEST(PluginLoader, AddsWhatAPluginBringsAndKeepsWhatThereIs) {
  Plugins folder;
  folder.add("test", manifest("test_plugin.so"), TEST_PLUGIN);
  Registry registry = plugins::builtIn();
  const std::size_t before = registry.extractors.size();

  const auto loaded = loadPlugins(folder.path(), registry);

  ASSERT_EQ(loaded.size(), 1U);
  EXPECT_EQ(loaded[0].trouble, "");
  EXPECT_EQ(registry.extractors.size(), before + 3);
  const auto rows = registry.extractors.at("rows")(kSource, {});
  ASSERT_TRUE(rows.ok());
  sensors::Window window;
  window.samples.rows = 5;
  float out = 0;
  (*rows)->extract(window, {&out, 1});
  EXPECT_EQ(out, 5);
  const auto values = registry.extractors.at("values")(kSource, {});
  EXPECT_EQ((*values)->id(), "values");  // the built-in one
}

TEST(PluginLoader, WhatAPluginThrowsBecomesASentence) {
  Plugins folder;
  folder.add("test", manifest("test_plugin.so"), TEST_PLUGIN);
  Registry registry;
  loadPlugins(folder.path(), registry);
  learners::ByteReader nothing({});
  float out = 3;

  const auto unmakeable = registry.extractors.at("unmakeable")(kSource, {});
  const auto runaway = registry.extractors.at("runaway")(kSource, {});
  ASSERT_TRUE(runaway.ok());
  (*runaway)->extract({}, {&out, 1});

  EXPECT_EQ(unmakeable.error().message, "The plugin Test parts failed: cannot be made.");
  EXPECT_TRUE(std::isnan(out));
  EXPECT_EQ(registry.learners.at("thrower")->load(nothing).error().code, base::ErrorCode::Internal);
}

TEST(PluginLoader, NothingIsAddedWhereLoadingFails) {
  Plugins folder;
  folder.add("absent", manifest("not_there.so"));
  folder.add("angry", manifest("angry_plugin.so"), ANGRY_PLUGIN);
  folder.add("old", manifest("old_plugin.so"), OLD_PLUGIN);
  folder.add("text", manifest("plugin.json"));
  Registry registry;

  const auto loaded = loadPlugins(folder.path(), registry);

  ASSERT_EQ(loaded.size(), 4U);
  for (const auto& plugin : loaded) EXPECT_FALSE(plugin.trouble.empty()) << plugin.folder;
  EXPECT_EQ(loaded[1].trouble, "The plugin Test parts failed: not today.");
  EXPECT_TRUE(loaded[2].trouble.starts_with("The plugin Test parts was made for version 0"));
  EXPECT_TRUE(registry.extractors.empty());
}

}  // namespace
