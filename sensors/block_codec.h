#pragma once
// Bytes of a block for the tape's scratch file and the project file. Little endian, own format with
// a version byte; numbers are stored in the smallest of u8, i16 (whole, or in 1/32768) and f32 that
// keeps them exact.

#include <span>

#include "sensors/base/result.h"
#include "sensors/block.h"

namespace sensors {

base::Bytes encodeBlock(const Block& block);

/// Never trusts `bytes`: sizes are checked before anything is allocated.
/// Errors: Corrupt with the reason; Unsupported for a newer version.
base::Result<BlockPtr> decodeBlock(std::span<const std::uint8_t> bytes, SourceInfoPtr source);

/// Rows of `block` inside `span` as a block of their own; null where none is inside.
BlockPtr cutBlock(const BlockPtr& block, const base::TimeSpan& span);

}  // namespace sensors
