#pragma once
// A look at the header of a JPEG from elsewhere, before anybody decodes it.

#include "sensors/base/hash.h"
#include "sensors/base/result.h"

namespace hubs {

/// Is it a JPEG of at most 64 kB and 4096 x 4096 pixels? Nothing is decoded. Errors: Corrupt with
/// what is wrong.
base::Result<void> checkThumbnail(const base::Bytes& jpeg);

}  // namespace hubs
