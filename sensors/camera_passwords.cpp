#include "sensors/camera_passwords.h"

#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <map>
#include <sys/stat.h>

#include "sensors/capture/pipes.h"
#include "sensors/capture/wire.h"

namespace sensors {

namespace {

/// "user:password" of an address; empty where there is none.
std::string userOf(const std::string& address) {
  const std::string bare = capture::shownAddress(address);
  if (bare.size() == address.size()) return {};
  const std::size_t host = address.find("://") + 3;
  return address.substr(host, address.size() - bare.size() - 1);
}

std::map<std::string, std::string> readAll(const std::filesystem::path& file) {
  std::map<std::string, std::string> all;
  std::ifstream in(file);
  std::string line;
  while (std::getline(in, line)) {
    const std::size_t tab = line.find('\t');
    if (tab != std::string::npos) all[line.substr(0, tab)] = line.substr(tab + 1);
  }
  return all;
}

}  // namespace

std::filesystem::path CameraPasswords::usualFile() {
  const char* config = std::getenv("XDG_CONFIG_HOME");
  const char* home = std::getenv("HOME");
  const std::filesystem::path base = config && *config
                                         ? std::filesystem::path(config)
                                         : std::filesystem::path(home ? home : "/tmp") / ".config";
  return base / "mimosa" / "camera-passwords";
}

base::Result<std::string> CameraPasswords::keep(const std::string& address) {
  const std::string user = userOf(address);
  const std::string bare = capture::shownAddress(address);
  if (user.empty()) return bare;
  const base::Error failed{base::ErrorCode::Io,
                           "The camera's password cannot be kept in " + file_.string() + "."};
  std::lock_guard lock(mutex_);
  auto all = readAll(file_);
  all[bare] = user;
  std::error_code error;
  std::filesystem::create_directories(file_.parent_path(), error);
  const std::filesystem::path fresh = file_.string() + ".new";
  {
    const capture::Descriptor out(
        ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!out) return failed;
    std::string text;
    for (const auto& [where, who] : all) text += where + "\t" + who + "\n";
    if (!capture::writeAll(out.get(), text.data(), text.size())) return failed;
  }
  std::filesystem::rename(fresh, file_, error);
  if (error) return failed;
  return bare;
}

std::string CameraPasswords::complete(const std::string& address) const {
  const std::size_t scheme = address.find("://");
  if (scheme == std::string::npos || !userOf(address).empty()) return address;
  std::lock_guard lock(mutex_);
  const auto all = readAll(file_);
  const auto found = all.find(address);
  if (found == all.end()) return address;
  return address.substr(0, scheme + 3) + found->second + "@" + address.substr(scheme + 3);
}

}  // namespace sensors
