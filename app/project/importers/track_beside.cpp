#include "app/project/importers/track_beside.h"

#include <algorithm>

#include "app/project/importers/file_text.h"

namespace app {
namespace {

constexpr std::uint64_t kLargestTrack = std::uint64_t{1} << 26;

}  // namespace

base::Result<std::vector<TrackLabel>> readTrack(const std::filesystem::path& file,
                                                const std::string& tier) {
  const auto text = readFileText(file, kLargestTrack);
  if (!text) return text.error();
  const std::string name = file.filename().string();
  return file.extension() == ".eaf" ? decodeElanTrack(name, *text, tier)
                                    : decodeAudacityTrack(name, *text);
}

base::Result<std::vector<TrackLabel>> tracksBeside(const std::filesystem::path& file,
                                                   const std::string& whole,
                                                   base::Duration length) {
  std::vector<TrackLabel> labels;
  if (!whole.empty()) labels.push_back({.begin = {}, .end = length, .text = whole});
  for (const char* const ending : {".txt", ".eaf"}) {
    std::filesystem::path beside = file;
    beside.replace_extension(ending);
    std::error_code ignored;
    if (!std::filesystem::is_regular_file(beside, ignored)) continue;
    const auto track = readTrack(beside);
    if (!track) return track.error();
    for (TrackLabel label : *track) {
      label.end = std::min(label.end, length);
      if (!label.text.empty() && label.begin >= base::Duration{0} && label.begin < length) {
        labels.push_back(std::move(label));
      }
    }
  }
  return labels;
}

}  // namespace app
