// Project archives. The input is either a zip file, or, where it does not begin like one, the
// entries of an archive: name, zero byte, content, zero byte, and so on; a manifest that fits them is
// added, so that the rows inside are looked at.

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <unistd.h>

#include "app/project/archive.h"
#include "app/project/zip_file.h"
#include "sensors/base/log.h"

namespace {

/// A folder of this process's own.
const std::filesystem::path& folder() {
  static const std::filesystem::path path = [] {
    base::setLogLevel(base::LogLevel::Error);
    const auto made = std::filesystem::temp_directory_path() /
                      ("mimosa-archive-fuzz-" + std::to_string(getpid()));
    std::filesystem::create_directories(made);
    std::atexit([] { std::filesystem::remove_all(folder()); });
    return made;
  }();
  return path;
}

std::string takeText(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\0'), rest.size());
  std::string text(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return text;
}

bool writeEntries(const std::filesystem::path& file, std::string_view rest) {
  auto zip = app::ZipWriter::create(file);
  if (!zip) {
    return false;
  }
  nlohmann::json files = nlohmann::json::object();
  const auto add = [&](const std::string& name, const std::string& content) {
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(content.data()), content.size());
    files[name] = base::sha256(bytes);
    return zip->add(name, content).ok();
  };
  bool good = add("mimosa.json", R"({"format":"mimosa-project-archive","version":1,"schema":2})");
  while (good && !rest.empty()) {
    const std::string name = takeText(rest);
    good = !name.empty() && add(name, takeText(rest));
  }
  const std::string manifest = nlohmann::json{{"files", files}}.dump(
      -1, ' ', false, nlohmann::json::error_handler_t::replace);
  return good && zip->add("manifest.json", manifest).ok() && zip->close().ok();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto file = folder() / "input.zip";
  const auto target = folder() / "target.mimosa";
  std::filesystem::remove(file);
  std::filesystem::remove(target);
  if (text.substr(0, 2) == "PK") {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
  } else if (!writeEntries(file, text)) {
    return 0;
  }
  const auto restored = app::restoreArchive(file, target);
  if (restored.ok() != std::filesystem::exists(target)) {
    std::abort();
  }
  return 0;
}
