// ONNX networks as feature extractors. Each NAME.onnx in the folder "networks" beside the plugin,
// or in $XDG_DATA_HOME/mimosa/networks, becomes one; NAME.json says what it wants to be shown.

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <opencv2/imgcodecs.hpp>

#include "plugins/onnx_embedding/network.h"
#include "plugins/sdk/entry.h"
#include "sensors/base/log.h"
#include "sensors/jpeg_header.h"

namespace onnx_embedding {

namespace {

using sensors::Feature;
using sensors::FeatureExtractorPtr;
using sensors::SourceInfo;
using sensors::SourceKind;
using sensors::Window;
using sensors::WindowSpec;

std::vector<Feature> featuresOf(const Network& network, std::size_t n) {
  std::vector<Feature> features;
  for (std::size_t i = 0; i < n; ++i) {
    // The hash is part of the name, so that a model never answers from another network.
    features.push_back({network.id() + " " + std::to_string(i), "1", 0});
  }
  return features;
}

void write(const base::Result<std::vector<float>>& answer, std::span<float> out) {
  std::fill(out.begin(), out.end(), std::numeric_limits<float>::quiet_NaN());
  if (answer && answer->size() == out.size())
    std::copy(answer->begin(), answer->end(), out.begin());
}

/// The newest picture of a window, seen by a network.
class PictureEmbedding final : public sensors::FeatureExtractor {
 public:
  PictureEmbedding(std::shared_ptr<Network> network, std::size_t n)
      : network_(std::move(network)), features_(featuresOf(*network_, n)) {}

  std::string id() const override { return network_->id(); }
  const std::vector<Feature>& features() const override { return features_; }
  void extract(const Window& window, std::span<float> out) const override {
    const sensors::Image* image =
        window.pictures.empty() ? nullptr : window.pictures.back()->image();
    cv::Mat picture;
    if (image && sensors::jpegSize(image->jpeg))
      picture = cv::imdecode(image->jpeg, cv::IMREAD_COLOR);
    if (picture.empty()) return write(base::Error{}, out);
    const auto at = [](double share, int pixels) {
      return std::clamp(cvRound(share * pixels), 0, pixels);
    };
    const sensors::Region& r = window.region;
    const cv::Rect part(
        cv::Point(at(r.left, picture.cols), at(r.top, picture.rows)),
        cv::Point(at(r.left + r.width, picture.cols), at(r.top + r.height, picture.rows)));
    write(part.empty() ? base::Result<std::vector<float>>(base::Error{})
                       : network_->answer(network_->inputOf(picture(part))),
          out);
  }

 private:
  const std::shared_ptr<Network> network_;
  const std::vector<Feature> features_;
};

/// The log-mel patch of a window of sound, seen by a network.
class SoundEmbedding final : public sensors::FeatureExtractor {
 public:
  SoundEmbedding(std::shared_ptr<Network> network, FeatureExtractorPtr patch, std::size_t n)
      : network_(std::move(network)),
        patch_(std::move(patch)),
        features_(featuresOf(*network_, n)) {}

  std::string id() const override { return network_->id(); }
  const std::vector<Feature>& features() const override { return features_; }
  void extract(const Window& window, std::span<float> out) const override {
    std::vector<float> patch(patch_->features().size());
    patch_->extract(window, patch);
    write(answer(*network_, patch), out);
  }

  static base::Result<std::vector<float>> answer(Network& network, std::vector<float>& patch) {
    const int bands = network.card().bands;
    if (patch.size() % static_cast<std::size_t>(bands) != 0) {
      return base::invalid("it wants " + std::to_string(bands) + " bands");
    }
    const int sizes[] = {1, 1, static_cast<int>(patch.size()) / bands, bands};
    return network.answer(cv::Mat(4, sizes, CV_32F, patch.data()));
  }

 private:
  const std::shared_ptr<Network> network_;
  const FeatureExtractorPtr patch_;
  const std::vector<Feature> features_;
};

base::Result<FeatureExtractorPtr> make(const std::shared_ptr<Network>& network,
                                       const SourceInfo& source, const WindowSpec& window) {
  const Card& card = network->card();
  // How many numbers it answers with is found by asking it once.
  if (card.input == Card::Input::Image) {
    if (source.kind != SourceKind::Picture) {
      return base::invalid(card.name + " looks at pictures, and " + source.name + " sends none");
    }
    const auto tried =
        network->answer(network->inputOf(cv::Mat::zeros(card.height, card.width, CV_8UC3)));
    if (!tried) return base::invalid(card.name + ": " + tried.error().message);
    return FeatureExtractorPtr(std::make_shared<PictureEmbedding>(network, tried->size()));
  }
  auto patch = sensors::makeLogMel(source, window);
  if (!patch) return patch.error();
  std::vector<float> silence((*patch)->features().size(), 0);
  const auto tried = SoundEmbedding::answer(*network, silence);
  if (!tried) return base::invalid(card.name + ": " + tried.error().message);
  return FeatureExtractorPtr(
      std::make_shared<SoundEmbedding>(network, *std::move(patch), tried->size()));
}

void addAll(const std::filesystem::path& folder, plugins::Registry& registry,
            plugins::Origins& origins) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() != ".onnx") continue;
    const auto network = Network::open(entry.path());
    if (!network) {
      base::logWarning("The network " + entry.path().filename().string() +
                       " cannot be used: " + network.error().message + ".");
      continue;
    }
    const std::string id = (*network)->id();
    registry.extractors[id] = [network = *network](const SourceInfo& source,
                                                   const WindowSpec& window) {
      return make(network, source, window);
    };
    origins[id] = {(*network)->card().name, (*network)->card().licence, (*network)->sha256()};
  }
}

std::filesystem::path usualFolder() {
  const char* data = std::getenv("XDG_DATA_HOME");
  const char* home = std::getenv("HOME");
  const std::filesystem::path base =
      data && *data ? std::filesystem::path(data)
                    : std::filesystem::path(home ? home : "/") / ".local/share";
  return base / "mimosa" / "networks";
}

constexpr plugins::PluginStamp kStamp{plugins::kSdkVersion, plugins::kCompiler};

}  // namespace

}  // namespace onnx_embedding

extern "C" MIMOSA_PLUGIN_EXPORT const plugins::PluginStamp* mimosa_plugin_stamp() {
  return &onnx_embedding::kStamp;
}

extern "C" MIMOSA_PLUGIN_EXPORT void mimosa_plugin_register(plugins::Registry& registry,
                                                            plugins::Origins& origins,
                                                            const char* folder) {
  onnx_embedding::addAll(std::filesystem::path(folder) / "networks", registry, origins);
  onnx_embedding::addAll(onnx_embedding::usualFolder(), registry, origins);
}
