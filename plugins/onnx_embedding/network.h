#pragma once
// Network: one ONNX network that a person dropped into a folder, and the card beside it.

#include <filesystem>
#include <memory>
#include <mutex>
#include <opencv2/dnn.hpp>
#include <string>
#include <vector>

#include "sensors/base/hash.h"
#include "sensors/base/result.h"

namespace onnx_embedding {

/// What a network wants to be shown: NAME.json beside NAME.onnx. All keys have defaults.
struct Card {
  std::string name;                                         ///< "name"; the file's name
  std::string licence;                                      ///< "licence"; "not stated"
  enum class Input { Image, LogMel } input = Input::Image;  ///< "input": "image" or "log_mel"
  int width = 224;                                          ///< "width", "height": pixels
  int height = 224;
  double scale = 1.0 / 255;  ///< "scale": levels are multiplied by it, after "mean" was taken away
  std::vector<double> mean;  ///< "mean": three levels, in the order of the channels; none
  bool swapRedBlue = true;   ///< "order": "rgb" or "bgr"
  int bands = 64;     ///< "bands": of a log-mel patch, which is shown as [1, 1, frames, bands]
  std::string layer;  ///< "layer": whose output is taken; the last one
};
/// Errors: Corrupt.
base::Result<Card> cardFrom(const std::string& json, const std::string& fileName);

/// Thread-safe: one question at a time.
class Network {
 public:
  static constexpr std::uintmax_t kMostBytes = std::uintmax_t{512} << 20;
  static constexpr std::size_t kMostNumbers = 4096;

  /// Reads the network and its card, if there is one.
  /// Errors: Io; Corrupt where OpenCV cannot read it, with its reason.
  static base::Result<std::shared_ptr<Network>> open(const std::filesystem::path& onnx);

  const Card& card() const { return card_; }
  const std::string& sha256() const { return sha256_; }
  /// "onnx_mobilenet_1a2b3c4d": tells networks of equal name apart.
  const std::string& id() const { return id_; }

  /// What it answers to `input` ([1, channels, rows, columns]), as one row of numbers.
  /// Errors: Corrupt where it does not take that input.
  base::Result<std::vector<float>> answer(const cv::Mat& input);
  /// Of pictures. `picture`: blue, green, red.
  cv::Mat inputOf(const cv::Mat& picture) const;

 private:
  Network() = default;

  Card card_;
  std::string sha256_;
  std::string id_;
  std::mutex mutex_;  ///< of the network, which keeps its last question
  cv::dnn::Net net_;
};

}  // namespace onnx_embedding
