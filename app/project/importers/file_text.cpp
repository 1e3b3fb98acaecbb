#include "app/project/importers/file_text.h"

#include <memory>
#include <zlib.h>

namespace app {

base::Result<std::string> readFileText(const std::filesystem::path& file, std::uint64_t limit) {
  const std::string name = file.filename().string();
  std::error_code failed;
  if (!std::filesystem::exists(file, failed)) {
    return base::Error{base::ErrorCode::NotFound, "there is no file " + file.string()};
  }
  if (std::filesystem::is_directory(file, failed)) {
    return base::invalid(file.string() + " is a folder, not a file");
  }
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> open(gzopen(file.c_str(), "rb"), gzclose_r);
  if (!open) {
    return base::Error{base::ErrorCode::Io, name + " cannot be opened"};
  }
  gzbuffer(open.get(), 1 << 18);
  std::string text;
  std::size_t piece = 1 << 16;
  for (;;) {
    const std::size_t before = text.size();
    text.resize(before + piece);
    const int got = gzread(open.get(), text.data() + before, static_cast<unsigned>(piece));
    if (got < 0) {
      return base::Error{base::ErrorCode::Corrupt,
                         name + " is a damaged gzip file; fetch or pack it again"};
    }
    text.resize(before + static_cast<std::size_t>(got));
    if (text.size() > limit) {
      return base::invalid(name + " holds more than " + std::to_string(limit >> 20) +
                           " MB; split it into several files");
    }
    if (static_cast<std::size_t>(got) < piece) break;
    piece = std::min<std::size_t>(piece * 2, std::size_t{1} << 24);
  }
  int code = Z_OK;
  gzerror(open.get(), &code);
  if (code != Z_OK) {  // a gzip file that ends in the middle
    return base::Error{base::ErrorCode::Corrupt,
                       name + " ends in the middle of its gzip data; fetch or pack it again"};
  }
  return text;
}

}  // namespace app
