#pragma once
// How files of others usually call their columns: what importers look for where nobody names one.

#include <string_view>

namespace app {

inline constexpr std::string_view kTimeColumns[] = {"t_ms",      "t_s",  "t",   "time",
                                                    "timestamp", "t_us", "t_ns"};
/// Of rows in time, of rows that are feature vectors, and in lists of clips and pictures.
inline constexpr std::string_view kStreamLabels[] = {"label", "activity", "category"};
inline constexpr std::string_view kTableLabels[] = {"label", "class", "target"};
inline constexpr std::string_view kListLabels[] = {"category", "label"};
/// What a list says of its clips or pictures besides.
inline constexpr std::string_view kListFolds[] = {"fold"};
inline constexpr std::string_view kListGroups[] = {"group", "src", "src_file"};
inline constexpr std::string_view kListRecordings[] = {"recording"};

}  // namespace app
