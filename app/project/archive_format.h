#pragma once
// Names inside a project archive, for the one who writes and the one who reads.

#include <cstddef>
#include <string_view>

namespace app {

inline constexpr std::string_view kArchiveFormat = "mimosa-project-archive";
inline constexpr int kArchiveVersion = 1;
inline constexpr std::string_view kArchiveHeader = "mimosa.json";      ///< first
inline constexpr std::string_view kArchiveManifest = "manifest.json";  ///< last: hashes of all others
inline constexpr std::string_view kTablesFolder = "tables/";    ///< rows, a line each
inline constexpr std::string_view kPiecesFolder = "pieces/";    ///< rows whose content comes next
inline constexpr std::string_view kContentFolder = "content/";  ///< named by SHA-256
inline constexpr std::size_t kPieceBytes = std::size_t{16} << 20;
inline constexpr std::size_t kLargestEntry = std::size_t{1} << 30;

}  // namespace app
