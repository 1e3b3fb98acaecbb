#pragma once
// Limits a process sets on itself before it touches bytes from elsewhere.

#include <cstdint>

namespace sensors::capture {

/// This process may map `bytes` more than it has mapped now. Nothing under an address sanitizer,
/// which maps all there is.
void limitMemory(std::uint64_t bytes);

}  // namespace sensors::capture
