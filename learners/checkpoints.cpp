#include "learners/checkpoints.h"

#include <algorithm>
#include <cmath>

namespace learners {
namespace {

constexpr std::uint32_t kModelMagic = 0x4D504B43;    // "CKPM"
constexpr std::uint32_t kAnswersMagic = 0x41504B43;  // "CKPA"

base::Error corrupt() {
  return {base::ErrorCode::Corrupt, "a checkpoint of a training is damaged"};
}

}  // namespace

std::string checkpointKey(const std::string& datasetHash, const std::string& learner,
                          const base::Params& params, std::uint64_t seed, const std::string& part) {
  ByteWriter named;
  named.putText(datasetHash);
  named.putText(learner);
  for (const auto& [name, value] : params.values()) {
    named.putText(name);
    named.putText(base::toText(value));
  }
  named.put(seed);
  named.putText(part);
  return base::sha256(named.bytes());
}

base::Bytes encodeModelPart(const Model& model, double fitSeconds) {
  ByteWriter out;
  out.put(kModelMagic);
  out.put(fitSeconds);
  model.save(out);
  return out.take();
}

base::Result<ModelPart> decodeModelPart(std::span<const std::uint8_t> bytes,
                                        const Learner& learner) {
  ByteReader in(bytes);
  if (in.get<std::uint32_t>() != kModelMagic) return corrupt();
  ModelPart part;
  part.fitSeconds = in.get<double>();
  if (!in.ok() || !std::isfinite(part.fitSeconds)) return corrupt();
  auto model = learner.load(in);
  if (!model) return model.error();
  if (!in.atEnd()) return corrupt();
  part.model = std::move(model).value();
  return part;
}

base::Bytes encodeAnswersPart(std::span<const float> p) {
  ByteWriter out;
  out.put(kAnswersMagic);
  out.putArray(p);
  return out.take();
}

base::Result<std::vector<float>> decodeAnswersPart(std::span<const std::uint8_t> bytes,
                                                   std::size_t size) {
  ByteReader in(bytes);
  if (in.get<std::uint32_t>() != kAnswersMagic) return corrupt();
  auto p = in.getArray<float>(size);
  const auto chance = [](float value) { return value >= 0 && value <= 1.0001F; };
  if (!in.ok() || !in.atEnd() || !std::all_of(p.begin(), p.end(), chance)) return corrupt();
  return p;
}

}  // namespace learners
