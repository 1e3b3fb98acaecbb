#pragma once
// Making and following a BlobRef: small content rides inside the message, large content is pulled.

#include "app/training/messages.h"

namespace app {

/// Puts `content` into the store and returns how a message refers to it; inside the message where
/// it fits into `room`, which shrinks by what is used. Errors: as BlobStore::put.
base::Result<BlobRef> makeRef(hubs::BlobStore& store, const base::Bytes& content,
                              std::size_t& room);

using Fetched = std::function<void(base::Result<std::string>)>;
/// Brings what `ref` names into `store` and tells its id there, on a thread of `transfer` or at
/// once.
/// `progress` may be empty. Errors: as BlobTransfer::fetch. `transfer` and `store` must live until
/// `done` was called.
void follow(const BlobRef& ref, hubs::BlobTransfer& transfer, hubs::BlobStore& store, Fetched done,
            hubs::BlobTransfer::Progress progress = {});

}  // namespace app
