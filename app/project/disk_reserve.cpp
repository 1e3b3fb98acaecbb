#include "app/project/disk_reserve.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

namespace app {

DiskReserve::DiskReserve(const std::filesystem::path& file) : companion_(file) {
  companion_ += "-reserve";
}

DiskReserve::~DiskReserve() { giveUp(); }

void DiskReserve::keep() {
  if (kept_ || companion_.empty() || bytesFree(companion_) < 8 * kBytes) {
    return;
  }
  const int descriptor =
      open(companion_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (descriptor < 0) {
    return;
  }
  kept_ = true;
  const bool allocated = posix_fallocate(descriptor, 0, kBytes) == 0;
  close(descriptor);
  if (!allocated) {
    giveUp();
  }
}

bool DiskReserve::giveUp() {
  if (!kept_) {
    return false;
  }
  kept_ = false;
  return unlink(companion_.c_str()) == 0;
}

std::uint64_t bytesFree(const std::filesystem::path& file) {
  struct statvfs disk {};
  const std::filesystem::path folder = file.parent_path();
  if (statvfs(folder.empty() ? "." : folder.c_str(), &disk) != 0) {
    return 0;
  }
  return static_cast<std::uint64_t>(disk.f_bavail) * disk.f_frsize;
}

}  // namespace app
