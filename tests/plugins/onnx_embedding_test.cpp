// The plugin for ONNX networks, loaded as a person would, with a network this test writes itself.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <unistd.h>

#include "plugins/host/loader.h"
#include "tests/support/pictures.h"

namespace {

namespace fs = std::filesystem;

// Just enough of protocol buffers to write an ONNX model (onnx.proto, IR version 7).
std::string varint(std::uint64_t n) {
  std::string out;
  while (n >= 0x80) {
    out += static_cast<char>(n | 0x80);
    n >>= 7;
  }
  return out + static_cast<char>(n);
}
std::string number(int field, std::uint64_t value) {
  return varint(static_cast<std::uint64_t>(field) << 3) + varint(value);
}
std::string bytes(int field, const std::string& value) {
  return varint(static_cast<std::uint64_t>(field) << 3 | 2) + varint(value.size()) + value;
}

/// A value of floats of the given shape.
std::string valueInfo(const std::string& name, const std::vector<std::uint64_t>& shape) {
  std::string dims;
  for (const std::uint64_t n : shape) dims += bytes(1, number(1, n));
  const std::string tensor = number(1, 1) + bytes(2, dims);
  return bytes(1, name) + bytes(2, bytes(1, tensor));
}

/// y = mean of each channel of x.
std::string meanNetwork(std::uint64_t channels, std::uint64_t rows, std::uint64_t columns) {
  const std::string node =
      bytes(1, "x") + bytes(2, "y") + bytes(3, "pool") + bytes(4, "GlobalAveragePool");
  const std::string graph = bytes(1, node) + bytes(2, "g") +
                            bytes(11, valueInfo("x", {1, channels, rows, columns})) +
                            bytes(12, valueInfo("y", {1, channels, 1, 1}));
  return number(1, 7) + bytes(7, graph) + bytes(8, bytes(1, "") + number(2, 11));
}

class OnnxEmbedding : public testing::Test {
 protected:
  OnnxEmbedding() {
    std::string pattern = (fs::temp_directory_path() / "mimosa-onnx-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    fs::create_directories(folder_ / "mimosa" / "networks");
    ::setenv("XDG_DATA_HOME", folder_.c_str(), 1);
  }
  ~OnnxEmbedding() override { fs::remove_all(folder_); }

  void drop(const std::string& name, const std::string& content) {
    std::ofstream(folder_ / "mimosa" / "networks" / name, std::ios::binary) << content;
  }
  plugins::Registry loaded() {
    plugins::Registry registry;
    const auto all = plugins::loadPlugins(MIMOSA_PLUGINS, registry);
    EXPECT_EQ(all.size(), 1U);
    for (const auto& plugin : all) {
      EXPECT_EQ(plugin.trouble, "");
      origins_ = plugin.origins;
    }
    return registry;
  }

  fs::path folder_;
  plugins::Origins origins_;
};

const sensors::SourceInfo kCamera{
    .id = "cam", .name = "Cam", .kind = sensors::SourceKind::Picture, .rate = 5};

sensors::Window windowOf(const cv::Mat& picture) {
  auto block = std::make_shared<sensors::Block>();
  block->content = sensors::Image{
      .width = picture.cols, .height = picture.rows, .jpeg = support::jpegOf(picture, 98)};
  sensors::Window window;
  window.pictures = {block};
  return window;
}

TEST_F(OnnxEmbedding, ANetworkDroppedIntoTheFolderSeesPictures) {
  drop("mean.onnx", meanNetwork(3, 16, 16));
  drop("mean.json", R"({"name": "Mean colours", "licence": "CC0-1.0", "width": 16, "height": 16})");

  const auto registry = loaded();

  ASSERT_EQ(registry.extractors.size(), 1U);
  const auto& [id, factory] = *registry.extractors.begin();
  EXPECT_TRUE(id.starts_with("onnx_mean_")) << id;
  EXPECT_EQ(origins_.at(id).licence, "CC0-1.0");
  EXPECT_EQ(origins_.at(id).sha256.substr(0, 8), id.substr(10));
  const auto extractor = factory(kCamera, {});
  ASSERT_TRUE(extractor.ok()) << extractor.error().message;
  std::vector<float> out((*extractor)->features().size());
  ASSERT_EQ(out.size(), 3U);
  (*extractor)->extract(windowOf(support::plain(64, 48, {51, 102, 204})), out);
  EXPECT_NEAR(out[0], 0.8, 0.02);  // red first, levels / 255
  EXPECT_NEAR(out[1], 0.4, 0.02);
  EXPECT_NEAR(out[2], 0.2, 0.02);
  EXPECT_EQ((*extractor)->features()[2].name, id + " 2");
}

TEST_F(OnnxEmbedding, ANetworkForSoundSeesTheLogMelPatch) {
  drop("ear.onnx", meanNetwork(1, 98, 64));
  drop("ear.json", R"({"input": "log_mel", "bands": 64})");
  const sensors::SourceInfo microphone{.id = "mic",
                                       .name = "Mic",
                                       .kind = sensors::SourceKind::Audio,
                                       .channels = {{"l", "1", -1, 1}},
                                       .rate = 16000};
  const sensors::WindowSpec second{std::chrono::seconds(1), std::chrono::seconds(1)};
  const auto registry = loaded();
  ASSERT_EQ(registry.extractors.size(), 1U);

  const auto extractor = registry.extractors.begin()->second(microphone, second);

  ASSERT_TRUE(extractor.ok()) << extractor.error().message;
  sensors::Window window;
  window.source = std::make_shared<const sensors::SourceInfo>(microphone);
  window.span = {{0}, base::Time{} + second.length};
  window.rate = 16000;
  window.samples = {.rows = 16000, .channels = 1, .values = std::vector<float>(16000, 0.F)};
  window.samples.values[8000] = 0.5F;
  const auto patch = sensors::makeLogMel(microphone, second).value();
  std::vector<float> numbers(patch->features().size());
  patch->extract(window, numbers);
  double mean = 0;
  for (const float n : numbers) mean += n / static_cast<double>(numbers.size());
  float out = 0;
  (*extractor)->extract(window, {&out, 1});
  EXPECT_NEAR(out, mean, 1e-4 * std::abs(mean));
}

TEST_F(OnnxEmbedding, WhatIsNoNetworkIsLeftOutAndTheRestWorks) {
  drop("mean.onnx", meanNetwork(3, 16, 16));
  drop("noise.onnx", "this is no network");
  drop("empty.onnx", "");
  drop("card.onnx", meanNetwork(3, 8, 8));
  drop("card.json", R"({"width": -5})");

  const auto registry = loaded();

  ASSERT_EQ(registry.extractors.size(), 1U);
  EXPECT_EQ(origins_.begin()->second.licence, "not stated");
  const sensors::SourceInfo motion{.id = "m", .name = "M", .kind = sensors::SourceKind::Motion};
  EXPECT_EQ(registry.extractors.begin()->second(motion, {}).error().code,
            base::ErrorCode::InvalidArgument);
}

}  // namespace
