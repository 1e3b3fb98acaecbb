#include "app/training/serve_messages.h"

#include <array>
#include <cstring>
#include <nlohmann/json.hpp>

#include "app/training/messages.h"
#include "hubs/codec.h"

namespace app {
namespace {

using nlohmann::json;

constexpr std::uint64_t kFloat32Little = 85;  // RFC 8746 section 2.1
constexpr std::size_t kMostMembers = 64;
constexpr std::array kStates = {"known", "background", "novel", "no-data"};
constexpr std::array kStages = {"gate", "ensemble"};

json floats(const std::vector<float>& values) {
  base::Bytes bytes(values.size() * sizeof(float));
  if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return json::binary(std::move(bytes), kFloat32Little);
}

/// A byte string of `map`, or nothing.
const base::Bytes* bytesField(const json& map, const char* key) {
  const auto found = map.find(key);
  return found != map.end() && found->is_binary() ? &found->get_binary() : nullptr;
}

std::optional<std::vector<float>> floatsField(const json& map, const char* key) {
  const base::Bytes* bytes = bytesField(map, key);
  if (bytes == nullptr || bytes->size() % sizeof(float) != 0) return {};
  std::vector<float> values(bytes->size() / sizeof(float));
  if (!bytes->empty()) std::memcpy(values.data(), bytes->data(), bytes->size());
  return values;
}

base::Error corrupt(const char* what) { return {base::ErrorCode::Corrupt, what}; }

base::Result<json> parsed(std::span<const std::uint8_t> bytes) {
  auto map = hubs::parseCbor(bytes, {.depth = 8, .keys = 4096});
  if (!map) return map;
  if (!map->is_object()) return corrupt("a message of a served model is not a map");
  if (hubs::integerField(*map, "v") != kProtocolVersion) {
    return base::Error{base::ErrorCode::Unsupported,
                       "a served model was asked in a version of the protocol not known here"};
  }
  return map;
}

template <std::size_t N>
int indexOf(const std::array<const char*, N>& words, const std::string& word) {
  for (std::size_t i = 0; i < N; ++i) {
    if (word == words[i]) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace

base::Bytes encode(const ServeRequest& request) {
  json map = {{"v", kProtocolVersion},      {"hash", request.hash},
              {"schema", request.schema},   {"begin", request.span.begin.ns},
              {"end", request.span.end.ns}, {"values", floats(request.values)}};
  if (!request.missing.empty()) map["missing"] = json::binary(request.missing);
  return hubs::toCbor(map);
}

base::Result<ServeRequest> decodeServeRequest(std::span<const std::uint8_t> bytes) {
  const auto map = parsed(bytes);
  if (!map) return map.error();
  ServeRequest request{
      .hash = hubs::textField(*map, "hash"),
      .schema = hubs::textField(*map, "schema"),
      .span = {{hubs::integerField(*map, "begin")}, {hubs::integerField(*map, "end")}}};
  auto values = floatsField(*map, "values");
  if (!values) return corrupt("a question to a model holds no values");
  request.values = std::move(*values);
  if (const base::Bytes* missing = bytesField(*map, "missing")) {
    if (missing->size() != request.values.size()) {
      return corrupt("a question to a model has a mask of another length than its values");
    }
    request.missing = *missing;
  }
  return request;
}

base::Bytes encodeAnswer(const learners::Prediction& prediction, const std::string& hash,
                         std::int64_t computeMicroseconds) {
  return hubs::toCbor({{"v", kProtocolVersion},
                       {"state", kStates[static_cast<std::size_t>(prediction.state)]},
                       {"stage", kStages[static_cast<std::size_t>(prediction.stage)]},
                       {"label", prediction.label},
                       {"voted", prediction.voted},
                       {"p", floats(prediction.probabilities)},
                       {"members", prediction.memberLabel},
                       {"certainty", prediction.certainty},
                       {"calibrated", prediction.calibrated},
                       {"below_limit", prediction.belowLimit},
                       {"disagreement", prediction.disagreement},
                       {"novelty", prediction.novelty},
                       {"imputed", prediction.imputed},
                       {"compute_us", computeMicroseconds},
                       {"hash", hash}});
}

base::Bytes encodeAnswer(const base::Error& error) {
  return hubs::toCbor(
      {{"v", kProtocolVersion}, {"error", error.message}, {"code", causeOf(error.code)}});
}

base::Result<learners::Prediction> decodeAnswer(std::span<const std::uint8_t> bytes) {
  const auto map = parsed(bytes);
  if (!map) return map.error();
  if (map->contains("error")) {
    return base::Error{codeOf(hubs::textField(*map, "code")), hubs::textField(*map, "error")};
  }
  const int state = indexOf(kStates, hubs::textField(*map, "state"));
  const int stage = indexOf(kStages, hubs::textField(*map, "stage"));
  auto probabilities = floatsField(*map, "p");
  if (state < 0 || stage < 0 || !probabilities) return corrupt("an answer of a model is no answer");

  learners::Prediction prediction;
  prediction.state = static_cast<learners::PredictionState>(state);
  prediction.stage = static_cast<learners::Stage>(stage);
  prediction.probabilities = std::move(*probabilities);
  const auto labels = static_cast<std::int64_t>(prediction.probabilities.size());
  const auto label = [&](std::int64_t index) {
    return index >= -1 && index < labels ? static_cast<int>(index) : -2;
  };
  prediction.label = label(hubs::integerField(*map, "label", -1));
  prediction.voted = label(hubs::integerField(*map, "voted", -1));
  if (prediction.label == -2 || prediction.voted == -2) {
    return corrupt("an answer of a model names a label that is not there");
  }
  if (const auto members = map->find("members"); members != map->end() && members->is_array()) {
    for (const json& member : *members) {
      if (!member.is_number_integer() || prediction.memberLabel.size() >= kMostMembers) continue;
      prediction.memberLabel.push_back(std::max(-1, label(member.get<std::int64_t>())));
    }
  }
  prediction.certainty = static_cast<float>(hubs::numberField(*map, "certainty"));
  prediction.calibrated = hubs::boolField(*map, "calibrated");
  prediction.belowLimit = hubs::boolField(*map, "below_limit");
  prediction.disagreement = static_cast<float>(hubs::numberField(*map, "disagreement"));
  prediction.novelty = static_cast<float>(hubs::numberField(*map, "novelty"));
  prediction.imputed = hubs::boolField(*map, "imputed");
  return prediction;
}

}  // namespace app
