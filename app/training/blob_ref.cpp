#include "app/training/blob_ref.h"

namespace app {
namespace {

constexpr std::size_t kLargestDescriptor = 32 * 1024;

}  // namespace

base::Result<BlobRef> makeRef(hubs::BlobStore& store, const base::Bytes& content,
                              std::size_t& room) {
  auto descriptor = store.put(content);
  if (!descriptor) return descriptor.error();
  BlobRef ref;
  ref.descriptor = std::move(*descriptor);
  if (!content.empty() && content.size() <= room) {
    room -= content.size();
    ref.content = content;
    return ref;
  }
  const base::Bytes encoded = hubs::encode(ref.descriptor);
  if (encoded.size() > kLargestDescriptor) {
    auto outer = store.put(encoded);
    if (!outer) return outer.error();
    ref.descriptor = std::move(*outer);
    ref.indirect = true;
  }
  return ref;
}

void follow(const BlobRef& ref, hubs::BlobTransfer& transfer, hubs::BlobStore& store, Fetched done,
            hubs::BlobTransfer::Progress progress) {
  if (!ref.content.empty()) {
    const auto put = store.put(ref.content);
    if (!put) return done(put.error());
    return done(put->id);
  }
  const auto arrived = [id = ref.descriptor.id, indirect = ref.indirect, &transfer, &store, done,
                        progress](base::Result<void> result) {
    if (!result) return done(result.error());
    if (!indirect) return done(id);
    const auto content = store.get(id);
    if (!content) return done(content.error());
    const auto inner = hubs::decodeDescriptor(*content);
    if (!inner) return done(inner.error());
    transfer.fetch(
        *inner,
        [innerId = inner->id, done](base::Result<void> fetched) {
          if (!fetched) return done(fetched.error());
          done(innerId);
        },
        progress);
  };
  transfer.fetch(ref.descriptor, arrived, ref.indirect ? hubs::BlobTransfer::Progress() : progress);
}

}  // namespace app
