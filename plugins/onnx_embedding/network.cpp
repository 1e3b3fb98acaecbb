#include "plugins/onnx_embedding/network.h"

#include <cctype>
#include <fstream>
#include <nlohmann/json.hpp>

namespace onnx_embedding {

namespace {

constexpr std::size_t kLongestCard = 64 * 1024;
constexpr int kMostPixels = 2048;  ///< on a side
constexpr std::size_t kLongestText = 200;

base::Error corrupt(const std::string& what) { return {base::ErrorCode::Corrupt, what}; }

std::string wordOf(const std::string& name) {
  std::string word;
  for (const char c : name) {
    const auto u = static_cast<unsigned char>(c);
    if (u < 128 && std::isalnum(u)) {
      word += static_cast<char>(std::tolower(u));
    } else if (!word.empty() && word.back() != '_') {
      word += '_';
    }
  }
  return word.substr(0, 40);
}

base::Result<base::Bytes> readFile(const std::filesystem::path& file, std::uintmax_t most) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (error) return base::Error{base::ErrorCode::Io, file.filename().string() + " cannot be read"};
  if (size > most) return corrupt(file.filename().string() + " is too large");
  base::Bytes bytes(size);
  std::ifstream in(file, std::ios::binary);
  in.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size));
  if (!in) return base::Error{base::ErrorCode::Io, file.filename().string() + " cannot be read"};
  return bytes;
}

}  // namespace

base::Result<Card> cardFrom(const std::string& text, const std::string& fileName) {
  Card card;
  card.name = fileName;
  card.licence = "not stated";
  if (text.empty()) return card;
  try {
    const auto json = nlohmann::json::parse(text);
    card.name = json.value("name", card.name).substr(0, kLongestText);
    card.licence = json.value("licence", card.licence).substr(0, kLongestText);
    const std::string input = json.value("input", std::string("image"));
    const std::string order = json.value("order", std::string("rgb"));
    card.width = json.value("width", card.width);
    card.height = json.value("height", card.height);
    card.scale = json.value("scale", card.scale);
    card.mean = json.value("mean", card.mean);
    card.bands = json.value("bands", card.bands);
    card.layer = json.value("layer", card.layer);
    if (input != "image" && input != "log_mel") return corrupt("its input is " + input);
    if (order != "rgb" && order != "bgr") return corrupt("its order is " + order);
    card.input = input == "image" ? Card::Input::Image : Card::Input::LogMel;
    card.swapRedBlue = order == "rgb";
  } catch (const nlohmann::json::exception& e) {
    return corrupt(std::string("its card cannot be read: ") + e.what());
  }
  const auto fits = [](int n) { return n >= 1 && n <= kMostPixels; };
  if (!fits(card.width) || !fits(card.height) || !fits(card.bands)) {
    return corrupt("its size cannot be");
  }
  if (!card.mean.empty() && card.mean.size() != 3) return corrupt("its mean has not three numbers");
  return card;
}

base::Result<std::shared_ptr<Network>> Network::open(const std::filesystem::path& onnx) {
  const auto bytes = readFile(onnx, kMostBytes);
  if (!bytes) return bytes.error();
  auto network = std::shared_ptr<Network>(new Network);
  auto cardFile = onnx;
  cardFile.replace_extension(".json");
  std::string text;
  std::error_code ignored;
  if (std::filesystem::exists(cardFile, ignored)) {
    const auto read = readFile(cardFile, kLongestCard);
    if (!read) return read.error();
    text.assign(read->begin(), read->end());
  }
  auto card = cardFrom(text, onnx.stem().string());
  if (!card) return card.error();
  network->card_ = *std::move(card);
  network->sha256_ = base::sha256(*bytes);
  network->id_ = "onnx_" + wordOf(onnx.stem().string()) + "_" + network->sha256_.substr(0, 8);
  try {
    network->net_ =
        cv::dnn::readNetFromONNX(reinterpret_cast<const char*>(bytes->data()), bytes->size());
    if (network->net_.empty()) return corrupt("it holds no layers");
    network->net_.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    network->net_.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
  } catch (const cv::Exception& e) {
    return corrupt("OpenCV cannot read it: " + e.err);
  }
  return network;
}

base::Result<std::vector<float>> Network::answer(const cv::Mat& input) {
  std::lock_guard lock(mutex_);
  try {
    net_.setInput(input);
    const cv::Mat out = card_.layer.empty() ? net_.forward() : net_.forward(card_.layer);
    const std::size_t n = out.total();
    if (out.type() != CV_32F || n == 0 || n > kMostNumbers) {
      return corrupt("it answers with " + std::to_string(n) + " numbers; at most " +
                     std::to_string(kMostNumbers) + " are of use");
    }
    const auto* first = out.ptr<float>();
    return std::vector<float>(first, first + n);
  } catch (const cv::Exception& e) {
    return corrupt("it does not take that input: " + e.err);
  }
}

cv::Mat Network::inputOf(const cv::Mat& picture) const {
  const cv::Scalar mean = card_.mean.size() == 3
                              ? cv::Scalar(card_.mean[0], card_.mean[1], card_.mean[2])
                              : cv::Scalar();
  return cv::dnn::blobFromImage(picture, card_.scale, {card_.width, card_.height}, mean,
                                card_.swapRedBlue, false, CV_32F);
}

}  // namespace onnx_embedding
