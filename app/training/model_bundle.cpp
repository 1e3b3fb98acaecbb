#include "app/training/model_bundle.h"

#include "learners/bytes.h"

namespace app {
namespace {

constexpr std::string_view kMagic = "MIMOSABU";
constexpr std::uint32_t kVersion = 1;
constexpr std::size_t kMostCard = std::size_t{16} << 20;
constexpr std::size_t kHashBytes = 64 + sizeof(std::uint32_t);

}  // namespace

base::Bytes encodeBundle(const ModelBundle& bundle) {
  learners::ByteWriter out;
  for (const char letter : kMagic) out.put(letter);
  out.put(kVersion);
  out.putText(bundle.card);
  out.putArray(bundle.ensemble);
  out.putArray(bundle.dataset);
  const std::string hash = base::sha256(out.bytes());
  out.putText(hash);
  return out.take();
}

base::Result<ModelBundle> decodeBundle(std::span<const std::uint8_t> bytes) {
  const base::Error corrupt{base::ErrorCode::Corrupt,
                            "this is no model of Mimosa, or it is damaged"};
  learners::ByteReader in(bytes);
  for (const char letter : kMagic) {
    if (in.get<char>() != letter) in.fail();
  }
  const auto version = in.get<std::uint32_t>();
  if (!in.ok()) return corrupt;
  if (version != kVersion) {
    return base::Error{base::ErrorCode::Unsupported, "the model was written by a newer Mimosa"};
  }
  ModelBundle bundle;
  bundle.card = in.getText(kMostCard);
  bundle.ensemble = in.getArray<std::uint8_t>();
  bundle.dataset = in.getArray<std::uint8_t>();
  const std::string hash = in.getText(64);
  if (!in.ok() || !in.atEnd() || bytes.size() < kHashBytes) return corrupt;
  if (base::sha256(bytes.first(bytes.size() - kHashBytes)) != hash) return corrupt;
  return bundle;
}

}  // namespace app
