#pragma once
// Whole files as text, unpacked where they are gzip. Sizes are limited before memory is taken.

#include <cstdint>
#include <filesystem>
#include <string>

#include "sensors/base/result.h"

namespace app {

inline constexpr std::uint64_t kLargestFile = std::uint64_t{1} << 30;

/// The unpacked content of `file`, gzip or plain.
/// Errors: NotFound; Io; Corrupt for a broken gzip file; InvalidArgument where the content is
/// larger than `limit`. Each names the file.
base::Result<std::string> readFileText(const std::filesystem::path& file,
                                       std::uint64_t limit = kLargestFile);

}  // namespace app
